"""The sample stories as panel, design and planted truth, each read once per test run."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pandas as pd

from tests.sample_panels import SAMPLES, sample_panel
from workbench.data.model.panel import Panel
from workbench.design.model import Design, load_design
from workbench.scoring.preview import select_periods

FLOOR, WAYS = "dials-floor", "many-ways-to-sell"


@cache
def story(name: str) -> tuple[Panel, Design, dict[str, Any]]:
    folder = SAMPLES / name
    truth = json.loads((folder / f"{name}.truth.json").read_text(encoding="utf-8"))
    return sample_panel(name), load_design(folder / f"{name}.design.json"), truth


def rewarded_months() -> Panel:
    """The floor from the reward for dials to the pivot away from it."""
    return select_periods(story(FLOOR)[0], pd.Timestamp("2024-07-01"), pd.Timestamp("2024-12-01"))


def with_weights(design: Design, **weights: float) -> Design:
    """The same KPIs under other weights; those not named are off."""
    kpis = tuple(kpi.model_copy(update={"weight": weights.get(kpi.name, 0.0)}) for kpi in design.kpis)
    return design.model_copy(update={"kpis": kpis})


def reps_with(truth: dict[str, Any], role: str) -> set[str]:
    return {rep["rep"] for rep in truth["reps"] if role in rep["roles"]}
