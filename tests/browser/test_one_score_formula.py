"""The score formula stands in four places; on random scorecards all four give one score."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from playwright.sync_api import Page

from tests.browser.test_live_weights_arithmetic import as_array, as_json, run, tab
from workbench.design.model import Kpi, Scoring
from workbench.scoring.points import points_from_value as kpi_points
from workbench.scoring.points import references
from workbench.scoring.scorecard import composite_points, scores_from_points
from workbench.weights.batch_scores import scores_under

__all__ = ["tab"]
DESIGNS_A_RULE = 6
LAST_DIGITS = 4e-15  # a logarithm, or a sum in another order: relative to the largest score
RULES = list(product(["attainment", "percentile", "zscore", "minmax"], ["mean", "geometric", "minimum"],
                     ["reweight", "zero", "exclude"]))  # fmt: skip


def scorecard(rng: np.random.Generator, scoring: Scoring) -> tuple[np.ndarray, np.ndarray]:
    """(rows, KPIs) points, one KPI a composite of two, and (KPIs,) weights of which some may be 0."""
    rows, leaves = int(rng.integers(2, 40)), int(rng.integers(3, 8))
    values = rng.gamma(2.0, 50.0, (rows, leaves))
    values[rng.random(values.shape) < 0.2] = np.nan
    values[rng.random(values.shape) < 0.1] = 0
    target = np.full(rows, 100.0)
    formulas = [Kpi(name=f"k{k}", formula=f"m{k}", weight=1.0 + k, anchors=(10, 200)) for k in range(leaves)]
    scales = references(values, formulas)
    leaf = [kpi_points(values[:, k], target, kpi, scoring, scales[k]) for k, kpi in enumerate(formulas)]
    nested = Kpi(name="both", kpis=tuple(formulas[:2]))
    tops, remaining = [nested, *formulas[2:]], iter(leaf)
    points = np.column_stack([composite_points(kpi, remaining, scoring) for kpi in tops])
    weights = rng.uniform(0.1, 60, len(tops)) * (rng.random(len(tops)) < 0.8)
    return points, weights


@pytest.mark.parametrize(("kind", "combine", "missing"), RULES)
def test_memory_row_by_row_batch_and_browser_give_one_score(tab: Page, kind: str, combine: str, missing: str) -> None:
    rng = np.random.default_rng([RULES.index((kind, combine, missing)), 7])
    for floor, cap in ((0, 100), (0, 150), (20, 120)) * (DESIGNS_A_RULE // 3):
        scoring = Scoring(points=kind, combine=combine, missing=missing, floor=floor, cap=cap)
        points, weights = scorecard(rng, scoring)
        memory = scores_from_points(points, weights, scoring)
        row_by_row = scores_from_points(points, np.tile(weights, (len(points), 1)), scoring)
        batch = scores_under(points, np.vstack([weights, weights[::-1]]), scoring)[:, 0]
        given = {"combine": combine, "missing": missing}
        browser = as_array(run(tab, "scores", "scoresOf", as_json(points), weights.tolist(), given))
        np.testing.assert_array_equal(row_by_row, memory)
        slack = LAST_DIGITS * np.nanmax(np.abs(memory), initial=1.0)
        np.testing.assert_allclose(batch, memory, rtol=0, atol=slack)
        np.testing.assert_allclose(browser, memory, rtol=0, atol=slack if combine == "geometric" else 0)
