"""The tools, asked by the official client over HTTP."""

import pytest

from service.mcp_server.read_document import MOST_AT_ONCE
from tests.mcp.conftest import LONG, Library, said
from tests.service.written_service import BUILT, WHO

pytestmark = pytest.mark.anyio
MODES = pytest.mark.parametrize("mode", ["auto", "legacy"])
PATHS = pytest.mark.parametrize("path", ["/mcp", "/mcp/"])


@MODES
@PATHS
async def test_the_tools_are_told_with_their_schemas(
    library: Library, mode: str, path: str
) -> None:
    async with library.connected(path=path, mode=mode) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert client.server_info
        assert client.server_info.name == "footnote"
        assert "data" in (client.instructions or "")
    assert sorted(tools) == ["ask", "read_document", "search"]
    for tool in tools.values():
        assert tool.description
        assert tool.annotations
        assert tool.annotations.read_only_hint
        assert tool.output_schema
        assert tool.input_schema["required"] != []


@MODES
async def test_an_answer_has_exact_footnotes(library: Library, mode: str) -> None:
    async with library.connected(mode=mode) as client:
        result = await client.call_tool("ask", {"question": WHO})
    assert not result.is_error
    answer = result.structured_content
    assert answer["statements"][0]["text"] == BUILT
    assert answer["closest_passages"] == []
    for citation in answer["citations"]:
        start, end = citation["start_char_index"], citation["end_char_index"]
        assert library.text(citation["document_id"])[start:end] == citation["cited_text"]
        assert f"[{citation['index']}] The Aune Mill (mill.txt; document " in said(result)
        assert f'characters {start} to {end}): "{citation["cited_text"]}"' in said(result)
    assert said(result).startswith(answer["answer"])


async def test_a_question_has_its_conversation_and_its_documents(library: Library) -> None:
    history = [
        {"role": "user", "content": WHO},
        {"role": "assistant", "content": f"{BUILT} [1]"},
    ]
    holm = next(
        document["document_id"]
        for document in library.http.get("/v1/documents", params={"limit": 1000}).json()[
            "documents"
        ]
        if document["source"] == "holm.txt"
    )
    async with library.connected() as client:
        asked = {"question": "Who is she?", "history": history, "document_ids": [holm]}
        result = await client.call_tool("ask", asked)
    assert "Ida Holm" in result.structured_content["standalone_question"]
    cited = {citation["document_id"] for citation in result.structured_content["citations"]}
    assert cited <= {holm}


async def test_what_the_documents_do_not_say_is_not_answered(library: Library) -> None:
    async with library.connected() as client:
        result = await client.call_tool("ask", {"question": "Who was the king of Bhutan in 1950?"})
    assert result.structured_content["abstained"]
    assert result.structured_content["citations"] == []
    closest = result.structured_content["closest_passages"]
    assert closest
    assert all(passage["text"].strip() in said(result) for passage in closest)


async def test_search_gives_passages_and_where_they_stand(library: Library) -> None:
    query = {"query": "When was the mill built?", "limit": 2}
    async with library.connected() as client:
        found = await client.call_tool("search", query)
        passages = found.structured_content["passages"]
        assert passages[0]["document_title"] == "The Aune Mill"
        assert len(passages) <= 2
        for passage in passages:
            place = {
                "document_id": passage["document_id"],
                "start": passage["start_char_index"],
                "end": passage["end_char_index"],
            }
            read = await client.call_tool("read_document", place)
            assert read.structured_content["text"] == passage["text"]
            assert passage["text"].strip() in said(found)


async def test_pieces_of_a_document_joined_are_the_document(library: Library) -> None:
    log = max(library.documents(), key=lambda document: int(document["characters"]))
    text = library.text(log["document_id"])
    assert LONG in text
    assert len(text) > 2 * MOST_AT_ONCE
    pieces: list[str] = []
    start: int | None = 0
    async with library.connected() as client:
        while start is not None:
            asked = {"document_id": log["document_id"], "start": start}
            read = (await client.call_tool("read_document", asked)).structured_content
            assert len(read["text"]) <= MOST_AT_ONCE
            assert read["characters"] == len(text)
            pieces.append(read["text"])
            start = read["next_start"]
        assert len(pieces) > 2
        assert "".join(pieces) == text
        for start, end in ((0, 1), (777, 3_001), (5, 5), (9, 2), (len(text) - 4, 2**31)):
            asked = {"document_id": log["document_id"], "start": start, "end": end}
            result = await client.call_tool("read_document", asked)
            assert result.structured_content["text"] == text[start:end], (start, end)
            assert f"of {len(text)}" in said(result)


@pytest.mark.parametrize(
    ("tool", "arguments", "expected"),
    [
        ("ask", {}, "The field question is missing."),
        ("ask", {"question": " "}, "The field question is empty."),
        ("ask", {"question": "a" * 2001}, "The field question is longer than 2000 characters."),
        ("ask", {"question": "Who?", "model": "x"}, "The field model is not a known field."),
        ("search", {"query": "mill", "limit": 0}, "The field limit must be at least 1."),
        ("read_document", {"document_id": "../x"}, "There is no document '../x'."),
        ("read_document", {"document_id": "a", "start": -1}, "The field start must be at least 0."),
    ],
)
async def test_an_error_is_one_line(
    library: Library, tool: str, arguments: dict[str, object], expected: str
) -> None:
    async with library.connected() as client:
        result = await client.call_tool(tool, arguments)
    assert result.is_error
    assert said(result) == expected
