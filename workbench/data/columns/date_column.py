"""Read a column as points in time, in the engine."""

from __future__ import annotations

import datetime
import re
import zoneinfo

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from workbench.data.columns.day_order import decide_order, first_fitting
from workbench.data.columns.reading import ColumnReading, count_shapes, text, unread_issues
from workbench.data.values.date_formats import MomentPlan, plan_moments, short_years_first
from workbench.errors import Issue, Where, refused
from workbench.problems import nearest

ISO = r"^\d{4}-\d\d-\d\d([ T]\d\d:\d\d:\d\d)?$"
FIRST_YEAR = 1000  # before it somebody left the century out
DAY_NUMBERS = (20_000, 80_000)  # 1954 to 2119 as spreadsheets count days
DAY_ZERO = "1899-12-30"
OFFSET = r":\d\d(?:[.,]\d+)?(?: ?[ap]\.?m\.?)? ?(z|utc|gmt|(?:utc|gmt)?[+-]\d\d?(?::?\d\d)?)$"


@ibis.udf.scalar.builtin(name="timezone", signature=(("string", "timestamp"), dt.Timestamp(timezone="UTC")))
def _placed(zone: str, local: datetime.datetime) -> datetime.datetime:
    """DuckDB's own: the instant at which clocks of a zone show this."""


@ibis.udf.scalar.builtin(name="timezone", signature=(("string", dt.Timestamp(timezone="UTC")), "timestamp"))
def _shown(zone: str, instant: datetime.datetime) -> datetime.datetime:
    """DuckDB's own: what clocks of a zone show at this instant."""


def moment(table: ir.Table, column: str, date_format: str | None = None, timezone: str | None = None) -> ColumnReading:
    """The column as timestamps without a zone; a date alone is midnight, a month alone its first day.

    Without ``date_format`` (strptime, or letters as in DD/MM/YYYY) the order of day and month is decided from all
    values. Times with an offset are moved to ``timezone``; without one given, the clock as written counts.

    Raises
    ------
    InputError
        When ``timezone`` is not a zone that is known.
    """
    _check_zone(timezone, column)
    kind = table[column].type()
    if kind.is_timestamp() or kind.is_date():
        return ColumnReading(_typed(table[column], timezone), (), "as the file's own dates")
    words = text(table, column).expr
    if date_format:
        form = strptime_form(date_format)
        issues: tuple[Issue, ...] = ()
        expr, how = first_fitting(words, (form,)), f"as {date_format}"
    elif _are_iso(table, words):
        return ColumnReading(_iso(words), (), "as year-month-day")
    else:
        plan = plan_moments(count_shapes(table, words, moment_shape))
        expr, issues, how = _found_out(table, column, words, plan, timezone)
    return ColumnReading(expr, (*issues, *unread_issues(table, words, expr, column, "date")), how)


def _are_iso(table: ir.Table, words: ir.StringValue) -> bool:
    """Whether all values are in the one form that leaves nothing to be found out."""
    dates = _iso(words)
    facts = table.aggregate(words=words.count(), read=dates.count(), first=dates.min()).to_pyarrow().to_pylist()[0]
    return facts["words"] == facts["read"] > 0 and facts["first"].year >= FIRST_YEAR


def _iso(words: ir.StringValue) -> ir.TimestampValue:
    """Dates in the form of ISO 8601, which the engine reads ten times as fast as those in any other."""
    return words.re_search(ISO).ifelse(words.try_cast("timestamp"), ibis.null("timestamp"))


def moment_shape(words: ir.StringValue) -> ir.StringValue:
    """Lower case, every digit as 9 (see ``workbench.data.values.date_formats``)."""
    return words.lower().translate("012345678", "999999999")


def strptime_form(form: str) -> str:
    """A format in strptime's letters, from those or from letters like DD/MM/YYYY hh:mm:ss."""
    if "%" in form:
        return form
    letters = ("YYYY", "%Y"), ("yyyy", "%Y"), ("YY", "%y"), ("yy", "%y"), ("MMM", "%b"), ("MM", "%m"), ("DD", "%d")
    clock = ("dd", "%d"), ("HH", "%H"), ("hh", "%H"), ("ss", "%S"), ("SS", "%S")
    form = re.sub(r"(?<=[hH]:)mm", "%M", form)
    for letter, sign in (*letters, *clock, ("mm", "%m")):
        form = form.replace(letter, sign)
    return form


def _found_out(
    table: ir.Table, column: str, words: ir.StringValue, plan: MomentPlan, timezone: str | None
) -> tuple[ir.TimestampValue, tuple[Issue, ...], str]:
    if plan.n_day_number > plan.n_readable:
        issue = Issue.of("info", "day_numbers", Where(column=column), plan.n_day_number)
        return _from_day_numbers(words), (issue,), "as day numbers"
    lower = words.lower()
    tidy = lower
    for pattern, replacement in plan.steps:
        tidy = tidy.re_replace(pattern, replacement)
    tidy = tidy.strip()
    order, issues = decide_order(table, column, tidy, plan.unclear)
    formats = short_years_first((*plan.certain, *(plan.unclear.get(order, ()) if order else ())))
    expr = first_fitting(tidy, formats or ("%Y-%m-%d",))
    if plan.n_offset:
        issues = (*issues, _about_offsets(plan, column, timezone))
        expr = _moved(expr, lower, timezone) if timezone else expr
    return expr, issues, "as " + " or ".join(formats[:3]) + (" …" if len(formats) > 3 else "")


def _from_day_numbers(words: ir.StringValue) -> ir.TimestampValue:
    days = words.try_cast("float64")
    days = days.between(*DAY_NUMBERS).ifelse(days, ibis.null("float64"))
    return ibis.timestamp(DAY_ZERO) + (days * 86_400).round().cast("int64").as_interval("s")


def _moved(local: ir.TimestampValue, lower: ir.StringValue, timezone: str) -> ir.TimestampValue:
    """Times with an offset as clocks of ``timezone`` show them; those without one as they are."""
    offset = lower.re_extract(OFFSET, 1)
    digits = offset.re_replace(r"\D", "")
    long = digits.length() > 2
    hours = long.ifelse(digits.substr(0, digits.length() - 2), digits).try_cast("int64").fill_null(0)
    minutes = long.ifelse(digits.substr(digits.length() - 2, 2), "0").try_cast("int64").fill_null(0)
    ahead = (hours * 60 + minutes) * offset.contains("-").ifelse(-1, 1)
    return (offset == "").ifelse(local, _shown(timezone, _placed("UTC", local - ahead.as_interval("m"))))


def _typed(value: ir.Value, timezone: str | None) -> ir.TimestampValue:
    """The file's own times; instants are shown in ``timezone``, or else in UTC."""
    if value.type().is_timestamp() and value.type().timezone:
        return _shown(timezone or "UTC", value)
    return value.cast("timestamp")


def _about_offsets(plan: MomentPlan, column: str, timezone: str | None) -> Issue:
    return Issue.of("info", "offsets", Where(column=column), plan.n_offset, timezone=timezone)


def _check_zone(timezone: str | None, column: str) -> None:
    known = zoneinfo.available_timezones() if timezone else ()
    if timezone and timezone not in known:
        raise refused("timezone", Where(column=column), name=timezone, near=nearest(timezone, known))
