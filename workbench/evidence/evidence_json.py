"""Convert the evidence to JSON-ready content, with the keys promised for the ``evidence`` command."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from workbench.evidence.evidence_scale import ExposureEffect
from workbench.evidence.report import Evidence, KpiEvidence


def evidence_json(found: Evidence) -> dict[str, Any]:
    """Return ``kpis`` with verdict, reasons and every finding; missing numbers stay NaN or infinite."""
    return {
        "n_reps": found.n_reps,
        "n_periods": found.n_periods,
        "grain": found.grain,
        "days_at_work": _days_at_work(found.exposed),
        "options": to_jsonable(found.options),
        "goal_level_shift": to_jsonable(found.goal_shift),
        "kpis": [kpi_evidence_json(one) for one in found.kpis],
    }


def _days_at_work(found: ExposureEffect | None) -> dict[str, Any] | None:
    if found is None:
        return None
    parts = to_jsonable(found)
    return parts | parts.pop("known")


def kpi_evidence_json(one: KpiEvidence) -> dict[str, Any]:
    """Return the content of one KPI. ``reasons`` are facts with their reading; their numbers are in the findings."""
    parts = {field.name: to_jsonable(getattr(one.findings, field.name)) for field in fields(one.findings)}
    measured, overlap = parts["measurement"], parts["necessity"].pop("overlap")
    return {
        "name": one.kpi,
        "verdict": one.verdict.name,
        "reasons": [{"fact": reason.fact, "reading": reason.reading} for reason in one.verdict.reasons],
        "facts": dict(one.verdict.facts),
        "would_change": one.verdict.change,
        "enough": to_jsonable(one.verdict.enough),
        **parts,
        "discrimination": measured["discrimination"],
        "stability": measured["stability"],
        "independence": overlap,
        "returns": to_jsonable(one.returns),
        "step": to_jsonable(one.step),
        "working": to_jsonable(one.working),
        "level_shift": to_jsonable(one.shift),
    }


def to_jsonable(value: Any) -> Any:
    """Convert findings to dicts, tuples to lists, dates to ISO text, numpy numbers to Python's."""
    if hasattr(value, "as_json"):
        return value.as_json()
    if is_dataclass(value):
        return {field.name: to_jsonable(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {key: to_jsonable(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_jsonable(item) for item in value]
    if isinstance(value, np.datetime64):
        return str(value.astype("datetime64[D]"))
    return value.tolist() if isinstance(value, (np.generic, np.ndarray)) else value
