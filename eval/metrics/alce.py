"""ALCE's citation recall and precision (Gao et al. 2023, "Enabling Large Language Models to
Generate Text with Citations", section 4), with a judge in place of its entailment model.

A case's value is the mean over its statements (recall) or citations (precision), as theirs is.
"""

from collections.abc import Sequence

from eval.asked import Asked
from eval.judges.judge import SUPPORTED
from eval.targets.response import CitedSpan, SaidStatement


def citation_recall(asked: Asked) -> float | None:
    """Share of statements that all their citations together support; uncited ones have none."""
    statements = asked.response.statements
    if not statements:
        return None
    return sum(_is_supported(asked, s) for s in statements) / len(statements)


def citation_precision(asked: Asked) -> float | None:
    """Share of citations that matter to a supported statement.

    A citation is irrelevant when it does not support the statement alone and the others do
    without it; the citations of an unsupported statement have precision 0.
    """
    marks = [
        _matters(asked, statement, number)
        for statement in asked.response.statements
        for number in range(len(asked.response.cited_by(statement)))
    ]
    return sum(marks) / len(marks) if marks else None


def _is_supported(asked: Asked, statement: SaidStatement) -> bool:
    return _support(asked, statement, asked.response.cited_by(statement))


def _matters(asked: Asked, statement: SaidStatement, number: int) -> bool:
    cited = asked.response.cited_by(statement)
    if not _support(asked, statement, cited):
        return False
    others = cited[:number] + cited[number + 1 :]
    return _support(asked, statement, cited[number : number + 1]) or not _support(
        asked, statement, others
    )


def _support(asked: Asked, statement: SaidStatement, cited: Sequence[CitedSpan]) -> bool:
    evidence = "\n".join(citation.cited_text for citation in cited)
    if not evidence.strip():
        return False
    return asked.judge.supports(statement.text, evidence) >= SUPPORTED
