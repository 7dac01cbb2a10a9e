"""Who waits for a turn that fails is told so, and does not find out for himself."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from ingest.errors import IndexMissing, IndexUnreachable
from ingest.one_at_a_time import OneAtATime


def test_a_failure_is_shared_by_those_who_waited_and_forgotten_after() -> None:
    turns, tried, began = OneAtATime(), [], threading.Event()

    def reach() -> None:
        with turns.turn():
            tried.append(1)
            began.set()
            time.sleep(0.2)
            raise IndexUnreachable("the server is away")

    with ThreadPoolExecutor(4) as threads:
        first = threads.submit(reach)
        began.wait()
        waiting = [threads.submit(reach) for _ in range(3)]
        for attempt in (first, *waiting):
            with pytest.raises(IndexUnreachable, match="the server is away"):
                attempt.result()
    assert len(tried) == 1
    with turns.turn():
        tried.append(1)
    assert len(tried) == 2


def test_other_failures_are_each_ones_own() -> None:
    turns = OneAtATime()
    for _ in range(2):
        with pytest.raises(IndexMissing), turns.turn():
            raise IndexMissing("there is none")
