"""The data set file: which files hold which measures of which rep on which date (see README, "Data set file")."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workbench.errors import InputError, Where, refused
from workbench.problems import issues_from_validation

Grain = Literal["day", "week", "month", "quarter"]
Aggregate = Literal["count", "sum", "mean", "min", "max", "distinct"]
ADDITIVE: tuple[Aggregate, ...] = ("count", "sum", "distinct")


class Model(BaseModel):
    """Frozen, and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Measure(Model):
    """A number per rep and period aggregated from one source.

    ``where`` is a formula over the source's columns; ``date`` overrides the source's date column.
    """

    name: str = Field(min_length=1)
    aggregate: Aggregate = "count"
    column: str | None = None
    where: str | None = None
    date: str | None = None
    unit: str | None = None
    label: str | None = None


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


class EventRoles(Model):
    """Roles of event columns for the integrity and phase checks; ``values`` maps the file's codes to ours."""

    channel: str | None = None
    disposition: str | None = None
    seconds: str | None = None
    contact: str | None = None
    list: str | None = None
    timestamp: str | None = None
    values: dict[str, dict[str, str]] = Field(default_factory=dict)


class Source(Model):
    """One table or file: an event log (one row per event) or an already aggregated table.

    What is left ``None`` among encoding, delimiter, decimal and date_format is found out and reported.
    """

    name: str = Field(min_length=1)
    location: str
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
    id: str | None = None
    duplicates: Literal["keep", "drop"] = "keep"
    lookups: tuple[Lookup, ...] = ()
    events: EventRoles | None = None


class Roster(Model):
    """Who belongs to the team, with attributes to compare by, and optionally start and end dates."""

    location: str
    rep: str
    attributes: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    sheet: str | None = None
    table: str | None = None


class Absence(Model):
    """A measure that counts the workdays on which a rep was away."""

    absent: str


class DataSet(Model):
    """The whole data set file.

    ``same_rep`` maps a spelling found in the files to the rep's one name. ``exposure`` names the measure that counts
    each rep's days at work, or (``{"absent": …}``) days away; without it, the roster's dates and activity tell.
    """

    name: str = Field(min_length=1)
    grain: Grain = "month"
    timezone: str | None = None
    week_start: Literal["monday", "sunday"] = "monday"
    sources: tuple[Source, ...] = Field(min_length=1)
    roster: Roster | None = None
    same_rep: dict[str, str] = Field(default_factory=dict)
    exposure: str | Absence | None = None
    note: str | None = None


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
    """The data set as JSON-ready content without empty fields; ``parse_dataset`` gives the same data set back."""
    return _without_empty(dataset.model_dump(mode="json", by_alias=True))


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item not in (None, [], {})}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a UTF-8 file. Raises InputError when it is missing, not JSON, or not an object."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = str(error.strerror)
        raise refused("file_missing", Where(file=str(path)), problem="unreadable", reason=reason) from None
    except ValueError as error:
        raise refused("not_json", Where(file=str(path)), reason=str(error)) from None
    if not isinstance(content, dict):
        raise refused("not_json", Where(file=str(path)), reason=None)
    return content
