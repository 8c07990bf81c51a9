"""Teams with a planted effect as panels, for tests of trials."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.data.model.panel import MeasureInfo, Panel


def planted_panel(
    values: np.ndarray, first: str = "2024-01", offices: tuple[str, ...] = (), more: dict[str, np.ndarray] | None = None
) -> Panel:
    """A monthly panel of one measure, ``sales``: (reps, months), NaN where a rep has no row.

    ``offices``: one per rep. ``more``: further measures of the same shape.
    """
    names = [f"rep {i:02d}" for i in range(len(values))]
    months = pd.period_range(first, periods=values.shape[1], freq="M").to_timestamp().as_unit("us")
    columns = {"sales": values, **(more or {})}
    frame = pd.DataFrame({
        "rep": np.repeat(names, len(months)), "period": np.tile(months, len(names)),
        **{name: column.ravel() for name, column in columns.items()},
    })  # fmt: skip
    frame = frame[np.isfinite(values).ravel()].reset_index(drop=True)
    attributes = {"office": list(offices)} if offices else {}
    reps = pd.DataFrame({"rep": names, **attributes, "start": pd.NaT, "end": pd.NaT,
                         "n_periods": np.isfinite(values).sum(axis=1)})  # fmt: skip
    measures = tuple(MeasureInfo(name, "sum", "USD") for name in columns)
    return Panel("planted", "month", frame, measures, reps, key="planted")
