"""The client of a Chroma server, with a limit of time and one kind of failure.

The library's own waits for ever, and says in many ways that a server is not well. This one raises
IndexUnreachable whenever the server is why there is no answer. Imports chromadb, which takes more
than a second.
"""

from typing import Any
from urllib.parse import urlsplit

import httpx
import orjson
from chromadb.api.client import Client
from chromadb.api.fastapi import FastAPI
from chromadb.config import DEFAULT_DATABASE, DEFAULT_TENANT, Settings, System
from chromadb.errors import (
    AuthorizationError,
    ChromaAuthError,
    ChromaError,
    InternalError,
    NotFoundError,
    RateLimitError,
)
from overrides import override  # chromadb insists on it

from ingest.errors import IndexUnreachable
from ingest.index.database import ServerAccess

_CONNECT_S = 5.0
_READS = ("/get", "/query", "/count")  # asked by POST, and may be asked twice
_CLOSED = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError, httpx.CloseError)
_NOT_WELL = (AuthorizationError, ChromaAuthError, InternalError, RateLimitError)
_MOST_SAID = 200  # characters of what a server says: a proxy's answer may be a whole page


class ServerClient(Client):
    """A Chroma client that shares nothing with others: the library never lets go of what they
    share. Nothing is asked of the server until something is read or written."""

    def __init__(self, location: str, access: ServerAccess) -> None:
        url = urlsplit(location)
        settings = Settings(
            anonymized_telemetry=False,
            chroma_api_impl="chromadb.api.fastapi.FastAPI",
            chroma_server_host=url.hostname or "",
            chroma_server_http_port=url.port or (443 if url.scheme == "https" else 80),
            chroma_server_ssl_enabled=url.scheme == "https",
        )
        self.tenant, self.database = DEFAULT_TENANT, DEFAULT_DATABASE
        self._server = _Server(System(settings), location, access)


class _Server(FastAPI):
    """The library's protocol. Every request goes through `_make_request`."""

    def __init__(self, system: System, location: str, access: ServerAccess) -> None:
        super().__init__(system)
        self._location = location
        self._seconds = access.timeout_s
        connecting = min(access.timeout_s, _CONNECT_S)
        self._session.timeout = httpx.Timeout(access.timeout_s, connect=connecting)
        if access.token:
            headers = {"Authorization": f"Bearer {access.token}", "X-Chroma-Token": access.token}
            self._session.headers.update(headers)

    @override
    def _make_request(self, method: str, path: str, **kwargs: Any) -> Any:
        """Raises IndexUnreachable, and chromadb's errors about what was asked."""
        try:
            return self._asked(method, path, **kwargs)
        except httpx.TimeoutException:
            raise self._unreachable(f"did not answer within {self._seconds:g} s") from None
        except httpx.HTTPError as error:
            raise self._unreachable(f"cannot be reached: {_short(error)}") from error
        except orjson.JSONDecodeError as error:
            raise self._unreachable("sent what is no answer of Chroma's") from error
        except _NOT_WELL as error:
            raise self._unreachable(f"refused or failed: {_short(error)}") from error
        except Exception as error:
            if type(error) is ChromaError and path.endswith(_READS):
                # What it makes of a collection that is just being removed.
                raise NotFoundError(_short(error)) from error
            if type(error) is not Exception:
                raise
            # What the library makes of a status that no error of Chroma's came with.
            raise self._unreachable(f"refused or failed: {_short(error)}") from error

    def _asked(self, method: str, path: str, **kwargs: Any) -> Any:
        if method.lower() != "get" and not path.endswith(_READS):
            return super()._make_request(method, path, **kwargs)
        try:
            return super()._make_request(method, path, **kwargs)
        except _CLOSED:  # a connection that was kept from before the server was started again
            return super()._make_request(method, path, **kwargs)

    def _unreachable(self, what: str) -> IndexUnreachable:
        return IndexUnreachable(f"the Chroma server at {self._location} {what}")


def _short(error: Exception) -> str:
    said = " ".join(str(error).split()) or type(error).__name__
    return said if len(said) <= _MOST_SAID else f"{said[:_MOST_SAID]}..."
