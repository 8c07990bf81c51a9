"""Pictures of phases: known to the grammar, in the values of the findings, labels that cover no other."""

from __future__ import annotations

import json
from functools import cache

import altair as alt
import numpy as np
import pandas as pd
import pytest

from tests.phases.planted import NAMES, team
from workbench.charts.phase_funnel import rep_funnel_alt, rep_funnel_chart, rep_funnel_rows
from workbench.charts.phase_months import phase_month_rows, phase_months_alt, phase_months_chart
from workbench.charts.phase_strip import (
    REACH,
    ROW,
    phase_reps_alt,
    phase_reps_chart,
    phase_spread_rows,
    phase_strip_alt,
    phase_strip_chart,
    reachable_rows,
)
from workbench.phases.judge_phases import judge_phases
from workbench.phases.phase_findings import PhaseFindings
from workbench.phases.span_rates import rates_by_month

INK = "#000000"


@cache
def found() -> PhaseFindings:
    planted = team(np.random.default_rng(3), spread=(0.3, 0, 0, 0, 0), lists="shared", months=6)
    return judge_phases(planted.cube, draws=400)


def strip(coached: list[str], named: bool = True) -> dict:
    rows = phase_spread_rows(found(), coached, None, NAMES[0])
    return phase_strip_chart(rows, reachable_rows(found()), INK, named=named).to_dict()


def texts(drawn: dict) -> list[str]:
    data = drawn["datasets"]
    return [data[layer["data"]["name"]][0]["label"] for layer in drawn["layer"] if layer["mark"]["type"] == "text"]


def test_a_dot_is_the_likely_rate_of_a_rep_at_a_phase() -> None:
    rows = phase_spread_rows(found(), [], None)
    reps = found().cube.reps
    assert len(rows) == len(reps) * len(found().phases)
    mine = rows[(rows["phase"] == NAMES[1]) & (rows["name"] == reps[4])].iloc[0]
    assert mine["rate"] == found().phases[1].rates.shrunk[4]
    assert mine["n"] == found().phases[1].tries[4]
    assert (rows["low"] <= rows["rate"]).all()
    assert (rows["rate"] <= rows["high"]).all()


def test_reps_to_coach_are_named_at_their_phase_alone() -> None:
    reps = list(found().cube.reps[:3])
    assert sorted(texts(strip(reps))) == sorted([*reps, REACH])
    assert texts(strip(reps, named=False)) == [REACH]
    rows = phase_spread_rows(found(), reps, reps[0], NAMES[0])
    assert set(rows.loc[rows["phase"] != NAMES[0], "role"]) == {"team"}


def test_of_names_at_one_spot_only_as_many_are_written_as_can_be_read() -> None:
    rows = phase_spread_rows(found(), list(found().cube.reps[:6]), None, NAMES[0])
    rows.loc[rows["phase"] == NAMES[0], ["low", "rate", "high"]] = (0.01, 0.2, 0.3)
    levels = reachable_rows(found()).assign(reachable=float("nan"))
    assert len(texts(phase_strip_chart(rows, levels, INK).to_dict())) == 4  # the lanes: there is no room on the left
    rows.loc[rows["phase"] == NAMES[0], "low"] = 0.19
    drawn = phase_strip_chart(rows, levels, INK).to_dict()
    written = [drawn["datasets"][each["data"]["name"]][0] for each in drawn["layer"] if each["mark"]["type"] == "text"]
    left = sorted(each["place"] * ROW for each in written if each["rate"] < 0.2)
    assert len(left) >= 2
    assert min(np.diff(left)) >= 12


def test_each_dot_has_its_range_on_a_line_of_its_own() -> None:
    drawn = strip([])
    ranges, dots = drawn["layer"][:2]
    assert (ranges["mark"]["type"], dots["mark"]["type"]) == ("rule", "circle")
    assert (ranges["encoding"]["x"]["field"], ranges["encoding"]["x2"]["field"]) == ("low", "high")
    assert ranges["data"] == dots["data"]
    data = pd.DataFrame(drawn["datasets"][dots["data"]["name"]])
    assert data["place"].is_unique
    for place, name in enumerate(NAMES):
        mine = data[data["phase"] == name].sort_values("place")
        assert mine["rate"].is_monotonic_decreasing
        assert mine["place"].between(place - 0.5, place + 0.5).all()


def test_an_unreadable_phase_has_no_level_to_reach() -> None:
    levels = reachable_rows(found()).set_index("phase")["reachable"]
    readable = {phase.name: phase.readable for phase in found().phases}
    assert levels.notna().to_dict() == readable
    assert readable[NAMES[0]]
    assert not readable[NAMES[4]]


@pytest.mark.parametrize("which", ["strip", "reps", "funnel", "months"])
def test_the_grammar_knows_every_picture(which: str) -> None:
    rows = phase_spread_rows(found(), [], None)
    months = phase_month_rows(rates_by_month(found(), 0))
    charts = {
        "strip": phase_strip_chart(rows, reachable_rows(found()), INK),
        "reps": phase_reps_chart(rows, found().phases[0], INK),
        "funnel": rep_funnel_chart(rep_funnel_rows(found(), 2), INK),
        "months": phase_months_chart(months, months["month"][2][:7]),
    }
    drawn = charts[which].to_dict()
    alt.Chart.from_dict(drawn)
    assert "NaN" not in json.dumps(drawn["datasets"])


def test_the_pictures_in_words_are_of_the_values_drawn() -> None:
    rows, phase = phase_spread_rows(found(), [], None), found().phases[0]
    least, most = (f"{100 * end:.0f}%" for end in (phase.rates.shrunk.min(), phase.rates.shrunk.max()))
    assert f"{phase.name} {least} to {most}, this team can reach" in phase_strip_alt(found(), rows)
    rep = found().cube.reps[0]
    assert f"{rep} {100 * phase.rates.shrunk[0]:.0f}%" in phase_reps_alt(rows, phase)
    told = rep_funnel_alt(rep_funnel_rows(found(), 0), "Ana")
    assert told.startswith(f"Ana phase by phase: {phase.name} {100 * phase.rates.shrunk[0]:.0f}%, the middle rep ")
    months = phase_month_rows(rates_by_month(found(), 0))
    assert f"{months['when'][0]} {100 * months['rate'][0]:.0f}%" in phase_months_alt(months, phase.name)
