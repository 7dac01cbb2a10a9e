"""Failures of an ingest that pass by themselves, so that it is worth being tried again."""

from ingest.errors import IndexBusy, IndexMissing, IndexUnreachable, ModelUnreachable
from ingest.full_disk import NO_ROOM, is_disk_full
from service.uploading.files import UploadsFull, UploadsUnwritable

_PASSING = (
    IndexBusy,
    IndexMissing,  # removed while it is written to; the next try makes another
    IndexUnreachable,
    ModelUnreachable,
    UploadsFull,
    UploadsUnwritable,
)


def passing_reason(error: BaseException) -> str | None:
    """What is in the way, for a person; None when it will stay."""
    if is_disk_full(error):
        return NO_ROOM
    return str(error) if isinstance(error, _PASSING) else None
