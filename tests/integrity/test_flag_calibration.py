"""How often honest reps are named, by simulation: here with few teams, and in the shipped table."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.integrity.calibration.flag_table import (
    BUDGET,
    UNRECOGNISABLE,
    FlagCalibrationRow,
    flag_row,
    load_flag_table,
    save_flag_table,
)
from workbench.integrity.calibration.run_integrity_calibration import (
    SIZES,
    TEAMS,
    flag_worlds,
    run_integrity_calibration,
)
from workbench.integrity.calibration.simulate import simulate_flags
from workbench.integrity.calibration.worlds import RARE_GOALS, FlagWorld, WorldKind, draw_team
from workbench.integrity.judge_role import judge_role
from workbench.words.integrity_calibration import goal_sentences

FEW = 60


def row_of(kind: WorldKind, reps: int, empty: float = 0.0, begin: str = "") -> FlagCalibrationRow:
    (row,) = (
        row for row in load_flag_table() if (row.kind, row.reps, row.empty, row.begin) == (kind, reps, empty, begin)
    )
    return row


@pytest.mark.parametrize("kind", ["calm", "correlated checks", "wide spread", "lists swapped", "subrole of five"])
def test_honest_reps_are_named_within_the_budget(kind: WorldKind) -> None:
    named = np.array(simulate_flags(FlagWorld(kind, 24), FEW, 77).honest_named)
    assert named.mean() <= BUDGET + 2 * np.sqrt(BUDGET / FEW)


@pytest.mark.parametrize(("begin", "least"), [("all year", 0.6), ("mid-year", 0.8)])
def test_half_empty_activity_is_found(begin: str, least: float) -> None:
    found = simulate_flags(FlagWorld("calm", 24, 12, 0.5, begin), FEW, 78)
    assert found.fakers_named >= least * found.fakers


def test_the_table_has_every_world() -> None:
    worlds = [(w.kind, w.reps, w.months, w.empty, w.begin) for w in flag_worlds()]
    assert [(r.kind, r.reps, r.months, r.empty, r.begin) for r in load_flag_table()] == worlds
    assert {row.teams for row in load_flag_table()} == {TEAMS}


def test_the_table_keeps_the_budget_in_every_world_or_says_why_not() -> None:
    over = {row.kind: row.excuse for row in load_flag_table() if not row.holds}
    assert over == UNRECOGNISABLE
    assert all(row.excuse == "" for row in load_flag_table() if row.kind not in UNRECOGNISABLE)


def test_the_table_shows_what_cannot_be_seen_and_what_can() -> None:
    for reps in (12, 24, 40):
        assert row_of("calm", reps, 0.1, "all year").power == pytest.approx(0, abs=0.02)
        assert (row_of("calm", reps, 0.5, "mid-year").power or 0) > 0.95
        assert (row_of("one check only", reps, 0.5, "all year").power or 0) < 0.1


def test_worlds_that_cannot_be_judged_are_recognised() -> None:
    assert row_of("wide spread", 24).cannot_tell["wide_spread"] > 0.9
    assert row_of("lists swapped", 24).cannot_tell["new_list"] > 0.9
    assert row_of("everybody starts", 24, 0.5, "mid-year").cannot_tell["team_wide"] == pytest.approx(3 / 9, abs=0.05)
    assert sum(row_of("small counts", 24).cannot_tell.values()) == pytest.approx(1)
    assert row_of("new dialler", 24).different["dialler"] == pytest.approx(12, abs=0.1)


def test_work_off_the_system_names_nobody_with_and_without_the_goal() -> None:
    """Two of 24 log a third of their work, in an odd way: known by what they reach, or else by how little they log."""
    assert row_of("off the system", 24).different["off_system"] == pytest.approx(2, abs=0.15)
    blind = [judge_role(draw_team(FlagWorld("off the system", 24), np.random.default_rng(n)).cube) for n in range(20)]
    assert sum(len(one.by_level.keys() | one.by_change.keys()) for one in blind) <= 2
    assert sum(len(job.reps) for one in blind for job in one.different if job.kind == "thin_log") > 20
    for reps in (12, 24, 40):
        assert row_of("off the system, no goal", reps).holds
        assert row_of("off the system, no goal", reps).excuse == ""


def test_a_rare_goal_accuses_nobody_and_hides_few_fakers() -> None:
    for kind in RARE_GOALS:
        for reps in SIZES:
            assert row_of(kind, reps).holds
        for begin, least in (("all year", 0.7), ("mid-year", 0.9)):
            assert row_of(kind, 24, 0.5, begin).holds
            assert (row_of(kind, 24, 0.5, begin).power or 0) > least


def test_a_goal_that_faking_does_not_move_spares_few_fakers() -> None:
    world, named = FlagWorld("calm, with a goal", 24, 12, 0.5, "all year"), [0, 0]
    for team in (draw_team(world, np.random.default_rng(n)) for n in range(20)):
        for place, reached in enumerate((None, team.reached)):
            found = judge_role(team.cube, reached)
            named[place] += len(found.by_level.keys() | found.by_change.keys())
    assert named[0] > 25
    assert named[1] >= 0.9 * named[0]


def test_the_page_says_for_which_goals_its_shares_hold() -> None:
    rows = load_flag_table()
    costs = [
        (row.power or 0) - (row_of("calm, with a goal", row.reps, row.empty, row.begin).power or 0)
        for row in rows if row.kind == "calm" and row.empty
    ]  # fmt: skip
    said = goal_sentences(rows)
    assert f"up to {round(100 * max(costs))} percentage points fewer are named, in 400 teams of each kind." in said
    assert "Without such a goal, or with rare deals, nobody is named who logs far less than others or before." in said
    assert "without a goal, or with a goal that reps log themselves" in said
    assert goal_sentences([row for row in rows if row.kind == "calm"]) == ""


def test_a_calibration_is_reproducible_and_can_be_stored(tmp_path, monkeypatch) -> None:
    few = (FlagWorld("calm", 12, 12, 0.5, "mid-year"), FlagWorld("small counts", 12))
    monkeypatch.setattr("workbench.integrity.calibration.run_integrity_calibration.flag_worlds", lambda: few)
    done: list[tuple[int, int]] = []
    rows = run_integrity_calibration(3, 5, lambda *at: done.append(at))
    assert done == [(1, 2), (2, 2)]
    assert run_integrity_calibration(3, 5) == rows
    save_flag_table(rows, tmp_path / "table.json")
    assert [(row.kind, row.teams) for row in load_flag_table(tmp_path / "table.json")] == [
        ("calm", 3), ("small counts", 3),
    ]  # fmt: skip


def test_honest_reps_named_are_told_per_year() -> None:
    counts = simulate_flags(FlagWorld("calm", 12, 24), 2, 1)
    row = flag_row(type(counts)(counts.world, (4, 0), 0, 0, {}, {}))
    assert (row.honest_named, row.honest_error, row.power, row.holds) == (1.0, pytest.approx(1.0), None, False)
