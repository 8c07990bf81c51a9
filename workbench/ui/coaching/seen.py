"""What the page Coaching shows, for itself and for the wall."""

from __future__ import annotations

from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.dataset import Source
from workbench.data.model.panel import Panel
from workbench.phases.outcome_counts import OutcomeCounts
from workbench.phases.phase_file import PhaseFile
from workbench.ui.coaching.in_question import reps_apart
from workbench.ui.coaching.phase_draft import current_phases
from workbench.ui.session.cached_phases import CoachingFound, cached_coaching, cached_outcomes


def outcomes_of(entry: DataSetEntry, panel: Panel, logs: tuple[Source, ...], file: PhaseFile) -> OutcomeCounts:
    """The outcomes of the log that a phase file names. Raises InputError where it cannot be read."""
    return cached_outcomes(entry, panel, log_of(logs, file), file.strata)


def log_of(logs: tuple[Source, ...], file: PhaseFile) -> Source:
    """The log that a phase file names; the first where it is gone."""
    return next((log for log in logs if log.name == file.source), logs[0])


def coaching_of(entry: DataSetEntry, panel: Panel, logs: tuple[Source, ...], names: dict[str, str]) -> CoachingFound:
    """What can be read of the calls under the phase file at hand, without reps whose calls are in question.

    Raises InputError where files cannot be read or no call proves a phase.
    """
    file = current_phases(entry, panel, logs).file
    apart = reps_apart(entry, panel)
    return cached_coaching(panel, outcomes_of(entry, panel, logs, file), file, names, apart)
