"""The design file: one goal, its KPIs, and the scoring rules (see README, "Design file")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from workbench.data.model.dataset import Model, read_json
from workbench.errors import InputError, Where, refused
from workbench.problems import issues_from_validation


def first_day(text: str) -> dt.date:
    """Return the first day of a year, a month or a day: ``2026``, ``2026-12``, ``2026-12-01``."""
    return dt.date.fromisoformat((text + "-01-01")[:10])


def _a_date(text: str) -> str:
    try:
        first_day(text)
    except ValueError:
        raise PydanticCustomError("not_a_date", "not a date") from None
    return text


Day = Annotated[str, AfterValidator(_a_date), Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class TargetStep(Model):
    """A target in force from a date on; ``from`` is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""

    start: Day = Field(alias="from")
    value: float = Field(allow_inf_nan=False)

    @property
    def date(self) -> dt.date:
        return first_day(self.start)


Finite = Annotated[float, Field(allow_inf_nan=False)]


class Within(Model):
    """A direction: best anywhere between ``low`` and ``high``, worse on either side."""

    within: tuple[Finite, Finite]

    @model_validator(mode="after")
    def _ordered(self) -> Within:
        if not self.within[0] < self.within[1]:
            raise PydanticCustomError("range_order", "the lower end is not below the upper")
        return self


def _form_of_direction(given: object) -> str | None:
    return "word" if isinstance(given, str) else "range" if isinstance(given, dict | Within) else None


def _form_of_target(given: object) -> str | None:
    if given is None:
        return "none"
    if isinstance(given, str) and given.strip():
        return "formula"
    if isinstance(given, list | tuple) and given:
        return "steps"
    return "number" if isinstance(given, int | float) and not isinstance(given, bool) else None


# Told apart by form first, so that a mistake is reported once, for the form that was meant.
Direction = Annotated[
    Annotated[Literal["higher", "lower"], Tag("word")] | Annotated[Within, Tag("range")],
    Discriminator(
        _form_of_direction,
        custom_error_type="direction",
        custom_error_message="not a direction",
    ),
]
# A number, a formula over measures (a per-rep quota or ramp), or dated steps.
Target = Annotated[
    Annotated[None, Tag("none")]
    | Annotated[float, Field(allow_inf_nan=False), Tag("number")]
    | Annotated[str, Tag("formula")]
    | Annotated[tuple[TargetStep, ...], Tag("steps")],
    Discriminator(
        _form_of_target,
        custom_error_type="target",
        custom_error_message="not a target",
    ),
]


class Goal(Model):
    """The one measure the team exists for."""

    measure: str
    label: str | None = None
    unit: str | None = None
    target: Target = None
    percentile: float | None = Field(default=None, ge=0, le=100)
    direction: Direction = "higher"


class Trial(Model):
    """A change of a KPI that is to be tried: what, who, from when, what is expected, and when to look at it again."""

    what: str = Field(min_length=1)
    who: str = ""
    start: Day
    expect: str = ""
    look_again: Day


class Kpi(Model):
    """A formula over measures with its place in the scorecard.

    Exactly one of ``formula`` and ``kpis`` is given; with ``kpis`` this is a composite whose points are the
    weighted mean of its parts' points, the inner weights being ``weight`` of each part. A draft card may have
    neither yet: the design checks say so. ``drives`` is ``"goal"`` or the name of the KPI this one works towards,
    ``edge`` whether it is a part of that ("part_of") or only believed to drive it ("believed"). ``colour`` is the
    number of its colour where that is not its place in the design.
    """

    name: str = Field(min_length=1)
    formula: str | None = None
    kpis: tuple[Kpi, ...] = ()
    target: Target = None
    percentile: float | None = Field(default=None, ge=0, le=100)
    weight: float = Field(default=0, ge=0, allow_inf_nan=False)
    direction: Direction = "higher"
    unit: str | None = None
    role: Literal["lead", "lag", "diagnostic"] | None = None
    owner: str | None = None
    necessary: str | None = None
    minutes_each: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    drives: str | None = None
    edge: Literal["part_of", "believed"] | None = None
    anchors: tuple[Finite, Finite] | None = None
    note: str | None = None
    colour: int | None = Field(default=None, ge=0)
    trial: Trial | None = None

    @model_validator(mode="after")
    def _formula_or_parts(self) -> Kpi:
        if self.formula is not None and self.kpis:
            raise PydanticCustomError("formula_and_parts", "both a formula and parts")
        return self

    def everything(self) -> Iterator[Kpi]:
        """Yield this KPI and all below it, from the top."""
        yield self
        for part in self.kpis:
            yield from part.everything()

    def leaves(self) -> Iterator[Kpi]:
        """Yield the KPIs with formulas below this one; itself if it has no parts."""
        if not self.kpis:
            yield self
        for part in self.kpis:
            yield from part.leaves()


class Scoring(Model):
    """How raw values become points, points a score, and scores a rep's standing."""

    points: Literal["attainment", "percentile", "zscore", "minmax"] = "attainment"
    floor: Finite = 0
    cap: Finite = 120
    combine: Literal["mean", "geometric", "minimum"] = "mean"
    missing: Literal["reweight", "zero", "exclude"] = "reweight"
    basis: Literal["per_period", "totals"] = "per_period"
    window: tuple[Day, Day] | None = None  # reference window that percentile and zscore points are frozen against

    @model_validator(mode="after")
    def _floor_below_cap(self) -> Scoring:
        if not self.floor < self.cap:
            raise PydanticCustomError("floor_and_cap", "the floor is not below the cap")
        return self


Way = Literal["equal", "typed", "swing", "pairwise", "order", "data", "preset"]


class WeightsFrom(Model):
    """The origin of a design's weights: KPI names with their weights when they were accepted."""

    way: Way
    weights: tuple[tuple[str, float], ...]
    note: str | None = None


class Design(Model):
    """Goal, KPIs and scoring rules, immutable; every change is a new design (``model_copy(update=…)``)."""

    name: str = Field(min_length=1)
    goal: Goal | None = None
    kpis: tuple[Kpi, ...] = ()
    scoring: Scoring = Scoring()
    weights_from: WeightsFrom | None = None
    weights_before: tuple[WeightsFrom, ...] = ()  # accepted earlier, the oldest first
    note: str | None = None

    @property
    def required_goal(self) -> Goal:
        """The goal. Raises InputError if none has been chosen."""
        if self.goal is None:
            raise refused("no_goal", Where(design=self.name))
        return self.goal

    @property
    def total_weight(self) -> float:
        return sum(kpi.weight for kpi in self.kpis)

    def shares(self) -> dict[str, float]:
        """Return weight ÷ total by KPI name, 0 to 1; all 0 if the total is 0."""
        total = self.total_weight
        return {kpi.name: kpi.weight / total if total else 0.0 for kpi in self.kpis}


def parse_design(content: dict[str, Any], where: str = "design file") -> Design:
    """Check a decoded design file's form. Raises InputError naming every problem.

    Whether it fits a panel (known measures, a goal, weights) is for ``workbench.design.rules``.
    """
    try:
        return Design.model_validate(content)
    except ValidationError as error:
        raise InputError(issues_from_validation(error, where)) from None


def load_design(path: Path) -> Design:
    """Read and check a ``*.design.json``. Raises InputError naming every problem."""
    return parse_design(read_json(path), where=path.name)


def design_json(design: Design) -> dict[str, Any]:
    """Return the design as JSON-ready content without defaults; ``parse_design`` is the inverse."""
    return design.model_dump(mode="json", by_alias=True, exclude_defaults=True)
