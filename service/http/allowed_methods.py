"""Which methods a path has: the framework tells only those of the first of its routes."""

from starlette.requests import Request
from starlette.routing import Match

_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")


def allowed_methods(request: Request) -> str:
    """As the `Allow` header has them."""
    return ", ".join(method for method in _METHODS if _is_allowed(request, method))


def _is_allowed(request: Request, method: str) -> bool:
    scope = {**request.scope, "method": method}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)
