"""SQuAD-format files become documents whose answers stand where the spans say, and cases."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.cases.files import CaseError
from eval.cases.squad import is_squad, load_squad, squad_cases, write_articles
from ingest.documents import document_id
from ingest.index.opening import open_index
from tests.conftest import Ingest

RIVERS = "The  Alder flows\nnorth.\u00a0The Birch, or Brzoza, flows south. "
BRIDGE = (
    "Cafe\u0301 owners \u200bbuilt\u2028the bridge\x0b in 1931; in 1931\x07 fell. \U0001f309 Pity"
)


def asked(question: str, context: str, *answers: str, **more: object) -> dict[str, Any]:
    found = [{"text": text, "answer_start": context.rindex(text)} for text in answers]
    return {"question": question, "answers": found, **more}


def file(
    *paragraphs: tuple[str, list[dict[str, Any]]], title: str = "Two_Rivers"
) -> dict[str, Any]:
    made = [{"context": context, "qas": qas} for context, qas in paragraphs]
    return {"version": "v2.0", "data": [{"title": title, "paragraphs": made}]}


FILE = file(
    (
        RIVERS,
        [
            asked("Which flows south?", RIVERS, "Birch", "Birch, or Brzoza", "Birch", id="r1"),
            asked("Which is longer?", RIVERS, "Alder", is_impossible=True),
        ],
    ),
    ("Home > Rivers > Bridges", [asked("Where?", "Home > Rivers > Bridges", "Rivers")]),
    (
        BRIDGE,
        [
            asked("Who built the bridge?", BRIDGE, "Cafe\u0301 owners", id="r1"),
            asked("When did it fall?", BRIDGE, "in 1931\x07", "1931"),
            asked("What a pity?", BRIDGE, "built\u2028the bridge", "\U0001f309 Pity"),
        ],
    ),
    (BRIDGE, [asked("What is written twice?", BRIDGE, "bridge")]),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "squad.json"
    path.write_text(json.dumps(FILE))
    return path


@pytest.mark.parametrize("title", ["Two_Rivers", "Share", "", "  A\ntitle ", "Ä" * 300])
def test_spans_fit_the_ingested_document(
    tmp_path: Path, folder: Path, ingest: Ingest, title: str
) -> None:
    path = tmp_path / "squad.json"
    path.write_text(json.dumps(FILE | {"data": [FILE["data"][0] | {"title": title}]}))
    articles = load_squad(path)
    write_articles(articles, folder)
    index = open_index(ingest(folder).location)
    text = index.document(document_id(articles[0].source)).text
    words = {q.question: [text[slice(*span)] for span in q.spans] for q in articles[0].questions}
    words.pop("Where?", None)
    assert words == {
        "Which flows south?": ["Birch", "Birch, or Brzoza"],
        "Which is longer?": [],
        "Who built the bridge?": ["Café owners"],
        "When did it fall?": ["in 1931", "1931"],
        "What a pity?": ["built the bridge", "\U0001f309 Pity"],
        "What is written twice?": ["bridge"],
    }
    fell = next(q for q in articles[0].questions if q.question == "When did it fall?")
    assert text[fell.spans[0][0] :].startswith("in 1931 fell")


def test_cases_have_the_answers_as_alternatives_and_unique_ids(path: Path) -> None:
    cases = squad_cases(load_squad(path))
    south = cases[0]
    ((first, second),) = south.gold
    assert (first.words, second.words) == ("Birch", "Birch, or Brzoza")
    assert first.start == second.start is not None
    assert south.facts == (("Birch", "Birch, or Brzoza"),)
    assert cases[1].abstain == "must" and not cases[1].gold and not cases[1].facts
    assert [case.id for case in cases if case.id.startswith("r1")] == ["r1", "r1-2"]
    assert len({case.id for case in cases}) == len(cases)
    assert {case.tags for case in cases} == {("squad",)}


def test_a_file_in_squad_format_is_told_from_others(path: Path, tmp_path: Path) -> None:
    assert is_squad(path)
    for text in ('[{"id": "a"}]', '{"id": "a", "note": "\\"data\\": ["}', "", "data: ["):
        path.write_text(text)
        assert not is_squad(path)
    assert not is_squad(tmp_path / "none") and not is_squad(tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (json.dumps(FILE, indent=1)[:-90], "not valid JSON: it breaks off"),
        ('{"data": [}', "line 1: not valid JSON: expected value"),
        ("[]", "not in SQuAD format"),
        ('{"version": "v2.0"}', "not in SQuAD format"),
        (
            json.dumps({"data": [{"title": "a", "paragraphs": [{"qas": []}]}]}),
            "data[0].paragraphs[0].context: is missing",
        ),
        (
            json.dumps(file(("a b", [asked("?", "a b", "a") | {"answers": [{"text": "b"}]}]))),
            "data[0].paragraphs[0].qas[0].answers[0].answer_start: is missing",
        ),
        (
            json.dumps(file(("a b", [asked("?", "a c", "c")]))),
            "data[0].paragraphs[0].qas[0].answers[0]: 'c' does not stand in the paragraph's",
        ),
        (json.dumps(file(title="")), "data[0]: cannot be ingested: the file is empty"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_place(path: Path, text: str, told: str) -> None:
    path.write_text(text)
    with pytest.raises(CaseError) as raised:
        load_squad(path)
    assert told in str(raised.value) and str(path) in str(raised.value)
