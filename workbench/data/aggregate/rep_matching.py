"""Check whether the sources and the roster name the same reps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from workbench.data.aggregate.roster import Team, roster_issues
from workbench.data.model.dataset import DataSet
from workbench.data.values.rep_names import spelling_issues
from workbench.errors import Examples, Issue, Where


def rep_issues(rows: Mapping[str, Mapping[str, int]], team: Team | None, dataset: DataSet) -> tuple[Issue, ...]:
    """Report similar spellings, sources without a common rep, and reps on only one side of the roster.

    Parameters
    ----------
    rows : used rows by source and rep.
    """
    together: Counter[str] = Counter()
    for counts in rows.values():
        together.update(counts)
    names = dict.fromkeys(team.frame["rep"], 0) | together if team else together
    place = Where(area="roster", file=dataset.roster.location if dataset.roster else "")
    return (
        *spelling_issues(names, Where(area="reps")),
        *_unmatched_source_issues(rows),
        *(roster_issues(team, together, place) if team else ()),
        *_unused_spelling_issues(dataset, names),
    )


def _unmatched_source_issues(rows: Mapping[str, Mapping[str, int]]) -> Iterator[Issue]:
    """Warn of a source that shares no rep with the others, probably because it uses different ids."""
    for source, counts in rows.items():
        others = {rep for other, found in rows.items() if other != source for rep in found}
        if counts and others and not others & set(counts):
            own, other = Examples.of(counts, 3), Examples.of(sorted(others), 3)
            n_rows = sum(counts.values())
            yield Issue.of("warning", "sources_do_not_meet", Where(source=source), n_rows, reps=own, others=other)


def _unused_spelling_issues(dataset: DataSet, names: Mapping[str, int]) -> Iterator[Issue]:
    absent = sorted({name for name in dataset.same_rep.values() if name not in names})
    if absent:
        yield Issue.of("info", "same_rep_absent", Where(area="same_rep"), names=Examples.of(absent))
