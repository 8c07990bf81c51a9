"""Starts in waves: the band, who moved, and the looks while the trial runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from tests.trials.planted import planted_panel
from tests.trials.test_evaluate_trial import card, codes, months_of, sales
from workbench.data.model.panel import Panel
from workbench.trials.evaluate_trial import evaluate_trial
from workbench.trials.staggered_starts import past_slope, staggered_trial
from workbench.trials.trial_file import TrialFile
from workbench.trials.trial_sides import trial_sides
from workbench.words.trial_parts import fade_sentence, look_sentence


def waves_panel(who: dict[int, float], n: int = 20, noise: float = 0.08, apart: int = 2) -> tuple[Panel, TrialFile]:
    """Units that start in three waves from November on, each with its effect."""
    values = sales(9, n=n, noise=noise)
    starts = {}
    for place, (rep, effect) in enumerate(who.items()):
        first = 10 + apart * (place % 3)
        values[rep, first:] += effect
        starts[f"rep {rep:02d}"] = f"{np.datetime64('2024-01') + first}"
    return planted_panel(values), card(treated=list(starts), start="2024-11", starts=starts)


def test_a_start_in_waves_has_a_band_of_what_would_have_been_until_nobody_waits() -> None:
    panel, file = waves_panel(dict.fromkeys(range(12), 6.0))
    course = evaluate_trial(panel, file).course
    assert course is not None
    late = course.after
    assert np.isnan(course.low[~late]).all()
    assert np.isfinite(course.low[late]).all()
    assert (course.low[late] < course.expected[late]).all()
    assert (course.expected[late] < course.high[late]).all()
    assert (course.treated[late] > course.high[late]).sum() >= 4
    gap = course.treated[late] - course.expected[late]
    assert gap == pytest.approx(np.full(late.sum(), 6.0), abs=2.5)
    everybody = evaluate_trial(*waves_panel(dict.fromkeys(range(20), 6.0)))
    assert everybody.course is not None
    assert np.isfinite(everybody.course.low[[each in (10, 11, 12, 13) for each in range(len(late))]]).all()
    assert np.isnan(everybody.course.expected[-4:]).all()


def test_who_moved_in_waves_is_held_against_those_still_waiting_in_the_same_months() -> None:
    effects = dict.fromkeys(range(12), 3.0) | {4: 25.0}
    panel, file = waves_panel(effects)
    found = evaluate_trial(panel, file)
    moved = {each.rep: each for each in found.reps}
    assert {*moved} == {f"rep {i:02d}" for i in range(12)}
    assert moved["rep 04"].difference == pytest.approx(25, abs=6)
    assert moved["rep 04"].low > 0
    assert sum(each.low > 0 or each.high < 0 for each in found.reps) <= 4
    for each in found.reps:
        assert each.difference == pytest.approx(each.after - each.expected)
    everybody = evaluate_trial(*waves_panel(dict.fromkeys(range(20), 3.0)))
    last_wave = {f"rep {i:02d}" for i in range(20) if i % 3 == 2}
    assert {each.rep for each in everybody.reps} == {f"rep {i:02d}" for i in range(20)} - last_wave
    assert {each.n_after for each in everybody.reps} == {4, 2}


def test_a_rep_in_waves_is_what_a_hand_would_work_out() -> None:
    """Plain differences: own change less the mean change of those who still wait in the same month."""
    panel, file = waves_panel(dict.fromkeys(range(12), 5.0), noise=0.3)
    found = evaluate_trial(panel, file.model_copy(update={"assignment": "chosen"}))
    table = panel.frame.pivot_table(index="rep", columns="period", values="sales").to_numpy()
    sides = trial_sides(panel, file)
    share = past_slope(staggered_trial(sides))
    past = table[:, 6:12].mean(axis=1)  # of the wave of January, month 12
    waits = {12: range(8, 20), 13: range(8, 20), 14: range(12, 20), 15: range(12, 20)}
    first = {rep: 10 + 2 * (rep % 3) for rep in range(12)}
    gaps = []
    for month in waits:
        still = [rep for rep in range(20) if first.get(rep, 99) > month]
        gaps.append(table[1, month] - share * past[1] - np.mean(table[still, month] - share * past[still]))
    found_rep = next(each for each in found.reps if each.rep == "rep 01")
    assert found_rep.difference == pytest.approx(np.mean([*gaps, *_later(table, past, share, first)]))


def _later(table: np.ndarray, past: np.ndarray, share: float, first: dict[int, int]) -> list[float]:
    out = []
    for month in range(16, table.shape[1]):
        still = [rep for rep in range(20) if first.get(rep, 99) > month]
        out.append(table[1, month] - share * past[1] - float(np.mean(table[still, month] - share * past[still])))
    return out


def test_a_start_in_waves_may_stop_at_a_declared_look() -> None:
    panel, file = waves_panel(dict.fromkeys(range(12), 14.0), noise=0.05)
    looked = file.model_copy(update={"looks": 3, "end": dt.date(2025, 10, 31)})
    found = evaluate_trial(panel, looked)
    assert (found.verdict, found.running, found.claim.method) == ("helps", True, "whole_path")
    assert [each.crossed for each in found.looks] == [True, True]
    assert "early_stop_overstates" in codes(found)
    assert look_sentence(found) == "Look 1 of 3: the answer is clear, so the trial may stop."
    once = evaluate_trial(panel, looked.model_copy(update={"looks": 1}))
    calm = evaluate_trial(waves_panel(dict.fromkeys(range(12), 0.0))[0], looked)
    assert (calm.verdict, calm.reasons, [each.crossed for each in calm.looks]) == (
        "cannot_tell",
        ("running",),
        [False] * 2,
    )
    assert (once.verdict, once.reasons, once.looks) == ("cannot_tell", ("running",), ())


def test_an_effect_that_fades_in_waves_is_told_from_one_that_lasts() -> None:
    """Whether the gain of a trial in waves lasted was told to nobody."""
    lasting, file = waves_panel(dict.fromkeys(range(12), 6.0))
    fade = evaluate_trial(lasting, file).fade
    assert (fade.first.value, fade.second.value) == (pytest.approx(6, abs=2.5), pytest.approx(6, abs=2.5))
    assert not fade.change.excludes_none
    values = lasting.frame["sales"].to_numpy().reshape(20, -1).copy()
    for rep, day in file.starts.items():
        first = 12 * (day.year - 2024) + day.month - 1
        length = values.shape[1] - first
        values[int(rep[-2:]), first + length // 2 :] -= 6
    found = evaluate_trial(planted_panel(values), file)
    assert found.fade.change.value == pytest.approx(-6, abs=2.5)
    assert found.fade.change.excludes_none
    said = fade_sentence(replace(found, verdict="helps"))
    assert said.startswith("The effect faded: ")
    assert " in the first half after each start, " in said
    begun = evaluate_trial(planted_panel(values[:, :13]), file)
    assert begun.fade is None, "no wave has four months with others waiting"


def test_the_halves_of_a_trial_in_waves_say_whose_they_are_where_late_waves_are_too_short() -> None:
    """What six reps lost after a month was "no fading after each start": their wave was not in the figure."""
    values = sales(9, n=20, noise=0.05)
    values[:4, 12:] += 10
    values[4:10, 15] += 10
    starts = {f"rep {i:02d}": "2025-01-01" if i < 4 else "2025-04-01" for i in range(10)}
    found = evaluate_trial(planted_panel(values[:, :18]), card(treated=list(starts), end="2025-06-30", starts=starts))
    assert found.fade.change.n_units == (4, 10)
    said = fade_sentence(replace(found, verdict="helps"))
    assert "each start" not in said
    assert said.endswith(" This counts 4 of 10 reps: the rest had fewer than 4 months beside others working as before.")
    assert all(len(each.split()) <= 20 for each in said.split(". "))


def test_reps_who_wait_and_change_all_the_same_are_told() -> None:
    panel, file = waves_panel(dict.fromkeys(range(12), 6.0))
    calls = sales(3, noise=0.02)
    calls[:, 10:] += 40
    for rep, day in file.starts.items():
        calls[int(rep[-2:]), 12 * (day.year - 2024) + day.month - 1 :] += 8
    data = planted_panel(panel.frame["sales"].to_numpy().reshape(20, -1), more={"calls": calls})
    assert "comparison_moved_too" in codes(evaluate_trial(data, file.model_copy(update={"lever": "calls"})))
    calls[:, 10:] -= 40
    data = planted_panel(panel.frame["sales"].to_numpy().reshape(20, -1), more={"calls": calls})
    assert "comparison_moved_too" not in codes(evaluate_trial(data, file.model_copy(update={"lever": "calls"})))
    shared = evaluate_trial(panel, file.model_copy(update={"shared_pool": True}))
    assert "shared_pool" in codes(shared)


def test_the_lever_is_judged_start_by_start() -> None:
    panel, file = waves_panel(dict.fromkeys(range(12), 6.0))
    calls = sales(3, noise=0.08)
    for rep, day in file.starts.items():
        calls[int(rep[-2:]), 12 * (day.year - 2024) + day.month - 1 :] += 8
    with_calls = planted_panel(panel.frame["sales"].to_numpy().reshape(20, -1), more={"calls": calls})
    moved = evaluate_trial(with_calls, file.model_copy(update={"lever": "calls"})).lever
    assert (moved.moved, moved.value) == ("up", pytest.approx(8, abs=2.5))
    still = evaluate_trial(with_calls, file.model_copy(update={"lever": "sales - sales + 5"})).lever
    assert still.moved in ("none", "unknown")
    assert evaluate_trial(with_calls, file).lever is None


def test_a_look_before_four_have_started_cannot_be_read() -> None:
    panel, file = waves_panel(dict.fromkeys(range(9), 14.0), apart=3)
    found = evaluate_trial(months_of(panel, 12), file.model_copy(update={"looks": 4, "end": dt.date(2025, 6, 30)}))
    assert (found.verdict, len(found.looks), found.stopped) == ("cannot_tell", 1, 0)
    assert not np.isfinite(found.looks[0].value)
    assert look_sentence(found) == "Look 1 of 4 cannot be read yet: 4 reps must have started while others wait."
