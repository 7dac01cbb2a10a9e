"""`python -m service check`: does the configured language model answer, stream and cite?"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.legible import on_one_line
from service.language_models.failures import ModelFailure
from service.language_models.language_model import LanguageModel, Message
from service.language_models.limits import Deadline, Limits
from service.settings import EXTRACTIVE, ServiceSettings

_SENTENCES = (
    "Document: The lighthouse of Brimholm\n"
    "[1] The lighthouse of Brimholm was built in 1871.\n"
    "[2] It is 47 metres tall and stands on the northern cliff."
)
_NUMBERS = {1, 2}
_ANSWERS = 2
_QUESTION = "How tall is the lighthouse of Brimholm?"
_SHOWN = 100  # characters of the answer
FAILS = 1


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that the model must do."""

    name: str
    passed: bool
    seconds: float | None
    said: str

    def __str__(self) -> str:
        taken = "" if self.seconds is None else f"{self.seconds:6.2f} s"
        verdict = "ok" if self.passed else "FAILS"
        return f"{self.name:<12}{verdict:<7}{taken:<10} {on_one_line(self.said)}".rstrip()


@dataclass
class _Reply:
    pieces: list[str] = field(default_factory=list)
    first_s: float = 0.0
    """Until the first piece, or the failure."""
    whole_s: float = 0.0
    failure: ModelFailure | None = None

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip()


def check(settings: ServiceSettings, write: Callable[[str], None]) -> int:
    """Write one line a point; 0 when the model does all of them, else 1.

    Raises SettingsError or ModelError when there is no model to ask, or nothing that checks what
    it writes.
    """
    if settings.model == EXTRACTIVE:
        write("extractive quotes the documents and needs no language model: nothing to check")
        return 0
    from service.answering.support import load_support
    from service.language_models.providers import load_language_model

    started = time.perf_counter()
    model = load_language_model(settings)
    model.warm_up()
    loaded = time.perf_counter()
    write(str(Point("loads", True, loaded - started, model.name)))
    checker = load_support(settings, model)
    checker.warm_up()
    write(str(Point("verifies", True, time.perf_counter() - loaded, f"with {checker.name}")))
    reply = _ask(model, settings.model_timeout_seconds)
    points = _points(reply)
    for point in points:
        write(str(point))
    write(
        f"{'context':<30}{model.context_tokens} tokens, {model.most_tokens} of them for the answer"
    )
    write(f"{'tokenizer':<30}{model.tokens.name}")
    return 0 if all(point.passed for point in points) else FAILS


def _ask(model: LanguageModel, seconds: float) -> _Reply:
    """The model's reply to the prompt of every answer, about two sentences."""
    reply = _Reply()
    started = time.perf_counter()
    try:
        for piece in model.stream(_messages(), Limits(Deadline.after(seconds))):
            reply.first_s = reply.first_s or time.perf_counter() - started
            reply.pieces.append(piece)
    except ModelFailure as failure:
        reply.failure = failure
    reply.whole_s = time.perf_counter() - started
    reply.first_s = reply.first_s or reply.whole_s
    return reply


def _messages() -> list[Message]:
    from service.answering.written.asking import answer_prompt
    from service.answering.written.refusals import NO_ANSWER
    from service.prompts import fence

    text = answer_prompt().fill(
        fence=fence(_SENTENCES, _QUESTION),
        sentences=_SENTENCES,
        question=_QUESTION,
        no_answer=NO_ANSWER,
    )
    return [Message("user", text)]


def _points(reply: _Reply) -> list[Point]:
    """As far as they can be told: a model that is not reached neither streams nor cites."""
    failure = reply.failure
    if failure and failure.kind == "unreachable":
        return [Point("is reached", False, reply.first_s, str(failure))]
    reached = Point("is reached", True, reply.first_s, "")
    if failure or not reply.text:
        why = str(failure) if failure else "the answer is empty"
        return [reached, Point("answers", False, reply.whole_s, why)]
    shown = " ".join(reply.text.split())
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + " ..."
    return [
        reached,
        Point("answers", True, reply.whole_s, shown),
        _streams(reply),
        _cites(reply.text),
    ]


def _streams(reply: _Reply) -> Point:
    count = len(reply.pieces)
    said = f"in {count} pieces, the first after this time" if count > 1 else "all came at once"
    return Point("streams", count > 1, reply.first_s, said)


def _cites(text: str) -> Point:
    from service.answering.written.marks import without_marks

    _, marks = without_marks(" ".join(text.split()))
    numbers = sorted({number for _, listed in marks for number in listed})
    named = "".join(f"[{number}]" for number in numbers)
    if not numbers:
        return Point("cites", False, None, "no sentence ends with a number such as [2]")
    if not set(numbers) <= _NUMBERS:
        return Point("cites", False, None, f"{named}, of which not all exist")
    if _ANSWERS not in numbers:
        return Point("cites", False, None, f"{named}, but it is [{_ANSWERS}] that answers")
    return Point("cites", True, None, named)
