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
_ID = "id"


@dataclass(frozen=True, eq=False)
class _Dated:
    """The measures of one source at one of its dates, and how often each key of a rep and date occurs among them.

    Attributes
    ----------
    keys : one row per ``kind`` (``id``, or the column of an amount), ``rep``, ``day`` and ``key``, with ``n0`` … (rows
        that add to measure number 0 …) and ``s0`` … (their size, for sums).
    rows, size : all rows, and the whole size, of each measure.
    """

    measures: tuple[Measure, ...]
    keys: ir.Table
    rows: tuple[float, ...]
    size: tuple[float, ...]


def find_rows_in_several_files(
    parts: Sequence[tuple[Events, Sequence[RepPeriodSums]]], dataset: DataSet, engine: Engine
) -> tuple[RowOverlap, ...]:
    """Return every pair of measures of two sources that share rows.

    Rows of event logs are the same with the same rep, day and id, or the same rep, day and amount; of tables that are
    already aggregated, with the same rep, period and total. Matches that chance explains are taken off: amounts that
    repeat, such as a single price, identify nothing.
    """
    found: list[RowOverlap] = []
    counted: dict[tuple[str, str], _Dated | None] = {}
    for (events, sums), (others, their_sums) in itertools.combinations(parts, 2):
        for mine, theirs in itertools.product(_by_date(sums), _by_date(their_sums)):
            if are_no_events(mine) or are_no_events(theirs):
                found += _overlaps_of_totals(mine, theirs)
            elif _may_share_rows(mine, theirs):
                for each, tally in ((events, mine), (others, theirs)):
                    if (tally.source, tally.column) not in counted:
                        counted[tally.source, tally.column] = _count_dated(each, tally, dataset, engine)
                one, other = counted[mine.source, mine.column], counted[theirs.source, theirs.column]
                found += _overlaps_of_rows(one, other) if one and other else ()
    drop_tables(engine, *(each.keys for each in counted.values() if each))
    return tuple(found)


def _by_date(sums: Sequence[RepPeriodSums]) -> tuple[RepPeriodSums, ...]:
    """Return the sums of each date column, without those of credited measures."""
    return tuple({tally.column: tally for tally in reversed(sums)}.values())


def _may_share_rows(mine: RepPeriodSums, theirs: RepPeriodSums) -> bool:
    """Whether enough rows fall on the same rep and day, so that looking at the rows is worth its time."""
    both = mine.daily.merge(theirs.daily, on=[REP, "day"], suffixes=("", "_other"))
    shared = np.minimum(both[N_EVENTS], both[f"{N_EVENTS}_other"]).sum()
    return bool(shared > LEAST * min(mine.daily[N_EVENTS].sum(), theirs.daily[N_EVENTS].sum()))


def _count_dated(events: Events, tally: RepPeriodSums, dataset: DataSet, engine: Engine) -> _Dated | None:
    """Count the keys of one date of a source; None if no measure, or nothing that identifies a row, is dated by it."""
    i = events.dates.index(tally.column)
    mine = [
        j
        for j, measure in enumerate(events.measures)
        if date_number(events.source, measure) == i and measure.aggregate in ADDITIVE and not measure.credit
    ]
    kinds = _kinds_of_keys(events)
    return _count_keys(events, i, mine, kinds, dataset, engine) if mine and kinds else None


def _kinds_of_keys(events: Events) -> dict[str, str]:
    """Map what identifies a row (its id, the columns of its amounts) to the column of the clean rows."""
    amounts = {m.column: value_column(j) for j, m in enumerate(events.measures) if m.column and m.aggregate in NUMERIC}
    return ({_ID: ROW_KEY} if ROW_KEY in events.rows.columns else {}) | {f"={name}": at for name, at in amounts.items()}


def _count_keys(
    events: Events, i: int, mine: Sequence[int], kinds: dict[str, str], dataset: DataSet, engine: Engine
) -> _Dated:
    rows = filter_events(events, i, mine, dataset)
    measures = tuple(events.measures[j] for j in mine)
    adds = {f"n{k}": adds_to_measure(rows, j, events.measures[j]) for k, j in enumerate(mine)}
    sizes = {
        f"s{k}": rows[value_column(j)].abs() if events.measures[j].aggregate == "sum" else ibis.literal(1.0)
        for k, j in enumerate(mine)
    }
    flat = rows.select(REP, day=rows[date_column(i)], **{at: rows[at] for at in kinds.values()}, **adds, **sizes)
    totals = flat.aggregate(**_counts(flat, len(mine))).to_pyarrow().to_pylist()[0]
    keyed = [_by_key(flat, kind, at, len(mine)) for kind, at in kinds.items()]
    counted = ibis.union(*keyed) if len(keyed) > 1 else keyed[0]
    table = fetch(engine, counted) if events.remote else counted
    return _Dated(
        measures,
        materialize(engine, table),
        tuple(totals[f"n{k}"] or 0.0 for k in range(len(mine))),
        tuple(totals[f"s{k}"] or 0.0 for k in range(len(mine))),
    )


def _by_key(flat: ir.Table, kind: str, at: str, n: int) -> ir.Table:
    """Count the rows of each key; an amount of 0, or none, identifies nothing."""
    key = flat[at].cast("float64").round(2).nullif(0.0).cast("string") if kind != _ID else flat[at].cast("string")
    named = flat.mutate(key=key).filter(ibis._["key"].notnull())
    grouped = named.group_by([REP, "day", "key"]).aggregate(**_counts(named, n))
    return grouped.select(REP, "day", "key", *(f"{c}{k}" for k in range(n) for c in "ns"), kind=ibis.literal(kind))


def _counts(rows: ir.Table, n: int) -> dict[str, ir.Scalar]:
    return {
        name: value
        for k in range(n)
        for name, value in (
            (f"n{k}", rows[f"n{k}"].sum().cast("float64")),
            (f"s{k}", rows[f"s{k}"].sum(where=rows[f"n{k}"]).coalesce(0.0).cast("float64")),
        )
    }


def _overlaps_of_rows(mine: _Dated, theirs: _Dated) -> Iterator[RowOverlap]:
    pairs = list(itertools.product(range(len(mine.measures)), range(len(theirs.measures))))
    found = _match_rows(mine.keys, theirs.keys, pairs)
    for j, k in pairs:
        candidates = [
            RowOverlap(
                mine.measures[j].name, theirs.measures[k].name,
                _share(each, "j", mine.rows[j], mine.size[j]), _share(each, "k", theirs.rows[k], theirs.size[k]),
                round(each["shared"]),
            )
            for each in found[found["j"].eq(j) & found["k"].eq(k)].to_dict("records")
            if _identifies(each)
        ]  # fmt: skip
        if candidates:
            yield max(candidates, key=lambda one: one.built_in)


def _match_rows(ours: ir.Table, others: ir.Table, pairs: Sequence[tuple[int, int]]) -> pd.DataFrame:
    """Match the keys of two sources: one row per pair of measures and of kinds of key, with what they share."""
    at = [REP, "day", "key"]
    other = others.rename({**{f"o{name}": name for name in others.columns if name[0] in "ns"}, "okind": "kind"})
    both = ours.join(other, at)
    both = both.filter((both["kind"] == _ID) == (both["okind"] == _ID))
    named = {f"{what}{j}_{k}": value for j, k in pairs for what, value in _shared(both, j, k).items()}
    shared = both.group_by(["kind", "okind"]).aggregate(**named).to_pyarrow().to_pandas()
    if shared.empty:
        return pd.DataFrame(columns=["j", "k"])
    chance = _match_by_chance(ours, others, pairs)
    most = {side: _keyed_rows(keys) for side, keys in (("j", ours), ("k", others))}
    found = []
    for one in shared.to_dict("records"):
        luck = chance.get((one["kind"], one["okind"]), {})
        for j, k in pairs:
            most_shared = min(most["j"][one["kind"]][f"n{j}"], most["k"][one["okind"]][f"n{k}"])
            found.append({
                "j": j, "k": k, "shared": one[f"shared{j}_{k}"], "most": most_shared,
                "chance": 0.0 if one["kind"] == _ID else luck.get(f"chance{j}_{k}", 0.0),
                "size_j": one[f"ours{j}_{k}"], "size_k": one[f"theirs{j}_{k}"],
            })  # fmt: skip
    return pd.DataFrame(found)


def _shared(both: ir.Table, j: int, k: int) -> dict[str, ir.Scalar]:
    n, o = both[f"n{j}"], both[f"on{k}"]
    shared = ibis.least(n, o)
    return {
        "shared": shared.sum().coalesce(0.0),
        "ours": (both[f"s{j}"] * shared / n.nullif(0.0)).sum().coalesce(0.0),
        "theirs": (both[f"os{k}"] * shared / o.nullif(0.0)).sum().coalesce(0.0),
    }


def _match_by_chance(ours: ir.Table, others: ir.Table, pairs: Sequence[tuple[int, int]]) -> dict[tuple, dict]:
    """Return how many rows would match if each rep's amounts fell on their days by chance."""
    sides = []
    for side, table, numbers in (("", ours, {j for j, _ in pairs}), ("o", others, {k for _, k in pairs})):
        amounts = table.filter(table["kind"] != _ID)
        sums = {f"{side}n{k}": amounts[f"n{k}"].sum() for k in numbers}
        totals = amounts.group_by([REP, "key", f"{side}kind"] if not side else [REP, "key", "kind"]).aggregate(**sums)
        days = amounts.group_by(REP).aggregate(**{f"{side}days": amounts["day"].nunique()})
        sides.append(totals.rename({f"{side}kind": "kind"} if side else {}).join(days, REP))
    both = sides[0].join(sides[1], [REP, "key"])
    days = ibis.greatest(both["days"], both["odays"])
    named = {
        f"chance{j}_{k}": ibis.least(
            both[f"n{j}"] * both[f"on{k}"] / days, both[f"n{j}"], both[f"on{k}"]
        ).sum().coalesce(0.0)
        for j, k in pairs
    }  # fmt: skip
    found = both.group_by(["kind", "okind"]).aggregate(**named).to_pyarrow().to_pylist()
    return {(one["kind"], one["okind"]): one for one in found}


def _keyed_rows(keys: ir.Table) -> dict[str, dict[str, float]]:
    numbers = [name for name in keys.columns if name[0] == "n"]
    found = keys.group_by("kind").aggregate(**{name: keys[name].sum() for name in numbers}).to_pyarrow().to_pylist()
    return {one["kind"]: one for one in found}


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
