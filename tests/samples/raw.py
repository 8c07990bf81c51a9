"""The committed sample files read by plain pandas: nothing of the workbench, nothing of the generator."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).parents[2] / "sample_data"
SLUGS = ("dials-floor", "quotes-desk", "many-ways-to-sell", "the-conversation")


@cache
def read(slug: str, name: str, date: str) -> pd.DataFrame:
    """One file, with ``month`` from its date column."""
    frame = pd.read_csv(FOLDER / slug / name, parse_dates=[date])
    return frame.assign(month=frame[date].dt.to_period("M"))


@cache
def truth(slug: str) -> dict:
    return json.loads((FOLDER / slug / f"{slug}.truth.json").read_text(encoding="utf-8"))


def reps_with(slug: str, role: str) -> list[str]:
    return [rep["rep"] for rep in truth(slug)["reps"] if role in rep["roles"]]


def kpis(slug: str) -> dict[str, dict]:
    return {kpi["kpi"]: kpi for kpi in truth(slug)["kpis"]}


@cache
def employed(slug: str, first: str, last: str) -> pd.DataFrame:
    """One row per rep and month employed, with ``workdays`` (Monday to Friday) of that month."""
    roster = pd.read_csv(FOLDER / slug / "roster.csv", parse_dates=["start"])
    ends = pd.to_datetime(roster["end"]) if "end" in roster else pd.Series(pd.NaT, index=roster.index)
    parts = []
    for rep, start, end in zip(roster["rep"], roster["start"], ends.fillna(pd.Timestamp(last)), strict=True):
        days = pd.bdate_range(max(start, pd.Timestamp(first)), min(end, pd.Timestamp(last)))
        parts.append(pd.DataFrame({"rep": rep, "month": days.to_period("M")}))
    return pd.concat(parts).groupby(["rep", "month"]).size().rename("workdays").to_frame()


def counted(base: pd.DataFrame, **columns: pd.Series) -> pd.DataFrame:
    """Columns indexed by rep and month put beside the base; no events are 0."""
    return base.assign(**{name: series.reindex(base.index).fillna(0) for name, series in columns.items()})


def count(frame: pd.DataFrame) -> pd.Series:
    return frame.groupby(["rep", "month"]).size()


def total(frame: pd.DataFrame, column: str) -> pd.Series:
    return frame.groupby(["rep", "month"])[column].sum()


def rank_link(one: pd.Series, other: pd.Series) -> float:
    """Spearman's rho over the rows both have."""
    both = pd.concat([one, other], axis=1).dropna().rank()
    return float(both.iloc[:, 0].corr(both.iloc[:, 1]))


def within(series: pd.Series) -> pd.Series:
    """Less the rep's own mean, then less what all reps had in common that month."""
    own = series - series.groupby(level="rep").transform("mean")
    return own - own.groupby(level="month").transform("mean")


def next_month(series: pd.Series) -> pd.Series:
    return series.sort_index().groupby(level="rep").shift(-1)
