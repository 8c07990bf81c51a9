"""The trial file: what changes for whom, from when, and against whom it is held (see README, "Trial file")."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError

from workbench.data.model.dataset import Model, read_json
from workbench.errors import InputError
from workbench.problems import issues_from_validation

Assignment = Literal["random", "chosen", "chosen_on"]
TrialKind = Literal["comparison", "staggered", "one_team", "no_comparison"]
"""Comparison units at the same time; units that start one after the other; one unit against a few others; everybody
changes at once."""
BetterWhen = Literal["higher", "lower"]
REP_UNIT = "rep"
EVERYBODY = "everybody"
MOST_LOOKS, MOST_BEFORE, MOST_TRIES = 24, 1_500, 40
_MONTH = re.compile(r"\d{4}-\d{2}")


def _month_as_day(value: Any) -> Any:
    return f"{value}-01" if isinstance(value, str) and _MONTH.fullmatch(value) else value


TrialDay = Annotated[dt.date, BeforeValidator(_month_as_day)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Who = str | tuple[str, ...]


class TrialFile(Model):
    """One trial.

    ``treated`` and ``comparison`` are names, or a formula over roster attributes (``"everybody"`` is all reps); without
    ``comparison`` everybody else, so that there is none where everybody is treated. ``measure``, ``side_effects`` and
    ``lever`` (what the change is to move) are formulas over measures. ``start`` and ``end`` are the first and last day;
    without ``end`` the trial still runs. ``before``: periods of history used. ``unit``: what was assigned, ``rep`` or a
    roster attribute. ``starts`` are the first days of units that start one after the other, by rep or by value of the
    attribute. ``looks``: how often somebody may look while the trial runs. ``planned_end``: the last day as planned
    before somebody changed ``end`` while the trial ran; ``ended_early``: before that plan, or without any. ``tries``:
    the how many-th look at the same data this card is, with another start, measure or history than those before.

    Optional for the card: ``hypothesis``, ``owner``, ``stop_rule``, ``expected`` effect and ``smallest`` effect that
    would matter (unit of the measure, per rep and month), ``cost_hours`` (per rep and month), ``look_again``. ``arm``
    is a roster attribute that only records who takes part, so that it is no group of its own.
    """

    name: str = Field(min_length=1)
    change: str = ""
    measure: str = Field(min_length=1)
    treated: Who
    comparison: Who | None = None
    start: TrialDay
    end: TrialDay | None = None
    planned_end: TrialDay | None = None
    ended_early: bool = False
    tries: int = Field(default=1, ge=1, le=MOST_TRIES)
    before: int = Field(default=6, ge=1, le=MOST_BEFORE)
    assignment: Assignment = "chosen"
    unit: str = REP_UNIT
    looks: int = Field(default=1, ge=1, le=MOST_LOOKS)
    shared_pool: bool = False
    side_effects: tuple[str, ...] = ()
    kind: TrialKind | None = None
    starts: dict[str, TrialDay] = Field(default_factory=dict)
    direction: BetterWhen = "higher"
    lever: str | None = None
    hypothesis: str | None = None
    owner: str | None = None
    stop_rule: str | None = None
    expected: float | None = Field(default=None, allow_inf_nan=False)
    smallest: Positive | None = None
    cost_hours: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    look_again: TrialDay | None = None
    arm: str | None = None
    note: str | None = None

    @property
    def plan(self) -> dt.date | None:
        """The last day that was planned before anybody saw results; None without such a plan."""
        if self.ended_early:
            return self.planned_end
        return None if self.planned_end is not None else self.end

    @property
    def drawn(self) -> bool:
        """Whether the treated were drawn at random."""
        return self.assignment == "random"


def parse_trial(content: dict[str, Any], where: str = "trial file") -> TrialFile:
    """Check the form of a decoded trial file. Raises InputError with one issue per problem."""
    try:
        return TrialFile.model_validate(content)
    except ValidationError as error:
        raise InputError(issues_from_validation(error, where)) from None


def load_trial(path: Path) -> TrialFile:
    """Read a ``*.trial.json``. Raises InputError naming every problem of its form."""
    return parse_trial(read_json(path), where=path.name)


def trial_json(file: TrialFile) -> dict[str, Any]:
    """Return the trial file as JSON-ready content without empty fields; ``parse_trial`` is the inverse."""
    usual = {*(() if file.ended_early else ("ended_early",)), *(() if file.tries > 1 else ("tries",))}
    content = file.model_dump(mode="json", exclude=usual)
    return {key: value for key, value in content.items() if value not in (None, [], "", {})}
