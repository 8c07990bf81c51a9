"""Change measures so that a kind of activity no longer counts, where a condition on the file's columns can say so."""

from __future__ import annotations

from collections.abc import Collection

from workbench.data.events.activity_log import event_kind
from workbench.data.model.dataset import DataSet, EventRoles, Measure, Source
from workbench.design.kpi_cautions import kpi_measures
from workbench.design.model import Design, Kpi
from workbench.formula.formula import quote_name
from workbench.integrity.checks.catalogue import CHECKS
from workbench.integrity.checks.seconds_long import A_FEW_SECONDS
from workbench.integrity.suspect_counts import CheckName

_CODES: dict[CheckName, str] = {
    "dead_number": "dead_number",
    "switchboard": "operator",
    "unattended": "no_show",
    "cancelled_later": "cancelled",
}


def counting_condition(events: EventRoles, check: CheckName) -> str | None:
    """Return the formula over a log's columns that rows which still count must meet; None if no formula can say it.

    Checks that compare a row with other rows cannot be said so: only their outcome can (a dead number, however often it
    was dialled before).
    """
    if check == "seconds_long" and events.seconds:
        length = quote_name(events.seconds) + (" * 60" if events.length_unit == "minutes" else "")
        return f"coalesce({length}, {A_FEW_SECONDS}) >= {A_FEW_SECONDS}"
    if check in _CODES and events.disposition and _codes_in_file(events, _CODES[check]):
        codes = ", ".join(_text(code) for code in _codes_in_file(events, _CODES[check]))
        return f"not (coalesce({quote_name(events.disposition)}, '') in ({codes}))"
    return None


def _codes_in_file(events: EventRoles, ours: str) -> list[str]:
    """Return the file's codes that mean ours; ours itself where the file's codes are not translated."""
    codes = events.values.get("disposition", {})
    return [file for file, meaning in codes.items() if meaning == ours] if codes else [ours]


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def measures_to_change(dataset: DataSet, design: Design, check: CheckName) -> tuple[str, ...]:
    """List the measures that would count less: counts of such a log that some KPI of the design is made of."""
    used = _measures_of_kpis(design)
    return tuple(
        measure.name
        for source in dataset.sources
        for measure in source.measures
        if measure.name in used and _changed_condition(source, measure, check) not in (None, measure.where)
    )


def left_out_of(dataset: DataSet, kpi: Kpi) -> tuple[CheckName, ...]:
    """List the checks at whose rows no measure of a KPI counts any more, of those that could be left out of any."""
    used = kpi_measures(kpi)
    mine = [(source, measure) for source in dataset.sources for measure in source.measures if measure.name in used]
    found = []
    for check in CHECKS:
        could = [(measure.where, _changed_condition(source, measure, check.name)) for source, measure in mine]
        changed = [(now, then) for now, then in could if then is not None]
        if changed and all(now == then for now, then in changed):
            found.append(check.name)
    return tuple(found)


def without_check(dataset: DataSet, design: Design, check: CheckName) -> DataSet:
    """Return the data set whose measures under the design's KPIs no longer count what the check points at."""
    used = _measures_of_kpis(design)
    sources = []
    for source in dataset.sources:
        measures = tuple(
            measure.model_copy(update={"where": _changed_condition(source, measure, check) or measure.where})
            if measure.name in used
            else measure
            for measure in source.measures
        )
        sources.append(source.model_copy(update={"measures": measures}))
    return dataset.model_copy(update={"sources": tuple(sources)})


def _changed_condition(source: Source, measure: Measure, check: CheckName) -> str | None:
    """Return the measure's condition with that of the check; None where the check says nothing about it."""
    read = next(each.kinds for each in CHECKS if each.name == check)
    if source.events is None or event_kind(source) not in read or measure.aggregate not in ("count", "distinct"):
        return None
    added = counting_condition(source.events, check)
    if added is None or (measure.where and added in measure.where):
        return measure.where if added else None
    return f"({measure.where}) and {added}" if measure.where else added


def _measures_of_kpis(design: Design) -> Collection[str]:
    return {name for kpi in design.kpis for name in kpi_measures(kpi)}
