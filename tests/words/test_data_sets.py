"""Names and details of data sets."""

from __future__ import annotations

from pathlib import Path

from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.figures import Figures
from workbench.words.data_sets import data_set_names


def test_an_empty_data_set_is_told_apart_by_its_rows_alone() -> None:
    entries = [
        DataSetEntry(name, "Deals", "upload", Path(), Path(), figures=Figures(grain="month", n_rows=n, n_reps=n))
        for name, n in (("a", 0), ("b", 3))
    ]
    assert data_set_names(entries) == {"a": "Deals (0 rows)", "b": "Deals (3 rows)"}
