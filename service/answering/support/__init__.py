"""Whether cited sentences support a statement."""

from service.answering.support.loading import load_support

__all__ = ["load_support"]
