"""Ollama's own protocol: unlike its OpenAI one, it tells a model's context and takes a size for
it."""

from typing import TYPE_CHECKING, Any

from service.language_models.endpoint import Endpoint
from service.language_models.extras import missing_extra
from service.language_models.remote import CONNECT_S, RemoteSource
from service.settings import ServiceSettings

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatResponse
    from llama_index.llms.ollama import Ollama

_ADDRESS = "http://127.0.0.1:11434"
_ASKING_S = 2.0
# Ollama sets memory aside for the whole context, and many models can take far more than a
# question and its passages.
_MOST_CONTEXT = 8192


def ollama(model: str, settings: ServiceSettings) -> RemoteSource:
    """Raises ModelError when the extra is not installed."""
    try:
        from llama_index.llms.ollama import Ollama
        from ollama import AsyncClient, Client, ResponseError
    except ImportError:
        raise missing_extra("ollama") from None
    import httpx

    key = settings.model_api_key.get_secret_value()
    address = settings.model_base_url or _ADDRESS
    headers = {"authorization": f"Bearer {key}"} if key else {}
    client = Client(host=address, headers=headers, timeout=_ASKING_S)
    llm = Ollama(
        model=model,
        base_url=address,
        context_window=settings.model_context_tokens or _MOST_CONTEXT,
        temperature=settings.model_temperature,
        client=client,
        async_client=AsyncClient(
            host=address, headers=headers, timeout=httpx.Timeout(None, connect=CONNECT_S)
        ),
    )
    endpoint = Endpoint(
        provider="ollama",
        model=model,
        url=address,
        key=key,
        unreachable=(ConnectionError, httpx.ConnectError, httpx.ConnectTimeout),
        transport=(httpx.TransportError,),
        reported=(ResponseError,),
    )
    return RemoteSource(
        llm,
        endpoint,
        _end_reason,
        settings.model_retries,
        context_tokens=lambda: _context(llm, client, model),
        allow=lambda tokens: _allow(llm, tokens),
    )


def _end_reason(reply: "ChatResponse") -> str | None:
    if not (reply.raw and reply.raw["done"]):
        return None
    return reply.raw.get("done_reason") or "stop"  # old servers give none


def _allow(llm: "Ollama", tokens: int) -> dict[str, Any]:
    llm.additional_kwargs = {"num_predict": tokens}  # it takes no options with a request
    return {}


def _context(llm: "Ollama", client: Any, model: str) -> int | None:
    """What the model can take, and how much of it is asked for from now on; 0 when it is not
    told, None when the server did not answer."""
    try:
        about = client.show(model).modelinfo or {}
    except Exception:  # whatever is wrong is told when it is asked something
        return None
    lengths = [said for name, said in about.items() if name.endswith(".context_length")]
    if not lengths:
        return 0
    llm.context_window = min(int(lengths[0]), _MOST_CONTEXT)
    return llm.context_window
