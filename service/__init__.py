"""Service: understand a question, retrieve, answer, verify, serve."""
