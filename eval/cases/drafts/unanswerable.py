"""Questions that the documents do not answer: beside their topic, and far from it."""

import re
from collections.abc import Iterator, Sequence

from eval.cases.drafts.who_what import people
from service.retrieval.words import content_stems, stems

_OF_PERSONS = (
    ("How old is {}?", r"\b(?:aged?|born|old|birth\w*|years-old)\b"),
    ("Where was {} born?", r"\b(?:born|birth\w*|native|grew up|hometown)\b"),
    ("Who is {} married to?", r"\b(?:married|wife|husband|spouse|wedding|widow\w*|partner)\b"),
    ("How tall is {}?", r"\b(?:tall|height|feet|metres|meters)\b"),
    ("When did {} die?", r"\b(?:died?|dead|death|killed|late|obituary)\b"),
    ("Where did {} go to school?", r"\b(?:schools?|educated|studied|graduat\w*|student|degree)\b"),
)
_OFF_TOPIC = (
    "How do I bake a sourdough loaf?",
    "How do I change a bicycle tyre?",
    "How often should a cactus be watered?",
    "What is the boiling point of ethanol?",
    "Which strings does a violin have?",
    "How is a crossword puzzle made?",
    "What does a red traffic light mean?",
)
MOST_OFF_TOPIC = 2


def near_misses(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Questions about persons of the documents that no document with their name has a word on;
    each with the name."""
    for name in dict.fromkeys(name for text in texts for name in people(text)):
        last = name.split()[-1]
        about = [text for text in texts if last in text]
        for question, words in _OF_PERSONS:
            if not any(re.search(words, text, re.IGNORECASE) for text in about):
                yield question.format(name), name


def off_topic(texts: Sequence[str]) -> list[str]:
    """Questions of which no word that means something stands in any document."""
    known = {stem for text in texts for stem in stems(text)}
    far = [asked for asked in _OFF_TOPIC if not known.intersection(content_stems(asked))]
    return far[:MOST_OFF_TOPIC]
