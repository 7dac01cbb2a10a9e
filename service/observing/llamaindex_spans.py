"""What LlamaIndex's instrumentation tells, as spans of the trace that is current.

The handlers of llama-index-observability-otel put whole prompts and replies into spans, begin
traces of their own, and keep what is told after a stream's span has ended, for ever.
"""

import inspect
from typing import Any

from llama_index_instrumentation.base import BaseEvent
from llama_index_instrumentation.event_handlers import BaseEventHandler
from llama_index_instrumentation.span import BaseSpan
from llama_index_instrumentation.span_handlers import BaseSpanHandler
from opentelemetry.trace import Span, StatusCode, Tracer, get_current_span, set_span_in_context
from pydantic import PrivateAttr

_ID = 37  # characters: a hyphen and the UUID that follow the name in an id
_PASSED_OVER = ("InProgress", "SpanDrop")  # one for each piece of a reply; told by the span itself


class Spans(BaseSpanHandler[BaseSpan]):
    """A span for each of LlamaIndex's, without arguments and results: these hold texts."""

    _tracer: Tracer = PrivateAttr()
    _open: dict[str, Span] = PrivateAttr(default_factory=dict)

    def __init__(self, tracer: Tracer) -> None:
        super().__init__()
        self._tracer = tracer

    def span(self, id_: str | None) -> Span | None:
        """One that has not ended."""
        return self._open.get(id_ or "")

    def new_span(
        self,
        id_: str,
        bound_args: inspect.BoundArguments,
        instance: Any | None = None,
        parent_span_id: str | None = None,
        tags: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> BaseSpan:
        parent = self.span(parent_span_id)
        context = None if parent is None else set_span_in_context(parent)
        self._open[id_] = self._tracer.start_span(id_[:-_ID] or id_, context)
        return BaseSpan(id_=id_, parent_id=parent_span_id)

    def prepare_to_exit_span(
        self,
        id_: str,
        bound_args: inspect.BoundArguments,
        instance: Any | None = None,
        result: Any | None = None,
        **kwargs: Any,
    ) -> BaseSpan | None:
        return self._end(id_, None)

    def prepare_to_drop_span(
        self,
        id_: str,
        bound_args: inspect.BoundArguments,
        instance: Any | None = None,
        err: BaseException | None = None,
        **kwargs: Any,
    ) -> BaseSpan | None:
        return self._end(id_, err)

    def _end(self, id_: str, error: BaseException | None) -> BaseSpan | None:
        span = self._open.pop(id_, None)
        if span is not None:
            if error is not None:
                span.set_status(StatusCode.ERROR, type(error).__name__)
            span.end()
        return self.open_spans.get(id_)


class SpanEvents(BaseEventHandler):
    """Events by their name, with counts; with the question only where that is allowed."""

    _spans: Spans = PrivateAttr()
    _with_questions: bool = PrivateAttr()

    def __init__(self, spans: Spans, with_questions: bool) -> None:
        super().__init__()
        self._spans = spans
        self._with_questions = with_questions

    def handle(self, event: BaseEvent, **kwargs: Any) -> None:
        name = event.class_name()
        if any(part in name for part in _PASSED_OVER):
            return
        span = self._spans.span(event.span_id) or get_current_span()
        if span.is_recording():
            span.add_event(name, self._attributes(event))

    def _attributes(self, event: BaseEvent) -> dict[str, str | int]:
        found: dict[str, str | int] = {
            name: len(getattr(event, name))
            for name in ("nodes", "messages", "chunks", "embeddings")
            if isinstance(getattr(event, name, None), list | tuple)
        }
        question = getattr(event, "str_or_query_bundle", None)
        if self._with_questions and question is not None:
            found["question"] = str(question)
        return found
