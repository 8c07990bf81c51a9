"""What is found of a trial: estimates, who moved, what else moved, what may be said; numbers and codes alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from workbench.trials.trial_file import BetterWhen, TrialFile, TrialKind

TrialVerdict = Literal[
    "not_started", "helps", "harms", "no_effect_seen", "cannot_tell", "may_have_moved", "not_enough", "picture", "weak",
]  # fmt: skip
"""``no_effect_seen``: an effect as large as ``smallest`` is excluded. ``cannot_tell``: the range holds no effect and
effects that would matter. ``may_have_moved``: better than the comparison, which has the same pool of leads.
``not_enough``: too few units. ``picture``: one team, or nobody to compare with and a short history: no p. ``weak``: no
comparison, a long history whose range excludes no effect."""
VerdictReason = Literal[
    "both_exclude_none", "estimates_disagree", "wide_range", "range_small", "few_treated", "few_comparison", "one_team",
    "no_comparison", "short_history", "few_after", "long_history", "shared_pool", "pre_trend", "reps_left", "no_after",
    "no_variation", "overlapping_trial", "running", "looks_cost", "comparison_set_aside",
    "ended_early", "tried_before",
]  # fmt: skip
TrialWarningCode = Literal[
    "treated_did_badly", "biggest_treated", "not_random_looking", "unequal_workdays", "overlapping_trials",
    "unit_is_attribute", "reps_left", "shared_pool", "comparison_moved_too", "few_periods_after",
    "start_inside_period", "looks_undeclared", "early_stop_overstates", "mix_changed", "zero_heavy", "short_before",
    "trial_in_before", "same_data", "data_end_early", "tried_before",
]  # fmt: skip
EstimateMethod = Literal[
    "ancova", "differences", "ratios", "staggered", "interrupted_series", "rank", "whole_path", "none"
]
"""``ancova``: adjusted for each unit's own past. ``differences``: after less before. ``ratios``: after ÷ before on the
log scale, put back to the unit. All three by permutation of units (Freedman & Lane 1983)."""
LeftOutReason = Literal["no_rows", "no_before", "no_after", "on_ramp", "never_active", "no_unit"]


@dataclass(frozen=True)
class TrialEstimate:
    """One estimate of the effect, in the measure's unit per rep and month, also for ``ratios``.

    ``low`` and ``high`` are the 95 % interval by inverting the same permutation; NaN where n cannot bound it.
    ``n_permutations``: used; ``exact``: all there are. ``n_units`` (treated and comparison) that it rests on.
    """

    method: EstimateMethod
    value: float
    low: float
    high: float
    p: float
    n_permutations: int = 0
    exact: bool = False
    n_units: tuple[int, int] = (0, 0)

    @property
    def excludes_none(self) -> bool:
        """Whether chance alone is excluded at 5 %: by p and by the interval."""
        return bool(self.p <= 0.05) and not self.low <= 0 <= self.high


@dataclass(frozen=True)
class TrialRep:
    """One rep: mean before and after per month worked, what colleagues' change makes expected, and the difference.

    ``low``, ``high``: 95 % range of the difference for a single rep (of the residuals of the comparison).
    """

    rep: str
    unit: str
    treated: bool
    before: float
    after: float
    expected: float
    difference: float
    low: float
    high: float
    n_before: int
    n_after: int


@dataclass(frozen=True)
class LeftOutRep:
    """A rep who was named, or belongs to a group, and could not be used."""

    rep: str
    treated: bool
    reason: LeftOutReason


@dataclass(frozen=True, eq=False)
class TrialCourse:
    """Both groups over time, per rep and month worked (means over units).

    Attributes
    ----------
    periods : (T,) datetime64, first days. after : (T,) bool, in the trial.
    treated, comparison : (T,) NaN without data. expected : (T,) the treated without the change; before the start, as
        fitted. low, high : (T,) 95 % band of ``expected``; NaN before the start.
    """

    periods: np.ndarray
    after: np.ndarray
    treated: np.ndarray
    comparison: np.ndarray
    expected: np.ndarray
    low: np.ndarray
    high: np.ndarray


@dataclass(frozen=True)
class NaiveChange:
    """The pooled before and after of the treated, which people quote, and its parts.

    ``change`` : after less before over all rep-periods of the treated. ``same_reps``: the same over reps there at both
    times. ``comparison`` : the pooled change of the comparison (NaN without). Per rep and month worked.
    """

    before: float
    after: float
    change: float
    same_reps: float
    comparison: float


@dataclass(frozen=True)
class TeamTotal:
    """Totals of both groups per month: before, after, and the change of each group. NaN for ratios."""

    before: float
    after: float
    treated_change: float
    comparison_change: float


@dataclass(frozen=True)
class SideEffect:
    """What happened to another KPI. ``p`` is adjusted for all side effects together (Westfall & Young 1993).

    ``direction``: which way is better; of the lever alone.
    """

    formula: str
    label: str
    unit: str | None
    value: float
    low: float
    high: float
    p: float
    before: float
    n_units: tuple[int, int]
    direction: BetterWhen = "higher"

    @property
    def moved(self) -> Literal["up", "down", "none", "unknown"]:
        """Whether it moved beyond chance, all of them judged together."""
        if not np.isfinite(self.p):
            return "unknown"
        return "none" if self.p > 0.05 else "up" if self.value > 0 else "down"


@dataclass(frozen=True)
class TrialFade:
    """The effect in the first and second half of the trial, and whether the second is smaller beyond chance."""

    first: TrialEstimate
    second: TrialEstimate
    change: TrialEstimate


@dataclass(frozen=True)
class DetectableEffect:
    """The effect found in 8 of 10 trials with this many treated units and periods of trial; NaN where none is."""

    n_treated: int
    n_comparison: int
    n_periods: int
    effect: float
    share_of_level: float


@dataclass(frozen=True)
class TrialLook:
    """One look while the trial runs: the statistic on its scale, the bound for K looks, and whether it is crossed."""

    look: int
    date: dt.date
    value: float
    bound: float
    crossed: bool


@dataclass(frozen=True)
class TeamRank:
    """One team against others: the rank of its gap among all teams (1: largest), and block-conformal p beside it.

    ``donors`` : weight of each comparison team in the picture's counterfactual.
    """

    rank: int
    n_teams: int
    p_conformal: float
    donors: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class TrialWarning:
    """A reason for care, with whom it concerns and how large it is (a share or a number; NaN without)."""

    code: TrialWarningCode
    names: tuple[str, ...] = ()
    size: float = float("nan")
    at: str = ""


@dataclass(frozen=True, eq=False)
class TrialFinding:
    """Everything that the page and the command show of one trial.

    Attributes
    ----------
    file, kind : the card, and the design that is judged. unit_of_measure : of the measure, per rep and month worked;
        None for ratios and unknown units. ratio : the measure is a ratio (percentage points or per-day numbers stay).
    workdays : workdays that make a month here; NaN where days are unknown (a month is then a calendar month).
    claim : what may be claimed: the estimate with the range that all required estimates allow.
    estimates : ANCOVA first; with reps not drawn at random, differences and (where all are positive) ratios beside it.
    placebo : the same with a start in the middle of the time before; a pre-trend.
    reps, left_out : one entry per rep. n_treated, n_comparison : units; n_treated_reps, n_comparison_reps : reps.
    n_before, n_after : periods used. smallest : effect that would matter, given or 10 % of the level before.
    looks : those that are over, of ``n_looks`` (0 where only the end is judged); stopped : the look at which the bound
        was crossed first, 0 for none. running : the data do not hold every whole period up to the end of the card.
    floor : the value below which the measure never was in any rep-period: 0, or NaN where it was negative.
    """

    file: TrialFile
    kind: TrialKind
    verdict: TrialVerdict
    reasons: tuple[VerdictReason, ...]
    warnings: tuple[TrialWarning, ...]
    grain: str
    unit: str
    label: str
    unit_of_measure: str | None
    ratio: bool
    workdays: float
    first: dt.date | None
    last: dt.date | None
    n_before: int
    n_after: int
    n_treated: int
    n_comparison: int
    n_treated_reps: int
    n_comparison_reps: int
    level_before: float
    smallest: float
    claim: TrialEstimate
    estimates: tuple[TrialEstimate, ...]
    placebo: TrialEstimate | None
    naive: NaiveChange | None
    total: TeamTotal | None
    course: TrialCourse | None
    reps: tuple[TrialRep, ...] = ()
    left_out: tuple[LeftOutRep, ...] = ()
    side_effects: tuple[SideEffect, ...] = ()
    lever: SideEffect | None = None
    fade: TrialFade | None = None
    detectable: tuple[DetectableEffect, ...] = ()
    looks: tuple[TrialLook, ...] = ()
    rank: TeamRank | None = None
    n_looks: int = 0
    stopped: int = 0
    running: bool = False
    floor: float = float("nan")
    confidence: float = field(default=0.95)

    def named(self, names: Mapping[str, str]) -> TrialFinding:
        """The same finding with the reps' names as they are shown."""
        return replace(
            self,
            reps=tuple(replace(each, rep=names.get(each.rep, each.rep), unit=names.get(each.unit, each.unit))
                       for each in self.reps),
            left_out=tuple(replace(each, rep=names.get(each.rep, each.rep)) for each in self.left_out),
            warnings=tuple(replace(each, names=tuple(names.get(n, n) for n in each.names)) for each in self.warnings),
            rank=None if self.rank is None else replace(
                self.rank, donors=tuple((names.get(unit, unit), share) for unit, share in self.rank.donors)
            ),
        )  # fmt: skip
