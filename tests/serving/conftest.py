"""Documents, and a language model that says what a test has written."""

from tests.service.written_fixtures import index, server

__all__ = ["index", "server"]
