"""Ingest: load, clean, split into passages, embed, index."""
