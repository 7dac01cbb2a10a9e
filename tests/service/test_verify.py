"""The last check: what the index does not say at its offsets does not leave."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from ingest.index import Index
from service.answering.answer import Citation, Statement
from service.answering.answerer import Answerer
from service.answering.engine import Draft, Part
from service.answering.verify import Verification, verify
from service.assembly import Assembly
from service.language_models.limits import Limits
from service.retrieval.hybrid import RetrievedPassage
from service.settings import ServiceSettings
from tests.conftest import Ingest

FOX = "Fox Notes\n\nThe fox sleeps by the old river.\n\nThe owl hunts in the orchard at dusk.\n"
ASKED = "Where does the fox sleep?"


@pytest.fixture
def notes(folder: Path) -> Path:
    """A folder of one small document."""
    (folder / "fox.txt").write_text(FOX)
    return folder


def answerer_over(index: Index) -> Answerer:
    """The real one, but it never abstains for lack of confidence."""
    return Assembly(ServiceSettings(index=index.location, abstain_below=0.0)).answerer()


def rewrite(folder: Path) -> None:
    (folder / "fox.txt").write_text(FOX.replace("fox", "cat").replace("owl", "dog"))


def shift(folder: Path) -> None:
    (folder / "fox.txt").write_text(FOX.replace("Fox Notes", "More Fox Notes"))


def remove(folder: Path) -> None:
    (folder / "fox.txt").unlink()


def extend(folder: Path) -> None:
    (folder / "fox.txt").write_text(FOX + "\nThe hare ran away.\n")


@pytest.mark.parametrize("change", [rewrite, shift, remove])
def test_verify_drops_and_counts_what_has_changed_since_retrieval(
    ingest: Ingest, notes: Path, change: Callable[[Path], None]
) -> None:
    answer = answerer_over(ingest(notes)).ask(ASKED)
    change(notes)
    kept, outcome = verified(ingest(notes, prune=True), answer.statements, answer.passages)
    assert kept == []
    assert (outcome.kept, outcome.dropped) == (0, len(answer.statements))
    assert outcome.dropped > 0


def test_verify_keeps_what_still_stands_in_a_changed_document(ingest: Ingest, notes: Path) -> None:
    answer = answerer_over(ingest(notes)).ask(ASKED)
    extend(notes)
    kept, outcome = verified(ingest(notes), answer.statements, answer.passages)
    assert tuple(kept) == answer.statements
    assert outcome.dropped == 0


def test_verify_reads_the_document_for_a_passage_that_was_not_retrieved(
    ingest: Ingest, notes: Path
) -> None:
    index = ingest(notes)
    answer = answerer_over(index).ask(ASKED)
    assert tuple(verified(index, answer.statements, [])[0]) == answer.statements


def test_a_false_citation_goes_and_its_statement_stays_by_the_true_one(
    ingest: Ingest, notes: Path
) -> None:
    index = ingest(notes)
    true = answerer_over(index).ask(ASKED).citations[0]
    statement = Statement("The fox sleeps.", (forged(true), true))
    kept, outcome = verified(index, [statement], [])
    assert kept == [Statement("The fox sleeps.", (true,))]
    assert outcome.kept == 1


class Misquoting:
    """An engine whose words are not the document's."""

    name = "misquoting"

    prompts: Mapping[str, str] = MappingProxyType({})

    def draft(self, parts: Sequence[Part], limits: Limits) -> Draft:
        found = parts[0].passages[0]
        true = Citation(found.record, found.passage, found.passage.start, found.passage.end, 1.0)
        return Draft(iter([Statement("The fox never sleeps.", (forged(true),))]), 1.0)


def test_an_engine_that_misquotes_ends_in_an_abstention(ingest: Ingest, notes: Path) -> None:
    whole = answerer_over(ingest(notes))
    answer = Answerer(whole.retriever, Misquoting(), whole.summariser, 8).ask(ASKED)
    assert answer.abstained
    assert answer.dropped_statements == 1
    assert answer.passages


def verified(
    index: Index, statements: Sequence[Statement], retrieved: Sequence[RetrievedPassage]
) -> tuple[list[Statement], Verification]:
    outcome = Verification()
    ids = [found.passage.id for found in retrieved]
    return list(verify(index, iter(statements), ids, outcome)), outcome


def forged(citation: Citation) -> Citation:
    """A citation of the same place with other words."""
    passage = citation.passage
    return replace(citation, passage=replace(passage, text=passage.text.swapcase()))
