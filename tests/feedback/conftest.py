"""Documents to ask about."""

from tests.service.written_fixtures import index

__all__ = ["index"]
