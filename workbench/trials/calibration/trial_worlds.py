"""Draw trials with a known effect: who is picked how, and what else happens at the start."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from workbench.data.model.daily import Exposure
from workbench.data.model.panel import DAYS_AT_WORK, MeasureInfo, Panel
from workbench.trials.trial_file import TrialFile, parse_trial

TrialWorldKind = Literal[
    "drawn", "on results", "on ability", "biggest", "offices with shocks", "one office with shocks", "fewer workdays",
    "leavers", "leavers of one group", "shared pool", "comparison copies", "overlapping trial", "price change",
    "novelty fades", "long memory", "rare and heavy-tailed", "mix reverses sign", "one after the other",
    "one after the other, watched monthly", "watched monthly", "everybody, 36 months",
    "one after the other, long memory", "one after the other, no last day", "looked at in other ways", "no last day",
]  # fmt: skip
N_BEFORE, N_HISTORY, N_AFTER, N_LONG = 6, 12, 6, 36
FIRST = "2023-01"
START_MONTH = {False: N_HISTORY, True: N_LONG}
LEVEL, ABILITY, NOISE, MEMORY = 30.0, 0.35, 0.35, 0.3
OFFICE_SIZE, OFFICE_SHOCK = 5, 0.25
PRICE, MONTHS_APART = 1.25, 2
OTHER_MEASURES = ("deals", "meetings")


@dataclass(frozen=True)
class TrialWorld:
    """A kind of team: ``reps``, of whom ``treated`` change, with a true ``effect`` as a share of the level."""

    kind: TrialWorldKind
    reps: int
    treated: int
    effect: float = 0.0


@dataclass(frozen=True, eq=False)
class DrawnTrial:
    """One history. ``truth``: the effect per treated rep and month over the trial; of those it could be measured on.
    ``others``: trials at the same time."""

    panel: Panel
    file: TrialFile
    truth: float
    others: tuple[TrialFile, ...] = ()


def draw_trial(world: TrialWorld, dice: np.random.Generator) -> DrawnTrial:
    """Draw one history of a world."""
    start = N_LONG if world.kind == "everybody, 36 months" else N_HISTORY
    ability, values = _sales(world, dice, start + N_AFTER)
    treated = _picked(world, dice, ability, values[:, start - N_BEFORE : start].mean(axis=1))
    added = np.zeros(values.shape)
    added[treated, start:] = world.effect * LEVEL
    card: dict[str, object] = {"assignment": "random"}
    others: tuple[TrialFile, ...] = ()
    match world.kind:
        case "on results" | "biggest":
            card["assignment"] = "chosen_on"
        case "on ability" | "offices with shocks" | "one office with shocks":
            card["assignment"] = "chosen"
        case "price change":
            card["assignment"] = "chosen"
            values[:, start:] *= PRICE
        case "shared pool":
            card["shared_pool"] = True
            moved = 0.25 * values[:, start:]
            values[treated, start:] += moved[~treated].sum(axis=0) / treated.sum()
            values[~treated, start:] -= moved[~treated]
        case "comparison copies":
            added[~treated, start:] = 0.5 * world.effect * LEVEL
        case "overlapping trial":
            other = treated & (dice.random(world.reps) < 0.8)
            values[other, start:] += 0.3 * LEVEL
            names = [f"rep {i:02d}" for i in np.flatnonzero(other)] or ["rep 00"]
            others = (_file(names, start, name="Other", change="Another change", assignment="random"),)
        case "novelty fades":
            added[:, start + N_AFTER // 2 :] = 0
        case "everybody, 36 months":
            treated[:] = True
            added[:, start:] = world.effect * LEVEL
        case "watched monthly":
            card["looks"] = N_AFTER
        case "no last day":
            card["end"] = None
        case "mix reverses sign":
            values = _changing_mix(dice, values, ability, treated, start)
        case "leavers" | "leavers of one group":
            values = _leaving(dice, values, treated, start, world.kind == "leavers of one group")
    if world.kind.startswith("one after the other"):
        return _staggered(world, dice, values, treated, start)
    names = [f"rep {i:02d}" for i in np.flatnonzero(treated)]
    file = _file("everybody" if treated.all() else names, start, **card)
    panel = _panel(values + added, world)
    if world.kind == "fewer workdays":
        panel = _fewer_days(panel, dice, treated, start)
    if world.kind == "looked at in other ways":
        panel = _more_measures(panel, dice)
    truth = float(added[treated, start:].mean()) if treated.any() else 0.0
    return DrawnTrial(panel, file, truth, others)


def _sales(world: TrialWorld, dice: np.random.Generator, months: int) -> tuple[np.ndarray, np.ndarray]:
    """Return (R,) ability and (R, T) sales: reps differ, months remember the last, all share a season and a trend."""
    memory = 0.6 if "long memory" in world.kind else MEMORY
    ability = np.exp(dice.normal(0, ABILITY, world.reps) - ABILITY**2 / 2)
    noise = dice.normal(0, 1, (world.reps, months + 20))
    for t in range(1, months + 20):
        noise[:, t] = memory * noise[:, t - 1] + np.sqrt(1 - memory**2) * noise[:, t]
    shared = 0.08 * np.sin(2 * np.pi * np.arange(months) / 12 + dice.uniform(0, 6)) + 0.05 * dice.normal(0, 1, months)
    mean = LEVEL * ability[:, None] * np.exp(shared)
    if world.kind == "rare and heavy-tailed":
        orders = dice.poisson(np.clip(mean / LEVEL * 0.7, 0, None))
        size = dice.lognormal(0, 1.0, (world.reps, months)) / np.exp(0.5)
        return ability, orders * size * LEVEL / 0.7
    values = mean * np.exp(NOISE * noise[:, 20:] - NOISE**2 / 2)
    if world.kind in ("offices with shocks", "one office with shocks"):
        n = world.reps // OFFICE_SIZE
        shocks = np.cumsum(dice.normal(0, OFFICE_SHOCK / 2, (n, months)), axis=1) * 0.6
        values *= np.exp(np.repeat(shocks - shocks.mean(axis=1, keepdims=True), OFFICE_SIZE, axis=0))
    return ability, values


def _picked(world: TrialWorld, dice: np.random.Generator, ability: np.ndarray, past: np.ndarray) -> np.ndarray:
    n, k = world.reps, world.treated
    match world.kind:
        case "on results":
            place = np.argsort(np.argsort(past))
        case "biggest":
            place = np.argsort(np.argsort(-past))
        case "on ability" | "price change":
            place = np.argsort(np.argsort(-ability * np.exp(dice.normal(0, 0.2, n))))
        case "offices with shocks" | "one office with shocks":
            place = np.repeat(dice.permutation(n // OFFICE_SIZE), OFFICE_SIZE) * OFFICE_SIZE
        case _:
            place = dice.permutation(n)
    return place < k


def _leaving(
    dice: np.random.Generator, values: np.ndarray, treated: np.ndarray, start: int, one_group: bool
) -> np.ndarray:
    """The weakest leave: a third of one group before the trial's first month ends, or three in twenty of all."""
    past, out = values[:, :start].mean(axis=1), values.copy()
    weak = np.argsort(np.where(treated, past, np.inf) if one_group else past * np.exp(dice.normal(0, 0.3, len(past))))
    n = max(int(np.ceil(treated.sum() / 3)), 1) if one_group else max(len(past) * 3 // 20, 1)
    for place, rep in enumerate(weak[:n]):
        out[rep, start + (0 if one_group else place % N_AFTER) :] = np.nan
    return out


def _changing_mix(
    dice: np.random.Generator, values: np.ndarray, ability: np.ndarray, treated: np.ndarray, start: int
) -> np.ndarray:
    """The best of the treated leave at the start and weak newcomers come, so that the pooled figure falls."""
    out = values.copy()
    mine = np.flatnonzero(treated)
    best = mine[np.argsort(-ability[mine])][: max(len(mine) // 5, 1)]
    new = [rep for rep in mine if rep not in best][: max(len(mine) // 5, 1)]
    out[best, start + 1 :] = np.nan
    out[new, :start] = np.nan
    out[new, start:] *= 0.3 * np.exp(dice.normal(0, 0.1, (len(new), 1)))
    return out


def _more_measures(panel: Panel, dice: np.random.Generator) -> Panel:
    """Deals, which follow sales, and meetings, which have nothing to do with them."""
    sales = panel.frame["sales"].to_numpy()
    deals = sales / LEVEL * np.exp(dice.normal(0, NOISE, len(sales)))
    meetings = 12 * np.exp(dice.normal(0, NOISE, len(sales)))
    frame = panel.frame.assign(deals=deals, meetings=meetings)
    return replace(panel, frame=frame, measures=(*panel.measures, *(MeasureInfo(n, "sum") for n in OTHER_MEASURES)))


def _fewer_days(panel: Panel, dice: np.random.Generator, treated: np.ndarray, start: int) -> Panel:
    """The treated work 15 % fewer days after the start, at the same pace."""
    months = np.array(sorted(panel.frame["period"].unique()), dtype="datetime64[D]")
    last = (pd.Timestamp(months[-1]) + pd.offsets.MonthEnd(0)).to_datetime64().astype("datetime64[D]")
    days = np.arange(months[0], last + 1)
    days = days[np.is_busday(days)]
    month = np.searchsorted(months, days, side="right") - 1
    away = (dice.random((len(treated), len(days))) < 0.15) & treated[:, None] & (month >= start)
    worked = np.stack([np.bincount(month, weights=row, minlength=len(months)) for row in ~away])
    whole = np.bincount(month, minlength=len(months))
    sales = panel.frame["sales"].to_numpy().reshape(worked.shape) * worked / whole
    frame = panel.frame.assign(sales=sales.ravel(), **{DAYS_AT_WORK: worked.ravel()})
    reps = np.array(sorted(panel.frame["rep"].unique()))
    n = len(reps)
    found = Exposure(reps, days, ~away, np.array(["roster"] * n), np.full(n, np.nan))
    return Panel(
        panel.name, "month", frame, (*panel.measures, MeasureInfo(DAYS_AT_WORK, "built_in")), panel.reps, exposure=found
    )


def _staggered(
    world: TrialWorld, dice: np.random.Generator, values: np.ndarray, treated: np.ndarray, start: int
) -> DrawnTrial:
    """The treated start in three waves in random order, the first two months early."""
    mine = dice.permutation(np.flatnonzero(treated))
    months = pd.period_range(FIRST, periods=values.shape[1], freq="M")
    out, starts = values.copy(), {}
    for place, rep in enumerate(mine):
        first = start + MONTHS_APART * (place % 3) - MONTHS_APART
        out[rep, first:] += world.effect * LEVEL
        starts[f"rep {rep:02d}"] = f"{months[first]}-01"
    looks = N_AFTER + MONTHS_APART if "watched" in world.kind else 1
    card: dict[str, object] = {"end": None} if "no last day" in world.kind else {"looks": looks}
    file = _file(list(starts), start - MONTHS_APART, assignment="random", starts=starts, **card)
    return DrawnTrial(_panel(out, world), file, world.effect * LEVEL)


def _file(treated: list[str] | str, start: int, **card: object) -> TrialFile:
    months = pd.period_range(FIRST, periods=start + N_AFTER, freq="M")
    last = months[-1].to_timestamp(how="end").date().isoformat()
    return parse_trial({"name": "Simulated", "measure": "sales", "treated": treated, "before": N_BEFORE,
                        "start": f"{months[start]}-01", "end": last} | card)  # fmt: skip


def _panel(values: np.ndarray, world: TrialWorld) -> Panel:
    names = [f"rep {i:02d}" for i in range(len(values))]
    months = pd.period_range(FIRST, periods=values.shape[1], freq="M").to_timestamp().as_unit("us")
    frame = pd.DataFrame({"rep": np.repeat(names, len(months)), "period": np.tile(months, len(names)),
                          "sales": values.ravel()})  # fmt: skip
    frame = frame[np.isfinite(values).ravel()].reset_index(drop=True)
    offices = {"office": [f"office {i // OFFICE_SIZE}" for i in range(len(names))]} if "office" in world.kind else {}
    reps = pd.DataFrame({"rep": names, **offices, "start": pd.NaT, "end": pd.NaT, "n_periods": 1})
    return Panel(world.kind, "month", frame, (MeasureInfo("sales", "sum", "USD"),), reps, key=world.kind)
