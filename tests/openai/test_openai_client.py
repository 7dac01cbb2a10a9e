"""OpenAI's own client against a real server over the seed article."""

import asyncio
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from openai import AsyncOpenAI, NotFoundError, OpenAI

from tests.openai.conftest import base_url
from tests.openai.conversations import CONVERSATIONS, SAY_NOTHING_CITED, WHO, Message, system, user

EVERY_CONVERSATION = pytest.mark.parametrize("messages", CONVERSATIONS.values(), ids=CONVERSATIONS)
ANSWERED = CONVERSATIONS["an answer of several statements"]


def whole(openai: OpenAI, messages: list[Message], **more: Any) -> dict[str, Any]:
    """The completion with the fields that OpenAI's have not."""
    made = openai.chat.completions.create(model="any", messages=messages, **more)
    completion: dict[str, Any] = made.model_dump()
    return completion


def chunks(openai: OpenAI, messages: list[Message], **more: Any) -> list[dict[str, Any]]:
    stream: Any = openai.chat.completions.create(
        model="any", messages=messages, stream=True, **more
    )
    return [chunk.model_dump() for chunk in stream]


def contents(streamed: list[dict[str, Any]]) -> list[str]:
    deltas = [choice["delta"] for chunk in streamed for choice in chunk["choices"]]
    return [delta["content"] for delta in deltas if delta["content"]]


def message(completion: dict[str, Any]) -> dict[str, Any]:
    (choice,) = completion["choices"]
    assert choice["finish_reason"] == "stop"
    assert choice["message"]["role"] == "assistant"
    found: dict[str, Any] = choice["message"]
    return found


@EVERY_CONVERSATION
def test_a_completion_says_what_the_service_answers(
    openai: OpenAI, client: httpx.Client, messages: list[Message]
) -> None:
    completion = whole(openai, messages)
    *history, last = messages
    body = {"question": last["content"], "history": history}
    answer = client.post("/v1/ask", json=body).json()
    assert message(completion)["content"] == answer["answer"]
    assert completion["citations"] == answer["citations"]
    assert completion["model"] == answer["model"]
    for field in ("kind", "abstained", "confidence", "standalone_question", "notice", "statements"):
        assert completion["footnote"][field] == answer[field], field
    assert completion["footnote"]["passages"] == answer["passages"]
    assert completion["id"] == f"chatcmpl-{completion['footnote']['answer_id']}"


@EVERY_CONVERSATION
def test_the_deltas_joined_are_the_whole_content(openai: OpenAI, messages: list[Message]) -> None:
    completion, streamed = whole(openai, messages), chunks(openai, messages)
    assert "".join(contents(streamed)) == message(completion)["content"]
    assert len(contents(streamed)) == max(1, len(completion["footnote"]["statements"]))
    first, last = streamed[0], streamed[-1]
    assert first["choices"][0]["delta"]["role"] == "assistant"
    assert [chunk["choices"][0]["finish_reason"] for chunk in streamed[:-1]] == [None] * (
        len(streamed) - 1
    )
    assert last["choices"][0]["finish_reason"] == "stop"
    assert last["choices"][0]["delta"]["annotations"] == message(completion)["annotations"]
    assert last["citations"] == completion["citations"]
    unlike = {"answer_id": ""}
    assert last["footnote"] | unlike == completion["footnote"] | unlike
    assert {chunk["id"] for chunk in streamed} == {f"chatcmpl-{last['footnote']['answer_id']}"}
    assert {chunk["model"] for chunk in streamed} == {"extractive"}


@EVERY_CONVERSATION
def test_every_mark_is_annotated_and_cites_the_words_of_a_document(
    openai: OpenAI, client: httpx.Client, messages: list[Message]
) -> None:
    completion = whole(openai, messages)
    content = message(completion)["content"]
    annotations = message(completion)["annotations"]
    citations = {citation["index"]: citation for citation in completion["citations"]}
    places = []
    for annotation in annotations:
        assert annotation["type"] == "url_citation"
        told = annotation["url_citation"]
        places.append((told["start_index"], told["end_index"]))
        mark = content[told["start_index"] : told["end_index"]]
        citation = citations[int(mark.strip("[]"))]
        assert told["title"] == citation["document_title"]
        assert span_of(told["url"]) == (citation["start_char_index"], citation["end_char_index"])
        page = client.get(told["url"])
        assert page.status_code == 200
        assert "html" in page.headers["content-type"]
        document = client.get(f"/v1/documents/{told['url'].split('/documents/')[1].split('?')[0]}")
        start, end = span_of(told["url"])
        assert document.json()["text"][start:end] == citation["cited_text"]
    assert places == [found.span() for found in re.finditer(r"\[\d+\]", content)]
    assert bool(places) == (completion["footnote"]["kind"] == "answer")


def span_of(url: str) -> tuple[int, int]:
    asked = parse_qs(urlsplit(url).query)
    return int(asked["start"][0]), int(asked["end"][0])


@pytest.mark.parametrize("role", ["system", "developer"])
@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "streamed"])
def test_a_system_message_changes_nothing(openai: OpenAI, role: str, streamed: bool) -> None:
    told = system(SAY_NOTHING_CITED) | {"role": role}
    without = whole(openai, ANSWERED)
    if streamed:
        made = chunks(openai, [told, *ANSWERED])
        content, citations = "".join(contents(made)), made[-1]["citations"]
    else:
        completion = whole(openai, [told, *ANSWERED])
        content, citations = message(completion)["content"], completion["citations"]
    assert content == message(without)["content"]
    assert "[1]" in content
    assert citations == without["citations"] != []


def test_the_asynchronous_client(client: httpx.Client, openai: OpenAI) -> None:
    async def asked() -> tuple[str | None, str]:
        async with AsyncOpenAI(base_url=base_url(client), api_key="any") as asynchronous:
            create = asynchronous.chat.completions.create
            made = await create(model="any", messages=[user(WHO)])
            stream = await create(model="any", messages=[user(WHO)], stream=True)
            pieces = [chunk.choices[0].delta.content or "" async for chunk in stream]
            return made.choices[0].message.content, "".join(pieces)

    content, joined = asyncio.run(asked())
    assert content == joined == message(whole(openai, [user(WHO)]))["content"]
    assert "Obokata" in joined


def test_the_streaming_helper_puts_the_completion_together(openai: OpenAI) -> None:
    with openai.chat.completions.stream(model="any", messages=ANSWERED) as stream:
        deltas = [event.delta for event in stream if event.type == "content.delta"]
        final = stream.get_final_completion()
    completion = whole(openai, ANSWERED)
    assert "".join(deltas) == final.choices[0].message.content == message(completion)["content"]
    assert final.choices[0].message.to_dict()["annotations"] == message(completion)["annotations"]
    assert final.choices[0].finish_reason == "stop"


def test_the_raw_response_is_the_completion(openai: OpenAI) -> None:
    raw = openai.chat.completions.with_raw_response.create(
        model="any",
        messages=[user(WHO)],
    )
    assert raw.status_code == 200
    assert raw.headers["content-type"] == "application/json"
    assert raw.parse().choices[0].message.content == message(whole(openai, [user(WHO)]))["content"]


def test_usage_is_estimated_and_streamed_when_it_is_wanted(openai: OpenAI) -> None:
    usage = whole(openai, ANSWERED)["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
    assert min(usage["prompt_tokens"], usage["completion_tokens"]) > 0
    *others, last = chunks(openai, ANSWERED, stream_options={"include_usage": True})
    assert last["choices"] == []
    for field in ("prompt_tokens", "completion_tokens", "total_tokens"):
        assert last["usage"][field] == usage[field]
    assert all(chunk["usage"] is None and chunk["choices"] for chunk in others)
    unwanted = chunks(openai, ANSWERED)
    assert all(chunk["usage"] is None and chunk["choices"] for chunk in unwanted)


def test_document_ids_limit_the_answer(openai: OpenAI, client: httpx.Client) -> None:
    (document,) = client.get("/v1/documents").json()["documents"]
    within = {"document_ids": [document["document_id"]]}
    assert whole(openai, [user(WHO)], extra_body=within)["citations"]
    elsewhere = whole(openai, [user(WHO)], extra_body={"document_ids": ["0" * 16]})
    assert elsewhere["footnote"]["abstained"]


def test_the_model_is_listed(openai: OpenAI, client: httpx.Client) -> None:
    (listed,) = openai.models.list().data
    assert listed.id == client.get("/readyz").json()["model"] == "extractive"
    assert openai.models.retrieve(listed.id) == listed
    with pytest.raises(NotFoundError, match="the only one is extractive") as refused:
        openai.models.retrieve("maker/other:8b")
    assert refused.value.code == "model_not_found"
