"""LlamaIndex at ingest's seams: our readers as a reader, our passages as a node parser, our
encoder as an embedding.

Imported only by who uses LlamaIndex: importing llama_index.core takes seconds.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.node_parser.interface import NodeParser
from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import BaseNode, NodeRelationship, TextNode
from llama_index.core.schema import Document as LlamaDocument
from llama_index.core.vector_stores.types import BasePydanticVectorStore

from ingest.canonical import read_document
from ingest.documents import Passage, document_id
from ingest.embedding import Encoder
from ingest.index import Index
from ingest.passages import PassageSettings, split_document


class DocumentReader(BaseReader):
    """Reads a file as ingest does, cleaned: for `SimpleDirectoryReader(file_extractor={".pdf":
    DocumentReader()})`. Raises UnreadableFile."""

    def load_data(
        self, file: Path, extra_info: dict[str, Any] | None = None, **_: Any
    ) -> list[LlamaDocument]:
        """One document; its text is the canonical text that ingest makes of the file."""
        file = Path(file)
        document = read_document(document_id(file.name), file.name, file.read_bytes()).document
        about = {"file_name": file.name, "title": document.title, **document.metadata}
        return [LlamaDocument(text=document.text, metadata=about | (extra_info or {}))]


class PassageNodeParser(NodeParser):
    """Splits LlamaIndex documents as ingest does: cleaned, and tiled into passages.

    A node's `start_char_idx` and `end_char_idx` are offsets into the canonical text.
    """

    _encoder: Encoder = PrivateAttr()
    _settings: PassageSettings = PrivateAttr()

    def __init__(self, encoder: Encoder, settings: PassageSettings | None = None) -> None:
        super().__init__()
        self._encoder = encoder
        self._settings = settings or PassageSettings(encoder.most_tokens)

    @classmethod
    def class_name(cls) -> str:
        return "FootnotePassageNodeParser"

    def _parse_nodes(
        self, nodes: Sequence[BaseNode], show_progress: bool = False, **_: Any
    ) -> list[BaseNode]:
        return [node for given in nodes for node in self._split(given)]

    def _postprocess_parsed_nodes(
        self, nodes: list[BaseNode], parent_doc_map: dict[str, Any]
    ) -> list[BaseNode]:
        return nodes  # the base class would look offsets up in the text before cleaning

    def _split(self, given: BaseNode) -> list[BaseNode]:
        source = str(given.metadata.get("file_name") or f"{given.node_id}.txt")
        text = given.get_content().encode("utf-8", "replace")
        # Whatever its file was, a reader has made text of it: only Markdown is still marked up.
        name = source if source.endswith((".md", ".markdown")) else f"{source}.txt"
        document = read_document(document_id(source), name, text).document
        passages = split_document(document, self._encoder.count_tokens, self._settings)
        return [_node(passage, document.title, given) for passage in passages]


def _node(passage: Passage, title: str, given: BaseNode) -> TextNode:
    return TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={**given.metadata, "title": title, "headings": list(passage.headings)},
        relationships={NodeRelationship.SOURCE: given.as_related_node_info()},
    )


class PassageEmbedding(BaseEmbedding):
    """The encoder as a LlamaIndex embedding."""

    _encoder: Encoder = PrivateAttr()

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(model_name=encoder.name)
        self._encoder = encoder

    @classmethod
    def class_name(cls) -> str:
        return "FootnotePassageEmbedding"

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._encoder.get_text_embedding_batch(texts).tolist()
        return vectors

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._encoder.get_query_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def vector_store(index: Index) -> BasePydanticVectorStore:
    """The index's passages as LlamaIndex's Chroma vector store, to query (not to add to)."""
    from llama_index.vector_stores.chroma import ChromaVectorStore

    return ChromaVectorStore.from_collection(index.passage_collection)
