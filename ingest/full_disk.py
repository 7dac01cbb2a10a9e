"""Telling a full disk from whatever libraries make of it."""

import errno
import shutil
from pathlib import Path

NO_ROOM = "there is no room left on the disk"
FULL = (errno.ENOSPC, errno.EDQUOT)
_SAID = (NO_ROOM, "disk is full", "no space left", "disk quota exceeded")
_LEAST_ROOM = 32_000_000  # bytes


def is_disk_full(error: BaseException | None) -> bool:
    """Whether that is what an error, or one that led to it, comes from."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in FULL:
            return True
        said = str(error).casefold()
        if any(words in said for words in _SAID):
            return True
        error = error.__cause__ or error.__context__
    return False


def is_nearly_full(place: Path | str) -> bool:
    """Whether there is so little room that it is why a write there failed, whatever was said."""
    try:
        return shutil.disk_usage(place).free < _LEAST_ROOM
    except OSError:
        return False
