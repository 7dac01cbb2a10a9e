"""The retriever that a LlamaIndex user would write, on the same documents and weights.

The library's own splitter, embedding and Chroma store with their defaults, in memory.
"""

from collections.abc import Callable, Sequence

from eval.asked import Asked
from eval.cases.case import Case
from eval.cases.gold import gold_places
from eval.judges.local import LocalJudge
from eval.metrics import RETRIEVAL
from eval.metrics.figures import figures, rows_of
from eval.results import Figure
from eval.targets.library import Library
from eval.targets.response import RankedPassage, Response
from eval.targets.target import PASSAGES, TargetError
from ingest.embedding.weights import locate
from ingest.settings import DEFAULT_MODEL


def plain_figures(cases: Sequence[Case], library: Library) -> tuple[Figure, ...]:
    """Its retrieval figures over the cases. Raises TargetError when it is not installed."""
    retrieve = _retriever(library)
    judge = LocalJudge()
    rows = []
    for case in cases:
        if case.gold:
            answer = Response(answer="", abstained=True, passages=retrieve(case.question))
            asked = Asked(case, answer, gold_places(case, library), library, judge)
            rows.append(rows_of(asked, RETRIEVAL))
    return figures(rows, RETRIEVAL)


def _retriever(library: Library) -> Callable[[str], tuple[RankedPassage, ...]]:
    try:  # these imports take ten seconds
        from chromadb import EphemeralClient
        from llama_index.core import Document, StorageContext, VectorStoreIndex
        from llama_index.core.schema import TextNode
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding
        from llama_index.vector_stores.chroma import ChromaVectorStore
        from transformers.utils.logging import disable_progress_bar
    except ImportError as error:
        raise TargetError(
            f"the plain retriever needs {error.name}: "
            "pip install llama-index-embeddings-huggingface"
        ) from None
    disable_progress_bar()  # type: ignore[no-untyped-call]
    collection = EphemeralClient().create_collection("plain")
    embedding = HuggingFaceEmbedding(model_name=locate(DEFAULT_MODEL))
    documents = [
        Document(text=library.text(key), id_=key)
        for key in filter(None, map(library.find, library.sources()))
    ]
    store = StorageContext.from_defaults(
        vector_store=ChromaVectorStore(chroma_collection=collection)
    )
    index = VectorStoreIndex.from_documents(documents, storage_context=store, embed_model=embedding)
    retriever = index.as_retriever(similarity_top_k=PASSAGES)

    def retrieve(question: str) -> tuple[RankedPassage, ...]:
        return tuple(
            RankedPassage(
                document_id=found.node.ref_doc_id or "",
                start=found.node.start_char_idx or 0,
                end=found.node.end_char_idx or 0,
                score=found.score or 0.0,
            )
            for found in retriever.retrieve(question)
            if isinstance(found.node, TextNode)
        )

    return retrieve
