"""Panels with a known link between one KPI and the goal, which the tests of integrity stand on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.scoring.panels import design_of, panel_of
from workbench.data.model.panel import Panel
from workbench.design.model import Design

FIRST = "2024-01-01"


def panel_of_grids(first: str = FIRST, **measures: np.ndarray) -> Panel:
    """A month panel of (reps, months) measures, all sums; rows with nothing but missing values are left out."""
    shape = next(iter(measures.values())).shape
    rows = pd.MultiIndex.from_product(
        [[f"rep {i:02}" for i in range(shape[0])], pd.date_range(first, periods=shape[1], freq="MS")],
        names=["rep", "period"],
    ).to_frame(index=False)
    frame = rows.assign(**{name: grid.ravel() for name, grid in measures.items()})
    return panel_of(frame[frame[list(measures)].notna().any(axis=1)])


def dials_design(**kpi: object) -> Design:
    """Sales as the goal, and one KPI over ``dials``."""
    return design_of({"name": "Dials", "formula": "dials", "target": 50, "weight": 100} | kpi)


def linked_grids(
    seed: int, n_reps: int, n_months: int, place: int | None = None, left: float = 1.0, spread: float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """KPI and goal (reps, months), r² = .3 within reps, with rep levels that both share, season, and autocorrelation.

    From month ``place`` on the slope of 1 is ``left`` of it, and the KPI's spread within reps ``spread`` of it.
    """
    rng = np.random.default_rng(seed)
    after = np.arange(n_months) >= (n_months if place is None else place)
    level = rng.normal(size=(n_reps, 1))
    own, error = _autocorrelated(rng, n_reps, n_months, 0.5), _autocorrelated(rng, n_reps, n_months, 0.3)
    own = own * np.where(after, spread, 1.0)
    goal = own * np.where(after, left, 1.0) + np.sqrt(0.7 / 0.3) * error + 2 * level + 2 * rng.normal(size=n_months)
    return own + level + rng.normal(size=n_months), goal


def _autocorrelated(rng: np.random.Generator, n_reps: int, n_months: int, rho: float) -> np.ndarray:
    found = rng.normal(size=(n_reps, n_months))
    for month in range(1, n_months):
        found[:, month] = rho * found[:, month - 1] + np.sqrt(1 - rho**2) * found[:, month]
    return found
