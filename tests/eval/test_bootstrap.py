"""Intervals are repeatable, hold what they should, and pair what belongs together."""

import numpy as np
import pytest
from scipy.stats import bootstrap

from eval.metrics.bootstrap import difference_interval, interval
from eval.metrics.metric import mean


def column(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)[:, None]


def test_the_same_rows_give_the_same_interval_whatever_else_is_computed() -> None:
    rows = column(*np.random.default_rng(1).random(50))
    first = interval(rows, mean, "a")
    assert interval(rows, mean, "b") != first
    assert interval(rows, mean, "a") == first


def test_it_agrees_with_scipy_within_what_the_draws_vary() -> None:
    values = np.random.default_rng(2).random(200)
    theirs = bootstrap((values,), np.mean, method="percentile", n_resamples=9999, rng=3)
    found = interval(values[:, None], mean, "a")
    assert found == pytest.approx(theirs.confidence_interval, abs=0.005)


def test_no_figure_no_interval() -> None:
    assert interval(column(1.0, 2.0), lambda rows: None, "a") is None


def test_a_difference_that_all_pairs_show_is_certain_though_both_vary_widely() -> None:
    before = column(*np.random.default_rng(4).random(30))
    found = difference_interval(before, before - 0.01, "a")
    assert found is not None
    low, high = found
    assert (low, high) == pytest.approx((-0.01, -0.01))


def test_one_worse_case_among_many_may_be_chance() -> None:
    before, after = np.ones((100, 1)), np.ones((100, 1))
    after[0] = 0
    found = difference_interval(before, after, "a")
    assert found is not None
    low, high = found
    assert low < 0 <= high
