"""What the service says for itself: short texts without footnotes, for nothing is claimed of the
documents but which there are.

Texts are data (small_talk.yaml). Titles stand below them as they are, each on a line.
"""

from collections.abc import Sequence
from string import Template

from ingest.index import DocumentRecord, Index
from service.answering.replies.small_talk import Kind, talk_data

_TITLES = 5
_MOST_TITLE = 120


def reply_to(kind: Kind, index: Index, document_ids: Sequence[str] | None = None) -> str:
    """`document_ids`: the documents that the conversation is limited to."""
    if kind == "documents":
        return documents_reply(index, document_ids)
    text: str = talk_data()["kinds"][kind]["reply"]
    return text


def documents_reply(index: Index, document_ids: Sequence[str] | None = None) -> str:
    """How many documents there are and the titles of the first ones."""
    if document_ids is None:
        count, found = index.document_count(), index.page_of_records(_TITLES, 0)
    else:
        found = list(index.records(document_ids).values())
        count = len(found)
    whole = [record for record in found if record.state == "whole"]
    if not whole:
        return str(talk_data()["documents"]["none"])
    size = "one" if count == 1 else "some" if count <= _TITLES else "many"
    return _with_titles(size, count, whole)


def too_many_reply(count: int, records: Sequence[DocumentRecord]) -> str:
    """That `count` documents are too many for one summary, with some to choose from."""
    return _with_titles("too_many", count, records)


def _with_titles(text: str, count: int, records: Sequence[DocumentRecord]) -> str:
    said = Template(talk_data()["documents"][text]).substitute(count=f"{count:,}")
    return "\n".join([said, *(f"- {_title(record)}" for record in records[:_TITLES])])


def _title(record: DocumentRecord) -> str:
    """On one line, cut where it is very long."""
    title = " ".join((record.title or record.source).split())
    return title if len(title) <= _MOST_TITLE else title[: _MOST_TITLE - 1].rstrip() + "…"
