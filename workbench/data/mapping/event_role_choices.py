"""Choices about the activity in a file: what a row is, which column says what about it, what its codes mean."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from workbench.data.mapping.edit import with_source
from workbench.data.mapping.event_vocabulary import CODES_OF
from workbench.data.mapping.guess_event_roles import guess_code_meanings
from workbench.data.mapping.guess_length import says_minutes
from workbench.data.model.dataset import EVENT_ROLES, DataSet, EventRoles, LengthUnit
from workbench.data.model.event_codes import EVENT_CODES, EventKind, canonical_code, normalise_code

_ROLES_OF: dict[EventKind, tuple[str, ...]] = {
    "calls": ("disposition", "seconds", "contact", "list", "lead_source", "timestamp", "logged", "channel"),
    "messages": ("channel", "contact", "list", "lead_source", "timestamp", "logged"),
    "meetings": ("disposition", "contact", "list", "lead_source", "timestamp", "logged", "first_rep"),
    "quotes": ("disposition", "contact", "amount", "logged", "first_rep"),
    "orders": ("disposition", "contact", "amount", "discount", "logged", "first_rep"),
}


def askable_roles(events: EventRoles) -> tuple[str, ...]:
    """List the roles that rows of this kind can have, then any other that has a column."""
    usual = _ROLES_OF[events.kind] if events.kind else EVENT_ROLES
    return tuple(dict.fromkeys((*usual, *events.columns)))


def possible_codes(role: str, events: EventRoles) -> tuple[str, ...]:
    """List the codes of ours that a code of this role can mean, by the kind of activity."""
    if role == "disposition" and events.kind:
        used = events.values.get(role, {}).values()
        return tuple(code for code in EVENT_CODES[role] if code in CODES_OF[events.kind] or code in used)
    return EVENT_CODES[role]


def shown_meaning(role: str, events: EventRoles, written: str) -> str | None:
    """Return the code of ours that a code of the file means."""
    return canonical_code(written, EVENT_CODES[role], events.values.get(role, {}))


def with_event_kind(dataset: DataSet, number: int, kind: EventKind | None, outcomes: Collection[str]) -> DataSet:
    """Say what a row is; of the ``outcomes`` found, those that mean nothing for this kind are guessed anew."""
    events = _events(dataset, number)
    possible = CODES_OF[kind] if kind else EVENT_CODES["disposition"]
    kept = {written: code for written, code in events.values.get("disposition", {}).items() if code in possible}
    guessed = guess_code_meanings("disposition", outcomes, kind) if outcomes else {}
    return _with_events(dataset, number, kind=kind, values=_with_values(events, "disposition", guessed | kept))


def with_event_column(dataset: DataSet, number: int, role: str, column: str | None, codes: Collection[str]) -> DataSet:
    """Say which column has a role; what its ``codes`` mean is guessed, and by its name whether lengths are minutes."""
    events = _events(dataset, number)
    changes: dict[str, Any] = {role: column}
    if role in EVENT_CODES:
        guessed = guess_code_meanings(role, codes, events.kind) if codes else {}
        changes["values"] = _with_values(events, role, guessed)
    if role == "seconds":
        changes["length_unit"] = "minutes" if column and says_minutes(column) else "seconds"
    return _with_events(dataset, number, **changes)


def with_length_unit(dataset: DataSet, number: int, unit: LengthUnit) -> DataSet:
    """Say what the lengths of calls are written in."""
    return _with_events(dataset, number, length_unit=unit)


def with_code_meaning(dataset: DataSet, number: int, role: str, written: str, code: str | None) -> DataSet:
    """Say what a code of the file means; None: nothing that we know."""
    events = _events(dataset, number)
    codes = {each: meant for each, meant in events.values.get(role, {}).items() if each != written}
    own = normalise_code(written) if normalise_code(written) in EVENT_CODES[role] else None
    if code != own:
        codes[written] = code or ""
    return _with_events(dataset, number, values=_with_values(events, role, codes))


def _events(dataset: DataSet, number: int) -> EventRoles:
    return dataset.sources[number].events or EventRoles()


def _with_values(events: EventRoles, role: str, codes: dict[str, str]) -> dict[str, dict[str, str]]:
    return {each: meant for each, meant in {**events.values, role: codes}.items() if meant}


def _with_events(dataset: DataSet, number: int, **changes: Any) -> DataSet:
    events = _events(dataset, number).model_copy(update=changes)
    return with_source(dataset, number, events=events if events != EventRoles() else None)
