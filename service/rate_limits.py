"""Where requests are counted, for the rates of `limits`. Importing this imports it."""

from urllib.parse import urlsplit

from limits.aio.storage import Storage
from limits.errors import ConfigurationError
from limits.storage import storage_from_string


def rate_storage(uri: str) -> Storage:
    """Raises ValueError, which tells nothing of a password that `uri` may have."""
    # The library would have another client of Redis than the usual one.
    options = {"implementation": "redispy"} if uri.startswith("redis") else {}
    try:
        made = storage_from_string(f"async+{uri}", **options)
    except ConfigurationError as error:
        if uri in str(error):
            raise ValueError("must be memory://, or such as redis://host:6379") from None
        raise ValueError(f"{urlsplit(uri).scheme}:// cannot be used: {error}") from None
    except Exception:
        raise ValueError("is no address of a storage, such as redis://host:6379") from None
    assert isinstance(made, Storage)
    return made
