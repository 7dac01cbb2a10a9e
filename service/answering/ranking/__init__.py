"""Ranking sentences: how well each of a passage answers a question."""

from service.answering.ranking.ranker import SentenceRanker, SentenceScores

__all__ = ["SentenceRanker", "SentenceScores"]
