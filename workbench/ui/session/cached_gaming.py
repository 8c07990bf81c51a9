"""Cache how easily KPIs could be gamed and what happened since they became targets, by content."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.integrity.bunching import Bunching, find_bunching
from workbench.integrity.counter_metric import CounterMetric, suggest_counter_metric
from workbench.integrity.decoupling import Decoupling, find_decoupling
from workbench.integrity.gameability import Gameability, rate_gameability

KEPT = 64


def cached_gameability(entry: DataSetEntry, panel: Panel, design: Design) -> tuple[Gameability, ...]:
    """How easily each KPI could be gamed, in the design's order."""
    return _gameability(entry, panel, panel.key, design)


@st.cache_resource(max_entries=KEPT, show_spinner="Trying empty activity on every rep")
def _gameability(_entry: DataSetEntry, _panel: Panel, panel_key: str, design: Design) -> tuple[Gameability, ...]:
    return rate_gameability(_panel, design, _entry.load())


def cached_pair(panel: Panel, design: Design, k: int) -> CounterMetric:
    """The counter-metric of the k-th KPI."""
    return _pair(panel, panel.key, design, k)


@st.cache_resource(max_entries=KEPT, show_spinner="Looking for a counter-metric")
def _pair(_panel: Panel, panel_key: str, design: Design, k: int) -> CounterMetric:
    return suggest_counter_metric(_panel, design, k)


def cached_decoupling(
    panel: Panel, design: Design, k: int, since: pd.Timestamp | None, until: pd.Timestamp | None,
    chosen_on: tuple[pd.Timestamp, ...] = (),
) -> Decoupling:  # fmt: skip
    """Whether the k-th KPI stopped going with the goal, on months by which it was not chosen."""
    return _decoupling(panel, panel.key, design, k, since, until, chosen_on)


@st.cache_resource(max_entries=4 * KEPT, show_spinner=False)
def _decoupling(
    _panel: Panel, panel_key: str, design: Design, k: int, since: pd.Timestamp | None, until: pd.Timestamp | None,
    chosen_on: tuple[pd.Timestamp, ...],
) -> Decoupling:  # fmt: skip
    return find_decoupling(_panel, design, k, since, until=until, chosen_on=chosen_on)


def cached_bunching(panel: Panel, design: Design, k: int, since: pd.Timestamp | None) -> Bunching:
    """Whether values crowd at the k-th KPI's target."""
    return _bunching(panel, panel.key, design, k, since)


@st.cache_resource(max_entries=4 * KEPT, show_spinner=False)
def _bunching(_panel: Panel, panel_key: str, design: Design, k: int, since: pd.Timestamp | None) -> Bunching:
    return find_bunching(_panel, design, k, since)
