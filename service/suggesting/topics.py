"""What a document speaks of: the phrases that it repeats."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from service.answering.conversation.chunks import chunks, tokens
from service.answering.conversation.word_classes import (
    CALENDAR,
    COUNTS,
    DEGREES,
    DETERMINERS,
    is_verb,
)
from service.retrieval.words import says_something

_MOST: Final = 12
_OWN: Final = DETERMINERS | COUNTS | DEGREES


def topics_of(title: str, sentences: Sequence[str]) -> tuple[str, ...]:
    """Phrases of two words or more that stand in two sentences or more, the most frequent first;
    those whose words the title has count double."""
    counts: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    for sentence in sentences:
        for phrase in set(_phrases(sentence)):
            counts[phrase.lower()] += 1
            spellings.setdefault(phrase.lower(), Counter())[phrase] += 1
    named = {word.lower() for word in re.findall(r"\w+", title)}
    often = {key: n * (2 if set(key.split()) <= named else 1) for key, n in counts.items() if n > 1}
    best = sorted(often, key=lambda key: (-often[key], key))[:_MOST]
    return tuple(spellings[key].most_common(1)[0][0] for key in best)


def _phrases(sentence: str) -> Iterator[str]:
    words = tokens(sentence)
    for found in chunks(sentence, words):
        kept = [words[at] for at in found]
        while kept and kept[0].lower in _OWN:
            kept = kept[1:]
        phrase = sentence[kept[0].start : kept[-1].end] if kept else ""
        if 1 < len(kept) <= 4 and _is_topic(phrase, kept[-1].lower, kept[0].start == 0):
            yield phrase


def _is_topic(phrase: str, last: str, is_first: bool) -> bool:
    lower = phrase.lower().split()
    if is_first and not phrase.split()[1][0].isupper():
        return False  # capitalised for the sentence's sake
    if any(word in CALENDAR or word in DETERMINERS or word.isdigit() for word in lower):
        return False
    is_low = phrase == phrase.lower()
    if is_low and (last.endswith("ly") or (is_verb(last) and last.endswith("ed"))):
        return False
    return re.fullmatch(r"[\w’'-]+(?: [\w’'-]+)+", phrase) is not None and says_something(phrase)
