"""Spreadsheets of questions become cases; what a person should know of a row is said."""

from pathlib import Path

import pytest

from eval.cases.case import Case
from eval.cases.files import CaseError
from eval.cases.questions_csv import csv_cases


class Texts:
    """Documents in memory: their ids are their sources in upper case."""

    def __init__(self, **texts: str) -> None:
        self._texts = {f"{name}.txt": text for name, text in texts.items()}

    def find(self, source: str) -> str | None:
        return source.upper() if source in self._texts else None

    def text(self, document_id: str) -> str:
        return self._texts[document_id.lower()]

    def sources(self) -> list[str]:
        return list(self._texts)


LIBRARY = Texts(
    lamp="The keeper’s lamp was lit in 1947. It burns oil, oil, oil, oil, oil and oil.",
    ship="The ship Dora sank in 19478 fathoms; Dora was never found.",
)


def read(folder: Path, text: str | bytes) -> tuple[list[Case], list[str]]:
    path = folder / "questions.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return csv_cases(path, LIBRARY)


def complaint(folder: Path, text: str | bytes) -> str:
    with pytest.raises(CaseError) as raised:
        read(folder, text)
    return str(raised.value).replace(f"{folder}/", "")


def test_an_answer_that_stands_in_one_document_is_gold(tmp_path: Path) -> None:
    (when, what), notes = read(
        tmp_path, "question,answer,document\nWhen?,1947,\nWhat?,the keeper's lamp,lamp.txt\n"
    )
    ((gold,),) = when.gold
    assert (gold.document, gold.words, gold.start) == ("lamp.txt", "1947", 29)
    assert what.gold[0][0].words == "The keeper’s lamp" and not what.facts and not notes


def test_an_answer_that_stands_nowhere_or_everywhere_is_a_fact(tmp_path: Path) -> None:
    cases, notes = read(tmp_path, "question,answer\nWho?,Ann\nWhat?,oil\nWhich?,the\n")
    assert [case.facts for case in cases] == [(("Ann",),), (("oil",),), (("the",),)]
    assert notes == [
        "line 2: the answer 'Ann' stands in no document; it became a required fact",
        "line 3: the answer 'oil' stands in 6 places of 1 document; it became a required fact",
        "line 4: the answer 'the' stands in 2 places of 2 documents; it became a required fact",
    ]


def test_all_columns_are_read(tmp_path: Path) -> None:
    text = (
        "\n;ID;Question;Evidence;Facts;Forbidden;Speaker;Abstain;Tags;Answer\n"
        ";a;Is it lit?;the keeper's lamp|lit in 1947;1947 | oil;gas;Ann|log;may;must|lamp;yes\n"
        ";c;When?;lit in 1947;;;-;;;\n"
        ';;"Is it\nlost?";;;;;yes;\n'
    )
    (lit, when, lost), notes = read(tmp_path, text.encode("cp1252"))
    assert [group[0].words for group in lit.gold] == ["The keeper’s lamp", "lit in 1947"]
    assert (lit.id, lit.facts, lit.forbidden) == ("a", (("1947",), ("oil",)), ("gas",))
    assert (lit.abstain, lit.tags, lit.note) == ("may", ("must", "lamp"), "Answer: yes")
    assert (lit.speaker, when.speaker, lost.speaker) == (("Ann", "log"), (), None)
    assert (lost.id, lost.question, lost.abstain) == ("questions-5", "Is it\nlost?", "must")
    assert not notes


def test_a_question_alone_is_passed_over_and_unknown_columns_are_named(tmp_path: Path) -> None:
    cases, notes = read(tmp_path, "question\tanwser\tfacts\nWho?\tAnn\n\nWhen?\t\t1947")
    assert [case.question for case in cases] == ["When?"]
    assert notes == [
        "line 1: the column 'anwser' is passed over: did you mean 'answer'?",
        "line 2: only a question, nothing to check: it was passed over",
    ]


def test_the_problems_of_all_rows_are_named_with_their_lines(tmp_path: Path) -> None:
    text = (
        "id,question,document,gold,abstain\n"
        "a,?,lamps.txt,oil,\n"
        'b,?,lamp.txt,"the lamp\nwas never lit",\n'
        "c,?,,a whale,\n"
        "d,?,lamp.txt,oil,must\n"
        "e,?,lamp.txt,oil,\n"
        "e,,lamp.txt,oil,often\n"
        "e,Who, then?,lamp.txt,oil,never\n"
        "e,?,lamp.txt,oil,\n"
    )
    assert complaint(tmp_path, text).split("\n") == [
        "questions.csv:2: no document 'lamps.txt': did you mean 'lamp.txt'?",
        "questions.csv:3: the words 'the lamp\\nwas never lit' do not stand in lamp.txt; "
        "nearest: 'The keeper’s lamp was'",
        "questions.csv:5: the words 'a whale' stand in no document",
        "questions.csv:6: a case whose right answer is an abstention has no gold and no facts",
        "questions.csv:8: abstain: should be 'never', 'may' or 'must', not 'often'",
        "questions.csv:8: question: is empty",
        "questions.csv:9: 6 cells under 5 columns: put cells that have ',' in them in double "
        "quotes",
        "questions.csv:10: the id 'e' stands twice, first in line 7",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "questions.csv:1: no column 'question' in the header row: []"),
        ("Who?,Ann\n", "questions.csv:1: no column 'question' in the header row: ['Who?', 'Ann']"),
        ("question,gold,quote\n", "questions.csv:1: two columns for 'gold'"),
        (b"question\n\0\1", "questions.csv: binary data"),
    ],
)
def test_what_is_no_table_of_questions_is_said_so(
    tmp_path: Path, text: str | bytes, told: str
) -> None:
    assert complaint(tmp_path, text).startswith(told)
