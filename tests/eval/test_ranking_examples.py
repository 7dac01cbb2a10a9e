"""Training windows hold the answer where they say, and nowhere when it was taken away."""

import json
from pathlib import Path

import pytest

from eval.cases.squad import load_squad
from eval.training.ranking_examples import Mixture, from_articles, from_pairs, written

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
    mixture = Mixture(near_misses=0.0, emptied=0.0)
    examples = list(from_pairs(path, mixture, seed=1))
    assert examples == list(from_pairs(path, mixture, seed=1))
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
    answered, impossible = from_articles(load_squad(squad), Mixture(0.0, 0.0), seed=1)
    window = answered.windows[0]
    assert answered.answered and window.gold is not None and window.answer is not None
    assert window.sentences[window.gold] == SENTENCES[2]
    assert SENTENCES[2][slice(*window.answer)] == "1803"
    assert not impossible.answered


def test_a_question_that_is_emptied_has_no_answer_left(squad: Path) -> None:
    emptied, _ = from_articles(load_squad(squad), Mixture(0.0, emptied=1.0), seed=1)
    assert not emptied.answered
    assert SENTENCES[2] not in emptied.windows[0].sentences
