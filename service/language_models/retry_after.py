"""When a busy server says it will be free: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def retry_after_seconds(headers: Mapping[str, str]) -> float | None:
    """From `Retry-After`, in seconds or as a date; None without one that can be read."""
    said = headers.get("retry-after", "").strip()
    try:
        seconds = float(said) if said.replace(".", "", 1).isdigit() else _until(said)
    except (ValueError, TypeError):
        return None
    return max(0.0, seconds)


def _until(date: str) -> float:
    moment = parsedate_to_datetime(date)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - datetime.now(UTC)).total_seconds()
