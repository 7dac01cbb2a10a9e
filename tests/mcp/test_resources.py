"""Documents as resources, read by the official client over HTTP."""

import pytest
from mcp import Client, MCPError
from mcp_types import INVALID_PARAMS, TextResourceContents

from tests.mcp.conftest import LETTERS, Library

pytestmark = pytest.mark.anyio


async def test_resources_are_the_documents_a_page_at_a_time(library: Library) -> None:
    async with library.connected() as client:
        pages = [await client.list_resources()]
        while cursor := pages[-1].next_cursor:
            pages.append(await client.list_resources(cursor=cursor))
    assert len(pages) == 2
    found = {one.uri: one for page in pages for one in page.resources}
    documents = library.documents()
    assert len(found) == len(documents) == LETTERS + 3
    for document in documents:
        resource = found[f"footnote://documents/{document['document_id']}"]
        assert resource.title == document["title"]
        assert resource.name == document["source"]
        assert resource.mime_type == "text/plain"


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_resource_is_the_canonical_text(library: Library, mode: str) -> None:
    async with library.connected(mode=mode) as client:
        (template,) = (await client.list_resource_templates()).resource_templates
        document = library.documents()[0]
        uri = template.uri_template.replace("{document_id}", document["document_id"])
        text = await _text(client, uri)
    assert text == library.text(document["document_id"])


@pytest.mark.parametrize("uri", ["footnote://documents/none", "file:///etc/passwd", "footnote://x"])
async def test_what_is_no_document_is_no_resource(library: Library, uri: str) -> None:
    async with library.connected() as client:
        with pytest.raises(MCPError, match="There is no") as raised:
            await client.read_resource(uri)
    assert raised.value.code == INVALID_PARAMS
    assert "\n" not in raised.value.message


async def test_a_cursor_that_was_not_given_is_refused(library: Library) -> None:
    async with library.connected() as client:
        with pytest.raises(MCPError, match="cursor"):
            await client.list_resources(cursor="-1")


async def _text(client: Client, uri: str) -> str:
    (content,) = (await client.read_resource(uri)).contents
    assert isinstance(content, TextResourceContents)
    return content.text
