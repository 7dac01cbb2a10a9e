"""Which methods a path has: the framework tells only those of the first of its routes."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Match, Mount
from starlette.types import Scope

_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
_OF_FILES = ("GET", "HEAD")


def allowed_methods(request: Request) -> str:
    """As the `Allow` header has them."""
    return ", ".join(method for method in _METHODS if _is_allowed(request, method))


def _is_allowed(request: Request, method: str) -> bool:
    above = request.scope.get("app_root_path", request.scope.get("root_path", ""))
    scope = {**request.scope, "method": method, "root_path": above}  # as before any mount
    return any(_has(route, method, scope) for route in request.app.routes)


def _has(route: BaseRoute, method: str, scope: Scope) -> bool:
    """What is mounted takes every method, and is files."""
    if isinstance(route, Mount) and method not in _OF_FILES:
        return False
    return route.matches(scope)[0] is Match.FULL
