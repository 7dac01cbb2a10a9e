"""The gate fails each deliberately broken service, and passes the one that is whole."""

import pytest

from eval.judges.local import LocalJudge
from eval.mutations import responses
from eval.mutations.check import BREAKAGES, FAULTS, UNBROKEN, check_mutations
from eval.mutations.responses import Fault
from eval.suite import SHIPPED, SHIPPED_DOCUMENTS, open_suite
from eval.targets.in_process import InProcess
from eval.targets.response import RankedPassage
from tests.eval.answers import ANN, BEN, CID, DORA, TEXT, Shelf, answer, attributed, quote


def test_the_gate_catches_every_mutation(seeds_target: InProcess) -> None:
    suite = open_suite(SHIPPED, SHIPPED_DOCUMENTS, SHIPPED_DOCUMENTS)
    whole, *broken = check_mutations(suite, seeds_target, LocalJudge())
    assert (whole.name, whole.verdict.passed, whole.touched) == (UNBROKEN, True, 0)
    assert len(broken) == len(FAULTS) + len(BREAKAGES)
    assert [mutation.name for mutation in broken if mutation.verdict.passed] == []
    assert all(mutation.touched for mutation in broken)


PASSAGES = tuple(
    RankedPassage(document_id="d", start=start, end=end, text=TEXT[start:end])
    for start, end in ((0, 36), (36, len(TEXT)))
)
RESPONSE = quote(CID, DORA).model_copy(update={"passages": PASSAGES})
SAID = attributed(answer(("It was 2 days, and not by Cid.", [CID])), "the log").model_copy(
    update={"passages": PASSAGES}
)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_changes_the_response(fault: Fault) -> None:
    assert fault(SAID, Shelf()) != SAID


def test_offsets_move_and_words_stay() -> None:
    moved = responses.shifted_offsets(RESPONSE, Shelf()).citations[0]
    assert moved.start == CID[0] + 7
    assert moved.cited_text == TEXT[slice(*CID)]


def test_spans_move_with_their_words_and_stay_inside_the_document() -> None:
    for citation in responses.shifted_spans(RESPONSE, Shelf()).citations:
        assert citation.start is not None and citation.end is not None
        assert 0 <= citation.start < citation.end <= len(TEXT)
        assert TEXT[citation.start : citation.end] == citation.cited_text


def test_negations_go_and_the_rest_stays() -> None:
    said = responses.dropped_negations(RESPONSE, Shelf()).statements
    assert [one.text for one in said] == ["Cid saw it.", "Dora has two copies of it."]
    short = answer(("She didn’t go, not now.", [ANN]))
    assert responses.dropped_negations(short, Shelf()).answer == "She did go, now."


def test_who_said_it_is_left_out_where_it_was_told() -> None:
    named = attributed(RESPONSE, "the log", "")
    assert responses.unattributed(named, Shelf()) == attributed(RESPONSE, "", "")
    assert responses.unattributed(RESPONSE, Shelf()) == RESPONSE


def test_numbers_and_names_are_replaced() -> None:
    numbered = answer(("In 1999 there were 3.", [BEN]))
    assert responses.changed_numbers(numbered, Shelf()).answer == "In 2000 there were 4."
    assert responses.swapped_speakers(SAID, Shelf()).answer == "It was 2 days, and not by Oslo."
