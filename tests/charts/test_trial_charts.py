"""Pictures of trials: known to the grammar, in the values of the findings, with labels that cover no other."""

from __future__ import annotations

from dataclasses import replace

import altair as alt
import numpy as np
import pytest

from tests.trials.findings import EVERY_VERDICT, NAMES, course, finding
from workbench.charts.detectable import MATTERS, detectable_alt, detectable_chart, detectable_rows
from workbench.charts.trial_course import (
    AS_BEFORE,
    AXES,
    CHANGED,
    COURSE_HEIGHT,
    LEAST_APART,
    LEAST_TITLED,
    WITHOUT,
    start_periods,
    trial_course_alt,
    trial_course_chart,
    trial_course_rows,
)
from workbench.charts.trial_reps import trial_rep_rows, trial_reps_alt, trial_reps_chart
from workbench.trials.trial_finding import TrialFinding
from workbench.words.trial_parts import course_caption

INK = "#000000"
WITH_COURSE = [found for found in EVERY_VERDICT.values() if found.course is not None]


def texts(drawn: dict) -> list[dict]:
    """The rows drawn as words."""
    data, found, layers = drawn["datasets"], [], list(drawn["layer"])
    while layers:
        layer = layers.pop()
        layers += layer.get("layer", [])
        if layer.get("mark", {}).get("type") == "text":
            found += data[layer["data"]["name"]]
    return found


def checked(chart: alt.LayerChart) -> dict:
    alt.LayerChart.from_dict(chart.to_dict())
    return chart.to_dict()


@pytest.mark.parametrize("found", WITH_COURSE, ids=lambda found: found.verdict)
def test_the_course_is_drawn_for_every_verdict_that_has_one(found: TrialFinding) -> None:
    drawn = checked(trial_course_chart(found, INK))
    assert {row["said"] for row in texts(drawn)} == {CHANGED, AS_BEFORE, WITHOUT, "start"}
    assert trial_course_alt(found).startswith("Sales over 18 months, 12 before the start. In June 2025: changed $")


def test_the_room_around_the_course_is_said_side_by_side() -> None:
    """Streamlit sets the bottom of the room by itself, and draws an error in place of a picture with one number."""
    assert {*checked(trial_course_chart(finding(), INK))["padding"]} == {"left", "top", "bottom", "right"}


def test_the_course_holds_the_values_of_the_finding() -> None:
    rows = trial_course_rows(finding())
    assert rows[CHANGED].tolist() == course().treated.tolist()
    assert rows["low"].notna().sum() == 6
    assert rows["when"].iloc[12] == "January 2025"


def test_what_cannot_be_negative_has_no_band_below_zero() -> None:
    """Sales of -$3,000 were shaded as what might have been."""
    deep = replace(course(), low=course().low - 30_000)
    rows = trial_course_rows(finding(course=deep, floor=0.0))
    assert rows["low"].min() == 0
    assert rows["low"].isna().sum() == 12
    assert course_caption(finding(course=deep, floor=0.0)).endswith("ends at zero: Sales was never below zero.")
    assert trial_course_rows(finding(course=deep))["low"].min() < 0, "what has been negative may be"
    assert "zero" not in course_caption(finding(floor=0.0))


def test_names_at_the_ends_do_not_cover_each_other() -> None:
    flat = replace(course(), treated=course().expected, comparison=course().expected)
    drawn = checked(trial_course_chart(finding(course=flat), INK))
    low, high = drawn["layer"][0]["encoding"]["y"]["scale"]["domain"]
    places = sorted(row["place"] for row in texts(drawn) if "place" in row)
    assert len(places) == 3
    assert np.diff(places).min() >= LEAST_APART / (COURSE_HEIGHT - AXES) * (high - low) * 0.999


def test_a_small_course_has_no_title_that_would_be_cut() -> None:
    titles = {}
    for height in (LEAST_TITLED - 1, COURSE_HEIGHT):
        layers = checked(trial_course_chart(finding(), INK, height))["layer"]
        titles[height] = {each["encoding"]["y"].get("title", "") for each in layers if each["mark"]["type"] == "line"}
    assert titles[LEAST_TITLED - 1] == {None}
    assert titles[COURSE_HEIGHT] != {None}


def test_a_course_without_comparison_draws_what_there_is() -> None:
    blank = np.full(18, np.nan)
    alone = replace(course(), comparison=blank, low=blank, high=blank)
    drawn = checked(trial_course_chart(finding(course=alone), INK))
    assert {row["said"] for row in texts(drawn)} == {CHANGED, WITHOUT, "start"}
    assert AS_BEFORE not in trial_course_alt(finding(course=alone))
    assert trial_course_alt(finding(course=None)) == "Sales: no course to draw."


def in_waves(ends: int) -> TrialFinding:
    """A finding whose reps start in January and in March, with a band until ``ends`` periods before the last."""
    blank = np.arange(18) >= 18 - ends
    ended = ("comparison", "expected", "low", "high")
    lines = {name: np.where(blank, np.nan, getattr(course(), name)) for name in ended}
    starts = {"Rep A": "2025-01-01", "Rep B": "2025-03-01", "Rep C": "2025-03-01"}
    return finding(kind="staggered", course=replace(course(), **lines), card={"starts": starts})


def test_every_wave_has_a_rule_with_its_place() -> None:
    found = in_waves(0)
    assert start_periods(found, trial_course_rows(found)) == [("2025-01-01", "wave 1"), ("2025-03-01", "2")]
    drawn = checked(trial_course_chart(found, INK))
    assert {row["said"] for row in texts(drawn)} == {CHANGED, AS_BEFORE, WITHOUT, "wave 1", "2"}
    early = replace(found, course=replace(course(), periods=course().periods - np.timedelta64(151, "D")))
    assert [said for _, said in start_periods(early, trial_course_rows(early))] == ["wave 1"]


def test_lines_that_end_early_are_named_where_they_end() -> None:
    """Their names stood at the end of the line that goes on."""
    drawn = checked(trial_course_chart(in_waves(3), INK))
    where = {row["said"]: row["period"] for row in texts(drawn)}
    assert (where[AS_BEFORE], where[WITHOUT], where[CHANGED]) == ("2025-03-01", "2025-03-01", "2025-06-01")


def test_reps_who_changed_stand_first_and_only_the_clear_ones_are_filled() -> None:
    rows = trial_rep_rows(finding())
    assert rows["group"].tolist() == ["changed"] * 8 + ["as before"] * 8
    assert rows["name"].iloc[0] == NAMES[0]
    assert rows.loc[rows["clear"], "name"].tolist() == [NAMES[0]]
    checked(trial_reps_chart(finding()))
    assert "Rep A +$9,000" in trial_reps_alt(finding())


def test_the_detectable_effect_falls_with_length_and_is_held_against_what_matters() -> None:
    planned = EVERY_VERDICT["not_started"]
    rows = detectable_rows(planned)
    for _, one in rows.groupby("n"):
        assert one["effect"].is_monotonic_decreasing
    assert rows.loc[rows["mine"], "n"].unique().tolist() == [8]
    drawn = checked(detectable_chart(planned, INK))
    assert {row["said"] for row in texts(drawn)} == {"4 reps", "8 reps", MATTERS}
    assert "8 reps: $4,200 after 1 month, $1,200 after 12 months." in detectable_alt(planned)
