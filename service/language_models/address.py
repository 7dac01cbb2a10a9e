"""Addresses as they may be shown: in reports, names and errors."""

from urllib.parse import urlsplit, urlunsplit


def shown_address(url: str) -> str:
    """Without user, password, query and fragment, where keys may stand."""
    parts = urlsplit(url)
    host = parts.netloc.rsplit("@", 1)[-1]
    return urlunsplit((parts.scheme, host, parts.path, "", ""))
