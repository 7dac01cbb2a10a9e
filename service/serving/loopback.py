"""Whether an address is reached from this machine alone."""

from contextlib import suppress
from ipaddress import ip_address

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


def is_loopback(host: str) -> bool:
    """A name other than localhost is none: where it points to may change."""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host.casefold() == "localhost"
