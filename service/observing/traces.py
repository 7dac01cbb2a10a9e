"""OpenTelemetry traces: a request, the stages of its answer, and what a language model's server
is asked, in one trace. Nothing is imported while they are off.

No text goes into them: neither queries of addresses, nor messages of errors, nor what LlamaIndex
tells of prompts and replies; questions only with FOOTNOTE_LOG_QUESTIONS.
"""

import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from ingest.errors import SettingsError
from service.observing.request_ids import request_id
from service.observing.spans import Span, begin_with
from service.settings import ServiceSettings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span as OtelSpan

_NAME = "footnote"
_FLUSH_S = 2.0
_UNTRACED = "/healthz,/readyz,/metrics"  # asked for again and again
_WITH_QUERY = ("http.url", "http.target", "url.full", "url.query")


def trace(app: FastAPI, settings: ServiceSettings) -> Callable[[], None]:
    """Trace an application's requests, where the settings say so. What it gives sends what was
    not sent yet, before the process ends: a signal ends it without ceremony.

    Raises SettingsError when what that takes is not installed.
    """
    if settings.traces == "off":
        return lambda: None
    check_traces(settings)

    from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor

    app.add_middleware(_NamedSpan)
    provider = _provider(settings.traces, settings.log_questions)
    hook = None if settings.log_questions else _without_query
    FastAPIInstrumentor.instrument_app(
        app,
        tracer_provider=provider,
        server_request_hook=hook,
        excluded_urls=_UNTRACED,
        exclude_spans=["receive", "send"],
    )
    return partial(_flush, provider)


def _flush(provider: "TracerProvider") -> None:
    """Where nobody takes them, that would be tried again and again."""
    flushing = threading.Thread(target=provider.force_flush, daemon=True)
    flushing.start()
    flushing.join(_FLUSH_S)


def check_traces(settings: ServiceSettings) -> None:
    """Raises SettingsError when traces are on and what they take is not installed."""
    if settings.traces == "off":
        return
    try:
        import opentelemetry.exporter.otlp.proto.http.trace_exporter
        import opentelemetry.instrumentation.fastapi
        import opentelemetry.instrumentation.httpx  # noqa: F401
    except ImportError as error:
        raise SettingsError(
            f"FOOTNOTE_TRACES={settings.traces} needs the extra `traces` ({error.name} is not "
            "installed): .venv/bin/pip install -e '.[traces]'"
        ) from None


@cache
def _provider(kind: str, with_questions: bool) -> "TracerProvider":
    """Of this process, with what all its applications share."""
    from llama_index_instrumentation import get_dispatcher
    from opentelemetry import trace as otel
    from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    from service.observing.llamaindex_spans import SpanEvents, Spans

    resource = Resource.create()  # of the OTEL_ variables
    if str(resource.attributes[SERVICE_NAME]).startswith("unknown_service"):
        resource = resource.merge(Resource({SERVICE_NAME: _NAME}))
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(_exporter(kind)))
    otel.set_tracer_provider(provider)
    HTTPXClientInstrumentor().instrument(tracer_provider=provider)
    tracer = provider.get_tracer(_NAME)
    begin_with(lambda name: _Stage(tracer.start_span(f"{_NAME}.{name}")))
    spans = Spans(tracer)
    get_dispatcher().add_span_handler(spans)
    get_dispatcher().add_event_handler(SpanEvents(spans, with_questions))
    return provider


def _exporter(kind: str) -> Any:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import ConsoleSpanExporter

    return ConsoleSpanExporter(out=sys.stderr) if kind == "console" else OTLPSpanExporter()


def _without_query(span: "OtelSpan", _: dict[str, Any]) -> None:
    known = getattr(span, "attributes", None) or {}
    for name in _WITH_QUERY:
        if name in known:
            bare = "" if name == "url.query" else str(known[name]).split("?")[0]
            span.set_attribute(name, bare)


class _NamedSpan:
    """Puts the request's id on its span."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        from opentelemetry.trace import get_current_span

        get_current_span().set_attribute(f"{_NAME}.request_id", request_id() or "")
        await self._app(scope, receive, send)


class _Stage(Span):
    def __init__(self, span: "OtelSpan") -> None:
        self._span = span

    def current(self) -> AbstractContextManager[object]:
        from opentelemetry.trace import use_span

        return use_span(self._span, record_exception=False, set_status_on_exception=False)

    def note(self, **attributes: str | int | float) -> None:
        self._span.set_attributes({f"{_NAME}.{name}": value for name, value in attributes.items()})

    def end(self, failure: str | None) -> None:
        from opentelemetry.trace import StatusCode

        if failure is not None:
            self._span.set_status(StatusCode.ERROR, failure)
        self._span.end()
