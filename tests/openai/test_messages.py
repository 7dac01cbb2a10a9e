"""What is read of a request, what is passed over, and what is refused."""

from typing import Any

import httpx
import pytest

from tests.openai.conversations import CONVERSATIONS, WHO, Message, assistant, system, user

FOLLOW_UP = CONVERSATIONS["a follow-up"]


def complete(client: httpx.Client, **body: Any) -> dict[str, Any]:
    response = client.post("/v1/chat/completions", json=body)
    assert response.status_code == 200, response.text
    completion: dict[str, Any] = response.json()
    return completion


def understood(client: httpx.Client, messages: list[Message]) -> str:
    asked: str = complete(client, messages=messages)["footnote"]["standalone_question"]
    return asked


def test_the_last_message_of_a_user_is_the_question(client: httpx.Client) -> None:
    after = [*FOLLOW_UP, assistant("Let me"), system("Be brief."), {"role": "user"}, user(" \n")]
    assert understood(client, after) == understood(client, FOLLOW_UP)
    assert understood(client, after) == "Whom did Wang Wenbin criticize?"


def test_parts_of_text_are_one_text(client: httpx.Client) -> None:
    parts = [{"type": "text", "text": "Who is Chen Xu?"}, {"type": "text", "text": "Please."}]
    assert understood(client, [user(parts)]) == understood(
        client, [user("Who is Chen Xu?\nPlease.")]
    )


@pytest.mark.parametrize("role", ["system", "developer", "tool", "function"])
def test_other_roles_say_nothing_in_the_conversation(client: httpx.Client, role: str) -> None:
    question, _, follow_up = FOLLOW_UP
    calls = {"role": "assistant", "content": None, "tool_calls": [{"id": "1", "type": "function"}]}
    told = {"role": role, "tool_call_id": "1", "name": "who", "content": "Wang Wenbin."}
    without = understood(client, [question, follow_up])
    assert understood(client, [question, calls, told, follow_up]) == without
    assert understood(client, [question, assistant("Wang Wenbin."), follow_up]) != without


def test_of_a_long_conversation_the_latest_turns_are_read(client: httpx.Client) -> None:
    before = [user("Who is Chen Xu?"), assistant("An ambassador. " + "x" * 30_000)] * 40
    assert understood(client, [*before, *FOLLOW_UP]) == "Whom did Wang Wenbin criticize?"


def test_what_means_nothing_here_is_passed_over(client: httpx.Client) -> None:
    plain = complete(client, messages=[user(WHO)])
    told = complete(
        client,
        model="gpt-4o",
        messages=[user(WHO) | {"name": "ada"}],
        temperature=1.9,
        top_p=0.1,
        max_tokens=1,
        max_completion_tokens=1,
        stop=["."],
        seed=7,
        n=1,
        tools=[{"type": "function", "function": {"name": "f"}}],
        tool_choice="required",
        response_format={"type": "json_object"},
        logprobs=True,
        user="ada",
        stream=None,
        stream_options=None,
        colour="red",
    )
    assert told["choices"] == plain["choices"]
    assert told["model"] == plain["model"] == "extractive"


IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}
AUDIO = {"type": "input_audio", "input_audio": {"data": "AA==", "format": "wav"}}


@pytest.mark.parametrize(
    ("body", "param", "told"),
    [
        ({}, "messages", "is missing"),
        ({"messages": []}, "messages", "there is no question"),
        ({"messages": [system("Hello.")]}, "messages", "there is no question"),
        ({"messages": [user(" ")]}, "messages", "there is no question"),
        ({"messages": [user("a" * 2001)]}, "messages", "longer than 2000 characters"),
        ({"messages": [user("Who?") | {"role": "bot"}]}, "messages.0.role", "must be 'system'"),
        ({"messages": [{"content": "Who?"}]}, "messages.0.role", "is missing"),
        ({"messages": [user([IMAGE])]}, "messages.0.content", "only text can be read"),
        ({"messages": [user([AUDIO])]}, "messages.0.content", "only text can be read"),
        ({"messages": [user(5)]}, "messages.0.content", "only text can be read"),
        ({"messages": [user(WHO)], "n": 2}, "n", "must be 1"),
        ({"messages": [user(WHO)], "stream": "yes"}, "stream", "must be true or false"),
        ({"messages": [user(WHO)], "document_ids": []}, "document_ids", "at least 1"),
        ([], None, "must be a JSON object"),
    ],
)
def test_a_wrong_body_is_refused(
    client: httpx.Client, body: Any, param: str | None, told: str
) -> None:
    response = client.post("/v1/chat/completions", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert told in problem["detail"]
    assert problem["error"] == {
        "message": problem["detail"],
        "type": "invalid_request_error",
        "param": param,
        "code": None,
    }


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        (b'{"messages": [{"role": "user", "content": "\\ud800"}]}', 422),
        (
            b'{"messages": [{"role": "user", "content": [{"type": "text", "text": "\\ud800"}]}]}',
            422,
        ),
    ],
)
def test_what_is_no_json_or_no_text_is_refused(
    client: httpx.Client, content: bytes, status: int
) -> None:
    headers = {"content-type": "application/json"}
    response = client.post("/v1/chat/completions", content=content, headers=headers)
    assert response.status_code == status
    assert response.json()["error"]["message"] == response.json()["detail"]


def test_other_endpoints_have_plain_problems(client: httpx.Client) -> None:
    assert "error" not in client.post("/v1/ask", json={}).json()
