"""Answering: from a question and passages to statements whose citations are checked."""
