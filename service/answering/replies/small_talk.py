"""What is said to the service itself and no question to the documents: greetings, thanks, ...

Only a message that is nothing else counts: "thanks. when was it signed?" is a question. Phrases
and replies are data (small_talk.yaml).
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, get_args

import yaml

from service.answering.replies.templates import Spelling, Words, cover, expand_lines, words_of

Kind = Literal[
    "acknowledgement", "greeting", "thanks", "goodbye", "how_are_you", "who", "help", "documents"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""From the least to the most that a reply has to say."""

_MOST_CHARACTERS = 200  # a longer message has more to say


@dataclass(frozen=True, slots=True)
class _Talk:
    """`phrases` are the kinds' and, with None, the fillers."""

    phrases: dict[Words, Kind | None]
    longest: int
    spelling: Spelling

    def kinds_in(self, words: Words) -> set[Kind]:
        """The kinds a message is made of; none when there is something else in it."""
        evened = self.spelling.evened(words)
        guessed = self.spelling.guessed(evened)
        found = cover(evened, guessed, self.phrases, self.longest) or ()
        return {kind for kind in found if kind}


def small_talk(message: str) -> Kind | None:
    """What kind of small talk a whole message is; None for one that has a question in it."""
    return _small_talk(message) if len(message) <= _MOST_CHARACTERS else None


@lru_cache(maxsize=1000)
def _small_talk(message: str) -> Kind | None:
    return max(_talk().kinds_in(words_of(message)), key=KINDS.index, default=None)


@cache
def talk_data() -> dict[str, Any]:
    text = files("service.answering.replies").joinpath("small_talk.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


@cache
def _talk() -> _Talk:
    data = talk_data()
    phrases: dict[Words, Kind | None] = dict.fromkeys(expand_lines(data["fillers"]))
    for kind in KINDS:
        phrases |= dict.fromkeys(expand_lines(data["kinds"][kind]["phrases"]), kind)
    phrases.pop((), None)
    spelling = Spelling(phrases, data["misspelt"], words_of(data["kept"]))
    return _Talk(phrases, max(map(len, phrases)), spelling)
