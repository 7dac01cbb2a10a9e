"""`python -m eval.benchmarks.load FILE`: how much the service carries, and what becomes of more.

The articles of a SQuAD-format file are served by a process of its own, and Locust asks their
questions in mixed order from 1, 8, 32 and 128 clients, each with one connection, on this machine:
so clients and service share its cores. No question comes a second time while there are others, for
what was read for one is remembered. With `--requests N` so many are asked by 8 clients, and the
memory of the service is read meanwhile.
"""

import argparse
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
from rich.console import Console
from rich.table import Table

from eval.benchmarks.places import place_for
from eval.suite import open_suite
from ingest.run import run as ingest
from ingest.settings import IngestSettings

_CLIENTS = (1, 8, 32, 128)
_STEADY_CLIENTS = 8
_READINGS = 10
_WARM_UP_S = 3.0


@dataclass(frozen=True, slots=True)
class Load:
    """What some clients got within some seconds: milliseconds of each request by outcome."""

    clients: int
    seconds: float
    times: dict[str, list[float]]

    @property
    def throughput(self) -> float:
        """Answers a second."""
        return len(self.times["answered"]) / self.seconds

    def quantile(self, kind: str, share: float) -> float:
        """Milliseconds; nan where there are none."""
        times = self.times[kind]
        return float(np.quantile(times, share)) if times else float("nan")


@dataclass(frozen=True, slots=True)
class Server:
    process: "subprocess.Popen[str]"
    url: str

    def memory(self) -> float:
        """Resident megabytes of the process and its workers."""
        return sum(_resident(pid) for pid in (self.process.pid, *_children(self.process.pid)))


def main() -> None:
    options = _parser().parse_args()
    console = Console(highlight=False)
    with place_for(None) as place:
        suite = open_suite(options.file, None, place)
        index = str(place / "load-index")
        ingest(IngestSettings(index=index), [str(suite.documents)])
        asking = Asking(place, [case.question for case in suite.cases])
        with serving(index, place, options.service) as server:
            asking.ask(server, 1, _WARM_UP_S)
            if options.requests:
                console.print(steadily(server, options.requests, asking))
            else:
                loads = [asking.ask(server, n, options.seconds) for n in options.clients]
                console.print(_table(loads))


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m eval.benchmarks.load",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("file", type=Path, help="a SQuAD-format file")
    made.add_argument("--clients", type=int, nargs="+", default=_CLIENTS, metavar="N")
    made.add_argument("--seconds", type=float, default=20.0, help="for each number of clients (20)")
    made.add_argument("--requests", type=int, metavar="N", help="read the memory over N requests")
    made.add_argument(
        "--service",
        nargs=argparse.REMAINDER,
        default=[],
        metavar="OPTION",
        help="last: options of `python -m service`, such as --service --workers 2",
    )
    return made


@contextmanager
def serving(index: str, place: Path, options: Sequence[str]) -> Iterator[Server]:
    """A server on a free port, ready."""
    kept = {
        "FOOTNOTE_UPLOADS": place / "uploads",
        "FOOTNOTE_FEEDBACK": place / "feedback.sqlite3",
    }
    process = subprocess.Popen(  # noqa: S603 (ourselves)
        [sys.executable, "-m", "service", "--index", index, "--port", "0", *options],
        env=os.environ | {name: str(path) for name, path in kept.items()},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        url = process.stdout.readline().split()[-1]
        httpx.get(f"{url}/readyz", timeout=60).raise_for_status()
        yield Server(process, url)
    finally:
        process.terminate()
        process.wait()


class Asking:
    """Goes through questions in mixed order, with as many clients as are wanted."""

    def __init__(self, place: Path, questions: list[str]) -> None:
        random.Random(0).shuffle(questions)
        self._questions = place / "questions.json"
        self._questions.write_text(json.dumps(questions), "utf-8")
        self._times = place / "times.json"
        self._asked = 0

    def ask(self, server: Server, clients: int, seconds: float) -> Load:
        """For so many seconds."""
        command = [sys.executable, "-m", "locust", "--headless", "--only-summary"]
        command += ["-f", str(Path(__file__).with_name("load_users.py")), "--host", server.url]
        command += ["-u", str(clients), "-r", str(clients), "-t", f"{seconds:.0f}s"]
        command += ["--stop-timeout=30", "--loglevel=ERROR"]
        variables = {
            "LOAD_QUESTIONS": str(self._questions),
            "LOAD_TIMES": str(self._times),
            "LOAD_FIRST": str(self._asked),
        }
        done = subprocess.run(  # noqa: S603 (a tool that we name)
            command, env=os.environ | variables, capture_output=True, text=True, check=False
        )
        if not self._times.exists():
            sys.exit(f"locust failed: {done.stderr}")
        times: dict[str, list[float]] = json.loads(self._times.read_text())
        self._times.unlink()
        self._asked += sum(map(len, times.values()))
        return Load(clients, seconds, times)


def steadily(server: Server, requests: int, asking: Asking) -> Table:
    """Ask in rounds until so many were answered: the memory after each."""
    table = Table("requests", "memory MB", "answers/s", "p50 ms", "failed", box=None)
    table.add_row("0", f"{server.memory():.0f}", "", "", "")
    done, seconds = 0, 10.0
    while done < requests:
        load = asking.ask(server, _STEADY_CLIENTS, seconds)
        done += sum(map(len, load.times.values()))
        seconds = max(5.0, requests / _READINGS / max(1.0, load.throughput))
        half, failed = load.quantile("answered", 0.5), len(load.times["failed"])
        cells = (server.memory(), load.throughput, half, failed)
        table.add_row(str(done), *(f"{cell:.0f}" for cell in cells))
    return table


def _table(loads: Sequence[Load]) -> Table:
    table = Table("clients", "answers/s", "p50 ms", "p95 ms", "p99 ms", box=None)
    for name in ("refused", "p50 ms", "p99 ms", "failed"):
        table.add_column(name)
    for load in loads:
        answered = [f"{load.quantile('answered', share):.0f}" for share in (0.5, 0.95, 0.99)]
        refused = [f"{load.quantile('refused', share):.0f}" for share in (0.5, 0.99)]
        counts = [str(len(load.times[kind])) for kind in ("refused", "failed")]
        table.add_row(
            str(load.clients), f"{load.throughput:.0f}", *answered, counts[0], *refused, counts[1]
        )
    return table


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [one for child in found for one in (int(child), *_children(int(child)))]


def _resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
