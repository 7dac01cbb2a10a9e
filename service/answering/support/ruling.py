"""The verdicts that rules give, and those that a degree of support gives where they do not."""

from collections.abc import Callable, Sequence

from service.answering.support.rules import broken_rule, is_quotation
from service.answering.support.verdict import Evidence, SupportVerdict

_UNSUPPORTED = "the cited sentences do not say so"


def ruled(
    statement: str,
    evidence: Sequence[Evidence],
    threshold: float,
    supports: Callable[[Sequence[Evidence]], Sequence[float]],
) -> list[SupportVerdict]:
    """One verdict for each evidence. `supports` is asked for a degree, 0 to 1, for what the rules
    leave open alone; of that much as `threshold` or more, the statement is supported."""
    verdicts = [by_rule(statement, one) for one in evidence]
    left = [place for place, verdict in enumerate(verdicts) if verdict is None]
    degrees = supports([evidence[place] for place in left]) if left else ()
    for place, degree in zip(left, degrees, strict=True):
        verdicts[place] = by_support(degree, threshold)
    return [verdict for verdict in verdicts if verdict is not None]


def by_rule(statement: str, evidence: Evidence) -> SupportVerdict | None:
    """Whole sentences of the evidence are supported by it; what breaks a rule is not; None where
    the rules leave it open."""
    if is_quotation(statement, evidence.text):
        return SupportVerdict(1.0, True)
    broken = broken_rule(statement, evidence)
    return SupportVerdict(0.0, False, broken) if broken else None


def by_support(support: float, threshold: float) -> SupportVerdict:
    supported = support >= threshold
    return SupportVerdict(support, supported, "" if supported else _UNSUPPORTED)
