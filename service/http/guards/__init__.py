"""What stands before every endpoint, in the order that a request meets it.

Pure ASGI middleware, so that bodies are counted as they come and streams are not held up.
"""

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from service.api_keys import parse_keys
from service.http.guards.access import Access
from service.http.guards.body import BodyLimit
from service.http.guards.headers import SecurityHeaders
from service.http.guards.hosts import KnownHosts, known_hosts
from service.http.guards.origins import SameOrigin
from service.http.guards.rates import Rates
from service.http.guards.requests import MostRequests
from service.http.guards.unexpected import Unexpected
from service.settings import ServiceSettings
from service.settings.access import listed

_EXPOSED = ("Retry-After", "X-Request-ID", "Location")


def install(app: FastAPI, settings: ServiceSettings) -> None:
    """Put them before the application; the last one added is met first."""
    origins = listed(settings.cors_origins)
    keys = parse_keys(settings.api_keys.get_secret_value())
    rates = Rates(settings.rate_limit, settings.rate_limit_storage)
    app.add_middleware(BodyLimit, most_upload=settings.most_upload_megabytes * 1_000_000)
    app.add_middleware(Access, keys=keys, rates=rates)
    app.add_middleware(SameOrigin, others=origins)
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["*"],  # client libraries send some of their own
            expose_headers=_EXPOSED,
        )
    app.add_middleware(MostRequests, most=settings.most_requests)
    app.add_middleware(KnownHosts, hosts=known_hosts(settings))
    app.add_middleware(Unexpected)
    app.add_middleware(SecurityHeaders)
