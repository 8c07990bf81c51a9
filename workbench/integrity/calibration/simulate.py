"""Count who is named in simulated teams."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.integrity.calibration.worlds import FlagWorld, draw_team
from workbench.integrity.judge_role import judge_role


@dataclass(frozen=True)
class FlagCounts:
    """What came out of the teams of one world.

    Attributes
    ----------
    honest_named : honest reps named in each team. fakers, fakers_named : over all teams.
    cannot_tell : share of (team, check) that name nobody, by reason. different : kind of job → reps a team.
    """

    world: FlagWorld
    honest_named: tuple[int, ...]
    fakers: int
    fakers_named: int
    cannot_tell: dict[str, float]
    different: dict[str, float]


def simulate_flags(world: FlagWorld, teams: int, seed: int | tuple[int, ...]) -> FlagCounts:
    """Draw teams and judge each; the same seed gives the same teams."""
    honest, fakers, found = [], 0, 0
    why: dict[str, float] = {}
    jobs: dict[str, float] = {}
    for team_seed in np.random.SeedSequence(seed).spawn(teams):
        team = draw_team(world, np.random.default_rng(team_seed))
        findings = judge_role(team.cube, team.reached)
        named = np.zeros(world.reps, dtype=bool)
        named[list(findings.by_level.keys() | findings.by_change.keys())] = True
        honest.append(int((named & ~team.fakes).sum()))
        fakers, found = fakers + int(team.fakes.sum()), found + int((named & team.fakes).sum())
        for reason, _ in findings.why.values():
            why[reason] = why.get(reason, 0) + 1 / (teams * len(team.cube.signals))
        for job in findings.different:
            jobs[job.kind] = jobs.get(job.kind, 0) + len(job.reps) / teams
    return FlagCounts(world, tuple(honest), fakers, found, dict(sorted(why.items())), dict(sorted(jobs.items())))
