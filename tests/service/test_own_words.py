"""A question after a person's words is not answered with those of another."""

from pathlib import Path

import pytest

from service.answering.own_words import person_asked
from tests.conftest import Ingest
from tests.service.test_verify import answerer_over

TEXT = "Ada Brandt, the harbour master, met Carl Holm of the Lissen Harbour Board in Oster."


@pytest.mark.parametrize(
    ("question", "person"),
    [
        ("What did Ada Brandt say about the mole?", "Ada Brandt"),
        ("How did Brandt react to the closing?", "Brandt"),
        ("According to Brandt, when will it open?", "Brandt"),
        ("Was it closed, in Brandt's words?", "Brandt"),
        ("What has Holm repeatedly claimed?", "Holm"),
        ("What did the Lissen Harbour Board say?", None),  # it speaks through people
        ("What did Oster say?", None),
        ("Who is Ada Brandt?", None),
        ("what did he say?", None),
    ],
)
def test_the_person_is_found(question: str, person: str | None) -> None:
    assert person_asked(question, TEXT) == person


@pytest.fixture
def mole(folder: Path) -> Path:
    (folder / "mole.txt").write_text(
        "The mole\n\nThe northern mole of Lissen is unsafe for ships, inspector Carl Holm said.\n\n"
        "Harbour master Ada Brandt received the report of the northern mole on Monday.\n\n"
        "“The southern mole needs new lamps,” Brandt said.\n"
    )
    return folder


def test_the_claims_of_others_are_left_out(ingest: Ingest, mole: Path) -> None:
    answerer = answerer_over(ingest(mole))
    said = answerer.ask("What did Ada Brandt say about the southern mole?").statements
    assert said[0].attribution == "Brandt"
    assert "inspector Carl Holm" not in {statement.attribution for statement in said}
    other = answerer.ask("What did Ada Brandt say about the northern mole?").statements
    assert all("unsafe" not in statement.text for statement in other)
