"""A sample in any folder read by plain pandas, and whether each sentence told of it is true of its files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd


class StoryFiles:
    """The files of one story: nothing of the workbench, nothing of the generator."""

    def __init__(self, folder: Path, slug: str) -> None:
        self.folder, self.slug = folder, slug
        self._read: dict[str, pd.DataFrame] = {}

    @cached_property
    def truth(self) -> dict[str, Any]:
        return json.loads((self.folder / f"{self.slug}.truth.json").read_text(encoding="utf-8"))

    @cached_property
    def design(self) -> dict[str, Any]:
        return json.loads((self.folder / f"{self.slug}.design.json").read_text(encoding="utf-8"))

    @cached_property
    def roster(self) -> pd.DataFrame:
        roster = pd.read_csv(self.folder / "roster.csv", parse_dates=["start"])
        ends = pd.to_datetime(roster["end"]) if "end" in roster else pd.NaT
        return roster.assign(end=ends).set_index("rep")

    def read(self, name: str, date: str) -> pd.DataFrame:
        """One file, with ``month`` from its date column."""
        if name not in self._read:
            frame = pd.read_csv(self.folder / name, parse_dates=[date])
            self._read[name] = frame.assign(month=frame[date].dt.to_period("M"))
        return self._read[name]

    def employed(self, first: str, last: str) -> pd.DataFrame:
        """One row per rep and month employed, with ``workdays`` (Monday to Friday) of that month."""
        parts = []
        for rep, row in self.roster.iterrows():
            until = pd.Timestamp(last) if pd.isna(row["end"]) else row["end"]
            days = pd.bdate_range(max(row["start"], pd.Timestamp(first)), min(until, pd.Timestamp(last)))
            parts.append(pd.DataFrame({"rep": rep, "month": days.to_period("M")}))
        return pd.concat(parts).groupby(["rep", "month"]).size().rename("workdays").to_frame()

    def on(self, day: str) -> str:
        """A month or day of the sample's own calendar, in this file's months."""
        months = self.truth["months_on"]
        if len(day) == len("2024-01"):
            return str(pd.Period(day, "M") + months)
        at = pd.Timestamp(day) + pd.DateOffset(months=months)
        return f"{at + pd.offsets.MonthEnd(0) if pd.Timestamp(day).is_month_end else at:%Y-%m-%d}"

    def roles(self, role: str) -> list[str]:
        return [rep["rep"] for rep in self.truth["reps"] if role in rep["roles"]]


Claim = Callable[[StoryFiles], bool]
Answer = Callable[[StoryFiles], str]


def sentences(text: str) -> list[str]:
    """A text's sentences, those that ask left out."""
    parts = re.split(r"(?<=[.?])\s+(?=[A-Z])", text)
    return [part for part in parts if not part.endswith("?")]


def claims_of(sentence: str, claims: Mapping[str, Claim]) -> list[Claim]:
    """The checks of a sentence: of those whose words are in it."""
    return [claim for words, claim in claims.items() if words in sentence]


def told(truth: dict[str, Any]) -> list[str]:
    """Every sentence that a story tells: before, as a reason, and at the end."""
    texts = [truth["opening"], *(question["because"] for question in truth["questions"]), truth["reveal"]]
    return [sentence for text in texts for sentence in sentences(text)]


def between(low: float, value: float, high: float) -> bool:
    return bool(low <= value <= high)


def part(frame: pd.DataFrame, first: str, last: str) -> pd.DataFrame:
    """Rows of the months from first to last."""
    month = frame.index.get_level_values("month")
    return frame[(month >= pd.Period(first, "M")) & (month <= pd.Period(last, "M"))]
