"""Training examples for the support model: statements with evidence, true and untrue by rule.

Statements are sentences of articles, reworded by rule, and questions with their answers put into
them: other people's words for what a sentence says.
"""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.cases.drafts.sentences import Prose
from eval.cases.squad import SquadArticle
from eval.claims.answered import statement_of
from eval.claims.claim import Claim, Reworded, Rule, Told
from eval.claims.elsewhere import neighbour, not_asserted
from eval.claims.material import is_claim, told_in
from eval.claims.rules import TRUE, UNTRUE
from eval.training.nearest import Nearest
from eval.training.ranking_examples import written
from ingest.sentences import sentence_spans

_TRUE, _UNTRUE, _BESIDE = 2, 2, 0.6  # of a sentence
_NOT_ASSERTED = 0.15  # share of sentences that are denied or asked in the evidence
_WIDER = 0.3  # share of claims that cite sentences beside the one they are made of
_REWORDED = 0.4  # share of untrue claims that are in other words as well
_PARAGRAPH = 8  # sentences that stand together in a file of pairs
_TRIES = 12


def from_articles(articles: Sequence[SquadArticle], seed: int) -> Iterator[Claim]:
    """Claims of the articles' sentences, and of their questions."""
    draw = random.Random(seed)
    for told in told_in([article.text for article in articles]):
        yield from claims_of(told, draw)
    for article in articles:
        yield from _of_questions(article, draw)


def from_pairs(path: Path, seed: int) -> Iterator[Claim]:
    """From lines of a question, a tab, and the sentence that answers it (Du et al. 2017)."""
    draw = random.Random(seed)
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if "\t" in line]
    pairs = [(written(question), written(sentence)) for question, sentence in rows]
    sentences = list(dict.fromkeys(sentence for _, sentence in pairs))
    for first in range(0, len(sentences), _PARAGRAPH):
        paragraph = tuple(sentences[first : first + _PARAGRAPH])
        for place, sentence in enumerate(paragraph):
            if is_claim(sentence):
                yield from claims_of(Told(paragraph, place, Prose(""), ()), draw)
    near = Nearest(sentences)
    for question, sentence in pairs:
        statement = statement_of(question, None)
        if statement is None:
            continue
        yield Claim(statement, sentence, True, "question")
        others = [n for n in near.to(question)[:4] if sentences[n] != sentence]
        yield Claim(statement, sentences[draw.choice(others)], False, "question")


def claims_of(told: Told, draw: random.Random) -> Iterator[Claim]:
    """True and untrue ones of a sentence, by rules drawn from those that apply to it."""
    for name, made in _drawn(told, TRUE, _TRUE, draw):
        yield Claim(made.text, _evidence(told, draw), True, name)
    for name, made in _drawn(told, UNTRUE, _UNTRUE, draw):
        # Wider evidence may hold what was added.
        evidence = told.text if name == "added" else _evidence(told, draw)
        yield Claim(made.text, evidence, False, name, made.changed)
    beside = neighbour(told, draw) if draw.random() < _BESIDE else None
    if beside:
        _, said = next(_drawn(told, TRUE, 1, draw), ("", Reworded(told.text)))
        yield Claim(said.text, " ".join(beside), False, "neighbour")
    if draw.random() < _NOT_ASSERTED:
        yield Claim(told.text, not_asserted(told, draw), False, "not asserted")


def _drawn(
    told: Told, rules: dict[str, tuple[Rule, float]], count: int, draw: random.Random
) -> Iterator[tuple[str, Reworded]]:
    names = list(rules)
    weights = [weight for _, weight in rules.values()]
    used: set[str] = set()
    for _ in range(_TRIES):
        name = draw.choices(names, weights)[0]
        if name in used:
            continue
        used.add(name)
        start = told
        if draw.random() < _REWORDED and (other := _reworded(told, draw)):
            start = other
        made = rules[name][0](start, draw)
        if made is not None:
            yield name, made
            count -= 1
        if not count:
            return


def _reworded(told: Told, draw: random.Random) -> Told | None:
    """The sentence in other words, so that rules can be applied one after the other."""
    rule, _ = TRUE[draw.choice([name for name in TRUE if name != "unchanged"])]
    made = rule(told, draw)
    if made is None:
        return None
    paragraph = (*told.paragraph[: told.place], made.text, *told.paragraph[told.place + 1 :])
    return Told(paragraph, told.place, told.prose, told.names)


def _evidence(told: Told, draw: random.Random) -> str:
    if draw.random() >= _WIDER:
        return told.text
    before, after = draw.choice([(0, 1), (1, 0), (1, 1), (2, 1), (0, 2), (2, 2)])
    return " ".join(told.paragraph[max(0, told.place - before) : told.place + after + 1])


def _of_questions(article: SquadArticle, draw: random.Random) -> Iterator[Claim]:
    answers: dict[str, list[str]] = {}
    for asked in article.questions:
        if asked.spans:
            answers.setdefault(_form(asked.question), []).append(min(asked.answers, key=len))
    for asked in article.questions:
        if not asked.spans:
            continue
        right = min(asked.answers, key=len)
        start, end = min(asked.spans, key=lambda span: span[1] - span[0])
        statement = statement_of(asked.question, right, article.text[max(0, start - 20) : start])
        sentences = _sentences(article.text, asked.paragraph)
        gold = [text for (a, b), text in sentences if a < end and start < b]
        if statement is None or not gold:
            continue
        evidence = " ".join(gold)
        yield Claim(statement, evidence, True, "question")
        wrong = draw.choice(answers[_form(asked.question)])
        if wrong.lower() not in evidence.lower() and right.lower() not in wrong.lower():
            made = statement_of(asked.question, wrong)
            if made and wrong in made:
                at = made.index(wrong)
                yield Claim(made, evidence, False, "answer", ((at, at + len(wrong)),))
        rest = [text for (a, b), text in sentences if not (a < end and start < b)]
        if rest:
            count = min(len(rest), draw.choice([1, 1, 2, 3]))
            yield Claim(statement, " ".join(draw.sample(rest, count)), False, "question")


def _form(question: str) -> str:
    """Questions of one form are answered by things of one kind, mostly."""
    return " ".join(question.lower().split()[:1])


def _sentences(text: str, paragraph: tuple[int, int]) -> list[tuple[tuple[int, int], str]]:
    start, end = paragraph
    spans = [(start + a, start + b) for a, b in sentence_spans(text[start:end])]
    return [((a, b), " ".join(text[a:b].split())) for a, b in spans]
