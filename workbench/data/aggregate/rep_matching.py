"""Do the sources and the roster speak of the same reps?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from workbench.data.aggregate.roster import Team, roster_issues
from workbench.data.model.dataset import DataSet
from workbench.data.values.rep_names import listed, spelling_issues
from workbench.errors import Issue


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
    place = f"roster ({dataset.roster.location})" if dataset.roster else ""
    return (
        *spelling_issues(names, "reps"),
        *_strangers(rows),
        *(roster_issues(team, together, place) if team else ()),
        *_unused_spellings(dataset, names),
    )


def _strangers(rows: Mapping[str, Mapping[str, int]]) -> Iterator[Issue]:
    """A source none of whose reps is in any other source: they are probably named by different ids."""
    for source, counts in rows.items():
        others = {rep for other, found in rows.items() if other != source for rep in found}
        if counts and others and not others & set(counts):
            message = (
                f"None of its {len(counts):,} reps ({listed(counts, 3)}) is in another source ({listed(others, 3)})."
            )
            fix = "Choose the column with the same names or ids, or look them up in a file that has both."
            yield Issue("warning", "sources_do_not_meet", f"source “{source}”", message, fix, sum(counts.values()))


def _unused_spellings(dataset: DataSet, names: Mapping[str, int]) -> Iterator[Issue]:
    absent = sorted({name for name in dataset.same_rep.values() if name not in names})
    if absent:
        message = f"No row names {listed(absent)} in the end."
        yield Issue("info", "same_rep_absent", "same_rep", message, "Check how these names are written.")
