"""Definitions, who somebody is, and what somebody did."""

import re
from collections.abc import Iterator

from eval.cases.drafts.sentences import Prose, Sentence
from eval.cases.drafts.verbs import PAST, is_participle, word_set
from eval.cases.drafts.wording import Proposal, is_subject, question
from service.retrieval.words import says_something

NAME = r"[A-Z][\w’'-]+(?: (?:[A-Z]\.|de|van|von|bin))*(?: [A-Z][\w’'-]+){1,2}"
_NO_PERSON = re.compile(
    r"\b(?:In|On|At|By|For|From|After|Before|During|With|As|Since|Under|To|The|Of|And|"
    r"Compan\w*|Plant|Works|Club|Team|Act|Institut\w*|Universit\w*|College|School|Museum|Church|Council|Committee|Party|"
    r"Ministry|Department|Agency|Association|Foundation|Group|Bank|Press|Times|News|Windows|"
    r"City|County|States?|Kingdom|Republic|Islands?|Sea|River|Mount|Lake|Park|Street|North|South|"
    r"East|West|[A-Z]{2,})\b"
)
_PERSON = (
    r"(?:[a-z]*(?:ist|ian|man|woman|yer|pher|cher)|architect|partner|foreman|interpreter|editor|actor|doctor|"
    r"inventor|senator|investigator|president|director|minister|secretary|spokesperson|"
    r"professor|chief|head|founder|leader|expert|fellow|analyst|scholar|author|activist|writer|"
    r"painter|singer|bishop|priest|king|queen|emperor|governor|mayor|captain|keeper|engineer|"
    r"officer|chair|commissioner|member|coach|player|nurse|adviser|judge|manager|teacher|student)"
    r"(?![\w’'-])"
)
_ROLE = rf"(?P<role>(?:the|a|an) (?:(?!of|in|for|at|on|to)[\w.’'-]+ ){{0,4}}?{_PERSON}[^,;.()]*)"
_APPOSITION = re.compile(rf"(?P<name>{NAME}), {_ROLE}(?=[,;.])")
_DEFINED = re.compile(
    r"(?P<determiner>An? |The )?(?P<term>[A-Z]?[\w’'-]+(?: [\w’'-]+){0,4})(?: \([^()]*\))? "
    r"(?P<verb>is|are|was|were) (?:an?|the|any|one of the) (?P<kind>\w+)(?P<rest> .+)"
)
_NO_KIND = word_set(
    "same only case result reason way time year day number lot part place first second third most "
    "major vital important key good common popular component element matter source main more "
    "latter former kind type form example use problem question"
)
_BY = re.compile(rf"(?P<subject>.+?) (?P<verb>was|were) (?P<done>.+?) by (?P<name>{NAME})\b")
_LEAST_DEFINITION = 6  # words
_VERBS = word_set("is are was were has have had will would can could told said says")
_MOST_DONE = 4  # words
_DEFINITION_END = re.compile(r"[;:]| – | — |, (?:and|but|while|although) |\.?[\"”]?$")
_NO_TERM = re.compile(
    r"\b(?:examples?|results?|reasons?|problems?|facts?|main|important|common|similar|familiar|"
    r"typical|new|other|case|use|goal|aim|number|proponents?|members?|addition)\b",
    re.IGNORECASE,
)


def definitions(sentence: Sentence, prose: Prose) -> Iterator[Proposal]:
    """ "A lens is a ..." asks what a lens is."""
    found = _DEFINED.match(sentence.text)
    if not found or found["kind"].lower() in _NO_KIND:
        return
    term = (found["determiner"] or "") + found["term"]
    if not _can_be_defined(term, found["determiner"], found["term"], prose):
        return
    if len(found["rest"].split()) < _LEAST_DEFINITION:
        return
    first_words = " ".join([found["kind"], *found["rest"].split()[:3]])
    is_person = re.search(rf"\b{_PERSON}", f"{term.lower()} {first_words}") and _ends_in_name(term)
    word = "Who" if is_person else "What"
    asked = question(f"{word} {found['verb']}", prose.inside(term))
    if asked:
        end = _DEFINITION_END.search(sentence.text, found.start("rest"))
        yield Proposal("definition", asked, 0, end.start() if end else len(sentence.text))


def who_is(sentence: Sentence, prose: Prose) -> Iterator[Proposal]:
    """ "Ann Reed, the keeper of the lamp," asks who Ann Reed is."""
    for found in _APPOSITION.finditer(sentence.text):
        if _is_person(found["name"]) and _is_role(found["role"]):
            asked = question("Who is", found["name"])
            if asked:
                yield Proposal("person", asked, found.start(), found.end())


def done_by(sentence: Sentence, prose: Prose) -> Iterator[Proposal]:
    """ "The lamp was designed by Ann Reed" asks who it was designed by."""
    found = _BY.match(sentence.text)
    if not found or not is_subject(found["subject"], prose):
        return
    verb = next((word for word in found["done"].split() if not word.endswith("ly")), "")
    if found["name"].startswith("The "):
        return
    if is_participle(verb) and len(found["done"].split()) <= _MOST_DONE:
        subject = prose.inside(found["subject"])
        asked = question(f"Who {found['verb']}", subject, found["done"], "by")
        if asked:
            yield Proposal("person", asked, 0, found.end(), (found["name"],))


def people(text: str) -> list[str]:
    """Names of persons, in order: those that a role is said of."""
    names = (found["name"] for found in _APPOSITION.finditer(text))
    return list(dict.fromkeys(name for name in names if _is_person(name)))


def _is_role(role: str) -> bool:
    """Not what a clause begins with: "the judge told ..."."""
    clause = re.split(r" (?:who|that) ", role)[0].split()
    return len(role.split()) >= 3 and not any(word in _VERBS or word in PAST for word in clause)


def _ends_in_name(term: str) -> bool:
    return bool(re.search(rf"{NAME}$", term)) and _is_person(term)


def _is_person(name: str) -> bool:
    return not _NO_PERSON.search(name)


def _can_be_defined(term: str, determiner: str | None, words: str, prose: Prose) -> bool:
    if determiner == "The " and not any(word[0].isupper() for word in words.split()):
        return False
    if not is_subject(term, prose) and not _is_plain_noun(term, determiner, words, prose):
        return False
    return not re.search(r"\b(?:of|in|for|on|at|and)\b|\d", words) and not _NO_TERM.search(words)


def _is_plain_noun(term: str, determiner: str | None, words: str, prose: Prose) -> bool:
    """ "A lens", "Precipitation"; not "The lens", which is a certain one."""
    if determiner == "The " or len(words.split()) > 3:
        return False
    if not determiner and len(words.split()) > 1:
        return False
    if not determiner and prose.inside(words) == words and not prose.is_name(words):
        return False  # a name or a noun? It opens a sentence, and stands nowhere else
    return all(says_something(word) for word in words.split())
