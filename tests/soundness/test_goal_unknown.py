"""A gap in the goal is unknown, not missed: what the pages say of reps whose sales nobody knows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.scoring.panels import CALLS, design_of, panel_of
from workbench.evidence.build_record import build_record
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.report import run_checks
from workbench.scoring.backtest import run_backtest
from workbench.scoring.replay.replay import Replay, replay_design
from workbench.words.evidence import reason_sentences
from workbench.words.evidence_about import About
from workbench.words.preview import awards_sentence
from workbench.words.replay import called_in_sentence, forgotten_sentence, prizes_sentence
from workbench.words.replay_figures import leading_figures


def team(sales: np.ndarray) -> pd.DataFrame:
    """Twelve reps with calls in twelve months; ``sales`` (12, 12), missing where not known."""
    rows = pd.MultiIndex.from_product(
        [[f"r{i:02}" for i in range(len(sales))], pd.date_range("2024-01-01", periods=12, freq="MS")],
        names=["rep", "period"],
    ).to_frame(index=False)
    return rows.assign(calls=np.random.default_rng(3).poisson(200, len(rows)), sales=sales.ravel())


def replayed(sales: np.ndarray) -> Replay:
    return replay_design(panel_of(team(sales)), design_of(CALLS))


UNKNOWN = np.full((12, 12), np.nan)


def figures(found: Replay) -> list[str]:
    return [figure.value for figure in leading_figures(found)][:3]


def test_with_no_sales_known_nothing_is_said_of_who_made_the_goal() -> None:
    found = replayed(UNKNOWN)
    assert figures(found) == ["unknown"] * 3
    assert "not known what the winners did" in prizes_sentence(found.prizes, found.history.design.required_goal)
    assert forgotten_sentence(found.prizes, {}) == ""
    assert "goal" not in called_in_sentence(found.called_in, "month")
    seen = run_backtest(panel_of(team(UNKNOWN)), design_of(CALLS))
    assert awards_sentence(seen.awards, 12).startswith("The goal is not known for any rep")


def test_reprimands_are_counted_among_those_whose_goal_is_known() -> None:
    sales = UNKNOWN.copy()
    sales[:, :3] = 5000.0
    found = replayed(sales)
    called_in = found.called_in[["called_in", "unjust", "judged"]].sum()
    assert 0 < called_in["unjust"] == called_in["judged"] < called_in["called_in"]
    assert figures(found)[2] == f"{called_in['unjust']} of {called_in['judged']}"
    more = called_in["called_in"] - called_in["judged"]
    assert called_in_sentence(found.called_in, "month").endswith(f"; of {more} more it is not known.")


def test_nobody_is_a_best_seller_who_won_where_nobody_sold() -> None:
    assert forgotten_sentence(replayed(np.zeros((12, 12))).prizes, {}) == ""
    alone = np.zeros((12, 12))
    alone[0] = 5000.0
    prizes = replayed(alone).prizes
    wins = prizes.reps.set_index("rep")["wins"]
    assert wins["r00"] > 0
    assert forgotten_sentence(prizes, {"r00": "Ann"}) == "The best seller won at least once."
    without = replace(prizes, reps=prizes.reps.assign(wins=prizes.reps["wins"].where(prizes.reps["rep"] != "r00", 0)))
    assert forgotten_sentence(without, {"r00": "Ann"}) == "The best seller, Ann, never won."


@pytest.mark.parametrize("known", [0.0, 0.1])
def test_the_evidence_speaks_of_too_few_months_not_of_one_month_or_no_changes(known: float) -> None:
    rng = np.random.default_rng(5)
    sales = np.where(rng.random((12, 12)) < known, rng.gamma(2, 500, (12, 12)), np.nan)
    panel, design, options = panel_of(team(sales)), design_of(CALLS), EvidenceOptions.for_grain("month")
    about = About.of("Sales", "month", options, "higher")
    found = run_checks(build_record(panel, design, options.include_partial), options)
    said = " ".join(reason_sentences(found.kpis[0], about))
    assert "too few months" in said or "too little data" in said
    assert "With one month" not in said
    assert "Without changes" not in said
