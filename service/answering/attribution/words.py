"""The words of a sentence outside quotation marks, each with a one-letter tag.

The tags are those of `reporting_verbs.txt`, and N a name, n another word, # a number, g a
possessive, P what stands in brackets, Q a quotation and q one that begins in lower case.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

Span = tuple[int, int]


class Token(NamedTuple):
    tag: str
    start: int
    end: int


_MARK = re.compile(
    r"[“”„«»\"]|(?<!\w)[‘'](?=\w)[^“”\"\n]{3,600}?[,.!?][’'](?!\w)"  # or a whole '...,'
)
_TOKEN = re.compile(
    r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]"
    r"|(?:[^\W\d_]\.){2,}[^\W\d_]?|(?:[A-Z]\.)+[A-Z]\b|[A-Z]\.(?=\s)"
    r"|(?:Dr|Mr|Mrs|Ms|Prof|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Rev|Hon|Jr|Sr)\."
    r"|(?:Corp|Inc|Ltd|Co|Bros)\.(?=,?\s+[a-z0-9])"
    r"|\w+(?:[.'’&/–-]\w+)*(?:(?<=s)['’](?=\s\w))?|[^\w\s]"
)
_TALKERS = re.compile(r"(?:ologist|omist|ist|ian|man|men|woman|women|person)s?$")


@lru_cache(maxsize=256)
def quotations(paragraph: str) -> tuple[Span, ...]:
    """Spans of the quotations, marks included; one never closed goes to the paragraph's end."""
    found = []
    opened = -1
    for mark in _MARK.finditer(paragraph):
        sign, place = mark.group(), mark.start()
        if opened < 0 and len(sign) > 1:
            found.append(mark.span())
        elif opened < 0 and (sign in "“„«" or (sign == '"' and paragraph[place + 1 :][:1].strip())):
            opened = place
        elif opened >= 0 and sign in '”»"':
            found.append((opened, place + 1))
            opened = -1
    return (*found, (opened, len(paragraph))) if opened >= 0 else tuple(found)


def tagged_words(paragraph: str, start: int, end: int) -> list[Token]:
    """Words and signs of a span; a quotation, or what of it is in the span, is one token."""
    found: list[Token] = []
    place = start
    for a, b in (*quotations(paragraph), (end, end)):
        if b <= start or a > end:
            continue
        for match in _TOKEN.finditer(paragraph, place, max(place, a)):
            _add(found, match.group(), *match.span())
        if a < end:
            found.append(_quoted_token(paragraph, max(a, start), min(b, end)))
        place = b
    return found


def _quoted_token(paragraph: str, start: int, end: int) -> Token:
    words = paragraph[start:end].strip("“”„«»\"‘’' []")
    if words[:1].islower():
        return Token("q", start, end)
    is_speech = words[-1:] in ("", *".,!?…—") or words.count(" ") > 2
    return Token("Q" if is_speech else "n", start, end)


def _add(tokens: list[Token], word: str, start: int, end: int) -> None:
    tag = _tag(word, not tokens or tokens[-1].tag in "Q:-")
    back = 2 if tokens and tokens[-1].tag == "m" else 1
    if tag == "G" and len(tokens) >= back and tokens[-back].tag == "b":
        tag = participles()[word.lower()]  # "is urging": as good as "urges"
        tokens[-back] = tokens[-back]._replace(tag="h")
    tokens.append(Token(tag, start, end))


def _tag(word: str, is_first: bool) -> str:
    if not word[0].isalnum():
        return "P" if word[0] in "([" else "-" if word in "—–-" else word if word in ",;:" else "."
    lower = word.lower()
    if lower.endswith(("'s", "’s", "s'", "s’")):
        return "g"
    tag = _lexicon().get(lower)
    if word[0].isupper() and not is_first:
        return tag if tag and tag in "dTRXup" and len(word) > 1 else "N"
    if tag is not None:
        return tag
    if word[0].isdigit():
        return "#"
    if word[0].isupper():
        return "N"
    return "m" if lower.endswith("ly") else "R" if _TALKERS.search(lower) else "n"


@cache
def _lexicon() -> dict[str, str]:
    """Tags of words, lower case; -ing forms of the verbs are all G."""
    found: dict[str, str] = {}
    for tag, word in _entries():
        if tag != "z":
            found.setdefault(word, tag)
    return {**found, **dict.fromkeys(participles(), "G")}


@cache
def places() -> frozenset[str]:
    return frozenset(word for tag, word in _entries() if tag == "z")


@cache
def participles() -> dict[str, str]:
    """Which kind of verb an -ing form belongs to."""
    verbs = [(tag, word) for tag, word in _entries() if tag in "SACFJYDL" and word.endswith("ing")]
    return {word: tag for tag, word in reversed(verbs)}


def _entries() -> Iterator[tuple[str, str]]:
    file = files("service.answering.attribution").joinpath("reporting_verbs.txt")
    listed = file.read_text("utf-8")
    tag = ""
    for line in listed.splitlines():
        if line.startswith("["):
            tag = line[1]
        elif line and not line.startswith("#"):
            for entry in line.split():
                yield from ((tag, form) for form in _forms(tag, entry))


def _forms(tag: str, entry: str) -> list[str]:
    if "/" in entry or tag not in "SACFJYDL":
        return entry.split("/")
    stem = entry.removesuffix("e")
    if entry.endswith("y") and entry[-2] not in "aeo":
        return [entry, entry[:-1] + "ies", entry[:-1] + "ied", entry + "ing"]
    plural = entry + ("es" if entry.endswith(("s", "sh", "ch", "ss")) else "s")
    return [entry, plural, stem + "ed", stem + "ing"]


def word_of(token: Token, text: str) -> str:
    return text[token.start : token.end].lower()
