"""ALCE's citation recall and precision (Gao et al. 2023, "Enabling Large Language Models to
Generate Text with Citations", section 4), with a judge in place of its entailment model.

A case's value is the mean over its statements (recall) or citations (precision), as theirs is.
"""

from collections.abc import Sequence

from eval.asked import Asked
from eval.judges.judge import SUPPORTED
from eval.targets.response import SaidStatement


def citation_recall(asked: Asked) -> float | None:
    """Share of statements that all their citations together support.

    A statement without citations, or with a number that stands for no place in a document, is not
    supported. The evidence is the document's text, not what the target says it to be.
    """
    statements = asked.response.statements
    if not statements:
        return None
    return sum(_is_supported(asked, s) for s in statements) / len(statements)


def citation_precision(asked: Asked) -> float | None:
    """Share of citations that matter to a supported statement; 0 for an answer without any.

    A citation is irrelevant when it does not support the statement alone and the others do
    without it; the citations of an unsupported statement have precision 0.
    """
    statements = asked.response.statements
    if not statements:
        return None
    marks = [
        _matters(asked, statement, number)
        for statement in statements
        for number in range(len(statement.citations))
    ]
    return sum(marks) / len(marks) if marks else 0.0


def unsupported(asked: Asked) -> bool:
    """Whether a statement says what its citations do not."""
    return not all(_is_supported(asked, s) for s in asked.response.statements)


def _is_supported(asked: Asked, statement: SaidStatement) -> bool:
    return _support(asked, statement, _evidence(asked, statement))


def _matters(asked: Asked, statement: SaidStatement, number: int) -> bool:
    evidence = _evidence(asked, statement)
    if not _support(asked, statement, evidence):
        return False
    others = evidence[:number] + evidence[number + 1 :]
    return _support(asked, statement, evidence[number : number + 1]) or not _support(
        asked, statement, others
    )


def _evidence(asked: Asked, statement: SaidStatement) -> list[str | None]:
    """What each cited place says; None for a number that stands for no place."""
    places = [asked.place_of(number) for number in statement.citations]
    return [
        None if place is None else asked.library.text(place.document_id)[place.start : place.end]
        for place in places
    ]


def _support(asked: Asked, statement: SaidStatement, evidence: Sequence[str | None]) -> bool:
    found = [words for words in evidence if words and words.strip()]
    if not found or len(found) < len(evidence):
        return False
    return asked.judge.supports(statement.text, "\n".join(found)) >= SUPPORTED
