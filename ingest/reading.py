"""Reading files in processes of their own, ahead of whoever takes the documents.

A file is foreign: its reader may crash, hang or ask for all memory there is. In a process of its
own that costs the file and nothing else, and other cores read while this process embeds.
"""

import json
import os
import subprocess
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from queue import SimpleQueue
from types import TracebackType
from typing import TypeVar

from ingest.canonical import Reading
from ingest.child_process import start_child
from ingest.errors import UnreadableFile
from ingest.readers import plugged_in
from ingest.sources import SourceFile

_SECONDS = 300  # a reader at work for longer hangs
_AHEAD = 8  # files read ahead, for each process

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """A file to read, the id its document will have, and the digest of what is known of it."""

    file: SourceFile
    document_id: str
    most_bytes: int
    known_sha256: str = ""


@dataclass(frozen=True, slots=True)
class FileReading:
    """What was read. `reading` is None when the bytes are those that are known."""

    sha256: str
    reading: Reading | None


class ReaderPool:
    """Reader processes, started when the first file is to be read.

    A context manager: the processes end with it.
    """

    def __init__(self, processes: int | None = None) -> None:
        self._processes = processes or max(1, min(4, (os.cpu_count() or 1) // 2))
        self._threads = ThreadPoolExecutor(self._processes, thread_name_prefix="reader")
        self._idle: SimpleQueue[_ReaderProcess] = SimpleQueue()
        self._all = [_ReaderProcess() for _ in range(self._processes)]
        for process in self._all:
            self._idle.put(process)

    def __enter__(self) -> "ReaderPool":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._threads.shutdown(cancel_futures=True, wait=False)
        for process in self._all:
            process.stop()

    def read(
        self, items: Iterable[T], request_of: Callable[[T], ReadRequest]
    ) -> Iterator[tuple[T, FileReading | UnreadableFile]]:
        """Each item with what was read for its request or why not, in order, some files ahead."""
        waiting: deque[tuple[T, Future[FileReading | UnreadableFile]]] = deque()
        for item in items:
            waiting.append((item, self._threads.submit(self._read_one, request_of(item))))
            if len(waiting) >= _AHEAD * self._processes:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()

    def _read_one(self, request: ReadRequest) -> FileReading | UnreadableFile:
        if request.file.size > request.most_bytes:
            return UnreadableFile(
                f"has {request.file.size / 1e6:,.0f} MB, more than the limit of "
                f"{request.most_bytes / 1e6:,.0f} (FOOTNOTE_MOST_FILE_MEGABYTES)"
            )
        process = self._idle.get()
        try:
            return process.read(request)
        finally:
            self._idle.put(process)


class _ReaderProcess:
    """One process that runs `ingest.reader_process`; started anew when it has died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None

    def read(self, request: ReadRequest) -> FileReading | UnreadableFile:
        try:
            connection = self._start()
            connection.send(request)
            if not connection.poll(_SECONDS):
                self.stop()
                return UnreadableFile(f"takes longer than {_SECONDS} s to read")
            answer: FileReading | UnreadableFile = connection.recv()
        except (EOFError, OSError):
            self.stop()
            return UnreadableFile("its reader crashed on it: damaged, or made to do harm")
        return answer

    def _start(self) -> Connection:
        if self._connection is None:
            plugged = json.dumps(plugged_in())
            self._process, self._connection = start_child(
                "ingest.reader_process", plugged, quiet=True
            )
        return self._connection

    def stop(self) -> None:
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if connection is not None:
            connection.close()
        if process is not None:
            process.kill()
            process.wait()
