"""Findings and plan on planted teams: coverage, the right phase, no plan without a plant, merging, whom to follow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.phases.planted import NAMES, expit, logit, team
from workbench.data.model.panel import MeasureInfo
from workbench.phases.coaching_gain import calls_per_month, coaching_gain
from workbench.phases.coaching_plan import Coaching, plan_coaching, rep_to_learn_from
from workbench.phases.judge_phases import judge_phases
from workbench.phases.phase_cube import PhaseCube
from workbench.phases.phase_findings import PhaseFindings
from workbench.words.phases import (
    NO_PLAN,
    coaching_headline,
    like_for_like_sentence,
    merged_sentences,
    phase_sentence,
    plan_sentences,
    settle_sentence,
    survival_small_print,
)

SMALL = {"reps": 12, "months": 6, "dials": 1500}
FEW = 300


def judged(seed: int, **world: object) -> tuple[PhaseFindings, Coaching]:
    found = judge_phases(team(np.random.default_rng(seed), **(SMALL | world)).cube, FEW)
    return found, plan_coaching(found)


def first_phase(coaching: Coaching) -> str | None:
    return coaching.plan[0].phase if coaching.plan else None


@pytest.mark.parametrize("phase", [0, 2])
def test_the_phase_that_was_planted_is_coached_first(phase: int) -> None:
    spread = tuple(0.35 if k == phase else 0.0 for k in range(5))
    plans = [first_phase(judged(seed, spread=spread, shock=0.1)[1]) for seed in range(20)]
    given = [plan for plan in plans if plan]
    assert len(given) >= 16
    assert np.mean([NAMES[phase] in plan for plan in given]) >= 0.9


def test_where_nothing_was_planted_there_is_no_plan_and_no_gain() -> None:
    found = [judged(seed, shock=0.3, dials=600) for seed in range(30)]
    assert sum(bool(coaching.plan) for _, coaching in found) <= 3
    one, coaching = next(each for each in found if not each[1].plan)
    assert coaching.gains == (None,) * 5
    assert coaching_headline(coaching) in NO_PLAN.values()
    assert all(phase.achievable.mean() == pytest.approx(phase.rates.draws.mean()) for phase in one.phases)
    assert all(rep_to_learn_from(one, phase) is None for phase in one.phases)


def test_intervals_hold_the_true_rates() -> None:
    """Nominal 95 %: reps' rates at a phase with a spread, and the level that is achievable."""
    rates, top = [], []
    for seed in range(30):
        planted = team(np.random.default_rng(seed), **SMALL, spread=(0.25, 0, 0, 0, 0), shock=0.15)
        phase = judge_phases(planted.cube, 600).phases[0]
        if phase.name == "Reached":
            rates.append((phase.rates.low <= planted.rates[0]) & (planted.rates[0] <= phase.rates.high))
            low, high = np.quantile(phase.rates.top, [0.025, 0.975])
            top.append(low <= np.quantile(planted.rates[0], 0.9) <= high)
    assert 0.92 <= np.mean(rates) <= 0.99
    assert np.mean(top) >= 0.85


def test_coding_habits_make_two_phases_one_and_no_plan() -> None:
    found = [judged(seed, habit=0.3, dials=3000) for seed in range(8)]
    assert all("Conversation + Need found" in [phase.name for phase in one.phases] for one, _ in found)
    assert sum(bool(coaching.plan) for _, coaching in found) <= 1
    assert merged_sentences(found[0][0].phases)[0].startswith("Conversation + Need found are read together")


def exact(rates: np.ndarray, dials: float = 4000, months: int = 3) -> PhaseCube:
    """A team whose (phases, reps) rates are met exactly every month."""
    n = rates.shape[1]
    rep, month = (each.ravel() for each in np.indices((n, months)))
    reached = dials * np.cumprod(np.vstack([np.ones(n), rates]), axis=0)[:, rep]
    return PhaseCube(
        tuple(f"rep {i:02}" for i in range(n)), ("",), tuple("abc"[:months]), NAMES[: len(rates)], rep,
        np.zeros(len(rep), int), month, reached,
    )  # fmt: skip


def test_the_share_of_extra_successes_that_survive_is_found() -> None:
    """Rates two phases later fall with the square root of the first: half of an extra success survives."""
    first = np.linspace(0.1, 0.4, 12)
    middle = 0.5 + 0.02 * np.cos(np.arange(12.0) * 2)
    found = judge_phases(exact(np.array([first, middle, 0.15 / np.sqrt(first)])))
    assert [phase.name for phase in found.phases] == list(NAMES[:3])
    gain = coaching_gain(found, 0)
    assert gain is not None
    assert gain.survival.value == pytest.approx(0.5, abs=0.08)
    assert survival_small_print(found.phases[0], gain).startswith(f"Reached: {100 * gain.survival.value:.0f}% of extra")
    assert like_for_like_sentence(found, found.phases[0]) == ""
    last = coaching_gain(found, 2)
    assert last is not None
    assert last.survival.value == 1.0


def test_the_gain_is_the_product_of_its_parts() -> None:
    first = np.r_[np.full(11, 0.2) + 0.01 * np.arange(11), 0.5]
    second = np.r_[np.full(6, 0.5), np.full(6, 0.5)]
    found = judge_phases(exact(np.array([first, second]), dials=20000))
    gain = coaching_gain(found, 0)
    assert gain is not None
    assert calls_per_month(found) == pytest.approx(20000)
    level, own = np.quantile(first, 0.9), first[0]
    naive = 20000 * (level - own) * 0.5
    assert gain.to_top.mean(axis=0)[0] / gain.survival.value == pytest.approx(naive, rel=0.1)
    assert (gain.to_median <= gain.to_top + 1e-9).all()
    assert gain.to_top.mean(axis=0)[-1] == pytest.approx(0, abs=1e-6)
    low, high = gain.interval(np.arange(12))
    assert low <= gain.total <= high


def test_the_rep_with_a_list_of_their_own_is_nobody_to_learn_from() -> None:
    found, coaching = judged(3, spread=(0.5, 0, 0, 0, 0))
    phase = found.phases[0]
    best = rep_to_learn_from(found, phase)
    assert best == found.cube.reps[int(phase.rates.shrunk.argmax())]
    assert coaching.plan[0].learn_from == best
    own = (np.array(found.cube.reps) == best).astype(float)
    assert rep_to_learn_from(replace(found, own_most=own), phase) is None


def test_a_list_that_colleagues_hardly_work_is_somebodys_own() -> None:
    cube = team(np.random.default_rng(0), **SMALL).cube
    mine = (cube.rep == 0) & (cube.stratum < 3)
    others = (cube.rep != 0) & (cube.stratum < 3)
    reached = np.where(mine, cube.reached * 10, np.where(others, np.floor(cube.reached / 50), cube.reached))
    own = judge_phases(replace(cube, reached=reached), 2).own_most
    assert own[0] > 0.5
    assert own[1:].max() == 0


def test_a_rep_ahead_by_the_list_alone_is_not_ahead_like_for_like() -> None:
    rng = np.random.default_rng(5)
    rep, stratum, month = (each.ravel() for each in np.indices((10, 2, 6)))
    share = np.where(rep == 0, 0.9, 0.4)
    calls = rng.poisson(400 * np.where(stratum == 0, share, 1 - share))
    skill = np.where(rep == 9, 0.35, 0.0)
    hits = rng.binomial(calls, expit(logit(0.2) + 1.2 * (stratum == 0) + skill))
    cube = PhaseCube(tuple(f"rep {i}" for i in range(10)), ("A", "B"), tuple("abcdef"), ("Reached",), rep, stratum,
                     month, np.array([calls, hits], float))  # fmt: skip
    found = judge_phases(cube)
    phase = found.phases[0]
    assert phase.raw.argmax() == 0
    assert phase.odds_raw[0] > 1.3
    assert phase.odds_alike[0] == pytest.approx(1, abs=0.12)
    assert rep_to_learn_from(found, phase) == "rep 9"
    raw, alike = (f"{100 * rates[0]:.0f}%" for rates in (phase.raw, phase.adjusted))
    assert like_for_like_sentence(found, phase) == f"Like for like, rep 0 gets {alike} through Reached, not {raw}."


@pytest.mark.parametrize(
    ("world", "why", "said"),
    [
        ({"reps": 3}, "few_reps", "With 3 reps, no level can be called achievable at Reached: 5 reps are needed."),
        ({"months": 1}, "one_month", "At Reached one month cannot show what is usual for a rep: add a second month."),
        ({"dials": 60}, "few_attempts", "Too early to say at Reached: about"),
        ({"dials": 9000}, "alike", "Reps are alike at Reached: no rep shows a level that others could learn."),
    ],
)
def test_an_unreadable_phase_says_what_is_missing(world: dict, why: str, said: str) -> None:
    found, coaching = judged(1, **world)
    assert found.phases[0].why == why
    assert phase_sentence(found, found.phases[0]).startswith(said)
    assert coaching.gains[0] is None


def test_reps_with_one_list_each_cannot_be_told_from_their_lists() -> None:
    cube = team(np.random.default_rng(0), **SMALL, spread=(0.5, 0, 0, 0, 0)).cube
    found = judge_phases(replace(cube, strata=cube.reps, stratum=cube.rep), 50)
    assert {phase.why for phase in found.phases} == {"own_strata"}
    assert "a good list" in phase_sentence(found, found.phases[0])


def test_the_plan_says_what_becomes_readable_next_and_what_to_settle_before() -> None:
    found, coaching = judged(3, spread=(0.5, 0, 0, 0, 0), dials=400)
    waiting = next(phase for phase in found.phases if phase.why == "few_attempts")
    assert coaching.plan[-1].why == "next_readable"
    assert coaching.plan[-1].phase == waiting.name
    assert settle_sentence(found, waiting) == f"Settle Reached first: more calls then get to {waiting.name}."
    said = [
        coaching_headline(coaching),
        *plan_sentences(coaching, "Meeting set", 0.8, MeasureInfo("held", "count", label="Meetings held")),
    ]
    assert said[0].startswith("Coach Reached first: rep ")
    assert said[-2].startswith(f"Next, look at {waiting.name} again after about")
    assert max(len(sentence.split()) for sentence in said) <= 20
