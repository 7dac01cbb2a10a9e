"""An answer with bracketed citations becomes statements with the numbers they cite.

`service.answering.written.marks` says which are read.
"""

from collections.abc import Iterator

from ingest.sentences import sentence_spans
from service.answering.written.marks import (
    NumberedStatement,
    begins_sources,
    has_marks,
    plain,
    says_nothing,
    without_marks,
)
from service.answering.written.refusals import refuses as sentence_refuses

__all__ = ["NumberedStatement", "has_marks", "refuses", "statements"]


def statements(answer: str) -> list[NumberedStatement]:
    """The sentences of an answer, line by line.

    A bracket belongs to the sentence it follows, after the full stop too; one that opens a line
    with words, to the line's first sentence; one alone on a line, to the sentence before.
    Headings say nothing, and a list of sources at the end is no statement.
    """
    made: list[NumberedStatement] = []
    for line in _lines(answer):
        text, marks = without_marks(line)
        spans = sentence_spans(text)
        if not spans and made:
            cited = [number for _, numbers in marks for number in numbers]
            made[-1] = NumberedStatement.of(made[-1].text, [*made[-1].numbers, *cited])
        for place, (start, end) in enumerate(spans):
            first, last = place == 0, place == len(spans) - 1
            cited = [
                number
                for offset, numbers in marks
                if (first or start < offset) and (last or offset <= spans[place + 1][0])
                for number in numbers
            ]
            made.append(NumberedStatement.of(text[start:end], cited))
    return made


def refuses(answer: str, cites: bool) -> bool:
    """Whether an answer is an abstention: it is empty, or it cites nothing and most of its
    sentences say that it has no answer.

    An answer that cites is held to what it says, even if a part of it is a refusal; so is one that
    refuses and then answers. One that does neither is an answer without citations.
    """
    if cites:
        return False
    refusing = [sentence_refuses(one.text) for one in statements(answer)]
    return not refusing or (refusing[0] and 2 * sum(refusing) > len(refusing))


def _lines(answer: str) -> Iterator[str]:
    said = False
    for line in answer.splitlines():
        if said and begins_sources(line):
            return
        said = said or bool(line.strip())
        if not says_nothing(line):
            yield plain(line)
