"""Questions that headings are, or can be made into."""

import re
from collections.abc import Iterator
from typing import Final

from service.suggesting.phrases import in_sentence, is_phrase, words_of
from service.suggesting.suggestion import Draft
from service.suggesting.word_lists import words_in

_HOW_TO: Final = re.compile(r"^How to (?P<do>[a-z].+)$")
_NUMBERED: Final = re.compile(
    r"^(?:(?:section|chapter|part|§)\s*)?[\dIVX]+(?:\.\d+)*[.):]?\s+", re.I
)
_SAYING: Final = words_in(
    "policy report handbook guide manual agreement contract charter code plan statement "
    "directive regulation regulations rules terms guidelines minutes notes"
)
_EMPTY: Final = words_in(
    "introduction overview summary conclusion conclusions background contents references "
    "notes appendix annex abstract general miscellaneous other more details see also scope "
    "purpose definitions related links sources history faq about attendance present apologies"
)


def heading(text: str, title: str, around: str) -> Iterator[Draft]:
    told = _NUMBERED.sub("", " ".join(text.split()))
    if told.endswith(("?", "？")):
        yield Draft(told, "heading", 1.0)
    elif match := _HOW_TO.match(told.rstrip(".")):
        yield Draft(f"How do I {match['do']}?", "heading", 0.95)
    else:
        yield from _of_a_title(told, title, around)


def _of_a_title(told: str, title: str, around: str) -> Iterator[Draft]:
    words, named = words_of(told), words_of(title)
    if not named or named[-1].lower() not in _SAYING or len(named) > 6 or "." in title:
        return
    if not 0 < len(words) <= 5 or {word.lower() for word in words} & _EMPTY:
        return
    if not is_phrase(told, 5) or not is_phrase(title, 6) or told.isupper() or title.isupper():
        return
    do = "do" if named[-1].lower().endswith("s") else "does"
    the = title if title.lower().startswith("the ") else f"the {title}"
    the = the[0].lower() + the[1:]
    yield Draft(f"What {do} {the} say about {in_sentence(told, around)}?", "heading", 0.7)
