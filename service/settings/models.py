"""Settings of the language model that writes answers, if one does."""

from typing import Annotated

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings

EXTRACTIVE = "extractive"
"""The model of answers in the documents' own words."""
PROVIDERS = ("openai-like", "ollama", "anthropic", "local")


class ModelSettings(BaseSettings):
    """What writes, and how long it may take."""

    model: Annotated[
        str,
        Field(
            description="What writes the answers: extractive quotes, in process, offline; or "
            "provider:model, a language model, with provider openai-like, ollama, anthropic or "
            "local (docs/models.md).",
        ),
    ] = EXTRACTIVE
    model_base_url: Annotated[
        str,
        Field(
            validate_default=True,
            description="Address of the language model's server: needed for openai-like, where it "
            "mostly ends in /v1; for ollama http://127.0.0.1:11434 if empty.",
        ),
    ] = ""
    model_api_key: Annotated[
        SecretStr, Field(description="The language model server's key, if it wants one.")
    ] = SecretStr("")
    model_context_tokens: Annotated[
        int | None,
        Field(
            ge=512,
            description="Tokens that the language model reads and writes together; if empty, what "
            "is known of the model (for ollama at most 8192), else 8192.",
        ),
    ] = None
    model_most_tokens: Annotated[
        int, Field(ge=16, le=100_000, description="Tokens that an answer may have, thoughts too.")
    ] = 700
    model_temperature: Annotated[
        float, Field(ge=0.0, le=2.0, description="0 for the likeliest words; more for variety.")
    ] = 0.0
    model_timeout_seconds: Annotated[
        float,
        Field(gt=0, le=3600, description="For a whole answer of a language model, with retries."),
    ] = 60.0
    model_retries: Annotated[
        int,
        Field(
            ge=0,
            le=10,
            description="How often a language model's server is asked again that cannot be "
            "reached, is busy or fails, before any text has come.",
        ),
    ] = 2
    model_tokenizer: Annotated[
        str,
        Field(
            description="A tokenizer.json, or a folder with one, to count the language model's "
            "tokens with; if empty, a local model's own, else an estimate, rather too high.",
        ),
    ] = ""

    @field_validator("model")
    @classmethod
    def _model_of_a_provider(cls, value: str) -> str:
        provider, _, name = value.partition(":")
        if value == EXTRACTIVE or (provider in PROVIDERS and name.strip()):
            return value
        forms = ", ".join(f"{provider}:MODEL" for provider in PROVIDERS)
        raise ValueError(f"must be {EXTRACTIVE}, or one of {forms}")

    @field_validator("model_base_url")
    @classmethod
    def _model_address(cls, value: str, info: ValidationInfo) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        if not value and str(info.data.get("model", "")).startswith("openai-like:"):
            raise ValueError(
                "openai-like needs the address of its server, such as http://127.0.0.1:8080/v1"
            )
        return value
