"""The file of feedback: what is kept, for how long, and what is done about trouble with it."""

import json
import logging
import stat
import threading
from pathlib import Path

import pytest

from service.answering.answer import Answer
from service.feedback.answer_ids import answer_id_of
from service.feedback.problems import FeedbackUnavailable
from service.feedback.recorder import AnswerRecorder
from service.feedback.store import FeedbackStore, RememberedAnswer
from service.http.questions import Asked


def remembered(*names: str) -> list[RememberedAnswer]:
    return [RememberedAnswer(name, json.dumps({"question": f"{name}?"})) for name in names]


def reply(name: str) -> Answer:
    return Answer(name, "Hi", "Hi", (), (), 0.0, "extractive", reply="Hello!")


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path / "new" / "feedback.sqlite3")


def test_the_latest_answers_are_kept_and_feedback_outlives_them(store: FeedbackStore) -> None:
    store.remember(remembered("a", "b"), 3)
    assert store.give("a", "down", "wrong")
    store.remember(remembered("c", "d", "e"), 3)
    assert store.give("b", "up", "") is None
    assert store.give("c", "up", "")
    assert store.give("a", "up", "right after all")  # though its answer is forgotten
    told = [(one["answer_id"], one["rating"], one["comment"]) for one in store.export()]
    assert told == [("c", "up", ""), ("a", "up", "right after all")]
    assert [one["question"] for one in store.export()] == ["c?", "a?"]


def test_only_its_owner_may_read_it(store: FeedbackStore) -> None:
    store.remember(remembered("a"), 3)
    for file in store.file.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_it_may_be_deleted_while_it_is_used(store: FeedbackStore) -> None:
    assert list(store.export()) == []
    store.remember(remembered("a"), 3)
    store.file.unlink()
    store.remember(remembered("b"), 3)
    assert store.give("a", "up", "") is None
    assert store.give("b", "up", "")


@pytest.mark.parametrize("content", [b"", b"no database at all, but long enough to look at" * 100])
def test_a_file_that_is_none_is_said_so(store: FeedbackStore, content: bytes) -> None:
    store.file.parent.mkdir()
    store.file.write_bytes(content)
    if not content:
        store.remember(remembered("a"), 3)
        return
    with pytest.raises(FeedbackUnavailable, match="FOOTNOTE_FEEDBACK"):
        store.remember(remembered("a"), 3)
    with pytest.raises(FeedbackUnavailable, match=str(store.file)):
        list(store.export())


def test_a_place_that_cannot_be_written_costs_no_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    store = FeedbackStore(tmp_path / "file" / "feedback.sqlite3")
    recorder = AnswerRecorder(store, 10)
    with caplog.at_level(logging.WARNING, "footnote"):
        for number in range(3):
            recorder(Asked("Hi"), reply(str(number)))
            recorder.flush(10)
    (line,) = caplog.messages  # not one for each answer
    assert "not remembered" in line and str(store.file) in line
    assert recorder.waiting == 0


def test_the_oldest_is_dropped_where_more_come_than_can_be_written(
    store: FeedbackStore, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_write = threading.Event()
    write = store.remember

    def slow(answers: list[RememberedAnswer], most: int) -> None:
        may_write.wait(20)
        write(answers, most)

    monkeypatch.setattr(store, "remember", slow)
    recorder = AnswerRecorder(store, 100, most_waiting=5)
    recorder(Asked("first?"), reply("first"))
    recorder.flush(0.5)  # it is being written
    for number in range(8):
        recorder(Asked("more?"), reply(f"more-{number}"))
    assert recorder.waiting == 5
    may_write.set()
    recorder.flush(20)
    kept = {f"more-{number}" for number in range(8) if store.give(f"more-{number}", "up", "")}
    assert kept == {f"more-{number}" for number in range(3, 8)}
    assert store.give("first", "up", "")
    assert "more are given than can be written" in caplog.text


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ("0123456789abcdef" * 2, "0123456789abcdef" * 2),
        ("chatcmpl-" + "0123456789abcdef" * 2, "0123456789abcdef" * 2),
        (" " + "a" * 32 + "\n", "a" * 32),
        ("a" * 31, None),
        ("chatcmpl-x", None),
        ("'; DROP TABLE answers; --", None),
    ],
)
def test_ids_in_the_forms_that_endpoints_show(given: str, known: str | None) -> None:
    assert answer_id_of(given) == known
