"""Putting the parts together from settings: the one place that knows which engines there are."""

import os
from contextlib import suppress
from pathlib import Path

from ingest.embedding import Embedding, load_embedding
from ingest.errors import IndexMismatch, IndexMissing, IndexUnreachable
from ingest.index import Index
from ingest.index.database import ServerAccess
from ingest.index.opening import open_index
from ingest.one_at_a_time import OneAtATime
from service.answering.answerer import Answerer
from service.answering.engine import Engine
from service.answering.extractive import ExtractiveEngine
from service.answering.ranking import SentenceRanker
from service.answering.ranking.cross_encoder import TRAINED, CrossEncoderRanker
from service.answering.ranking.sentence_vectors import SentenceVectors
from service.answering.replies.small_talk import small_talk
from service.answering.summaries.request import summary_request
from service.answering.summaries.summary import Summariser
from service.answering.support import load_support
from service.answering.support.checker import SupportChecker
from service.answering.written.engine import WritingEngine
from service.answering.written.language import warm_up_languages
from service.answering.written.rewriting import FollowUpRewriter
from service.language_models.language_model import LanguageModel
from service.retrieval.fulltext import FullText, fulltext_place
from service.retrieval.hybrid import Retriever
from service.retrieval.reranker import Reranker
from service.settings import EXTRACTIVE, ServiceSettings
from service.suggesting import Suggester
from service.uploading.uploads import Uploads

_WRITING = 40  # answers at once that a language model writes


class Assembly:
    """Holds what a running service needs. The index may come later than the service."""

    def __init__(self, settings: ServiceSettings) -> None:
        self.settings = settings
        self._embedding: Embedding | None = None
        self._sentence_vectors: SentenceVectors | None = None
        self._ranker: SentenceRanker | None = None
        self._language_model: LanguageModel | None = None
        self._support_checker: SupportChecker | None = None
        self._answerer: Answerer | None = None
        self._suggester: Suggester | None = None
        self._opening = OneAtATime()
        self.uploads = Uploads(settings, self.embedding)

    def answerer(self) -> Answerer:
        """The answerer, its index opened at the first call that finds one.

        Raises IndexMissing, IndexUnreachable or IndexMismatch while there is none to be used, and
        ModelError or SettingsError when the settings name no models that can be had.
        """
        if self._answerer is None:
            with self._opening.turn():
                if self._answerer is None:
                    self._answerer = self._assemble()
        return self._answerer

    @property
    def opened(self) -> Answerer | None:
        """The answerer, if its index was opened already."""
        return self._answerer

    def index(self) -> Index:
        return self.answerer().retriever.index

    def suggester(self) -> Suggester:
        """What suggests questions: it asks them of the engine that quotes, whichever the settings
        name. Raises as `answerer` does."""
        answerer = self.answerer()
        if self._suggester is None:
            threshold = self.settings.abstain_below
            retriever = answerer.retriever
            quoting = ExtractiveEngine(retriever, self.ranker(), threshold)
            asked = Answerer(retriever, quoting, answerer.summariser, answerer.passages)
            self._suggester = Suggester(asked, threshold)
        return self._suggester

    def warm_up(self) -> None:
        """Load the model, and the index if there is one, before the first question."""
        with suppress(IndexMissing, IndexUnreachable):
            self.answerer().retriever.sync()
        self.embedding().warm_up()
        self.ranker().warm_up()
        for reading in (small_talk, summary_request):  # what they know is put together once
            reading("Is it ready?")
        if self.writes:
            self.support_checker().warm_up()
            self.language_model().warm_up()
            self.language_model().count_tokens("It is ready.")
            warm_up_languages()

    @property
    def concurrent_answers(self) -> int:
        """Questions to work on at once: quoting takes a core, a language model makes wait."""
        return _WRITING if self.writes else max(2, os.cpu_count() or 1)

    @property
    def writes(self) -> bool:
        """Whether a language model writes the answers."""
        return self.settings.model != EXTRACTIVE

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

    def language_model(self) -> LanguageModel:
        """What writes. Raises SettingsError or ModelError when it cannot be had."""
        if self._language_model is None:
            # Imported here: retries and circuit breakers are nothing to who quotes.
            from service.language_models.providers import load_language_model

            self._language_model = load_language_model(self.settings)
        return self._language_model

    def support_checker(self) -> SupportChecker:
        """What tells whether cited words support a written statement."""
        if self._support_checker is None:
            self._support_checker = load_support(self.settings, self.language_model())
        return self._support_checker

    def _assemble(self) -> Answerer:
        settings = self.settings
        if self.writes:  # first: a wrong model is said at the start, also while there is no index
            self.support_checker()
        index = open_index(settings.index, ServerAccess.of(settings))
        built_with = index.settings.embedding_model
        if built_with != settings.embedding_model:
            raise IndexMismatch(
                f"the index at {settings.index} was built with {built_with}, but "
                f"FOOTNOTE_EMBEDDING_MODEL is {settings.embedding_model}: set it back, "
                "or make the index again: python -m ingest --rebuild"
            )
        embedding = self.embedding()
        fulltext = FullText(fulltext_place(settings.index, settings.cache))
        # Loaded here, so that a wrong name is said at the start, not with the first question.
        reranker = Reranker(settings.reranker) if settings.reranker else None
        retriever = Retriever(index, fulltext, embedding, reranker)
        engine: Engine = ExtractiveEngine(retriever, self.ranker(), settings.abstain_below)
        summariser = Summariser(index, self.sentence_vectors())
        rewriter = None
        limit = settings.model_timeout_seconds
        if self.writes:
            rewriter = FollowUpRewriter(self.language_model())
            engine = self._writing(engine, limit)
        return Answerer(retriever, engine, summariser, settings.retrieved_passages, rewriter, limit)

    def _writing(self, quoting: Engine, time_limit_s: float) -> Engine:
        stands_in = quoting if self.settings.fallback == EXTRACTIVE else None
        model, checker = self.language_model(), self.support_checker()
        return WritingEngine(model, checker, stands_in, time_limit_s)
