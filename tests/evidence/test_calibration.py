"""A smaller run of the calibration, and the claims of the table that the page and its README show."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from workbench.cli.calibrate import README
from workbench.cli.main import main
from workbench.evidence.calibration import run_calibration, simulate
from workbench.evidence.calibration.calibration_table import (
    CalibrationRow,
    calibration_row,
    load_table,
    merge_rows,
    most_similar_team,
    save_table,
)
from workbench.evidence.calibration.confounded_worlds import Confounder
from workbench.evidence.calibration.run_calibration import CalibrationCell, Limits
from workbench.evidence.calibration.simulate import SimulationResult, large_sample_truth, simulate_world, stored_truth
from workbench.evidence.calibration.unusual_worlds import Unusual
from workbench.evidence.calibration.worlds import KINDS, LEVERS, USELESS, World, draw_history
from workbench.words.calibration import (
    INTERVALS,
    calibration_markdown,
    calibration_sentence,
    calibration_table,
    interval_coverage,
    pooled_coverage_rows,
    power_table,
)

HISTORIES = 60
DRAWN = [kind for kind in USELESS if kind in KINDS]  # in ordinary teams
CROWD = 500  # four crowds: the truth is known to a tenth of an interval's half-width


@pytest.fixture(scope="module")
def outcome() -> SimulationResult:
    world = World(16, 18)
    return simulate_world(world, HISTORIES, 5, large_sample_truth(world.crowd(CROWD)))


def wide(row: CalibrationRow) -> bool:
    """Rows the promises on every kind of KPI are made for: ten reps and more."""
    return row.reps >= 10 and "gamed" in row.verdicts


def test_intervals_hold_the_truth(outcome):
    for name, (covered, n) in outcome.coverage.items():
        kinds = max(n / HISTORIES, 1)
        error = np.sqrt(0.95 * 0.05 / HISTORIES / min(kinds, 3))  # KPIs of one history are not independent
        assert covered > 0.95 - 3.5 * error, name


def test_useless_kpis_are_rarely_kept_and_levers_rarely_dropped(outcome):
    for kind in DRAWN:
        assert outcome.verdicts[kind].get("keep", 0) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / HISTORIES), kind
    for kind in LEVERS:
        assert outcome.verdicts[kind].get("drop", 0) <= 0.05, kind
    assert outcome.verdicts["lever"]["keep"] > 0.4


def test_alarms_keep_their_level_without_an_effect(outcome):
    for test in ("leads", "follows", "break", "reps differ", "segment differs"):
        rates = [outcome.alarms[test][kind] for kind in ("noise", "season")]
        assert np.mean(rates) <= 0.13, test


def test_a_world_has_what_was_planted():
    record = draw_history(World(400, 24, leavers=0.0), np.random.default_rng(0))
    inside = {kpi: record.values[k] - record.values[k].mean(axis=1, keepdims=True) for k, kpi in enumerate(record.kpis)}
    shared = record.goal - record.goal.mean(axis=0) - record.goal.mean(axis=1, keepdims=True)
    link = {kpi: np.corrcoef((v - v.mean(axis=0)).ravel(), shared.ravel())[0, 1] for kpi, v in inside.items()}
    assert link["lever"] == pytest.approx(0.3, abs=0.03)
    assert abs(link["noise"]) < 0.03
    assert abs(link["season"]) < 0.03
    assert link["segment"] == pytest.approx(0.15, abs=0.03)
    assert np.corrcoef(record.rep_values[KINDS.index("trait")], record.rep_goal)[0, 1] > 0.7


def test_some_leave_and_everybody_stays_half_the_time():
    record = draw_history(World(300, 12, leavers=0.5), np.random.default_rng(1))
    there = np.isfinite(record.goal).sum(axis=1)
    assert there.min() >= 6
    assert 0.3 < np.mean(there < 12) < 0.5


def test_the_table_promises_hold_from_ten_reps_on():
    rows = [row for row in load_table() if wide(row)]
    assert len(rows) >= 20
    for name in INTERVALS:
        weights = [row.intervals[name] for row in rows if name in row.coverage]
        pooled = np.average([row.coverage[name] for row in rows if name in row.coverage], weights=weights)
        assert 0.93 <= pooled <= 0.97, name
    for kind in DRAWN:
        kept = [row.false_keep[kind] for row in rows]
        assert np.mean(kept) <= 0.05, kind
        assert max(kept) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / min(row.histories for row in rows)), kind
    assert np.mean([row.lever_dropped for row in rows]) <= 0.05


def test_the_readme_is_that_of_the_table():
    assert README.read_text(encoding="utf-8") == calibration_markdown(load_table())


def test_the_readme_pools_each_interval_over_all_wide_teams():
    rows = [row for row in load_table() if wide(row)]
    told = {cells[0]: cells for cells in pooled_coverage_rows(rows)}
    n = [row.intervals["per_unit"] for row in rows]
    share = np.average([row.coverage["per_unit"] for row in rows], weights=n)
    assert told["goal per unit"][1] == f"{share:.3f}"
    assert told["goal per unit"][4] == f"{sum(n):,}"
    assert all(0.93 <= float(cells[2]) <= float(cells[3]) <= 0.98 for cells in told.values())


def test_power_grows_with_the_team():
    rows = [row for row in load_table() if not row.note and row.link == 0.3]
    found = {(row.reps, row.periods): row.found for row in rows}
    assert found[8, 6] < found[20, 12] < found[50, 24] + 0.05
    assert found[100, 24] > 0.9
    assert power_table(load_table())[0]["Team"] == "8 × 6"


def test_teams_like_yours_are_the_nearest_in_size():
    row = most_similar_team(24, 18, 0.3)
    assert (row.reps, row.periods) in {(20, 24), (20, 12)}
    assert row.link == 0.3
    assert most_similar_team(1000, 36, 0.25).reps == 200
    assert f"{row.reps} reps × {row.periods} periods were simulated" in calibration_sentence(24, 18)


def test_the_table_of_the_page_puts_the_size_most_like_yours_first():
    rows = calibration_table(load_table(), 22, 25)
    assert rows[0]["Team"] == "20 × 24 ←"
    assert [row["Team"] for row in rows].count("20 × 24 ←") == 1
    assert len({row["Team"] for row in rows}) == len(rows) == 24
    own = next(row for row in load_table() if (row.reps, row.periods, row.link, row.note) == (20, 24, 0.3, ""))
    assert rows[0]["ρ 0.3"] == f"{int(100 * own.found + 0.5)}%"
    assert rows[0]["Useless kept"] == f"{int(100 * max(own.false_keep.values()) + 0.5)}%"
    assert interval_coverage(own) == pytest.approx(
        np.average([own.coverage[name] for name in own.intervals], weights=list(own.intervals.values()))
    )


def test_the_command_writes_the_table_it_was_asked_for(tmp_path, monkeypatch, capsys):
    few = tuple(CalibrationCell(World(8, 6, link=link, kinds=run_calibration.FEW_KINDS)) for link in (0.3, 0.5))
    monkeypatch.setattr(run_calibration, "calibration_cells", lambda: few)
    path = tmp_path / "table.json"
    assert main(["calibrate", "--histories", "2", "--processes", "1", "--out", str(path)]) == 0
    rows = load_table(path)
    assert [(row.reps, row.link, row.histories) for row in rows] == [(8, 0.3, 1), (8, 0.5, 1)]
    assert "8 × 6" in capsys.readouterr().out
    save_table(list(rows), path)
    assert load_table.__wrapped__(path) == rows


def test_rounds_of_one_world_are_merged_by_their_histories_and_intervals():
    world = World(8, 6, kinds=KINDS[:3])
    truth = large_sample_truth(world.crowd(200))
    one, other = (calibration_row(simulate_world(world, n, n, truth)) for n in (4, 12))
    both = merge_rows([one, other])
    assert both.histories == 16
    assert both.found == pytest.approx((4 * one.found + 12 * other.found) / 16)
    for kind in KINDS[:3]:
        assert sum(both.verdicts[kind].values()) == pytest.approx(1)
    kept = (4 * one.false_keep["noise"] + 12 * other.false_keep["noise"]) / 16
    assert both.false_keep["noise"] == pytest.approx(kept)
    for name, n in both.intervals.items():
        assert n == one.intervals.get(name, 0) + other.intervals.get(name, 0)
        held = sum(row.coverage.get(name, 0) * row.intervals.get(name, 0) for row in (one, other))
        assert both.coverage[name] == pytest.approx(held / n)
    assert merge_rows([one]) == one


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path, monkeypatch):
    cells = tuple(CalibrationCell(World(8, 6, link=link, kinds=run_calibration.FEW_KINDS)) for link in (0.3, 0.5))
    monkeypatch.setattr(run_calibration, "ROUND", 2)
    jobs = [run_calibration._Job(cell, 2, place, 0) for place, cell in enumerate(cells)]
    first = [run_calibration._run_job(job, tmp_path) for job in jobs]
    assert len(list(tmp_path.iterdir())) == 2
    monkeypatch.setattr(run_calibration, "simulate_world", lambda *_: pytest.fail("this round was done before"))
    assert [run_calibration._run_job(job, tmp_path) for job in jobs] == first
    assert [row.histories for row in first] == [1, 1]


def test_where_only_power_is_asked_fewer_histories_do():
    cells = run_calibration.calibration_cells()
    shares = {cell.share for cell in cells if cell.world.kinds == run_calibration.FEW_KINDS}
    assert shares == {0.15, 0.3}
    full = {(cell.world.reps >= 100, cell.share) for cell in cells if cell.world.kinds != run_calibration.FEW_KINDS}
    assert full == {(False, 1.0), (True, 0.5)}


def test_the_worlds_are_those_that_teams_live_in():
    cells = run_calibration.calibration_cells()
    assert {getattr(cell.world, "grain", "month") for cell in cells} == {"day", "week", "month", "quarter"}
    confounders = {getattr(cell.world, "confounder", "") for cell in cells} - {""}
    assert confounders == set(get_args(Confounder)) - {""}
    unusual = {getattr(cell.world, "kind", "") for cell in cells} - {""}
    assert unusual == set(get_args(Unusual))
    for kind in ("regional shocks", "campaign"):
        known = {cell.world.known for cell in cells if getattr(cell.world, "confounder", "") == kind}
        assert known == {True, False}
    notes = [(cell.world.reps, cell.world.periods, cell.world.link, cell.note) for cell in cells]
    assert len(set(notes)) == len(notes)


def test_the_sentence_says_what_the_table_says():
    row = most_similar_team(20, 24, 0.3)
    said = calibration_sentence(20, 24)
    assert f"is found in {int(100 * row.found + 0.5)}% of cases" in said
    worst = max(share for one in load_table() for share in one.false_keep.values())
    assert f"kept in at most {int(100 * worst + 0.5)}% of teams" in said
    assert f"Over all {len(load_table())} simulated worlds" in said


def test_the_table_has_every_world_of_the_calibration():
    worlds = {(c.world.reps, c.world.periods, c.world.link, c.note) for c in run_calibration.calibration_cells()}
    assert {(row.reps, row.periods, row.link, row.note) for row in load_table()} == worlds


def beyond(share: float, limit: float, n: int) -> bool:
    """Whether a share of n histories is above a limit by more than chance; never where there is no limit."""
    return share > limit + 3 * np.sqrt(limit * (1 - limit) / n)


def test_every_published_world_keeps_to_its_limits():
    """Useless KPIs kept, levers dropped, intervals that hold the truth."""
    cells = {(c.world.reps, c.world.periods, c.world.link, c.note): c for c in run_calibration.calibration_cells()}
    for row in load_table():
        own = row.reps, row.periods, row.link, row.note
        limits = cells[own].limits
        for kind, kept in row.false_keep.items():
            assert not beyond(kept, limits.useless_kept, row.histories), (own, kind)
        if row.link >= 0.3 and row.reps >= 10:
            assert not beyond(row.lever_dropped, limits.lever_dropped, row.histories), own
        held = row.coverage.get("within_reps_and_periods", 1.0)
        assert not beyond(1 - held, 1 - limits.coverage, row.histories), own


def test_few_worlds_are_free_of_a_limit_and_none_of_all():
    free = {cell.note: cell.limits for cell in run_calibration.calibration_cells() if cell.limits != Limits()}
    assert {note for note, limits in free.items() if np.isnan(limits.useless_kept)} == {
        "follow-up on sales that last, months only"
    }
    assert {note for note, limits in free.items() if np.isnan(limits.lever_dropped)} == {
        "too little activity to read days"
    }
    assert all("unknown" in note for note, limits in free.items() if np.isnan(limits.coverage))


def test_the_truth_of_a_crowd_is_kept_for_every_process(tmp_path, monkeypatch):
    world = World(60, 6, kinds=KINDS[:2])
    first = stored_truth(world, tmp_path)
    assert first == pytest.approx(large_sample_truth(world), nan_ok=True)
    monkeypatch.setattr(simulate, "large_sample_truth", lambda _: pytest.fail("this crowd was drawn before"))
    assert stored_truth(world, tmp_path) == pytest.approx(first, nan_ok=True)
    assert len(list(tmp_path.iterdir())) == 1
