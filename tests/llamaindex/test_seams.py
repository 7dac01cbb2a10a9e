"""LlamaIndex users can use our parts in their pipelines, and our index with their classes."""

from pathlib import Path

from llama_index.core import Document, SimpleDirectoryReader, VectorStoreIndex
from llama_index.core.ingestion import IngestionPipeline

from ingest.embedding import Encoder
from ingest.index.opening import open_index
from ingest.llamaindex import DocumentReader, PassageEmbedding, PassageNodeParser, vector_store
from service.assembly import Assembly
from service.llamaindex import FootnoteRetriever
from service.settings import ServiceSettings
from tests.conftest import SEEDS

QUESTION = "Who released the report on forced labor in Xinjiang and Tibet?"


def test_node_parser_and_embedding_run_in_an_ingestion_pipeline(encoder: Encoder) -> None:
    text = next(SEEDS.iterdir()).read_text("utf-8")
    pipeline = IngestionPipeline(
        transformations=[PassageNodeParser(encoder), PassageEmbedding(encoder)]
    )
    nodes = pipeline.run(documents=[Document(text=text, metadata={"file_name": "a.txt"})])
    joined = "".join(node.get_content() for node in nodes)
    for node in nodes:
        assert joined[node.start_char_idx : node.end_char_idx] == node.get_content()  # type: ignore[attr-defined]
        assert node.embedding is not None
        assert len(node.embedding) == encoder.dimension


def test_a_vector_store_index_opens_our_index(seeds_index: Path, encoder: Encoder) -> None:
    index = open_index(str(seeds_index))
    store = vector_store(index)
    theirs = VectorStoreIndex.from_vector_store(store, embed_model=PassageEmbedding(encoder))
    found = theirs.as_retriever(similarity_top_k=3).retrieve(QUESTION)
    assert len(found) == 3
    (record,) = index.all_records()
    text = index.document(record.document_id).text
    assert all(node.get_content() in text for node in found)


def test_retriever_gives_nodes_with_offsets_into_the_document(seeds_index: Path) -> None:
    retriever = Assembly(ServiceSettings(index=str(seeds_index))).answerer().retriever
    nodes = FootnoteRetriever(retriever, limit=4).retrieve(QUESTION)
    assert len(nodes) == 4
    for found in nodes:
        document = retriever.index.document(found.node.metadata["document_id"])
        start, end = found.node.start_char_idx, found.node.end_char_idx  # type: ignore[attr-defined]
        assert document.text[start:end] == found.node.get_content()


def test_small_talk_retrieves_nothing(seeds_index: Path) -> None:
    retriever = Assembly(ServiceSettings(index=str(seeds_index))).answerer().retriever
    assert FootnoteRetriever(retriever).retrieve("Thanks, that helps!") == []


def test_our_readers_read_for_a_directory_reader_and_our_parser_takes_it_from_there(
    tmp_path: Path, encoder: Encoder
) -> None:
    page = "<html><head><title>Towers</title></head><body><nav>Home</nav><article><h1>Towers</h1>"
    words = "The tower of Brimholm is 47 metres tall, and its steps are made of oak. " * 3
    (tmp_path / "towers.html").write_text(f"{page}<p>{words}</p></article></body></html>")
    documents = SimpleDirectoryReader(
        str(tmp_path), file_extractor={".html": DocumentReader()}
    ).load_data()
    (document,) = documents
    assert document.metadata["title"] == "Towers"
    assert "47 metres" in document.text and "Home" not in document.text
    nodes = PassageNodeParser(encoder).get_nodes_from_documents(documents)
    assert "".join(node.get_content() for node in nodes) == document.text
