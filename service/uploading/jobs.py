"""A job: the ingest of some uploaded files, as it is at one moment."""

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from ingest.errors import FootnoteError
from ingest.report import Report
from service.uploading.files import Upload

State = Literal["queued", "running", "done", "failed"]


class JobNotFound(FootnoteError):
    """No job has this id, or it was too long ago."""


@dataclass(frozen=True, slots=True)
class Job:
    """An ingest of some uploaded files, as it is at one moment. Times are seconds since 1970."""

    id: str
    files: tuple[Upload, ...]
    state: State = "queued"
    passages: int = 0
    """Passages embedded so far."""
    report: Report | None = None
    """What was done."""
    error: str = ""
    """Why it failed as a whole, or is still waiting after it was tried."""
    tries: int = 0
    """How often something kept it from being done that will pass."""
    deaths: int = 0
    """How often a process died while working on it."""
    created: float = field(default_factory=time.time)
    due: float = 0.0
    """Not to be tried before."""

    @classmethod
    def of(cls, files: Sequence[Upload]) -> "Job":
        """A new one."""
        return cls(uuid.uuid4().hex, tuple(files))

    @property
    def has_ended(self) -> bool:
        return self.state in ("done", "failed")
