"""Evaluation: ask the service, compare with gold."""
