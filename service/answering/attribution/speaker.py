"""Who makes the claim that a sentence reports, in the words of the text.

The name may stand in the sentence, around the quotation the sentence is part of, or before the
pronoun that the sentence has instead.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.sentences import sentence_spans
from service.answering.attribution.clause import named_speaker
from service.answering.attribution.words import Span, places, quotations, tagged_words

_PERSON = re.compile(r"(?<![NRd])(?:d[nNR]{0,3}R|[NR]{0,4}R)?(?P<name>N{1,4})(?![NRX])")
_SENTENCES_BACK = 4


@dataclass(frozen=True, slots=True)
class Speaker:
    """`text[start:end]` names who makes the claim; `name` is that with white space collapsed."""

    name: str
    start: int
    end: int


def speaker_of(text: str, start: int, end: int) -> Speaker | None:
    """Who is said to claim the sentence `text[start:end]`; None for what the text says itself.

    `text` is a passage or a document, its paragraphs divided by empty lines. The name may stand
    outside the sentence: that of a quotation's other sentence, or what a pronoun stands for.
    """
    start, end = max(0, start), min(end, len(text))
    if start >= end or not text[start:end].strip():
        return None
    here = _paragraph_at(text, start)
    end = min(end, here[1])
    found = _quoted(text, here, start, end) or _named(text, here, (start, end))
    return Speaker(" ".join(text[found[0] : found[1]].split()), *found) if found else None


def _paragraph_at(text: str, place: int) -> Span:
    start = text.rfind("\n\n", 0, place + 1) + 2
    end = text.find("\n\n", max(start, place))
    return (start if start > 1 else 0), (end if end >= 0 else len(text))


def _paragraph_before(text: str, here: Span) -> Span | None:
    end = len(text[: here[0]].rstrip())
    return _paragraph_at(text, end - 1) if end else None


def _named(text: str, here: Span, sentence: Span) -> Span | None:
    """The speaker a sentence names itself, be it by a pronoun."""
    base = here[0]
    found = named_speaker(text[base : here[1]], sentence[0] - base, sentence[1] - base)
    if found is None:
        return None
    named = base + found.start, base + found.end
    return _antecedent(text, here, sentence, named) if found.is_pronoun else named


def _sentences(text: str, paragraph: Span) -> list[Span]:
    base = paragraph[0]
    return [(base + a, base + b) for a, b in _spans(text[base : paragraph[1]])]


@lru_cache(maxsize=256)
def _spans(paragraph: str) -> tuple[Span, ...]:
    return tuple(sentence_spans(paragraph))


def _quoted(text: str, here: Span, start: int, end: int, hops: int = 2) -> Span | None:
    """The speaker of a sentence that is all quotation, found around the quotation."""
    quotation = _all_within(text, here, start, end)
    if quotation is None:
        return None
    sentences = _sentences(text, here)
    parts = [n for n, (a, b) in enumerate(sentences) if a < quotation[1] and b > quotation[0]]
    for n in reversed(parts):
        if named := _named(text, here, sentences[n]):
            return named
    first = parts[0] if parts else 0
    if first > 0:
        before = sentences[first - 1]
        return _named(text, here, before) or (
            _quoted(text, here, *before, hops - 1) if hops and before[1] <= start else None
        )
    if parts and parts[-1] + 1 < len(sentences):
        return _named(text, here, sentences[parts[-1] + 1])
    return _of_paragraph_before(text, here, hops)


def _all_within(text: str, here: Span, start: int, end: int) -> Span | None:
    base = here[0]
    for a, b in quotations(text[base : here[1]]):
        if base + a < end and base + b > start:
            outside = text[start : max(start, base + a)] + text[base + b : end]
            return None if any(c.isalnum() for c in outside) else (base + a, base + b)
    return None


def _of_paragraph_before(text: str, here: Span, hops: int) -> Span | None:
    """A paragraph that is one quotation goes on with what the last sentence before it quotes."""
    before = _paragraph_before(text, here)
    is_title = re.search(r"[.!?…,]\W*$", text[slice(*here)]) is None
    if before is None or not hops or is_title:
        return None
    sentences = _sentences(text, before)
    if not sentences:
        return None
    last = sentences[-1]
    return _named(text, before, last) or _quoted(text, before, *last, hops - 1)


def _antecedent(text: str, here: Span, sentence: Span, pronoun: Span) -> Span | None:
    """The one earlier name that fits, in the nearest sentence that has any."""
    word = text[pronoun[0] : pronoun[1]].lower()
    before = [(here, one) for one in _sentences(text, here) if one[1] <= sentence[0]]
    previous = _paragraph_before(text, here)
    if previous is not None:
        before = [(previous, one) for one in _sentences(text, previous)] + before
    if word in ("they", "it"):
        return _body(text, *before[-1], word) if before else None
    if _people(text, here, (sentence[0], pronoun[0])):
        return None
    for paragraph, one in reversed(before[-_SENTENCES_BACK:]):
        people = _people(text, paragraph, one)
        if people:
            last_words = {text[a:b].split()[-1] for a, b in people}
            fits = len(last_words) == 1 and _is_of(text[slice(*people[0])], word)
            return people[0] if fits and not _is_place(text[: people[0][0]]) else None
    return None


def _body(text: str, paragraph: Span, sentence: Span, word: str) -> Span | None:
    """What "they" or "it" stands for: who spoke in the sentence before, if that can be."""
    base = paragraph[0]
    found = named_speaker(text[base : paragraph[1]], sentence[0] - base, sentence[1] - base)
    if found is None or found.is_pronoun:
        return None
    named = base + found.start, base + found.end
    head = re.split(r"\s(?:of|at|for|from|by|in)\s", text[slice(*named)])[0]
    many = head.endswith("s") or head.endswith(("men", "people")) or " and " in head
    if word == "they":
        return named if many else None
    return None if many or _people(text, paragraph, named) else named


def _is_of(name: str, pronoun: str) -> bool:
    other = (
        r"\b(?:Mr|king|\w*sman|Sir|Lord)\b"
        if pronoun == "she"
        else (r"\b(?:Mrs|Ms|Miss|queen|\w*swoman|Lady|Dame)\b")
    )
    return re.search(other, name, re.IGNORECASE) is None


def _people(text: str, paragraph: Span, span: Span) -> list[Span]:
    """Names that look like a person's, titles included: a full name, or the end of an earlier one.

    Much else of two capitalised words looks like one too: it may hide who is meant.
    """
    base = paragraph[0]
    tokens = tagged_words(text[base : paragraph[1]], span[0] - base, span[1] - base)
    tags = "".join(tag for tag, _, _ in tokens)
    found = []
    for match in _PERSON.finditer(tags):
        a, b = base + tokens[match.start()][1], base + tokens[match.end() - 1][2]
        words = text[a:b].split()
        full = len(match["name"]) > 1 and words[-1].lower() not in places()
        if full or _known(text[:a], words[-1]):
            found.append((a, b))
    return found


def _is_place(before: str) -> bool:
    """Whether the name that follows may be one of a place."""
    return re.search(r"\b(?:in|at|to|from|of|near|across|through)\s+$", before) is not None


def _known(before: str, name: str) -> bool:
    return re.search(rf"\b[A-Z][\w.]+ {re.escape(name)}\b", before[-20_000:]) is not None
