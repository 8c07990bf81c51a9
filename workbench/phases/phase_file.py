"""The phase file: which outcome of a call proves which phase of the conversation (see README, "Phase file")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from workbench.data.model.dataset import DataSet, Model, Source, read_json
from workbench.data.model.event_codes import normalise_code
from workbench.errors import Examples, InputError, Issue, Where
from workbench.problems import issues_from_validation, nearest

IN_ORDER = ("refused", "conversation", "meeting_set", "held")
"""Codes of ours in the order in which a call, and what comes of it, gets there."""

JOIN = " + "
"""Between the names of phases that are read together."""


class PhaseFile(Model):
    """Phases of a conversation in their order, and the furthest phase that each outcome proves.

    ``dispositions`` maps an outcome, as the file writes it, to a phase, or to None where it proves none. ``strata`` are
    columns of the source, attributes of the roster, or ``hour``, within which rates are compared. ``value`` is the
    measure to which the last phase leads.
    """

    name: str = Field(min_length=1)
    source: str
    phases: tuple[str, ...]
    dispositions: dict[str, str | None]
    strata: tuple[str, ...] = ()
    value: str | None = None


def phase_numbers(file: PhaseFile) -> dict[str, int]:
    """Return the place of the furthest phase, from 1, by outcome written as codes are; 0: proves none."""
    places = {name: place for place, name in enumerate(file.phases, start=1)}
    return {
        normalise_code(written): places[phase] if phase is not None else 0
        for written, phase in file.dispositions.items()
    }


def parse_phases(content: dict[str, Any], where: str = "phase file") -> PhaseFile:
    """Check the form of a decoded phase file. Raises InputError with one issue per problem."""
    try:
        return PhaseFile.model_validate(content)
    except ValidationError as error:
        raise InputError(issues_from_validation(error, where)) from None


def load_phases(path: Path) -> PhaseFile:
    """Read a ``*.phases.json``. Raises InputError naming every problem of its form."""
    return parse_phases(read_json(path), where=path.name)


def phases_json(file: PhaseFile) -> dict[str, Any]:
    """Return the phase file as JSON-ready content; ``parse_phases`` is the inverse."""
    content = file.model_dump(mode="json")
    return {key: value for key, value in content.items() if value not in (None, [], "")}


def check_phases(file: PhaseFile, dataset: DataSet, name: str = "phase file") -> tuple[Issue, ...]:
    """Return the problems of a phase file that can be seen without opening the data set's files.

    A phase that no outcome proves is a warning: nothing separates it from the phase after it.
    """
    return (
        *_check_names(file, name),
        *_check_dispositions(file, name),
        *_check_order(file, name),
        *_check_against(file, dataset, name),
    )


def has_outcomes(source: Source) -> bool:
    """Whether a source says which of its columns holds the outcome."""
    return bool(source.events and source.events.disposition)


def _check_names(file: PhaseFile, name: str) -> Iterator[Issue]:
    place = Where(file=name, path=("phases",))
    if not file.phases:
        yield Issue.of("error", "no_phases", place)
    for phase, times in Counter(file.phases).items():
        first = file.phases.index(phase)
        if times > 1 and file.phases[first : first + times] == (phase,) * times:
            yield Issue.of("error", "repeated_phase", place, name=phase)
        elif times > 1:
            yield Issue.of("error", "circular_phases", place, name=phase)


def _check_dispositions(file: PhaseFile, name: str) -> Iterator[Issue]:
    written: dict[str, str] = {}
    for disposition, phase in file.dispositions.items():
        place = Where(file=name, path=("dispositions", disposition))
        if phase is not None and phase not in file.phases:
            near, known = nearest(phase, file.phases), Examples.of(file.phases)
            yield Issue.of("error", "unknown_phase", place, name=phase, near=near, known=known)
        first = written.setdefault(normalise_code(disposition), disposition)
        if file.dispositions[first] != phase:
            yield Issue.of("error", "disposition_twice", place, other=first)
    for phase in file.phases:
        if file.phases.count(phase) == 1 and phase not in file.dispositions.values():
            place = Where(file=name, path=("phases", phase))
            yield Issue.of("warning", "phase_unproved", place, name=phase)


def _check_order(file: PhaseFile, name: str) -> Iterator[Issue]:
    """Outcomes whose meaning is known, mapped against their order in a call."""
    places = {phase: place for place, phase in enumerate(file.phases)}
    known = {normalise_code(written): written for written in file.dispositions}
    there = [(known[code], places.get(file.dispositions[known[code]] or "", -1)) for code in IN_ORDER if code in known]
    for (early, here), (late, there_) in pairwise(there):
        if here > there_ >= 0:
            place = Where(file=name, path=("dispositions", late))
            yield Issue.of("warning", "phases_out_of_order", place, early=early, late=late)


def _check_against(file: PhaseFile, dataset: DataSet, name: str) -> Iterator[Issue]:
    sources = {source.name: source for source in dataset.sources}
    if file.source not in sources:
        near, known = nearest(file.source, sources), Examples.of(sources)
        yield Issue.of("error", "unknown_source", Where(file=name, path=("source",)), name=file.source, near=near,
                       known=known)  # fmt: skip
    elif not has_outcomes(sources[file.source]):
        yield Issue.of("error", "no_disposition_column", Where(file=name, path=("source",)), name=file.source)
    measures = [measure.name for source in dataset.sources for measure in source.measures]
    if file.value is not None and file.value not in measures:
        near, known = nearest(file.value, measures), Examples.of(measures)
        yield Issue.of("error", "unknown_measure", Where(file=name, path=("value",)), name=file.value, near=near,
                       known=known)  # fmt: skip
