"""Anthropic's protocol."""

from typing import TYPE_CHECKING

from ingest.errors import SettingsError
from service.language_models.endpoint import Endpoint
from service.language_models.extras import missing_extra
from service.language_models.remote import CONNECT_S, RemoteSource
from service.settings import ServiceSettings

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatResponse

_ADDRESS = "https://api.anthropic.com"
_HIGHEST_TEMPERATURE = 1.0


def anthropic(model: str, settings: ServiceSettings) -> RemoteSource:
    """Raises ModelError when the extra is not installed, SettingsError without a key."""
    try:
        from anthropic import APIConnectionError, APIError

        from service.language_models.anthropic_llm import AnthropicLLM
    except ImportError:
        raise missing_extra("anthropic") from None
    import httpx

    key = settings.model_api_key.get_secret_value()
    address = settings.model_base_url or _ADDRESS
    if not key and not settings.model_base_url:
        raise SettingsError("FOOTNOTE_MODEL_API_KEY: anthropic needs a key")
    llm = AnthropicLLM(
        model=model,
        base_url=address,
        api_key=key or "none",  # else the library would take one from the environment
        max_tokens=settings.model_most_tokens,
        temperature=min(settings.model_temperature, _HIGHEST_TEMPERATURE),
        max_retries=0,
        additional_kwargs={"timeout": httpx.Timeout(None, connect=CONNECT_S)},
    )
    endpoint = Endpoint(
        provider="anthropic",
        model=model,
        url=address,
        key=key,
        unreachable=(APIConnectionError, httpx.ConnectTimeout),
        transport=(httpx.TransportError,),
        reported=(APIError,),
    )
    return RemoteSource(
        llm,
        endpoint,
        _end_reason,
        settings.model_retries,
        context_tokens=lambda: llm.metadata.context_window,
    )


def _end_reason(reply: "ChatResponse") -> str | None:
    delta = (reply.raw or {}).get("delta")
    return getattr(delta, "stop_reason", None)
