"""What a turn of a conversation mentions: names, quoted things, and phrases about things.

By surface form: a phrase is a run of words between function words and verbs, with its article
and with the phrases that "of", "on" or "for" tie to it ("the report on the harbour").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from service.answering.conversation.chunks import Token, chunks, tokens
from service.answering.conversation.word_classes import (
    ATTACHING,
    BREAKS,
    CALENDAR,
    COUNTS,
    DETERMINERS,
    PERSON_NOUNS,
    PLACE_NOUNS,
    PLACING,
    THING_WORDS,
    is_participle,
    is_plural,
    is_verb,
)

_POSSESSIVE: Final = re.compile(r"['’]s?\s")
_QUOTED: Final = re.compile(r"[\"“]([^\"“”]{3,60})[\"”]")
_MOST_WORDS: Final = 9
_TIMES: Final = CALENDAR | {"last", "next", "week", "month", "year", "day", "time"}
_GRADING: Final = frozenset({"most", "more", "less", "least", "very", "so", "too", "as"})
_SAYS: Final = frozenset({"said", "says", "say", "told", "added", "argued", "wrote", "asked"})


@dataclass(frozen=True, slots=True)
class Mention:
    """`text` as it stands; `head` is its noun, in lower case; `person` is how much speaks for one.

    person: 2 sure, 1 possible, 0 hardly, -1 no.
    """

    text: str
    start: int
    end: int
    head: str
    plural: bool
    person: int
    place: bool = False
    named: bool = False
    counted: bool = False
    nested: bool = False  # part of a longer one

    @property
    def bare(self) -> str:
        """Without its article or count."""
        first, _, rest = self.text.partition(" ")
        return rest if rest and first.lower() in DETERMINERS | COUNTS else self.text

    @property
    def definite(self) -> str:
        """As it is named a second time: "two pumps" and "a pump" come back as "the ..."."""
        first = self.text.partition(" ")[0].lower()
        if self.text == self.bare or (self.named and first not in ("a", "an", *COUNTS)):
            return self.text
        return f"the {self.bare}"


@lru_cache(maxsize=1024)  # each question of a conversation comes with the same turns before
def mentions(text: str, names: tuple[str, ...] = ()) -> tuple[Mention, ...]:
    """In order. `names`: names of the conversation, found in `text` whatever their capitals."""
    text = _with_capitals(_starts_lowered(text, names), names)
    found: list[Mention] = []
    words = tokens(text)
    for chunk in chunks(text, words):
        found += _of_chunk(text, words, chunk)
    found += [
        Mention(m[0], m.start(), m.end(), m[1].split()[-1].lower(), False, -1, named=True)
        for m in _QUOTED.finditer(text)
        if len(m[1].split()) < _MOST_WORDS
    ]
    found = sorted(_attached(text, found), key=lambda m: (m.start, -m.end))
    return tuple(replace(m, nested=True) if _inside(m, found) else m for m in found)


@lru_cache(maxsize=512)
def proper_names(text: str) -> tuple[str, ...]:
    """Runs of capitalised words, the first word of a sentence only as part of a longer run."""
    found = []
    for m in mentions(text):
        if m.named and not m.text.startswith(("“", '"')):
            starts = not re.search(r"[\w,;:)]\W{0,2}$", text[: m.start])
            if " " in m.bare or not starts:
                found.append(m.bare)
    return tuple(found)


def _inside(mention: Mention, others: Sequence[Mention]) -> bool:
    """Whether part of a longer one; of "Mona's boat", Mona counts as the whole."""
    if _POSSESSIVE.search(mention.text):
        return True
    return any(
        o.start <= mention.start
        and mention.end <= o.end
        and len(o.text) > len(mention.text)
        and not _POSSESSIVE.search(o.text)
        for o in others
    )


def _with_capitals(text: str, names: Sequence[str]) -> str:
    low = text.lower()
    inside = {name.lower(): name for name in names if name.lower() in low}
    if not inside:
        return text
    longest_first = sorted(map(re.escape, inside), key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE)
    return pattern.sub(lambda m: inside.get(m[0].lower(), m[0]), text)


def _starts_lowered(text: str, names: Sequence[str]) -> str:
    """A capital at the start of a sentence says nothing, unless another or "said" follows."""
    words = tokens(text)
    known = {word for name in names for word in name.split()}
    for at, word in enumerate(words):
        inside = at > 0 and not re.search(r"[.?!:\"“]\W*$", text[words[at - 1].end : word.start])
        follows = words[at + 1] if at + 1 < len(words) else None
        goes_on = follows and (follows.is_capital or follows.lower in _SAYS)
        owns = text[word.end : word.end + 2] in ("'s", "’s")
        if inside or not word.is_capital or word.text[1:] != word.text[1:].lower():
            continue
        if (
            word.text not in known
            and not owns
            and (not goes_on or word.lower in BREAKS | DETERMINERS)
        ):
            low = word.text.lower()
            if len(low) == len(word.text):
                text = text[: word.start] + low + text[word.end :]
    return text


def _of_chunk(text: str, words: Sequence[Token], chunk: range) -> Iterator[Mention]:
    """The phrase, and the name at its end or start if only part of it is one."""
    first = words[chunk[0]].lower
    body = [words[i] for i in chunk if i > chunk[0] or first not in DETERMINERS | COUNTS]
    body = body[: _MOST_WORDS - 1]
    before = words[chunk[0] - 1].lower if chunk[0] else ""
    if len(body) == len(chunk) == 1 and (_is_lone_verb(body[0].text) or before in _GRADING):
        return
    if not body or all(word.lower in _TIMES or word.text.isdigit() for word in body):
        return
    joins = first == "that" and is_plural(body[-1].lower)  # "said that people ..."
    begins = (body if joins else [words[chunk[0]]])[0].start
    after = words[chunk[-1] + 1].lower if chunk[-1] + 1 < len(words) else ""
    counted = first in COUNTS or first.isdigit()
    capitals = [word.is_capital or word.text.isdigit() for word in body]
    place = before in PLACING or body[-1].lower in PLACE_NOUNS
    if all(capitals):
        says = after in _SAYS and before not in ATTACHING
        named = _name(text, begins, body, before, place, says)
        yield replace(named, counted=counted, plural=named.plural or counted)
        return
    lower_nouns = [w for w, capital in zip(body, capitals, strict=True) if not capital]
    head = body[-1] if not capitals[-1] else lower_nouns[-1]
    if body[-1].text.isdigit():  # "clause 7"
        whole = text[begins : body[-1].end]
        yield Mention(whole, begins, body[-1].end, head.lower, False, -1, named=True)
        return
    if (
        capitals[-1] and body[-1].lower not in PERSON_NOUNS
    ):  # "spokesperson Ann Lee": the name is the thing
        run = body[len(body) - capitals[::-1].index(False) :]
        role = head.lower in PERSON_NOUNS
        yield _name(text, run[0].start, run, before, place and not role, role)
        return
    if capitals[0] and first not in DETERMINERS | COUNTS and not _one_thing(body):
        run = body[: capitals.index(False)]
        yield _name(text, begins, run, before, place, after in _SAYS)
        return
    whole = text[begins : body[-1].end]
    person = 2 if head.lower in PERSON_NOUNS else -1 if is_plural(head.lower) else 0
    plural = is_plural(head.lower)
    yield Mention(whole, begins, body[-1].end, head.lower, plural, person, place, counted=counted)
    if capitals[0] and begins < body[0].start:
        run = body[: capitals.index(False)]
        yield _name(text, run[0].start, run, before, False, False)


def _is_lone_verb(word: str) -> bool:
    return is_participle(word) and (word.endswith("ed") or is_verb(word))


def _one_thing(body: Sequence[Token]) -> bool:
    """Whether lower-case words after a name are nouns of one phrase: "Medi-Cal tests"."""
    return not is_verb(body[-1].lower) and len(body) <= 5


def _name(
    text: str, start: int, run: Sequence[Token], before: str, place: bool, sure: bool
) -> Mention:
    """A name as a mention. `sure`: what stands beside it says that it is a person's."""
    whole = text[start : run[-1].end]
    lowers = [word.lower for word in run]
    things = any(word in THING_WORDS | PLACE_NOUNS or word.isdigit() for word in lowers)
    articled = whole.lower().startswith("the ") or len(run) > 4
    initials = any(len(word.text) > 1 and word.text.isupper() for word in run)
    place = place or (len(run) == 1 and initials and len(run[0].text.replace(".", "")) < 3)
    if things or articled or initials or "." in run[-1].text:
        person = -1
    elif sure:
        person = 2
    else:
        person = 0 if place or (len(run) == 1 and before not in ("is", "was")) else 1
    head = lowers[-1]
    plural = is_plural(head) and articled
    return Mention(whole, start, run[-1].end, head, plural, person, place, named=True)


def _possessor(owned: Mention, text: str) -> Mention:
    """ "Mona Lind" of "Mona Lind's boat"."""
    words = text.split()
    named = words[-1][0].isupper()
    person = 1 if named and len(words) > 1 else 0
    head = words[-1].lower()
    end = owned.start + len(text)
    return Mention(text, owned.start, end, head, is_plural(head) and not named, person, named=named)


def _attached(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions, and joined ones: "the report" + "on" + "the harbour", "Ann" + "and" + "Bo"."""
    for one in found:
        yield one
        if whose := _POSSESSIVE.search(one.text):
            yield _possessor(one, one.text[: whose.start()])
    for one, other in pairwise(found):
        between = text[one.end : other.start].strip().lower()
        if one.end >= other.start or not between:
            continue
        whole = text[one.start : other.end]
        if len(whole.split()) > _MOST_WORDS:
            continue
        if between in ATTACHING and (one.text != one.bare or between == "of") and not one.place:
            yield replace(one, text=whole, end=other.end, named=one.named)
        elif between == "and" and one.named and other.named:
            both = min(one.person, other.person)
            yield replace(one, text=whole, end=other.end, plural=True, person=both)
