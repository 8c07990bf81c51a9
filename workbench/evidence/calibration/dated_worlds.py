"""Simulated teams by day, with joining, leaving and vacations, imported at any grain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from workbench.data.aggregate.exposure import LONGEST_READABLE, count_days_at_work, infer_days_at_work
from workbench.data.model.daily import Exposure
from workbench.data.model.dataset import Grain
from workbench.data.model.panel import DAYS_AT_WORK, PERIOD, REP, MeasureInfo, Panel
from workbench.data.model.periods import period_starts
from workbench.design.model import Design, Goal, Kpi
from workbench.evidence.build_record import build_record
from workbench.evidence.calibration.worlds import draw_autocorrelated
from workbench.evidence.record import Record

Cut = Literal["none", "joining", "vacations"]
KINDS = ("noise", "lever")
START = "2022-01-01"
SPREAD = 0.3  # standard deviation of log activity, and of log sales, from month to month


@dataclass(frozen=True)
class DatedWorld:
    """A team whose sales and activity are drawn per workday.

    Attributes
    ----------
    link : correlation within reps of the logs of monthly activity and sales pace; sampling by day makes it smaller.
    cut : what cuts months. ``joining``: half of the reps join within the first half, three in ten leave in the last.
        ``vacations``: three a year of 5 to 14 workdays each.
    per_day : events a day of each KPI. deals : sales a day. grain : of the import.
    """

    reps: int
    periods: int
    link: float = 0.4
    cut: Cut = "none"
    per_day: float = 8.0
    deals: float = 2.0
    grain: Grain = "month"
    kinds: tuple[str, ...] = KINDS

    def history(self, rng: np.random.Generator) -> Record:
        """Draw one history as the checks read it."""
        return build_record(draw_panel(self, rng), DESIGN)

    def crowd(self, reps: int) -> DatedWorld:
        """Return the same world with so many reps that its estimates stand for the truth."""
        return replace(self, reps=reps)


DESIGN = Design(
    name="dated", goal=Goal(measure="sales"), kpis=tuple(Kpi(name=kind, formula=kind, weight=50) for kind in KINDS)
)


def draw_panel(world: DatedWorld, rng: np.random.Generator) -> Panel:
    """Draw one history of the world, imported at its grain without a roster."""
    days = pd.bdate_range(START, periods=1).union(
        pd.bdate_range(START, pd.Timestamp(START) + pd.DateOffset(months=world.periods) - pd.Timedelta(days=1))
    ).as_unit("us")  # fmt: skip
    month = np.unique(days.to_period("M").asi8, return_inverse=True)[1]
    here = _draw_attendance(world, rng, len(days), month)
    moves = {kind: draw_autocorrelated(rng, world.reps, world.periods) for kind in (*KINDS, "other")}
    season = SPREAD * np.sin(2 * np.pi * np.arange(world.periods) / 12)
    skill = SPREAD * rng.normal(size=(3, world.reps, 1))
    pace = world.link * moves["lever"] + np.sqrt(1 - world.link**2) * moves["other"]
    daily = {
        kind: rng.poisson(world.per_day * np.exp(SPREAD * moves[kind] + skill[place])[:, month] * here)
        for place, kind in enumerate(KINDS)
    }
    n_deals = rng.poisson(world.deals * np.exp(SPREAD * pace + season + skill[2])[:, month] * here)
    daily["sales"] = rng.gamma(2.0 * np.maximum(n_deals, 1e-9)) * 500
    return _panel(world, {name: values.astype(float) for name, values in daily.items()}, days)


def _draw_attendance(world: DatedWorld, rng: np.random.Generator, n_days: int, month: np.ndarray) -> np.ndarray:
    here = np.ones((world.reps, n_days), dtype=bool)
    for rep in here if world.cut != "none" else ():
        if world.cut == "joining":
            if rng.random() < 0.5:
                rep[: rng.integers(0, n_days // 2)] = False
            if rng.random() < 0.3:
                rep[n_days - rng.integers(0, n_days // 3) :] = False
        else:
            for _ in range(round(3 * world.periods / 12)):
                first = rng.integers(0, n_days)
                rep[first : first + rng.integers(5, 15)] = False
    return here


def _panel(world: DatedWorld, daily: dict[str, np.ndarray], days: pd.DatetimeIndex) -> Panel:
    reps = np.array([f"rep {i + 1:03}" for i in range(world.reps)], dtype=object)
    active = np.any([values > 0 for values in daily.values()], axis=0)
    since, until = np.maximum.accumulate(active, axis=1), np.maximum.accumulate(active[:, ::-1], axis=1)[:, ::-1]
    inside = since & until
    at_work, pause = infer_days_at_work(active, inside)
    readable = pause <= LONGEST_READABLE
    found = Exposure(
        reps, days.to_numpy("datetime64[D]"), np.where(readable[:, None], at_work, inside),
        np.where(readable, "spells", "unreadable").astype(object), pause,
    )  # fmt: skip
    starts = period_starts(pd.Series(days), world.grain).to_numpy()
    periods, code = np.unique(starts, return_inverse=True)
    member = (code[:, None] == np.arange(len(periods))).astype(float)
    row, column = np.nonzero(inside @ member)
    columns = {name: (values @ member)[row, column] for name, values in daily.items()}
    workdays = (inside @ member)[row, column]
    frame = pd.DataFrame({REP: reps[row], PERIOD: periods[column], **columns, "days": workdays * 7 / 5,
                          "workdays": workdays, "tenure": column.astype(float)})  # fmt: skip
    frame[PERIOD] = frame[PERIOD].astype("datetime64[us]")
    frame[DAYS_AT_WORK] = count_days_at_work(found, frame, world.grain)
    measures = (*(MeasureInfo(name, "count" if name in KINDS else "sum") for name in daily),
                *(MeasureInfo(name, "built_in") for name in ("days", "workdays", "tenure", DAYS_AT_WORK)))  # fmt: skip
    table = pd.DataFrame({REP: reps, "start": pd.NaT, "end": pd.NaT, "n_periods": 1})
    return Panel("dated", world.grain, frame, measures, table, exposure=found, key="dated")
