"""What someone says about something: of sentences that report a claim."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from service.answering.attribution import speaker_of
from service.answering.conversation.word_classes import BREAKS, CALENDAR, is_verb
from service.retrieval.english import is_common
from service.suggesting.phrases import in_sentence, is_name, is_phrase, is_someone, words_of
from service.suggesting.suggestion import Draft
from service.suggesting.verbs import base_of_past

_PAST: Final = re.compile(
    r"\b(?:said|told|added|argued|claimed|wrote|warned|denied|criticized|criticised|called|urged"
    r"|announced|described|explained|stated|insisted|accused|found|concluded|reported)\b"
)
_TITLE: Final = re.compile(r"^(?:[\w’'.-]+\s){1,5}?(?=(?:[A-Z][\w’'-]+\s)[A-Z][\w’'-]+$)")


def claim(text: str, span: tuple[int, int], topics: Sequence[str]) -> Iterator[tuple[Draft, str]]:
    """`text[slice(*span)]` is the sentence; `topics` are what its document speaks of; the
    draft comes with the one it is about."""
    speaker = speaker_of(text, *span)
    if speaker is None:
        return
    who = speaker.name
    sentence = " ".join(text[slice(*span)].split())
    own = who.split(",")[0]
    named = re.sub(r"^(?:the|The)\s", "", own)
    if not is_phrase(own, 8) or not _has_own_name(named):
        return
    about = next((found for one in topics if (found := _about(sentence, one, own))), None)
    if about is None:
        return
    do = "did" if _PAST.search(sentence) else "does"
    yield Draft(f"What {do} {in_sentence(own, text)} say about {about[0]}?", "claim", 1.0), about[1]


def _has_own_name(who: str) -> bool:
    """Whether it names someone: "spokesman" and "Wang" alone name nobody to who has not read."""
    capital = [word for word in words_of(who) if word[0].isupper()]
    is_long = len(capital) > 1 or any(word.isupper() and len(word) > 2 for word in capital)
    return is_long and not any(word.lower() in CALENDAR for word in capital)


def _about(sentence: str, topic: str, who: str) -> tuple[str, str] | None:
    """The topic with its article, if the sentence has it as a whole phrase, and the topic."""
    shared = {word.lower() for word in words_of(topic)} & {word.lower() for word in words_of(who)}
    at = re.search(
        rf"(?P<before>[\w’']+ )?(?<![\w’'-]){re.escape(topic)}(?=[,.;:”]| (?P<after>\w+))", sentence
    )
    if shared or at is None or (at["after"] and at["after"].lower() not in BREAKS):
        return None
    before = (at["before"] or "").strip().lower()
    if before not in BREAKS | {"", "the"} and not _may_be_verb(before):
        return None
    if before == "the":
        return f"the {topic}", topic
    return (topic, topic) if _needs_no_article(topic) else None


def _may_be_verb(word: str) -> bool:
    return is_verb(word) or base_of_past(word) is not None or word.endswith(("ies", "ing"))


def _needs_no_article(topic: str) -> bool:
    """Not "Time Lord", which is no name, though it is written like one."""
    return not is_name(topic) or (
        is_someone(topic) and not all(map(is_common, topic.lower().split()))
    )
