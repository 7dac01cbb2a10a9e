"""Putting the parts together from settings: the one place that knows which engines there are."""

import threading
from pathlib import Path

from ingest.embedding import Embedding, load_embedding
from ingest.errors import IndexMismatch, IndexMissing
from ingest.index import Index
from ingest.index.opening import open_index
from service.answering.answerer import Answerer
from service.answering.extractive import ExtractiveEngine
from service.answering.ranking import SentenceRanker
from service.answering.ranking.cross_encoder import TRAINED, CrossEncoderRanker
from service.answering.ranking.sentence_vectors import SentenceVectors
from service.answering.summaries.summary import Summariser
from service.retrieval.fulltext import FullText, fulltext_place
from service.retrieval.hybrid import Retriever
from service.retrieval.reranker import Reranker
from service.settings import ServiceSettings
from service.uploading.uploads import Uploads


class Assembly:
    """Holds what a running service needs. The index may come later than the service."""

    def __init__(self, settings: ServiceSettings) -> None:
        self.settings = settings
        self._embedding: Embedding | None = None
        self._sentence_vectors: SentenceVectors | None = None
        self._ranker: SentenceRanker | None = None
        self._answerer: Answerer | None = None
        self._opening = threading.Lock()
        self.uploads = Uploads(settings, self.embedding)

    def answerer(self) -> Answerer:
        """The answerer, its index opened at the first call that finds one.

        Raises IndexMissing, IndexUnreachable or IndexMismatch while there is none to be used.
        """
        if self._answerer is None:
            with self._opening:
                if self._answerer is None:
                    self._answerer = self._assemble()
        return self._answerer

    def index(self) -> Index:
        return self.answerer().retriever.index

    def warm_up(self) -> None:
        """Load the model, and the index if there is one, before the first question."""
        try:
            answerer = self.answerer()
        except IndexMissing:
            pass
        else:
            answerer.retriever.sync()
        self.embedding().warm_up()
        self.ranker().warm_up()

    def embedding(self) -> Embedding:
        if self._embedding is None:
            settings = self.settings
            self._embedding = load_embedding(
                settings.embedding_model, settings.models, settings.embedding_api_key
            )
        return self._embedding

    def sentence_vectors(self) -> SentenceVectors:
        """Shared, since they remember what they encoded."""
        if self._sentence_vectors is None:
            self._sentence_vectors = SentenceVectors(self.embedding())
        return self._sentence_vectors

    def ranker(self) -> SentenceRanker:
        """What ranks sentences. Raises ModelError when the settings name none."""
        if self._ranker is None:
            chosen = self.settings.sentence_ranker
            if chosen == "vectors":
                self._ranker = self.sentence_vectors()
            else:
                self._ranker = CrossEncoderRanker(TRAINED if chosen == "trained" else Path(chosen))
        return self._ranker

    def _assemble(self) -> Answerer:
        settings = self.settings
        index = open_index(settings.index)
        built_with = index.settings.embedding_model
        if built_with != settings.embedding_model:
            raise IndexMismatch(
                f"the index at {settings.index} was built with {built_with}, but "
                f"FOOTNOTE_EMBEDDING_MODEL is {settings.embedding_model}: set it back, "
                "or ingest into a new place"
            )
        embedding = self.embedding()
        fulltext = FullText(fulltext_place(settings.index, settings.cache))
        # Loaded here, so that a wrong name is said at the start, not with the first question.
        reranker = Reranker(settings.reranker) if settings.reranker else None
        retriever = Retriever(index, fulltext, embedding, reranker)
        engine = ExtractiveEngine(retriever, self.ranker(), settings.abstain_below)
        summariser = Summariser(index, self.sentence_vectors())
        return Answerer(retriever, engine, summariser, settings.retrieved_passages)
