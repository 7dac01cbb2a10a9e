"""Case files are read whole, every problem named with its line, and written as they are read."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.cases.case import Case, GoldWords
from eval.cases.files import CaseError, load_cases, save_cases
from service.answering.conversation import Turn

CASE = {"id": "a", "question": "Who?", "document": "a.txt", "gold": ["Ann"]}

YAML = """\
- id: lighthouse
  question: When was it lit, and by whom?
  document: harbour.txt
  gold: [in 1947, [the keeper, Ann Reed]]
  facts: [1947, [yes, no]]
- id: weather
  question: Will it rain?
  abstain: must
  tags:
"""


def load(folder: Path, name: str, text: str) -> list[Case]:
    (folder / name).write_text(text, "utf-8")
    return load_cases(folder / name)


def complaints(folder: Path, name: str, text: str) -> list[str]:
    with pytest.raises(CaseError) as raised:
        load(folder, name, text)
    return [line.removeprefix(f"{folder}/") for line in str(raised.value).split("\n")]


def test_yaml_has_short_forms_and_takes_words_for_text(tmp_path: Path) -> None:
    lighthouse, weather = load(tmp_path, "cases.yaml", YAML)
    assert [[one.words for one in group] for group in lighthouse.gold] == [
        ["in 1947"],
        ["the keeper", "Ann Reed"],
    ]
    assert {one.document for group in lighthouse.gold for one in group} == {"harbour.txt"}
    assert lighthouse.facts == (("1947",), ("yes", "no"))
    assert weather.answerable is False and weather.tags == ()


@pytest.mark.parametrize(
    ("written", "read"),
    [("the log", ("the log",)), (["the log", "Ann"], ("the log", "Ann")), ([], ()), (None, None)],
)
def test_nobody_as_a_speaker_is_not_a_speaker_left_out(
    tmp_path: Path, written: object, read: tuple[str, ...] | None
) -> None:
    record = CASE | ({} if written is None else {"speaker": written})
    (one,) = load(tmp_path, "cases.yaml", json.dumps([record]))
    assert one.speaker == read
    save_cases([one], tmp_path / "saved.jsonl")
    assert json.loads((tmp_path / "saved.jsonl").read_text()) == record


def test_the_three_formats_say_the_same(tmp_path: Path) -> None:
    lines = load(tmp_path, "cases.jsonl", "\ufeff" + json.dumps(CASE) + "\r\n\n")
    assert load(tmp_path, "cases.json", json.dumps([CASE], indent="\t")) == lines
    assert load(tmp_path, "cases.yml", json.dumps([CASE])) == lines


def test_all_problems_of_a_yaml_file_are_named_with_their_lines(tmp_path: Path) -> None:
    text = YAML + "  histroy: []\n- id: weather\n  question: [x]\n  gold: [{words: w}]\n- text\n"
    assert complaints(tmp_path, "c.yaml", text) == [
        "c.yaml:10: weather: unknown field 'histroy': did you mean 'history'?",
        "c.yaml:11: weather: the id stands twice, first in line 6",
        "c.yaml:12: weather: question: should be a valid string, not ['x']",
        "c.yaml:13: weather: gold.0.0.document: is missing",
        "c.yaml:14: a case is an object with fields, {...}",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"question": None}, "question: is missing"),
        ({"facts": [1947]}, "facts.0.0: should be a valid string, not 1947; put it in quotes"),
        ({"abstain": "no"}, "abstain: should be 'never', 'may' or 'must', not 'no'"),
        ({"gold": []}, "nothing to check: give gold, facts, forbidden, or abstain: must"),
        ({"gold": [{"word": "Ann"}]}, "unknown field 'gold.0.0.word': did you mean 'words'?"),
        ({"speaker": ["Ann", "-"]}, "speaker.1: is empty"),
        ({"gold": [], "facts": ["x"], "speaker": []}, "a speaker is of gold words: give gold"),
        ({"colour": 1}, "unknown field 'colour': the fields are document, id, question, history,"),
        (
            {"history": [{"role": "user", "content": "Hi", "contents": ""}]},
            "unknown field 'history.0.contents': did you mean 'content'?",
        ),
    ],
)
def test_what_is_wrong_with_a_field_is_said(tmp_path: Path, change: object, told: str) -> None:
    wrong = CASE | {"id": "b"} | change  # type: ignore[operator]
    lines = "\n".join(map(json.dumps, (CASE, wrong)))
    assert any(
        line.startswith(f"c.jsonl:2: b: {told}") for line in complaints(tmp_path, "c.jsonl", lines)
    )
    listed = "[\n" + json.dumps(CASE) + ",\n\n" + json.dumps(wrong) + "]"
    assert any(
        line.startswith(f"c.json:4: b: {told}") for line in complaints(tmp_path, "c.json", listed)
    )


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("c.jsonl", '{"id": "a"', "c.jsonl:1: not valid JSON"),
        ("c.jsonl", '{"id": "a", "id": "b"}', "c.jsonl:1: not valid JSON: the field 'id' stands"),
        ("c.jsonl", "[" * 100_000, "c.jsonl:1: not valid JSON: nested"),
        ("c.json", '[\n{"id": }]', "c.json:2: not valid JSON"),
        ("c.json", '{"data": []}', "c.json:1: not a list"),
        ("c.yaml", "- id: a\n  id: b\n", "c.yaml:2: the field 'id' stands twice"),
        ("c.yaml", "- id: a\n  gold: [a\n", "c.yaml:3: not valid YAML"),
        ("c.yaml", "- id: !!python/name:os.system\n", "c.yaml:1: not valid YAML"),
        ("c.yaml", "- id: a\n  note: \x07\n", "c.yaml:2: not valid YAML"),
        ("c.yaml", "id: a\n", "c.yaml:1: not a list"),
        ("c.yaml", "# nothing yet\n", "c.yaml holds no cases"),
        ("c.jsonl", "\n", "c.jsonl holds no cases"),
        ("c.json", "", "c.json holds no cases"),
        ("c.txt", "", "c.txt: cases are read from .jsonl"),
    ],
)
def test_a_file_in_no_usable_form_is_said_so(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    assert any(line.startswith(told) for line in complaints(tmp_path, name, text))


def test_what_is_no_readable_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot be read: No such file"):
        load_cases(tmp_path / "none.jsonl")
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(CaseError, match="is a folder"):
        load_cases(tmp_path / "folder.yaml")
    (tmp_path / "c.jsonl").write_bytes(b"{}\n\xff")
    with pytest.raises(CaseError, match=r"c\.jsonl:2: not UTF-8"):
        load_cases(tmp_path / "c.jsonl")


def test_after_twenty_problems_the_others_are_counted(tmp_path: Path) -> None:
    found = complaints(tmp_path, "c.jsonl", "{\n" * 25)
    assert len(found) == 21 and found[-1] == "... and 5 more"


def test_cases_are_saved_in_the_short_forms(tmp_path: Path) -> None:
    save_cases(load(tmp_path, "c.jsonl", json.dumps(CASE)), tmp_path / "saved.jsonl")
    assert json.loads((tmp_path / "saved.jsonl").read_text()) == CASE
    with pytest.raises(CaseError, match="cannot be written"):
        save_cases([], tmp_path / "none" / "saved.yaml")


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip)
golds = st.builds(
    GoldWords, document=st.sampled_from("ab"), words=texts, start=st.none() | st.integers(0, 99)
)
groups = st.lists(st.lists(golds, min_size=1, max_size=2), max_size=2)
some_cases = st.builds(
    Case,
    id=texts,
    question=texts,
    history=st.lists(st.builds(Turn, st.sampled_from(["user", "assistant"]), texts), max_size=2),
    gold=groups,
    facts=st.lists(st.lists(texts, min_size=1, max_size=2), max_size=2),
    forbidden=st.lists(texts, min_size=1, max_size=2),
    abstain=st.sampled_from(["never", "may"]),
    tags=st.lists(texts, max_size=2),
    note=st.text(st.characters(exclude_categories=["Cs"])),
)
spoken_cases = st.builds(
    lambda case, speaker: case.model_copy(update={"speaker": speaker if case.gold else None}),
    some_cases,
    st.none() | st.lists(texts.map("A{}".format), max_size=2).map(tuple),
)


@given(cases=st.lists(spoken_cases, min_size=1, max_size=3, unique_by=lambda case: case.id))
@settings(deadline=None)
@pytest.mark.parametrize("suffix", [".jsonl", ".json", ".yaml"])
def test_what_was_saved_is_loaded_equal(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, cases: list[Case]
) -> None:
    path = tmp_path_factory.getbasetemp() / f"saved{suffix}"
    save_cases(cases, path)
    assert load_cases(path) == cases
