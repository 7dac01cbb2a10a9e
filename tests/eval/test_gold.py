"""Gold words are found where they exactly stand, and what is not found is explained."""

from pathlib import Path

import pytest

from eval.cases.case import Case
from eval.cases.files import CaseError
from eval.cases.gold import check_gold, documents_within, gold_places
from eval.targets.in_process import IndexLibrary
from ingest.documents import document_id
from tests.conftest import Ingest

TEXT = "The keeper’s lamp was lit in 1947. Nobody  knew who lit the lamp — or why."


@pytest.fixture
def library(folder: Path, ingest: Ingest) -> IndexLibrary:
    (folder / "harbour").mkdir()
    (folder / "harbour" / "lamp.txt").write_text(TEXT)
    return IndexLibrary(ingest(folder))


def case(gold: object, document: str = "harbour/lamp.txt") -> Case:
    return Case.model_validate({"id": "c", "question": "?", "document": document, "gold": gold})


def test_a_case_may_be_limited_to_documents(library: IndexLibrary) -> None:
    limited = case("lamp").model_copy(update={"within": ("harbour/lamp.txt",)})
    assert documents_within(limited, library) == [document_id("harbour/lamp.txt")]
    assert documents_within(case("lamp"), library) is None
    assert "within: no document 'lamp.txt'" in error(
        limited.model_copy(update={"within": ("lamp.txt",)}), library
    )


def error(case: Case, library: IndexLibrary) -> str:
    with pytest.raises(CaseError) as raised:
        gold_places(case, library)
    return str(raised.value)


def test_each_group_has_all_places_of_all_alternatives(library: IndexLibrary) -> None:
    groups = gold_places(case(["lamp", ["lit the", "in 1947"]]), library)
    id = document_id("harbour/lamp.txt")
    words = [[library.text(p.document_id)[p.start : p.end] for p in group] for group in groups]
    assert words == [["lamp", "lamp"], ["lit the", "in 1947"]]
    assert {place.document_id for group in groups for place in group} == {id}


def test_a_start_names_one_of_several_places(library: IndexLibrary) -> None:
    text = library.text(document_id("harbour/lamp.txt"))
    second = text.rindex("lamp")
    ((place,),) = gold_places(case([{"words": "lamp", "start": second}]), library)
    assert place.start == second
    assert "does not start at 3" in error(case([{"words": "lamp", "start": 3}]), library)
    assert "but at 13; '' does" in error(case([{"words": "lamp", "start": 999}]), library)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("the keeper's lamp", "nearest: 'The keeper’s lamp'"),
        ("Nobody\nknew", "nearest: 'Nobody"),
        ("the lamp - or why", "nearest: 'the lamp — or why'"),
        ("the lamp was first lit in 1947", "nearest: 'The keeper’s lamp was lit in'"),
        ("lit in\n1947.", "nearest: 'lit in 1947.'"),
        ("a ship sank", "nor anything like them"),
    ],
)
def test_words_that_do_not_stand_there_come_with_the_nearest(
    library: IndexLibrary, words: str, told: str
) -> None:
    assert told in error(case([words]), library)


def test_a_document_that_is_not_there_comes_with_those_called_so(library: IndexLibrary) -> None:
    assert "did you mean 'harbour/lamp.txt'" in error(case(["lamp"], "lamp.txt"), library)
    assert "did you mean 'harbour/lamp.txt'" in error(case(["lamp"], "harbor/lamp.txt"), library)
    assert "no document 'x' among 1" in error(case(["lamp"], "x"), library)


def test_the_gold_of_all_cases_is_checked_at_once(library: IndexLibrary) -> None:
    check_gold([case(["lamp"])], library)
    with pytest.raises(CaseError) as raised:
        check_gold([case(["ship"]), case(["boat"])], library)
    assert str(raised.value).count("c: gold.0.0: the words") == 2
