"""Names from outside in charts: whatever they are, the picture is drawn and has room."""

from __future__ import annotations

import re

import altair as alt
import pandas as pd
import pytest
import vl_convert

from workbench.charts.layers import FOUR_OR_FEWER
from workbench.charts.outside_text import safe_tooltips
from workbench.export.pictures import inline_svg
from workbench.ui.widgets.picture import _Unchecked

HOSTILE = ("http://evil.example/a", ":material/delete:", "two\nlines", "<b>bold</b>", "back\\slash \\", "\\u12",
           'a "b"', "محمد", "datum.value", "{{x}}", "A very long name " * 30)  # fmt: skip


def drawn(name: str) -> str:
    rows = pd.DataFrame({"name": [name], "x": [3], "y": [4]})
    base = alt.Chart(rows).encode(x="x:Q", y="y:Q", tooltip=[alt.Tooltip("x:Q", title=name)])
    chart = base.mark_point() + base.mark_text().encode(text="name:N")
    return inline_svg(chart, "") + vl_convert.vegalite_to_svg(_Unchecked(chart).to_dict())


@pytest.mark.parametrize("name", HOSTILE)
def test_the_picture_is_drawn_whatever_a_tooltip_is_called(name: str) -> None:
    svg = drawn(name)
    assert svg.count("mark-symbol") == 2
    assert 'd="M' in svg
    assert "<b>" not in svg


def test_a_long_name_is_cut_so_that_the_picture_has_room() -> None:
    assert "…</text>" in drawn(HOSTILE[-1])
    assert "A very long name " * 5 not in drawn(HOSTILE[-1])


def test_only_titles_of_tooltips_are_changed() -> None:
    spec = {"title": "two\nlines", "data": {"values": [{"tooltip": [{"title": "a\nb"}]}]},
            "layer": [{"encoding": {"tooltip": [{"field": "x", "title": "a\nb \\ c"}, {"field": "y"}]}}]}  # fmt: skip
    changed = safe_tooltips(spec)
    assert changed["layer"][0]["encoding"]["tooltip"] == [{"field": "x", "title": "a b \\\\ c"}, {"field": "y"}]
    assert (changed["title"], changed["data"]) == (spec["title"], spec["data"])


@pytest.mark.parametrize(("width", "rows"), [(230, 4), (420, 2), (900, 1)])
def test_a_legend_of_four_is_whole_on_a_phone(width: int, rows: int) -> None:
    kinds = pd.DataFrame({"kind": ["hit both", "box tickers", "unsung sellers", "missed both"], "x": [1, 2, 3, 4]})
    key = alt.Legend(orient="top", columns=FOUR_OR_FEWER, title=None)
    chart = alt.Chart(kinds, width=width).mark_rect().encode(x="x:O", color=alt.Color("kind:N", legend=key))
    svg = vl_convert.vegalite_to_svg(_Unchecked(chart).to_dict())
    legend = svg[svg.index("role-legend-entry") :]
    places = re.findall(r"translate\([\d.]+,([\d.]+)\)\"><path class=\"background\"", legend)[1:5]
    assert len(set(places)) == rows
