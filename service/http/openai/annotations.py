"""`url_citation` annotations: where in the text each footnote number stands, and what it cites."""

from typing import Literal

from pydantic import BaseModel

from service.answering.answer import Answer, Citation, mark
from service.http.schemas import Described


class UrlCitation(Described):
    """`content[start_index:end_index]` is the footnote's number in its brackets, as OpenAI's
    indices are of the link that cites."""

    url: str
    """The page that shows the cited words in their document."""
    title: str
    start_index: int
    end_index: int


class Annotation(BaseModel):
    type: Literal["url_citation"]
    url_citation: UrlCitation


def annotations_of(answer: Answer, base_url: str) -> list[Annotation]:
    """One for each footnote number in the answer's text, in their order."""
    numbers = answer.numbers
    made: list[Annotation] = []
    start = 0
    for statement in answer.statements:
        start += len(statement.text) + 1
        for citation in statement.citations:
            end = start + len(mark(numbers[citation]))
            made.append(_annotation(citation, base_url, start, end))
            start = end
        start += 1
    return made


def _annotation(citation: Citation, base_url: str, start: int, end: int) -> Annotation:
    span = f"start={citation.start_char_index}&end={citation.end_char_index}"
    cited = UrlCitation(
        url=f"{base_url}documents/{citation.document_id}?{span}",
        title=citation.record.title,
        start_index=start,
        end_index=end,
    )
    return Annotation(type="url_citation", url_citation=cited)
