"""Embedding: text to unit vectors, by the model that the settings name."""

from pathlib import Path

from ingest.embedding.encoder import Encoder, load_encoder
from ingest.embedding.interface import Embedding
from ingest.index.database import is_url

__all__ = ["Embedding", "Encoder", "load_embedding", "load_encoder"]


def load_embedding(name: str, cache: Path, api_key: str = "", many: bool = False) -> Embedding:
    """The embedding model of a name, a path, or the URL of an OpenAI-compatible server.

    `many` is for who embeds a lot and writes meanwhile: it takes a GPU if there is one, else a
    process of its own. Raises ModelError.
    """
    if is_url(name):
        from ingest.embedding.server import EmbeddingServer

        return EmbeddingServer(name, api_key)
    encoder = load_encoder(name, cache)
    if many:
        from ingest.embedding.gpu import GpuEncoder, has_gpu

        if has_gpu():
            return GpuEncoder(encoder)
        from ingest.embedding.encoder_process import EncoderProcess

        return EncoderProcess(encoder)
    return encoder
