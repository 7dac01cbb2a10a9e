"""`python -m eval.benchmarks.first_statement FILE`: what checking adds to the time until a reader
sees a language model's first sentence.

The articles of a SQuAD-format file are served with a model that quotes its prompt at a steady pace.
For each question: how long after the model had written its first sentence the statement, checked,
reached a client over HTTP. A sentence is known to be complete with the word after its mark, for
another mark might follow; so the time is given from there, and from the mark.
"""

import argparse
import shutil
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import httpx
import numpy as np
import uvicorn
from rich.console import Console

from eval.benchmarks.paced_model import PacedModel, paced_model
from eval.benchmarks.places import place_for
from eval.cases.case import Case
from eval.suite import open_suite
from ingest.run import run as ingest
from ingest.settings import load_settings
from service.http.app import create_app
from service.settings import ServiceSettings

_WARM_UP = 5
_TIMEOUT_S = 60.0


def main() -> None:
    made = argparse.ArgumentParser(
        prog="python -m eval.benchmarks.first_statement",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("file", type=Path, help="a SQuAD-format file")
    made.add_argument("--questions", metavar="N", type=int, default=100)
    made.add_argument("--pause-ms", metavar="MS", type=float, default=20.0, help="a word (20)")
    options = made.parse_args()
    console = Console(highlight=False)
    with place_for(None) as place, paced_model(options.pause_ms / 1000) as model:
        shutil.rmtree(place / "documents", ignore_errors=True)
        suite = open_suite(options.file, None, place).only([], [], options.questions + _WARM_UP)
        settings = load_settings(
            ServiceSettings,
            index=str(place / "index"),
            model="openai-like:paced",
            model_base_url=model.url,
        )
        ingest(settings, [str(suite.documents)])
        after_word, after_mark = timed(settings, suite.cases, model)
    console.print(f"{len(after_word)} of {options.questions} questions got a statement")
    for name, times in (("the word after it", after_word), ("its mark", after_mark)):
        half, most = np.quantile(times, (0.5, 0.95))
        console.print(f"first sentence shown after {name}: p50 {half:.1f} ms, p95 {most:.1f} ms")


def timed(
    settings: ServiceSettings, cases: Sequence[Case], model: PacedModel
) -> tuple[list[float], list[float]]:
    """Milliseconds from the word after the first sentence, and from its mark, to the client."""
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=0, log_level="warning"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    after_word: list[float] = []
    after_mark: list[float] = []
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=_TIMEOUT_S) as client:
        for number, case in enumerate(cases):
            shown = first_statement(client, case.question)
            if shown is not None and number >= _WARM_UP:
                after_word.append(1000 * (shown - model.next_sent))
                after_mark.append(1000 * (shown - model.sentence_sent))
    server.should_exit = True
    return after_word, after_mark


def first_statement(client: httpx.Client, question: str) -> float | None:
    """When the first statement came, on the performance counter; None without one. The answer is
    read to its end."""
    shown = None
    body = {"question": question, "stream": True}
    with client.stream("POST", "/v1/ask", json=body) as reply:
        for line in reply.iter_lines():
            if line == "event: statement" and shown is None:
                shown = time.perf_counter()
    return shown


if __name__ == "__main__":
    main()
