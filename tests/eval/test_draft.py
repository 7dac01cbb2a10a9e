"""Drafts of cases are sound questions whose gold words stand in the documents."""

from pathlib import Path

import pytest

from eval.cases.case import Case
from eval.cases.draft import draft_cases
from eval.cases.files import load_cases, save_cases
from eval.cases.gold import check_gold
from eval.targets.in_process import IndexLibrary
from tests.conftest import Ingest

HARBOUR = """\
Harbour

The Orla Lighthouse was built by Ann Reed in 1847 on the northern rocks. The Orla Lighthouse \
contains three lamps that burn oil. There were 40 keepers in Orla, who took turns at night.

Marta Voss, the keeper of the Orla Lighthouse, said that the northern rocks had never been safe \
for ships. A foghorn is a device that warns ships by sound when they cannot see the coast.

The Orla harbour was closed because the northern rocks had moved in the storm. Ships \
carried bulky goods such as timber, bicycles and salt fish. He told them that it was theirs.

“The northern rocks were always a danger to small ships,” Jon Hale said.

FILE - The Elba Mill was built by Jon Hale in 1901 on the southern bank of the river.
"""
MILL = """\
Mill

In 1921, the Elba Mill was sold to Orla Water Works. The Elba Mill is about 30 metres high. It was \
painted in 1950 by the town. In 1930, the Elba Mill was given to their sons.

The Elba Mill was closed in 1970. Click here to read all of it now.
"""


@pytest.fixture
def library(folder: Path, ingest: Ingest) -> IndexLibrary:
    (folder / "harbour.txt").write_text(HARBOUR)
    (folder / "mill.txt").write_text(MILL)
    return IndexLibrary(ingest(folder))


def asked(cases: list[Case]) -> dict[str, str]:
    return {case.question: case.gold[0][0].words for case in cases if case.gold}


def test_forms_of_sentences_become_questions(library: IndexLibrary) -> None:
    assert asked(draft_cases(library, 100, 1)) == {
        "When was the Elba Mill sold to Orla Water Works?": (
            "In 1921, the Elba Mill was sold to Orla Water Works"
        ),
        "How high is the Elba Mill?": "The Elba Mill is about 30 metres high",
        "How many keepers were there in Orla?": "There were 40 keepers in Orla",
        "How many lamps does the Orla Lighthouse contain?": (
            "The Orla Lighthouse contains three lamps that burn oil"
        ),
        "Why was the Orla harbour closed?": (
            "The Orla harbour was closed because the northern rocks had moved in the storm"
        ),
        "Who is Marta Voss?": "Marta Voss, the keeper of the Orla Lighthouse",
        "Who was the Orla Lighthouse built by?": "The Orla Lighthouse was built by Ann Reed",
        "What is a foghorn?": (
            "A foghorn is a device that warns ships by sound when they cannot see the coast"
        ),
        "What are examples of bulky goods?": "bulky goods such as timber, bicycles and salt fish",
        "What did Jon Hale say about the northern rocks?": (
            "The northern rocks were always a danger to small ships"
        ),
    }


def test_gold_stands_in_the_documents_and_a_person_is_to_look(
    library: IndexLibrary, tmp_path: Path
) -> None:
    cases = draft_cases(library, 100, 1)
    check_gold(cases, library)
    assert all("draft" in case.tags for case in cases)
    save_cases(cases, tmp_path / "drafts.yaml")
    assert load_cases(tmp_path / "drafts.yaml") == cases


def test_a_seed_gives_the_same_drafts_and_documents_take_turns(library: IndexLibrary) -> None:
    assert draft_cases(library, 5, 3) == draft_cases(library, 5, 3)
    for seed in range(20):
        few = [case for case in draft_cases(library, 5, seed) if case.gold]
        assert {case.gold[0][0].document for case in few} == {"harbour.txt", "mill.txt"}
        assert len({case.tags for case in few}) >= 3


def test_some_questions_have_no_answer(library: IndexLibrary) -> None:
    cases = draft_cases(library, 20, 1)
    unanswerable = [case for case in cases if case.abstain == "must"]
    assert len(unanswerable) <= 4
    assert any("Marta Voss" in case.question for case in unanswerable)
    far = [case.question for case in unanswerable if "off-topic" in case.tags]
    assert len(far) == 2 and not any("bicycle" in question for question in far)
