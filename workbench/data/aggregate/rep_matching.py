"""Do the sources and the roster speak of the same reps?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from workbench.data.aggregate.roster import Team, roster_issues
from workbench.data.model.dataset import DataSet
from workbench.data.values.rep_names import spelling_issues
from workbench.errors import Examples, Issue, Where


def rep_issues(rows: Mapping[str, Mapping[str, int]], team: Team | None, dataset: DataSet) -> tuple[Issue, ...]:
    """Spellings that look alike, sources without a rep in common, reps on one side of the roster only.

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
        *_strangers(rows),
        *(roster_issues(team, together, place) if team else ()),
        *_unused_spellings(dataset, names),
    )


def _strangers(rows: Mapping[str, Mapping[str, int]]) -> Iterator[Issue]:
    """A source none of whose reps is in any other source: they are probably named by different ids."""
    for source, counts in rows.items():
        others = {rep for other, found in rows.items() if other != source for rep in found}
        if counts and others and not others & set(counts):
            own, other = Examples.of(counts, 3), Examples.of(sorted(others), 3)
            n_rows = sum(counts.values())
            yield Issue.of("warning", "sources_do_not_meet", Where(source=source), n_rows, reps=own, others=other)


def _unused_spellings(dataset: DataSet, names: Mapping[str, int]) -> Iterator[Issue]:
    absent = sorted({name for name in dataset.same_rep.values() if name not in names})
    if absent:
        yield Issue.of("info", "same_rep_absent", Where(area="same_rep"), names=Examples.of(absent))
