"""What files say of themselves: title, author, date; only where it says something."""

import re
from datetime import date
from typing import Any

from ingest.readers.text import normalise

_NO_TITLE = re.compile(
    r"untitled.*|unbenannt.*|sans titre.*|microsoft \w+ ?-.*|(?:powerpoint )?presentation|title"
    r"|(?:word )?document\d*|slide \d+|none|null|\(?anonymous\)?|unspecified|[\W\d_]*"
    r"|.*\.(?:docx?|pptx?|xlsx?|pdf|tex|dvi|indd|qxd|rtf|od[tps]|html?|txt|e?ps|cdr|pub|pages|key)",
    re.IGNORECASE | re.DOTALL,
)
_NO_AUTHOR = frozenset(
    {"", "anonymous", "author", "unknown", "user", "unspecified", "administrator", "admin"}
    | {"python-docx", "openpyxl", "microsoft office user", "steve canny"}  # of default templates
)
_LONGEST = 300


def sensible_title(title: str | None) -> str | None:
    """The title on one line; None for file names and what programs put in by themselves."""
    title = _one_line(title)
    return None if _NO_TITLE.fullmatch(title) or len(title) > _LONGEST else title


def metadata(author: str | None, day: date | None) -> dict[str, str]:
    """Under `author` and `date` (YYYY-MM-DD) what is known of them."""
    found = {}
    author = _one_line(author)[:_LONGEST]
    if author.strip("()").casefold() not in _NO_AUTHOR:
        found["author"] = author
    if day:
        found["date"] = f"{day:%Y-%m-%d}"
    return found


def office_properties(part: Any, core: str) -> tuple[str | None, dict[str, str]]:
    """Title and metadata of an opened Office file; `part` is its main part, `core` the
    relationship to its properties.

    The relationship is followed first, because of a file without properties the libraries would
    make some up.
    """
    try:
        part.package.part_related_by(core)
        properties = part.package.core_properties
        return sensible_title(properties.title), metadata(properties.author, properties.created)
    except (ValueError, TypeError, AttributeError, KeyError):  # the text is still worth reading
        return None, {}


def _one_line(text: str | None) -> str:
    return " ".join(normalise(text or "").split())
