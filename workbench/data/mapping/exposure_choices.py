"""Choices about days at work: estimated from dates and activity, or counted by a measure."""

from __future__ import annotations

import re
from typing import Literal

from workbench.data.model.dataset import ADDITIVE, Absence, DataSet, Measure

ExposureKind = Literal["worked", "away"]
_WORKED = re.compile(
    r"work(ed|ing)?.?(days?|hours?|time)|(days?|hours?).?(worked|present|at.?work)|attendance|arbeits(tage|stunden|zeit)"
    r"|anwesen|heures.?travaill|jours.?travaill|horas.?trabaj|dias.?trabaj",
    re.IGNORECASE,
)
_AWAY = re.compile(r"absen|days?.?(off|away)|sick|vacation|holiday|leave|urlaub|krank|fehltage|cong[ée]", re.IGNORECASE)


def exposure_measures(dataset: DataSet) -> dict[str, Measure]:
    """Return the measures that can count days or hours, by name: those that add up."""
    return {each.name: each for source in dataset.sources for each in source.measures if each.aggregate in ADDITIVE}


def current_exposure(dataset: DataSet) -> tuple[str, ExposureKind] | None:
    """Return the measure that says when people were at work, and what it counts; None if that is estimated."""
    if dataset.exposure is None:
        return None
    if isinstance(dataset.exposure, Absence):
        return dataset.exposure.absent, "away"
    return dataset.exposure, "worked"


def with_exposure(dataset: DataSet, measure: str | None, kind: ExposureKind = "worked") -> DataSet:
    """Let a measure count days at work or away; None: they are estimated."""
    counted = None if measure is None else Absence(absent=measure) if kind == "away" else measure
    return dataset.model_copy(update={"exposure": counted})


def suggest_exposure(dataset: DataSet) -> tuple[str, ExposureKind] | None:
    """Return a measure that by its name counts days or hours at work, or days away; None if none does."""
    kinds: tuple[tuple[re.Pattern[str], ExposureKind], ...] = ((_WORKED, "worked"), (_AWAY, "away"))
    for pattern, kind in kinds:
        for name, measure in exposure_measures(dataset).items():
            if measure.aggregate == "sum" and any(map(pattern.search, filter(None, [measure.label, measure.column]))):
                return name, kind
    return None
