"""An OpenAI-compatible chat server whose replies a test scripts; the protocol is real."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from tests.json_server import json_server
from tests.model_servers.protocols import OpenAIProtocol


@dataclass
class Reply:
    """What the server answers to one request; the last one is repeated."""

    text: str | None = ""
    message: dict[str, Any] = field(default_factory=dict)
    """Further fields of the message."""
    body: dict[str, Any] = field(default_factory=dict)
    """Further fields beside `choices`."""
    finish: str = "stop"
    status: int = 200
    error: str = ""
    raw: str | None = None
    """Sent instead of a completion."""
    delay_s: float = 0.0

    def written(self, model: str) -> str:
        if self.raw is not None:
            return self.raw
        protocol = OpenAIProtocol()
        if self.status != 200:
            return json.dumps(protocol.error(self.status, self.error))
        completion = protocol.whole({"model": model}, self.text, self.finish)
        completion["choices"][0]["message"] |= self.message
        return json.dumps(completion | self.body)


@dataclass
class ChatServer:
    url: str = ""
    replies: list[Reply] = field(default_factory=lambda: [Reply()])
    asked: list[dict[str, Any]] = field(default_factory=list)
    """The bodies of the requests."""
    keys: list[str] = field(default_factory=list)

    def says(self, *replies: str | Reply) -> None:
        self.replies = [Reply(one) if isinstance(one, str) else one for one in replies]

    def next_reply(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def chat_server() -> Iterator[ChatServer]:
    scripted = ChatServer()

    def answer(path: str, headers: Message, data: bytes) -> tuple[int, bytes]:
        body = json.loads(data)
        assert path == "/v1/chat/completions"
        scripted.asked.append(body)
        scripted.keys.append(headers["authorization"])
        reply = scripted.next_reply()
        time.sleep(reply.delay_s)
        return reply.status, reply.written(body["model"]).encode()

    with json_server(answer) as address:
        scripted.url = f"{address}/v1"
        yield scripted
