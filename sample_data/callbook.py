"""Call logs: who called which number when, for how long, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sample_data.dice import Dice

HOURS = np.arange(8, 18)
USUAL_HOURS = np.array([5, 12, 14, 12, 6, 7, 13, 13, 11, 7])
LISTS = ("Inbound leads", "Trade fair", "Web research", "Old customers")
SECONDS = {  # shortest and longest usual length
    "no answer": (19, 45), "voicemail": (18, 62), "busy": (3, 8), "operator": (11, 48), "not in service": (3, 9),
}  # fmt: skip


@dataclass(frozen=True)
class Contacts:
    """Numbers to call: a frame with ``phone``, ``list`` and ``kind`` (live, operator, dead)."""

    numbers: pd.DataFrame

    def draw(self, dice: Dice, n: int) -> pd.DataFrame:
        return self.numbers.iloc[dice.whole(n, 0, len(self.numbers) - 1)].reset_index(drop=True)


def contacts(dice: Dice, n: int, first: int, gap: int, lists: tuple[str, ...] = LISTS) -> Contacts:
    """``n`` numbers from ``first`` on, at most ``gap`` apart (fictitious: there is no area code 555)."""
    local = first + np.cumsum(dice.whole(n, 1, gap))
    return Contacts(pd.DataFrame({
        "phone": [f"555-{number // 10_000:03d}-{number % 10_000:04d}" for number in local + 2_000_000],
        "list": dice.pick(lists, n),
        "kind": dice.pick(("live", "operator", "dead"), n, (0.93, 0.04, 0.03)),
    }))  # fmt: skip


def times(dice: Dice, days: np.ndarray, hours: np.ndarray = HOURS, weights: np.ndarray = USUAL_HOURS) -> np.ndarray:
    """A moment on each day, in hours drawn by weight."""
    hour = dice.pick(list(hours), len(days), weights).astype(int)
    seconds = hour * 3600 + dice.whole(len(days), 0, 3599)
    return np.asarray(days, "datetime64[s]") + seconds.astype("timedelta64[s]")


def lengths(dice: Dice, outcome: np.ndarray, talk: float = 95.0) -> np.ndarray:
    """Seconds of each call; outcomes not in SECONDS are talks, log-normal around ``talk``."""
    low = np.array([SECONDS.get(o, (0, 0))[0] for o in outcome])
    high = np.array([SECONDS.get(o, (0, 0))[1] for o in outcome])
    idle = np.floor(low + (high - low + 1) * dice.uniform(len(outcome))).astype(int)
    return np.where(high > 0, idle, dice.amounts(len(outcome), talk, 0.7) + 15)


def one_call_at_a_time(calls: pd.DataFrame) -> pd.DataFrame:
    """Starts moved on so that no rep is on two calls at once; in order of time."""
    parts = [_queue(part) for _, part in calls.groupby("rep", sort=True)]
    return pd.concat(parts).sort_values(["started", "rep"], kind="stable", ignore_index=True)


def _queue(calls: pd.DataFrame) -> pd.DataFrame:
    calls = calls.sort_values("started", kind="stable")
    busy = np.cumsum(calls["seconds"].to_numpy() + 4) - (calls["seconds"].to_numpy() + 4)
    wanted = calls["started"].to_numpy().astype("datetime64[s]").astype(np.int64)
    start = np.maximum.accumulate(wanted - busy) + busy
    return calls.assign(started=start.astype("datetime64[s]"))
