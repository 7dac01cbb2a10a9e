"""Questions whose answer seldom stands in one sentence: lists, and how somebody responded."""

import re

_SEVERAL = re.compile(
    r"\b(?:which|what)\s+(?:(?!(?:is|was|does|has|did|are|were|do|have)\b)[\w'’-]+\s+){0,3}?"
    r"(?!(?:is|was|does|has|this|its|his|always|perhaps|us|yes|process|class|crisis|basis)\b)"
    r"[\w'’-]+(?<!s)s\b"  # "which two conventions"
    r"|\b(?:what|who)(?:\s+all)?\s+(?:are|were)\b|\bwhich\s+of\b"
    r"|^\W*(?:please\s+)?(?:list|name|enumerate|mention)\b"
    r"|\bhow\s+(?:did|does|do|has|have)\b.*\b(?:respond|react|reply|answer|describe|see|view|explain|"
    r"justify|comment)(?:s|ed|ing)?\b"
    r"|\bwhat\s+(?:did|does|do|has|have)\b.*\b(?:say|said|write|written|tell|told|claim(?:ed)?|"
    r"argue[ds]?|respond(?:ed)?|reply|replied)\b"
    r"|\b(?:reactions?|responses?|reasons?|arguments?|examples?|kinds|types|both sides)\b",
    re.IGNORECASE,
)


def asks_for_several(question: str) -> bool:
    """Whether a question is likely to need several statements. English, by surface form."""
    return bool(_SEVERAL.search(question))
