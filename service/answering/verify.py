"""The last check before an answer leaves: every citation is compared with the index again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.documents import Passage
from ingest.errors import DocumentNotFound
from ingest.index import Index
from service.answering.answer import Citation, Statement


@dataclass(slots=True)
class Verification:
    """Counts what a verification let through and what it dropped."""

    kept: int = 0
    dropped: int = 0


def verify(
    index: Index,
    statements: Iterator[Statement],
    passage_ids: Sequence[str],
    outcome: Verification,
) -> Iterator[Statement]:
    """Let through what is cited to the very words; drop and count the rest.

    A citation whose words are not the document's at its offsets, as stored now, is removed, and
    with its last citation the statement. `passage_ids` are read at once, since citations are
    mostly inside the passages that were retrieved.
    """
    stored = index.passages(passage_ids)
    for statement in statements:
        true = tuple(c for c in statement.citations if is_verbatim(index, c, stored))
        if true:
            outcome.kept += 1
            yield replace(statement, citations=true)
        else:
            outcome.dropped += 1


def is_verbatim(index: Index, citation: Citation, stored: Sequence[Passage] = ()) -> bool:
    """Whether the document has exactly the cited words at the cited offsets."""
    start, end = citation.start_char_index, citation.end_char_index
    for passage in stored:
        if passage.document_id == citation.document_id and (
            passage.start <= start and end <= passage.end
        ):
            return passage.text[start - passage.start : end - passage.start] == citation.cited_text
    try:
        return index.document(citation.document_id).text[start:end] == citation.cited_text
    except DocumentNotFound:
        return False
