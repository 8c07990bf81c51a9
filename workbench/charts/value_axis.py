"""Number formats of value axes: shares in per cent, small amounts as they are, large ones with k and m."""

from __future__ import annotations

import pandas as pd

PLAIN_ZERO = {"labelExpr": "datum.value === 0 ? replace(datum.label, /[^0-9%]+$/, '') : datum.label"}
"""Configuration of value axes: nothing is ``0``, where the prefix of its neighbours would make it ``0k``."""


def axis_format(values: pd.Series, unit: str | None = "") -> str:
    """The d3 format for an axis of these values. ``unit``: None (up to 1) and "of …" are shares, in per cent.

    Without this, the prefix of thousandths turns a rate of 0.5 into "500m".
    """
    largest = values.abs().max()
    if (unit is None and largest <= 1) or (unit is not None and unit.startswith("of ") and largest <= 2):
        return "~%"
    return "~s" if largest >= 1 else ".2~f"


def value_format(axis: str) -> str:
    """The d3 format of single values beside an axis of that format: ``65.4%``, not ``0.654``."""
    return ".1~%" if axis == "~%" else ",.4~r"
