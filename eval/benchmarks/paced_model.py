"""A language model in name only: an OpenAI-compatible server that writes at a steady pace, to time
what stands between a model and its reader.

https://platform.openai.com/docs/api-reference/chat/streaming
"""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_NUMBERED = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
_PIECE = re.compile(r"\s*\S+")
_SENTENCES = 3


@dataclass
class PacedModel:
    """Answers with the first numbered sentences of its prompt, each with its mark."""

    pause_s: float
    """Between two words."""
    url: str = ""
    sentence_sent: float = 0.0
    """When the first sentence of the last answer was sent with its mark, on the performance
    counter."""
    next_sent: float = 0.0
    """When the word after it was, which shows that no further mark follows."""

    def pieces(self, prompt: str) -> Iterator[str]:
        """Words of the answer; the times are noted as they are taken."""
        written = _NUMBERED.findall(prompt)[:_SENTENCES]
        for place, (number, text) in enumerate(written):
            words = _PIECE.findall(f" {text} [{number}]")
            for word_place, word in enumerate(words):
                time.sleep(self.pause_s)
                yield word
                if place == 0 and word_place == len(words) - 1:
                    self.sentence_sent = time.perf_counter()
                if place == 1 and word_place == 0:
                    self.next_sent = time.perf_counter()


@contextmanager
def paced_model(pause_s: float) -> Iterator[PacedModel]:
    """On a free port of this machine."""
    model = PacedModel(pause_s)

    class Handler(_Streaming):
        paced = model

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()


class _Streaming(BaseHTTPRequestHandler):
    paced: PacedModel
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        for piece in self.paced.pieces(body["messages"][-1]["content"]):
            self._event({"content": piece})
        self._event({}, "stop")
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the benchmark prints."""

    def _event(self, delta: dict[str, str], finish: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {
            "id": "chatcmpl-0",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "paced",
            "choices": [choice],
        }
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.flush()
