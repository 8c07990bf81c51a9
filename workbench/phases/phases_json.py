"""The findings on phases as JSON-ready content, under the promised keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np

from workbench.phases.coaching_gain import CoachingGain
from workbench.phases.coaching_plan import Coaching, PlanStep, rep_to_learn_from
from workbench.phases.month_cover import months_in_part
from workbench.phases.phase_counts import UNMAPPED, PhaseCounts
from workbench.phases.phase_findings import PhaseFinding, PhaseFindings
from workbench.phases.ramp import reps_on_ramp
from workbench.phases.span_rates import MonthlyRates, rates_by_month
from workbench.phases.true_rates import HIGH, LOW


def coaching_json(counts: PhaseCounts, found: PhaseFindings, coaching: Coaching) -> dict[str, Any]:
    """Return ``phases``, ``reps``, ``plan``, ``outcomes``; rates are shares, gains extra last phases a month."""
    return {
        "n_rows": counts.n_rows,
        "n_unmapped": counts.n_unmapped,
        "n_reps": len(found.cube.reps),
        "strata": list(counts.strata),
        "outcomes": [
            {"code": row.code, "n": int(row.n), "mapped": row.phase != UNMAPPED,
             "phase": counts.phases[row.phase - 1] if row.phase > 0 else None}
            for row in counts.outcomes.itertuples()
        ],
        "phases": [
            _phase_json(found, phase, gain) | {"months": _months_json(rates_by_month(found, k))}
            for k, (phase, gain) in enumerate(zip(found.phases, coaching.gains, strict=True))
        ],
        "reps": [
            {"rep": rep, "phases": [_rep_json(phase, gain, i)
                                    for phase, gain in zip(found.phases, coaching.gains, strict=True)]}
            for i, rep in enumerate(found.cube.reps)
        ],
        "plan": list(_plan_json(coaching.plan)),
        "ramp": [
            asdict(each) | {"since": each.since.isoformat(), "until": each.until.isoformat()}
            for each in reps_on_ramp(counts.frame, counts.phases, counts.spans)
        ],
        "months_in_part": [
            asdict(each) for each in (months_in_part(counts.spans, found.cube.months) if counts.spans else ())
        ],
    }  # fmt: skip


def _phase_json(found: PhaseFindings, phase: PhaseFinding, gain: CoachingGain | None) -> dict[str, Any]:
    best, rates, top = rep_to_learn_from(found, phase), phase.rates, phase.achievable
    settled = [each.name for each in found.phases[: found.phases.index(phase)] if each.readable]
    return {
        "name": phase.name,
        "n": int(phase.tries.sum()),
        "reached": int(phase.hits.sum()),
        "conversion": phase.conversion,
        "spread": float(np.median(rates.relative_spread)),
        "p_overdispersion": phase.p,
        "against": phase.test.block,
        "luck": phase.test.luck,
        "readable": phase.readable,
        "merged": phase.merged,
        "why_unreadable": phase.why,
        "n_per_rep": float(np.median(phase.tries)),
        "n_needed": phase.needed if phase.why == "few_attempts" else None,
        "settle_first": settled[0] if settled and phase.why == "few_attempts" else None,
        "best_rep": best,
        "best": float(rates.shrunk[found.cube.reps.index(best)]) if best else None,
        "achievable": float(top.mean()),
        "achievable_low": float(np.quantile(top, LOW)),
        "achievable_high": float(np.quantile(top, HIGH)),
        "like_for_like_change": float(np.nanmax(np.abs(phase.adjusted - phase.raw))),
        "gain": gain.total if gain else None,
        "survival": gain.survival.value if gain else None,
        "survival_low": gain.survival.low if gain else None,
        "survival_high": gain.survival.high if gain else None,
    }


def _months_json(rates: MonthlyRates) -> list[dict[str, Any]]:
    """Return one entry per month with calls that reached the phase before."""
    return [
        {"month": month, "n": int(rates.tries[t]), "reached": int(rates.hits[t]), "rate": float(rates.raw[t]),
         "low": float(rates.low[t]), "high": float(rates.high[t]), "like_for_like": _known(rates.alike[t]),
         "like_for_like_low": _known(rates.alike_low[t]), "like_for_like_high": _known(rates.alike_high[t])}
        for t, month in enumerate(rates.months) if rates.tries[t] > 0
    ]  # fmt: skip


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _rep_json(phase: PhaseFinding, gain: CoachingGain | None, rep: int) -> dict[str, Any]:
    rates = phase.rates
    mine = gain.to_top[:, rep] if gain else None
    return {
        "name": phase.name,
        "n": int(phase.tries[rep]),
        "reached": int(phase.hits[rep]),
        "rate": float(phase.raw[rep]),
        "like_for_like": float(phase.adjusted[rep]),
        "odds_ratio": float(phase.odds_raw[rep]),
        "odds_ratio_like_for_like": float(phase.odds_alike[rep]),
        "shrunk": float(rates.shrunk[rep]),
        "low": float(rates.low[rep]),
        "high": float(rates.high[rep]),
        "gap": max(float(phase.achievable.mean() - rates.shrunk[rep]), 0.0) if gain else None,
        "gain": float(mine.mean()) if mine is not None else None,
        "gain_low": float(np.quantile(mine, LOW)) if mine is not None else None,
        "gain_high": float(np.quantile(mine, HIGH)) if mine is not None else None,
        "gain_to_median": float(gain.to_median[:, rep].mean()) if gain else None,
    }


def _plan_json(plan: tuple[PlanStep, ...]) -> Iterator[dict[str, Any]]:
    """Yield one entry per rep to coach, and one without a rep for a phase to wait for."""
    order = 0
    for step in plan:
        for coached in step.coached or (None,):
            order += 1
            yield {
                "order": order,
                "phase": step.phase,
                "rep": coached.rep if coached else None,
                "why": step.why,
                "learn_from": step.learn_from,
                "gain": coached.gain if coached else None,
                "low": coached.low if coached else None,
                "high": coached.high if coached else None,
                "n_needed": None if coached else step.needed,
            }
