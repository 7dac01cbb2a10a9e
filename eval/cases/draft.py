"""Cases proposed from the documents alone, offline and by rule, for a person to choose from.

A rule fires only on sentences of a form that it turns into sound English; most sentences give
nothing. Questions are English, whatever the documents are.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from eval.cases.case import DRAFT, Case, GoldWords
from eval.cases.drafts.how_many import numbers
from eval.cases.drafts.lists import lists
from eval.cases.drafts.sentences import Prose, Sentence
from eval.cases.drafts.speech import speech
from eval.cases.drafts.unanswerable import near_misses, off_topic
from eval.cases.drafts.when import dates, reasons
from eval.cases.drafts.who_what import definitions, done_by, who_is
from eval.cases.drafts.wording import Proposal
from eval.targets.library import Library

NEAR_MISS = "near-miss"
OFF_TOPIC = "off-topic"
_RULES: tuple[Callable[[Sentence, Prose], Iterator[Proposal]], ...] = (
    dates,
    numbers,
    reasons,
    who_is,
    done_by,
    definitions,
    lists,
    speech,
)
_UNANSWERABLE = 5  # one case in this many has no answer


@dataclass(frozen=True, slots=True)
class _Draft:
    source: str
    kind: str
    question: str
    gold: tuple[str, ...]
    facts: tuple[str, ...]


def draft_cases(library: Library, most: int, seed: int) -> list[Case]:
    """At most `most` cases, spread over documents and kinds; the same for the same documents and
    seed. Fewer where the documents have few sentences that a rule is sure of."""
    rng = random.Random(seed)
    documents = {source: _text(library, source) for source in sorted(library.sources())}
    unanswerable = _unanswerable(list(documents.values()), most // _UNANSWERABLE, rng)
    drafts = {source: _drafts(source, text) for source, text in documents.items()}
    chosen = _spread(drafts, most - len(unanswerable), rng)
    return [_case(draft) for draft in chosen] + unanswerable


def _text(library: Library, source: str) -> str:
    document = library.find(source)
    return library.text(document) if document else ""


def _drafts(source: str, text: str) -> list[_Draft]:
    """All drafts of a document. What several sentences answer is one, with alternatives."""
    prose = Prose(text)
    found: dict[str, list[tuple[Sentence, Proposal]]] = {}
    for sentence in prose.sentences:
        for proposal in _first(sentence, prose):
            found.setdefault(proposal.question, []).append((sentence, proposal))
    drafts = []
    for question, answers in found.items():
        gold = [text[s.start + p.start : s.start + p.end] for s, p in answers]
        first = answers[0][1]
        facts = first.facts if len(answers) == 1 else ()
        drafts.append(_Draft(source, first.kind, question, tuple(dict.fromkeys(gold)), facts))
    return drafts


def _first(sentence: Sentence, prose: Prose) -> Iterator[Proposal]:
    """What the first rule that fires makes of a sentence."""
    for rule in _RULES:
        made = list(rule(sentence, prose))
        if made:
            yield from made
            return


def _spread(drafts: dict[str, list[_Draft]], most: int, rng: random.Random) -> list[_Draft]:
    """Documents take turns; each gives a draft of the kind that there are fewest of so far."""
    kinds: Counter[str] = Counter()
    chosen: list[_Draft] = []
    waiting = [rng.sample(some, len(some)) for some in drafts.values() if some]
    rng.shuffle(waiting)
    while waiting and len(chosen) < most:
        for some in waiting[: most - len(chosen)]:
            rarest = min(some, key=lambda draft: kinds[draft.kind])
            some.remove(rarest)
            kinds[rarest.kind] += 1
            chosen.append(rarest)
        waiting = [some for some in waiting if some]
    return chosen


def _unanswerable(texts: list[str], most: int, rng: random.Random) -> list[Case]:
    """One near-miss for each person, of the forms in turn, and questions off the topic."""
    far = [_abstain(question, OFF_TOPIC) for question in off_topic(texts)][:most]
    asked: dict[str, list[str]] = {}
    for question, name in near_misses(texts):
        asked.setdefault(name, []).append(question)
    forms: Counter[str] = Counter()
    near = []
    for name in rng.sample(list(asked), len(asked)):
        counts = [forms[question.replace(name, "")] for question in asked[name]]
        rarest = asked[name][counts.index(min(counts))]
        forms[rarest.replace(name, "")] += 1
        near.append(_abstain(rarest, NEAR_MISS))
    return near[: most - len(far)] + far


def _case(draft: _Draft) -> Case:
    gold = tuple(GoldWords(document=draft.source, words=words) for words in draft.gold)
    return Case(
        id=_id(draft.source, draft.question),
        question=draft.question,
        gold=(gold,),
        facts=tuple((fact,) for fact in draft.facts),
        tags=(draft.kind, DRAFT),
    )


def _abstain(question: str, kind: str) -> Case:
    return Case(id=_id("", question), question=question, abstain="must", tags=(kind, DRAFT))


def _id(source: str, question: str) -> str:
    """The same for the same question in every run, so that kept drafts are known again."""
    return "draft-" + hashlib.sha256(f"{source}\0{question}".encode()).hexdigest()[:10]
