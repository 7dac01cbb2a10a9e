"""The language model that writes the answers as the judge of their footnotes."""

from collections.abc import Mapping, Sequence

from service.answering.support.ruling import by_rule, by_support
from service.answering.support.spoken_verdict import read_verdict
from service.answering.support.verdict import Evidence, SupportVerdict
from service.language_models.failures import Cancelled, ModelFailure
from service.language_models.language_model import LanguageModel, Message
from service.language_models.limits import Deadline, Limits
from service.prompts import fence, load_prompt

_ALL_OR_NOTHING = 0.5  # between the verdicts 0 and 1
_LONGEST_S = 20.0  # for a statement with all its evidence
_TOO_LATE = "the judge did not answer in time"
_UNREADABLE = "the judge gave no verdict on it"


class JudgeChecker:
    """Asks a language model for a verdict, all or nothing, where the rules leave it open. What the
    model cannot judge is not supported."""

    def __init__(self, model: LanguageModel, longest_s: float = _LONGEST_S) -> None:
        """`longest_s`: seconds that a statement may take, with all its evidence."""
        self._model = model
        self._longest_s = longest_s
        self._prompt = load_prompt("judge-support")
        self._again = load_prompt("judge-support-again")
        self.name = f"{model.name}, {self._prompt.name} {self._prompt.version}"
        self.prompts: Mapping[str, str] = {
            one.name: one.version for one in (self._prompt, self._again)
        }

    def check(
        self, statement: str, evidence: Sequence[Evidence], limits: Limits | None = None
    ) -> list[SupportVerdict]:
        """Raises Cancelled."""
        own = self._within(limits)
        return [
            by_rule(statement, one) or self._judged(statement, one.text, own) for one in evidence
        ]

    def warm_up(self) -> None:
        self._model.warm_up()

    def _within(self, limits: Limits | None) -> Limits:
        """The time for a statement, or what is left for the whole answer if that is less."""
        own = Deadline.after(self._longest_s)
        if limits is None:
            return Limits(own)
        return Limits(min(own, limits.deadline, key=lambda one: one.at), limits.cancellation)

    def _judged(self, statement: str, evidence: str, limits: Limits) -> SupportVerdict:
        if limits.cancellation.cancelled:
            raise Cancelled
        if limits.deadline.passed:  # it need not fail at the model once more
            return SupportVerdict(0.0, False, _TOO_LATE)
        try:
            support = self._support(statement, evidence, limits)
        except ModelFailure as failure:
            if failure.kind == "timeout" and limits.deadline.passed:
                return SupportVerdict(0.0, False, _TOO_LATE)
            return SupportVerdict(0.0, False, f"the judge did not answer: {failure}")
        if support is None:
            return SupportVerdict(0.0, False, _UNREADABLE)
        return by_support(support, _ALL_OR_NOTHING)

    def _support(self, statement: str, evidence: str, limits: Limits) -> float | None:
        """1 or 0; None when the model was asked twice and gave no verdict."""
        word = fence(statement, evidence)
        question = self._prompt.fill(fence=word, statement=statement, evidence=evidence)
        asked = [Message("user", question)]
        reply = self._model.complete(asked, limits)
        support = read_verdict(reply)
        if support is None:
            asked.append(Message("assistant", reply.strip() or "(nothing)"))
            asked.append(Message("user", self._again.fill()))
            support = read_verdict(self._model.complete(asked, limits))
        return support
