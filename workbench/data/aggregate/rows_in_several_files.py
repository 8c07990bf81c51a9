"""Find measures of different sources that count the same rows: by id, or by rep, date and amount."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from workbench.data.aggregate.rep_period_sums import RepPeriodSums, filter_events
from workbench.data.aggregate.row_overlaps import adds_to_measure, are_no_events
from workbench.data.aggregate.shared_ids import ids_mean_the_same_rows
from workbench.data.engine.embedded import Engine
from workbench.data.engine.temp_tables import drop_tables, fetch, materialize
from workbench.data.events.affected_totals import value_column
from workbench.data.events.events import NUMERIC, ROW_KEY, Events, date_column, date_number
from workbench.data.model.daily import N_EVENTS
from workbench.data.model.dataset import ADDITIVE, DataSet, Measure
from workbench.data.model.panel import PERIOD, REP
from workbench.data.model.row_overlap import RowOverlap

BY_CHANCE = 0.1
"""Amounts identify rows where at most this share of the smaller measure matches by chance."""
COPY, COPY_BY_CHANCE = 0.95, 0.5
"""A measure found almost whole in another file is a copy, even if up to half of it matches by chance."""
LEAST = 0.05


@dataclass(frozen=True, eq=False)
class _Dated:
    """The measures of one source at one of its dates, and the rows that can be compared with those of another source.

    Attributes
    ----------
    rows : ``rep``, ``day``, a key per kind (``k0`` … as floats, null for none), ``n0`` … (rows that add to measure
        number 0 …) and ``s0`` … (their size, for sums).
    is_id : by kind, whether the key is the row's id; otherwise it is an amount.
    n_rows : all rows. n, size : of each measure, its rows and their whole size. keyed : (kind, measure) → rows with a
        key.
    """

    measures: tuple[Measure, ...]
    rows: ir.Table
    is_id: tuple[bool, ...]
    n_rows: int
    n: tuple[float, ...]
    size: tuple[float, ...]
    keyed: dict[tuple[int, int], float]


def find_rows_in_several_files(
    parts: Sequence[tuple[Events, Sequence[RepPeriodSums]]], dataset: DataSet, engine: Engine
) -> tuple[RowOverlap, ...]:
    """Return every pair of measures of two sources that share rows.

    Rows of event logs are the same with the same rep, day and id, or the same rep, day and amount; of tables that are
    already aggregated, with the same rep, period and total. Matches that chance explains are taken off: amounts that
    repeat, such as a single price, identify nothing.
    """
    found: list[RowOverlap] = []
    seen: dict[tuple[str, str], _Dated | None] = {}
    for (events, sums), (others, their_sums) in itertools.combinations(parts, 2):
        for mine, theirs in itertools.product(_by_date(sums), _by_date(their_sums)):
            if are_no_events(mine) or are_no_events(theirs):
                found += _overlaps_of_totals(mine, theirs)
            elif _may_share_rows(mine, theirs):
                for each, tally in ((events, mine), (others, theirs)):
                    if (tally.source, tally.column) not in seen:
                        seen[tally.source, tally.column] = _comparable_rows(each, tally, dataset, engine)
                one, other = seen[mine.source, mine.column], seen[theirs.source, theirs.column]
                found += _overlaps_of_rows(one, other, engine) if one and other else ()
    drop_tables(engine, *(each.rows for each in seen.values() if each))
    return tuple(found)


def _by_date(sums: Sequence[RepPeriodSums]) -> tuple[RepPeriodSums, ...]:
    """Return the sums of each date column, without those of credited measures."""
    return tuple({tally.column: tally for tally in reversed(sums)}.values())


def _may_share_rows(mine: RepPeriodSums, theirs: RepPeriodSums) -> bool:
    """Whether enough rows fall on the same rep and day, so that looking at the rows is worth its time."""
    both = mine.daily.merge(theirs.daily, on=[REP, "day"], suffixes=("", "_other"))
    shared = np.minimum(both[N_EVENTS], both[f"{N_EVENTS}_other"]).sum()
    return bool(shared > LEAST * min(mine.daily[N_EVENTS].sum(), theirs.daily[N_EVENTS].sum()))


def _comparable_rows(events: Events, tally: RepPeriodSums, dataset: DataSet, engine: Engine) -> _Dated | None:
    """Return the rows of one date of a source; None if no measure, or nothing that identifies a row, is dated by it."""
    i = events.dates.index(tally.column)
    mine = [
        j
        for j, measure in enumerate(events.measures)
        if date_number(events.source, measure) == i and measure.aggregate in ADDITIVE and not measure.credit
    ]
    kinds = _kinds_of_keys(events)
    if not mine or not kinds:
        return None
    rows = filter_events(events, i, mine, dataset)
    keys = {f"k{place}": _key(rows, at) for place, at in enumerate(kinds)}
    flat = rows.select(REP, day=rows[date_column(i)], **keys, **_counts_and_sizes(rows, mine, events.measures))
    local = materialize(engine, fetch(engine, flat) if events.remote else flat)
    n = range(len(mine))
    asked = {"rows": local.count(), **{f"{c}{j}": local[f"{c}{j}"].sum() for c in "ns" for j in n}}
    asked |= {f"k{k}.{j}": local[f"n{j}"].sum(where=local[f"k{k}"].notnull()) for k in range(len(kinds)) for j in n}
    totals = {name: float(each or 0) for name, each in local.aggregate(**asked).to_pyarrow().to_pylist()[0].items()}
    return _Dated(
        tuple(events.measures[j] for j in mine), local, tuple(at == ROW_KEY for at in kinds), int(totals["rows"]),
        tuple(totals[f"n{j}"] for j in n), tuple(totals[f"s{j}"] for j in n),
        {(k, j): totals[f"k{k}.{j}"] for k in range(len(kinds)) for j in n},
    )  # fmt: skip


def _kinds_of_keys(events: Events) -> tuple[str, ...]:
    """Return the columns of the clean rows that can identify a row: its id, and its amounts."""
    amounts = {m.column: value_column(j) for j, m in enumerate(events.measures) if m.column and m.aggregate in NUMERIC}
    return (*([ROW_KEY] if ROW_KEY in events.rows.columns else []), *amounts.values())


def _key(rows: ir.Table, at: str) -> ir.FloatingValue:
    """Return a row's key as a number; an amount of 0, or none, identifies nothing."""
    key = rows[at].cast("float64")
    return key if at == ROW_KEY else key.round(2).nullif(0.0)


def _counts_and_sizes(rows: ir.Table, mine: Sequence[int], measures: Sequence[Measure]) -> dict[str, ir.Value]:
    found = {}
    for k, j in enumerate(mine):
        adds = adds_to_measure(rows, j, measures[j]).cast("float64")
        found[f"n{k}"] = adds
        found[f"s{k}"] = adds * rows[value_column(j)].abs().coalesce(0.0) if measures[j].aggregate == "sum" else adds
    return found


def _overlaps_of_rows(mine: _Dated, theirs: _Dated, engine: Engine) -> Iterator[RowOverlap]:
    """Compare the rows of two sources by each pair of keys; the larger is reduced to the keys of the smaller."""
    if mine.n_rows > theirs.n_rows:
        yield from (overlap.swapped() for overlap in _overlaps_of_rows(theirs, mine, engine))
        return
    best: dict[tuple[str, str], RowOverlap] = {}
    for kind, is_id in enumerate(mine.is_id):
        ours = materialize(engine, _by_key(mine.rows, kind, len(mine.measures)))
        for other in [place for place, theirs_is_id in enumerate(theirs.is_id) if theirs_is_id == is_id]:
            for overlap in _overlaps_by_key(mine, theirs, ours, (kind, other), engine):
                pair = overlap.measure, overlap.other
                if pair not in best or overlap.built_in > best[pair].built_in:
                    best[pair] = overlap
        drop_tables(engine, ours)
    yield from best.values()


def _overlaps_by_key(
    mine: _Dated, theirs: _Dated, ours: ir.Table, kinds: tuple[int, int], engine: Engine
) -> Iterator[RowOverlap]:
    at, other = kinds
    if mine.is_id[at] and not ids_mean_the_same_rows(mine.rows, theirs.rows):
        return
    rows = theirs.rows.rename(key=f"k{other}").semi_join(ours.select(REP, "key").distinct(), [REP, "key"])
    others = materialize(engine, _by_key(rows.rename({f"k{other}": "key"}), other, len(theirs.measures)))
    pairs = list(itertools.product(range(len(mine.measures)), range(len(theirs.measures))))
    shared = _match_rows(ours, others, pairs)
    chance = {} if mine.is_id[at] or not shared else _match_by_chance(ours, others, pairs)
    drop_tables(engine, others)
    for j, k in pairs if shared else ():
        match = {
            "shared": shared[f"shared{j}_{k}"], "chance": chance.get(f"chance{j}_{k}", 0.0),
            "most": min(mine.keyed[at, j], theirs.keyed[other, k]),
            "size_j": shared[f"ours{j}_{k}"], "size_k": shared[f"theirs{j}_{k}"],
        }  # fmt: skip
        if _identifies(match):
            yield RowOverlap(
                mine.measures[j].name, theirs.measures[k].name, _share(match, "j", mine.n[j], mine.size[j]),
                _share(match, "k", theirs.n[k], theirs.size[k]), round(match["shared"]),
            )  # fmt: skip


def _by_key(rows: ir.Table, kind: int, n: int) -> ir.Table:
    """Count rows and sizes of each measure by rep, day and key; rows without a key are left out."""
    named = rows.mutate(key=rows[f"k{kind}"])
    named = named.filter(named["key"].notnull())
    sums = {f"{c}{j}": named[f"{c}{j}"].sum() for c in "ns" for j in range(n)}
    return named.group_by([REP, "day", "key"]).aggregate(**sums)


def _match_rows(ours: ir.Table, others: ir.Table, pairs: Sequence[tuple[int, int]]) -> dict[str, float]:
    """Return what each pair of measures shares: rows, and their size on either side; nothing without a match."""
    both = ours.join(_other(others), [REP, "day", "key"])
    named = {f"{what}{j}_{k}": value for j, k in pairs for what, value in _shared(both, j, k).items()}
    found = both.aggregate(n=both.count(), **named).to_pyarrow().to_pylist()[0]
    return found if found.pop("n") else {}


def _other(table: ir.Table) -> ir.Table:
    return table.rename({f"o{name}": name for name in table.columns if name[0] in "ns"})


def _shared(both: ir.Table, j: int, k: int) -> dict[str, ir.Scalar]:
    n, o = both[f"n{j}"], both[f"on{k}"]
    shared = ibis.least(n, o)
    return {
        "shared": shared.sum().coalesce(0.0),
        "ours": (both[f"s{j}"] * shared / n.nullif(0.0)).sum().coalesce(0.0),
        "theirs": (both[f"os{k}"] * shared / o.nullif(0.0)).sum().coalesce(0.0),
    }


def _match_by_chance(ours: ir.Table, others: ir.Table, pairs: Sequence[tuple[int, int]]) -> dict[str, float]:
    """Return how many rows would match if each rep's amounts fell on their days by chance."""
    one, other = (
        table.group_by([REP, "key"]).aggregate(**{
            name: table[name].sum() for name in table.columns if name.startswith(("n", "on"))
        })
        for table in (ours, _other(others))
    )  # fmt: skip
    days = ours.group_by(REP).aggregate(days=ours["day"].nunique())
    both = one.join(other, [REP, "key"]).join(days, REP)
    named = {
        f"chance{j}_{k}": ibis.least(
            both[f"n{j}"] * both[f"on{k}"] / both["days"], both[f"n{j}"], both[f"on{k}"]
        ).sum().coalesce(0.0)
        for j, k in pairs
    }  # fmt: skip
    return both.aggregate(**named).to_pyarrow().to_pylist()[0]


def _identifies(match: dict[str, float]) -> bool:
    """Whether matches say that rows are the same, beyond what chance explains."""
    most, shared = match["most"], match["shared"]
    if not most or shared - match["chance"] < LEAST * most:
        return False
    return match["chance"] <= BY_CHANCE * most or (shared >= COPY * most and match["chance"] <= COPY_BY_CHANCE * most)


def _beyond_chance(match: dict[str, float]) -> float:
    """Return the share of the matches that chance does not explain: 1 where all that can match does."""
    kept = (match["shared"] - match["chance"]) / (match["most"] - match["chance"])
    return float(np.clip(kept * match["most"] / match["shared"], 0.0, 1.0))


def _share(match: dict[str, float], side: str, rows: float, size: float) -> float:
    shares = (match["shared"] / rows if rows else 0.0, match[f"size_{side}"] / size if size else 0.0)
    return min(max(shares) * _beyond_chance(match), 1.0)


def _overlaps_of_totals(mine: RepPeriodSums, theirs: RepPeriodSums) -> Iterator[RowOverlap]:
    """Compare the totals per rep and period of sums: a table that is already aggregated has no rows to compare."""
    for one, other in itertools.product(mine.measures, theirs.measures):
        if {one.aggregate, other.aggregate} != {"sum"} or one.credit or other.credit:
            continue
        ours, others = (
            tally.frame[[REP, PERIOD, measure.name]]
            .set_axis([REP, PERIOD, "total"], axis=1)
            .query("total != 0")
            .dropna()
            for tally, measure in ((mine, one), (theirs, other))
        )
        match = _match_totals(ours, others)
        if _identifies(match):
            yield RowOverlap(
                one.name, other.name,
                _share(match, "j", len(ours), float(ours["total"].abs().sum())),
                _share(match, "k", len(others), float(others["total"].abs().sum())), round(match["shared"]),
            )  # fmt: skip


def _match_totals(ours: pd.DataFrame, others: pd.DataFrame) -> dict[str, float]:
    one, other = (frame.assign(total=frame["total"].round(2)) for frame in (ours, others))
    both = one.merge(other, on=[REP, PERIOD, "total"])
    often = [frame.groupby([REP, "total"]).size().rename(name) for frame, name in ((one, "n"), (other, "o"))]
    counts = pd.concat(often, axis=1).dropna()
    periods = pd.concat([one, other]).groupby(REP)[PERIOD].nunique()
    luck = counts["n"] * counts["o"] / periods.reindex(counts.index.get_level_values(REP)).to_numpy()
    chance = float(np.minimum(luck, counts.min(axis=1)).sum())
    size = float(both["total"].abs().sum())
    return {
        "shared": float(len(both)), "chance": chance, "most": float(min(len(one), len(other))),
        "size_j": size, "size_k": size,
    }  # fmt: skip
