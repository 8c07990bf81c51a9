"""What somebody still has to say about a data set that is being put together."""

from __future__ import annotations

from workbench.data.model.dataset import DataSet
from workbench.errors import Issue


def unfinished(dataset: DataSet) -> tuple[Issue, ...]:
    """Columns not chosen yet and measures not defined yet, one issue each; empty when the panel can be tried."""
    found = []
    for source in dataset.sources:
        if not source.rep:
            found.append(_open(source.location, "Which column says who did it?", "Choose the rep's column."))
        if not source.date:
            found.append(_open(source.location, "Which column says when?", "Choose the date column."))
        found += [_open(each.location, "How does this file join?", "Choose what both files have.")
                  for each in source.lookups if not each.on or "" in {*each.on, *each.on.values()}]  # fmt: skip
    if not any(source.measures for source in dataset.sources):
        found.append(_open(dataset.name, "Nothing is counted yet.", "Add a measure."))
    if dataset.roster is not None and not dataset.roster.rep:
        found.append(_open(dataset.roster.location, "Which column holds the names?", "Choose the rep's column."))
    return tuple(found)


def _open(where: str, message: str, fix: str) -> Issue:
    return Issue("error", "unfinished", where, message, fix)
