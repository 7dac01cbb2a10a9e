"""`python -m eval.benchmarks.ingest_speed`: how fast ingest is, beside plain LlamaIndex.

Both ingest the same generated documents, one after the other, each in a process of its own that
is timed from start to end; memory is that of the process and its children together.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.benchmarks.generated import write_documents

_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Timing:
    """One run of a command, from the start of its process to its end. `memory` is the peak in MB,
    `own_seconds` what the command itself says it took."""

    name: str
    seconds: float
    own_seconds: float
    passages: int
    memory: float

    def __str__(self) -> str:
        rate = self.passages / self.seconds
        return (
            f"{self.name:<28}{self.passages:>7} passages {self.seconds:>8.2f} s "
            f"{rate:>7.1f} passages/s {self.memory:>7.0f} MB (own clock {self.own_seconds:.1f} s)"
        )


def main() -> None:
    made = argparse.ArgumentParser(
        prog="python -m eval.benchmarks.ingest_speed", description=__doc__
    )
    made.add_argument("--files", type=int, default=5000, help="documents to generate (5000)")
    options = made.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for timing in compare(Path(temporary), options.files):
            print(timing, flush=True)


def compare(place: Path, files: int) -> Iterator[Timing | str]:
    """Yield each timing as it comes, then lines with the ratios."""
    documents = place / "documents"
    write_documents(documents, files)
    ours = ["ingest", str(documents), "--index", str(place / "index")]
    first = timed("footnote", ours)
    yield first
    second = timed("footnote, nothing changed", ours)
    yield second
    theirs = ["eval.benchmarks.plain_pipeline", str(documents), str(place / "plain")]
    plain = timed("llama-index", theirs)
    yield plain
    speed = (first.passages / first.seconds) / (plain.passages / plain.seconds)
    yield f"{speed:.2f} times the passages a second of the plain pipeline"
    whole = first.seconds / second.seconds
    own = first.own_seconds / second.own_seconds
    yield f"{whole:.1f} times as fast when nothing has changed (own clock {own:.1f})"


def timed(name: str, module: Sequence[str]) -> Timing:
    """Run `python -m MODULE...` and watch it. Raises CalledProcessError when it fails."""
    started = time.perf_counter()
    command = [sys.executable, "-m", *module]
    process = subprocess.Popen(  # noqa: S603 (ourselves)
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    memory = 0.0
    while process.poll() is None:
        memory = max(memory, memory_of(process.pid))
        time.sleep(_POLL_SECONDS)
    seconds = time.perf_counter() - started
    assert process.stdout is not None
    said = process.stdout.read().decode()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, said)
    summary = re.search(r"(\d+) passages(?: written)? in ([\d.]+) s", said)
    passages, own = (int(summary[1]), float(summary[2])) if summary else (0, seconds)
    return Timing(name, seconds, own, passages, memory)


def memory_of(pid: int) -> float:
    """Resident memory of a process and its descendants in MB; 0 where /proc is not Linux's."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        threads = Path(f"/proc/{pid}/task").glob("*/children")
        children = [child for thread in threads for child in thread.read_text().split()]
    except OSError:
        return 0.0
    resident = re.search(r"VmRSS:\s+(\d+) kB", status)
    own = int(resident[1]) / 1000 if resident else 0.0
    return own + sum(memory_of(int(child)) for child in children)


if __name__ == "__main__":
    main()
