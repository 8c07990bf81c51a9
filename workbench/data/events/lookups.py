"""Join lookups, many rows to one, and report keys that do not match."""

from __future__ import annotations

import difflib
import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import ibis
import ibis.expr.types as ir
import pandas as pd

from workbench.data.columns import read_column
from workbench.data.engine.embedded import ROW
from workbench.data.events.affected_totals import amounts_affected, group_rows_and_totals
from workbench.data.events.events import Events
from workbench.data.events.opened_tables import OpenedLookup
from workbench.data.model.dataset import Lookup, Measure
from workbench.errors import Examples, Issue, Spelling, Where

MOST_KEYS = 100_000
MOST_SPELLINGS = 20  # that an issue names
_MOST_SLIPS, _MOST_KNOWN = 50, 2_000
_ALIKE = 0.85


def match_column(i: int) -> str:
    """Name the column that says whether a row has a match in lookup number ``i``."""
    return f"__found{i}"


def key_columns(i: int, lookup: Lookup) -> list[str]:
    """Name the columns with the key (as text, blank is null) of lookup number ``i``."""
    return [f"__key{i}_{j}" for j in range(len(lookup.on))]


def join_lookup(rows: ir.Table, i: int, opened: OpenedLookup, needed: Collection[str]) -> ir.Table:
    """Add to ``rows`` the needed columns of a lookup (null without a match), and its key and match columns.

    If the other file has several rows of a key, the first one counts, so that no row is duplicated.
    """
    lookup, names = opened.lookup, key_columns(i, opened.lookup)
    ours = {
        name: _apply_same_keys(read_column.clean_text(rows, column).expr, lookup.same)
        for name, column in zip(names, lookup.on, strict=True)
    }
    keyed = rows.mutate(**ours)
    other = _first_of_each_key(opened, names)
    match = keyed.left_join(other, [keyed[name] == other[f"__their{name}"] for name in names])
    taken = {name: match[f"__take{j}"] for j, name in enumerate(lookup.take) if name in {*needed} - {*lookup.on}}
    return match.select(*keyed.columns, **taken, **{match_column(i): match[f"__their{names[0]}"].notnull()})


def _apply_same_keys(key: ir.StringValue, same: Mapping[str, str]) -> ir.StringValue:
    return key.cases(*same.items(), else_=key) if same else key


def _first_of_each_key(opened: OpenedLookup, names: Sequence[str]) -> ir.Table:
    rows, lookup = opened.table.rows, opened.lookup
    theirs = {
        f"__their{name}": read_column.clean_text(rows, column).expr
        for name, column in zip(names, lookup.on.values(), strict=True)
    }
    taken = {f"__take{j}": rows[name] for j, name in enumerate(lookup.take)}
    keyed = rows.select(**theirs, **taken, __number=rows[ROW])
    complete = keyed.filter([keyed[name].notnull() for name in theirs])
    first = complete.mutate(__nth=ibis.row_number().over(group_by=list(theirs), order_by="__number"))
    return first.filter(first["__nth"] == 0).drop("__nth", "__number")


def lookup_issues(events: Events, i: int, n_unmatched: int) -> tuple[Issue, ...]:
    """Report keys that are not unique, rows without a match, and near matches, with the totals affected."""
    opened, measures, rows = events.opened.lookups[i], events.measures, events.rows
    place = replace(events.where, lookup=opened.lookup.location)
    repeated = _repeated_key_issues(opened, place)
    if not n_unmatched:
        return repeated
    names, missing = key_columns(i, opened.lookup), rows.filter(~rows[match_column(i)])
    lost = group_rows_and_totals(missing.filter(~_any_null(missing, names)), names, measures)
    near = _match_near_keys(lost[names], opened) if len(lost) else {}
    lost["key"] = [_format_key(row) for row in lost[names].itertuples(index=False)]
    almost, none = lost[lost["key"].isin(near)], lost[~lost["key"].isin(near)]
    return (
        *repeated,
        *_near_key_issues(almost, near, measures, place),
        *_no_match_issues(none, opened.lookup, measures, place),
        *_blank_key_issues(n_unmatched - int(lost["n_rows"].sum()), opened.lookup, place),
    )


def _any_null(rows: ir.Table, names: Sequence[str]) -> ir.BooleanValue:
    return ibis.or_(*(rows[name].isnull() for name in names))


def _format_key(key: Sequence[str]) -> str:
    return " · ".join(key)


def _repeated_key_issues(opened: OpenedLookup, place: Where) -> tuple[Issue, ...]:
    lookup, rows = opened.lookup, opened.table.rows
    texts = rows.select(
        **{f"k{j}": read_column.clean_text(rows, name).expr for j, name in enumerate(lookup.on.values())}
    )
    complete = texts.filter([texts[name].notnull() for name in texts.columns])
    repeated = complete.group_by(complete.columns).aggregate(times=complete.count()).filter(lambda t: t.times > 1)
    top = repeated.order_by([ibis.desc("times"), *texts.columns]).limit(MOST_KEYS).to_pyarrow().to_pandas()
    if top.empty:
        return ()
    n_rows, examples = int((top["times"] - 1).sum()), [_format_key(key) for key in top[list(texts.columns)].to_numpy()]
    return (Issue.of("warning", "lookup_repeated_key", place, n_rows, keys=Examples.of(examples)),)


def _near_key_issues(
    lost: pd.DataFrame, near: Mapping[str, str], measures: Sequence[Measure], place: Where
) -> list[Issue]:
    if lost.empty:
        return []
    n_rows = int(lost["n_rows"].sum())
    pairs = itertools.islice(zip(lost["key"], lost["n_rows"], strict=True), MOST_SPELLINGS)
    spellings = tuple(Spelling(key, near[key], int(n)) for key, n in pairs)
    found = amounts_affected(lost, measures)
    return [
        Issue.of("warning", "lookup_almost", place, n_rows, spellings=spellings, n_spellings=len(lost), amounts=found)
    ]


def _no_match_issues(lost: pd.DataFrame, lookup: Lookup, measures: Sequence[Measure], place: Where) -> list[Issue]:
    if lost.empty:
        return []
    n_rows = int(lost["n_rows"].sum())
    lost_keys, taken, found = Examples.of(lost["key"]), Examples.of(lookup.take), amounts_affected(lost, measures)
    return [Issue.of("warning", "lookup_no_match", place, n_rows, keys=lost_keys, columns=taken, amounts=found)]


def _blank_key_issues(n_rows: int, lookup: Lookup, place: Where) -> list[Issue]:
    return [Issue.of("info", "lookup_blank_key", place, n_rows, columns=tuple(lookup.on))] if n_rows else []


def _match_near_keys(lost: pd.DataFrame, opened: OpenedLookup) -> dict[str, str]:
    """Map unmatched keys to near keys of the other file: the same letters and digits, or a typing error."""
    rows = opened.table.rows
    texts = rows.select(
        *(read_column.clean_text(rows, name).expr.name(f"k{j}") for j, name in enumerate(opened.lookup.on.values()))
    )
    known = texts.drop_null().distinct().order_by(texts.columns).limit(MOST_KEYS).to_pyarrow().to_pandas()
    by_core = {_normalise_key(_format_key(key)): _format_key(key) for key in known.to_numpy()[::-1]}
    lost_keys = [_format_key(row) for row in lost.to_numpy()]
    slips = _match_typos(lost_keys[:_MOST_SLIPS], by_core) if len(by_core) <= _MOST_KNOWN else {}
    near = {key: by_core.get(_normalise_key(key), slips.get(key)) for key in lost_keys}
    return {key: match for key, match in near.items() if match}


def _normalise_key(key: str) -> str:
    """Reduce a key to letters and digits, without case, accents, leading zeros or a trailing ``.0``."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\.0+$", "", key)).casefold()
    return "".join(mark for mark in plain if mark.isalnum()).lstrip("0") or key


def _match_typos(lost: Sequence[str], by_core: Mapping[str, str]) -> dict[str, str]:
    """Map keys to known ones within two letters; digits must agree, since different numbers are different keys."""
    by_digits = defaultdict(list)
    for core in by_core:
        by_digits[_digits(core)].append(core)
    close = {
        key: difflib.get_close_matches(_normalise_key(key), by_digits[_digits(_normalise_key(key))], n=1, cutoff=_ALIKE)
        for key in lost
    }
    return {key: by_core[match[0]] for key, match in close.items() if match}


def _digits(text: str) -> str:
    return "".join(mark for mark in text if mark.isdigit())
