"""Progress over months: intervals that hold the truth, mix told from skill, and no progress by luck alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.phases.planted import Team, expit, logit, team
from tests.phases.test_rep_spread import spells
from workbench.phases.coached_progress import RepProgress, progress_since
from workbench.phases.judge_phases import judge_phases
from workbench.phases.phase_cube import PhaseCube
from workbench.phases.span_rates import change_of_rate, rates_by_month
from workbench.words.phases_progress import (
    change_small_print,
    months_small_print,
    others_sentence,
    past_luck_sentence,
    progress_sentence,
    progress_small_print,
    team_change_sentences,
)

START = "2025-07"
TEAMS = 60
FEW = 400


def worst_before(cube: PhaseCube) -> int:
    """The rep with the lowest rate at the first phase before the start, as a manager would pick."""
    before = np.array([month < START for month in cube.months])[cube.month]
    return int(np.argmin(cube.by_rep(cube.reached[1] * before) / cube.by_rep(cube.reached[0] * before)))


def lifted(planted: Team, rep: int, by: float) -> PhaseCube:
    """The team with one rep's first phase better since the start: failures turned into successes of that phase."""
    cube, rng = planted.cube, np.random.default_rng(9)
    now = (cube.rep == rep) & (cube.month >= 6)
    missed = (cube.reached[0] - cube.reached[1]).astype(int)
    extra = rng.binomial(missed, by) * now
    reached = cube.reached.copy()
    reached[1] += extra
    return replace(cube, reached=reached)


@pytest.mark.parametrize(
    "world",
    [
        {"reps": 12, "shock": 0.2},
        {"reps": 12, "spread": (0.25, 0, 0, 0, 0), "dials": 400},
        {"reps": 8, "lists": "quarterly", "list_luck": 0.4},
    ],
    ids=["months with shocks", "a spread and few calls", "a list per rep and quarter"],
)
def test_the_worst_rep_coached_without_effect_does_not_improve(world: dict) -> None:
    """At most 5 % up to the error of so many teams, where before and after alone would say far more."""
    seen, naive = [], []
    for seed in range(TEAMS):
        found = judge_phases(team(np.random.default_rng(seed), **world).cube, 50)
        rep = worst_before(found.cube)
        (one,) = progress_since(found, 0, {found.cube.reps[rep]}, START, draws=FEW).reps
        seen.append(one.verdict == "improved")
        error = np.sqrt(sum(p * (1 - p) / n for p, n in ((one.raw_before, one.n_before), (one.raw_after, one.n_after))))
        naive.append(one.raw_after - one.raw_before > 1.96 * error)
    assert np.mean(seen) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / TEAMS)
    assert np.mean(naive) > 0.1


def test_the_end_of_a_bad_spell_is_no_progress() -> None:
    """Reps with good and bad spells of months: the worst one gets out of a spell by itself."""
    seen = []
    for seed in range(TEAMS):
        found = judge_phases(spells(seed, 0.7), 50)
        (one,) = progress_since(found, 0, {found.cube.reps[worst_before(found.cube)]}, START, draws=FEW).reps
        seen.append(one.verdict == "improved")
    assert np.mean(seen) <= 0.05


def test_a_rep_who_got_better_is_seen_and_the_change_is_in_its_interval() -> None:
    held, seen = [], []
    for seed in range(40):
        planted = team(np.random.default_rng(seed), reps=12, dials=1500, spread=(0.15, 0, 0, 0, 0), shock=0.1)
        rep = worst_before(planted.cube)
        found = judge_phases(lifted(planted, rep, 0.15), 50)
        (one,) = progress_since(found, 0, {found.cube.reps[rep]}, START, draws=FEW).reps
        gained = 0.15 * (1 - planted.rates[0, rep])
        held.append(one.low <= gained <= one.high)
        seen.append(one.verdict == "improved")
    assert np.mean(seen) >= 0.8
    assert np.mean(held) >= 0.85


def test_what_all_reps_gain_is_no_progress_of_the_coached() -> None:
    cube = team(np.random.default_rng(4), reps=10, dials=3000).cube
    rng = np.random.default_rng(1)
    reached = cube.reached.copy()
    reached[1] += rng.binomial((reached[0] - reached[1]).astype(int), 0.15) * (cube.month >= 6)
    found = judge_phases(replace(cube, reached=reached), 50)
    progress = progress_since(found, 0, found.cube.reps[:2], START, draws=FEW)
    assert progress.others_after - progress.others_before == pytest.approx(0.15 * 0.75, abs=0.03)
    assert {one.verdict for one in progress.reps} <= {"as_expected", "too_early"}
    assert progress.together is not None
    assert progress.together.n_after == sum(one.n_after for one in progress.reps)
    assert progress.together.high - progress.together.low < min(one.high - one.low for one in progress.reps)
    assert others_sentence(progress).startswith("Meanwhile 8 reps without coaching went from 2")
    assert progress_sentence(progress.together, "Reached").startswith(("Too early to say for the", "The coached reps"))


def test_progress_needs_others_and_calls_on_both_sides() -> None:
    cube = team(np.random.default_rng(0), reps=6).cube
    found = judge_phases(cube, 50)
    few = progress_since(found, 0, found.cube.reps[:4], START)
    assert {one.why for one in few.reps} == {"few_others"}
    assert others_sentence(few) == ""
    late = replace(cube, reached=cube.reached * ~((cube.rep == 0) & (cube.month < 6)))
    gone = replace(late, reached=late.reached * ~((cube.rep == 1) & (cube.month >= 6)))
    two = progress_since(judge_phases(gone, 50), 0, ("rep 00", "rep 01"), START, draws=50).reps
    assert [one.why for one in two] == ["no_past", "no_after"]
    assert progress_sentence(two[0], "Reached") == "No verdict on rep 00: no calls at Reached before the coaching."
    assert progress_sentence(two[1], "Reached") == "No verdict on rep 01: no calls at Reached since the coaching."
    assert "at least 3 reps without coaching" in progress_sentence(few.reps[0], "Reached")


def test_the_month_in_which_coaching_begins_midway_belongs_to_neither_side() -> None:
    found = judge_phases(team(np.random.default_rng(0), reps=6).cube, 50)
    whole, part = (progress_since(found, 0, {"rep 00"}, day, draws=50).reps[0] for day in ("2025-07-01", "2025-07-15"))
    july = (found.cube.rep == 0) & (found.cube.month == 6)
    assert whole.n_before == part.n_before
    assert whole.n_after - part.n_after == found.cube.reached[0][july].sum()


def test_monthly_intervals_hold_the_teams_rate() -> None:
    """Nominal 95 %, with months in which every rep has luck of their own."""
    held = []
    for seed in range(60):
        planted = team(np.random.default_rng(seed), reps=10, dials=800, shock=0.3)
        rates = rates_by_month(judge_phases(planted.cube, 50), 0)
        held.append((rates.low <= planted.months[0]) & (planted.months[0] <= rates.high))
    assert 0.92 <= np.mean(held) <= 0.985


def two_lists(share_good: tuple[float, float], better: float) -> PhaseCube:
    """Ten reps on an easy and a hard list; since July the mix and the skill may differ."""
    rng = np.random.default_rng(3)
    rep, stratum, month = (each.ravel() for each in np.indices((10, 2, 12)))
    now = month >= 6
    share = np.where(now, share_good[1], share_good[0])
    calls = rng.poisson(150 * np.where(stratum == 0, share, 1 - share))
    hits = rng.binomial(calls, expit(logit(0.2) + 1.2 * (stratum == 0) + better * now))
    months = tuple(f"2025-{t + 1:02}" for t in range(12))
    return PhaseCube(tuple(f"rep {i}" for i in range(10)), ("easy", "hard"), months, ("Reached",), rep, stratum, month,
                     np.array([calls, hits], float))  # fmt: skip


def test_a_phase_that_improves_by_easier_calls_alone_is_said_to_be_so() -> None:
    found = judge_phases(two_lists((0.3, 0.8), 0.0), 50)
    change = change_of_rate(found, 0, START)
    assert change.change > 0.08
    assert change.moved
    assert change.from_mix
    assert change.alike_low <= 0 <= change.alike_high
    rates = rates_by_month(found, 0)
    assert np.ptp(rates.alike) < np.ptp(rates.raw)
    said = team_change_sentences(change)
    assert said[1] == "Most of the rise at Reached comes from easier lists or hours."


def test_a_phase_that_improves_on_the_same_mix_is_not_put_down_to_the_mix() -> None:
    found = judge_phases(two_lists((0.5, 0.5), 0.5), 50)
    change = change_of_rate(found, 0, START)
    assert change.moved
    assert not change.from_mix
    assert change.alike == pytest.approx(change.change, abs=0.01)
    said = team_change_sentences(change)
    assert said[0].endswith("with July 2025, beyond chance.")
    assert said[1].startswith("On the same mix of lists and hours, Reached moved by ")
    assert "like for like" in change_small_print(change)
    assert months_small_print(rates_by_month(found, 0)).startswith("n 1,")


def test_months_on_lists_of_their_own_cannot_be_put_on_one_mix() -> None:
    cube = two_lists((0.5, 0.5), 0.5)
    apart = replace(cube, stratum=(cube.month >= 6).astype(int))
    found = judge_phases(apart, 50)
    rates, change = rates_by_month(found, 0), change_of_rate(found, 0, START)
    assert not rates.comparable
    assert np.isnan(change.alike)
    assert "easier lists could explain the rise" in team_change_sentences(change)[1]
    assert "share no lists" in months_small_print(rates)
    one = replace(cube, strata=("",), stratum=np.zeros_like(cube.stratum))
    told = team_change_sentences(change_of_rate(judge_phases(one, 50), 0, START))
    assert told[1] == "No list or hour is known, so easier calls could explain the rise."


def test_verdicts_are_told_apart_in_words() -> None:
    one = RepProgress("Ana", 300, 250, 0.15, 0.27, 0.19, 0.21, 0.27, 0.06, 0.02, 0.1)
    assert progress_sentence(one, "Reached") == "Ana improved at Reached beyond luck: 27% now, 21% expected."
    assert past_luck_sentence(one) == (
        "Part of the 15% before the coaching was bad luck: the true rate was nearer 19%."
    )
    assert progress_small_print(one, 17) == (
        "6.0 points against expected, 95% interval 2.0 to 10.0; n 300 before, 250 since; 17 other reps"
    )
    fell = replace(one, now=0.15, change=-0.06, low=-0.1, high=-0.02)
    assert progress_sentence(fell, "Reached") == "Ana fell back at Reached beyond luck: 15% now, 21% expected."
    same = replace(one, now=0.2, change=-0.01, low=-0.03, high=0.01)
    assert progress_sentence(same, "Reached").startswith("Ana did not improve at Reached")
    early = replace(one, low=-0.02)
    said = "Too early to say for Ana at Reached: 27% now, 21% expected anyway; at most 10 points more."
    assert progress_sentence(early, "Reached") == said
    assert progress_sentence(replace(early, expected=0.02, high=0.009), "Reached").endswith("at most 1 point more.")
    assert past_luck_sentence(replace(one, past=0.15)) == ""
    said = [progress_sentence(each, "Reached") for each in (one, fell, same, early)]
    assert max(len(sentence.split()) for sentence in said) <= 20
