"""Which role a request needs."""

from service.api_keys import Role

_OPEN = ("/", "/healthz", "/readyz", "/docs", "/openapi.json", "/favicon.ico")
_OPEN_BELOW = ("/static/", "/documents/")  # pages, which ask for a key themselves


def role_needed(method: str, path: str) -> Role | None:
    """None for what needs no key: pages without any document's text, and signs of life."""
    if path in _OPEN or path.startswith(_OPEN_BELOW):
        return None
    if path == "/v1/documents" or path.startswith("/v1/documents/"):
        return "ask" if method in ("GET", "HEAD") else "manage"
    if path.startswith("/v1/jobs/"):
        return "manage"
    if path == "/v1/feedback":
        return "ask" if method == "POST" else "manage"
    return "ask"
