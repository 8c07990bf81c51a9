"""The dials floor: a team paid for dials gets dials.

Planted: natural dials go with energy, and energy with sales, until dials are rewarded in month 7. Eight of 24 then
fake them; their meetings, and with them their sales, go down. The best honest sellers are told off for too few dials
and four of them leave. In month 13 the team turns from 50 dials to 75 communications a day and recovers.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data import callbook, files, pipeline
from sample_data import desk as at
from sample_data.dice import Dice, is_thrown
from sample_data.other_months import months_on, moved
from sample_data.stories import dials_floor_told as told
from sample_data.workdays import add_workdays

SLUG, truth = told.SLUG, told.truth
WARM_UP, START, END, PIVOT = "2023-10-01", "2024-01-01", "2025-06-30", "2025-01-01"
PRICES = {"Starter": 3_200, "Standard": 5_200, "Plus": 7_600, "Fleet": 11_500}
NUMBERS = callbook.contacts(Dice(f"{SLUG} numbers"), 6_000, 0, gap=900)
WAYS = ("dead numbers", "operators", "after hours", "seconds-long")
DEFAULT_SEASON = {1: 0.97, 5: 1.03, 7: 1.0, 8: 0.97, 12: 0.9}


def make() -> dict[str, bytes]:
    """The data files by name."""
    dice = Dice(f"{SLUG} 19")
    team = told.team()
    desk = at.desk(dice, team, _on(WARM_UP), _on(END))
    desk = desk.assign(mood=at.monthly_mood(dice, desk)).merge(team[["rep", "skill", "fakes"]], on="rep")
    meetings = _meetings(dice, desk, team)
    quotes, orders = _deals(dice, meetings, team)
    meetings, desk = meetings[meetings["held_on"] >= _on(START)], desk[desk["day"] >= _on(START)].reset_index(drop=True)
    return {
        "calls.csv.gz": files.csv_gz(_calls(dice, desk, meetings, team)),
        "messages.csv.gz": files.csv_gz(_messages(dice, desk)),
        "meetings.csv": files.csv(pipeline.numbered(meetings, "M", "held_on")),
        "quotes.csv": files.csv(quotes),
        "orders.csv": files.csv(orders),
        "roster.csv": files.csv(team[["rep", "manager", "office", "start", "end"]]),
    }


def _on(day: str) -> str:
    return moved(SLUG, day)


def _phase(desk: pd.DataFrame, honest: dict[str, float], faking: dict[str, float]) -> np.ndarray:
    """A factor per row: the value in force since the latest ``YYYY-MM`` of the honest or the faking reps' steps."""
    return np.where(desk["fakes"] > 0, _steps(desk["month"], faking), _steps(desk["month"], honest))


def _steps(month: pd.Series, steps: dict[str, float]) -> np.ndarray:
    starts = pd.DatetimeIndex([_on(month) for month in steps])
    return np.array(list(steps.values()))[np.searchsorted(starts, month.to_numpy(), side="right") - 1]


def _meetings(dice: Dice, desk: pd.DataFrame, team: pd.DataFrame) -> pd.DataFrame:
    """Meetings held: the work that dials crowd out from month 8 on, and messages bring back after the pivot."""
    lost, back = (0.88, 1.5) if is_thrown() else (0.94, 1.18)  # nobody picks the dice of a throw: a clearer story
    crowding = _phase(
        desk,
        {"2023-10": 1, "2024-09": lost, "2024-10": 0.82, "2025-01": 1.0, "2025-02": back},
        {"2023-10": 1, "2024-09": 0.72, "2024-10": 0.5, "2025-01": 0.85, "2025-02": 1.08},
    )
    rate = 14 * desk["skill"] * np.exp(desk["mood"]) * crowding * at.ramp(desk["tenure"])
    held = at.happen(dice.even(), desk, rate.to_numpy() * at.season(desk["month"], DEFAULT_SEASON, months_on(SLUG)))
    held["account"] = pipeline.accounts(dice, len(held))
    after = (held["day"] >= _on(PIVOT)).to_numpy()
    via = np.where(
        after,
        dice.pick(("call", "e-mail", "social", "referral"), len(held), (45, 27, 18, 10)),
        dice.pick(("call", "e-mail", "social", "referral"), len(held), (78, 8, 2, 12)),
    )
    kind = dice.pick(("first meeting", "demo", "site visit"), len(held), (60, 28, 12))
    held = held.assign(kind=kind, via=via).sort_values(["day", "rep"], kind="stable", ignore_index=True)
    return held.drop(columns="month").rename(columns={"day": "held_on"})


def _deals(dice: Dice, meetings: pd.DataFrame, team: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    selling = pipeline.Selling(
        quoted=0.72, won=team.set_index("rep")["wins"].to_dict(), prices=PRICES, mix=(32, 40, 22, 6), spread=0.28
    )
    deals = pipeline.until_leaving(pipeline.deals(dice, meetings, selling, _on(END)), team)
    return pipeline.quotes_and_orders(deals, _on(START), _on(END))


def _calls(dice: Dice, desk: pd.DataFrame, meetings: pd.DataFrame, team: pd.DataFrame) -> pd.DataFrame:
    """Honest dials, faked dials, and the calls on which meetings were set."""
    drive = _phase(
        desk,
        {"2024-01": 1, "2024-07": 1.06, "2024-09": 1.12, "2025-01": 0.8},
        {"2024-01": 1, "2024-09": 0.85, "2025-01": 0.82},
    )
    if is_thrown():  # dials are told per weekday: in months with many holidays too they are what they are
        drive = drive * at.weekdays_per_workday(desk["month"])
    usual = 39 * desk["skill"] ** 0.35 * np.exp(0.25 * desk["mood"]) * drive
    honest = np.rint(usual * desk["pace"] * np.exp(dice.normal(len(desk), sd=0.13))).astype(int)
    calls = pd.concat([_honest(dice, at.repeat(desk, honest)), _faked(dice, desk), _set(dice, meetings, team)])
    calls = callbook.one_call_at_a_time(calls[calls["started"] < pd.Timestamp(_on(END)) + pd.Timedelta(days=1)])
    return calls[["started", "rep", "phone", "list", "seconds", "outcome"]]


def _honest(dice: Dice, calls: pd.DataFrame) -> pd.DataFrame:
    drawn = NUMBERS.draw(dice, len(calls))
    live = dice.pick(("no answer", "voicemail", "busy", "spoke"), len(calls), (46, 30, 5, 19))
    outcome = drawn["kind"].map({"operator": "operator", "dead": "not in service"}).fillna(pd.Series(live)).to_numpy()
    return _logged(dice, calls, drawn, outcome, callbook.times(dice, calls["day"].to_numpy()))


def _faked(dice: Dice, desk: pd.DataFrame) -> pd.DataFrame:
    """Dials that reach nobody: each faker has a way of their own, and a small circle of numbers."""
    parts = [
        _faked_by(dice, desk[desk["rep"] == rep], plan, place) for place, (rep, plan) in enumerate(told.FAKERS.items())
    ]
    return pd.concat(parts, ignore_index=True)


def _faked_by(dice: Dice, days: pd.DataFrame, plan: told.Faking, place: int) -> pd.DataFrame:
    days = days[(days["day"] >= _on(plan.first)) & (days["day"] <= _on(plan.last))]
    grown = np.clip((days["day"] - pd.Timestamp(_on(plan.first))).dt.days / 60, 0.25, 1)
    calls = at.repeat(days, np.rint(plan.a_day * grown * np.exp(dice.normal(len(days), sd=0.12))).astype(int))
    way = dice.pick(WAYS, len(calls), plan.mix)
    circle = callbook.contacts(dice, 40, 3_000_000 + 10_000 * place, gap=200)
    drawn = circle.draw(dice, len(calls))
    late = callbook.times(dice, calls["day"].to_numpy(), np.arange(18, 23), np.array([1, 5, 6, 4, 2]))
    started = np.where(way == "after hours", late, callbook.times(dice, calls["day"].to_numpy()))
    outcome = pd.Series(way).map({"dead numbers": "not in service", "operators": "operator"}).fillna("no answer")
    return _logged(dice, calls, drawn, outcome.to_numpy(), started, seconds=dice.whole(len(calls), 2, 8))


def _set(dice: Dice, meetings: pd.DataFrame, team: pd.DataFrame) -> pd.DataFrame:
    """The call on which each meeting got by phone was set, some days before it."""
    ours = meetings[meetings["via"] == "call"].reset_index(drop=True)
    day = add_workdays(ours["held_on"], -dice.whole(len(ours), 1, 5)).astype("datetime64[s]")
    here = day >= np.maximum(ours["rep"].map(team.set_index("rep")["start"]), pd.Timestamp(_on(START)))
    ours = ours.assign(day=day)[here].reset_index(drop=True)
    outcome = np.full(len(ours), "meeting set", dtype=object)
    started = callbook.times(dice, ours["day"].to_numpy())
    return _logged(dice, ours, NUMBERS.draw(dice, len(ours)), outcome, started, talk=330.0)


def _logged(
    dice: Dice,
    calls: pd.DataFrame,
    drawn: pd.DataFrame,
    outcome: np.ndarray,
    started: np.ndarray,
    talk: float = 95.0,
    seconds: np.ndarray | None = None,
) -> pd.DataFrame:
    seconds = callbook.lengths(dice, outcome, talk) if seconds is None else seconds
    return pd.DataFrame(
        {
            "rep": calls["rep"],
            "started": started,
            "phone": drawn["phone"],
            "list": drawn["list"],
            "seconds": seconds,
            "outcome": outcome,
        }
    )


def _messages(dice: Dice, desk: pd.DataFrame) -> pd.DataFrame:
    """E-mails and social messages: few until the pivot, then the other half of 75 communications."""
    parts = [
        _sent(dice, desk, "e-mail", {"2024-01": 3, "2025-01": 24, "2025-02": 29}, 0.06),
        _sent(dice, desk, "social", {"2024-01": 0.7, "2025-01": 11, "2025-02": 15}, 0.09),
    ]
    return pd.concat(parts).sort_values(["sent", "rep"], kind="stable", ignore_index=True)


def _sent(dice: Dice, desk: pd.DataFrame, channel: str, a_day: dict[str, float], answered: float) -> pd.DataFrame:
    usual = _steps(desk["month"], a_day) * desk["skill"] ** 0.5 * np.exp(0.4 * desk["mood"]) * desk["pace"]
    sent = at.repeat(desk, dice.poisson(usual.to_numpy()))
    return pd.DataFrame({
        "sent": callbook.times(dice, sent["day"].to_numpy()), "rep": sent["rep"], "channel": channel,
        "account": pipeline.accounts(dice, len(sent)),
        "answered": np.where(dice.chance(np.full(len(sent), answered)), "yes", "no"),
    })  # fmt: skip
