"""The right to write to an index on a Chroma server, among processes of several machines.

It is a collection that only one of them can make, and that says until when its holder has it. The
holder renews it; one that has died is replaced after `_LASTS_S`, by who has the same name (and
thereby knows that it has died) at once. Machines' clocks may differ by some tens of seconds.
"""

import logging
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from ingest.errors import IndexBusy, IndexUnreachable
from ingest.index.database import ServerAccess

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_NAME = "footnote_writer"  # not as a generation's collections, which a rebuild removes
_LASTS_S, _RENEWED_S = 60.0, 15.0
_LOOK_S = 0.2
_log = logging.getLogger("footnote")


@contextmanager
def lease(location: str, access: ServerAccess, holder: str, wait: float) -> Iterator[None]:
    """Hold it. Raises IndexBusy when another has it for longer than `wait` seconds, and
    IndexUnreachable."""
    from chromadb.errors import ChromaError

    from ingest.index.server import ServerClient

    client = ServerClient(location, access)
    held = _acquired(client, holder, time.monotonic() + wait)
    if held is None:
        raise IndexBusy(
            f"another ingest is writing to {location}, or one has just died: try again in a minute"
        )
    released = threading.Event()
    renewing = threading.Thread(
        target=_renew, args=(held, holder, released), daemon=True, name="index-lease"
    )
    renewing.start()
    try:
        yield
    finally:
        released.set()
        renewing.join()
        with suppress(ChromaError, IndexUnreachable):  # then it ends by itself
            _remove(client, held)


def _acquired(client: "ClientAPI", holder: str, until: float) -> "Collection | None":
    while True:
        made = _made(client, holder)
        if made is not None or time.monotonic() >= until:
            return made
        time.sleep(_LOOK_S)


def _made(client: "ClientAPI", holder: str) -> "Collection | None":
    """None while another holds it; one that has died holds nothing any more."""
    from chromadb.errors import ChromaError, NotFoundError

    with suppress(ChromaError):  # it exists already
        return client.create_collection(_NAME, metadata=_metadata(holder), embedding_function=None)
    with suppress(NotFoundError):
        there = client.get_collection(_NAME, embedding_function=None)
        said = there.metadata or {}
        if said.get("holder") == holder or float(said.get("until", 0)) < time.time():
            _remove(client, there)
            return _made(client, holder)
    return None


def _remove(client: "ClientAPI", there: "Collection") -> None:
    """By its id, which to rename does: by its name, another's could be removed."""
    from chromadb.errors import NotFoundError

    gone = f"{_NAME}-{uuid.uuid4().hex}"
    with suppress(NotFoundError):
        there.modify(name=gone)
        client.delete_collection(gone)


def _renew(held: "Collection", holder: str, released: threading.Event) -> None:
    from chromadb.errors import ChromaError

    while not released.wait(_RENEWED_S):
        try:
            held.modify(metadata=_metadata(holder))
        except (ChromaError, IndexUnreachable) as error:
            _log.warning("the right to write to the index could not be renewed: %s", error)


def _metadata(holder: str) -> dict[str, str | float]:
    return {"holder": holder, "until": time.time() + _LASTS_S}
