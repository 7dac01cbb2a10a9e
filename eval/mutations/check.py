"""The mutation check: break the service on purpose, and see that the gate fails each time.

A gate that has never been seen to fail is not known to work (mutation testing, DeMillo, Lipton
and Sayward 1978, for an evaluation instead of a test suite).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from eval.baseline import Baseline
from eval.cases.case import Case
from eval.gate import Verdict, judge_run
from eval.judges.judge import Judge, Remembering
from eval.mutations import responses, services
from eval.mutations.responses import Fault
from eval.mutations.services import Breakage
from eval.results import RunResult
from eval.run import run_suite
from eval.suite import Suite
from eval.targets.in_process import InProcess
from eval.targets.response import Response
from eval.targets.target import Target

UNBROKEN = "nothing broken"

FAULTS: tuple[Fault, ...] = (
    responses.shifted_offsets,
    responses.shifted_spans,
    responses.shuffled_citations,
    responses.first_passage_cited,
    responses.other_source_named,
    responses.uncited,
    responses.sentence_added,
    responses.always_abstains,
    responses.dropped_negations,
    responses.swapped_speakers,
    responses.unattributed,
    responses.changed_numbers,
)
BREAKAGES: tuple[Breakage, ...] = (services.retrieval_off_by_one, services.never_abstains)


@dataclass(frozen=True, slots=True)
class Mutation:
    """A broken service, what the gate said, and in how many cases the fault showed at all."""

    name: str
    verdict: Verdict
    touched: int

    @property
    def as_wanted(self) -> bool | None:
        """None for a fault that no answer of the suite can show."""
        if self.name == UNBROKEN:
            return self.verdict.passed
        return not self.verdict.passed if self.touched else None


def check_mutations(
    suite: Suite, target: InProcess, judge: Judge, baseline: Baseline | None = None
) -> Iterator[Mutation]:
    """First the service as it is, asked again, which has to pass; then each broken one.

    Compared with `baseline`, else with a run of the service as it is.
    """
    judge = Remembering(judge)
    before = run_suite(suite, target, judge)
    baseline = baseline or Baseline.of(before)

    def gated(name: str, broken: Target) -> Mutation:
        run = run_suite(suite, broken, judge)
        return Mutation(name, judge_run(run, baseline), _differing(before, run))

    yield gated(UNBROKEN, target)
    for fault in FAULTS:
        yield gated(_words(fault), _Faulty(target, before, fault))
    for breakage in BREAKAGES:
        yield gated(_words(breakage), breakage(target))


class _Faulty:
    """Gives the recorded responses of a run, each with the fault."""

    def __init__(self, target: InProcess, run: RunResult, fault: Fault) -> None:
        self.name = f"{target.name}, with {_words(fault)}"
        self.model = target.model
        self.library = target.library
        self.settings = target.settings
        self._recorded = {result.case.id: result.response for result in run.cases}
        self._fault = fault

    def ask(self, case: Case) -> Response:
        response = self._recorded[case.id]
        return response if response.abstained else self._fault(response, self.library)


def _words(function: Callable[..., object]) -> str:
    return function.__name__.replace("_", " ")


def _differing(before: RunResult, after: RunResult) -> int:
    keep = {"timings_ms"}
    return sum(
        old.response.model_dump(exclude=keep) != new.response.model_dump(exclude=keep)
        for old, new in zip(before.cases, after.cases, strict=True)
    )
