"""Embedding: text to unit vectors, on ONNX Runtime, without torch once a model is exported."""

from ingest.embedding.encoder import Encoder, load_encoder

__all__ = ["Encoder", "load_encoder"]
