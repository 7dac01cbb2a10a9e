"""A judge without a model: exact words, and a strict estimate by their order for the rest."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from eval.judges.wording import (
    Word,
    place,
    plain,
    quotations,
    sections,
    without_insertions,
    words,
)
from ingest.sentences import sentence_spans

_HALF_AT = 0.95
"""Share of content words in their place that scores 0.5. A sentence has some ten to fifteen, and
one that is not the evidence's can be what makes it false."""
_EXPONENT = log(0.5) / log(_HALF_AT)
_BROKEN = 0.1
"""What is left of the score for each thing that shows that the statement says something else."""
_WINDOW = 3  # sentences in a row that a statement may draw on


class LocalJudge:
    """Says whether a statement is words of its evidence. It cannot say whether it is true.

    Exact words of the evidence score 1. Anything else gets an estimate: the share of its content
    words that stand in the evidence in the same order, sharply cut where one is missing, and cut to
    a tenth for each of: a name or number that the evidence has not in that order; quoted words that
    it has not; other negations in the clauses concerned; other words for how sure or how many.

    **Word overlap is not verification.** It cannot see a changed word that is no name, number or
    negation for what it is, and fails honest paraphrase: on news sentences edited to be false it is
    near chance. It serves engines that quote, whose statements are exact or wrong, and has the
    merit to be free, deterministic and offline. Answers that a language model writes want a
    language model as judge.
    """

    name = "local, exact words"

    def supports(self, statement: str, evidence: str) -> float:
        said = plain(statement)
        row = words(plain(evidence))
        if not words(said) or not row:
            return 0.0
        if any(_is_quoted(one, row) for one in (said, without_insertions(said))):
            return 1.0
        return max(_estimate(said, words(plain(window))) for window in _windows(evidence))


def _is_quoted(said: str, evidence: Sequence[Word]) -> bool:
    """Whether its words stand in the evidence in one piece, or with marked omissions in pieces in
    order, and are not turned into their opposite by a negation that was left out.
    """
    used: set[int] = set()
    start = 0
    for section in map(words, sections(said)):
        found = place(section, evidence, start)
        if found is None:
            return False
        start = found + len(section)
        used.update(range(found, start))
    return _negations(words(said)) == _negations(_clauses(evidence, used))


def _estimate(said: str, evidence: Sequence[Word]) -> float:
    statement = words(said)
    content = [word for word in statement if word.content] or statement
    aligned = _aligned([word.stem for word in content], [word.stem for word in evidence])
    concerned = _clauses(evidence, aligned)
    broken = [
        not _in_order([w.stem for w in statement if w.fixed], [w.stem for w in evidence]),
        any(place(words(quoted), evidence) is None for quoted in quotations(said)),
        _negations(statement) != _negations(concerned),
        _limits(statement) != _limits(concerned),
    ]
    return float((len(aligned) / len(content)) ** _EXPONENT * _BROKEN ** sum(broken))


def _windows(evidence: str) -> list[str]:
    sentences = [
        line[start:end] for line in evidence.splitlines() for start, end in sentence_spans(line)
    ]
    last = max(1, len(sentences) - _WINDOW + 1)
    return [" ".join(sentences[first : first + _WINDOW]) for first in range(last)]


def _clauses(row: Sequence[Word], used: Iterable[int]) -> list[Word]:
    """The words of the clauses that the `used` positions stand in."""
    clauses = {row[position].clause for position in used}
    return [word for word in row if word.clause in clauses]


def _negations(row: Iterable[Word]) -> int:
    return sum(word.negates for word in row)


def _limits(row: Iterable[Word]) -> Counter[str]:
    return Counter(word.stem for word in row if word.limits)


def _in_order(part: Iterable[str], whole: Iterable[str]) -> bool:
    rest = iter(whole)
    return all(one in rest for one in part)


def _aligned(part: Sequence[str], whole: Sequence[str]) -> list[int]:
    """Positions in `whole` of a longest common subsequence with `part`."""
    lengths = [[0] * (len(whole) + 1) for _ in range(len(part) + 1)]
    for i in reversed(range(len(part))):
        for j in reversed(range(len(whole))):
            same = part[i] == whole[j]
            lengths[i][j] = (
                lengths[i + 1][j + 1] + 1 if same else max(lengths[i + 1][j], lengths[i][j + 1])
            )
    found, i, j = [], 0, 0
    while i < len(part) and j < len(whole):
        if part[i] == whole[j]:
            found.append(j)
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return found
