"""Documents, and a language model that says what a test has written."""

from tests.service.conftest import index, server

__all__ = ["index", "server"]
