"""`GET /v1/access`: what whoever asks may do, and within which limits."""

from fastapi import APIRouter, Request

from ingest.readers import known_suffixes
from service.api_keys import Role
from service.http.dependencies import AssemblyDependency
from service.http.schemas import Described
from service.settings import MOST_QUESTION

router = APIRouter(prefix="/v1", tags=["Operation"])


class AccessOut(Described):
    key_needed: bool
    """Whether the service wants a key."""
    role: Role
    """Of the key that was sent: `ask` may ask, search and read, `manage` may do everything; without
    keys everyone may."""
    may_upload: bool
    """Whether documents may be added and deleted."""
    most_question_characters: int
    """The longest question."""
    most_upload_bytes: int
    """The largest upload, all its files together."""
    file_types: list[str]
    """How the names of files end that can be read, such as `.pdf`."""


@router.get("/access", summary="What may I do?")
async def access(request: Request, assembly: AssemblyDependency) -> AccessOut:
    """What the key that was sent may do, and how much the service takes at once."""
    settings = assembly.settings
    role: Role = getattr(request.state, "role", "manage")
    return AccessOut(
        key_needed=bool(settings.api_keys.get_secret_value()),
        role=role,
        may_upload=role == "manage",
        most_question_characters=MOST_QUESTION,
        most_upload_bytes=settings.most_upload_megabytes * 1_000_000,
        file_types=sorted({*known_suffixes(), *map(str.lower, settings.readers)}),
    )
