"""Remedies that are a change of the data set file, so that one click can apply them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from workbench.data.mapping.edit import with_lookup, with_same_rep, with_source
from workbench.data.model.dataset import DataSet
from workbench.errors import Issue, Spelling


@dataclass(frozen=True)
class Fix:
    """What the button says, and the data set after it."""

    label: str
    dataset: DataSet


def fixes(issue: Issue, dataset: DataSet) -> tuple[Fix, ...]:
    """The remedies that one click can apply; empty when only the files themselves can be mended."""
    remedy = _REMEDIES.get(issue.code)
    return tuple(remedy(issue, dataset)) if remedy else ()


def _one_person(issue: Issue, dataset: DataSet) -> list[Fix]:
    spellings = _spellings(issue)
    names = "”, “".join(dict.fromkeys(spellings.values()))
    return [Fix(f"Count them as “{names}”", with_same_rep(dataset, spellings))] if spellings else []


def _same_key(issue: Issue, dataset: DataSet) -> list[Fix]:
    spellings = _spellings(issue)
    return [
        Fix("Read them as the same", with_lookup(dataset, number, matched, at))
        for number, source in enumerate(dataset.sources)
        for at, lookup in enumerate(source.lookups)
        if spellings and (source.name, lookup.location) == (issue.where.source, issue.where.lookup)
        for matched in [lookup.model_copy(update={"same": {**lookup.same, **spellings}})]
    ]


def _count_once(issue: Issue, dataset: DataSet) -> list[Fix]:
    return [
        Fix("Count repeated rows once", with_source(dataset, place, duplicates="drop"))
        for place, source in enumerate(dataset.sources)
        if source.duplicates == "keep" and source.name == issue.where.source
    ]


def _shared_periods(issue: Issue, dataset: DataSet) -> list[Fix]:
    """Use only the periods that the source covers, or take what it does not say for nothing done."""
    days = {name: dt.date.fromisoformat(str(value)) for name, value in issue.parts if name in _EDGES}
    first = max(filter(None, (dataset.first, days["low"])))
    last = min(filter(None, (dataset.last, days["high"])))
    cut = [Fix(f"Use only {first} to {last}", dataset.model_copy(update={"first": first, "last": last}))]
    return (cut if first <= last else []) + [
        Fix("Nothing happened there: count 0", with_source(dataset, place, covers=(days["first"], days["last"])))
        for place, source in enumerate(dataset.sources)
        if source.name == issue.where.source
    ]


def _spellings(issue: Issue) -> dict[str, str]:
    """Which spelling is to be read as which name."""
    found = dict(issue.parts).get("spellings")
    spellings = [each for each in found if isinstance(each, Spelling)] if isinstance(found, tuple) else []
    return {each.written: each.meant for each in spellings if each.written != each.meant}


_EDGES = ("low", "high", "first", "last")
_REMEDIES: dict[str, Callable[[Issue, DataSet], list[Fix]]] = {
    "coverage": _shared_periods,
    "rep_spellings": _one_person,
    "lookup_almost": _same_key,
    "duplicate_rows": _count_once,
    "duplicate_ids": _count_once,
}
