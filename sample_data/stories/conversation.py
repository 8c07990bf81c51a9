"""The conversation: everybody dials alike, and calls are lost at different steps.

Planted: 20 people call the same lists as often as each other. Five steps lead from a dial to a meeting. At each step
one rep, another each time, is far ahead. The first step has by far the widest spread, and the hour is its only cause:
whoever calls early or late reaches more people than whoever calls at noon, and at the same hour everybody reaches
alike. At the other steps all but the best are much alike.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data import callbook, files, pipeline
from sample_data import desk as at
from sample_data.dice import Dice
from sample_data.other_months import moved
from sample_data.stories import conversation_told as told
from sample_data.workdays import add_workdays

SLUG, truth = told.SLUG, told.truth
WARM_UP, START, END = "2024-12-16", "2025-01-06", "2025-06-27"
PICK_UP = dict(zip(callbook.HOURS, (0.50, 0.44, 0.28, 0.19, 0.11, 0.12, 0.19, 0.28, 0.44, 0.50), strict=True))
LIST_LUCK = {"Inbound leads": 1.25, "Trade fair": 1.05, "Web research": 0.8, "Old customers": 1.0}
NUMBERS = callbook.contacts(Dice(f"{SLUG} numbers"), 9_000, 0, gap=700)
LIVE = float((NUMBERS.numbers["kind"] == "live").mean())
REACHED_SECONDS = {"hung up": 16, "talked": 70, "need found": 170, "offer discussed": 280, "meeting set": 400}


def make() -> dict[str, bytes]:
    """The data files by name."""
    dice = Dice(f"{SLUG} 1")
    team = told.team()
    calls = _calls(dice, at.desk(dice, team, moved(SLUG, WARM_UP), moved(SLUG, END)))
    return {
        "calls.csv.gz": files.csv_gz(calls[calls["started"] >= moved(SLUG, START)]),
        "meetings.csv": files.csv(_meetings(dice, calls)),
        "roster.csv": files.csv(team[["rep", "manager", "office", "start"]]),
    }


def _calls(dice: Dice, desk: pd.DataFrame) -> pd.DataFrame:
    """Every dial with the step it got to."""
    dials = np.rint(36 * desk["pace"] * np.exp(dice.normal(len(desk), sd=0.09))).astype(int)
    week = desk["day"].dt.to_period("W-SUN").dt.start_time
    luck = at.monthly_mood(dice, desk.assign(month=week), keep=0.5, sd=0.15)
    calls = at.repeat(desk.assign(month=luck), dials).rename(columns={"month": "luck"})
    drawn = NUMBERS.draw(dice, len(calls))
    calls = calls.assign(phone=drawn["phone"], list=drawn["list"], started=_started(dice, calls))
    calls["outcome"] = _outcome(dice, calls, drawn["kind"])
    calls["seconds"] = _seconds(dice, calls["outcome"])
    return callbook.one_call_at_a_time(calls)[["started", "rep", "phone", "list", "seconds", "outcome"]]


def _weights(rep: str) -> np.ndarray:
    """How often the rep calls at each hour, so that the hours alone give the rep's planted share of people reached."""
    chances = np.array(list(PICK_UP.values()))
    low, high = -10.0, 10.0
    for _ in range(60):  # by halves: the share rises with the taste for hours at which people pick up
        taste = (low + high) / 2
        weights = callbook.USUAL_HOURS * chances**taste
        below = weights @ chances / weights.sum() < told.RATES[rep][0]
        low, high = (taste, high) if below else (low, taste)
    return weights


def _started(dice: Dice, calls: pd.DataFrame) -> pd.Series:
    parts = [pd.Series(callbook.times(dice, part["day"].to_numpy(), weights=_weights(rep)), index=part.index)
             for rep, part in calls.groupby("rep", sort=True)]  # fmt: skip
    return pd.concat(parts).sort_index()


def _outcome(dice: Dice, calls: pd.DataFrame, kind: pd.Series) -> np.ndarray:
    """How far each call got: a chain of chances, the first one set by hour, list and week, not by the rep."""
    idle = dice.pick(("no answer", "voicemail", "busy"), len(calls), (55, 38, 7))
    outcome = (
        kind.map({"operator": "operator", "dead": "not in service"}).fillna(pd.Series(idle)).to_numpy(dtype=object)
    )
    alive = (kind == "live").to_numpy()
    for step, name in enumerate(REACHED_SECONDS):
        own = at.by_rep(calls, {rep: rates[step] for rep, rates in told.RATES.items()})
        alive = alive & dice.chance(np.clip(own if step else _picks_up(calls), 0, 0.97))
        outcome[alive] = name
    return outcome


def _picks_up(calls: pd.DataFrame) -> np.ndarray:
    """The chance that somebody at a live number picks up; lists and each rep's luck are 1 on average."""
    luck = np.exp(calls["luck"])
    luck = luck / luck.groupby(calls["rep"]).transform("mean")
    lists = calls["list"].map(LIST_LUCK) / np.mean(list(LIST_LUCK.values()))
    return (calls["started"].dt.hour.map(PICK_UP) * lists * luck / LIVE).to_numpy()


def _seconds(dice: Dice, outcome: pd.Series) -> np.ndarray:
    idle = callbook.lengths(dice, outcome.to_numpy())
    usual = outcome.map(REACHED_SECONDS)
    talk = dice.amounts(len(outcome), usual.fillna(1).to_numpy(), 0.35) + 3
    return np.where(usual.notna(), talk, idle)


def _meetings(dice: Dice, calls: pd.DataFrame) -> pd.DataFrame:
    """Meetings from the calls on which they were set, as known on the last day: held, or not kept."""
    made = calls[calls["outcome"] == "meeting set"].reset_index(drop=True)
    day = add_workdays(made["started"], dice.whole(len(made), 2, 8)).astype("datetime64[s]")
    held = np.where(dice.chance(np.full(len(made), 0.8)), "yes", "no")
    frame = pd.DataFrame({
        "planned_for": day, "rep": made["rep"], "account": pipeline.accounts(dice, len(made)), "list": made["list"],
        "held": held, "pipeline": np.where(held == "yes", dice.amounts(len(made), 9_000, 0.5, 100), 0),
    })  # fmt: skip
    frame = frame[frame["planned_for"].between(moved(SLUG, START), moved(SLUG, END))]
    return pipeline.numbered(frame, "M", "planned_for")
