"""Who did what, and when: "Ida Holm built the mill in 1898."."""

import re
from collections.abc import Iterator
from typing import Final

from service.answering.attribution.words import tagged_words
from service.answering.conversation.word_classes import COUNTS, DETERMINERS, PREPOSITIONS, is_plural
from service.suggesting.forms.told import CLAUSE_TIME, Told
from service.suggesting.phrases import (
    full_name,
    in_sentence,
    is_clean,
    is_name,
    is_phrase,
    is_someone,
    stands_alone,
    words_of,
)
from service.suggesting.suggestion import Draft
from service.suggesting.verbs import base_of_past, past_of_participle
from service.suggesting.word_lists import words_in

_WHEN: Final = re.compile(rf"\s(?P<when>{CLAUSE_TIME})(?P<after>.*)$")
_FURTHER: Final = re.compile(
    r"(?:,|\s(?:to|and|but|because|so|while|after|before|when|where|as|by|with|for|from"
    r"|during|until|since|through|following|saying|due|if|although|though|then|it|they|he|she)\s).*$"
)
_WITH_INFINITIVE: Final = words_in(
    "order allow permit force ask urge encourage require enable help lead cause persuade invite "
    "want expect convince instruct intend cease begin start continue try attempt need use decide"
)
_RELATIVE: Final = re.compile(r"\s(?:which|that|who|whom|whose)\b")
_SAYING: Final = "SACFKJYDL"  # tags of verbs that report


def doings(told: Told) -> Iterator[Draft]:
    for match in _split(told.text):
        who, verb, what = match
        base = base_of_past(verb)
        if base is None or not is_phrase(who) or not _acts(who, told) or _reports(verb):
            continue
        whom, has_time = _object(what)
        subject = full_name(in_sentence(who, told.around), told.around)
        if whom is None or subject is None or not stands_alone(whom, told.title):
            continue
        if base in _WITH_INFINITIVE and " to " in what:
            continue
        if (has_time or told.has_time) and stands_alone(who, told.title):
            yield Draft(f"When did {subject} {base} {whom}?", "when", 1.0)
        if re.match(r",?\s(?:because|due\sto)\s", what[len(whom) :]):
            yield Draft(f"Why did {subject} {base} {whom}?", "why", 1.0)
        if (
            base != "become"
            and is_someone(subject)
            and any(word[0].isupper() for word in words_of(whom))
        ):
            yield Draft(f"Who {verb} {whom}?", "who", 0.9)
        return


def _split(text: str) -> Iterator[tuple[str, str, str]]:
    """Subject, verb in the past, and the rest; at each word that may be the verb."""
    words = text.rstrip(".!").split()
    for at in range(1, min(9, len(words) - 1)):
        if words[at].islower() and base_of_past(words[at]):
            yield " ".join(words[:at]), words[at], " ".join(words[at + 1 :])


def _acts(who: str, told: Told) -> bool:
    words = words_of(who)
    if words[-1].lower() in PREPOSITIONS or words[-1].endswith("ly"):
        return False
    if re.search(r"['’]s?$", words[0]) and words[0][0].isupper():
        return True
    return is_name(in_sentence(who, told.around)) or (
        words[0].lower() == "the" and stands_alone(who, told.title)
    )


def _reports(verb: str) -> bool:
    sentence = f"They {verb} it"
    return any(tag in _SAYING for tag, _, _ in tagged_words(sentence, 5, 5 + len(verb)))


def _object(what: str) -> tuple[str | None, bool]:
    """What was done, as far as it can be asked about, and whether the sentence says when."""
    when = _WHEN.search(what)
    kept = (what[: when.start()] if when else what).split(",")[0]
    kept = re.split(r"\sto\s(?=[a-z])", kept)[0]
    if not is_clean(kept, 9) or " and " in kept:
        kept = _FURTHER.sub("", kept).strip()
    words = kept.split()
    if not words or not _is_thing(words) or _RELATIVE.search(kept) or not is_clean(kept, 9):
        return None, False
    return (None if _RELATIVE.match(what[len(kept) :]) else kept), when is not None


def _is_thing(words: list[str]) -> bool:
    """Whether an object can be told apart from what else may stand behind a verb."""
    first, last = words[0], words[-1]
    begins = first[0].isupper() or first[0].isdigit() or first.lower() in DETERMINERS | COUNTS
    ends_well = past_of_participle(last.lower()) is None and not last.endswith("ed")
    return ends_well and (begins or is_plural(last))
