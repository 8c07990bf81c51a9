"""Formulas that gave a wrong number in silence, each in an engine that has its own idea of missing."""

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from workbench.charts.target import histogram_bins
from workbench.formula.formula import evaluate, parse_formula, to_ibis
from workbench.words.numbers import percent

NAN = float("nan")
FRAME = pd.DataFrame({"a": [1.0, NAN, 3.0], "b": [2.0, 2.0, 0.0], "n": [7, 7, 7], "code": ["10", "9", None]})
TABLE = ibis.memtable(pa.Table.from_pandas(FRAME))


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("min(a, b)", [1, NAN, 0], "LEAST leaves NULL out, so a capped value without data became the cap"),
        ("max(a, b)", [2, NAN, 3], "GREATEST leaves NULL out"),
        ("a / b", [0.5, NAN, NAN], "DuckDB divides floats by zero to infinity, which then is above every target"),
        ("n / 2", [3.5, 3.5, 3.5], "whole columns divided as whole numbers"),
        ("if(a > 0, 1, 0)", [1, NAN, 1], "CASE takes the other branch when the condition is NULL"),
        ("code > 9", [1, 0, NAN], "as texts '10' comes before '9'"),
        ("a in (1, 2)", [1, NAN, 0], "a missing value is not known to be outside a list"),
        ("b * 1e308 * 10", [NAN, NAN, 0], "a product too large to hold is infinity"),
    ],
)
def test_missing_stays_missing_in_memory_and_in_the_engine(text, expected, why):
    formula = parse_formula(text)
    engine = TABLE.select(x=to_ibis(formula, TABLE).cast("float64")).to_pyarrow()["x"].to_numpy()
    np.testing.assert_array_equal(evaluate(formula, FRAME), expected, err_msg=why)
    np.testing.assert_array_equal(engine, expected, err_msg=why)


def test_whole_numbers_cut_at_a_percentile_stay_whole_numbers():
    """An interpolated percentile made 0, 1, 2 … into 0.06, 1, 2 …, and a bar of one number no longer stood for it."""
    assert histogram_bins(np.array([0.0, 1, 1, 2, 2, 2, 30]))["whole"].tolist() == [0, 1, 2, 30]


def test_a_half_is_rounded_as_the_browser_rounds_it():
    """The picture said 13% and the sentence below it 12% of the same 45 of 360."""
    assert [percent(share) for share in (0.125, 0.135, 0.5, 0.004)] == ["13%", "14%", "50%", "0%"]
