"""A running service, asked over HTTP."""

import time
from functools import cache
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from eval.cases.case import Case
from eval.cases.gold import documents_within
from eval.targets.answers import prompt_versions, response_of
from eval.targets.response import Response
from eval.targets.target import PASSAGES, TargetError
from service.http.document_bodies import DocumentsOut, DocumentTextOut
from service.http.schemas import AnswerOut, PassageOut, SearchOut
from service.language_models.address import shown_address
from service.settings import MOST_QUESTION

_PAGE = 1000
_TIMEOUT_S = 120.0

Body = TypeVar("Body", bound=BaseModel)


class ServiceUrl:
    """Asks `POST /v1/ask`; what the documents say is read from `GET /v1/documents`."""

    def __init__(self, url: str, api_key: str = "") -> None:
        """Raises TargetError when no service answers there, or it has no documents to list."""
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._client = httpx.Client(base_url=url, headers=headers, timeout=_TIMEOUT_S)
        self.name = f"the service at {shown_address(url)}"
        self._models: dict[str, None] = {}
        self._prompts: dict[str, str] = {}
        self.library = ServiceLibrary(self._client)

    @property
    def model(self) -> str:
        """Whatever answered; several where one stood in for another."""
        return ", ".join(self._models) or "unknown"

    def ask(self, case: Case) -> Response:
        history = [{"role": turn.role, "content": turn.content} for turn in case.history]
        body: dict[str, Any] = {"question": case.question, "history": history}
        within = documents_within(case, self.library)
        if within is not None:
            body["document_ids"] = within
        started = time.perf_counter()
        try:
            answer = self._answer(body)
            taken = 1000 * (time.perf_counter() - started)
            # A search cannot be limited to documents: what the answer showed is its ranking.
            passages = self._ranking(answer) if within is None else answer.passages
            response = response_of(answer, passages)
            for citation in response.citations:
                self.library.text(citation.document_id or "")
        except TargetError as error:
            return Response.failed(str(error))
        except ValidationError as error:
            return Response.failed(f"POST /v1/ask: {error.errors()[0]['msg']}")
        self._models[answer.model] = None
        self._prompts |= answer.prompts
        timings = response.timings_ms | {"round_trip": round(taken, 2)}
        return response.model_copy(update={"timings_ms": timings})

    def settings(self) -> dict[str, str]:
        return {"model": self.model} | prompt_versions(self._prompts)

    def _answer(self, body: dict[str, Any]) -> AnswerOut:
        return fetch(self._client, AnswerOut, "POST", "/v1/ask", json=body)

    def _ranking(self, answer: AnswerOut) -> list[PassageOut]:
        asked = {"q": answer.standalone_question[:MOST_QUESTION], "limit": PASSAGES}
        return fetch(self._client, SearchOut, "GET", "/v1/search", params=asked).passages


class ServiceLibrary:
    """The documents of a running service; each text is fetched once, when it is needed."""

    def __init__(self, client: httpx.Client) -> None:
        self._ids: dict[str, str] = {}
        offset: int | None = 0
        while offset is not None:
            asked = {"limit": _PAGE, "offset": offset}
            page = fetch(client, DocumentsOut, "GET", "/v1/documents", params=asked)
            self._ids |= {one.source: one.document_id for one in page.documents}
            offset = page.next_offset
        self._text = cache(
            lambda key: fetch(client, DocumentTextOut, "GET", f"/v1/documents/{key}").text
        )

    def find(self, source: str) -> str | None:
        return self._ids.get(source)

    def text(self, document_id: str) -> str:
        """A document that the service does not have is empty, so that no citation is in it."""
        return self._text(document_id) if document_id in self._ids.values() else ""

    def sources(self) -> list[str]:
        return list(self._ids)


def fetch(client: httpx.Client, body: type[Body], method: str, path: str, **options: Any) -> Body:
    """One request whose reply has the shape of `body`. Raises TargetError, with what came."""
    try:
        reply = client.request(method, path, **options)
    except httpx.HTTPError as error:
        reason = str(error) or type(error).__name__
        raise TargetError(f"{shown_address(str(client.base_url.join(path)))}: {reason}") from None
    if reply.is_error:
        raise TargetError(f"{method} {path} answered {reply.status_code}: {_detail(reply)}")
    try:
        return body.model_validate_json(reply.content)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "the body"
        raise TargetError(f"{method} {path}: {field}: {first['msg']}") from None


def _detail(reply: httpx.Response) -> str:
    try:
        return str(reply.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return reply.text[:200]
