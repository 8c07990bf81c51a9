"""Many ways to sell: four styles, equally good, and a scorecard that sees one of them.

Planted: six reps each live by calls, e-mail, social messages and campaigns. Conversations bring orders whatever the
channel they came from; a rep's own channel brings most of theirs. Style by style the same six talents, so no style
sells more than another. Dials say something about callers, and nothing about the other 18.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data import callbook, files, pipeline
from sample_data import desk as at
from sample_data.dice import Dice
from sample_data.other_months import months_on, moved
from sample_data.stories import many_ways_told as told

SLUG, truth = told.SLUG, told.truth
WARM_UP, START, END = "2024-02-01", "2024-04-01", "2025-06-30"
A_DAY = {"call": (56, 11), "e-mail": (60, 13), "social": (33, 5), "campaign": (0.75, 0.05)}  # own channel, another's
COLUMNS = {"call": "calls", "e-mail": "emails", "social": "social", "campaign": "campaigns"}
PRICES = {"Basic": 2_900, "Team": 4_600, "Company": 7_400}
SEASON = {4: 1.02, 7: 0.93, 8: 0.9, 11: 1.06, 12: 0.88, 1: 0.97}


def make() -> dict[str, bytes]:
    """The data files by name."""
    dice = Dice(f"{SLUG} 5")
    team = told.team()
    desk = at.desk(dice, team, _on(WARM_UP), _on(END)).merge(team[["rep", "skill", "style"]], on="rep")
    desk = desk.assign(mood=at.monthly_mood(dice, desk, sd=0.3))
    talks = _conversations(dice, desk)
    here = desk[desk["day"] >= _on(START)].reset_index(drop=True)
    return {
        "activity.csv": files.csv(_activity(dice, here)),
        "conversations.csv": files.csv(talks[talks["held_on"] >= _on(START)].drop(columns="day")),
        "orders.csv": files.csv(_orders(dice, talks)),
        "roster.csv": files.csv(team[["rep", "manager", "office", "start"]]),
    }


def _on(day: str) -> str:
    return moved(SLUG, day)


def _activity(dice: Dice, desk: pd.DataFrame) -> pd.DataFrame:
    """One row per rep and day at work with a count for each channel; only the own channel follows the mood.

    What reps do by the way in other channels swings from month to month for reasons that sell nothing.
    """
    whims = Dice(f"{SLUG} by the way 2")
    by_the_way = {channel: at.monthly_mood(whims, desk, keep=0.3, sd=0.6) - 0.18 for channel in A_DAY}
    counts = {COLUMNS[channel]: _counts(dice, desk, channel, by_the_way[channel]) for channel in A_DAY}
    return desk[["day", "rep"]].assign(**counts).sort_values(["day", "rep"], kind="stable", ignore_index=True)


def _counts(dice: Dice, desk: pd.DataFrame, channel: str, whim: np.ndarray) -> np.ndarray:
    own, other = A_DAY[channel]
    lively = desk["skill"] ** 0.8 * np.exp(0.9 * desk["mood"])
    by_the_way = other * np.exp(whim + dice.normal(len(desk), sd=0.3))
    usual = np.where(desk["style"] == channel, own * lively, by_the_way)
    return dice.poisson(usual * desk["pace"])


def _conversations(dice: Dice, desk: pd.DataFrame) -> pd.DataFrame:
    """Talks with customers: as many for each style, most of them through the rep's own channel."""
    events = at.happen(
        dice.even(),
        desk,
        36 * (desk["skill"] * np.exp(desk["mood"])) * at.season(desk["month"], SEASON, months_on(SLUG)),
    )
    own = events["rep"].map(told.STYLE_OF)
    other = dice.pick(list(A_DAY), len(events))
    minutes = dice.amounts(len(events), 9.0, 0.6) + 2
    return pd.DataFrame({
        "held_on": callbook.times(dice, events["day"].to_numpy()), "day": events["day"], "rep": events["rep"],
        "channel": np.where(dice.chance(np.full(len(events), 0.72)), own, other),
        "account": pipeline.accounts(dice, len(events)), "minutes": minutes,
    }).sort_values(["held_on", "rep"], kind="stable", ignore_index=True)  # fmt: skip


def _orders(dice: Dice, talks: pd.DataFrame) -> pd.DataFrame:
    selling = pipeline.Selling(0.13, dict.fromkeys(told.STYLE_OF, 1.0), PRICES, (40, 40, 20), 0.3, (0, 3), (2, 20))
    deals = pipeline.deals(dice, talks.assign(held_on=talks["day"]), selling, _on(END))
    return pipeline.quotes_and_orders(deals, _on(START), _on(END))[1].drop(columns="quote")
