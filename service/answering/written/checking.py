"""One written sentence held against the numbered sentences: kept, cited anew, or dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingest.errors import ModelError
from service.answering.answer import DroppedStatement, Statement
from service.answering.support.checker import SupportChecker
from service.answering.support.rules import is_quotation
from service.answering.support.verdict import SupportVerdict
from service.answering.written.language import differs_in_language
from service.answering.written.marks import NumberedStatement
from service.answering.written.numbered import (
    NumberedSentence,
    NumberedSentences,
    citations,
    evidence,
)
from service.language_models.failures import Cancelled, ModelFailure
from service.language_models.limits import Limits
from service.retrieval.words import content_stems

OTHER_LANGUAGE: Final = "it is in another language than the documents"
_UNCITED: Final = "it cites no sentence, and none was found that supports it"
_NO_SUCH: Final = "it cites sentences that do not exist, and none was found that supports it"
_MOST_CITED = 4
_MOST_TRIED = 8  # other sentences, when those cited do not support it
_ADDS_NOTHING = 0.1  # support of a citation that may be left out

Cited = tuple[NumberedSentence, ...]


class CheckFailed(ModelError):
    """The support checker failed; its error is the cause."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    cited: Cited
    verdict: SupportVerdict


class StatementCheck:
    """Checks what is said about one set of numbered sentences."""

    def __init__(
        self, sentences: NumberedSentences, checker: SupportChecker, limits: Limits
    ) -> None:
        """`limits`: of the whole answer; a checker that asks a model keeps to them."""
        self._sentences = sentences
        self._checker = checker
        self._limits = limits

    def check(self, said: NumberedStatement) -> Statement | DroppedStatement:
        """The statement with the citations that support it. Raises CheckFailed, and ModelFailure
        or Cancelled as the checker does."""
        cited = self._most_alike(said.text, self._sentences.cited(said.numbers), _MOST_CITED)
        if self._is_foreign(said.text, cited):
            return DroppedStatement(said.text, OTHER_LANGUAGE, 0.0)
        first = self._as_cited(said.text, cited)
        if first and first.verdict.supported:
            return _stated(said.text, first)
        repaired = self._repaired(said.text, cited)
        if repaired:
            return _stated(said.text, repaired)
        if first:
            return DroppedStatement(said.text, first.verdict.reason, first.verdict.support)
        return DroppedStatement(said.text, _NO_SUCH if said.numbers else _UNCITED, 0.0)

    def _is_foreign(self, text: str, cited: Cited) -> bool:
        """Whether it is in another language than what it cites, and no words of the documents."""
        others = () if cited else self._others(text, cited)
        if not _all_in_another_language(text, cited or others):
            return False
        return not _quotes(text, cited, self._others(text, cited))

    def _as_cited(self, text: str, cited: Cited) -> _Attempt | None:
        """All that is cited, without what adds nothing to it."""
        if not cited:
            return None
        alone = [(one,) for one in cited] if len(cited) > 1 else []
        whole, *singles = self._try(text, [cited, *alone])
        if not whole.verdict.supported:
            return whole
        needed = tuple(
            single.cited[0] for single in singles if single.verdict.support >= _ADDS_NOTHING
        )
        if not 0 < len(needed) < len(cited):
            return whole
        (fewer,) = self._try(text, [needed])
        return fewer if fewer.verdict.supported else whole

    def _repaired(self, text: str, cited: Cited) -> _Attempt | None:
        """The best of the other sentences that supports it: one, or one with what is cited."""
        others = self._others(text, cited)
        tried: list[Cited] = [(one,) for one in (*(cited if len(cited) > 1 else ()), *others)]
        if cited:
            tried += [_in_order((*cited, one)) for one in others[:1]]
        elif len(others) > 1:
            tried.append(_in_order(others[:2]))
        supported = [one for one in self._try(text, tried) if one.verdict.supported]
        return max(supported, key=lambda one: (-len(one.cited), one.verdict.support), default=None)

    def _try(self, text: str, tried: Sequence[Cited]) -> list[_Attempt]:
        if not tried:
            return []
        given = [evidence(cited) for cited in tried]
        try:
            verdicts = self._checker.check(text, given, self._limits)
        except (Cancelled, ModelFailure):
            raise
        except Exception as error:  # onnxruntime has errors of many kinds
            raise CheckFailed(
                "a written statement could not be checked; the log says why"
            ) from error
        return [_Attempt(*one) for one in zip(tried, verdicts, strict=True)]

    def _others(self, text: str, cited: Cited) -> Cited:
        words = frozenset(content_stems(text))
        rest = [one for one in self._sentences if one not in cited and one.stems & words]
        return tuple(sorted(rest, key=lambda one: -len(one.stems & words))[:_MOST_TRIED])

    def _most_alike(self, text: str, found: Sequence[NumberedSentence], most: int) -> Cited:
        if len(found) > most:
            words = frozenset(content_stems(text))
            found = sorted(found, key=lambda one: -len(one.stems & words))[:most]
        return _in_order(found)


def _stated(text: str, attempt: _Attempt) -> Statement:
    return Statement(text, citations(attempt.cited, attempt.verdict.support), written=True)


def _in_order(cited: Sequence[NumberedSentence]) -> Cited:
    return tuple(sorted(cited, key=lambda one: one.number))


def _quotes(text: str, cited: Cited, others: Cited) -> bool:
    """Whether the text is the documents' own words, whose language is the documents'."""
    tried = [(one,) for one in (*cited, *others)]
    return any(is_quotation(text, evidence(one).text) for one in ([cited] if cited else []) + tried)


def _all_in_another_language(text: str, cited: Cited) -> bool:
    passages = {one.sentence.source.passage.id: one.sentence.source.passage for one in cited}
    return bool(passages) and all(
        differs_in_language(text, passage.text) for passage in passages.values()
    )
