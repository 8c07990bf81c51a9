"""The data set file: which files hold which measures of which rep on which date (see README, "Data set file")."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from workbench.data.model.event_codes import EventKind
from workbench.errors import InputError, Where, refused
from workbench.problems import issues_from_validation
from workbench.rights.person import RepLimit

Grain = Literal["day", "week", "month", "quarter"]
Aggregate = Literal["count", "sum", "mean", "min", "max", "distinct"]
CreditTo = Literal["first", "last", "each"]
LengthUnit = Literal["seconds", "minutes"]
_MONTH = re.compile(r"\d{4}-\d{2}")
ADDITIVE: tuple[Aggregate, ...] = ("count", "sum", "distinct")


class Model(BaseModel):
    """The base of file models: frozen, refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Credit(Model):
    """Credit of a measure's rows to reps of other rows of the same case, instead of the row's own rep.

    The rep of the ``first`` or ``last`` row of the case that meets ``where``, or ``each`` of them in equal parts.
    """

    case: str
    to: CreditTo = "last"
    where: str | None = None


class Unpivot(Model):
    """Columns that become rows: each cell is a row with the column's name as ``date`` and the cell as ``value``.

    ``columns`` names them; ``"dates"`` means every column whose name reads as a date or month. ``year`` is the year of
    the first of them where they are named by months alone; December is followed by the next year.
    """

    columns: tuple[str, ...] | Literal["dates"] = "dates"
    date: str = "month"
    value: str = "value"
    year: int | None = Field(default=None, ge=1900, le=2200)


class Measure(Model):
    """A number per rep and period aggregated from one source.

    ``where`` is a formula over the source's columns; ``date`` overrides the source's date column; ``credit`` says to
    whom its rows belong where that is not the row's own rep.
    """

    name: str = Field(min_length=1)
    aggregate: Aggregate = "count"
    column: str | None = None
    where: str | None = None
    date: str | None = None
    unit: str | None = None
    label: str | None = None
    credit: Credit | None = None

    @property
    def title(self) -> str:
        """What people call the measure."""
        return self.label or self.name


class Lookup(Model):
    """Columns taken from another file, many rows to one. ``on`` maps this source's column to the other file's.

    ``same`` maps a key as this source writes it to the key as the other file writes it.
    """

    location: str
    on: dict[str, str]
    take: tuple[str, ...]
    same: dict[str, str] = Field(default_factory=dict)
    sheet: str | None = None
    table: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header: int | None = Field(default=None, ge=0)


class EventRoles(Model):
    """Roles of event columns for the integrity and phase checks.

    ``kind`` is what one row is; unknown if None. ``logged`` is when the entry was made, ``timestamp`` when the event
    happened; ``first_rep`` is the owner when the case was created; ``lead_source`` is what kind of lead it was, such as
    its source, grade or segment. ``length_unit`` is what the column of ``seconds`` is written in. ``values`` maps the
    file's codes to those of ``event_codes``, by role.
    """

    kind: EventKind | None = None
    channel: str | None = None
    disposition: str | None = None
    seconds: str | None = None
    contact: str | None = None
    list: str | None = None
    timestamp: str | None = None
    logged: str | None = None
    amount: str | None = None
    first_rep: str | None = None
    discount: str | None = None
    lead_source: str | None = None
    length_unit: LengthUnit = "seconds"
    values: dict[str, dict[str, str]] = Field(default_factory=dict)

    @property
    def columns(self) -> dict[str, str]:
        """The column of each role that has one."""
        return self.model_dump(exclude={"kind", "length_unit", "values"}, exclude_none=True)


EVENT_ROLES = tuple(name for name in EventRoles.model_fields if name not in ("kind", "length_unit", "values"))
"""Roles that a column can have."""


class Source(Model):
    """One table or file: an event log (one row per event) or an already aggregated table.

    Encoding, delimiter, decimal, date_format and header (the 1-based number of the line with the column names, 0 where
    there is none) are detected and reported where ``None``; ``date_formats`` are those of single columns. ``covers``
    are the first and last day for which the table is complete; without it, a table covers the days from its first to
    its last event. Several locations are files of one shape, stacked in their order; ``replace`` says what a later file
    overrides in earlier ones: rows of the same ``id``, or whole periods.
    """

    name: str = Field(min_length=1)
    location: str | Annotated[tuple[str, ...], Field(min_length=1)]
    rep: str
    date: str
    measures: tuple[Measure, ...] = ()
    sheet: str | None = None
    table: str | None = None
    query: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    decimal: Literal[".", ","] | None = None
    date_format: str | None = None
    date_formats: dict[str, str] = Field(default_factory=dict)
    header: int | None = Field(default=None, ge=0)
    id: str | None = None
    duplicates: Literal["keep", "drop"] = "keep"
    lookups: tuple[Lookup, ...] = ()
    events: EventRoles | None = None
    covers: tuple[dt.date, dt.date] | None = None
    replace: Literal["id", "period"] | None = None
    unpivot: Unpivot | None = None

    @field_validator("covers")
    @classmethod
    def _in_order(cls, covers: tuple[dt.date, dt.date] | None) -> tuple[dt.date, dt.date] | None:
        if covers and covers[1] < covers[0]:
            raise ValueError("The first day must come before the last.")
        return covers

    @model_validator(mode="after")
    def _id_to_replace_by(self) -> Source:
        if self.replace == "id" and not self.id:
            raise ValueError("To replace rows by their id, name the column of the id.")
        return self


class Roster(Model):
    """Who belongs to the team, with attributes to compare by, and optionally start and end dates."""

    location: str
    rep: str
    attributes: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    sheet: str | None = None
    table: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header: int | None = Field(default=None, ge=0)
    date_formats: dict[str, str] = Field(default_factory=dict)


class Absence(Model):
    """A measure that counts the workdays on which a rep was away."""

    absent: str


def locations_of(part: Source | Lookup | Roster) -> tuple[str, ...]:
    """List the files of a part of a data set, in order."""
    return (part.location,) if isinstance(part.location, str) else part.location


class DataSet(Model):
    """The whole data set file.

    ``same_rep`` maps a spelling found in the files to the rep's one name. ``from`` and ``to`` are days in the first and
    the last period used (``2024-03`` is its first day). ``scored`` says which reps are scored, by a formula over the
    roster's attributes or by name; the others stay in the data. Beside names, ``not_scored`` are those who were left
    out: whoever is in neither list joined later, and nobody has decided yet. ``exposure`` names the measure that counts
    each rep's days at work, or (``{"absent": …}``) days away; without it, they are estimated from roster and activity.
    ``only`` limits what is read to some reps.
    """

    name: str = Field(min_length=1)
    grain: Grain = "month"
    timezone: str | None = None
    week_start: Literal["monday", "sunday"] = "monday"
    sources: tuple[Source, ...] = Field(min_length=1)
    roster: Roster | None = None
    same_rep: dict[str, str] = Field(default_factory=dict)
    exposure: str | Absence | None = None
    first: dt.date | None = Field(default=None, alias="from")
    last: dt.date | None = Field(default=None, alias="to")
    scored: str | tuple[str, ...] | None = None
    not_scored: tuple[str, ...] | None = None
    only: RepLimit | None = None
    note: str | None = None

    @field_validator("first", "last", mode="before")
    @classmethod
    def _month_as_day(cls, value: Any) -> Any:
        return f"{value}-01" if isinstance(value, str) and _MONTH.fullmatch(value) else value

    @model_validator(mode="after")
    def _in_order(self) -> DataSet:
        if self.first and self.last and self.last < self.first:
            raise ValueError("“to” must not come before “from”.")
        return self


def parse_dataset(content: dict[str, Any], where: str = "data set file") -> DataSet:
    """Check a decoded data set file.

    Raises
    ------
    InputError
        With one issue per problem: unknown or missing fields, wrong types, unreadable formulas.
    """
    try:
        return DataSet.model_validate(content)
    except ValidationError as error:
        raise InputError(issues_from_validation(error, where)) from None


def load_dataset(path: Path) -> DataSet:
    """Read and check a ``*.dataset.json``. Raises InputError naming every problem."""
    return parse_dataset(read_json(path), where=path.name)


def dataset_json(dataset: DataSet) -> dict[str, Any]:
    """Return the data set as JSON-ready content without empty fields; ``parse_dataset`` is the inverse."""
    return _without_empty(dataset.model_dump(mode="json", by_alias=True))


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item not in (None, [], {})}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object from a UTF-8 file. Raises InputError when it is missing, not JSON, or not an object."""
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = str(error.strerror)
        raise refused("file_missing", Where(file=str(path)), problem="unreadable", reason=reason) from None
    return parse_json(content, str(path))


_HALF_A_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")
"""Escapes that stand for half a character each: one alone cannot be written anywhere, and becomes ``?``."""


def parse_json(content: bytes, file: str) -> dict[str, Any]:
    """Read a JSON object from UTF-8 text. Raises InputError when it is not JSON, or not an object."""
    try:
        text = content.decode("utf-8-sig")
        found = json.loads(text)
        if _HALF_A_CHARACTER.search(text):
            found = json.loads(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))
    except ValueError as error:
        raise refused("not_json", Where(file=file), reason=str(error)) from None
    except RecursionError:
        raise refused("not_json", Where(file=file), reason=None) from None
    if not isinstance(found, dict):
        raise refused("not_json", Where(file=file), reason=None)
    return found
