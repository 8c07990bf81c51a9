"""Load the rows of an event log with the roles of its columns: when, whom, how long, with what outcome."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir

from workbench.data.columns.date_column import move_clock
from workbench.data.engine.embedded import ROW, Engine
from workbench.data.engine.temp_tables import drop_tables, materialize
from workbench.data.events.affected_totals import value_column
from workbench.data.events.events import MOMENT, REASON, Events
from workbench.data.events.load_events import load_events
from workbench.data.events.opened_tables import OpenedSource
from workbench.data.model.dataset import DataSet, EventRoles, Measure, Source
from workbench.data.model.event_codes import EventKind
from workbench.data.model.panel import REP
from workbench.data.values.rep_names import merge_spellings, tidy_names

TEXT_ROLES = ("channel", "disposition", "contact", "list", "logged", "first_rep", "lead_source")
NUMBER_ROLES = ("seconds", "amount", "discount")
CODED_ROLES = ("channel", "disposition")
AT, DAY, LOCAL = "at", "day", "local"
_PREFIX = "__role__"


@dataclass(frozen=True, eq=False)
class ActivityLog:
    """The used rows of one event log.

    Attributes
    ----------
    rows : one row per used row: ``ROW`` (number in the file), ``rep``, ``at`` (timestamp on the data set's wall clock),
        ``day`` (date), and a column per role that the file has: ``seconds``, ``amount`` and ``discount`` (float64),
        ``contact``, ``list`` and ``lead_source`` (text), ``channel`` and ``disposition`` (our codes), ``logged``
        (timestamp), ``first_rep`` (a name, tidied as those of reps are). Null where blank. ``local`` (timestamp on the
        rep's own clock) where that is known to differ from the data set's for some rep.
    roles : the roles with a column.
    n_rows : how many rows.
    """

    source: Source
    rows: ir.Table
    roles: frozenset[str]
    n_rows: int

    @property
    def kind(self) -> EventKind | None:
        """What one row is, such as ``calls``; None where nobody said it and nothing shows it."""
        return event_kind(self.source)

    @property
    def local_time(self) -> ir.TimestampValue:
        """When, on the rep's own clock as far as it is known."""
        return self.rows[LOCAL if LOCAL in self.rows.columns else AT]


def event_kind(source: Source) -> EventKind | None:
    """Return what one row of a log is: as its file says, or calls where their length is known; None if unknown."""
    if source.events is None:
        return None
    return source.events.kind or ("calls" if source.events.seconds else None)


def load_activity_log(
    opened: OpenedSource,
    dataset: DataSet,
    engine: Engine,
    zones: Mapping[str, str] | None = None,
    others: Sequence[str] = (),
    allowed: Collection[str] | None = None,
) -> ActivityLog:
    """Load the used rows of a source whose columns have event roles.

    ``others`` are further columns, read as text: ``other_column`` names each in the rows. ``allowed``: the reps whose
    rows are kept, where whoever looks is limited to some.

    The rows are those that the panel counts: names are tidied, rows without a rep or a date, repeated and replaced rows
    and those outside the data set's periods are left out. ``zones`` are the time zones of reps that differ from that of
    the data set: they count where the log's times are instants, not local times as written.
    """
    events = opened.source.events
    if events is None:
        raise LookupError(f"{opened.source.name} has no event roles")
    roles = {role: column for role, column in _columns(events).items() if column in _own_and_taken(opened)}
    columns = roles | {other_column(name): name for name in others}
    read = replace(opened, source=_reading_source(opened.source, events, columns))
    loaded = load_events(read, dataset, engine, with_time=True)
    clean = loaded.rows
    used = clean.filter(clean[REASON].isnull() & clean[REP].notnull() & clean[MOMENT].notnull())
    if allowed is not None:
        used = used.filter(used[REP].isin(sorted(allowed)))
    values = {role: used[value_column(i)] for i, role in enumerate(columns)}
    coded = {role: _to_codes(values[role], events.values.get(role, {})) for role in CODED_ROLES if role in values}
    if "seconds" in values and events.length_unit == "minutes":
        coded["seconds"] = values["seconds"] * 60
    if "logged" in values:
        coded["logged"] = values["logged"].cast("timestamp")
    if "first_rep" in values:
        coded["first_rep"] = merge_spellings(tidy_names(values["first_rep"]), dataset.same_rep)
    when = {AT: used[MOMENT], DAY: used[MOMENT].cast("date")}
    if zones and dataset.timezone and _are_instants(loaded, used):
        when[LOCAL] = _on_own_clock(used, dataset.timezone, zones)
    rows = materialize(engine, used.select(ROW, REP, **when, **(values | coded)))
    drop_tables(engine, clean)
    return ActivityLog(opened.source, rows, frozenset(roles), int(rows.count().to_pyarrow().as_py()))


def other_column(name: str) -> str:
    """Name a column without a role in the rows of a log."""
    return f"other_{name}"


def _are_instants(events: Events, used: ir.Table) -> bool:
    """Whether the times are instants: typed so, or written with an offset in every used row."""
    name, table = events.source.date, events.opened.table
    kind = table.rows[name].type() if name in table.columns else None
    if kind is not None and kind.is_timestamp():
        return kind.timezone is not None
    told = [issue.n_rows or 0 for issue in events.issues if issue.code == "offsets" and issue.where.column == name]
    return bool(told) and max(told) >= int(used.count().to_pyarrow().as_py())


def _on_own_clock(used: ir.Table, zone: str, zones: Mapping[str, str]) -> ir.TimestampValue:
    reps_in = {other: [rep for rep, own in zones.items() if own == other] for other in sorted({*zones.values()})}
    moved = [(used[REP].isin(reps), move_clock(used[MOMENT], zone, other)) for other, reps in reps_in.items()]
    return ibis.cases(*moved, else_=used[MOMENT])


def _columns(events: EventRoles) -> dict[str, str]:
    """Return the column of each role that has one."""
    return {role: name for role, name in events.columns.items() if role in (*TEXT_ROLES, *NUMBER_ROLES)}


def _own_and_taken(opened: OpenedSource) -> set[str]:
    return {*opened.table.columns, *(name for each in opened.lookups for name in each.lookup.take)}


def _reading_source(source: Source, events: EventRoles, roles: dict[str, str]) -> Source:
    """Return the source with one measure per role, so that its columns are read as measures' columns are."""
    measures = tuple(
        Measure(name=_PREFIX + role, aggregate="mean" if role in NUMBER_ROLES else "distinct", column=column)
        for role, column in roles.items()
    )
    return source.model_copy(update={"measures": measures, "date": events.timestamp or source.date})


def _to_codes(value: ir.StringValue, codes: dict[str, str]) -> ir.StringValue:
    """Translate a file's codes to ours; one that nobody translated is written as ours are, one without meaning null."""
    plain = value.strip().lower().re_replace(r"[\s_-]+", "_")
    return value.cases(*codes.items(), else_=plain).nullif("") if codes else plain


def without_time_of_day(log: ActivityLog) -> bool:
    """Whether (nearly) every row is stamped with midnight: the log knows days, not times."""
    rows = log.rows
    timed = rows.count(where=rows[AT] != rows[AT].truncate("D")).to_pyarrow().as_py()
    return timed <= 0.02 * max(log.n_rows, 1)


def share_of_rows(log: ActivityLog, condition: ir.BooleanValue) -> float:
    """Return the share of rows that meet a condition; 0 for an empty log."""
    n = log.rows.count(where=condition.fill_null(False)).to_pyarrow().as_py()
    return n / log.n_rows if log.n_rows else 0.0
