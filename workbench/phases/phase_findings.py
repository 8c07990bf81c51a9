"""What is found of a phase: rates of the reps, whether they differ, and whether that can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from workbench.phases.phase_cube import PhaseCube
from workbench.phases.rep_spread import SpreadTest
from workbench.phases.true_rates import TrueRates

WhyUnreadable = Literal["few_reps", "own_strata", "one_month", "spells", "few_attempts", "alike"]
"""Why a phase is unreadable: too few reps, each has strata of their own, one month only (a rep cannot be held against
the own past), good and bad spells of months only, too few attempts for a spread worth coaching, or enough of them and
no spread."""


@dataclass(frozen=True, eq=False)
class PhaseFinding:
    """One phase, or several that nothing separates.

    Attributes
    ----------
    name : of the phase, joined names where phases were merged. merged : whether they were because their rates run
        against each other.
    tries, hits : (reps,) calls that reached the phase before, and of these this one.
    raw, adjusted : (reps,) share of hits as counted, and like for like on the team's mix of strata and months; NaN
        without tries.
    odds_raw, odds_alike : (reps,) odds ratio against all colleagues, pooled and within strata (Mantel & Haenszel).
    conversion : hits ÷ tries of the team.
    rates : posterior draws of the true rates, like for like.
    test : of the spread. p : adjusted for the number of phases; NaN where it cannot be tested.
    real : the spread is. why : why the phase is unreadable; None for a readable one.
    needed : attempts per rep that would show a spread worth coaching; NaN where n would not help.
    """

    name: str
    merged: bool
    tries: np.ndarray
    hits: np.ndarray
    raw: np.ndarray
    adjusted: np.ndarray
    odds_raw: np.ndarray
    odds_alike: np.ndarray
    conversion: float
    rates: TrueRates
    test: SpreadTest
    p: float
    real: bool
    why: WhyUnreadable | None
    needed: float

    @property
    def readable(self) -> bool:
        return self.why is None

    @property
    def achievable(self) -> np.ndarray:
        """(draws,) the level that is achievable in this team; the team's mean where the phase is unreadable."""
        return self.rates.top if self.readable else self.rates.draws.mean(axis=1)


@dataclass(frozen=True, eq=False)
class PhaseFindings:
    """All phases after merging, with the counts that they rest on."""

    cube: PhaseCube
    phases: tuple[PhaseFinding, ...]
    own_most: np.ndarray
    """(reps,) share of the rep's calls in strata that colleagues hardly work."""

    def named(self, names: Mapping[str, str]) -> PhaseFindings:
        """The same findings with the reps' names as they are shown."""
        return replace(self, cube=replace(self.cube, reps=tuple(names.get(rep, rep) for rep in self.cube.reps)))
