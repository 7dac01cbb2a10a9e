"""Answers that a language model writes, every sentence checked against what it cites."""
