"""A chart on a wall: letters to be read from six metres, and all rows named or none."""

from __future__ import annotations

import altair as alt
import pandas as pd

from workbench.charts.layers import layered
from workbench.charts.wall import FONT, MOST_NAMED, enlarge_spec, wall_scale

ROWS = pd.DataFrame({"name": ["Ana", "Ben"], "value": [1.0, 2.0], "said": ["one", "two"]})


def small_chart() -> alt.LayerChart:
    axis = alt.Axis(labelFontSize=13, labelLimit=100, minExtent=30)
    base = alt.Chart(ROWS).encode(x="value:Q", y=alt.Y("name:N", axis=axis))
    names = base.mark_text(fontSize=12, dx=5).encode(text="name:N")
    return layered(base.mark_circle(size=50), names, base.mark_text().encode(text="said:N"))


def test_letters_and_marks_grow_and_the_data_stay() -> None:
    spec = small_chart().to_dict()
    large = enlarge_spec(spec, n_rows=2)
    circle, names, said = large["layer"]
    assert names["mark"]["fontSize"] == said["mark"]["fontSize"] == FONT
    assert circle["mark"]["size"] == 160
    axis = circle["encoding"]["y"]["axis"]
    assert axis == {"labelFontSize": FONT, "labelLimit": 240}
    assert large["config"]["axis"]["titleFontSize"] == large["config"]["legend"]["labelFontSize"] == FONT
    assert large["datasets"] == spec["datasets"]
    assert spec["layer"][0]["mark"]["size"] == 50  # what was given is left as it is
    alt.LayerChart.from_dict(large)  # raises where the grammar does not know it


def test_too_many_rows_are_named_nowhere() -> None:
    few, many = (enlarge_spec(small_chart().to_dict(), n_rows=n) for n in (MOST_NAMED, MOST_NAMED + 1))
    assert [len(few["layer"]), len(many["layer"])] == [3, 2]
    assert "labels" not in few["layer"][0]["encoding"]["y"]["axis"]
    assert {layer["encoding"]["y"]["axis"]["labels"] for layer in many["layer"]} == {False}
    assert many["layer"][1]["encoding"]["text"]["field"] == "said"


def test_a_smaller_window_takes_smaller_letters_down_to_what_can_be_read() -> None:
    assert wall_scale(1920, 1080) == 1
    assert wall_scale(1280, 720) == wall_scale(2560, 720)
    laptop = enlarge_spec(small_chart().to_dict(), 2, wall_scale(1280, 720))
    assert round(laptop["layer"][1]["mark"]["fontSize"], 1) == 17.3
    assert round(laptop["config"]["axis"]["labelFontSize"], 1) == 17.3
    assert FONT * wall_scale(360, 800) == 12
    phone = enlarge_spec(small_chart().to_dict(), 2, wall_scale(360, 800))
    assert phone["config"]["legend"]["columns"] == 2
    assert "columns" not in laptop["config"]["legend"]
    assert enlarge_spec(small_chart().to_dict(), 2, 0.5)["layer"][0]["mark"]["size"] == 40
