"""Who may make a request: its key, the role that needs, and how often."""

from collections.abc import Sequence
from contextlib import suppress
from ipaddress import IPv6Address, IPv6Network

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from service.api_keys import ApiKey, find_key
from service.http.guards.rates import Rates
from service.http.guards.roles import role_needed
from service.http.problems import problem_response
from service.observing.metrics import REFUSALS

_CHALLENGE = {"WWW-Authenticate": "Bearer"}


class Access:
    """Refuses who has no right key (401), whose key may not do that (403), and who asks too often
    (429), before any of the body is read. Without keys everyone may do everything, as often as
    the rate for an address allows."""

    def __init__(self, app: ASGIApp, keys: Sequence[ApiKey], rates: Rates) -> None:
        self._app = app
        self._keys = keys
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            refusal = await self._refusal(scope)
            if refusal is not None:
                return await refusal(scope, receive, send)
        return await self._app(scope, receive, send)

    async def _refusal(self, scope: Scope) -> Response | None:
        role = role_needed(scope["method"], scope["path"])
        if role is None:
            return None
        given = _given_key(Headers(scope=scope))
        key = find_key(self._keys, given) if given else None
        who = f"key {key.name}" if key else f"address {_address(scope)}"
        state = scope.setdefault("state", {})
        state["who"] = who
        seconds = await self._rates.seconds_to_wait(who)
        if seconds is not None:
            detail = f"too many requests: ask again in {seconds} s (FOOTNOTE_RATE_LIMIT)"
            REFUSALS.labels("rate").inc()
            return problem_response(429, detail, {"Retry-After": str(seconds)})
        if not self._keys:
            return None
        if key is None:
            said = "this key is not known" if given else "a key is needed"
            detail = f"{said}: send `Authorization: Bearer KEY` with one of FOOTNOTE_API_KEYS"
            REFUSALS.labels("key").inc()
            return problem_response(401, detail, _CHALLENGE)
        if not key.may(role):
            REFUSALS.labels("role").inc()
            detail = f"this key may only ask and read: that needs one with the role {role}"
            return problem_response(403, detail)
        state["role"] = key.role
        return None


def _given_key(headers: Headers) -> str:
    scheme, _, credentials = headers.get("authorization", "").partition(" ")
    if scheme.casefold() == "bearer":
        return credentials.strip()
    return headers.get("x-api-key", "").strip()


def _address(scope: Scope) -> str:
    """Of version 6 the network: who has one address there has 2**64 of them."""
    client = scope.get("client")
    if not client:
        return "unknown"
    with suppress(ValueError):
        address = IPv6Address(client[0].partition("%")[0])
        return str(address.ipv4_mapped or IPv6Network((address, 64), strict=False))
    return str(client[0])
