"""How a written answer is held against its limits and its support checker."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.documents import Block, Passage
from ingest.errors import ModelError
from service.answering.answerer import Answerer
from service.answering.support.verdict import Evidence, SupportVerdict
from service.answering.written.checking import OTHER_LANGUAGE, StatementCheck
from service.answering.written.marks import NumberedStatement
from service.answering.written.numbered import NumberedSentences
from service.answering.written.reply import Reply as Written
from service.assembly import Assembly
from service.language_models.failures import Cancelled, ModelFailure
from service.language_models.limits import Deadline, Limits
from service.retrieval.retrieved import RetrievedPassage
from service.settings import ServiceSettings
from tests.model_servers.scripted_server import ScriptedServer
from tests.service.retrieved_passages import record_of
from tests.service.written_service import BUILT, WHO, WordSupport

FOX = "The fox sleeps by the old river in winter. The owl hunts in the orchard at dusk."
BILINGUAL = f"{FOX} {FOX} {FOX} {FOX} Der Igel schläft im Winter unter dem alten Laub im Garten."
LISTED = "\n\nSources:\n" + "[1] The notes on foxes, owls and hedgehogs. " * 200


class LimitedSupport(WordSupport):
    """Remembers its limits; what is to happen does after the first check."""

    def __init__(self) -> None:
        self.limits: list[Limits | None] = []
        self.error: Exception | None = None
        self.seconds = 0.0

    def check(
        self, statement: str, evidence: Sequence[Evidence], limits: Limits | None = None
    ) -> list[SupportVerdict]:
        self.limits.append(limits)
        time.sleep(self.seconds)
        if self.error and len(self.limits) > 1:
            raise self.error
        return super().check(statement, evidence)


def sentences(text: str) -> NumberedSentences:
    record = record_of("fox.txt")
    passage = Passage(record.document_id, 0, 0, text, (Block("paragraph", 0, len(text)),))
    return NumberedSentences.of([RetrievedPassage(passage, record, 1.0, 1.0, 1.0)], 1000, len)


def reply(limits: Limits, checker: WordSupport | None = None) -> Written:
    numbered = sentences(FOX)
    return Written(StatementCheck(numbered, checker or WordSupport(), limits), 2, limits)


def limits_of(seconds: float = 60.0) -> Limits:
    return Limits(Deadline.after(seconds))


def test_a_long_piece_without_a_sentence_is_stopped_at_once() -> None:
    written = reply(limits_of())
    words = " ".join(f"fox{number}" for number in range(30_000))
    started = time.monotonic()
    assert list(written.statements(iter([words]))) == []
    assert written.endless
    assert time.monotonic() - started < 10


def test_time_that_is_up_while_a_piece_is_read_is_a_timeout() -> None:
    checker = LimitedSupport()
    checker.seconds = 0.2
    piece = "".join(f"The fox sleeps by {number} rivers [1]. " for number in range(100))
    with pytest.raises(ModelFailure) as failed:
        list(reply(limits_of(0.5), checker).statements(iter([piece])))
    assert failed.value.kind == "timeout"
    assert len(checker.limits) < 10


def test_who_leaves_while_a_piece_is_read_ends_it() -> None:
    limits = limits_of()
    statements = reply(limits).statements(iter(["The fox sleeps [1]. The owl hunts [2]. It is."]))
    assert next(statements).text == "The fox sleeps."
    limits.cancellation.cancel()
    with pytest.raises(Cancelled):
        next(statements)


def test_a_list_of_sources_ends_the_reading() -> None:
    written = reply(limits_of())
    pieces = iter(["The fox sleeps [1].", *LISTED.split(" "), *["and more"] * 9])
    assert [one.text for one in written.statements(pieces)] == ["The fox sleeps."]
    assert not written.endless
    assert len(list(pieces)) > 9  # nothing more is taken from the model


def test_the_checker_is_given_the_limits_of_the_answer() -> None:
    checker, limits = LimitedSupport(), limits_of()
    list(reply(limits, checker).statements(iter(["The fox sleeps [1]."])))
    assert checker.limits
    assert all(one is limits for one in checker.limits)


def said(text: str, source: str) -> str | None:
    """Why it is not shown; None when it is."""
    checker = AllSupported()
    checked = StatementCheck(sentences(source), checker, limits_of()).check(
        NumberedStatement(text, (1,))
    )
    return getattr(checked, "reason", None)


class AllSupported(WordSupport):
    def check(
        self, statement: str, evidence: Sequence[Evidence], limits: Limits | None = None
    ) -> list[SupportVerdict]:
        return [SupportVerdict(1.0, True) for _ in evidence]


def test_the_documents_own_words_are_in_their_language() -> None:
    assert said("Der Igel schläft im Winter unter dem alten Laub im Garten.", BILINGUAL) is None
    assert said("Der Fuchs schläft im Winter am alten Fluss.", FOX) == OTHER_LANGUAGE


@pytest.fixture
def checker(monkeypatch: pytest.MonkeyPatch) -> LimitedSupport:
    checker = LimitedSupport()
    monkeypatch.setattr(Assembly, "support_checker", lambda _: checker)
    return checker


def answerer(index: Path, server: ScriptedServer, **more: object) -> Answerer:
    settings = {"model": server.model, "model_base_url": server.url, **more}
    return Assembly(ServiceSettings(index=str(index), **settings)).answerer()  # type: ignore[arg-type]


ERRORS = pytest.mark.parametrize(
    "error", [ModelError("the folder is gone"), RuntimeError("onnx")], ids=["model", "other"]
)
UNCHECKED = "What the language model wrote could not be checked"


@ERRORS
def test_a_checker_that_fails_leaves_the_quoted_answer(
    index: Path,
    server: ScriptedServer,
    checker: LimitedSupport,
    error: Exception,
    caplog: pytest.LogCaptureFixture,
) -> None:
    checker.limits.append(None)  # so that the first check fails
    checker.error = error
    server.says("Ida Holm built the mill.")
    answer = answerer(index, server).ask(WHO)
    assert [one.text for one in answer.statements] == [BUILT]
    assert answer.notice is not None
    assert answer.notice.startswith(f"{UNCHECKED}, so this answer is quoted")
    assert str(error) in caplog.text


@ERRORS
def test_what_was_checked_before_a_checker_fails_stays(
    index: Path, server: ScriptedServer, checker: LimitedSupport, error: Exception
) -> None:
    checker.error = error
    server.says("Ida Holm built the mill. The mill is a museum of farming today.")
    answer = answerer(index, server, fallback="off").ask(WHO)
    assert [one.text for one in answer.statements] == ["Ida Holm built the mill."]
    assert answer.notice == f"{UNCHECKED}, so this answer may be incomplete."


@ERRORS
def test_without_a_fallback_a_checker_that_fails_is_an_error(
    index: Path, server: ScriptedServer, checker: LimitedSupport, error: Exception
) -> None:
    checker.limits.append(None)
    checker.error = error
    server.says("Ida Holm built the mill.")
    with pytest.raises(ModelError) as raised:
        answerer(index, server, fallback="off").ask(WHO)
    if isinstance(error, ModelError):
        assert raised.value is error
    else:
        assert "could not be checked" in str(raised.value)


def test_a_wrong_model_is_told_while_there_is_no_index(tmp_path: Path) -> None:
    settings = ServiceSettings(index=str(tmp_path / "none"), model=f"local:{tmp_path / 'no'}")
    with pytest.raises(ModelError, match="no"):
        Assembly(settings).answerer()
