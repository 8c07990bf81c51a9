"""Fixes of issues that are changes of the data set file, so that one click can apply them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from workbench.data.mapping.edit import with_lookup, with_same_rep, with_source
from workbench.data.mapping.rep_groups import with_new_people
from workbench.data.model.dataset import DataSet
from workbench.errors import Issue, Spelling

FixCode = Literal[
    "merge_spellings", "match_keys", "count_once", "limit_periods", "count_as_zero", "leave_out", "score_them",
    "not_score_them",
]  # fmt: skip


@dataclass(frozen=True)
class Fix:
    """A change of a data set that settles an issue; ``workbench.words.fixes`` makes its label.

    Attributes
    ----------
    dataset : the data set after the change.
    names : of ``merge_spellings``, the names that stay.
    first, last : of ``limit_periods``, the first and last day used.
    """

    code: FixCode
    dataset: DataSet
    names: tuple[str, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None


def suggest_fixes(issue: Issue, dataset: DataSet) -> tuple[Fix, ...]:
    """Return the fixes of an issue; empty if only the files themselves can be corrected."""
    remedy = _REMEDIES.get(issue.code)
    return tuple(remedy(issue, dataset)) if remedy else ()


def _merge_spellings(issue: Issue, dataset: DataSet) -> list[Fix]:
    spellings = _spellings(issue)
    names = tuple(dict.fromkeys(spellings.values()))
    return [Fix("merge_spellings", with_same_rep(dataset, spellings), names=names)] if spellings else []


def _match_keys(issue: Issue, dataset: DataSet) -> list[Fix]:
    spellings = _spellings(issue)
    return [
        Fix("match_keys", with_lookup(dataset, number, matched, at))
        for number, source in enumerate(dataset.sources)
        for at, lookup in enumerate(source.lookups)
        if spellings and (source.name, lookup.location) == (issue.where.source, issue.where.lookup)
        for matched in [lookup.model_copy(update={"same": {**lookup.same, **spellings}})]
    ]


def _count_once(issue: Issue, dataset: DataSet) -> list[Fix]:
    return [
        Fix("count_once", with_source(dataset, place, duplicates="drop"))
        for place, source in enumerate(dataset.sources)
        if source.duplicates == "keep" and source.name == issue.where.source
    ]


def _cover_periods(issue: Issue, dataset: DataSet) -> list[Fix]:
    """Limit the data set to the periods that the source covers, or count 0 outside them."""
    days = {name: dt.date.fromisoformat(str(value)) for name, value in issue.parts if name in _EDGES}
    first = max(filter(None, (dataset.first, days["low"])))
    last = min(filter(None, (dataset.last, days["high"])))
    limited = dataset.model_copy(update={"first": first, "last": last})
    cut = [Fix("limit_periods", limited, first=first, last=last)]
    return (cut if first <= last else []) + [
        Fix("count_as_zero", with_source(dataset, place, covers=(days["first"], days["last"])))
        for place, source in enumerate(dataset.sources)
        if source.name == issue.where.source
    ]


def _leave_out(issue: Issue, dataset: DataSet) -> list[Fix]:
    kept = tuple(source for source in dataset.sources if source.name != issue.where.source)
    return [Fix("leave_out", dataset.model_copy(update={"sources": kept}))] if kept else []


def _new_people(issue: Issue, dataset: DataSet) -> list[Fix]:
    found = dict(issue.parts).get("names")
    names = tuple(each for each in found if isinstance(each, str)) if isinstance(found, tuple) else ()
    return [
        Fix("score_them", with_new_people(dataset, names, scored=True), names=names),
        Fix("not_score_them", with_new_people(dataset, names, scored=False), names=names),
    ]


def _spellings(issue: Issue) -> dict[str, str]:
    """Map each spelling of an issue to the name it means."""
    found = dict(issue.parts).get("spellings")
    spellings = [each for each in found if isinstance(each, Spelling)] if isinstance(found, tuple) else []
    return {each.written: each.meant for each in spellings if each.written != each.meant}


_EDGES = ("low", "high", "first", "last")
_REMEDIES: dict[str, Callable[[Issue, DataSet], list[Fix]]] = {
    "coverage": _cover_periods,
    "rep_spellings": _merge_spellings,
    "lookup_almost": _match_keys,
    "duplicate_rows": _count_once,
    "duplicate_ids": _count_once,
    "same_rows": _leave_out,
    "new_people": _new_people,
}
CLICKED = frozenset(_REMEDIES)
"""Codes that a button settles; what would be written into the data set file instead is said by the command line."""
