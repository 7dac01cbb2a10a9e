"""Readers and the writer of a folder's index are kept apart, between processes too."""

import subprocess
import sys
import threading
import time
from pathlib import Path

from ingest.index.gate import reading, writing

HOLD = """
import sys, time
from ingest.index.gate import reading, writing
with {gate}(sys.argv[1]):
    print("in", flush=True)
    time.sleep(0.6)
"""


def held(gate: str, place: Path) -> subprocess.Popen[str]:
    """Another process that is inside `gate` for a while."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD.format(gate=gate), str(place)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "in\n"
    return process


def test_reads_wait_for_a_write_and_a_write_for_reads(tmp_path: Path) -> None:
    for other, ours in (("writing", reading), ("reading", writing), ("writing", writing)):
        process = held(other, tmp_path)
        started = time.monotonic()
        with ours(str(tmp_path)):
            waited = time.monotonic() - started
            assert waited > 0.3
        process.wait()


def test_reads_do_not_wait_for_each_other(tmp_path: Path) -> None:
    process = held("reading", tmp_path)
    with reading(str(tmp_path)), reading(str(tmp_path)):
        assert process.poll() is None
    process.kill()
    process.wait()


def test_who_writes_may_read(tmp_path: Path) -> None:
    with writing(str(tmp_path)), reading(str(tmp_path)), writing(str(tmp_path)):
        pass


def test_a_stream_of_readers_does_not_keep_a_writer_out(tmp_path: Path) -> None:
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            with reading(str(tmp_path)):
                time.sleep(0.01)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        for _ in range(5):
            with writing(str(tmp_path)):
                pass
    finally:
        stop.set()
        for reader in readers:
            reader.join()


def test_without_a_folder_there_is_nothing_to_guard(tmp_path: Path) -> None:
    with reading(str(tmp_path / "none")):
        assert not (tmp_path / "none").exists()
    with reading("http://127.0.0.1:9"):
        pass
