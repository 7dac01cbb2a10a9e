"""What `GET /metrics` says: what was counted, in all worker processes, and how large the index
is."""

import asyncio
import os
import re
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from prometheus_client import CollectorRegistry, Metric, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from service.assembly import Assembly
from service.observing.metrics import REGISTRY

_WAIT_S = 1.0
_LIVE_GAUGE = re.compile(r"gauge_live\w*_(\d+)\.db")


@dataclass(frozen=True, slots=True)
class Sizes:
    """What is read when it is asked for. None: it cannot be had now."""

    documents: int | None = None
    passages: int | None = None
    jobs: tuple[int, int] | None = None
    """Ingest jobs that wait, and that are at work."""


class Exposition:
    """Of one application. An index that is away, or slow to answer, fails no scrape."""

    def __init__(self, assembly: Assembly) -> None:
        self._assembly = assembly
        self._reading: Future[Sizes] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sizes")

    async def text(self, accept: str) -> tuple[bytes, str]:
        """The metrics in the form that a scraper accepts, and its content type."""
        sizes = await self._sizes()
        encode, content_type = choose_encoder(accept)
        written = await asyncio.to_thread(lambda: encode(_collected(sizes)))
        return written, content_type

    async def _sizes(self) -> Sizes:
        """There is one attempt at a time to read them, which may go on after the answer."""
        if self._reading is None or self._reading.done():
            self._reading = self._thread.submit(self._read)
        with suppress(TimeoutError):
            async with asyncio.timeout(_WAIT_S):
                return await asyncio.shield(asyncio.wrap_future(self._reading))
        return Sizes()

    def _read(self) -> Sizes:
        documents, passages, jobs = None, None, None
        with suppress(Exception):
            states = [job.state for job in self._assembly.uploads.jobs.unfinished()]
            jobs = states.count("queued"), states.count("running")
        with suppress(Exception):
            index = self._assembly.index()
            documents, passages = index.document_count(), index.passage_count()
        return Sizes(documents, passages, jobs)


class _SizesCollector:
    def __init__(self, sizes: Sizes) -> None:
        self._sizes = sizes

    def collect(self) -> Iterable[Metric]:
        return size_metrics(self._sizes)


def size_metrics(sizes: Sizes) -> list[Metric]:
    """Those that are not counted."""
    up = GaugeMetricFamily(
        "footnote_index_up",
        "Whether the index can be read: 1 or 0.",
        value=0 if sizes.documents is None else 1,
    )
    documents = GaugeMetricFamily("footnote_index_documents", "Documents in the index.")
    passages = GaugeMetricFamily("footnote_index_passages", "Passages in the index.")
    jobs = GaugeMetricFamily(
        "footnote_ingest_jobs",
        "Ingest jobs of uploads that have not ended; state: queued or running.",
        labels=["state"],
    )
    if sizes.documents is not None:
        documents.add_metric([], sizes.documents)
    if sizes.passages is not None:
        passages.add_metric([], sizes.passages)
    for state, count in zip(("queued", "running"), sizes.jobs or (), strict=False):
        jobs.add_metric([state], count)
    return [up, documents, passages, jobs]


def _collected(sizes: Sizes) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_SizesCollector(sizes))
    shared = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if shared:
        forget_the_dead(Path(shared))
        MultiProcessCollector(registry, shared)  # type: ignore[no-untyped-call]
    else:
        registry.register(REGISTRY)
        ProcessCollector(registry=registry)
    return registry


def forget_the_dead(folder: Path) -> None:
    """Workers that have ended have no questions at work."""
    for file in folder.glob("gauge_live*.db"):
        found = _LIVE_GAUGE.fullmatch(file.name)
        if found and not _is_alive(int(found[1])):
            mark_process_dead(int(found[1]), str(folder))  # type: ignore[no-untyped-call]


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
