"""A goal counted from the log that is in question: whoever fakes entries writes the goal with the same hand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from workbench.data.model.dataset import DataSet, parse_dataset
from workbench.data.model.panel import PERIOD, REP, MeasureInfo, Panel
from workbench.design.model import Goal
from workbench.integrity.calibration.worlds import FlagTeam, FlagWorld, draw_team, frame_of_team
from workbench.integrity.count_suspects import own_logs_of
from workbench.integrity.find_flags import find_flags
from workbench.integrity.goal_reached import goal_by_month
from workbench.integrity.suspect_counts import SuspectCounts

TEAMS, SEED = 6, 5
EMPTY = 0.5
LOGS_OF_MIDDLE, MORE_EACH, EACH = 0.7, 1.2, 0.03
"""A faker's entries, of the middle rep's; the goal for each, of the others'; and the goal of an honest entry."""


def thinned(team: FlagTeam, rng: np.random.Generator) -> FlagTeam:
    """Let the fakers log 0.7 of the middle rep's entries, as many of them empty as before."""
    n, k = team.cube.n.copy(), team.cube.k.copy()
    entries = n[0].sum(axis=(1, 2))
    for rep in np.flatnonzero(team.fakes):
        kept = rng.binomial(n[0, rep].astype(int), min(LOGS_OF_MIDDLE * np.median(entries) / entries[rep], 1.0))
        k[:, rep] = rng.hypergeometric(k[:, rep].astype(int), (n - k)[:, rep].astype(int), kept[None])
        n[:, rep] = kept
    return replace(team, cube=replace(team.cube, n=n, k=k))


def panel_of(team: FlagTeam, rng: np.random.Generator) -> Panel:
    """Meetings set, logged with the calls, more for each call where calls are faked; and what real work sells."""
    entries = team.cube.n[0].sum(axis=1)
    logged = rng.poisson(EACH * entries * np.where(team.fakes, MORE_EACH, 1.0)[:, None])
    sold = rng.poisson(EACH * entries * np.where(team.fakes, 1 - EMPTY, 1.0)[:, None])
    frame = pd.DataFrame({
        REP: np.repeat(team.cube.reps, entries.shape[1]), PERIOD: np.tile(team.cube.months, len(entries)),
        "meetings_set": logged.ravel().astype(float), "sales": sold.ravel().astype(float),
    })  # fmt: skip
    measures = (MeasureInfo("meetings_set", "count", source="calls"), MeasureInfo("sales", "sum", source="orders"))
    return Panel("Calls", "month", frame, measures, pd.DataFrame({REP: team.cube.reps}))


def fakers_named(goal: str | None, own_logs: Collection[str]) -> tuple[int, int]:
    """How many fakers, and how many others, are named in all teams."""
    fakers = others = 0
    for seed in np.random.SeedSequence(SEED).spawn(TEAMS):
        rng = np.random.default_rng(seed)
        team = thinned(draw_team(FlagWorld("calm", 24, 12, EMPTY, "all year"), rng), rng)
        reached = goal_by_month(panel_of(team, rng), Goal(measure=goal) if goal else None, own_logs)
        found = find_flags(SuspectCounts(frame_of_team(team)), pd.Series("caller", index=team.cube.reps), reached)
        who = {rep for rep, fakes in zip(team.cube.reps, team.fakes, strict=True) if fakes}
        named = {flag.rep for flag in found.named}
        fakers, others = fakers + len(named & who), others + len(named - who)
    return fakers, others


def test_nobody_clears_themselves_by_a_goal_that_they_log() -> None:
    """Of 12 who fake, nearly all were cleared by meetings that they entered themselves."""
    without = fakers_named(None, ())
    assert without[0] >= 9
    assert fakers_named("meetings_set", {"calls"}) == without
    assert fakers_named("meetings_set", ())[0] < without[0] / 2  # so it was
    assert fakers_named("sales", {"calls"})[0] >= without[0] - 1
    assert without[1] == 0


def logs(*sources: dict[str, object]) -> DataSet:
    common = {"rep": "rep", "date": "day", "measures": [{"name": "n", "aggregate": "count"}]}
    each = [common | {"name": f"s{i}", "location": f"{i}.csv"} | source for i, source in enumerate(sources)]
    named = [one | {"measures": [{"name": f"n{i}", "aggregate": "count"}]} for i, one in enumerate(each)]
    return parse_dataset({"name": "Calls", "sources": named})


@pytest.mark.parametrize(
    ("sources", "own"),
    [
        ([{"events": {"kind": "calls", "contact": "phone"}}, {"events": {"kind": "orders", "amount": "usd"}}], {"s0"}),
        ([{"events": {"kind": "meetings", "contact": "account"}}, {}], {"s0"}),
        ([{"events": {"contact": "phone"}}, {}], {"s0"}),  # of no known kind
        ([{"events": {"kind": "calls", "contact": "phone"}}, {"location": "0.csv"}], {"s0", "s1"}),
        ([{"events": {"kind": "calls", "contact": "phone"}}, {"location": "0.csv", "sheet": "Orders"}], {"s0"}),
        ([{}, {}], set()),
    ],
)
def test_logs_that_reps_write_are_told_from_orders_and_plain_tables(
    sources: list[dict[str, object]], own: set[str]
) -> None:
    assert own_logs_of(logs(*sources)) == own
