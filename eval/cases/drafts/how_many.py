"""Numbers, and what they count or measure."""

import re
from collections.abc import Iterator

from eval.cases.drafts.sentences import Prose, Sentence
from eval.cases.drafts.verbs import PAST
from eval.cases.drafts.wording import Proposal, clause_end, is_subject, question
from service.retrieval.words import content_stems

_WORDS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
_NUMBER = rf"(?:(?:\d[\d,]*(?:\.\d+)?|{_WORDS})(?: (?:hundred|thousand|million|billion))?)"
_ABOUT = (
    r"(?:(?:about|around|approximately|roughly|nearly|almost|over|more than|fewer than|less than|"
    r"at least|some|only|up to|an estimated|the) )?"
)
_COUNTED = r"(?P<counted>(?:[a-z][\w-]* ){0,3}?[a-z][\w-]*s)"
_FRONT = r"(?P<front>(?:In|By|As of|During|Since|Between) [^,;]{3,30}, )?"
_SUBJECT = re.compile(
    rf"{_FRONT}{_ABOUT}(?P<number>{_NUMBER}) {_COUNTED} (?P<verb>are|were|have|had|[a-z]+)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"{_FRONT}{_ABOUT}(?P<number>{_NUMBER} ?(?:%|percent|per cent)) of (?P<rest>.+)", re.I
)
_THERE = re.compile(
    rf"{_FRONT}there (?P<verb>are|were) {_ABOUT}(?P<number>{_NUMBER}) {_COUNTED}\b(?P<rest>.*)",
    re.I,
)
_HAS = re.compile(
    r"(?P<subject>.+?) (?P<verb>has|have|had|contains?|contained|employs?|employed|comprises?|"
    rf"operates?|publishes) {_ABOUT}(?P<number>{_NUMBER}) {_COUNTED}\b"
)
_MEASURED = re.compile(
    rf"(?P<subject>.+?) (?P<verb>is|are|was|were) {_ABOUT}(?P<number>{_NUMBER} (?:\w+) )"
    r"(?:\([^()]*\) )?(?P<adjective>tall|high|long|wide|deep|old|thick)\b"
)
_POPULATION = re.compile(
    rf"(?P<subject>.+?) (?P<verb>has|had) a (?P<what>population|length|height|area|capacity|budget|"
    rf"depth|width) of {_ABOUT}(?P<number>{_NUMBER}(?: \w+)?)"
)
_DID = {"has": "does", "have": "do", "had": "did", "contained": "did", "employed": "did"}
_BASE = {"has": "have", "had": "have", "contained": "contain", "employed": "employ"}
_WHERE = re.compile(r" (?:in|of|on|at|by|from|to|for|during) (?:the )?[\w ]*[A-Z0-9]")
_LEAST_SAID = 5  # words with a meaning, of a question that names no place, person or time
_NOT_COUNTED = re.compile(
    r"\b(?:of|in|to|and|or|is|as|was|has|this|times|others?|its|more|hundred)\b"
)


def numbers(sentence: Sentence, prose: Prose) -> Iterator[Proposal]:
    """The first question that one of the forms gives; a fact is the number as it stands."""
    for form in (_of_there, _of_percent, _of_subject, _of_measure, _of_population, _of_has):
        made = form(sentence.text, prose)
        if made:
            yield made
            return


def _of_there(text: str, prose: Prose) -> Proposal | None:
    found = _THERE.match(text)
    if not found or _NOT_COUNTED.search(found["counted"]):
        return None
    end = clause_end(text, found.end("counted"))
    rest = text[found.end("counted") : end]
    if not re.match(r" (?:in|on|at|of)\b.*[A-Z]", rest) or re.search(r" and (?![A-Z])", rest):
        return None
    asked = f"many {found['counted']} {found['verb']} there{rest}"
    return _proposal(found, _fronted(found["front"], "how", asked), end)


def _of_percent(text: str, prose: Prose) -> Proposal | None:
    found = _PERCENT.match(text)
    if not found:
        return None
    end = clause_end(text, found.start("rest"))
    asked = f"percentage of {text[found.start('rest') : end]}"
    if not re.search(r" (?:is|are|was|were|live|lived|have|had|speak|work)\b", asked):
        return None
    return _proposal(found, _fronted(found["front"], "what", asked), end)


def _of_subject(text: str, prose: Prose) -> Proposal | None:
    found = _SUBJECT.match(text)
    if not found or _NOT_COUNTED.search(found["counted"]):
        return None
    verb = found["verb"]
    if (
        verb not in ("are", "were", "have", "had", "live", "lived", "work", "took")
        and verb not in PAST
    ):
        return None
    end = clause_end(text, found.end("verb"))
    rest = text[found.start("verb") : end]
    if len(rest.split()) < 3:
        return None
    if not _WHERE.search(rest) and len(content_stems(f"{found['counted']} {rest}")) < _LEAST_SAID:
        return None
    return _proposal(found, _fronted(found["front"], "how", f"many {found['counted']} {rest}"), end)


def _of_measure(text: str, prose: Prose) -> Proposal | None:
    found = _MEASURED.match(text)
    if not found or not is_subject(found["subject"], prose):
        return None
    asked = question(f"How {found['adjective']} {found['verb']}", prose.inside(found["subject"]))
    return _proposal(found, asked, found.end())


def _of_population(text: str, prose: Prose) -> Proposal | None:
    found = _POPULATION.match(text)
    if not found or not is_subject(found["subject"], prose):
        return None
    be = "is" if found["verb"] == "has" else "was"
    asked = question(f"What {be} the {found['what']} of", prose.inside(found["subject"]))
    return _proposal(found, asked, found.end())


def _of_has(text: str, prose: Prose) -> Proposal | None:
    found = _HAS.match(text)
    if not found or not is_subject(found["subject"], prose):
        return None
    if _NOT_COUNTED.search(found["counted"]):
        return None
    verb = found["verb"]
    does = _DID.get(verb) or ("does" if verb.endswith("s") else "do")
    base = _BASE.get(verb) or (verb.removesuffix("es") if verb == "publishes" else verb.rstrip("s"))
    asked = question(f"How many {found['counted']} {does}", prose.inside(found["subject"]), base)
    return _proposal(found, asked, clause_end(text, found.end()))


def _fronted(front: str | None, word: str, rest: str) -> str | None:
    """ "In 2010, how many ..." where the sentence begins so."""
    return question(f"{front}{word}" if front else word.capitalize(), rest)


def _proposal(found: re.Match[str], asked: str | None, end: int) -> Proposal | None:
    if asked is None:
        return None
    return Proposal("number", asked, 0, end, (found["number"].strip(),))
