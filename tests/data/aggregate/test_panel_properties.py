"""What must not matter does not: the order of rows, how they are spread over files, the kind of file, the unit."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.data.panels import build, same_numbers, source
from tests.effort import examples
from workbench.data.aggregate.preaggregated_dates import infer_date_grain
from workbench.data.model.panel import Panel

ROW = st.fixed_dictionaries(
    {
        "rep": st.sampled_from(["Ann Lee", "Bob Ray", "Çiğdem", "O'Neil", "王伟"]),
        "date": st.dates(pd.Timestamp("2023-11-20").date(), pd.Timestamp("2024-03-10").date()).map(str),
        "stage": st.sampled_from(["Won", "Lost", "Open", ""]),
        "value": st.one_of(
            st.integers(-50, 5000).map(str), st.just(""), st.floats(0, 99, width=16).map("{:.2f}".format)
        ),
    }
)
ROWS = st.lists(ROW, min_size=1, max_size=40).map(pd.DataFrame)
GRAIN = st.sampled_from(["day", "week", "month", "quarter"])
WON = "stage == 'Won'"
MEASURES: tuple[dict[str, Any], ...] = (
    {"name": "n"},
    {"name": "won", "where": WON},
    {"name": "value", "aggregate": "sum", "column": "value", "where": WON},
    {"name": "size", "aggregate": "mean", "column": "value"},
    {"name": "least", "aggregate": "min", "column": "value"},
    {"name": "most", "aggregate": "max", "column": "value"},
    {"name": "stages", "aggregate": "distinct", "column": "stage"},
)
ADDED_UP = ("n", "won", "value", "size·sum", "size·n")
few = settings(max_examples=examples(5))


def panel_of(rows: pd.DataFrame, grain: str, kind: str = "csv", parts: int = 1) -> Panel:
    """The panel of some rows, written as one or several files; measures of several sources are numbered."""
    with tempfile.TemporaryDirectory() as name:
        folder, sources = Path(name), []
        for part in range(parts):
            location = f"deals{part}.{kind}"
            chosen = rows.iloc[part::parts]
            chosen.to_csv(folder / location, index=False) if kind == "csv" else chosen.to_parquet(folder / location)
            named = [{**measure, "name": f"{measure['name']}{part or ''}"} for measure in MEASURES]
            sources.append(source(f"deals{part}", location, measures=named))
        return build(folder, {}, *sources, grain=grain)


def by_hand(rows: pd.DataFrame, grain: str) -> pd.DataFrame:
    """The same measures by pandas, where there are events."""
    frame = rows.assign(value=pd.to_numeric(rows["value"]), stage=rows["stage"].replace("", None))
    days = pd.to_datetime(frame["date"])
    period = days.dt.to_period({"day": "D", "week": "W", "month": "M", "quarter": "Q"}[grain]).dt.start_time
    won = frame["stage"].eq("Won")
    frame = frame.assign(won=won, won_value=frame["value"].where(won))
    grouped = frame.groupby(["rep", period.rename("period")])
    found = grouped.agg(
        n=("rep", "size"), won=("won", "sum"), value=("won_value", "sum"), least=("value", "min"),
        most=("value", "max"), stages=("stage", "nunique"),
    )  # fmt: skip
    found["size·sum"], found["size·n"] = grouped["value"].sum(), grouped["value"].count()
    return found.astype(float)


@few
@given(rows=ROWS, grain=GRAIN)
def test_as_pandas_computes_it(rows: pd.DataFrame, grain: str) -> None:
    ours, theirs = panel_of(rows, grain).frame.set_index(["rep", "period"]), by_hand(rows, grain)
    compared = [name for name in theirs.columns if name != "value"]
    pd.testing.assert_frame_equal(ours.loc[theirs.index, compared], theirs[compared], check_index_type=False)
    # A table with one row per rep and period keeps an unknown value unknown, where pandas says 0.
    assert ours.loc[theirs.index, "value"].fillna(0).to_numpy() == pytest.approx(theirs["value"].to_numpy())
    assert (ours.drop(theirs.index)[["n", "won", "value", "stages"]] == 0).all(axis=None)


@few
@given(rows=ROWS, grain=GRAIN)
def test_two_files_add_up_to_one(rows: pd.DataFrame, grain: str) -> None:
    parts = [pd.to_datetime(rows["date"].iloc[part::2]).drop_duplicates() for part in range(2)]
    # A file whose every date is the first day of a period is read as already added up: then the days differ.
    assume(not any(infer_date_grain(days, grain) for days in parts))
    whole, split = panel_of(rows, grain), panel_of(rows, grain, parts=2)
    pd.testing.assert_frame_equal(whole.frame[["rep", "period"]], split.frame[["rep", "period"]])
    for name in ADDED_UP:
        measure, _, part = name.partition("·")
        other = f"{measure}1{'·' + part if part else ''}"
        together = split.frame[name].fillna(0) + split.frame[other].fillna(0)
        assert together.to_numpy() == pytest.approx(whole.frame[name].fillna(0).to_numpy())


@few
@given(rows=ROWS, grain=GRAIN, seed=st.integers(0, 99), factor=st.sampled_from([100, 0.01, 1000]))
def test_order_kind_of_file_unit_and_names_do_not_matter(
    rows: pd.DataFrame, grain: str, seed: int, factor: float
) -> None:
    one = panel_of(rows, grain)
    same_numbers(one, panel_of(rows.sample(frac=1, random_state=seed), grain, kind="parquet"))
    another_unit_scales_the_sums_and_other_names_change_only_the_names(one.frame, rows, grain, factor)


def another_unit_scales_the_sums_and_other_names_change_only_the_names(
    one: pd.DataFrame, rows: pd.DataFrame, grain: str, factor: float
) -> None:
    numbers = pd.to_numeric(rows["value"]) * factor
    names = {name: f"{number} {name}" for number, name in enumerate(sorted(rows["rep"].unique(), reverse=True))}
    value = numbers.map(lambda number: "" if pd.isna(number) else f"{number:.6f}")
    other = panel_of(rows.assign(value=value, rep=rows["rep"].map(names)), grain).frame
    renamed = one.assign(rep=one["rep"].map(names)).sort_values(["rep", "period"], ignore_index=True)
    scaled = ["value", "size", "least", "most", "size·sum"]
    for name in scaled:
        assert other[name].to_numpy() == pytest.approx(renamed[name].to_numpy() * factor, nan_ok=True, abs=1e-5)
    pd.testing.assert_frame_equal(other.drop(columns=scaled), renamed.drop(columns=scaled))
