"""Find reps whose activity is worth a conversation: two checks of different families, or nobody is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from workbench.integrity.count_cube import CountCube, cube_of_counts, usual_order
from workbench.integrity.flags import FlagKey, Flags, NamedFlag, TeamFigure
from workbench.integrity.goal_reached import lay_out_goal
from workbench.integrity.judge_role import RoleFindings, TeamComparison, compare_team, judge_role
from workbench.integrity.own_past import Change
from workbench.integrity.suspect_counts import FAMILIES, TEAM_ONLY, CannotTell, SuspectCounts
from workbench.integrity.two_keys import FIRST_KEY, LEAST_POINTS


def find_flags(counts: SuspectCounts, roles: pd.Series, reached: pd.DataFrame | None = None) -> Flags:
    """Compare reps with colleagues of the same role on the same lists, and with their own past.

    Parameters
    ----------
    roles : role by rep; missing or "" is unknown. Reps of unknown role are compared with each other, and named by what
        they changed only: a rep who stood out from the first month on may simply do another job.

    Returns
    -------
    Named flags, team figures by check (those of ``TEAM_ONLY`` checks last, on which no name rests), people whose job
    differs, and which checks cannot tell. Neither the order of the rows nor the names of the reps matter.
    """
    frame = counts.frame
    known = {str(rep): str(role) for rep, role in roles.dropna().items()}
    role = np.array([known.get(str(rep), "") for rep in frame["rep"]], dtype=object)
    of_team = frame["check"].isin(TEAM_ONLY).to_numpy()
    cubes = {one: cube_of_counts(frame[(role == one) & ~of_team]) for one in sorted(set(role[~of_team]))}
    by_role = {one: judge_role(cube, lay_out_goal(reached, cube)) for one, cube in cubes.items()}
    found = list(by_role.values())
    unnamed = [compare_team(cube_of_counts(frame[(role == one) & of_team])) for one in sorted(set(role[of_team]))]
    named = sorted(
        (
            NamedFlag(one.cube.reps[rep], _flag_keys(one, rep))
            for name, one in by_role.items()
            for rep in _named_reps(one, bool(name))
        ),
        key=lambda flag: (-flag.keys[0].z, flag.rep),
    )
    return Flags(
        named=tuple(named),
        team=(*_team_figures(found), *_team_figures(unnamed)),
        different=tuple(job for one in found for job in one.different),
        cannot_tell=(*counts.cannot_tell, *_cannot_tell(found), *_cannot_tell(unnamed)),
        n_judged=sum(int(one.level.judged.any(axis=0).sum()) for one in found),
        n_reps=int(frame["rep"].nunique()),
        n_without_role=len(by_role[""].by_level.keys() - by_role[""].by_change.keys()) if "" in by_role else 0,
        n_without_list=sum(len(one.unlisted) for one in found),
    )


def _named_reps(one: RoleFindings, role_is_known: bool) -> list[int]:
    return sorted(one.by_level.keys() | one.by_change.keys() if role_is_known else one.by_change.keys())


def _flag_keys(one: RoleFindings, rep: int) -> tuple[FlagKey, ...]:
    level, year = one.level, one.year
    keys = [
        FlagKey(
            *one.cube.signals[s], FAMILIES[one.cube.signals[s][0]], "level",
            float(year.k[s, rep] / year.n[s, rep]), float(level.usual[s, rep]), float(level.z[s, rep]),
            int(year.n[s, rep]), int(year.k[s, rep]),
        )
        for s in one.by_level.get(rep, ())
    ]  # fmt: skip
    if rep in one.by_change:
        change, signals = one.by_change[rep]
        keys += [_change_key(one.cube, s, rep, change) for s in signals]
    return tuple(sorted(keys, key=lambda key: -key.z))


def _change_key(cube: CountCube, s: int, rep: int, change: Change) -> FlagKey:
    """Tell a change by its own months: it is tested by quarter, whose first months may still be as before."""
    n, k = cube.n[s, rep].sum(axis=0), cube.k[s, rep].sum(axis=0)
    usual, place = float(change.usual[s, rep]), np.arange(len(n))
    middle = (usual + change.k[s, rep] / change.n[s, rep]) / 2
    raised = np.flatnonzero((place >= change.start) & (n > 0) & (k > middle * n))
    first, last = (int(raised[0]), int(raised[-1])) if len(raised) else (change.start, len(n) - 1)
    ended = np.flatnonzero(n > 0)[-1] > last + 1
    those = (place >= first) & (place <= last)
    return FlagKey(
        *cube.signals[s], FAMILIES[cube.signals[s][0]], "change", float(k[those].sum() / n[those].sum()), usual,
        float(change.z[s, rep]), int(n[those].sum()), int(k[those].sum()), cube.months[first],
        cube.months[last] if ended else None,
    )  # fmt: skip


def _team_figures(found: Sequence[TeamComparison]) -> Iterator[TeamFigure]:
    """Yield what each check finds by itself, over all roles in which its counts are large enough."""
    for signal in sorted({signal for one in found for signal in one.cube.signals}, key=usual_order):
        parts = [
            (one.year.n[s][judged], one.year.k[s][judged], one.level.z[s][judged], one.level.above[s][judged])
            for one in found
            for s in [one.cube.signals.index(signal)] if signal in one.cube.signals
            for judged in [one.level.judged[s]] if judged.any()
        ]  # fmt: skip
        if parts:
            n, k, z, above = (np.concatenate(each) for each in zip(*parts, strict=True))
            beyond = (z > FIRST_KEY) & (above >= LEAST_POINTS)
            yield TeamFigure(
                *signal, int(beyond.sum()), len(n), float(k.sum() / n.sum()),
                float(k[beyond].sum() / n[beyond].sum()) if beyond.any() else None, float(n[beyond].sum() / n.sum()),
            )  # fmt: skip


def _cannot_tell(found: Sequence[TeamComparison]) -> Iterator[CannotTell]:
    """Yield one reason per signal that names nobody, of the role with the most reps."""
    largest = sorted(found, key=lambda one: -len(one.cube.reps))
    for signal in sorted({signal for one in found for signal in one.cube.signals}, key=usual_order):
        reasons = [one.why.get(one.cube.signals.index(signal)) for one in largest if signal in one.cube.signals]
        if reasons[0] is not None and None not in reasons:
            why, n = reasons[0]
            yield CannotTell(signal[0], why, signal[1], n=n)
