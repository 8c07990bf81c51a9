"""Formats of value axes, and the strip of one link."""

from __future__ import annotations

import re

import altair as alt
import pandas as pd
import pytest
import vl_convert

from workbench.charts.link_strip import link_strip, link_strip_alt
from workbench.charts.value_axis import axis_format
from workbench.export.pictures import inline_svg
from workbench.scoring.correlation import Correlation
from workbench.ui.widgets.picture import _Unchecked


@pytest.mark.parametrize(
    ("values", "unit", "expected"),
    [([0.1, 0.5], None, "~%"), ([0.1, 0.5], "of dials", "~%"), ([0.1, 0.5], "per week", ".2~f"),
     ([100, 35_000], "USD", "~s"), ([3, 900], None, "~s"),
     ([1.2, 1.5], None, "~s"), ([0.9, 1.5], "of quota", "~%"), ([0, 0], "USD", ".2~f")],
)  # fmt: skip
def test_a_rate_is_in_per_cent_and_never_in_thousandths(values: list[float], unit: str | None, expected: str) -> None:
    assert axis_format(pd.Series(values, dtype=float), unit) == expected


def test_the_strip_draws_the_likely_range_and_says_it() -> None:
    found = Correlation(0.55, 0.31, 0.72, 24, 24, "by hand")
    drawn = link_strip(found, 0.2).to_dict()
    assert {"low": 0.31, "high": 0.72, "rho": 0.55} in [row for rows in drawn["datasets"].values() for row in rows]
    assert (
        link_strip_alt(found, "Same rep, same month")
        == "Same rep, same month: strong link: ρ 0.55, 95% CI 0.31 to 0.72, 24 reps."
    )


def test_without_a_range_the_strip_is_empty() -> None:
    nan = float("nan")
    few = Correlation(nan, nan, nan, 2, 2, "by hand", "too few reps")
    assert link_strip(few, 0.2).to_dict()["layer"]
    assert link_strip_alt(few, "Rep against rep") == "Rep against rep: too early to say."


def test_nothing_is_0_beside_thousands() -> None:
    amounts = (
        alt.Chart(pd.DataFrame({"sales": [0, 24_000]})).mark_bar().encode(y=alt.Y("sales:Q", axis={"format": "~s"}))
    )
    assert ">0k<" in vl_convert.vegalite_to_svg(amounts.to_dict())
    for drawn in (inline_svg(amounts, "sales"), vl_convert.vegalite_to_svg(_Unchecked(amounts).to_dict())):
        assert ">0<" in drawn
        assert ">0k<" not in drawn
        assert re.search(r">\d+k<", drawn)


def test_no_share_keeps_its_sign() -> None:
    shares = alt.Chart(pd.DataFrame({"hit": [0, 0.4]})).mark_bar().encode(y=alt.Y("hit:Q", axis={"format": "~%"}))
    assert ">0%<" in inline_svg(shares, "hit")
