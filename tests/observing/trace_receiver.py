"""A real HTTP server that takes traces as OpenTelemetry's collector does."""

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)


@dataclass(frozen=True)
class ReceivedSpan:
    name: str
    trace: bytes
    id: bytes
    parent: bytes
    attributes: dict[str, str]
    events: dict[str, dict[str, str]]
    has_failed: bool
    service: str


@dataclass
class TraceReceiver:
    address: str = ""
    bodies: list[bytes] = field(default_factory=list)

    @property
    def spans(self) -> list[ReceivedSpan]:
        return [span for body in list(self.bodies) for span in _spans(body)]

    def trace(self, request_id: str, within_s: float = 20.0) -> "Trace":
        """That of a request, once it is whole."""
        until = time.monotonic() + within_s
        while True:
            spans = self.spans
            roots = [s for s in spans if s.attributes.get("footnote.request_id") == request_id]
            if roots or time.monotonic() > until:
                (root,) = roots
                return Trace([span for span in spans if span.trace == root.trace], root)
            time.sleep(0.05)


@dataclass(frozen=True)
class Trace:
    spans: list[ReceivedSpan]
    root: ReceivedSpan

    def __getitem__(self, name: str) -> ReceivedSpan:
        return next(span for span in self.spans if span.name == name)

    @property
    def events(self) -> dict[str, dict[str, str]]:
        return {name: told for span in self.spans for name, told in span.events.items()}


@contextmanager
def trace_receiver() -> Iterator[TraceReceiver]:
    receiver = TraceReceiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            is_packed = self.headers.get("content-encoding") == "gzip"
            receiver.bodies.append(gzip.decompress(body) if is_packed else body)
            answer = ExportTraceServiceResponse().SerializeToString()
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Not to the output of the tests."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True).start()
    receiver.address = f"http://127.0.0.1:{listening.server_port}"
    try:
        yield receiver
    finally:
        listening.shutdown()
        listening.server_close()


def _spans(body: bytes) -> Iterator[ReceivedSpan]:
    for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
        service = _texts(resource.resource.attributes)["service.name"]
        for scope in resource.scope_spans:
            for span in scope.spans:
                yield ReceivedSpan(
                    span.name,
                    span.trace_id,
                    span.span_id,
                    span.parent_span_id,
                    _texts(span.attributes),
                    {event.name: _texts(event.attributes) for event in span.events},
                    span.status.code == span.status.STATUS_CODE_ERROR,
                    service,
                )


def _texts(attributes: object) -> dict[str, str]:
    found = {}
    for one in attributes:  # type: ignore[attr-defined]
        kind = one.value.WhichOneof("value")
        found[one.key] = str(getattr(one.value, kind))
    return found
