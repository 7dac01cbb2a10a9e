"""`python -m eval.benchmarks.plain_pipeline FOLDER INDEX`: what a LlamaIndex user would write.

Reads, splits, embeds and stores with the library's own parts and defaults, the weights being
ours; the ingest that ours is timed against.
"""

import sys
import time

import chromadb
from llama_index.core import SimpleDirectoryReader
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.node_parser import SentenceSplitter
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.vector_stores.chroma import ChromaVectorStore

from ingest.embedding.weights import locate
from ingest.settings import IngestSettings


def main(folder: str, place: str) -> None:
    embedding = HuggingFaceEmbedding(model_name=locate(IngestSettings().embedding_model))
    collection = chromadb.PersistentClient(place).create_collection("plain")
    started = time.perf_counter()
    pipeline = IngestionPipeline(
        transformations=[SentenceSplitter(), embedding],
        vector_store=ChromaVectorStore(chroma_collection=collection),
    )
    nodes = pipeline.run(documents=SimpleDirectoryReader(folder, recursive=True).load_data())
    print(f"{len(nodes)} passages in {time.perf_counter() - started:.2f} s after its start")


if __name__ == "__main__":
    main(*sys.argv[1:])
