"""What a case asks for, in words."""

from eval.cases.case import Case


def wanted(case: Case) -> tuple[str, ...]:
    """One line for each thing to cite, to say, not to say, to attribute, or to abstain from."""
    lines = []
    if case.abstain == "must":
        lines.append("an abstention")
    if case.abstain == "may":
        lines.append("an answer or an abstention")
    lines += [f"cites: {' / '.join(gold.words for gold in group)}" for group in case.gold]
    lines += [f"says: {' / '.join(group)}" for group in case.facts]
    lines += [f"does not say: {words}" for words in case.forbidden]
    if case.speaker is not None:
        lines.append(f"attributes it to: {' / '.join(case.speaker) or 'nobody'}")
    return tuple(lines)
