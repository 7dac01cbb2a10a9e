"""What no statement may change: numbers, dates, names, quoted words, what is denied, who did it
to whom, and what is only asked."""

import re

from ingest.sentences import sentence_spans
from service.answering.support.dates import missing_date, month_numbers
from service.answering.support.enumerations import listed_counts
from service.answering.support.exchanged import exchanged_names
from service.answering.support.measures import changed_measure
from service.answering.support.names import missing_name
from service.answering.support.negation import turned_round
from service.answering.support.numbers import known_values, missing_number
from service.answering.support.quotes import missing_quotation, other_speaker
from service.answering.support.tokens import folded
from service.answering.support.verdict import Evidence

_GUILLEMETS = str.maketrans("«»„", '"' * 3)
_EDGE = " \"'"
_STOP = ".!"  # a question is no statement
_OPENED, _CLOSED = re.compile(r"(?<!\w)'(?=\w)"), re.compile(r"(?<=[\w.,!?])'(?!\w)")
_TITLE = re.compile(
    r"\b(?:mr|mrs|ms|dr|st|mt|prof|gen|gov|sen|rep|lt|col|capt|sgt|rev|hon|[a-z])\.$"
)


def broken_rule(statement: str, evidence: Evidence) -> str | None:
    """What the statement changes, in words; None where it changes none of these.

    Surface form only: it can tell what is wrong, never that a statement is right.
    """
    if _asks(evidence.text) and not _asks(statement):
        return "the cited sentences ask, and state nothing"
    known = known_values(evidence.text) | month_numbers(statement, evidence.text)
    if number := missing_number(statement, known, listed_counts(evidence.text)):
        return f"the number {number} is not in the cited sentences"
    if number := changed_measure(statement, evidence.text):
        return f"{number} has another sign or unit in the cited sentences"
    if date := missing_date(statement, evidence.text):
        return f"{date} is not in the cited sentences"
    if quoted := missing_quotation(statement, evidence.text):
        return f"the quoted words “{quoted}” are not in the cited sentences"
    if speakers := other_speaker(statement, evidence.text):
        return f"the quoted words are those of {speakers[1]}, not of {speakers[0]}"
    if name := missing_name(statement, evidence.text, evidence.context):
        return f"the name {name} is not in the cited sentences"
    if turned_round(statement, evidence.text):
        return "it denies what the cited sentences say, or leaves their “not” out"
    if names := exchanged_names(statement, evidence.text):
        return f"{names[0]} and {names[1]} have changed places"
    return None


def _asks(text: str) -> bool:
    """Whether every sentence is a question."""
    said = [_marked(text[start:end]).rstrip(_EDGE) for start, end in sentence_spans(text)]
    return bool(said) and all(sentence.endswith("?") for sentence in said)


def is_quotation(statement: str, evidence: str) -> bool:
    """Whether the statement is one or more whole sentences of the evidence in a row. Quotation
    marks and a full stop at its ends may differ.

    What stands within a quotation that goes on around it is somebody's word, and no sentence of
    the evidence.
    """
    said = _marked(statement).strip(_EDGE).rstrip(_STOP + _EDGE)
    if not said:
        return False
    starts, ends, row = _sentences(evidence)
    at = row.find(said)
    while at >= 0:
        if at in starts and at + len(said) in ends:
            before, run = row[: starts[at]], row[starts[at] : ends[at + len(said)]]
            if not (_is_open(before) or _is_open(run) or _TITLE.search(before.rstrip())):
                return True
        at = row.find(said, at + 1)
    return False


def _sentences(text: str) -> tuple[dict[int, int], dict[int, int], str]:
    """The sentences in a row, with where each starts and ends: the place without marks and stop,
    then the place with them."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    row = ""
    for start, end in sentence_spans(text):
        sentence = _marked(text[start:end])
        first = len(row)
        starts[first + len(sentence) - len(sentence.lstrip(_EDGE))] = first
        ends[first + len(sentence.rstrip(_STOP + _EDGE))] = first + len(sentence)
        row += sentence + " "
    return starts, ends, row


def _marked(text: str) -> str:
    return folded(text.translate(_GUILLEMETS))


def _is_open(text: str) -> bool:
    """Whether a quotation begins or ends in it and not both."""
    if text.count('"') % 2:
        return True
    return len(_OPENED.findall(text)) > len(_CLOSED.findall(text))
