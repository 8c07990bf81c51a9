"""An export as JSON: the keys of the ``backtest`` command, with the design and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.data.model.panel import PERIOD, REP
from workbench.design.model import design_json
from workbench.export.content import ExportContent
from workbench.words import export as words


def export_json(content: ExportContent, day: str) -> dict[str, Any]:
    """Return JSON-ready content; missing numbers are NaN or None. Reps are called as the content says.

    For reps: the scorecard alone.
    """
    found, panel, names, design = content.backtest, content.panel, content.names, content.design
    periods = panel.frame[PERIOD]
    page = {
        "scorecard_page": words.scorecard_rows(design, panel).to_dict("records"),
        "not_counted": words.not_counted(design),
        "exported": day,
    }
    if content.audience == "reps":
        return {"name": design.name, "goal": words.goal_line(design, panel.grain), "note": design.note,
                "method": words.scoring_method(design), **page}  # fmt: skip
    return _with_names(found.as_json(), names) | page | {
        "design": design_json(design),
        "said": words.leadership_sentences(found, content.seen, panel.grain),
        "against_current": words.against_current(content.outcome, content.current, design.name),
        "figures": words.figure_rows(content.outcome, content.current).to_dict("records"),
        "data": {"name": panel.name, "grain": panel.grain, "key": panel.key,
                 "first_period": f"{periods.min():%Y-%m-%d}", "last_period": f"{periods.max():%Y-%m-%d}"},
    }  # fmt: skip


def _with_names(backtest: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    awards, misjudged = backtest["awards"], backtest["misjudged"]
    return backtest | {
        "reps": [row | {REP: names[row[REP]]} for row in backtest["reps"]],
        "awards": awards | {who: [names[rep] for rep in awards[who]] for who in ("winners", "best_sellers")},
        "misjudged": misjudged | {"rep_periods": [_row(row, names) for row in misjudged["rep_periods"]]},
    }


def _row(row: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return row | {REP: names[row[REP]]}
