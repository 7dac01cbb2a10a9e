"""The gate fails for what got worse, names the cases, and lets the rest through."""

from collections.abc import Callable
from pathlib import Path

import pytest

from eval.baseline import Baseline, BaselineError, load_baseline, save_baseline
from eval.cases.case import Case
from eval.gate import judge_run
from eval.judges.judge import JudgeError
from eval.judges.local import LocalJudge
from eval.results import RunResult
from eval.run import run_suite
from eval.suite import Suite
from eval.targets.response import Response
from tests.eval.answers import ANN, BEN, DORA, Shelf, answer, attributed, case, quote

CASES = [case(ANN, id=f"c{n}", question=f"{n}?") for n in range(20)]
MUST = case(ANN, id="c0", question="0?", tags=["must"])
RIGHT = quote(ANN, passages=(ANN,))
WRONG = quote(BEN, passages=(ANN,))


class Scripted:
    """Answers each case as the test says."""

    name, model, library = "scripted", "none", Shelf()

    def __init__(self, reply: Callable[[Case], Response]) -> None:
        self.ask = reply

    def settings(self) -> dict[str, str]:
        return {}


def run(reply: Callable[[Case], Response], cases: list[Case] = CASES) -> RunResult:
    return run_suite(Suite("s", tuple(cases), None, {}), Scripted(reply), LocalJudge())


BEFORE = Baseline.of(run(lambda case: RIGHT))


def broken(count: int) -> Callable[[Case], Response]:
    return lambda case: WRONG if int(case.id[1:]) < count else RIGHT


def test_the_same_answers_pass() -> None:
    verdict = judge_run(run(lambda case: RIGHT), BEFORE)
    assert verdict.passed
    assert not verdict.changes
    assert not verdict.problems


def test_one_broken_case_is_told_and_passes() -> None:
    verdict = judge_run(run(broken(1)), BEFORE)
    assert verdict.passed
    (change,) = verdict.changes
    assert (change.id, change.kind, change.must) == ("c0", "broken", False)
    assert change.before == RIGHT.answer
    assert change.after == WRONG.answer
    assert change.reasons == ("cites none of the gold words",)


def test_one_broken_case_that_must_not_break_fails() -> None:
    verdict = judge_run(run(broken(1), [MUST, *CASES[1:]]), BEFORE)
    assert not verdict.passed
    assert verdict.problems[0].startswith("c0 must not break")


def test_a_must_case_that_was_wrong_before_does_not_fail_again() -> None:
    before = Baseline.of(run(broken(1), [MUST, *CASES[1:]]))
    assert judge_run(run(broken(1), [MUST, *CASES[1:]]), before).passed


def test_a_new_must_case_has_to_be_right() -> None:
    new = case(ANN, id="new", tags=["must"])
    reply = broken(0)
    assert judge_run(run(lambda c: RIGHT if c.id == "new" else reply(c), [*CASES, new]), BEFORE)
    verdict = judge_run(run(lambda c: WRONG if c.id == "new" else RIGHT, [*CASES, new]), BEFORE)
    assert [change.id for change in verdict.changes] == ["new"]
    assert not verdict.passed
    assert verdict.not_compared == ("new",)


def test_a_drop_beyond_the_interval_fails_and_tells_from_what_to_what() -> None:
    verdict = judge_run(run(broken(8)), BEFORE)
    assert not verdict.passed
    drops = {drop.metric: (drop.before, drop.after) for drop in verdict.drops}
    assert drops["right"] == (1.0, 0.6)
    assert drops["span recall"] == (1.0, 0.6)
    assert "hit@1" not in drops
    assert all(drop.high < 0 for drop in verdict.drops)


def test_a_rise_of_what_should_be_low_fails() -> None:
    cases = [case(ANN, id=f"c{n}", forbidden=["Dora"]) for n in range(10)]
    before = Baseline.of(run(lambda case: RIGHT, cases))
    verdict = judge_run(run(lambda case: quote(ANN, DORA), cases), before)
    assert "forbidden said" in {drop.metric for drop in verdict.drops}


def test_claims_that_lose_their_speaker_fail_though_every_case_stays_right() -> None:
    cases = [case(ANN, id=f"c{n}", speaker=["the log"]) for n in range(10)]
    before = Baseline.of(run(lambda case: attributed(RIGHT, "Cid's log, the log"), cases))
    verdict = judge_run(run(lambda case: attributed(RIGHT, ""), cases), before)
    assert [drop.metric for drop in verdict.drops] == ["attribution right"]
    assert not verdict.passed and not verdict.changes


def test_another_speaker_wanted_is_another_case() -> None:
    moved = [case(ANN, id="c0", question="0?", speaker=[]), *CASES[1:]]
    assert judge_run(run(lambda case: RIGHT, moved), BEFORE).not_compared == ("c0",)


def test_what_got_better_is_told_and_passes() -> None:
    verdict = judge_run(run(lambda case: RIGHT), Baseline.of(run(broken(8))))
    assert verdict.passed
    assert {change.kind for change in verdict.changes} == {"mended"}


@pytest.mark.parametrize("baseline", [None, BEFORE])
def test_an_untrue_footnote_always_fails(baseline: Baseline | None) -> None:
    false = RIGHT.citations[0].model_copy(update={"cited_text": "Ann wrote it in Rome."})
    untrue = RIGHT.model_copy(update={"citations": (false,)})
    verdict = judge_run(run(lambda case: untrue if case.id == "c3" else RIGHT), baseline)
    assert not verdict.passed
    assert verdict.problems[0] == "verbatim is below 1 in 1 cases, and must never be: c3"


@pytest.mark.parametrize("baseline", [None, BEFORE])
def test_a_statement_without_a_footnote_always_fails(baseline: Baseline | None) -> None:
    bare = answer(("Ann wrote it in Oslo.", [ANN]), ("So it is.", []))
    assert not judge_run(run(lambda case: bare if case.id == "c3" else RIGHT), baseline).passed


def test_a_case_without_an_answer_fails() -> None:
    failed = Response.failed("timed out")
    verdict = judge_run(run(lambda case: failed if case.id == "c3" else RIGHT), BEFORE)
    assert verdict.problems == ("c3 got no answer: timed out",)


def test_a_must_case_that_is_gone_fails_unless_only_some_cases_were_asked() -> None:
    before = Baseline.of(run(lambda case: RIGHT, [MUST, *CASES[1:]]))
    some = run(lambda case: RIGHT, CASES[1:])
    assert judge_run(some, before).problems == ("c0 must not break, and is gone",)
    assert judge_run(some, before, whole=False).passed
    assert judge_run(some, before, whole=False).not_compared == ()


def test_nothing_to_compare_is_no_pass() -> None:
    others = [case(ANN, id=f"other-{n}") for n in range(5)]
    verdict = judge_run(run(lambda case: WRONG, others), BEFORE)
    assert not verdict.passed
    assert "--save-baseline" in verdict.problems[0]


def test_abstentions_that_become_lies_fail_though_wrong_before_and_after() -> None:
    lie = answer(("Ann stole nine million.", [BEN]), passages=(ANN,))
    before = Baseline.of(run(lambda case: answer()))
    verdict = judge_run(run(lambda case: lie if int(case.id[1:]) < 10 else answer()), before)
    assert "ALCE recall" in {drop.metric for drop in verdict.drops}


def test_a_confidence_that_no_longer_tells_the_cases_apart_fails() -> None:
    cases = [*CASES, *(case(abstain="must", id=f"n{n}") for n in range(20))]

    def reply(sure: float) -> Callable[[Case], Response]:
        return lambda case: (RIGHT if case.id[0] == "c" else answer()).model_copy(
            update={"confidence": 0.9 if case.id[0] == "c" else sure}
        )

    before = Baseline.of(run(reply(0.1), cases))
    assert judge_run(run(reply(0.1), cases), before).passed
    (drop,) = judge_run(run(reply(0.95), cases), before).drops
    assert (drop.metric, drop.before, drop.after) == ("AUROC", 1.0, 0.0)
    none = run(lambda case: RIGHT if case.id[0] == "c" else answer(), cases)
    assert any("AUROC cannot be computed" in said for said in judge_run(none, before).problems)


def test_footnotes_that_moved_are_a_change() -> None:
    moved = answer((RIGHT.answer, [(0, 34)]), passages=(ANN,))
    (change,) = judge_run(run(lambda case: moved if case.id == "c1" else RIGHT), BEFORE).changes
    assert (change.id, change.kind) == ("c1", "reworded")


def test_another_judge_or_setting_is_told_and_the_judged_metrics_are_left_out() -> None:
    other = BEFORE.model_copy(update={"judge": "somebody", "settings": {"passage_tokens": "64"}})
    verdict = judge_run(run(lambda case: RIGHT), other)
    assert verdict.passed
    assert any("somebody" in note for note in verdict.notes)
    assert any("passage_tokens" in note for note in verdict.notes)


def test_a_judge_that_fails_once_does_not_end_the_run() -> None:
    class Stumbling:
        name = "stumbling"
        asked = 0

        def supports(self, statement: str, evidence: str) -> float:
            self.asked += 1
            if self.asked == 2:
                raise JudgeError("no verdict")
            return 1.0

    suite = Suite("s", tuple(CASES[:3]), None, {})
    replies = dict(zip(("c0", "c1", "c2"), (quote(ANN), quote(BEN), quote(DORA)), strict=True))
    found = run_suite(suite, Scripted(lambda case: replies[case.id]), Stumbling())
    assert [result.value("ALCE recall") for result in found.cases].count(0.0) == 1
    verdict = judge_run(found, None)
    assert any("gave no verdict on 1 statements" in said for said in verdict.problems)


def test_edited_new_and_gone_cases_are_named_and_not_compared() -> None:
    edited = case(BEN, id="c1", question="1?")
    cases = [CASES[0], edited, *CASES[3:], case(ANN, id="c99")]
    verdict = judge_run(run(lambda case: RIGHT, cases), BEFORE)
    assert verdict.passed
    assert verdict.not_compared == ("c1", "c99", "c2")


def test_tags_and_notes_may_change_without_a_new_baseline() -> None:
    tagged = [one.model_copy(update={"tags": ("x",), "note": "y"}) for one in CASES]
    assert judge_run(run(lambda case: RIGHT, tagged), BEFORE).not_compared == ()


def test_a_baseline_is_read_back_and_has_a_line_for_each_case(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    save_baseline(BEFORE, path)
    assert load_baseline(path) == BEFORE
    assert len(path.read_text().splitlines()) == len(CASES) + 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "is no baseline"),
        ("{}", "is no baseline: suite"),
        ('{"suite": "s", "cases": {"a": {}}}', "is no baseline: target"),
    ],
)
def test_a_wrong_baseline_is_one_clear_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text)
    with pytest.raises(BaselineError, match=told):
        load_baseline(path)
    with pytest.raises(BaselineError, match="save-baseline"):
        load_baseline(tmp_path / "none.json")
