"""Retrieved passages without an index, for tests of what is done with them."""

from collections.abc import Sequence

from ingest.canonical import read_document
from ingest.documents import Passage, document_id
from ingest.index.record import DocumentRecord, FileStamp
from service.retrieval.retrieved import RetrievedPassage


def record_of(source: str, passages: int = 1) -> DocumentRecord:
    stamp = FileStamp(source, "/documents", size=1, modified=1, sha256="")
    return DocumentRecord(document_id(source), source, stamp, "1", "", passages, characters=1)


def retrieved(source: str, text: str, score: float, position: int = 0) -> RetrievedPassage:
    """A passage without blocks, such as one of some sentences from inside a document."""
    record = record_of(source)
    passage = Passage(record.document_id, position, 0, text)
    return RetrievedPassage(passage, record, score, score, score)


def one_a_document(texts: Sequence[str]) -> list[RetrievedPassage]:
    """A passage of each text, each of a document of its own, in the order of their scores."""
    return [retrieved(f"{number}.txt", text, 1 - number / 100) for number, text in enumerate(texts)]


def first_passage(source: str, text: str) -> Passage:
    """A whole document as a passage, with the blocks that its reader found."""
    document = read_document(document_id(source), source, text.encode()).document
    return Passage(document.id, 0, 0, document.text, document.blocks)
