"""The tool `read_document`: a document's canonical text, a piece at a time."""

from bisect import bisect_right
from typing import Annotated

from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from ingest.documents import passage_id
from ingest.errors import DocumentNotFound
from ingest.index import DocumentRecord, Index
from service.http.dependencies import answerer_of
from service.http.schemas import Body, DocumentId
from service.mcp_server.tool import Output, Parts, ToolKind

MOST_AT_ONCE = 20_000  # characters: some 5,000 tokens
_PASSAGES_AT_ONCE = 32


class ReadArguments(Body):
    document_id: Annotated[DocumentId, Field(description="As search and footnotes give it.")]
    start: Annotated[int, Field(ge=0, le=2**31, description="The first character, from 0.")] = 0
    end: Annotated[
        int | None,
        Field(
            ge=0,
            le=2**31,
            description=f"The character to stop before; at most {MOST_AT_ONCE:,} are given at "
            "once, so a long document takes several calls.",
        ),
    ] = None


class ReadResult(BaseModel):
    document_id: str
    title: str
    source: str
    start: int
    end: int
    text: str
    """`document.text[start:end]`, in Unicode code points."""
    characters: int
    """Of the whole document."""
    next_start: int | None
    """Where to read on; none at the document's end."""


async def _read(parts: Parts, arguments: ReadArguments) -> Output:
    index = (await answerer_of(parts.assembly)).retriever.index
    result = await run_in_threadpool(_result, index, arguments)
    return Output(result, (_heading(result), result.text))


def _result(index: Index, arguments: ReadArguments) -> ReadResult:
    """Raises DocumentNotFound."""
    record = index.record(arguments.document_id)
    start = min(arguments.start, record.characters)
    wanted = record.characters if arguments.end is None else arguments.end
    end = max(start, min(wanted, start + MOST_AT_ONCE, record.characters))
    return ReadResult(
        document_id=record.document_id,
        title=record.title,
        source=record.source,
        start=start,
        end=end,
        text=_text(index, record, start, end),
        characters=record.characters,
        next_start=end if end < record.characters else None,
    )


def _text(index: Index, record: DocumentRecord, start: int, end: int) -> str:
    """`document.text[start:end]`, without the rest of a document that may be large."""
    if start == end:
        return ""
    records = {record.document_id: record}

    def texts(position: int, count: int) -> list[tuple[int, str]]:
        positions = range(position, min(position + count, record.passages))
        ids = [passage_id(record.document_id, one) for one in positions]
        found = index.passages(ids, records)
        if len(found) != len(ids):
            raise DocumentNotFound(f"the document {record.document_id!r} is being replaced")
        return [(passage.start, passage.text) for passage in found]

    first = bisect_right(range(record.passages), start, key=lambda at: texts(at, 1)[0][0]) - 1
    origin, _ = texts(first, 1)[0]
    text = ""
    while origin + len(text) < end:
        more = texts(first, _PASSAGES_AT_ONCE)
        text += "".join(piece for _, piece in more)
        first += len(more)
    return text[start - origin : end - origin]


def _heading(result: ReadResult) -> str:
    place = f"characters {result.start} to {result.end} of {result.characters}"
    on = "" if result.next_start is None else f" It goes on at start={result.next_start}."
    return f"{result.title} ({result.source}), {place}.{on}"


READ_DOCUMENT = ToolKind(
    name="read_document",
    title="Read a document",
    description="The text of a document between two offsets, counted in Unicode code points as "
    f"footnotes count them. At most {MOST_AT_ONCE:,} characters at once: the result says how "
    "long the document is, and where to read on.",
    arguments=ReadArguments,
    result=ReadResult,
    run=_read,
)
