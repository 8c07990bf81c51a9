"""The share of a file's rows that find a row in the file where they are looked up."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.data.model.dataset import Lookup, Source
from workbench.errors import Issue

_UNMATCHED = ("lookup_almost", "lookup_no_match")


def matched_share(
    issues: Sequence[Issue], uses: Sequence[tuple[Source, Lookup]], n_rows: Sequence[int]
) -> float | None:
    """Return the share of the rows with a key that have a match, from what building the panel found.

    Parameters
    ----------
    issues : of the panel.
    uses : the sources that look a file up. n_rows : rows of each of them.
    """
    found = [each for each in issues if any(_is_of(each, *use) for use in uses)]
    keyed = sum(n_rows) - blank_key_rows(issues, uses)
    lost = sum(each.n_rows or 0 for each in found if each.code in _UNMATCHED)
    return 1 - lost / keyed if keyed > 0 else None


def blank_key_rows(issues: Sequence[Issue], uses: Sequence[tuple[Source, Lookup]]) -> int:
    """Count the rows that name nothing to look up, from what building the panel found."""
    found = [each for each in issues if each.code == "lookup_blank_key"]
    return sum(each.n_rows or 0 for each in found if any(_is_of(each, *use) for use in uses))


def _is_of(issue: Issue, source: Source, lookup: Lookup) -> bool:
    return (issue.where.source, issue.where.lookup) == (source.name, lookup.location)
