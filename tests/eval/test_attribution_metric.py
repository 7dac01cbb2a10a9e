"""Whether an answer names who makes a claim: on answers of known rightness, and on real ones."""

import httpx
import pytest

from eval.metrics.attribution import speaker_named
from eval.suite import SHIPPED, SHIPPED_DOCUMENTS, Suite, open_suite
from eval.targets.in_process import InProcess
from eval.targets.service_url import ServiceUrl
from tests.eval.answers import ANN, BEN, CID, Span, answer, asked, attributed, case, quote


@pytest.fixture(scope="module")
def shipped() -> Suite:
    return open_suite(SHIPPED, SHIPPED_DOCUMENTS, SHIPPED_DOCUMENTS)


@pytest.mark.parametrize(
    ("speakers", "attribution", "right"),
    [
        (["report"], "The report", 1.0),
        (["report"], "a REPORT, released by Ann", 1.0),
        (["report"], "two reporters", 0.0),
        (["port", "Ann"], "the report", 0.0),
        (["Ann Reed", "keeper"], "the keeper’s wife", 1.0),
        (["U.N. expert"], "the UN-expert", 1.0),
        (["Jon O’Hale"], "“Jon O'Hale”", 1.0),
        (["Ann Reed"], "Reed, Ann", 0.0),
        (["report"], "", 0.0),
        ([], "", 1.0),
        ([], "the report", 0.0),
    ],
)
def test_any_form_of_the_speaker_has_to_be_named_or_nobody(
    speakers: list[str], attribution: str, right: float
) -> None:
    one = asked(case(ANN, speaker=speakers), attributed(quote(ANN), attribution))
    assert speaker_named(one) == right


@pytest.mark.parametrize(
    ("spans", "names", "share"),
    [
        ((ANN, BEN), ("the log", "Ben"), 1.0),  # the second statement cites no gold
        ((BEN, ANN), ("the log", "Ben"), 0.0),
        ((ANN, CID), ("the log", "Ben"), 0.5),
        ((ANN, CID), ("the log", None), 1.0),
        ((BEN,), ("the log",), None),
        (((0, 15),), ("the log",), None),  # breaks off inside the gold words
    ],
)
def test_statements_that_cite_gold_count(
    spans: tuple[Span, ...], names: tuple[str | None, ...], share: float | None
) -> None:
    one = case(ANN, CID, speaker="the log")
    assert speaker_named(asked(one, attributed(quote(*spans), *names))) == share


def test_what_nobody_looks_at_answers_or_tells_is_not_counted() -> None:
    looked_at = case(ANN, speaker=[])
    assert speaker_named(asked(case(ANN), attributed(quote(ANN), "the log"))) is None
    assert speaker_named(asked(looked_at, answer())) is None
    assert speaker_named(asked(looked_at, quote(ANN))) is None


def test_a_service_tells_who_makes_a_claim_in_process_and_over_http(
    shipped: Suite, seeds_target: InProcess, client: httpx.Client
) -> None:
    wanted = {"facts-09": "report", "caption-01": ""}
    for target in (seeds_target, ServiceUrl(str(client.base_url))):
        for one in shipped.only([], list(wanted), None).cases:
            (first, *_) = target.ask(one).statements
            assert first.attribution is not None
            assert wanted[one.id] in first.attribution
            assert bool(first.attribution) == bool(wanted[one.id])


def test_the_shipped_speakers_are_named_in_the_document(shipped: Suite) -> None:
    text = "".join(path.read_text("utf-8") for path in SHIPPED_DOCUMENTS.iterdir()).casefold()
    speakers = [one.speaker for one in shipped.cases if one.speaker is not None]
    assert {form for forms in speakers for form in forms if form.casefold() not in text} == set()
    assert len(speakers) > 2 * speakers.count(()) > 30
