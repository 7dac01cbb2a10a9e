"""Documents as resources: listed a page at a time, and read whole."""

import mcp_types as types
from mcp.shared.exceptions import MCPError
from starlette.concurrency import run_in_threadpool

from ingest.errors import DocumentNotFound
from ingest.index import DocumentRecord, Index
from service.http.dependencies import answerer_of
from service.http.problems import problem_of
from service.mcp_server.tool import Parts

_PREFIX = "footnote://documents/"
_PAGE = 100  # resources
_TEXT = "text/plain"

TEMPLATE = types.ResourceTemplate(
    name="document",
    title="A document",
    uri_template=_PREFIX + "{document_id}",
    description="The canonical text of a document, which the offsets of footnotes refer to.",
    mime_type=_TEXT,
)


async def listed(parts: Parts, cursor: str | None) -> types.ListResourcesResult:
    """Raises MCPError."""
    if cursor is not None and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 10):
        raise MCPError(types.INVALID_PARAMS, "The cursor is none that this server gave.")
    index = await _index(parts)
    return await run_in_threadpool(_page, index, int(cursor or 0))


async def read(parts: Parts, uri: str) -> types.ReadResourceResult:
    """Raises MCPError."""
    index = await _index(parts)
    try:
        if not uri.startswith(_PREFIX):
            raise DocumentNotFound(f"there is no resource {uri!r}: documents are at {_PREFIX}...")
        document = await run_in_threadpool(index.document, uri.removeprefix(_PREFIX))
    except DocumentNotFound as error:
        detail = problem_of(error).detail
        raise MCPError(types.INVALID_PARAMS, detail, data={"uri": uri}) from error
    except Exception as error:
        raise _failed(error) from error
    text = types.TextResourceContents(uri=uri, mime_type=_TEXT, text=document.text)
    return types.ReadResourceResult(contents=[text])


async def _index(parts: Parts) -> Index:
    try:
        return (await answerer_of(parts.assembly)).retriever.index
    except Exception as error:
        raise _failed(error) from error


def _page(index: Index, offset: int) -> types.ListResourcesResult:
    try:
        records = index.page_of_records(_PAGE, offset)
        total = index.document_count()
    except Exception as error:
        raise _failed(error) from error
    after = offset + len(records)
    return types.ListResourcesResult(
        resources=[_resource(record) for record in records if record.state == "whole"],
        next_cursor=str(after) if records and after < total else None,
    )


def _resource(record: DocumentRecord) -> types.Resource:
    return types.Resource(
        uri=_PREFIX + record.document_id,
        name=record.source,
        title=record.title,
        description=f"{record.characters} characters",
        mime_type=_TEXT,
    )


def _failed(error: Exception) -> MCPError:
    return MCPError(types.INTERNAL_ERROR, problem_of(error).detail)
