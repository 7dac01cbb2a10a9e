"""Retrieval: the passages of an index that a question is about."""
