"""In process or over HTTP, the same questions get the same figures; failures are told."""

from pathlib import Path

import httpx
import pytest

from eval.cases.case import Case
from eval.judges.local import LocalJudge
from eval.results import RunResult
from eval.run import run_suite
from eval.suite import SHIPPED, SHIPPED_DOCUMENTS, Suite, open_suite
from eval.targets.in_process import InProcess
from eval.targets.service_url import ServiceUrl
from eval.targets.target import Target, TargetError
from tests.conftest import serving


@pytest.fixture(scope="module")
def suite() -> Suite:
    whole = open_suite(SHIPPED, SHIPPED_DOCUMENTS, SHIPPED_DOCUMENTS)
    return whole.only([], [], sample=40)


def without_times(run: RunResult) -> str:
    """A run as JSON, without what two runs may differ in."""
    kept = run.model_copy(
        update={
            "created": "",
            "target": "",
            "settings": {},
            "figures": tuple(f for f in run.figures if f.group != "cost"),
            "cases": tuple(
                r.model_copy(
                    update={
                        "response": r.response.model_copy(update={"timings_ms": {}}),
                        "rows": {n: row for n, row in r.rows.items() if "latency" not in n},
                    }
                )
                for r in run.cases
            ),
        }
    )
    return kept.model_dump_json()


def run(suite: Suite, target: Target, workers: int = 1) -> RunResult:
    return run_suite(suite, target, LocalJudge(), workers)


def test_two_runs_differ_in_times_alone(suite: Suite, seeds_target: InProcess) -> None:
    first = run(suite, seeds_target)
    assert without_times(first) == without_times(run(suite, seeds_target))
    assert without_times(first) == without_times(run(suite, seeds_target, workers=4))


def test_a_running_service_gets_the_same_figures(
    suite: Suite, seeds_target: InProcess, client: httpx.Client
) -> None:
    url = ServiceUrl(str(client.base_url))
    here, there = run(suite, seeds_target), run(suite, url)
    figures = {f.name: (f.value, f.low, f.high) for f in here.figures if f.group != "cost"}
    assert figures == {f.name: (f.value, f.low, f.high) for f in there.figures if f.group != "cost"}
    assert [r.right for r in here.cases] == [r.right for r in there.cases]
    assert there.model == "extractive"


def test_a_case_may_be_limited_to_documents_over_http_too(client: httpx.Client) -> None:
    target = ServiceUrl(str(client.base_url))
    (source,) = target.library.sources()
    question = "Which ILO conventions did China ratify?"
    asked = target.ask(Case(id="a", question=question, abstain="must", within=(source,)))
    assert asked.error is None
    assert asked.passages


def test_retrieval_is_measured_though_an_abstention_shows_few_passages(
    seeds_target: InProcess,
) -> None:
    refused = seeds_target.ask(Case(id="a", question="Who chairs the bakery?", abstain="must"))
    assert refused.abstained
    assert len(refused.passages) > 3


def test_no_service_is_one_clear_line() -> None:
    with pytest.raises(TargetError, match=r"http://127.0.0.1:9/v1/documents: .*refused"):
        ServiceUrl("http://127.0.0.1:9")


def test_a_service_that_goes_away_ends_the_run(seeds_index: Path, suite: Suite) -> None:
    with serving(seeds_index) as client:
        target = ServiceUrl(str(client.base_url))
        assert target.ask(suite.cases[0]).error is None
        for case in suite.cases:  # so that the gold words are looked up while it is there
            for group in case.gold:
                target.library.text(target.library.find(group[0].document) or "")
    assert "refused" in (target.ask(suite.cases[0]).error or "")
    with pytest.raises(TargetError, match="gives no answers"):
        run(suite, target)
