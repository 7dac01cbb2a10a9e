"""Questions and uploads that keep coming while something breaks, and what their clients saw."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from ingest.errors import FootnoteError

_PATIENCE_S = 60.0
LIGHT = b"The lighthouse of Brimholm is 47 metres tall.\n"
TALL = {"question": "How tall is the lighthouse of Brimholm?"}


class NotInTime(FootnoteError):
    """What was waited for did not come."""


@dataclass(slots=True)
class Seen:
    """What clients saw: times are seconds of the clock, a status of 0 is a broken connection."""

    answers: list[tuple[float, int, str]] = field(default_factory=list)
    """When it was asked, the status, and the answer's text or the problem's detail."""

    @property
    def statuses(self) -> Counter[int]:
        return Counter(status for _, status, _ in self.answers)

    def details(self, status: int) -> set[str]:
        return {said for _, seen, said in self.answers if seen == status}

    def wait_for(self, status: int, times: int = 1) -> None:
        """Until questions asked from now on got this status so often. Raises NotInTime."""
        now = time.monotonic()
        until(
            lambda: sum(1 for at, seen, _ in self.answers if at > now and seen == status) >= times,
            f"status {status}",
        )


def until(is_so: Callable[[], bool], what: str) -> None:
    """Raises NotInTime."""
    end = time.monotonic() + _PATIENCE_S
    while not is_so():
        if time.monotonic() > end:
            raise NotInTime(f"waited in vain for {what}")
        time.sleep(0.05)


@contextmanager
def asking(base_url: httpx.URL | str, question: dict[str, Any], clients: int = 2) -> Iterator[Seen]:
    """Clients that ask one question after the other, each over connections of its own."""
    seen, stop = Seen(), threading.Event()

    def ask() -> None:
        fresh = httpx.Limits(max_keepalive_connections=0)
        with httpx.Client(base_url=base_url, timeout=60, limits=fresh) as client:
            while not stop.is_set():
                at = time.monotonic()
                try:
                    answer = client.post("/v1/ask", json=question)
                    body = answer.json()
                    said = body.get("answer", body.get("detail", ""))
                    seen.answers.append((at, answer.status_code, said))
                except httpx.TransportError as error:
                    seen.answers.append((at, 0, str(error)))
                time.sleep(0.02)

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def send(client: httpx.Client, name: str, content: bytes) -> str:
    """Upload a file; the address of its job."""
    sent = client.post("/v1/documents", files=[("files", (name, content))])
    assert sent.status_code == 202, sent.text
    return sent.headers["location"]


def job(client: httpx.Client, place: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(place).json()
    return found


def ended(client: httpx.Client, place: str) -> dict[str, Any]:
    """A job once it has ended. Raises NotInTime."""
    until(lambda: job(client, place)["state"] in ("done", "failed"), f"the end of {place}")
    return job(client, place)


def letter(number: int, paragraphs: int = 40) -> bytes:
    """A document of some passages, which says one thing that no other says."""
    rest = "\n\n".join(
        f"In letter {number}, paragraph {n}, someone counts {n * number + 7} geese on the shore, "
        "then writes at length of the weather, of the harvest and of a neighbour's new roof."
        for n in range(paragraphs)
    )
    return f"The keeper of house {number} is called Ansgar{number}.\n\n{rest}\n".encode()
