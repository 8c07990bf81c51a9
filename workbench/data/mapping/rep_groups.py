"""Group people by what they do, so that those who never had a chance at the goal need not be scored."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.data.aggregate.scored_reps import is_scored
from workbench.data.model.dataset import ADDITIVE, DataSet
from workbench.data.model.panel import REP, Panel
from workbench.formula.value_choice import Choice, parse_choice

ALIKE = 0.9  # of the people with either of two measures: from here on both belong to one kind of work
MOST_ROLES = 12


@dataclass(frozen=True)
class RepGroup:
    """People who do the same kinds of work: they have some of each of ``measures``, and of no other."""

    measures: tuple[str, ...]
    reps: tuple[str, ...]


def totals_by_person(panel: Panel) -> pd.DataFrame:
    """Return each person's total of every measure that adds up, whether scored or not: one row per person."""
    names = [info.name for info in panel.measures if info.source and info.aggregate in ADDITIVE]
    return panel.everybody.groupby(REP)[names].sum()


def group_reps(panel: Panel) -> tuple[RepGroup, ...]:
    """Group people by the kinds of work of which they have any, the largest group first.

    Measures that nearly the same people have are one kind of work.
    """
    some = totals_by_person(panel) != 0
    kinds = _kinds_of_work(some)
    patterns = pd.DataFrame({kind[0]: some[list(kind)].any(axis=1) for kind in kinds}, index=some.index)
    found = []
    for pattern, people in patterns.groupby(list(patterns.columns), sort=False) if kinds else ():
        does = pattern if isinstance(pattern, tuple) else (pattern,)
        measures = tuple(name for kind, has in zip(kinds, does, strict=True) if has for name in kind)
        found.append(RepGroup(measures, tuple(people.index)))
    return tuple(sorted(found, key=lambda group: -len(group.reps)))


def rarest_work(panel: Panel, groups: Sequence[RepGroup]) -> tuple[str, int] | None:
    """Return a measure of the work that the fewest people do, and how many have any; None if all do the same."""
    people: dict[str, int] = {}
    for group in groups:
        for measure in group.measures:
            people[measure] = people.get(measure, 0) + len(group.reps)
    n_all = sum(len(group.reps) for group in groups)
    rare = [(n, measure) for measure, n in people.items() if n < n_all]
    if not rare:
        return None
    _, measure = min(rare, key=lambda found: found[0])
    return measure, int((totals_by_person(panel)[measure] != 0).sum())


def _kinds_of_work(some: pd.DataFrame) -> tuple[tuple[str, ...], ...]:
    kinds: list[list[str]] = []
    for name in some.columns[some.any()]:
        for kind in kinds:
            either = (some[kind[0]] | some[name]).sum()
            if (some[kind[0]] & some[name]).sum() >= ALIKE * either:
                kind.append(name)
                break
        else:
            kinds.append([name])
    return tuple(tuple(kind) for kind in kinds)


def with_scored_groups(dataset: DataSet, groups: Sequence[RepGroup], chosen: Collection[int], panel: Panel) -> DataSet:
    """Score the people of the chosen groups; everybody if no one is left out, and nothing changes if nobody is left."""
    reps = {rep for place in chosen for rep in groups[place].reps}
    return with_scored_names(dataset, reps, panel)


def with_scored_names(dataset: DataSet, reps: Collection[str], panel: Panel) -> DataSet:
    """Score these people; everybody if no one is left out, and nothing changes if nobody is left.

    Those who are left out are written down, so that people who join later are told apart from them.
    """
    known = set(panel.everybody[REP])
    wanted, others = sorted(known & set(reps)), sorted(known - set(reps))
    if not wanted:
        return dataset
    by_name = (tuple(wanted), tuple(others)) if others else (None, None)
    return dataset.model_copy(update=dict(zip(("scored", "not_scored"), by_name, strict=True)))


def with_new_people(dataset: DataSet, names: Collection[str], scored: bool) -> DataSet:
    """Score people who joined after the others were chosen by name, or leave them out too."""
    if not isinstance(dataset.scored, tuple):
        return dataset
    chosen, others = set(dataset.scored), set(dataset.not_scored or ())
    chosen, others = (chosen | set(names), others) if scored else (chosen, others | set(names))
    return dataset.model_copy(update={"scored": tuple(sorted(chosen)), "not_scored": tuple(sorted(others))})


def with_scored_role(dataset: DataSet, attribute: str, values: Collection[str]) -> DataSet:
    """Score the people whose column of the team list has one of these values; everybody without a value."""
    scored = Choice(attribute, tuple(values)).formula() if values else None
    return dataset.model_copy(update={"scored": scored, "not_scored": None})


def scored_role(dataset: DataSet) -> Choice | None:
    """Return the column of the team list, and its values, by which people are scored; None if by names or all are."""
    return parse_choice(dataset.scored) if isinstance(dataset.scored, str) else None


def roles_in_team(panel: Panel) -> dict[str, tuple[str, ...]]:
    """Return the columns of the team list that part it into a few groups, with their values."""
    found = {name: panel.reps[name].dropna().astype(str) for name in panel.attributes}
    return {
        name: tuple(sorted(values.unique())) for name, values in found.items() if 2 <= values.nunique() <= MOST_ROLES
    }


def scored_people(dataset: DataSet, panel: Panel) -> tuple[str, ...]:
    """Return the people in the data who are scored."""
    table = panel.reps[panel.reps[REP].isin(panel.everybody[REP].unique())]
    return tuple(table[REP][np.asarray(is_scored(dataset.scored, table), bool)])
