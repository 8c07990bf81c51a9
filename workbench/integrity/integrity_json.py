"""The findings of integrity as JSON-ready content, under the promised keys."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd

from workbench.data.model.dataset import DataSet
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.integrity.bunching import find_bunching
from workbench.integrity.came_to_nothing import count_came_to_nothing
from workbench.integrity.counter_metric import CounterMetric, suggest_counter_metric
from workbench.integrity.decoupling import Decoupling, TargetDates, find_decoupling
from workbench.integrity.flags import FlagKey, Flags
from workbench.integrity.gameability import rate_gameability
from workbench.integrity.suspect_counts import SuspectCounts
from workbench.integrity.suspect_share import activity_in_question, suspect_shares


def flags_json(counts: SuspectCounts, flags: Flags) -> dict[str, Any]:
    """Return ``reps``, ``cannot_tell``, ``team`` and ``different``; every rep with events is in ``reps``."""
    named = {flag.rep: flag.keys for flag in flags.named}
    shares = suspect_shares(counts)
    return {
        "n_reps": flags.n_reps,
        "n_judged": flags.n_judged,
        "activity_in_question": activity_in_question(counts, flags),
        "n_without_role": flags.n_without_role,
        "n_without_list": flags.n_without_list,
        "reps": [
            {"rep": row.rep, "flags": [_key_json(key) for key in named.get(row.rep, ())], "n": row.n, "suspect": row.k,
             "suspect_share": row.share}
            for row in shares.itertuples()
        ],
        "cannot_tell": [asdict(each) for each in flags.cannot_tell],
        "team": [asdict(figure) for figure in flags.team],
        "different": [asdict(each) for each in flags.different],
    }  # fmt: skip


def _key_json(key: FlagKey) -> dict[str, Any]:
    months = {name: month.strftime("%Y-%m") if month is not None else None
              for name, month in (("since", key.since), ("until", key.until))}  # fmt: skip
    return asdict(key) | months


def gaming_json(
    panel: Panel, design: Design, dataset: DataSet, counts: SuspectCounts, dates: TargetDates
) -> list[dict[str, Any]]:
    """Return one entry per KPI: ``name``, ``gameability`` (places that half as much again of empty activity gains the
    middle rep; None where nothing is to be gained), ``points_per_hour``, ``decoupling``, ``bunching`` at the target and
    the ``counter_metric``."""
    return [
        {
            "name": one.kpi,
            "gameability": None if one.lacking else one.places,
            "points_per_hour": one.points_per_hour,
            "points_per_ten": one.points_per_ten,
            "activities": list(one.activities),
            "must_be_real": list(one.outcomes),
            "lacking": one.lacking,
            "decoupling": _decoupling_json(
                find_decoupling(
                    panel,
                    design,
                    k,
                    dates.since,
                    until=dates.until,
                    chosen_on=dates.chosen_on,
                )
            ),
            "bunching": _bunching_json(panel, design, k, counts, dates.since),
            "counter_metric": _pair_json(suggest_counter_metric(panel, design, k)) if one.lacking is None else None,
        }
        for k, one in enumerate(rate_gameability(panel, design, dataset))
    ]


def _decoupling_json(found: Decoupling) -> dict[str, Any]:
    """``since`` is None where no link ended; ``p`` is that of the clearest change, whichever way."""
    fall, clearest = found.fall, found.clearest
    return {
        "since": found.since.strftime("%Y-%m") if fall and found.since is not None else None,
        "p": clearest.p if clearest else None,
        "before": clearest.before.value if clearest else None,
        "after": clearest.after.value if clearest else None,
        "searched": found.searched,
        "n_reps": found.n_reps,
        "n_before": found.n_before,
        "n_after": found.n_after,
        "lacking": found.lacking,
    }


def _bunching_json(
    panel: Panel, design: Design, k: int, counts: SuspectCounts, since: pd.Timestamp | None
) -> dict[str, Any]:
    """``came_to_nothing`` stands beside values that crowd at the target; None where they do not."""
    crowd = find_bunching(panel, design, k, since)
    beside = count_came_to_nothing(panel, design, k, crowd, counts, since) if crowd.found else None
    seen = crowd.lacking is None
    return {
        "found": crowd.found,
        "share": crowd.share if seen else None,
        "expected": crowd.expected if seen else None,
        "p": crowd.p if seen else None,
        "n": crowd.n,
        "lacking": crowd.lacking,
        "came_to_nothing": asdict(beside) if beside else None,
    }


def _pair_json(found: CounterMetric) -> dict[str, Any] | None:
    if found.kpi is None or found.effect is None:
        return None
    return {"name": found.kpi.name, "formula": found.kpi.formula, "places_gained": found.effect.places_paired}
