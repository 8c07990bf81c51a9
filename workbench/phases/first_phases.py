"""Phases to begin with for a log: those of a file that fits it, else what its outcomes say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from workbench.data.events.activity_log import event_kind
from workbench.data.mapping.event_vocabulary import outcome_meaning
from workbench.data.model.dataset import DataSet, Source
from workbench.data.model.event_codes import normalise_code
from workbench.phases.phase_file import PhaseFile, has_outcomes, phase_numbers
from workbench.phases.phase_presets import PhasePreset

FITS = 0.95
"""The share of a log's calls whose outcomes a phase file of another log must know to be used again."""


def logs_with_outcomes(dataset: DataSet) -> tuple[Source, ...]:
    """Return the sources that say how each row ended: calls first, then what may be calls, then the rest."""
    there = [source for source in dataset.sources if has_outcomes(source)]
    return tuple(sorted(there, key=lambda source: (not may_be_calls(source), event_kind(source) is None)))


def may_be_calls(source: Source) -> bool:
    """Whether the rows of a source are calls, or nobody says what they are."""
    return event_kind(source) in (None, "calls")


def usual_strata(source: Source) -> tuple[str, ...]:
    """Return the column of lists, where the log has one."""
    return (source.events.list,) if source.events and source.events.list else ()


def guess_phase_file(outcomes: pd.DataFrame, source: Source, preset: PhasePreset, unproved: bool = False) -> PhaseFile:
    """Guess which phase each outcome proves.

    Parameters
    ----------
    outcomes : one row per outcome: ``code``, ``written`` and ``n``. preset : the phases. unproved :
        whether to keep those that no outcome proves.

    Returns
    -------
    A phase file without the outcomes that are ambiguous or unknown: somebody must say.
    """
    said = source.events.values.get("disposition", {}) if source.events else {}
    mapped = {normalise_code(written): code for written, code in said.items()}
    guessed: dict[str, str | None] = {}
    for code, written in zip(outcomes["code"], outcomes["written"], strict=True):
        if code and (phase := _guess(code, written, preset, mapped)) is not _UNKNOWN:
            guessed[written] = phase
    proved = {*guessed.values()}
    phases = tuple(phase for phase in preset.phases if unproved or phase in proved)
    return PhaseFile(name=preset.name, source=source.name, phases=phases, dispositions=guessed,
                     strata=usual_strata(source))  # fmt: skip


_UNKNOWN = ""


def _guess(code: str, written: str, preset: PhasePreset, mapped: Mapping[str, str]) -> str | None:
    """Return the phase, None for an outcome that proves none, and ``_UNKNOWN`` where that is not clear."""
    for ending, phase in preset.endings.items():
        if code == ending or (code.endswith(f"_{ending}") and not code.endswith((f"not_{ending}", f"un{ending}"))):
            return phase
    ours = mapped.get(code) or outcome_meaning(written, "calls")
    return preset.proves.get(ours, _UNKNOWN) if ours else _UNKNOWN


def fitting_file(files: Iterable[PhaseFile], outcomes: pd.DataFrame, source: Source) -> PhaseFile | None:
    """Return the first of other logs' phase files that knows nearly all outcomes of this log, made for this log."""
    total = max(int(outcomes["n"].sum()), 1)
    for file in files:
        known = outcomes["code"].isin(list(phase_numbers(file)))
        if int(outcomes.loc[known, "n"].sum()) >= FITS * total:
            return file.model_copy(update={"source": source.name, "strata": usual_strata(source), "value": None})
    return None
