"""The plots of a run, and the numbers that the reports count for themselves."""

import re
from collections.abc import Callable

import pytest
from lxml import etree

from eval.reports.numbers import difference, number
from eval.reports.plots import (
    SweepPoint,
    latency_plot,
    quality_against_latency,
    reliability_curve,
    tag_plot,
)
from eval.reports.tally import by_stage, by_tag, wilson
from eval.results import CaseResult
from eval.targets.response import Response
from tests.eval import runs
from tests.eval.runs import HOSTILE_TAG

PLOTS: list[Callable[[tuple[CaseResult, ...]], str]] = [reliability_curve, latency_plot, tag_plot]


@pytest.mark.parametrize("plot", PLOTS)
def test_a_plot_is_a_labelled_picture_without_style_or_script(
    plot: Callable[[tuple[CaseResult, ...]], str],
) -> None:
    svg = plot(runs.run().cases)
    root = etree.fromstring(svg)
    assert root.get("role") == "img"
    assert root[0].get("id") == root.get("aria-labelledby") and root[0].text
    tags = {etree.QName(element).localname for element in root.iter()}
    assert tags.isdisjoint({"style", "script", "metadata", "image"})
    assert not root.xpath("//@style")
    assert not re.search(r"#0000\d\d|DejaVu", svg)  # all colours and fonts are the page's
    assert svg == plot(runs.run().cases)


def test_plots_in_one_page_share_no_ids_and_refer_only_to_their_own() -> None:
    roots = [etree.fromstring(plot(runs.run().cases)) for plot in PLOTS]
    ids = [identifier for root in roots for identifier in root.xpath("//@id")]
    assert len(ids) == len(set(ids))
    for root in roots:
        links = [link.removeprefix("#") for link in root.xpath("//@href")]
        clips = [clip[5:-1] for clip in root.xpath("//@clip-path")]
        assert {*links, *clips} <= set(root.xpath("//@id"))


def test_a_hostile_tag_is_a_label() -> None:
    root = etree.fromstring(tag_plot(runs.run().cases))
    labels = root.xpath("//*[local-name() = 'text']/text()")
    assert any(label.startswith(HOSTILE_TAG[:14]) for label in labels)


def test_there_is_no_plot_of_nothing() -> None:
    case = runs.case("x", "Who?").model_copy(update={"tags": ()})
    result = runs.result(case, Response.failed("gone"), "no answer")
    assert [plot((result,)) for plot in PLOTS] == ["", "", ""]
    assert quality_against_latency([]) == ""


def test_a_sweep_names_its_settings() -> None:
    points = [SweepPoint(f"top_k={k}", 0.5 + k / 40, 0.4, 0.9, 10.0 * k, 20.0 * k) for k in (5, 9)]
    svg = quality_against_latency(points)
    assert "top_k=5" in svg and "top_k=9" in svg


def test_what_is_no_number_is_in_no_plot() -> None:
    odd = runs.answered("It.").model_copy(
        update={
            "confidence": float("nan"),
            "timings_ms": {"total": float("inf"), "retrieve": 0.0},
        }
    )
    result = runs.result(runs.case("x", "Who?"), odd)
    assert reliability_curve((result,)) == "" and latency_plot((result,)) == ""
    assert [stage.stage for stage in by_stage((result,))] == ["retrieve"]


def test_numbers_take_the_decimals_they_deserve() -> None:
    assert [number(v) for v in (None, 0.5, 31.44, 1234.5)] == ["–", "0.500", "31.4", "1,234"]
    assert difference(0.9, 0.85) == "−0.050"


def test_wilson_bounds_stay_within_a_share() -> None:
    assert wilson(0, 1)[0] == 0.0 and wilson(1, 1)[1] == 1.0
    assert wilson(50, 100) == pytest.approx((0.4038, 0.5962), abs=1e-4)
    assert [(tag.right, tag.count) for tag in by_tag(runs.run().cases) if tag.tag == "fact"] == [
        (1, 4)
    ]
