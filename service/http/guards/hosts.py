"""By which names the service may be called.

A page of another site may have its name point to this machine once it is loaded (DNS rebinding):
its requests are then of the same origin, and are told by the name they call alone.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from service.http.problems import problem_response
from service.serving.loopback import LOOPBACK_NAMES, is_loopback
from service.settings import ServiceSettings
from service.settings.access import listed

_ALWAYS = ("/healthz", "/readyz")  # asked for by address, by what watches the service


def known_hosts(settings: ServiceSettings) -> frozenset[str] | None:
    """The names that requests may call; None for any."""
    named = listed(settings.allowed_hosts)
    if named:
        return frozenset(name.casefold().strip("[]") for name in named)
    if settings.api_keys.get_secret_value() or not is_loopback(settings.host):
        return None
    return frozenset((*LOOPBACK_NAMES, settings.host.casefold()))


class KnownHosts:
    """Refuses requests that call the service by another name."""

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._hosts is not None and scope["path"] not in _ALWAYS:
            host = Headers(scope=scope).get("host", "")
            if _name(host) not in self._hosts:
                detail = f"this service is not called {host} here (FOOTNOTE_ALLOWED_HOSTS)"
                return await problem_response(421, detail)(scope, receive, send)
        return await self._app(scope, receive, send)


def _name(host: str) -> str:
    """Without the port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
