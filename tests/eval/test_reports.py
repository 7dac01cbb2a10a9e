"""The reports of a run: terminal, JUnit XML, Markdown, plots and excerpts."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from junitparser import JUnitXml
from lxml import etree
from markdown_it import MarkdownIt
from rich.console import Console

from eval.gate import Change, Verdict
from eval.reports.difference import word_difference
from eval.reports.excerpts import excerpts_of
from eval.reports.html import write_html
from eval.reports.junit import write_junit
from eval.reports.markdown import MOST_CHARACTERS, markdown_summary
from eval.reports.plots import (
    latency_plot,
    reliability_curve,
    tag_plot,
)
from eval.reports.terminal import show_failures, show_run, show_verdict
from eval.results import CaseResult
from tests.eval import runs
from tests.eval.runs import HOSTILE, Shelf

PLOTS: list[Callable[[tuple[CaseResult, ...]], str]] = [reliability_curve, latency_plot, tag_plot]
LEGIBLE = HOSTILE.replace("\x1b", "").replace("\x07", "")
NO_CHANGE = Verdict(passed=True, problems=(), drops=(), changes=(), not_compared=())


def shown(draw: Callable[[Console], None], colours: bool = False) -> str:
    """What a terminal of 80 columns gets, or a pipe."""
    console = Console(
        file=io.StringIO(),
        width=80,
        force_terminal=colours,
        color_system="standard" if colours else None,
        no_color=None,
        _environ={},
    )
    draw(console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


# Terminal


def test_the_terminal_shows_figures_tags_and_stages_in_80_columns() -> None:
    plain = [runs.figure("hit@1", "retrieval", 0.625, 0.5, 0.7)]
    text = shown(lambda c: show_run(runs.run(), None, c, [("plain LlamaIndex", plain)]))
    assert "2 of 6 cases right" in text
    assert re.search(r"hit@1 +0\.750 +0\.500 to 1\.000 +4 +0\.625", text)
    assert re.search(r"right +0\.500 +0\.250 to 0\.750 +4 *\n", text)  # nothing beside it
    assert re.search(r"AUROC +– +4", text)
    assert re.search(r"fact +1 of 4", text)
    assert re.search(r"retrieve +4\.0 +4\.8 +5", text)
    assert max(map(len, text.splitlines())) <= 80


def test_the_verdict_shows_must_cases_first_and_what_changed_in_them() -> None:
    text = shown(lambda c: show_verdict(runs.verdict(), c))
    assert "FAILED" in text
    assert "- the case storm, tagged must, broke" in text
    assert re.search(r"right +0\.750 +0\.500 +−0\.250 +−0\.400 to −0\.100", text)
    assert text.index("broken must storm") < text.index("broken hostile")
    assert "It [-broke-] {+has+} two moles of granite." in text
    assert "2 broken, 1 mended, 0 reworded; not compared" in text
    assert text.index("broken hostile") < text.index("mended built")


def test_a_terminal_with_colours_shows_what_changed_in_colour() -> None:
    text = shown(lambda c: show_verdict(runs.verdict(), c), colours=True)
    assert "\x1b[9;31mbroke\x1b[0m" in text
    assert "\x1b[32mhas\x1b[0m" in text
    assert "[-" not in text


def test_failures_show_what_was_wanted_and_what_came() -> None:
    text = shown(lambda c: show_failures(runs.run(), c))
    assert "built: When" not in text
    assert "wanted cites: A storm in 1911 broke the southern mole" in text
    assert "got (0.60): It has two moles of granite." in text
    assert "no answer: the service took too long" in text


def test_hostile_text_reaches_the_terminal_as_text() -> None:
    def everything(console: Console) -> None:
        show_run(runs.run(), runs.verdict(), console)
        show_failures(runs.run(), console)

    for colours in (False, True):
        text = shown(everything, colours)
        assert "[red]x[/red]" in text
        assert "\x1b[31m\x07" not in text and "\x07" not in text
    assert " ".join(LEGIBLE.split()) in " ".join(shown(everything).split())


def test_a_difference_gives_back_both_texts() -> None:
    before, after = "It broke two moles in 1911.", "It broke the two\nmoles, in 1911."
    pieces = word_difference(before, after)
    kept = "".join(piece.text for piece in pieces if piece.kind != "added")
    assert kept.split() == before.split()
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    assert word_difference("same", "same")[0].kind == "same"


def test_texts_with_little_in_common_are_given_one_after_the_other() -> None:
    pieces = word_difference("It broke in 1911.", "Nobody knows in what year.")
    assert [piece.kind for piece in pieces] == ["removed", "added"]


# JUnit


def test_junit_counts_wrong_cases_as_failures(tmp_path: Path) -> None:
    write_junit(runs.run(), None, tmp_path / "junit.xml")
    suite = next(iter(JUnitXml.fromfile(str(tmp_path / "junit.xml"))))
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (6, 3, 1, 0)
    assert suite.time == pytest.approx(0.102)
    properties = {p.name: p.value for p in suite.properties()}  # type: ignore[no-untyped-call]
    assert properties["hit@1"] == "0.75" and properties["hit@1 high"] == "1"
    assert "AUROC" not in properties


def test_junit_with_a_verdict_fails_only_what_broke(tmp_path: Path) -> None:
    write_junit(runs.run(), runs.verdict(), tmp_path / "junit.xml")
    suite = next(iter(JUnitXml.fromfile(str(tmp_path / "junit.xml"))))
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (7, 3, 1, 1)
    tests = {test.name: test for test in suite}
    assert tests["gate"].result[0].message == "the case storm, tagged must, broke"
    assert tests["follow-up"].result[0].message == "known: cites none of the gold words"
    assert tests["storm"].result[0].message == "cites none of the gold words"
    assert "wanted cites: A storm in 1911" in tests["storm"].result[0].text
    assert tests["failed"].result[0].message == "the service took too long"
    assert tests["storm"].classname.endswith(".fact")


def test_junit_of_a_gate_that_passes_has_no_failure(tmp_path: Path) -> None:
    passed = runs.verdict().model_copy(update={"passed": True, "problems": ()})
    write_junit(runs.run(), passed, tmp_path / "junit.xml")
    suite = next(iter(JUnitXml.fromfile(str(tmp_path / "junit.xml"))))
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (7, 0, 1, 3)


def test_junit_is_legal_xml_with_hostile_text_in_it(tmp_path: Path) -> None:
    write_junit(runs.run(), runs.verdict(), tmp_path / "junit.xml")
    root = etree.parse(tmp_path / "junit.xml").getroot()
    hostile = root.xpath("//testcase[starts-with(@name, 'hostile')]")[0]
    assert hostile.get("name") == f"hostile {LEGIBLE}"
    assert f"got: A {LEGIBLE}" in hostile.findtext("failure")


# Markdown


def rendered(markdown: str) -> "etree._Element":
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(markdown)
    return etree.fromstring(f"<body>{html}</body>", etree.HTMLParser())


def test_markdown_has_figures_with_their_change_and_the_broken_cases() -> None:
    text = markdown_summary(runs.run(), runs.verdict())
    page = rendered(text)
    assert "Failed:" in "".join(page.find(".//h3").itertext())
    cells = [["".join(cell.itertext()) for cell in row] for row in page.iter("tr")]
    assert ["right", "0.500", "0.250 to 0.750", "4", "−0.250 (−0.400 to −0.100)"] in cells
    assert all(len(row) == 5 for row in cells)
    summaries = ["".join(summary.itertext()) for summary in page.iter("summary")]
    assert summaries[0] == "broken: must What did the storm of 1911 break? (storm)"
    assert len(summaries) == 3
    assert [q.text for q in page.iter("blockquote")][:2] == [
        "It broke two moles of granite.",
        "It has two moles of granite.",
    ]


def test_markdown_without_a_verdict_shows_the_wrong_cases() -> None:
    page = rendered(markdown_summary(runs.run(), None))
    assert len(list(page.iter("details"))) == 4


def test_hostile_text_makes_no_markup_link_or_mention_in_markdown() -> None:
    text = markdown_summary(runs.run(), runs.verdict())
    page = rendered(text)
    tags = {element.tag for element in page.iter()}
    assert tags.isdisjoint({"script", "a", "code", "em", "strong", "img"})
    seen = "".join(page.itertext()).replace("\u200b", "")
    assert LEGIBLE in seen
    assert not re.search(r"@user|#1", "".join(page.itertext()))  # a reader of references sees none
    assert "\x1b" not in text


@pytest.mark.parametrize("hostile", ["https://x.example/", "www.x.example", "GH-12", ":smile:"])
def test_markdown_breaks_what_would_be_linked(hostile: str) -> None:
    run = runs.run().model_copy(update={"target": hostile})
    assert hostile not in "".join(rendered(markdown_summary(run, None)).itertext())


def test_markdown_stays_within_the_limit_and_says_what_it_left_out() -> None:
    change = Change(
        id="x",
        question="<" * 5_000,
        kind="broken",
        must=False,
        before="[a](b) " * 1_000,
        after="*" * 9_000,
        reasons=("|" * 900,) * 3,
    )
    verdict = NO_CHANGE.model_copy(update={"passed": False, "changes": (change,) * 90})
    text = markdown_summary(runs.run(), verdict)
    assert len(text) <= MOST_CHARACTERS
    left = re.search(r"_(\d+) more cases are not shown", text)
    assert left and text.count("<details>") + int(left[1]) == 90


# One run, the same bytes


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        run, verdict = runs.run(), runs.verdict()
        excerpts = {result.case.id: excerpts_of(result, Shelf()) for result in run.cases}
        write_html(run, verdict, excerpts, tmp_path / f"{name}.html")
        write_junit(run, verdict, tmp_path / f"{name}.xml")
        files = [(tmp_path / f"{name}.{kind}").read_bytes() for kind in ("html", "xml")]
        written.append((*files, markdown_summary(run, verdict)))
    assert written[0] == written[1]
