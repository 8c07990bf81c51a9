"""The finding on a trial as JSON-ready content, under the promised keys."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from workbench.trials.trial_file import trial_json
from workbench.trials.trial_finding import SideEffect, TrialCourse, TrialEstimate, TrialFinding


def trial_result_json(found: TrialFinding) -> dict[str, Any]:
    """Return ``estimate low high p method …``; amounts in the measure's unit per rep and month, ratios as they are.

    With reps not drawn at random, ``low``, ``high`` and ``p`` are what all estimates allow (see ``estimates``).
    """
    claim = found.claim
    return {
        "name": found.file.name,
        "estimate": claim.value,
        "low": claim.low,
        "high": claim.high,
        "p": claim.p,
        "method": claim.method,
        "n_treated": found.n_treated,
        "n_comparison": found.n_comparison,
        "n_treated_reps": found.n_treated_reps,
        "n_comparison_reps": found.n_comparison_reps,
        "pre_trend": _estimate_json(found.placebo) if found.placebo else None,
        "naive_before_after": found.naive.change if found.naive else None,
        "naive": asdict(found.naive) if found.naive else None,
        "verdict": found.verdict,
        "reasons": list(found.reasons),
        "kind": found.kind,
        "unit": found.unit,
        "unit_of_measure": found.unit_of_measure,
        "ratio": found.ratio,
        "workdays_in_a_month": found.workdays,
        "grain": found.grain,
        "first": found.first.isoformat() if found.first else None,
        "last": found.last.isoformat() if found.last else None,
        "n_before": found.n_before,
        "n_after": found.n_after,
        "level_before": found.level_before,
        "smallest": found.smallest,
        "running": found.running,
        "estimates": [_estimate_json(each) for each in found.estimates],
        "side_effects": [_side_json(each) for each in found.side_effects],
        "lever": _side_json(found.lever) if found.lever else None,
        "team_total": asdict(found.total) if found.total else None,
        "fade": {part: _estimate_json(getattr(found.fade, part)) for part in ("first", "second", "change")}
        if found.fade
        else None,
        "rank": asdict(found.rank) if found.rank else None,
        "looks": [asdict(each) | {"date": each.date.isoformat()} for each in found.looks],
        "n_looks": found.n_looks,
        "stopped": found.stopped,
        "detectable": [asdict(each) for each in found.detectable],
        "course": _course_json(found.course) if found.course else [],
        "reps": [asdict(each) for each in found.reps],
        "left_out": [asdict(each) for each in found.left_out],
        "warnings": [{"code": each.code, "names": list(each.names), "size": each.size, "at": each.at}
                     for each in found.warnings],
        "trial": trial_json(found.file),
    }  # fmt: skip


def _estimate_json(estimate: TrialEstimate) -> dict[str, Any]:
    return asdict(estimate) | {"n_units": list(estimate.n_units)}


def _side_json(each: SideEffect) -> dict[str, Any]:
    return asdict(each) | {"n_units": list(each.n_units), "moved": each.moved}


def _course_json(course: TrialCourse) -> list[dict[str, Any]]:
    """One entry per period."""
    return [
        {"period": str(course.periods[t]), "after": bool(course.after[t])}
        | {name: float(getattr(course, name)[t]) for name in ("treated", "comparison", "expected", "low", "high")}
        for t in range(len(course.periods))
    ]
