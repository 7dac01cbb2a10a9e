"""The socket that the service listens on."""

import socket

from ingest.errors import SettingsError
from service.serving.loopback import is_loopback
from service.settings import ServiceSettings


def listen(settings: ServiceSettings) -> socket.socket:
    """A listening socket.

    Raises SettingsError when the address cannot be had, or would open the documents to everyone
    who can reach it without anybody having said so.
    """
    _check_open(settings)
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        return socket.create_server((settings.host, settings.port), family=family)
    except (OSError, UnicodeError) as error:  # a name may be none that a resolver takes
        raise SettingsError(
            f"cannot listen on {settings.host}:{settings.port} "
            f"(FOOTNOTE_HOST, FOOTNOTE_PORT): {getattr(error, 'strerror', None) or error}"
        ) from None


def address(listener: socket.socket) -> str:
    """Its URL."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _check_open(settings: ServiceSettings) -> None:
    if settings.api_keys.get_secret_value() or settings.allow_unauthenticated:
        return
    if not is_loopback(settings.host):
        raise SettingsError(
            f"without keys, everyone who can reach {settings.host} could read and change the "
            "documents: set FOOTNOTE_API_KEYS, or, if that is meant, "
            "FOOTNOTE_ALLOW_UNAUTHENTICATED=true (--allow-unauthenticated)"
        )
