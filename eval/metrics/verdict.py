"""Whether a case is right as a whole, and if not, why."""

from eval.asked import Asked
from eval.metrics import alce, answers, citations


def is_right(asked: Asked) -> float:
    """1 when nothing is wrong with the answer, by all that its case asks for."""
    return float(not reasons(asked))


def reasons(asked: Asked) -> tuple[str, ...]:
    """What is wrong, in words. Nothing, when:

    - the target abstains where it has to or may; or
    - it answers where it may, cites every gold group, states every fact, makes no forbidden
      statement, cites each statement, and every footnote is verbatim; where it need not answer and
      no gold says what with, its citations have to support what it says.
    """
    response, case = asked.response, asked.case
    if response.error:
        return (f"no answer: {response.error}",)
    said = [f"says what it must not: {words}" for words in answers.forbidden_found(asked)]
    if response.abstained:
        return (*said, "abstains, but the documents answer") if case.answerable else tuple(said)
    if case.answerable is False:
        return (*said, "answers, but the documents do not")
    wrong = said + _not_true(asked) + _not_cited(asked) + _not_said(asked)
    if case.abstain == "may" and not case.gold and alce.unsupported(asked):
        wrong.append("says what its citations do not")
    return tuple(wrong)


def _not_true(asked: Asked) -> list[str]:
    found = []
    if (citations.verbatim(asked) or 0.0) < 1:
        found.append("a footnote's words are not the document's")
    if (citations.statements_cited(asked) or 0.0) < 1:
        found.append("a statement has no footnote")
    return found


def _not_cited(asked: Asked) -> list[str]:
    recall = citations.span_recall(asked)
    if recall is None or recall == 1:
        return []
    if recall == 0:
        return ["cites none of the gold words"]
    return [f"cites {recall:.0%} of what has to be cited"]


def _not_said(asked: Asked) -> list[str]:
    said = answers.said_text(asked)
    return [
        f"does not say: {' / '.join(group)}"
        for group in asked.case.facts
        if not any(answers.states(said, wording) for wording in group)
    ]
