"""Count in simulated teams what is found of the planted phases."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from workbench.phases.calibration.planted_teams import COACHED_FROM, PhaseWorld, PlantedTeam, draw_phase_team
from workbench.phases.coached_progress import progress_since
from workbench.phases.coaching_plan import plan_coaching
from workbench.phases.judge_phases import judge_phases
from workbench.phases.phase_file import JOIN
from workbench.phases.phase_findings import PhaseFindings
from workbench.phases.span_rates import rates_by_month
from workbench.phases.true_rates import HIGH, LOW

DRAWS_A_TEAM = 500
SHARE_BELOW = 0.9
NOT_SHOWN = "not_shown"
"""No difference beyond luck, whether there is none or there were too few attempts."""


@dataclass(frozen=True)
class Held:
    """How many intervals held the truth, of how many."""

    held: int = 0
    of: int = 0

    @property
    def share(self) -> float | None:
        """None where there was no interval."""
        return self.held / self.of if self.of else None

    def plus(self, inside: np.ndarray) -> Held:
        """Count further intervals."""
        return Held(self.held + int(inside.sum()), self.of + inside.size)


@dataclass
class PhaseTally:
    """What came out of the teams of one world.

    Attributes
    ----------
    false_spread : teams in which reps are said to differ at a phase where they do not. found : teams in which they are
        said to at the planted phase. plans, right : teams with a plan, and with one for the planted phase.
    cannot_tell : (team, phase) that are unreadable, by reason, ``NOT_SHOWN`` where no difference shows; phases : all.
    rates, planted_rates : intervals of reps' rates at all phases that can be tested, and at the planted one.
    achievable, months : intervals of the level this team can reach, at the planted phase if there is one, and of the
        team's months.
    improved, coached : coached reps said to have improved though coaching did nothing, and how many were coached.
    """

    world: PhaseWorld
    teams: int = 0
    false_spread: int = 0
    found: int = 0
    plans: int = 0
    right: int = 0
    phases: int = 0
    cannot_tell: dict[str, int] = field(default_factory=dict)
    rates: Held = Held()
    planted_rates: Held = Held()
    achievable: Held = Held()
    months: Held = Held()
    improved: int = 0
    coached: int = 0


def simulate_phases(world: PhaseWorld, teams: int, seed: int | tuple[int, ...]) -> PhaseTally:
    """Draw teams, judge each, and count; the same seed gives the same teams."""
    tally = PhaseTally(world)
    for team_seed in np.random.SeedSequence(seed).spawn(teams):
        team = draw_phase_team(world, np.random.default_rng(team_seed))
        if (team.cube.reached.sum(axis=1) > 0).all():
            _count_team(tally, team, judge_phases(team.cube, DRAWS_A_TEAM))
    return tally


def _count_team(tally: PhaseTally, team: PlantedTeam, found: PhaseFindings) -> None:
    names = team.cube.phases
    planted = None if team.planted is None else names[team.planted]
    small = tally.world.kind == "small and one real"
    tally.teams += 1
    readable = [phase.name for phase in found.phases if phase.readable]
    there = [name for name in readable if planted is not None and planted in name.split(JOIN)]
    tally.found += bool(there)
    tally.false_spread += not small and len(readable) > len(there)
    plan = plan_coaching(found).plan
    if plan and plan[0].coached:
        tally.plans += 1
        tally.right += plan[0].phase in there
    for k, phase in enumerate(found.phases):
        tally.phases += 1
        if phase.why is not None:
            why = NOT_SHOWN if phase.why in ("spells", "few_attempts", "alike") else phase.why
            tally.cannot_tell[why] = tally.cannot_tell.get(why, 0) + 1
        if phase.name in names and np.isfinite(phase.p):
            truth = names.index(phase.name)
            _count_intervals(tally, team, found, k, truth)
    _count_progress(tally, found)


def _count_intervals(tally: PhaseTally, team: PlantedTeam, found: PhaseFindings, k: int, truth: int) -> None:
    rates, true = found.phases[k].rates, team.rates[truth]
    inside = (rates.low <= true) & (true <= rates.high)
    tally.rates = tally.rates.plus(inside)
    if truth == team.planted:
        tally.planted_rates = tally.planted_rates.plus(inside)
    if found.phases[k].readable and team.planted in (None, truth):
        low, high = np.quantile(rates.top, [LOW, HIGH])
        tally.achievable = tally.achievable.plus(np.array([low <= np.quantile(true, SHARE_BELOW) <= high]))
    months = rates_by_month(found, k)
    known = np.isfinite(months.low)
    held = (months.low <= team.months[truth]) & (team.months[truth] <= months.high)
    tally.months = tally.months.plus(held[known])


def _count_progress(tally: PhaseTally, found: PhaseFindings) -> None:
    """Coach the rep who was worst at the first phase, without effect."""
    if tally.world.kind not in ("worst coached", "reps drift"):
        return
    cube = found.cube
    before = (cube.month < COACHED_FROM) * cube.reached
    tries, hits = cube.by_rep(before[0]), cube.by_rep(before[1])
    worst = int(np.argmin(np.divide(hits, tries, out=np.ones(len(tries)), where=tries > 0)))
    (one,) = progress_since(found, 0, {cube.reps[worst]}, cube.months[COACHED_FROM], draws=DRAWS_A_TEAM).reps
    if one.why is None:
        tally.coached += 1
        tally.improved += one.verdict == "improved"
