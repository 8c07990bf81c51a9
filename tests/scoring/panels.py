"""Small panels made by hand, and Maven read with plain pandas: what the scoring tests stand on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from tests.real_files import real_files
from workbench.data.model.daily import Exposure
from workbench.data.model.panel import MeasureInfo, Panel
from workbench.design.model import Design, parse_design


def panel_of(frame: pd.DataFrame, **aggregates: str) -> Panel:
    """A month panel of a frame with rep and period; measures are sums unless said otherwise."""
    frame = frame.assign(period=pd.to_datetime(frame["period"])).sort_values(["rep", "period"], ignore_index=True)
    names = [c for c in frame.columns if c not in ("rep", "period") and "·" not in c]
    frame[names] = frame[names].astype(float)
    reps = frame.groupby("rep", as_index=False).agg(n_periods=("period", "size"))
    reps["start"] = reps["end"] = pd.to_datetime(pd.Series([None] * len(reps)))
    measures = tuple(MeasureInfo(name, aggregates.get(name, "sum")) for name in names)
    return Panel("by hand", "month", frame, measures, reps)


def random_panel(seed: int, n_reps: int = 8, n_periods: int = 6, gaps: bool = False) -> Panel:
    """Calls, meetings, won and closed deals, and sales that hang on meetings; about a tenth of the rows gone."""
    rng = np.random.default_rng(seed)
    rows = pd.MultiIndex.from_product(
        [[f"rep {i:02}" for i in range(n_reps)], pd.date_range("2024-01-01", periods=n_periods, freq="MS")],
        names=["rep", "period"],
    ).to_frame(index=False)
    skill = rng.gamma(5, 0.2, n_reps).repeat(n_periods)
    rows["calls"] = rng.poisson(200, len(rows))
    rows["meetings"] = rng.poisson(10 * skill)
    rows["closed"] = rng.poisson(6, len(rows))
    rows["won"] = rng.binomial(rows["closed"], 0.5)
    rows["sales"] = (rows["meetings"] * 100 + rng.normal(0, 150, len(rows))).clip(lower=0).round(2)
    return panel_of(rows[rng.random(len(rows)) > 0.1] if gaps else rows)


def design_of(*kpis: dict, goal: dict | None = None, **scoring: object) -> Design:
    """A design with the given KPIs and rules; the goal is sales with target 1,000 unless given."""
    goal = goal or {"measure": "sales", "target": 1000}
    return parse_design({"name": "d", "goal": goal, "kpis": list(kpis), "scoring": scoring})


CALLS = {"name": "Calls", "formula": "calls", "target": 200, "weight": 30}
MEETINGS = {"name": "Meetings", "formula": "meetings", "target": 10, "weight": 50}
WIN_RATE = {"name": "Win rate", "formula": "won / closed", "target": 0.5, "weight": 20}


def maven() -> Panel:
    """The Maven CRM pipeline per rep and month, counted with plain pandas; skips where the files are not at hand."""
    deals = pd.read_csv(real_files("maven_crm") / "sales_pipeline.csv", parse_dates=["engage_date", "close_date"])
    ended = deals[deals["deal_stage"].isin(["Won", "Lost"])]
    won = ended[ended["deal_stage"] == "Won"]
    counts = {
        "opportunities": _monthly(deals, "engage_date").size(),
        "closed": _monthly(ended, "close_date").size(),
        "won": _monthly(won, "close_date").size(),
        "won_value": _monthly(won, "close_date")["close_value"].sum(),
    }
    frame = pd.DataFrame(counts).fillna(0).rename_axis(["rep", "period"]).reset_index()
    no_date = deals[deals["engage_date"].isna()].groupby("sales_agent").size().rename_axis("rep")
    return replace(panel_of(frame), undated=no_date.rename("opportunities").reset_index())


def _monthly(deals: pd.DataFrame, date: str):
    dated = deals.dropna(subset=[date])
    return dated.groupby(["sales_agent", dated[date].dt.to_period("M").dt.start_time])


def with_days_at_work(panel: Panel, away: dict[str, list[tuple[str, str]]]) -> Panel:
    """A month panel of people at work on every weekday of its months but those from one date to another, both away."""
    reps = np.unique(panel.frame["rep"]).astype(object)
    first, last = panel.frame["period"].min(), panel.frame["period"].max() + pd.offsets.MonthEnd()
    days = np.array(pd.bdate_range(first, last).values, "datetime64[D]")
    at_work = np.ones((len(reps), len(days)), dtype=bool)
    for rep, spans in away.items():
        for begin, end in spans:
            at_work[reps == rep] &= ~((days >= np.datetime64(begin)) & (days <= np.datetime64(end)))
    exposure = Exposure(reps, days, at_work, np.full(len(reps), "spells", object), np.full(len(reps), 5.0))
    month, row = days.astype("datetime64[M]"), np.searchsorted(reps, panel.frame["rep"].to_numpy(object))
    same = month == panel.frame["period"].to_numpy("datetime64[M]")[:, None]
    frame = panel.frame.assign(workdays=same.sum(axis=1).astype(float), days_at_work=(same & at_work[row]).sum(axis=1))
    built_in = tuple(MeasureInfo(name, "built_in") for name in ("workdays", "days_at_work"))
    return replace(panel, frame=frame, measures=(*panel.measures, *built_in), exposure=exposure)
