"""Words of the exports: the scorecard in a table, what the leadership reads first, and the tables behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from workbench.data.model.dataset import Grain
from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.design.model import Design, Kpi, Within
from workbench.formula.completion import labels_for_names
from workbench.scoring.backtest import Backtest, counts_goal
from workbench.scoring.compare import OptionOutcome
from workbench.scoring.oriented_links import orient_kpi_agreements
from workbench.scoring.points import hit_line
from workbench.scoring.preview import Preview
from workbench.scoring.values import goal_as_kpi
from workbench.words import preview
from workbench.words.kpis import goal_name, is_proposed, names_by_title, target_words, title_with_unit, value_words
from workbench.words.links import link_figures, link_in_words
from workbench.words.lists import MOST_NAMES, list_names
from workbench.words.numbers import NONE, pluralize
from workbench.words.options import CURRENT, FIGURES, compared_words, verdict_line
from workbench.words.panels import panel_size, panel_span, period_name

EXPORT = "Export"
EXPORT_HELP = "The scorecard on one page for reps, and its backtest for the leadership. Opens without the workbench."
NOT_YET = "Finish the design first: its problems are listed on KPIs."
NAMES_HIDDEN = "Names are hidden in the file too."
NAMES_SHOWN = "Reps are named in the file. Hide names above to leave them out."
CURRENT_LEFT_OUT = "The current scorecard does not fit this data, so the file does not compare with it."
AUDIENCES = {"leaders": "Page for the leadership", "reps": "Page for reps"}
AUDIENCE = "Who is to read it?"
REPS_ALONE = "The scorecard alone: no rep's rank, score or sales."
FORMATS = {"html": "Page to print", "xlsx": "Excel", "json": "JSON"}
FOR_REPS, FOR_LEADERSHIP = "Scorecard", "Backtest"
HOW_SCORED = "How the score is computed"
FIGURES_HEADING, LINKS_HEADING = "Figures", "Each KPI alone"
KINDS_HEADING, REPS_HEADING = "Score against goal", "Every rep"
PERIODS_HEADING, WRONG_HEADING = "The team over time", "Where score and goal disagree"
NO_REASON = "No reason recorded yet."
WEIGHT, RANK, SCORE = "Weight", "Rank", "Score"
SHARES = (WEIGHT, "Share")
"""Columns of tables that hold shares from 0 to 1."""
YES_NO = {True: "yes", False: "no", None: NONE}
_NOT_CAUSE = "A link does not show that moving a KPI moves the goal. Only a trial shows that."


def goal_line(design: Design, grain: Grain) -> str:
    """``Goal: Sales, target $20k per rep and month``."""
    goal = design.required_goal
    if goal.target is None and isinstance(goal.direction, str):
        return f"Goal: {goal_name(goal)}"
    told = target_words(
        goal_as_kpi(goal).model_copy(update={"unit": None if goal.unit == f"per {grain}" else goal.unit})
    )
    whose = "" if isinstance(goal.target, str) and isinstance(goal.direction, str) else f" per rep and {grain}"
    return f"Goal: {goal_name(goal)}, {'proposed ' if is_proposed(goal) else ''}{told}{whose}"


def scorecard_rows(design: Design, panel: Panel) -> pd.DataFrame:
    """One row per KPI and part that counts; while no KPI has a weight, all of them.

    ``KPI``, ``Weight`` (0 to 1), ``Target``, ``Why it is necessary``, … as text.
    """
    shares = design.shares()
    rows = [row for kpi in _counting(design.kpis) for row in _kpi_rows(kpi, shares[kpi.name], panel, "")]
    return pd.DataFrame(rows)


def not_counted(design: Design) -> list[str]:
    """The top KPIs without a weight beside others that have one."""
    return [kpi.name for kpi in design.kpis if kpi not in _counting(design.kpis)]


def not_counted_line(design: Design) -> str:
    """``Not counted: Dials, Communications.``; empty where every KPI counts."""
    names = not_counted(design)
    return f"Not counted: {', '.join(names)}." if names else ""


def missing_reasons_line(design: Design) -> str:
    """``No reason is recorded for Dials. The file will say so.``; empty where every KPI that counts has a reason."""
    names = [kpi.name for kpi in _counting(design.kpis) if not kpi.necessary]
    return f"No reason is recorded for {list_names(names, MOST_NAMES)}. The file will say so." if names else ""


def reprimand_line(design: Design, grain: Grain) -> str:
    """What the figures call a reprimand."""
    return f"A reprimand is one rep in one {grain} with a score below {hit_line(design.scoring):g} points."


def _counting(kpis: Sequence[Kpi]) -> Sequence[Kpi]:
    return [kpi for kpi in kpis if kpi.weight > 0] or kpis


def _kpi_rows(kpi: Kpi, share: float, panel: Panel, above: str) -> list[dict[str, object]]:
    name = f"{above} → {kpi.name}" if above else kpi.name
    total = sum(part.weight for part in kpi.kpis)
    row = {"KPI": name, WEIGHT: share, "Target": dated_target_words(kpi), "Why it is necessary": kpi.necessary or
           (NONE if above else NO_REASON), "How it is computed": _formula_words(kpi, panel),
           "Owner": kpi.owner or NONE}  # fmt: skip
    parts = [
        _kpi_rows(part, share * part.weight / total if total else 0.0, panel, name) for part in _counting(kpi.kpis)
    ]
    return [row, *(line for part in parts for line in part)]


def _formula_words(kpi: Kpi, panel: Panel) -> str:
    if kpi.kpis:
        return "Weighted mean of the points of its parts"
    told = labels_for_names(kpi.formula or "", names_by_title(panel.measures)) or "Not measured yet"
    unit = f" ({kpi.unit})" if kpi.unit else ""
    return f"{told}{unit}" + ("; lower is better" if kpi.direction == "lower" else "")


def dated_target_words(kpi: Kpi) -> str:
    """A target with its dates or its formula: ``50 per workday``, ``20 from 2024-01, 26 from 2024-07``."""
    if isinstance(kpi.direction, Within) or isinstance(kpi.target, int | float):
        told = target_words(kpi).removeprefix("target ")
        return told[0].upper() + told[1:]
    if isinstance(kpi.target, tuple):
        return ", ".join(f"{value_words(step.value, kpi)} from {step.start}" for step in kpi.target)
    return f"Per rep: {kpi.target}" if kpi.target else ("See parts" if kpi.kpis else "No target yet")


def leadership_sentences(found: Backtest, seen: Preview, grain: Grain) -> list[str]:
    """What the page Preview says first, the warning on a scorecard that holds the goal included."""
    design, goal = found.design, found.design.required_goal
    said = preview.leading_sentences(
        seen.awards, seen.n_ranked, seen.agreement, goal, grain, counts_goal(found.kpis, design)
    )
    if seen.n_ranked > 1:
        harmed, made = seen.harmed()
        said.append(preview.harmed_sentence(len(harmed), made))
    inside = [one.name for one, kpi in zip(found.kpis, design.kpis, strict=True) if one.by_construction and kpi.weight]
    said.append(preview.goal_inside_sentence(inside, goal, grain, seen.agreement.next_period.n > 0))
    return [sentence for sentence in said if sentence]


def against_current(outcome: OptionOutcome, current: OptionOutcome | None, name: str) -> list[str]:
    """What the page Options says of the design beside the current scorecard; nothing without one."""
    if current is None:
        return []
    both = {CURRENT: current, name: outcome}
    return list(filter(None, [verdict_line(both), compared_words(both)]))


def figure_rows(outcome: OptionOutcome, current: OptionOutcome | None) -> pd.DataFrame:
    """The figures of the page Options: ``Figure``, ``This design`` and, beside it, ``Current scorecard``."""
    said = {"Figure": list(FIGURES), "This design": _figures(outcome)}
    return pd.DataFrame(said | ({CURRENT: _figures(current)} if current else {}))


def _figures(outcome: OptionOutcome) -> list[str]:
    return [figure.text(outcome) if outcome.ranks_anybody else NONE for figure in FIGURES.values()]


def link_rows(found: Backtest, grain: Grain) -> pd.DataFrame:
    """Each KPI's link with the goal across reps and with the next period, as text."""
    links = orient_kpi_agreements(found.kpis, found.design)
    return pd.DataFrame([
        {"KPI": one.name, WEIGHT: one.share, "Across reps": link_in_words(one.agreement.across_reps),
         f"With the next {grain}": link_in_words(one.agreement.next_period)} for one in links
    ])  # fmt: skip


def kind_rows(found: Backtest, grain: Grain) -> pd.DataFrame:
    """How many rep-periods are of each of the four kinds."""
    counts = found.counts
    return pd.DataFrame([
        {"Kind": words.name, "What happened": words.meaning, f"Rep-{grain}s": counts[kind],
         "Share": counts[kind] / sum(counts.values()) if sum(counts.values()) else np.nan}
        for kind, words in preview.KINDS.items()
    ])  # fmt: skip


def goal_column(found: Backtest) -> str:
    """What stands above the goal's amounts: ``Goal: Sales (USD)``."""
    goal = found.design.required_goal
    return title_with_unit(f"Goal: {goal_name(goal)}", goal.unit)


def rep_rows(found: Backtest, names: Mapping[str, str]) -> pd.DataFrame:
    """One row per rep, the best score first: ranks, score, and the goal in its unit; NaN where missing."""
    return pd.DataFrame({
        "Rep": found.reps[REP].map(names), f"{RANK} by score": found.reps["score_rank"], SCORE: found.reps["score"],
        f"{RANK} in the goal": found.reps["goal_rank"], goal_column(found): found.reps["goal"],
    })  # fmt: skip


def team_rows(found: Backtest, grain: Grain) -> pd.DataFrame:
    """One row per period of the team: the goal, its target, the score, and what was hit.

    Columns of KPIs begin with ``KPI:``, so that one called "Goal" or "Score" takes no other's place.
    """
    team = found.team
    rows = {
        "Period": [period_name(start, grain) for start in team[PERIOD]],
        "Reps": team["n_reps"],
        goal_column(found): team["goal"],
        "Target": team["goal_target"],
        "Goal hit": _hits(team["goal_hit"]),
        SCORE: team["score"],
        "Score hit": _hits(team["scorecard_hit"]),
    }
    return pd.DataFrame(rows | {f"KPI: {kpi.name} hit": _hits(team[f"hit·{kpi.name}"]) for kpi in found.design.kpis})


def _hits(values: pd.Series) -> list[str]:
    return [YES_NO[None if np.isnan(value) else bool(value)] for value in values]


def disagreement_rows(found: Backtest, names: Mapping[str, str], grain: Grain) -> pd.DataFrame:
    """One row per rep-period in which scorecard and goal disagree."""
    wrong = found.rep_periods[found.rep_periods["kind"].isin(["box_ticker", "unsung_seller"])]
    return pd.DataFrame({
        "Rep": wrong[REP].map(names), "Period": [period_name(start, grain) for start in wrong[PERIOD]],
        "Kind": [preview.KINDS[kind].name for kind in wrong["kind"]], SCORE: wrong["score"],
        goal_column(found): wrong["goal"], "Target": wrong["goal_target"],
    })  # fmt: skip


def source_line(panel: Panel, day: str) -> str:
    """``The dials floor: 24 reps × 18 months, July 2024 to December 2025. Exported 30 November 2026. Data 1f3a…``"""
    return f"{panel.name}: {panel_size(panel)}, {panel_span(panel)}. Exported {day}. Data fingerprint {panel.key[:12]}."


def scoring_method(design: Design) -> str:
    """How points and score are computed, as our own markdown."""
    return preview.points_method(design.scoring)


def counted_line(found: Backtest, grain: Grain) -> str:
    """How many rep-periods are of a kind, and how many are left out."""
    return preview.kinds_caption(None, len(found.rep_periods), sum(found.counts.values()), grain)


def leadership_small_print(seen: Preview) -> list[str]:
    """The figures of the headline, and what a link does not show."""
    return [*([link_figures(preview.headline_link(seen.agreement))] if seen.n_ranked > 1 else []), _NOT_CAUSE]


def exported_line(path: str, n_bytes: int, hidden: bool, for_reps: bool) -> str:
    """What the command wrote: ``Wrote card.html, 84 kilobytes, with names hidden.``"""
    said = "with names hidden" if hidden else "with names"
    said = "the scorecard alone" if for_reps else said
    return f"Wrote {path}, {pluralize(max(round(n_bytes / 1000), 1), 'kilobyte')}, {said}."
