"""Training claims come out alike for a seed, true and untrue, and say where they were changed."""

import json
import random
from pathlib import Path

import pytest

from eval.cases.drafts.sentences import Prose
from eval.cases.squad import load_squad
from eval.claims.claim import Claim, Told
from eval.claims.rules import TRUE, UNTRUE
from eval.training.support_examples import claims_of, from_articles, from_pairs

SENTENCES = [
    f"The old {thing} of {town} was built by {person} in {year}, and it has {count} windows."
    for thing, town, person, year, count in (
        ("mill", "Torvik", "Anna Brandt", 1801, 12),
        ("bridge", "Lissen", "Otto Kolm", 1822, 30),
        ("school", "Brenn", "Vera Orban", 1843, 45),
        ("church", "Hald", "Jan Roe", 1864, 66),
    )
]


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    context = " ".join(SENTENCES)
    asked = [
        ("Who built the old mill of Torvik?", "Anna Brandt"),
        ("Who built the old bridge of Lissen?", "Otto Kolm"),
        ("When was the old school of Brenn built?", "1843"),
    ]
    questions = [
        {
            "id": str(number),
            "question": question,
            "answers": [{"text": answer, "answer_start": context.index(answer)}],
        }
        for number, (question, answer) in enumerate(asked)
    ]
    path = tmp_path / "squad.json"
    paragraph = {"context": context, "qas": questions}
    path.write_text(json.dumps({"data": [{"title": "Towns", "paragraphs": [paragraph]}]}))
    return path


def assert_sound(claims: list[Claim]) -> None:
    assert {claim.supported for claim in claims} == {True, False}
    for claim in claims:
        assert claim.statement and claim.evidence
        assert not (claim.supported and claim.changed)
        assert all(0 <= start < end <= len(claim.statement) for start, end in claim.changed)


def test_articles_give_the_same_claims_for_a_seed(squad: Path) -> None:
    claims = list(from_articles(load_squad(squad), seed=3))
    assert claims == list(from_articles(load_squad(squad), seed=3))
    assert claims != list(from_articles(load_squad(squad), seed=4))
    assert_sound(claims)
    questions = {c.statement: c.evidence for c in claims if c.kind == "question" and c.supported}
    assert questions["Anna Brandt built the old mill of Torvik."] == SENTENCES[0]
    wrong = [claim for claim in claims if claim.kind == "answer"]
    assert all("Anna Brandt" in c.statement or "Otto Kolm" in c.statement for c in wrong)
    for claim in wrong:
        ((start, end),) = claim.changed
        assert claim.statement[start:end] not in claim.evidence


def test_pairs_give_claims_of_other_sentences_too(tmp_path: Path) -> None:
    path = tmp_path / "train.tsv"
    rows = [f"who built the {s.split()[2]} ?\t{s}" for s in SENTENCES]
    path.write_text("\n".join(rows) + "\n")
    claims = list(from_pairs(path, seed=3))
    assert claims == list(from_pairs(path, seed=3))
    assert_sound(claims)
    asked = [claim for claim in claims if claim.kind == "question"]
    assert [claim.supported for claim in asked] == [True, False] * len(SENTENCES)
    for right, wrong in zip(asked[::2], asked[1::2], strict=True):
        assert right.statement == wrong.statement and right.evidence != wrong.evidence


def test_claims_of_a_sentence_keep_their_evidence() -> None:
    told = Told(tuple(SENTENCES), 1, Prose(" ".join(SENTENCES)), ("Jan Roe", "Hald"))
    kinds = set()
    for seed in range(40):
        for claim in claims_of(told, random.Random(seed)):
            kinds.add(claim.kind)
            cited = told.prose.inside(told.text) if claim.kind == "not asserted" else told.text
            assert (cited in claim.evidence) == (claim.kind != "neighbour")
            assert claim.supported == (claim.kind in TRUE)
            assert claim.kind != "added" or claim.evidence == told.text
    assert kinds >= {"number", "date", "name", "negated", "neighbour", "added", "not asserted"}
    assert kinds <= {*TRUE, *UNTRUE, "neighbour", "not asserted"}
