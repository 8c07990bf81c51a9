"""List what is still missing in a data set that is being put together."""

from __future__ import annotations

from workbench.data.files.reshape import needs_year
from workbench.data.model.dataset import DataSet, locations_of
from workbench.errors import Issue, Where


def open_questions(dataset: DataSet) -> tuple[Issue, ...]:
    """Return one issue per column not chosen and measure not defined; empty if the panel can be built."""
    found = []
    for source in dataset.sources:
        if not source.rep:
            found.append(_open_question(Where(file=locations_of(source)[0]), "rep"))
        if not source.date:
            found.append(_open_question(Where(file=locations_of(source)[0]), "date"))
        if source.unpivot and needs_year(source.unpivot):
            found.append(_open_question(Where(file=locations_of(source)[0]), "year"))
        found += [_open_question(Where(file=each.location), "join") for each in source.lookups
                  if not each.on or "" in {*each.on, *each.on.values()}]  # fmt: skip
    if not any(source.measures for source in dataset.sources):
        found.append(_open_question(Where(data_set=dataset.name), "measure"))
    if dataset.roster is not None and not dataset.roster.rep:
        found.append(_open_question(Where(file=dataset.roster.location), "roster"))
    return tuple(found)


def _open_question(where: Where, lacking: str) -> Issue:
    return Issue.of("error", "unfinished", where, lacking=lacking)
