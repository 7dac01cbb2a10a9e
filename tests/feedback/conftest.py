"""Documents to ask about."""

from tests.service.conftest import index

__all__ = ["index"]
