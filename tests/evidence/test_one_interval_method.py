"""One kind of interval on a page: every link between reps leaves out one rep at a time."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from tests.evidence.planted import planted
from workbench.evidence.partial import partial_across, partial_to_last, rank_products
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.report import run_checks
from workbench.scoring.correlation import Correlation, correlate


def test_without_other_kpis_the_partial_link_across_reps_is_the_plain_one() -> None:
    x, y = np.random.default_rng(1).normal(size=(2, 25))
    (found,) = partial_across(np.stack([x, x + 2 * y]), 0.95)
    plain = correlate(x, x + 2 * y, np.arange(25))
    assert (found.rho, found.low, found.high) == pytest.approx((plain.rho, plain.low, plain.high), abs=1e-12)


def test_its_interval_is_that_of_regressions_without_each_rep() -> None:
    """Independent of matrices and their inverses: residual ranks of the 24 other reps, 25 times over."""
    rng = np.random.default_rng(2)
    values = rng.normal(size=(4, 25)) + 0.6 * rng.normal(size=25)

    def partial(levels: np.ndarray) -> float:
        ranks = stats.rankdata(levels, axis=1)
        others = sm.add_constant(ranks[1:3].T)
        left = [sm.OLS(row, others).fit().resid for row in (ranks[0], ranks[3])]
        return float(np.arctanh(np.corrcoef(*left)[0, 1]))

    without = np.array([partial(np.delete(values, rep, axis=1)) for rep in range(25)])
    error = np.sqrt(24 / 25 * np.sum((without - without.mean()) ** 2) * (23 - 2) / 23)  # two others beside it
    found = partial_across(values, 0.95)[0]
    expected = np.tanh(partial(values) + stats.t.ppf(0.975, 24) * error * np.array([-1, 1]))
    assert (found.low, found.high) == pytest.approx(tuple(expected), abs=1e-9)


@pytest.mark.parametrize(("reps", "kpis"), [(12, 4), (20, 5), (20, 10), (50, 10)])
def test_it_holds_the_truth_however_many_kpis_stand_beside(reps: int, kpis: int) -> None:
    """Leaving reps out alone holds it in 98 to 99% with many KPIs for few reps."""

    def draw(rng: np.random.Generator, n: int) -> np.ndarray:
        x = rng.normal(size=(kpis, n)) + 0.7 * rng.normal(size=n)
        return np.vstack([x, 0.6 * x[0] + 0.2 * x[-1] + rng.standard_t(3, size=n)])

    ranks = stats.rankdata(draw(np.random.default_rng(9), 40_000), axis=1)
    truth = partial_to_last(np.corrcoef(ranks))
    rng, held = np.random.default_rng(20), []
    for _ in range(100):
        found = partial_across(draw(rng, reps), 0.95)
        held.append(np.mean([one.low <= t <= one.high for one, t in zip(found, truth, strict=True)]))
    assert 0.92 <= np.mean(held) <= 0.98


def test_with_very_many_reps_the_ranks_of_all_do() -> None:
    levels = np.random.default_rng(3).normal(size=(3, 600))
    full, without = rank_products(levels)
    anew = stats.rankdata(np.delete(levels, 7, axis=1), axis=1)
    assert partial_to_last(without[7]) == pytest.approx(partial_to_last(np.corrcoef(anew)), abs=1e-3)
    assert full.shape == (3, 3)


def test_every_link_of_the_report_leaves_out_reps() -> None:
    report = run_checks(planted(reps=24, periods=12), EvidenceOptions(draws=19))

    def links(value: object) -> list[Correlation]:
        if isinstance(value, Correlation):
            return [value]
        parts = value if isinstance(value, tuple) else vars(value).values() if hasattr(value, "__dict__") else ()
        return [link for part in parts for link in links(part)]

    found = [link for one in report.kpis for link in links(one.findings)]
    assert len(found) > 100
    assert {"delete-one-rep jackknife-t on atanh" in link.method for link in found if np.isfinite(link.low)} == {True}
