"""What something is for and made of: "Polders are used for ...", "The board consists of ..."."""

import re
from collections.abc import Iterator
from typing import Final

from service.suggesting.forms.told import Told
from service.suggesting.phrases import in_sentence, is_many, is_phrase, stands_alone
from service.suggesting.suggestion import Draft

_USED: Final = re.compile(
    r"^(?P<what>[^,;:]{2,60}?)\s(?P<be>is|are|was|were)\s(?:[a-z]+\s)?(?P<used>(?:best|well|widely|mainly"
    r"|often|commonly|mostly|also)?\s?(?:used\s(?=to\s|for\s)|known\s(?=for\s)|responsible\s(?=for\s)))"
)
_CONSISTS: Final = re.compile(
    r"^(?P<what>[^,;:]{2,60}?)\s(?P<verb>consists?|consisted)\sof\s(?P<of>.{8,})"
)
_DEPENDS: Final = re.compile(r"^(?P<what>[^,;:]{2,60}?)\s(?P<verb>depends?)\son\s(?P<of>.{8,})")


def uses(told: Told) -> Iterator[Draft]:
    if (match := _USED.match(told.text)) and (subject := _subject(match, told)):
        used = match["used"].split()[-1]
        yield Draft(f"What {match['be']} {subject} {used} for?", "use", 0.9)
    for form, word in ((_CONSISTS, "of"), (_DEPENDS, "on")):
        if (match := form.match(told.text)) and (subject := _subject(match, told)):
            past = match["verb"].endswith("ed")
            do = "did" if past else "do" if is_many(subject) else "does"
            base = "consist" if word == "of" else "depend"
            yield Draft(f"What {do} {subject} {base} {word}?", "use", 0.85)


def _subject(match: re.Match[str], told: Told) -> str | None:
    what = match["what"]
    if not is_phrase(what, 6) or not stands_alone(what, told.title):
        return None
    return None if re.match(r"(?i)(?:an?|some)\s", what) else in_sentence(what, told.around)
