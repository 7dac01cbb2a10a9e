"""What Locust runs for `python -m eval.benchmarks.load`: clients that ask one question after the
other, a fifth of them as a stream, and wait as long as a refusal says before they ask again.

https://docs.locust.io/en/stable/increase-performance.html (FastHttpUser)
"""

import itertools
import json
import os
from pathlib import Path
from typing import Any

import gevent
from locust import FastHttpUser, events, task
from locust.contrib.fasthttp import ResponseContextManager

QUESTIONS = "LOAD_QUESTIONS"
FIRST = "LOAD_FIRST"
TIMES = "LOAD_TIMES"
ANSWERED, REFUSED, FAILED = "answered", "refused", "failed"
_UNAVAILABLE = 503

_every: list[str] = json.loads(Path(os.environ[QUESTIONS]).read_text("utf-8"))
_questions = itertools.islice(itertools.cycle(_every), int(os.environ[FIRST]), None)
_times: dict[str, list[float]] = {ANSWERED: [], REFUSED: [], FAILED: []}


class Asker(FastHttpUser):
    """One client, on one connection that it keeps."""

    network_timeout = 60.0
    connection_timeout = 60.0

    @task(4)
    def ask(self) -> None:
        self._ask(stream=False)

    @task(1)
    def ask_for_a_stream(self) -> None:
        self._ask(stream=True)

    def _ask(self, stream: bool) -> None:
        body = {"question": next(_questions), "stream": stream}
        with self.client.post("/v1/ask", json=body, catch_response=True) as response:
            outcome = _outcome(response, stream)
            response.request_meta["name"] = outcome
            if outcome == FAILED:
                response.failure(f"status {response.status_code}")
            else:
                response.success()
        if outcome == REFUSED:
            gevent.sleep(_seconds_to_wait(response))


def _outcome(response: ResponseContextManager, stream: bool) -> str:
    if response.status_code == _UNAVAILABLE and _seconds_to_wait(response):
        return REFUSED
    if response.status_code != 200 or not response.text:
        return FAILED
    answer = _last_event(response.text) if stream else json.loads(response.text)
    return ANSWERED if answer and _is_whole(answer) else FAILED


def _seconds_to_wait(response: ResponseContextManager) -> float:
    """What a refusal says; 0 where it says nothing."""
    headers: Any = response.headers
    return float(headers.get("Retry-After") or 0) if headers else 0.0


def _last_event(text: str) -> dict[str, Any] | None:
    name, data = "", ""
    for line in text.splitlines():
        field, _, value = line.partition(": ")
        name = value if field == "event" else name
        data = value if field == "data" else data
    return json.loads(data) if name == "done" else None


def _is_whole(answer: dict[str, Any]) -> bool:
    """Statements with citations that quote something, or an answer that needs none."""
    quoted = {citation["index"] for citation in answer["citations"] if citation["cited_text"]}
    return all(quoted.issuperset(s["citations"]) and s["citations"] for s in answer["statements"])


@events.request.add_listener  # type: ignore[untyped-decorator]
def _note(name: str, response_time: float, **_: object) -> None:
    _times.get(name, _times[FAILED]).append(response_time)


@events.quitting.add_listener  # type: ignore[untyped-decorator]
def _save(**_: object) -> None:
    Path(os.environ[TIMES]).write_text(json.dumps(_times))
