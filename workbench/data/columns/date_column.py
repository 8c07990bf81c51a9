"""Read a column as dates and times, in the engine."""

from __future__ import annotations

import datetime
import functools
import re
import zoneinfo
from collections.abc import Mapping
from typing import Any

import duckdb
import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from workbench.data.columns.column_reading import ColumnReading, clean_text, count_shapes, unreadable_issues
from workbench.data.columns.day_order import detect_day_order, parse_with_formats
from workbench.data.values.date_formats import (
    DAY_NUMBER,
    SIX_DIGITS,
    YEAR_MONTH,
    DatePlan,
    formats_by_hand,
    plan_dates,
    short_years_first,
)
from workbench.errors import Issue, Where, refused
from workbench.problems import nearest

ISO = r"^\d{4}-\d\d-\d\d([ T]\d\d:\d\d:\d\d)?$"
PLAUSIBLE_YEARS = (1950, 2100)
FIRST_YEAR = 1000  # before it somebody left the century out
DAY_NUMBERS = (20_000, 80_000)  # 1954 to 2119 as spreadsheets count days
DAY_ZERO = "1899-12-30"
OFFSET = r":\d\d(?:[.,]\d+)?(?: ?[ap]\.?m\.?)? ?(z|utc|gmt|(?:utc|gmt)?[+-]\d\d?(?::?\d\d)?)$"


@ibis.udf.scalar.builtin(name="timezone", signature=(("string", "timestamp"), dt.Timestamp(timezone="UTC")))
def _local_to_instant(zone: str, local: datetime.datetime) -> datetime.datetime:
    """Built into DuckDB: the instant at which clocks of a time zone show a local time."""


@ibis.udf.scalar.builtin(name="timezone", signature=(("string", dt.Timestamp(timezone="UTC")), "timestamp"))
def _instant_to_local(zone: str, instant: datetime.datetime) -> datetime.datetime:
    """Built into DuckDB: the local time of a time zone at an instant."""


def move_clock(local: ir.TimestampValue, zone: str, other: str) -> ir.TimestampValue:
    """Return what clocks of another time zone show when those of ``zone`` show a local time."""
    return _instant_to_local(other, _local_to_instant(zone, local))


def parse_dates(
    table: ir.Table, column: str, date_format: str | None = None, timezone: str | None = None
) -> ColumnReading:
    """Read a column as timestamps without a time zone; a date alone is midnight, a month alone its first day.

    Without ``date_format`` (strptime, or letters as in DD/MM/YYYY) the order of day and month is decided from all
    values. Times with an offset are converted to ``timezone``; without one, the local time as written counts.

    Raises
    ------
    InputError
        When ``timezone`` is not a known time zone.
    """
    _check_timezone(timezone, column)
    kind = table[column].type()
    if kind.is_timestamp() or kind.is_date():
        return ColumnReading(_read_typed(table[column], timezone))
    words = clean_text(table, column).expr
    issues: tuple[Issue, ...] = ()
    if date_format:
        expr = _parse_by_hand(table, words, date_format)
    elif _all_iso(table, words):
        return ColumnReading(_parse_iso(words))
    else:
        plan = plan_dates(count_shapes(table, words, date_shape))
        expr, issues = _parse_by_plan(table, column, words, plan, timezone)
    return ColumnReading(expr, issues, lambda: unreadable_issues(table, words, expr, column, "date"))


def _parse_by_hand(table: ir.Table, words: ir.StringValue, date_format: str) -> ir.TimestampValue:
    """Parse by the format that somebody chose: the values as written, else with months in English and tidied.

    What is no format, such as ``%Q``, reads nothing.
    """
    if date_format == DAY_NUMBER:
        return _parse_day_numbers(words)
    form = strptime_format(date_format)
    if not _is_format(form):
        return words.nullif(words).try_cast("timestamp")
    exact = parse_with_formats(words, (form,))
    counted = table.aggregate(words=words.count(), read=exact.count()).to_pyarrow().to_pylist()[0]
    if counted["words"] == counted["read"]:
        return exact
    tidy = _tidied(words, plan_dates(count_shapes(table, words, date_shape)))
    return exact.coalesce(parse_with_formats(tidy, formats_by_hand(form)))


@functools.cache
def _is_format(form: str) -> bool:
    """Whether the engine knows every sign of a strptime format; it fails at one that it does not know."""
    with duckdb.connect() as connection:
        try:
            connection.execute("SELECT try_strptime('', ?)", [form])
        except duckdb.Error:
            return False
    return True


def _tidied(words: ir.StringValue, plan: DatePlan) -> ir.StringValue:
    tidy = words.lower()
    for pattern, replacement in plan.steps:
        tidy = tidy.re_replace(pattern, replacement)
    return tidy.strip()


def _all_iso(table: ir.Table, words: ir.StringValue) -> bool:
    return are_iso_dates(table.aggregate(**iso_date_facts(words)).to_pyarrow().to_pylist()[0])


def iso_date_facts(words: ir.StringValue) -> dict[str, ir.Scalar]:
    """Return what ``are_iso_dates`` has to know of a column."""
    dates = _parse_iso(words)
    return {"words": words.count(), "dates": dates.count(), "first_date": dates.min()}


def are_iso_dates(facts: Mapping[str, Any]) -> bool:
    """Whether all values are ISO 8601 dates, so that no format has to be detected."""
    return facts["words"] == facts["dates"] > 0 and facts["first_date"].year >= FIRST_YEAR


def _parse_iso(words: ir.StringValue) -> ir.TimestampValue:
    """Parse ISO 8601 dates, which the engine reads ten times as fast as any other format."""
    return words.re_search(ISO).ifelse(words.try_cast("timestamp"), ibis.null("timestamp"))


def date_shape(words: ir.StringValue) -> ir.StringValue:
    """Return values in lower case with every digit as 9 (see ``workbench.data.values.date_formats``)."""
    return words.lower().translate("012345678", "999999999")


def strptime_format(form: str) -> str:
    """Return a format in strptime's letters, given those or letters like DD/MM/YYYY hh:mm:ss."""
    if "%" in form:
        return form
    letters = ("YYYY", "%Y"), ("yyyy", "%Y"), ("YY", "%y"), ("yy", "%y"), ("MMM", "%b"), ("MM", "%m"), ("DD", "%d")
    clock = ("dd", "%d"), ("HH", "%H"), ("hh", "%H"), ("ss", "%S"), ("SS", "%S")
    form = re.sub(r"(?<=[hH]:)mm", "%M", form)
    for letter, sign in (*letters, *clock, ("mm", "%m")):
        form = form.replace(letter, sign)
    return form


def _parse_by_plan(
    table: ir.Table, column: str, words: ir.StringValue, plan: DatePlan, timezone: str | None
) -> tuple[ir.TimestampValue, tuple[Issue, ...]]:
    if plan.n_day_number > plan.n_readable:
        issue = Issue.of("info", "day_numbers", Where(column=column), plan.n_day_number)
        return _parse_day_numbers(words), (issue,)
    lower, tidy = words.lower(), _tidied(words, plan)
    order, issues = detect_day_order(table, column, tidy, plan.unclear)
    certain, digits = _choose_six_digits(table, column, tidy, plan.certain)
    issues = (*issues, *digits)
    formats = short_years_first((*certain, *(plan.unclear.get(order, ()) if order else ())))
    expr = parse_with_formats(tidy, formats or ("%Y-%m-%d",))
    if plan.n_offset:
        issues = (*issues, _offsets_issue(plan, column, timezone))
        expr = _apply_offsets(expr, lower, timezone) if timezone else expr
    return expr, issues


def _choose_six_digits(
    table: ir.Table, column: str, tidy: ir.StringValue, certain: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
    """Read six digits as year and month, unless another order gives more dates that can be right: 990201.

    Of several such orders, the one whose dates are closest together.
    """
    if YEAR_MONTH not in certain:
        return certain, ()
    forms = {form: parse_with_formats(tidy, (form,)) for form in (YEAR_MONTH, *SIX_DIGITS.values())}
    asked: dict[str, ir.Scalar] = {}
    for place, read in enumerate(forms.values()):
        good = read.year().between(*PLAUSIBLE_YEARS)
        asked |= {f"n{place}": good.sum(), f"a{place}": read.min(where=good), f"z{place}": read.max(where=good)}
    counted = table.aggregate(**asked).to_pyarrow().to_pylist()[0]
    n_read = {form: counted[f"n{place}"] or 0 for place, form in enumerate(forms)}
    if n_read[YEAR_MONTH] == max(n_read.values()):
        return certain, ()
    spread = {form: counted[f"z{place}"] - counted[f"a{place}"] for place, form in enumerate(forms) if n_read[form]}
    best = min(spread, key=lambda form: (-n_read[form], spread[form]))
    order = next(order for order, form in SIX_DIGITS.items() if form == best)
    kept = tuple(best if form == YEAR_MONTH else form for form in certain)
    return kept, (Issue.of("info", "date_order", Where(column=column), n_read[best], order=order),)


def _parse_day_numbers(words: ir.StringValue) -> ir.TimestampValue:
    days = words.try_cast("float64")
    days = days.between(*DAY_NUMBERS).ifelse(days, ibis.null("float64"))
    return ibis.timestamp(DAY_ZERO) + (days * 86_400).round().cast("int64").as_interval("s")


def _apply_offsets(local: ir.TimestampValue, lower: ir.StringValue, timezone: str) -> ir.TimestampValue:
    """Convert times with an offset to local times of ``timezone``; leave those without one as they are."""
    offset = lower.re_extract(OFFSET, 1)
    digits = offset.re_replace(r"\D", "")
    long = digits.length() > 2
    hours = long.ifelse(digits.substr(0, digits.length() - 2), digits).try_cast("int64").fill_null(0)
    minutes = long.ifelse(digits.substr(digits.length() - 2, 2), "0").try_cast("int64").fill_null(0)
    ahead = (hours * 60 + minutes) * offset.contains("-").ifelse(-1, 1)
    return (offset == "").ifelse(local, move_clock(local - ahead.as_interval("m"), "UTC", timezone))


def _read_typed(value: ir.Value, timezone: str | None) -> ir.TimestampValue:
    """Return typed times without a time zone; instants become local times of ``timezone``, else of UTC."""
    if value.type().is_timestamp() and value.type().timezone:
        return _instant_to_local(timezone or "UTC", value)
    return value.cast("timestamp")


def _offsets_issue(plan: DatePlan, column: str, timezone: str | None) -> Issue:
    return Issue.of("info", "offsets", Where(column=column), plan.n_offset, timezone=timezone)


def _check_timezone(timezone: str | None, column: str) -> None:
    known = zoneinfo.available_timezones() if timezone else ()
    if timezone and timezone not in known:
        raise refused("timezone", Where(column=column), name=timezone, near=nearest(timezone, known))
