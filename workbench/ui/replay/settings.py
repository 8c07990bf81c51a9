"""What a replay asks first: who gets a prize, and up to when the past is known."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.scoring.replay.prizes import Every, PrizeRule, usual_prizes
from workbench.words import replay as words
from workbench.words.panels import period_name

WINNERS = {"top": "the highest scores", "over": "everybody on target"}
EVERY: dict[Every, str] = {"period": "every {grain}", "quarter": "every quarter", "all": "once, at the end"}


def as_of_slider(panel: Panel) -> pd.Timestamp:
    """The slider that rewinds to what was known at the end of a period."""
    periods = sorted(panel.frame[PERIOD].unique())
    if len(periods) < 2:
        return periods[-1]
    return st.select_slider(
        "As of the end of", periods, periods[-1], key=f"replay.as_of.{panel.key}", persist_state="session",
        format_func=lambda start: period_name(start, panel.grain),
        help="Show only what was known at that time.")  # fmt: skip


def prize_rule_form(panel: Panel) -> PrizeRule:
    """Who gets a prize, and how often; the button says the rule."""
    with st.popover(words.rule_words(chosen_rule(panel), panel.grain), icon=":material/trophy:", key="replay.rule"):
        kind = st.segmented_control("The prize goes to", ["top", "over"], default="top", required=True,
                                    key="replay.kind", persist_state="session",
                                    format_func=WINNERS.__getitem__)  # fmt: skip
        n_reps = panel.frame[REP].nunique()
        top = st.number_input("How many", 1, n_reps, usual_prizes(n_reps), key=_how_many_key(panel),
                              persist_state="session", width=120, disabled=kind == "over")  # fmt: skip
        every = st.segmented_control("How often", list(EVERY), default="period", required=True, key="replay.every",
                                     persist_state="session",
                                     format_func=lambda name: EVERY[name].format(grain=panel.grain))  # fmt: skip
    return PrizeRule(int(top), kind == "over", every)


def _how_many_key(panel: Panel) -> str:
    return f"replay.top.{panel.key}"


def chosen_rule(panel: Panel) -> PrizeRule:
    """The rule as it stands before its own widgets are drawn."""
    seen = st.session_state
    top = seen.get(_how_many_key(panel), usual_prizes(panel.frame[REP].nunique()))
    return PrizeRule(int(top), seen.get("replay.kind") == "over", seen.get("replay.every", "period"))


def chosen_until(panel: Panel) -> pd.Timestamp:
    """The end of the replay as it was last set, where the slider is not drawn."""
    return st.session_state.get(f"replay.as_of.{panel.key}", panel.frame[PERIOD].max())
