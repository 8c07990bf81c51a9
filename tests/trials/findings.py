"""Findings made by hand, for the words and pictures of every verdict."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from workbench.trials.trial_file import parse_trial
from workbench.trials.trial_finding import (
    DetectableEffect,
    LeftOutRep,
    NaiveChange,
    SideEffect,
    TeamRank,
    TeamTotal,
    TrialCourse,
    TrialEstimate,
    TrialFade,
    TrialFinding,
    TrialRep,
)

NAN = float("nan")
CLAIM = TrialEstimate("ancova", 3_120.0, 410.0, 5_880.0, 0.021, 9_999, False, (8, 8))
NAMES = tuple(f"Rep {letter}" for letter in "ABCDEFGH")


def finding(**changes: Any) -> TrialFinding:
    """A finding of eight reps against eight over six months, with what is given in place of its own."""
    card: dict[str, Any] = {
        "name": "Communications instead of dials", "measure": "sales", "treated": list(NAMES), "start": "2025-01-01",
        "end": "2025-06-30", "cost_hours": 6,
    }  # fmt: skip
    content: dict[str, Any] = {
        "file": parse_trial(card | changes.pop("card", {})), "kind": "comparison", "verdict": "helps", "reasons": (),
        "warnings": (), "grain": "month", "unit": "rep", "label": "Sales", "unit_of_measure": "USD", "ratio": False,
        "workdays": 21.7, "first": dt.date(2025, 1, 1), "last": dt.date(2025, 6, 30), "n_before": 6, "n_after": 6,
        "n_treated": 8, "n_comparison": 8, "n_treated_reps": 8, "n_comparison_reps": 8, "level_before": 21_400.0,
        "smallest": 2_140.0, "claim": CLAIM, "estimates": (CLAIM,),
        "placebo": TrialEstimate("differences", 200.0, -2_000.0, 2_400.0, 0.8, n_units=(8, 8)),
        "naive": NaiveChange(21_400.0, 26_400.0, 5_000.0, 4_100.0, 1_900.0),
        "total": TeamTotal(340_000.0, 380_000.0, 33_000.0, 7_000.0), "course": course(), "reps": reps(),
        "left_out": (LeftOutRep("Rep X", True, "no_after"),),
        "side_effects": (SideEffect("dials", "Dials", None, -212.0, -300.0, -120.0, 0.004, 900.0, (8, 8)),
                         SideEffect("quotes", "Quotes", None, 0.4, -1.0, 1.9, 0.81, 12.0, (8, 8))),
        "fade": TrialFade(CLAIM, CLAIM, TrialEstimate("ancova", -300.0, -2_000.0, 1_400.0, 0.7)),
        "detectable": tuple(DetectableEffect(n, 16 - n, t, 12_000 / np.sqrt(n * t), 0.56 / np.sqrt(n * t))
                            for n in (4, 8) for t in (1, 3, 6, 12)),
    }  # fmt: skip
    return TrialFinding(**(content | changes))


def course() -> TrialCourse:
    """Eighteen months, of which six after the start."""
    periods = np.array([np.datetime64("2024-01") + month for month in range(18)], dtype="datetime64[D]")
    after, at = np.arange(18) >= 12, np.arange(18)
    comparison = 20_000.0 + 150 * at
    treated, expected = comparison + 1_000 + 3_100 * after, comparison + 1_000
    band = np.where(after, 2_600.0, NAN)
    return TrialCourse(periods, after, treated, comparison, expected, expected - band, expected + band)


def reps() -> tuple[TrialRep, ...]:
    """Eight who changed, of whom the first stands out, and eight who did not."""
    out = []
    for place, name in enumerate((*NAMES, *(f"{each} 2" for each in NAMES))):
        moved = 9_000.0 if place == 0 else 500.0 * (place - 5)
        out.append(TrialRep(name, name, place < 8, 20_000.0, 21_000.0 + moved, 21_000.0, moved, moved - 6_000,
                            moved + 6_000, 6, 6))  # fmt: skip
    return tuple(out)


def estimate(value: float, low: float, high: float, p: float) -> TrialEstimate:
    """An estimate of eight against eight reps."""
    return TrialEstimate("ancova", value, low, high, p, 9_999, False, (8, 8))


NOTHING = TrialEstimate("none", NAN, NAN, NAN, NAN)
EVERY_VERDICT: dict[str, TrialFinding] = {
    "not_started": finding(verdict="not_started", reasons=("no_after",), claim=NOTHING, n_after=0, course=None, reps=(),
                           naive=None, total=None, fade=None, side_effects=(), placebo=None, estimates=()),
    "helps": finding(),
    "harms": finding(verdict="harms", claim=estimate(-2_000, -3_900, -150, 0.03)),
    "no_effect_seen": finding(verdict="no_effect_seen", reasons=("range_small",), claim=estimate(90, -900, 1_150, 0.8)),
    "cannot_tell": finding(verdict="cannot_tell", reasons=("wide_range",), claim=estimate(1_900, -900, 4_800, 0.2)),
    "may_have_moved": finding(verdict="may_have_moved", reasons=("shared_pool",), card={"shared_pool": True}),
    "not_enough": finding(verdict="not_enough", reasons=("few_treated",), n_treated=2, claim=NOTHING),
    "picture": finding(verdict="picture", reasons=("one_team",), kind="one_team", n_treated=1, n_comparison=3,
                       claim=TrialEstimate("rank", 2_000.0, NAN, NAN, NAN), rank=TeamRank(1, 4, 0.25, (("B", 1.0),))),
    "weak": finding(verdict="weak", reasons=("no_comparison", "long_history"), kind="no_comparison", n_comparison=0,
                    claim=TrialEstimate("interrupted_series", 1_500.0, 100.0, 2_900.0, 0.04)),
}  # fmt: skip
