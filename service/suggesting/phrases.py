"""Whether a phrase of a sentence can be said without the sentence, and how."""

import re
from typing import Final

from service.answering.conversation.word_classes import (
    AUX,
    BREAKS,
    CALENDAR,
    DEGREES,
    PERSON_NOUNS,
    PLACE_NOUNS,
    PREPOSITIONS,
    THING_WORDS,
    is_plural,
)
from service.retrieval.english import is_english
from service.suggesting.word_lists import words_in

_WORD: Final = re.compile(r"[^\W_][\w’'.&/-]*")
_LEANING: Final = words_in(
    "he she it they him her them his hers its their theirs himself herself itself themselves "
    "i me my mine myself we us our ours ourselves this that these those such same former "
    "latter another other others here there above below following respective said so then "
    "thus however also one ones each both either neither who whom whose which what where when "
    "why how not never no nobody nothing "
    "thereafter meanwhile therefore later subsequently eventually together soon again already "
    "afterwards instead"
)
_TELLING: Final = 5  # words, with which "the combined oral contraceptive pill" says which
_AND_IN_NAME: Final = re.compile(r"(?<=[A-Z])([\w’'-]*) (?:and|&) (?=[A-Z][\w’'-]+ [A-Z])")
_INSIDE: Final = words_in("of for in on to at de von van der la le du del & with from")
_PERSON: Final = re.compile(r"(?:ologist|omist|graphe?r|ician|tician|wright|smith|woman|man)s?$")
_PERSONS: Final = PERSON_NOUNS | words_in(
    "politician poet novelist philosopher mathematician physicist chemist economist historian "
    "journalist playwright footballer cricketer swimmer runner athlete entrepreneur "
    "businessman businesswoman activist missionary soldier sailor explorer monarch saint "
    "actor musician guitarist drummer rapper dancer model producer filmmaker screenwriter "
    "comedian biologist astronomer naturalist theologian statesman lawyer banker reformer "
    "rower"
)


def words_of(phrase: str) -> list[str]:
    return _WORD.findall(phrase)


def leans(phrase: str) -> bool:
    """Whether it points to what stands elsewhere: by a pronoun, or by "the same"."""
    return any(word.lower().rstrip(".") in _LEANING for word in words_of(phrase))


def is_name(phrase: str) -> bool:
    """Whether all words that carry it are capitalised, as in "the Treaty of Rome"."""
    words = words_of(phrase)
    if words and words[0].lower() == "the":
        words = words[1:]
    own = [word for word in words if word.lower() not in _INSIDE | {"the"}]
    return bool(own) and all(w[0].isupper() or w[0].isdigit() for w in own) and own[0][0].isupper()


def has_name(phrase: str) -> bool:
    """Whether a capitalised word, or a number, stands behind its first word."""
    return any(word[0].isupper() or word[0].isdigit() for word in words_of(phrase)[1:])


def is_person(description: str) -> bool:
    """Whether "a Norwegian engineer from Bergen" is one."""
    head = re.split(r"[,;]|\b(?:of|for|in|on|at|from|who|that|which|and|to)\b", description)[0]
    words = [word.lower() for word in words_of(head)]
    return any(word in _PERSONS or _PERSON.search(word) for word in words[-2:])


def is_phrase(phrase: str, most: int = 7) -> bool:
    """Whether it is one noun phrase that says by itself what it is about, as far as that can be
    told: no pronoun, no verb that would take another, no conjunction at its ends."""
    words = [word.lower() for word in words_of(_AND_IN_NAME.sub(r"\1 ", phrase))]
    if not 0 < len(words) <= most or leans(phrase) or re.search(r"[,;:()\[\]“”\"«»|]", phrase):
        return False
    inner = words[1:] if words[0] in ("the", "a", "an", "all") else words
    if not inner or words[-1] in _INSIDE or inner[0] in _INSIDE | DEGREES | AUX:
        return False
    if any(word in AUX or (word in BREAKS and word not in _INSIDE) for word in inner):
        return False
    if inner[-1].endswith("ly") and is_english(inner[-1][:-2]):
        return False
    return inner[0] not in CALENDAR and not inner[0].endswith("ing")


def stands_alone(phrase: str, title: str) -> bool:
    """Whether "the mill" says which: one with a name or number in it does, and one that the title
    names. What is no definite phrase needs none."""
    if not re.match(r"(?i)the\s", phrase) or has_name(phrase):
        return True
    if len(words_of(phrase)) >= _TELLING:
        return True
    head = re.split(r"\s(?:of|for|in|on|to|at|with|from)\s", phrase)[0]
    last = words_of(head)[-1].lower()
    return last in {word.lower() for word in words_of(title)}


def in_sentence(phrase: str, text: str) -> str:
    """The phrase as it is written inside a sentence: its first word in lower case, unless it is a
    name. `text` shows how it is written elsewhere."""
    words = words_of(phrase)
    first = words[0]
    if len(first) > 1 and any(letter.isupper() for letter in first[1:]):
        return phrase  # "UN", "eBay"
    if first.lower() in ("the", "a", "an", "all", "every", "any"):
        return phrase[0].lower() + phrase[1:]
    inside = re.compile(rf"(?<=[a-z,;] )({re.escape(first)}|{re.escape(first.lower())})\b")
    found = [match[1] for match in inside.finditer(text)]
    if found:
        is_low = sum(one[0].islower() for one in found) * 2 > len(found)
    else:
        is_low = is_english(first.lower().split("-")[-1]) and not (
            len(words) > 1 and words[1][0].isupper()
        )
    return phrase[0].lower() + phrase[1:] if is_low else phrase


def is_many(subject: str) -> bool:
    """Whether a subject, as it is written in a sentence, takes "do" and "are"."""
    head = re.split(r"\s(?:of|for|in|on|to|at|with|from)\s", subject)[0]
    return is_plural(words_of(head)[-1]) and not is_name(subject)


def is_someone(name: str) -> bool:
    """Whether "who" asks for it: a person's name by the look of it, or a person's office."""
    words = words_of(name)
    if any(word.lower() in PERSON_NOUNS for word in words):
        return True
    if not 1 < len(words) <= 4 or words[0].lower() == "the" or not is_name(name):
        return False
    return not any(
        word.lower() in THING_WORDS | PLACE_NOUNS
        or not word[0].isalpha()
        or (word.isupper() and len(word) > 2)
        or re.search(r"(?<!Mc)(?<!Mac)[a-z][A-Z]", word)
        for word in words
    )


def full_name(phrase: str, around: str) -> str | None:
    """A name of one word, as the text has it in full; itself where it has it nowhere, and None
    where it may be one of several."""
    words = words_of(phrase)
    if len(words) != 1 or not is_name(phrase) or words[0].isupper():
        return phrase
    longer = re.compile(
        rf"(?<![.!?]\s)\b((?:(?:[A-Z][\w’'-]+|[A-Z]\.)\s){{1,2}}){re.escape(words[0])}\b"
    )
    firsts = {match[1] for match in longer.finditer(around)}
    names = {f"{first}{words[0]}" for first in firsts if is_someone(f"{first}{words[0]}")}
    if not names:
        return phrase
    return names.pop() if len(names) == 1 else None


def is_clean(phrase: str, most: int) -> bool:
    """Whether the rest of a predicate can go into a question: short, and without what leans on
    other sentences or opens another clause."""
    if not phrase:
        return True
    if len(phrase.split()) > most or leans(phrase) or re.search(r"[,;:()\[\]“”\"«»|]", phrase):
        return False
    words = [word.lower() for word in words_of(phrase)]
    return bool(words) and words[-1] not in PREPOSITIONS | AUX | {"the", "a", "an", "and", "or"}
