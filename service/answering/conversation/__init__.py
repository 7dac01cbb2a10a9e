"""A message in its conversation: what it asks, each question rewritten so that it stands alone."""

from service.answering.conversation.rewrite import Turn, joined, understand

__all__ = ["Turn", "joined", "understand"]
