"""Dates, and what happened then; reasons, and what came of them."""

import re
from collections.abc import Iterator

from eval.cases.drafts.sentences import Prose, Sentence
from eval.cases.drafts.verbs import PAST, is_participle, word_set
from eval.cases.drafts.wording import Proposal, clause_end, is_subject, question

_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)\.)"
)
_DATE = (
    rf"(?:(?:early|late|mid) )?(?:{_MONTH}(?: \d{{1,2}}(?!\d))?(?:,? \d{{4}})?|"
    rf"\d{{1,2}} {_MONTH}(?: \d{{4}})?|\d{{4}}(?!\d| \w+s\b)(?:[–-]\d{{2,4}})?)"
)
_FRONTED = re.compile(rf"(?:In|On) (?P<date>{_DATE}),? (?P<rest>.+)")
_FINAL = re.compile(rf" (?:in|on) (?P<date>{_DATE})(?=[,.;)]|$)")
_VERB = re.compile(r"(?P<subject>.+?) (?P<verb>was|were|is|are) (?P<rest>\S.*)")
_BECAUSE = re.compile(r"(?P<clause>[^,;:]+),? because (?P<reason>.+)")
_HAS_FIGURE = re.compile(r"\d")  # a month alone is one of many
_LEAST_REASON = 4  # words
_SECOND = word_set("is are was were has have had that which who because said says")


def dates(sentence: Sentence, prose: Prose) -> Iterator[Proposal]:
    """ "In 1947, the lamp was lit." and "The lamp was lit in 1947." ask when it was lit."""
    fronted = _FRONTED.match(sentence.text)
    if fronted:
        end = clause_end(sentence.text, fronted.start("rest"))
        asked = _asked("When", sentence.text[fronted.start("rest") : end], prose)
        if asked and _HAS_FIGURE.search(fronted["date"]):
            yield Proposal("date", asked, 0, end, (fronted["date"],))
        return
    final = _FINAL.search(sentence.text)
    clause = sentence.text[: final.start()] if final else ""
    if final and "," not in clause:
        asked = _asked("When", clause, prose)
        if asked and _HAS_FIGURE.search(final["date"]) and not re.search(r"\d{4}", asked):
            yield Proposal("date", asked, 0, final.end(), (final["date"],))


def reasons(sentence: Sentence, prose: Prose) -> Iterator[Proposal]:
    found = _BECAUSE.match(sentence.text)
    if found and len(found["reason"].split()) >= _LEAST_REASON:
        asked = _asked("Why", found["clause"], prose, events=False)
        if asked:
            yield Proposal("reason", asked, 0, len(sentence.text.rstrip(".")))


def _asked(opening: str, clause: str, prose: Prose, events: bool = True) -> str | None:
    """A clause as a question; `events` leaves out what has no time: "was tall"."""
    found = _VERB.match(clause)
    if found and is_subject(found["subject"], prose):
        verb = next((word for word in found["rest"].split() if not word.endswith("ly")), "")
        if events and not (found["verb"] in ("was", "were") and is_participle(verb)):
            return None
        if _has_verb(found["rest"].removeprefix(verb)):
            return None
        return question(f"{opening} {found['verb']}", prose.inside(found["subject"]), found["rest"])
    for verb in re.finditer(r"(?<= )[a-z]+(?= |$)", clause):
        if verb[0] in PAST:
            subject, rest = clause[: verb.start()].strip(), clause[verb.end() :]
            if rest.strip() and is_subject(subject, prose) and not _has_verb(rest):
                return question(f"{opening} did", prose.inside(subject), PAST[verb[0]], rest)
            return None
    return None


def _has_verb(rest: str) -> bool:
    """Whether a second clause follows, which the question would not turn round."""
    if re.search(r" and [\w ]+ed\b|\b(?:entitled|called|named|known) ?$", rest):
        return True
    return any(word in PAST or word in _SECOND for word in rest.split())
