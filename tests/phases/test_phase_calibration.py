"""How often the coaching plan is right, by simulation: here with few teams, and in the shipped table."""

from __future__ import annotations

import contextlib
import io
import json

import numpy as np
import pytest

from workbench.cli.main import main
from workbench.phases.calibration.phase_table import (
    KNOWN_MISSES,
    LEAST_NO_PLAN,
    LEAST_RIGHT,
    MOST_FALSE,
    PhaseCalibrationRow,
    load_phase_table,
    phase_row,
    rows_like_team,
    save_phase_table,
)
from workbench.phases.calibration.planted_teams import NOTHING_PLANTED, PhaseWorld, TeamKind, draw_phase_team
from workbench.phases.calibration.run_phase_calibration import TEAMS_EACH, phase_worlds, run_phase_calibration
from workbench.phases.calibration.simulate_phases import simulate_phases
from workbench.words.phases_calibration import (
    BOUNDS,
    PHASE_CALIBRATION_COLUMNS,
    TEAM_KINDS,
    missed_sentences,
    phase_calibration_cells,
    phase_calibration_method,
    phase_calibration_sentences,
)

TABLE = load_phase_table()


def run_command(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([*words])
    return code, out.getvalue(), err.getvalue()


def row_of_world(kind: TeamKind, reps: int, dials: int, spread: float = 0.0) -> PhaseCalibrationRow:
    (row,) = (row for row in TABLE if (row.kind, row.reps, row.dials, row.spread) == (kind, reps, dials, spread))
    return row


def test_the_table_has_every_world() -> None:
    assert [(r.kind, r.reps, r.dials, r.spread) for r in TABLE] == [
        (w.kind, w.reps, w.dials, w.spread) for w in phase_worlds()
    ]
    assert min(row.teams for row in TABLE if row.dials > 50) == TEAMS_EACH
    assert {*TEAM_KINDS} == {row.kind for row in TABLE}


def test_every_promise_holds_or_is_published_as_missed() -> None:
    missed = {(row.kind, bound) for row in TABLE for bound in row.missed}
    assert missed == KNOWN_MISSES
    over = row_of_world("bimodal", 20, 1500, 0.3)
    assert (over.achievable or 1) < 0.8
    assert over.missed == ("achievable",)
    assert {bound for _, bound in missed} <= {*BOUNDS}


def test_reps_rarely_seem_to_differ_and_get_no_plan_where_nothing_is_planted() -> None:
    nothing = [row for row in TABLE if row.kind in NOTHING_PLANTED and (row.kind, "no_plan") not in KNOWN_MISSES]
    assert max(row.false_spread or 0 for row in nothing) <= MOST_FALSE
    assert min(row.no_plan for row in nothing) >= LEAST_NO_PLAN
    assert np.mean([row.false_spread for row in nothing]) < 0.02


def test_plans_name_the_right_phase_and_power_is_published() -> None:
    given = [row for row in TABLE if row.planted and row.plans >= 30]
    assert min(row.right or 0 for row in given) >= LEAST_RIGHT
    found = {(row.reps, row.dials): row.found or 0 for row in TABLE if (row.kind, row.spread) == ("one real", 0.3)}
    assert found[20, 1500] > 0.95
    assert found[20, 50] < found[20, 200] < found[20, 1500]
    assert found[6, 200] < found[20, 200]
    assert found[3, 1500] == 0


def test_lists_that_belong_to_reps_are_recognised() -> None:
    assert row_of_world("lists inseparable", 20, 1500).cannot_tell == {"own_strata": 1.0}
    assert all(row.cannot_tell.get("few_reps", 0) > 0.8 for row in TABLE if row.reps == 3 and row.dials > 50)


def test_a_coached_rep_without_effect_rarely_improves() -> None:
    coached = [row for row in TABLE if row.improved is not None]
    n = sum(row.n_intervals["coached"] for row in coached)
    assert n > 1000
    assert sum((row.improved or 0) * row.n_intervals["coached"] for row in coached) / n <= MOST_FALSE


def test_a_few_teams_come_out_as_in_the_table() -> None:
    planted = phase_row(simulate_phases(PhaseWorld("one real", 20, 1500, 0.3), 12, 5))
    assert planted.found == planted.right == 1.0
    habits = phase_row(simulate_phases(PhaseWorld("coding habits", 20, 1500), 12, 5))
    assert habits.false_spread is not None
    assert habits.false_spread <= 0.2


@pytest.mark.parametrize("kind", TEAM_KINDS)
def test_every_kind_of_team_has_known_rates(kind: TeamKind) -> None:
    team = draw_phase_team(PhaseWorld(kind, 6, 1500, 0.3), np.random.default_rng(1))
    assert (np.diff(team.cube.reached, axis=0) <= 0).all()
    assert team.rates.shape == (5, 6)
    assert (team.planted is None) == (kind in NOTHING_PLANTED)
    shown = team.cube.reached[1:].sum(axis=1) / team.cube.reached[:-1].sum(axis=1)
    if kind not in ("coding habits", "new code mid-year", "list per quarter", "lists inseparable"):
        assert shown == pytest.approx(team.rates.mean(axis=1), abs=0.06)


def test_a_phase_calibration_is_reproducible_and_can_be_stored(tmp_path, monkeypatch) -> None:
    few = (PhaseWorld("calm", 6, 200), PhaseWorld("worst coached", 6, 200, 0.3))
    monkeypatch.setattr("workbench.phases.calibration.run_phase_calibration.phase_worlds", lambda: few)
    done: list[tuple[int, int]] = []
    rows = run_phase_calibration(3, 5, lambda *at: done.append(at))
    assert done == [(1, 2), (2, 2)]
    assert run_phase_calibration(3, 5) == rows
    save_phase_table(rows, tmp_path / "table.json")
    assert [row.kind for row in load_phase_table(tmp_path / "table.json")] == ["calm", "worst coached"]
    code, out, err = run_command(
        "calibrate-phases", "--teams", "2", "--seed", "5", "--out", str(tmp_path / "new.json"), "--json"
    )
    assert code == 0
    assert [row["teams"] for row in json.loads(out)["rows"]] == [2, 2]
    assert "2 of 2 kinds of teams" in err
    code, out, _ = run_command("calibrate-phases", "--teams", "2", "--out", str(tmp_path / "new.json"))
    assert out.startswith("Kind of team")


def test_the_team_most_similar_in_size_is_said_in_words() -> None:
    rows = rows_like_team(24, 1100)
    assert {(row.reps, row.dials) for row in rows} == {(20, 1500)}
    said = phase_calibration_sentences(rows)
    teams = sum(row.teams for row in rows if not row.planted)
    assert said[0].startswith(f"In {teams:,} simulated teams of 20 reps with 1,500 calls each and no differences, ")
    assert max(len(sentence.split()) for sentence in said[:6]) <= 20
    assert any(sentence.startswith("A plain difference of 30% between reps was found in ") for sentence in said)
    assert any(
        sentence.startswith("The lowest rep, coached without effect, was said to improve in ") for sentence in said
    )
    assert phase_calibration_sentences(rows_like_team(3, 60)) == [
        "With 3 reps no simulated team gets a plan: 5 reps are needed."
    ]
    assert len(phase_calibration_cells(rows[0])) == len(PHASE_CALIBRATION_COLUMNS)
    assert "`python -m workbench calibrate-phases`" in phase_calibration_method(TABLE)


def test_what_is_not_reliable_is_said_by_kind_of_team() -> None:
    said = missed_sentences([row_of_world("new code mid-year", 20, 1500)])
    assert said[0].startswith("Not reliable where a new outcome is used from mid-year: ranges of ")
    assert missed_sentences([row_of_world("calm", 20, 1500)]) == []
