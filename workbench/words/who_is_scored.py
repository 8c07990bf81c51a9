"""The question who is scored: groups of people by what they do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.data.mapping.rep_groups import RepGroup
from workbench.words.lists import list_names

TITLE = "Who is scored?"
MOST_MEASURES, MOST_PEOPLE = 3, 4


def scored_summary(n_scored: int, n_people: int, rare: tuple[str, int] | None, labels: Mapping[str, str]) -> str:
    """What is settled, or what the groups show: ``Everybody, but only 8 of 68 people have Accepted.``"""
    if n_scored < n_people:
        return f"{n_scored} of {n_people} people."
    if rare is None:
        return f"Everybody: {n_people} people."
    measure, n = rare
    return f"Everybody, but only {n} of {n_people} people have {labels[measure]}."


def group_label(group: RepGroup, groups: Sequence[RepGroup], labels: Mapping[str, str]) -> str:
    """``8 people with all of it``, ``4 people without Closed and Won``, ``60 people with Calls``."""
    n = len(group.reps)
    who = "1 person" if n == 1 else f"{n} people"
    every = dict.fromkeys(name for each in groups for name in each.measures)
    lacking = [labels[name] for name in every if name not in group.measures]
    if not lacking:
        return f"{who} with all of it"
    if not group.measures:
        return f"{who} with nothing counted"
    has = [labels[name] for name in group.measures]
    with_them = f"without {list_names(lacking, MOST_MEASURES)}"
    return f"{who} {with_them}" if len(lacking) < len(has) else f"{who} with only {list_names(has, MOST_MEASURES)}"


def group_names(group: RepGroup, names: Mapping[str, str]) -> str:
    """Who is in a group: ``Ana, Ben and 12 more``."""
    return list_names([names[rep] for rep in group.reps], MOST_PEOPLE)
