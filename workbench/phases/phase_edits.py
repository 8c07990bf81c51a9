"""Changes of a phase file: its phases, and what an outcome proves."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.data.model.event_codes import normalise_code
from workbench.phases.outcome_counts import HOUR
from workbench.phases.phase_file import PhaseFile


def with_phases(file: PhaseFile, written: Sequence[str]) -> PhaseFile:
    """Return the file with these phases in this order.

    A new name in the place of one that is gone renames it; outcomes of a phase that went without another in its place
    have no answer any more. Blank and repeated lines are left out.
    """
    phases = tuple(dict.fromkeys(name for line in written if (name := " ".join(line.split()))))
    gone = [name for name in file.phases if name not in phases]
    new = {name: place for place, name in enumerate(phases) if name not in file.phases}
    renamed = {}
    if len(phases) == len(file.phases):
        renamed = {old: name for name, place in new.items() if (old := file.phases[place]) in gone}
    dispositions = {
        outcome: renamed.get(phase, phase) if phase is not None else None
        for outcome, phase in file.dispositions.items()
        if phase is None or phase in phases or phase in renamed
    }
    return file.model_copy(update={"phases": phases, "dispositions": dispositions})


def with_outcome(file: PhaseFile, code: str, written: str, number: int | None) -> PhaseFile:
    """Return the file in which an outcome proves the phase with this number, from 1; 0: none; None, or a
    number beyond the last: no answer.
    """
    others = {each: phase for each, phase in file.dispositions.items() if normalise_code(each) != code}
    if number is not None and number <= len(file.phases):
        others[written] = file.phases[number - 1] if number else None
    return file.model_copy(update={"dispositions": others})


def with_hour(file: PhaseFile) -> PhaseFile:
    """Return the file that also compares within the hour of day."""
    return file if HOUR in file.strata else file.model_copy(update={"strata": (*file.strata, HOUR)})


def without_hour(file: PhaseFile) -> PhaseFile:
    """Return the file that does not compare within the hour of day."""
    return file.model_copy(update={"strata": tuple(each for each in file.strata if each != HOUR)})
