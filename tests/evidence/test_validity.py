"""The readings of validity: their patterns, and segments that reverse the picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.evidence.planted import planted, record_of
from workbench.evidence import validity
from workbench.evidence.jackknife import classify_link
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.validity import OWN_LEVEL, across_within_segments
from workbench.scoring.correlation import Correlation

# Admissions to six departments of Berkeley, 1973: men admitted, men rejected, women admitted, women rejected
# (Bickel, Hammel & O'Connell 1975, Science 187:398; R's UCBAdmissions).
BERKELEY = {
    "A": (512, 313, 89, 19), "B": (353, 207, 17, 8), "C": (120, 205, 202, 391),
    "D": (138, 279, 131, 244), "E": (53, 138, 94, 299), "F": (22, 351, 24, 317),
}  # fmt: skip


def findings(**more):
    record = planted(**more)
    return dict(zip(record.kpis, validity.check(record, EvidenceOptions()), strict=True))


def test_a_trait_a_lever_and_a_season_are_told_apart():
    found = findings(reps=60, periods=24)
    assert found["trait"].pattern == "trait"
    assert found["lever"].pattern == "lever"
    assert found["season"].pattern == "no_lever"  # 60 reps cannot exclude a link across reps
    assert found["season"].within_reps.low > 0.4  # the shared season, were it not taken out
    assert abs(found["season"].within_reps_and_periods.rho) < 0.1


def test_berkeley_admissions_reverse_within_departments():
    woman = np.concatenate([np.repeat([0.0, 0, 1, 1], counts) for counts in BERKELEY.values()])
    admitted = np.concatenate([np.repeat([1.0, 0, 1, 0], counts) for counts in BERKELEY.values()])
    department = np.repeat(list(BERKELEY), [sum(counts) for counts in BERKELEY.values()])
    assert admitted[woman == 0].mean() == pytest.approx(0.4452, abs=5e-5)
    assert admitted[woman == 1].mean() == pytest.approx(0.3035, abs=5e-5)
    assert np.corrcoef(woman, admitted)[0, 1] < -0.14
    inside = across_within_segments(woman, admitted, department, 0.95)
    assert 0 < inside.rho < 0.05  # Mantel–Haenszel odds ratio of men over women .9047: women slightly ahead
    assert inside.low < 0 < inside.high


def test_a_reversal_is_flagged_only_when_both_intervals_exclude_zero():
    rng = np.random.default_rng(1)
    segment = np.arange(40) % 2
    level = rng.normal(size=40) + 4 * segment
    goal = level - 8 * segment + 0.3 * rng.normal(size=40)
    spread = rng.normal(size=(40, 6))
    record = record_of((level[:, None] + spread)[None], goal[:, None] + rng.normal(size=(40, 6)))
    (reversal,) = validity.check(record, EvidenceOptions())[0].reversals
    assert reversal.attribute == "segment"
    assert (reversal.pooled, reversal.within_segments.n) == (
        validity.check(record, EvidenceOptions())[0].across_reps,
        40,
    )
    assert reversal.pooled.high < 0 < reversal.within_segments.low
    noise = record_of(spread[None], rng.normal(size=(40, 6)))
    assert validity.check(noise, EvidenceOptions())[0].reversals == ()


@pytest.mark.parametrize(
    ("across", "within", "pattern"),
    [("yes", "yes", "both"), ("unclear", "yes", "lever"), ("no", "yes", "lever"), ("yes", "no", "trait"),
     ("no", "no", "none"), ("unclear", "no", "no_lever"), ("yes", "unclear", "at_least_trait"),
     ("no", "unclear", "unclear"), ("unclear", "unclear", "unclear")],
)  # fmt: skip
def test_nothing_is_said_of_a_reading_that_is_unclear(across, within, pattern):
    assert validity._pattern(across, within) == pattern


def test_reps_who_do_more_sell_less_but_each_sells_more_when_doing_more():
    rng = np.random.default_rng(3)
    level, moves = 3 * rng.normal(size=(30, 1)), rng.normal(size=(30, 12))
    record = record_of((level + moves)[None], -level + moves + 0.5 * rng.normal(size=(30, 12)))
    found = validity.check(record, EvidenceOptions())[0]
    assert [turned.attribute for turned in found.reversals if turned.attribute == OWN_LEVEL] == [OWN_LEVEL]
    own = next(turned for turned in found.reversals if turned.attribute == OWN_LEVEL)
    assert own.pooled.high < 0 < own.within_segments.low
    assert own.within_segments == found.within_reps_and_periods


@pytest.mark.parametrize(
    ("low", "high", "reading"),
    [(0.05, 0.4, "yes"), (-0.1, 0.15, "no"), (0.02, 0.19, "no"), (-0.1, 0.4, "unclear"), (np.nan, np.nan, "unclear")],
)
def test_a_link_matters_when_it_is_beyond_chance_and_could_be_large_enough(low, high, reading):
    assert classify_link(Correlation((low + high) / 2, low, high, 100, 20, ""), 0.2) == reading


def test_next_period_pairs_this_period_with_the_goal_of_the_next():
    rng = np.random.default_rng(2)
    x = rng.normal(size=(1, 20, 10))
    goal = np.concatenate([rng.normal(size=(20, 1)), x[0, :, :-1]], axis=1)
    found = validity.check(record_of(x, goal), EvidenceOptions())[0]
    assert found.next_period.rho > 0.9
    assert found.next_period.n == 180
    assert abs(found.rep_periods.rho) < 0.3


def test_what_moves_a_whole_region_in_a_month_is_no_link_of_its_reps() -> None:
    rng = np.random.default_rng(4)
    region = np.repeat([0, 1, 2], 4)
    campaign = 3 * rng.normal(size=(3, 12))[region]
    values, goal = campaign + rng.normal(size=(12, 12)), campaign + rng.normal(size=(12, 12))
    record = record_of(values[None], goal)
    (alike,) = validity.check(record, EvidenceOptions())
    (apart,) = validity.check(replace(record, shock_segments=region), EvidenceOptions())
    assert alike.within_reps_and_periods.rho > 0.8
    left = [
        pd.DataFrame(grid).pipe(lambda f: f - f.groupby(region).transform("mean")).T.pipe(lambda f: f - f.mean())
        for grid in (values, goal)
    ]
    expected = np.corrcoef(*[part.to_numpy().ravel() for part in left])[0, 1]
    assert abs(expected) < 0.2
    assert apart.within_reps_and_periods.rho == pytest.approx(expected)
    assert apart.within_reps == alike.within_reps
