"""Training windows hold the answer where they say, and nowhere when it was taken away."""

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from eval.cases.squad import load_squad
from eval.training.altered_questions import Altering, WordVectors
from eval.training.ranking_examples import Articles, Mixture, Pairs, RankingExample, Source, written

PLAIN = Mixture(near_misses=0.0, altered=0.0, emptied=0.0, elsewhere=0.0)

SENTENCES = [
    f"The {name} of the town was built in {year}."
    for name, year in (
        ("mill", 1801),
        ("bridge", 1802),
        ("school", 1803),
        ("church", 1804),
        ("harbour", 1805),
        ("market", 1806),
        ("station", 1807),
    )
]


def altering() -> Altering:
    """That knows no word's vector."""
    return Altering(WordVectors({}, np.zeros((0, 2))))


def drawn(source: Source, mixture: Mixture) -> list[RankingExample]:
    return list(source.examples(mixture, random.Random(1)))


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("he said `` no '' , twice .", 'he said "no", twice.'),
        ("the crown -lrb- 1902 -rrb- is lost", "the crown (1902) is lost"),
        ("ann 's dog did n't bark ; why ?", "ann's dog didn't bark; why?"),
    ],
)
def test_tokenised_text_is_written_as_people_do(tokens: str, text: str) -> None:
    assert written(tokens) == text


def test_pairs_become_windows_around_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "train.tsv"
    rows = [f"when was the {s.split()[1]} built ?\t{s}" for s in SENTENCES]
    path.write_text("\n".join(rows) + "\n")
    pairs = Pairs(path, altering())
    examples = drawn(pairs, PLAIN)
    assert examples == drawn(pairs, PLAIN)
    assert len(examples) == len(SENTENCES)
    for example in examples:
        (window,) = example.windows
        assert window.gold is not None
        assert example.question.split()[3] in window.sentences[window.gold]
        assert "\n".join(window.sentences) in "\n".join(SENTENCES)


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    context = " ".join(SENTENCES)
    year = {"text": "1803", "answer_start": context.index("1803")}
    questions = [
        {"id": "a", "question": "When was the school built?", "answers": [year]},
        {"id": "b", "question": "Who built it?", "answers": [], "is_impossible": True},
    ]
    path = tmp_path / "squad.json"
    paragraph = {"context": context, "qas": questions}
    path.write_text(json.dumps({"data": [{"title": "Town", "paragraphs": [paragraph]}]}))
    return path


def test_articles_give_windows_with_and_without_an_answer(squad: Path) -> None:
    answered, impossible = drawn(Articles(load_squad(squad), altering()), PLAIN)
    window = answered.windows[0]
    assert answered.answered and window.gold is not None and window.answer is not None
    assert window.sentences[window.gold] == SENTENCES[2]
    assert SENTENCES[2][slice(*window.answer)] == "1803"
    assert not impossible.answered


def test_a_question_that_is_emptied_has_no_answer_left(squad: Path) -> None:
    mixture = replace(PLAIN, emptied=1.0)
    emptied, _ = drawn(Articles(load_squad(squad), altering()), mixture)
    assert not emptied.answered
    assert SENTENCES[2] not in emptied.windows[0].sentences


def test_an_altered_question_is_answered_nowhere(squad: Path) -> None:
    mixture = replace(PLAIN, altered=1.0)
    altered, _ = drawn(Articles(load_squad(squad), altering()), mixture)
    assert altered.question == "When was the school destroyed?"
    assert not altered.answered
    assert SENTENCES[2] in altered.windows[0].sentences


def test_near_misses_may_come_from_other_articles(squad: Path) -> None:
    data = json.loads(squad.read_text())
    other = {"context": "The school of the village was closed.", "qas": []}
    data["data"].append({"title": "Village", "paragraphs": [other]})
    squad.write_text(json.dumps(data))
    mixture = replace(PLAIN, near_misses=1.0, strange=1.0)
    answered, _ = drawn(Articles(load_squad(squad), altering()), mixture)
    assert answered.windows[1].sentences == ("The school of the village was closed.",)
