"""From `FOOTNOTE_MODEL=provider:model` to a language model."""

from collections.abc import Callable

from ingest.errors import FootnoteError, SettingsError
from service.language_models.anthropic import anthropic
from service.language_models.breaker import Breaker
from service.language_models.endpoint import shortened
from service.language_models.language_model import LanguageModel
from service.language_models.local import LocalSource, local
from service.language_models.ollama import ollama
from service.language_models.openai_like import openai_like
from service.language_models.source import Source
from service.language_models.tokens import EstimatedTokens, TokenCounter, TokenizerFile
from service.settings import ServiceSettings

_SOURCES: dict[str, Callable[[str, ServiceSettings], Source]] = {
    "openai-like": openai_like,
    "ollama": ollama,
    "anthropic": anthropic,
    "local": local,
}


def load_language_model(settings: ServiceSettings) -> LanguageModel:
    """No server is asked yet. Raises SettingsError or ModelError, in one clear line."""
    _check_key(settings)
    provider, _, model = settings.model.partition(":")
    if provider not in _SOURCES:
        raise SettingsError(f"FOOTNOTE_MODEL: {settings.model} is no language model")
    source = _source(provider, model.strip(), settings)
    return LanguageModel(
        settings.model,
        source,
        _tokens(source, settings),
        context_tokens=settings.model_context_tokens or _known_context(provider, source),
        most_tokens=settings.model_most_tokens,
        breaker=Breaker(f"the language model {settings.model}"),
    )


def _source(provider: str, model: str, settings: ServiceSettings) -> Source:
    try:
        return _SOURCES[provider](model, settings)
    except FootnoteError:
        raise
    except Exception as error:  # a client library that makes nothing of a name or an address
        raise SettingsError(
            f"FOOTNOTE_MODEL, FOOTNOTE_MODEL_BASE_URL: {settings.model} cannot be used: "
            f"{shortened(str(error))}"
        ) from None


def _known_context(provider: str, source: Source) -> int | None:
    # Ollama's server would have to be asked, and it may not be there yet.
    return None if provider == "ollama" else source.context_tokens()


def _tokens(source: Source, settings: ServiceSettings) -> TokenCounter:
    if settings.model_tokenizer:
        return TokenizerFile(settings.model_tokenizer)
    return source if isinstance(source, LocalSource) else EstimatedTokens()


def _check_key(settings: ServiceSettings) -> None:
    key = settings.model_api_key.get_secret_value()
    if not (key.isascii() and key.isprintable()) or key != key.strip():
        raise SettingsError("FOOTNOTE_MODEL_API_KEY: has characters that no key has")
