"""A rare goal, or one that is not known of a rep, accuses nobody who logs little."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.integrity.test_find_flags import ODD, counts, fewer, flags, goal, names, plant
from workbench.integrity.calibration.worlds import FlagTeam, FlagWorld, WorldKind, draw_team
from workbench.integrity.goal_units import goal_unit
from workbench.integrity.judge_role import judge_role
from workbench.integrity.off_system import LEAST_UNITS

TEAMS = 6
A_DEAL = 20_000.0


def teams_of(world: FlagWorld) -> list[FlagTeam]:
    return [draw_team(world, np.random.default_rng(seed)) for seed in np.random.SeedSequence(9).spawn(TEAMS)]


def named(team: FlagTeam, reached: np.ndarray | None) -> set[int]:
    found = judge_role(team.cube, reached)
    return {*found.by_level, *found.by_change}


@pytest.mark.parametrize(
    "kind",
    ["off the system, 0.1 deals a month", "off the system, 0.35 deals a month", "off the system, 0.7 deals a month"],
)
def test_a_rare_goal_accuses_no_more_than_none(kind: WorldKind) -> None:
    """Two of 24 log a third of their work in an odd way: up to 1.5 a team were named once a rare goal was known."""
    teams = teams_of(FlagWorld(kind, 24))
    assert sum(len(named(team, team.reached)) for team in teams) <= 1
    assert [named(team, team.reached) for team in teams] == [named(team, None) for team in teams]
    thin = [job for team in teams for job in judge_role(team.cube, team.reached).different if job.kind == "thin_log"]
    assert sum(len(job.reps) for job in thin) >= TEAMS


def test_who_fakes_beside_a_rare_goal_is_still_found() -> None:
    teams = teams_of(FlagWorld("off the system, 0.1 deals a month", 24, 12, 0.5, "mid-year"))
    fakers = [set(np.flatnonzero(team.fakes)) for team in teams]
    found = [named(team, team.reached) for team in teams]
    assert sum(len(one & who) for one, who in zip(found, fakers, strict=True)) >= 0.8 * sum(map(len, fakers))
    assert sum(len(one - who) for one, who in zip(found, fakers, strict=True)) <= 1


def test_readme_says_which_goals_are_too_rare() -> None:
    said = " ".join((Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8").split())
    assert f"fewer than {LEAST_UNITS:g} units a quarter" in said


def test_few_deals_of_much_money_are_few() -> None:
    """What counts is how many deals stand behind the money, not how much it is."""
    for team in teams_of(FlagWorld("off the system, 0.7 deals a month", 24)):
        assert team.reached is not None
        assert named(team, team.reached * A_DEAL) == named(team, team.reached)


def test_the_unit_of_a_goal_is_one_deal() -> None:
    rng = np.random.default_rng(4)
    skill, season = np.exp(0.4 * rng.normal(size=(60, 1))), np.array([0.5, 1.0, 1.0, 2.0])
    deals, months = rng.poisson(6 * skill * season).astype(float), np.full((60, 4), 3.0)
    assert goal_unit(deals, months) == pytest.approx(1, abs=0.25)
    assert goal_unit(deals * A_DEAL, months) == pytest.approx(A_DEAL * goal_unit(deals, months))
    assert goal_unit(deals[:, :1], months[:, :1]) == np.inf
    assert goal_unit(np.zeros((8, 4)), months[:8]) == np.inf


def test_a_rep_whose_goal_is_not_known_is_judged_by_the_log_alone() -> None:
    frame = fewer(plant(counts(), "rep 03", **ODD), "rep 03", 0.4)
    known = goal(frame, rep_03=3)
    assert names(flags(frame, reached=known)) == ["rep 03"]  # reaches little, and that is known
    for unknown in (known[known["rep"] != "rep 03"], known[(known["rep"] != "rep 03") | known["month"].lt("2025-04")]):
        found = flags(frame, reached=unknown)
        assert names(found) == []
        assert [(job.kind, job.reps) for job in found.different] == [("thin_log", ("rep 03",))]


def test_who_logs_less_from_the_middle_on_is_not_named_where_the_goal_is_known_before_only() -> None:
    frame = plant(counts(n=400), "rep 03", "2025-07-01", **ODD)
    frame.loc[frame["rep"] == "rep 03", ["n", "k"]] *= 2
    less = fewer(frame, "rep 03", 0.45, "2025-07-01")
    known = goal(less, rep_03=20).assign(month=lambda rows: pd.to_datetime(rows["month"]))
    nothing = known.assign(reached=known["reached"].where((known["rep"] != "rep 03") | known["month"].lt("2025-07"), 0))
    assert names(flags(less, reached=nothing)) == ["rep 03"]
    found = flags(less, reached=known[(known["rep"] != "rep 03") | known["month"].lt("2025-07-01")])
    assert names(found) == []
    assert [(job.kind, job.reps) for job in found.different] == [("thin_log", ("rep 03",))]


def test_a_goal_that_only_the_best_reach_clears_nobody_and_accuses_nobody() -> None:
    """The middle rep sells nothing in any quarter: what a quarter of the team sells is no measure for the others."""
    frame = fewer(plant(counts(), "rep 03", **ODD), "rep 03", 0.4)
    none = goal(frame).assign(reached=0.0)
    best = none["rep"].isin(sorted(set(none["rep"]))[:3])
    found = flags(frame, reached=none.assign(reached=np.where(best, 4.0, 0.0)))
    assert names(found) == []
    assert [(job.kind, job.reps) for job in found.different] == [("thin_log", ("rep 03",))]
