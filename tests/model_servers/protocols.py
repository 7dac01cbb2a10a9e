"""Three protocols that model servers speak: what is sent for a piece of text, an end, an error.

https://platform.openai.com/docs/api-reference/chat, https://docs.ollama.com/api,
https://docs.anthropic.com/en/api/messages-streaming
"""

import json
from collections.abc import Mapping
from typing import Any, Protocol

Body = Mapping[str, Any]
MODEL = "tiny"
CONTEXT_TOKENS = 4096


class ModelProtocol(Protocol):
    provider: str
    """As in `FOOTNOTE_MODEL`."""
    path: str
    """Where completions are asked for."""
    base: str
    """What a client's base URL has behind the address."""
    media_type: str
    keep_alive: str

    def others(self, path: str, body: Body) -> dict[str, Any] | None:
        """The answer to any other request; None where there is none."""
        ...

    def begin(self, body: Body) -> str: ...
    def piece(self, body: Body, text: str) -> str: ...
    def thought(self, body: Body, text: str) -> str: ...
    def end(self, body: Body, finish: str) -> str: ...
    def failed(self, message: str) -> str:
        """An error in the middle of a stream."""
        ...

    def error(self, status: int, message: str) -> dict[str, Any]: ...
    def whole(self, body: Body, text: str, finish: str) -> dict[str, Any]: ...


class OpenAIProtocol:
    provider = "openai-like"
    path = "/v1/chat/completions"
    base = "/v1"
    media_type = "text/event-stream"
    keep_alive = ": keep-alive\n\n"

    def others(self, path: str, body: Body) -> dict[str, Any] | None:
        if path == "/v1/models":
            return {"object": "list", "data": [{"id": MODEL, "object": "model"}]}
        return None

    def begin(self, body: Body) -> str:
        return self._chunk(body, {"role": "assistant", "content": ""})

    def piece(self, body: Body, text: str) -> str:
        return self._chunk(body, {"content": text})

    def thought(self, body: Body, text: str) -> str:
        return self._chunk(body, {"reasoning_content": text})

    def end(self, body: Body, finish: str) -> str:
        return self._chunk(body, {}, finish) + "data: [DONE]\n\n"

    def failed(self, message: str) -> str:
        return event({"error": {"message": message, "type": "server_error"}})

    def error(self, status: int, message: str) -> dict[str, Any]:
        return {"error": {"message": message, "type": "error", "code": status}}

    def whole(self, body: Body, text: str | None, finish: str) -> dict[str, Any]:
        message = {"role": "assistant", "content": text}
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": body["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
            "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
        }

    def _chunk(self, body: Body, delta: Body, finish: str | None = None) -> str:
        return event(
            {
                "id": "chatcmpl-1",
                "object": "chat.completion.chunk",
                "created": 1,
                "model": body["model"],
                "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
            }
        )


class OllamaProtocol:
    provider = "ollama"
    path = "/api/chat"
    base = ""
    media_type = "application/x-ndjson"
    keep_alive = json.dumps({"message": {"role": "assistant", "content": ""}, "done": False}) + "\n"

    def others(self, path: str, body: Body) -> dict[str, Any] | None:
        if path == "/api/show":
            about = {"general.architecture": "llama", "llama.context_length": CONTEXT_TOKENS}
            return {"details": {}, "model_info": about, "capabilities": ["completion"]}
        if path == "/api/tags":
            return {"models": [{"name": MODEL, "model": MODEL}]}
        return None

    def begin(self, body: Body) -> str:
        return ""

    def piece(self, body: Body, text: str) -> str:
        return self._line(body, {"content": text})

    def thought(self, body: Body, text: str) -> str:
        return self._line(body, {"content": "", "thinking": text})

    def end(self, body: Body, finish: str) -> str:
        counts = {"prompt_eval_count": 11, "eval_count": 7}
        return self._line(body, {"content": ""}, done=True, done_reason=finish, **counts)

    def failed(self, message: str) -> str:
        return json.dumps({"error": message}) + "\n"

    def error(self, status: int, message: str) -> dict[str, Any]:
        return {"error": message}

    def whole(self, body: Body, text: str, finish: str) -> dict[str, Any]:
        whole: dict[str, Any] = json.loads(
            self._line(body, {"content": text}, done=True, done_reason=finish)
        )
        return whole

    def _line(self, body: Body, message: Body, done: bool = False, **more: object) -> str:
        said = {"role": "assistant", **message}
        created = "2026-01-01T00:00:00Z"
        line = {"model": body["model"], "created_at": created, "message": said, "done": done}
        return json.dumps(line | more) + "\n"


class AnthropicProtocol:
    provider = "anthropic"
    path = "/v1/messages"
    base = ""
    media_type = "text/event-stream"
    keep_alive = 'event: ping\ndata: {"type": "ping"}\n\n'

    def others(self, path: str, body: Body) -> dict[str, Any] | None:
        if path.startswith("/v1/models"):
            return {"data": [{"id": MODEL, "type": "model"}], "has_more": False}
        return None

    def begin(self, body: Body) -> str:
        message = {**self.whole(body, "", "stop"), "content": [], "stop_reason": None}
        block = {"type": "text", "text": ""}
        return self._event("message_start", message=message) + self._event(
            "content_block_start", index=0, content_block=block
        )

    def piece(self, body: Body, text: str) -> str:
        return self._delta({"type": "text_delta", "text": text})

    def thought(self, body: Body, text: str) -> str:
        return self._delta({"type": "thinking_delta", "thinking": text})

    def end(self, body: Body, finish: str) -> str:
        delta = {"stop_reason": self._reason(finish), "stop_sequence": None}
        return (
            self._event("content_block_stop", index=0)
            + self._event("message_delta", delta=delta, usage={"output_tokens": 7})
            + self._event("message_stop")
        )

    def failed(self, message: str) -> str:
        return self._event("error", error={"type": "overloaded_error", "message": message})

    def error(self, status: int, message: str) -> dict[str, Any]:
        return {"type": "error", "error": {"type": "api_error", "message": message}}

    def whole(self, body: Body, text: str, finish: str) -> dict[str, Any]:
        return {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": body["model"],
            "content": [{"type": "text", "text": text}],
            "stop_reason": self._reason(finish),
            "stop_sequence": None,
            "usage": {"input_tokens": 11, "output_tokens": 7},
        }

    def _delta(self, delta: Body) -> str:
        return self._event("content_block_delta", index=0, delta=delta)

    def _event(self, name: str, **data: object) -> str:
        return f"event: {name}\n" + event({"type": name, **data})

    def _reason(self, finish: str) -> str:
        reasons = {"stop": "end_turn", "length": "max_tokens", "content_filter": "refusal"}
        return reasons[finish]


def event(data: Body) -> str:
    """One server-sent event."""
    return f"data: {json.dumps(data)}\n\n"
