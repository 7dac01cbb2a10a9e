"""The verdict that a language model gives as JSON or in words."""

import json
import re
from collections.abc import Iterator

_VERDICTS = {
    "supported": 1.0,
    "fully supported": 1.0,
    "yes": 1.0,
    "partially supported": 0.0,
    "partially": 0.0,
    "partly supported": 0.0,
    "not fully supported": 0.0,
    "not supported": 0.0,
    "unsupported": 0.0,
    "contradicted": 0.0,
    "no": 0.0,
}
_OBJECT = re.compile(r"\{[^{}]*\}")
_LABEL = re.compile(r"^(?:(?:the )?(?:final )?(?:verdict|answer)|supported)\s*(?::|=| is )\s*")
# A verdict stands alone or before a stop: "supported by half" is none.
_SPOKEN = re.compile(r"([a-z ]+?)\s*(?:$|[.,;:!(–—-])")


def read_verdict(reply: str) -> float | None:
    """1, 0, or None when there is no verdict, or when there are several that differ."""
    found = set(_written(reply)) or set(_spoken(reply))
    return found.pop() if len(found) == 1 else None


def _written(reply: str) -> Iterator[float]:
    """Verdicts as JSON: {"verdict": "supported"} or {"supported": true}."""
    for written in _OBJECT.findall(reply):
        try:
            said = json.loads(written)
        except ValueError:
            continue
        verdict = said.get("verdict", said.get("supported"))
        if isinstance(verdict, bool):
            yield float(verdict)
        elif _plain(str(verdict)) in _VERDICTS:
            yield _VERDICTS[_plain(str(verdict))]


def _spoken(reply: str) -> Iterator[float]:
    """Verdicts in words, at the beginning of a line."""
    for line in reply.splitlines():
        said = _SPOKEN.match(_LABEL.sub("", _plain(line)))
        if said and said[1] in _VERDICTS:
            yield _VERDICTS[said[1]]


def _plain(text: str) -> str:
    """Without the marks that models put around words."""
    return " ".join(re.sub(r"[*_\"'`#>]+|(?<=\w)-(?=\w)", " ", text.lower()).split())
