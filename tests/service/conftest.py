"""Fixtures of an index over made-up documents, a model server, and a browser."""

from tests.service.written_fixtures import index, server
from tests.web.conftest import browser, page

__all__ = ["browser", "index", "page", "server"]
