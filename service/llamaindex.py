"""The hybrid retriever as a LlamaIndex retriever, for query engines and agents built on it.

Imported only by who uses LlamaIndex: importing llama_index.core takes seconds.
"""

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from service.answering.replies.small_talk import small_talk
from service.retrieval.hybrid import RetrievedPassage, Retriever


class FootnoteRetriever(BaseRetriever):
    """Passages as nodes: `start_char_idx` and `end_char_idx` are offsets into the document.

    Small talk gets none: a query engine has nothing to quote for "thanks".
    """

    def __init__(self, retriever: Retriever, limit: int = 8) -> None:
        super().__init__()
        self._retriever = retriever
        self._limit = limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        if small_talk(query_bundle.query_str):
            return []
        self._retriever.sync()
        return [
            node_of(found)
            for found in self._retriever.retrieve(query_bundle.query_str, self._limit)
        ]


def node_of(found: RetrievedPassage) -> NodeWithScore:
    passage, record = found.passage, found.record
    node = TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={
            "document_id": record.document_id,
            "title": record.title,
            "source": record.source,
            "headings": list(passage.headings),
        },
    )
    return NodeWithScore(node=node, score=found.score)
