"""A question in its conversation: a follow-up is rewritten so that it stands alone."""

from service.answering.conversation.rewrite import Turn, standalone

__all__ = ["Turn", "standalone"]
