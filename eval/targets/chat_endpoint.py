"""Any OpenAI-compatible chat endpoint whose answers cite with bracketed numbers: a peer system that
has the documents itself, or a bare language model that is given passages.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from eval.cases.case import Case
from eval.targets.bracketed import NumberedStatement, has_marks, refuses, statements
from eval.targets.chat_client import ChatClient, ChatReply, Message
from eval.targets.cited_sources import cited_sources, with_brackets
from eval.targets.library import Library
from eval.targets.locating import Locator
from eval.targets.response import CitedSpan, RankedPassage, Response, SaidStatement
from ingest.errors import FootnoteError
from service.language_models.address import shown_address
from service.prompts import fence, load_prompt

Passages = Callable[[Case], Sequence[RankedPassage]]
Spans = dict[int, tuple[CitedSpan, ...]]
"""What each number of an answer points at."""

_TIMEOUT_S = 120.0
_RETRIES = 2
_UNKNOWN = CitedSpan(document_id=None, source="", start=None, end=None, cited_text="")


class ChatEndpoint:
    """Asked without streaming, the case's history as messages before its question.

    With `passages` the endpoint is a bare language model: each question comes with these passages,
    numbered, and the request to cite them (prompts/cite-passages.md, after ALCE, Gao et al. 2023).
    A number stands for what the reply says of it, in a shape that `cited_sources` knows; if the
    reply says nothing, for the passage. A number that stands for nothing is a citation without a
    document, which is not verbatim.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        api_key: str,
        library: Library,
        *,
        passages: Passages | None = None,
        options: Mapping[str, object] | None = None,
        timeout_s: float = _TIMEOUT_S,
        retries: int = _RETRIES,
    ) -> None:
        """`options` are further fields of each request: `temperature` (0 unless given, None to
        leave it out), `seed`, Azure's `data_sources`, Open WebUI's `files`.
        """
        self.name = f"{model} at {shown_address(base_url)}"
        self.model = model
        self.library = library
        self._client = ChatClient(base_url, model, api_key, timeout_s=timeout_s, retries=retries)
        self._options = {"temperature": 0} | dict(options or {})
        self._passages = passages
        self._prompt = load_prompt("cite-passages") if passages else None
        self._locator = Locator(library)

    def ask(self, case: Case) -> Response:
        """A failure of the endpoint, or of finding the passages, is a response with an `error`."""
        started = time.perf_counter()
        try:
            passages = tuple(self._passages(case)) if self._passages else ()
            messages = self._messages(case, passages)
            asked = time.perf_counter()
            reply = self._client.complete(messages, self._sent())
        except FootnoteError as error:
            return Response.failed(str(error))
        round_trip = time.perf_counter() - asked
        if reply.cut_off and not reply.text:
            return Response.failed(f"{self.name} used up its tokens before it answered")
        answered = self._response(reply, passages)
        total = time.perf_counter() - started
        timings = {"round_trip": round(1000 * round_trip, 2), "total": round(1000 * total, 2)}
        return answered.model_copy(update={"timings_ms": timings})

    def settings(self) -> dict[str, str]:
        prompt = {"prompt": f"{self._prompt.name} {self._prompt.version}"} if self._prompt else {}
        temperature = {"temperature": str(self._options["temperature"])}
        return {"model": self.model} | prompt | temperature

    def _sent(self) -> dict[str, object]:
        return {name: value for name, value in self._options.items() if value is not None}

    def _messages(self, case: Case, passages: Sequence[RankedPassage]) -> list[Message]:
        history = [{"role": turn.role, "content": turn.content} for turn in case.history]
        question = case.question if not self._prompt else self._question(case.question, passages)
        return [*history, {"role": "user", "content": question}]

    def _question(self, question: str, passages: Sequence[RankedPassage]) -> str:
        assert self._prompt is not None
        numbered = "\n\n".join(
            f"[{number}] {self._words(passage)}" for number, passage in enumerate(passages, 1)
        )
        word = fence(numbered, question)
        return self._prompt.fill(fence=word, passages=numbered or "(none)", question=question)

    def _words(self, passage: RankedPassage) -> str:
        return passage.text or self.library.text(passage.document_id)[passage.start : passage.end]

    def _response(self, reply: ChatReply, passages: tuple[RankedPassage, ...]) -> Response:
        answer = reply.text if has_marks(reply.text) else with_brackets(reply.text, reply.body)
        said = statements(answer)
        abstained = refuses(reply.text, cites=any(one.numbers for one in said))
        footnotes = Footnotes(self._spans(reply, passages))
        return Response(
            answer=reply.text,
            abstained=abstained,
            statements=() if abstained else tuple(map(footnotes.said, said)),
            citations=tuple(footnotes.citations),
            passages=passages,
            shows_passages=self._passages is not None,
            model=reply.model or self.model,
            tokens=reply.tokens,
        )

    def _spans(self, reply: ChatReply, passages: Sequence[RankedPassage]) -> Spans:
        told = cited_sources(reply.body)
        if told:
            return {
                number: tuple(map(self._locator.locate, sources))
                for number, sources in told.items()
            }
        return {number: (self._cited(one),) for number, one in enumerate(passages, 1)}

    def _cited(self, passage: RankedPassage) -> CitedSpan:
        return CitedSpan(
            document_id=passage.document_id,
            source=self._locator.source_of(passage.document_id),
            start=passage.start,
            end=passage.end,
            cited_text=self._words(passage),
        )


@dataclass(slots=True)
class Footnotes:
    """The citations of an answer in the order in which its statements first have them."""

    spans: Spans
    citations: list[CitedSpan] = field(default_factory=list)
    _positions: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def said(self, statement: NumberedStatement) -> SaidStatement:
        cited = (position for number in statement.numbers for position in self._of(number))
        return SaidStatement(text=statement.text, citations=tuple(cited))

    def _of(self, number: int) -> tuple[int, ...]:
        """Positions, from 1, of what a number points at."""
        if number not in self._positions:
            first = len(self.citations) + 1
            self.citations.extend(self.spans.get(number) or (_UNKNOWN,))
            self._positions[number] = tuple(range(first, len(self.citations) + 1))
        return self._positions[number]
