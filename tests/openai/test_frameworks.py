"""The classes that LlamaIndex and LangChain have for servers of OpenAI's protocol."""

import asyncio
from typing import Any

import httpx
import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from llama_index.core.llms import ChatMessage
from llama_index.llms.openai_like import OpenAILike
from pydantic import SecretStr

from tests.openai.conftest import base_url
from tests.openai.conversations import CONVERSATIONS, SAY_NOTHING_CITED, WHO

FOLLOW_UP = CONVERSATIONS["a follow-up"]


@pytest.fixture(scope="module")
def answer(client: httpx.Client) -> str:
    """What the service answers to WHO."""
    told: str = client.post("/v1/ask", json={"question": WHO}).json()["answer"]
    assert "[1]" in told
    return told


@pytest.fixture(scope="module")
def llama(client: httpx.Client) -> OpenAILike:
    return OpenAILike(
        model="extractive", api_base=base_url(client), api_key="any", is_chat_model=True
    )


@pytest.fixture(scope="module")
def chat(client: httpx.Client) -> ChatOpenAI:
    return ChatOpenAI(model="extractive", base_url=base_url(client), api_key=SecretStr("any"))


def test_llamaindex_chats(llama: OpenAILike, answer: str) -> None:
    told = [ChatMessage(role="system", content=SAY_NOTHING_CITED), ChatMessage(content=WHO)]
    whole = llama.chat(told)
    assert whole.message.content == answer
    assert whole.raw is not None
    raw: Any = whole.raw
    assert "Obokata" in raw.citations[0]["cited_text"]
    pieces = list(llama.stream_chat(told))
    assert "".join(piece.delta or "" for piece in pieces) == answer
    assert pieces[-1].message.content == answer


def test_llamaindex_chats_asynchronously(llama: OpenAILike, answer: str) -> None:
    async def asked() -> tuple[str | None, str]:
        whole = await llama.achat([ChatMessage(content=WHO)])
        stream = await llama.astream_chat([ChatMessage(content=WHO)])
        return whole.message.content, "".join([piece.delta or "" async for piece in stream])

    assert asyncio.run(asked()) == (answer, answer)


def test_llamaindex_completes(llama: OpenAILike, answer: str) -> None:
    assert llama.complete(WHO).text == answer
    assert "".join(piece.delta or "" for piece in llama.stream_complete(WHO)) == answer


def test_llamaindex_keeps_the_conversation(llama: OpenAILike) -> None:
    told = [ChatMessage(role=one["role"], content=one["content"]) for one in FOLLOW_UP]
    raw: Any = llama.chat(told).raw
    assert raw.footnote["standalone_question"] == "Whom did Wang Wenbin criticize?"


def test_langchain_invokes_and_streams(chat: ChatOpenAI, answer: str) -> None:
    told = [SystemMessage(SAY_NOTHING_CITED), HumanMessage(WHO)]
    whole = chat.invoke(told)
    assert whole.content == answer
    assert whole.response_metadata["finish_reason"] == "stop"
    assert isinstance(whole, AIMessage) and whole.usage_metadata
    assert "".join(str(piece.content) for piece in chat.stream(told)) == answer


def test_langchain_asks_asynchronously(chat: ChatOpenAI, answer: str) -> None:
    async def asked() -> tuple[object, str]:
        whole = await chat.ainvoke(WHO)
        pieces = [str(piece.content) async for piece in chat.astream(WHO)]
        return whole.content, "".join(pieces)

    assert asyncio.run(asked()) == (answer, answer)


def test_langchain_keeps_the_conversation(chat: ChatOpenAI, client: httpx.Client) -> None:
    *history, last = FOLLOW_UP
    asked = {"question": last["content"], "history": history}
    answer = client.post("/v1/ask", json=asked).json()
    assert (
        chat.invoke([(one["role"], one["content"]) for one in FOLLOW_UP]).content
        == (answer["answer"])
    )
