"""Any server of the OpenAI protocol: OpenAI, Ollama, llama.cpp, vLLM, LM Studio, Groq, Mistral."""

from collections.abc import AsyncIterator, Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from service.language_models.endpoint import Endpoint
from service.language_models.remote import CONNECT_S, RemoteSource
from service.settings import ServiceSettings

if TYPE_CHECKING:
    import httpx
    from llama_index.core.base.llms.types import ChatResponse
    from llama_index.llms.openai_like import OpenAILike

_END_MARK = b"[DONE]"


def openai_like(model: str, settings: ServiceSettings) -> RemoteSource:
    import httpx
    import openai
    from llama_index.llms.openai_like import OpenAILike

    key = settings.model_api_key.get_secret_value()
    llm = OpenAILike(
        model=model,
        api_base=settings.model_base_url,
        api_key=key or "none",  # else the library would take one from the environment
        is_chat_model=True,
        temperature=settings.model_temperature,
        max_retries=0,
        additional_kwargs={"timeout": httpx.Timeout(None, connect=CONNECT_S)},
        async_http_client=openai.DefaultAsyncHttpxClient(event_hooks={"response": [_watch]}),
    )
    endpoint = Endpoint(
        provider="openai-like",
        model=model,
        url=settings.model_base_url,
        key=key,
        unreachable=(openai.APIConnectionError, httpx.ConnectTimeout),
        transport=(httpx.TransportError,),
        reported=(openai.APIError,),
    )
    return RemoteSource(
        llm,
        endpoint,
        _end_reason,
        settings.model_retries,
        begin=_begin,
        warm_up=lambda: _import_chat(llm),
    )


def _import_chat(llm: "OpenAILike") -> None:
    """Hundreds of modules, which the client imports when they are first used."""
    _ = llm._get_aclient().chat.completions


def _end_reason(reply: "ChatResponse") -> str | None:
    choices = getattr(reply.raw, "choices", None) or ()
    return next((choice.finish_reason for choice in choices if choice.finish_reason), None)


# LlamaIndex shows no reply for the protocol's last line, and leaves out a first one that has no
# text, though it may be the end. So the mark is looked for in what arrives.
_marks: ContextVar[list[bool]] = ContextVar("end marks of the request that this context makes")


def _begin() -> Callable[[], bool]:
    marks: list[bool] = []
    _marks.set(marks)
    return lambda: bool(marks)


async def _watch(response: "httpx.Response") -> None:
    response.stream = _watched(response.stream, _marks.get([]))


def _watched(stream: Any, marks: list[bool]) -> "httpx.AsyncByteStream":
    import httpx

    class Watched(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            tail = b""
            async for data in stream:
                tail = tail[-len(_END_MARK) :] + data
                if _END_MARK in tail:
                    marks.append(True)
                yield data

        async def aclose(self) -> None:
            await stream.aclose()

    return Watched()
