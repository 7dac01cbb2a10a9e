"""The encoder in a process of its own, to embed while this one writes.

Chroma's Rust core holds Python's lock while it writes: threads of the writing process that embed
would stand still for a sixth of the time.

`python -m ingest.embedding.encoder_process FD FOLDER` is that process: it speaks over the inherited
socket FD, and ends with it.
"""

import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue

import numpy as np
from numpy.typing import NDArray

from ingest.child_process import start_child
from ingest.embedding.encoder import Encoder
from ingest.embedding.passages_apart import PassagesApart
from ingest.errors import ModelError

Vectors = NDArray[np.float32]


class EncoderProcess(PassagesApart):
    """Embeds passages in another process, which is started with the first; all else is the
    encoder's. A batch may be asked for while another is at work. Close it when done."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        self._sending = threading.Lock()
        self._waiting: deque[tuple[int, Future[Vectors]]] = deque()
        self._connection: Connection | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def warm_up(self) -> None:
        with self._sending:
            if self._connection is None:
                self._start()

    def get_text_embedding_batch(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (len(texts), dimension). Raises ModelError when the other
        process has died."""
        future: Future[Vectors] = Future()
        with self._sending:
            connection = self._connection or self._start()
            self._waiting.append((len(texts), future))
            try:
                connection.send(list(texts))
            except OSError:
                raise _died() from None
        return future.result()

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _start(self) -> Connection:
        folder = str(self._encoder.folder.resolve())
        self._process, connection = start_child("ingest.embedding.encoder_process", folder)
        self._connection = connection
        receiver = threading.Thread(target=self._receive, args=(connection,), daemon=True)
        receiver.start()
        return connection

    def _receive(self, connection: Connection) -> None:
        """Give each batch its vectors, in the order they were asked for."""
        try:
            while True:
                data = connection.recv_bytes()
                count, future = self._waiting.popleft()
                vectors = np.frombuffer(data, dtype=np.float32).reshape(count, self.dimension)
                future.set_result(vectors)
        except (EOFError, OSError):
            while self._waiting:
                self._waiting.popleft()[1].set_exception(_died())


def _died() -> ModelError:
    return ModelError("the process that embeds has died (out of memory?): ingest again to go on")


def main(descriptor: int, folder: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    encoder = Encoder(Path(folder))
    encoder.warm_up()
    connection = Connection(descriptor)
    waiting: SimpleQueue[list[str] | None] = SimpleQueue()

    def receive() -> None:
        """Take the next batch while this one is at work: else both ends could wait to send."""
        try:
            while True:
                waiting.put(connection.recv())
        except (EOFError, OSError):
            waiting.put(None)

    threading.Thread(target=receive, daemon=True).start()
    while (texts := waiting.get()) is not None:
        connection.send_bytes(encoder.get_text_embedding_batch(texts).tobytes())


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
