"""The quotes desk: a quote counts almost like a sale, so quotes are made where no deal exists.

Planted: sales come from discovery meetings with people who can decide. Quotes after meetings with others, and after a
price request without a meeting, are rarely won. Six of 18 reps add quotes nobody asked for, most of them at the end of
the month and in round sums. Careful note-keepers sell more, but more notes than usual bring nothing. The data stop
within their last month.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data import desk as at
from sample_data import files, pipeline
from sample_data.dice import Dice, is_thrown
from sample_data.other_months import months_on, moved
from sample_data.stories import quotes_desk_told as told

SLUG, truth = told.SLUG, told.truth
WARM_UP, START, END = "2023-09-01", "2024-01-01", told.LAST_DAY
PRICES = {"Valves": 3_400, "Pumps": 6_200, "Controls": 9_500, "Service contract": 4_800}
MIX = (34, 30, 18, 18)
TIME_TAKEN = 0.3  # share of the meetings with deciders that twice (e times) as many price requests cost
SEASON = {1: 0.93, 3: 1.06, 7: 0.92, 8: 0.85, 10: 1.06, 11: 1.08, 12: 0.86}


def make() -> dict[str, bytes]:
    """The data files by name."""
    dice = Dice(f"{SLUG} 60")
    team = told.team()
    if is_thrown():  # nobody picks the dice of a throw: whoever quotes without a deal sells clearly less
        team = team.assign(skill=team["skill"].where(team["phantoms"] == 0, 0.88 * team["skill"]))
    desk = at.desk(dice, team, _on(WARM_UP), _on(END)).merge(team[["rep", "skill", "phantoms"]], on="rep")
    desk = desk.assign(asked=at.monthly_mood(dice, desk, keep=0.4, sd=0.7))
    meetings = _meetings(dice, desk)
    quotes, orders = _quotes(dice, desk, meetings)
    return {
        "meetings.csv": files.csv(pipeline.numbered(meetings[meetings["held_on"] >= _on(START)], "M", "held_on")),
        "quotes.csv": files.csv(quotes),
        "orders.csv": files.csv(orders),
        "notes.csv": files.csv(_notes(Dice(f"{SLUG} notes 5"), desk)),
        "roster.csv": files.csv(team[["rep", "team_lead", "office", "segment", "start"]]),
    }


def _on(day: str) -> str:
    return moved(SLUG, day)


def _meetings(dice: Dice, desk: pd.DataFrame) -> pd.DataFrame:
    """Meetings with people who decide are what good and busy reps have more of; the others come by chance.

    A month full of price requests leaves less time for them.
    """
    mood, other = at.monthly_mood(dice, desk, sd=0.32), at.monthly_mood(dice, desk, keep=0.7, sd=0.35)
    time = np.exp(mood - TIME_TAKEN * desk["asked"])
    deciding = 10 * desk["skill"] * time * at.ramp(desk["tenure"]) * at.season(desk["month"], SEASON, months_on(SLUG))
    held = [_held(dice.even(), desk, deciding.to_numpy(), ("decision maker",), (1,)),
            _held(dice, desk, 10 * np.exp(other), ("user", "purchasing", "consultant"), (55, 35, 10))]  # fmt: skip
    return pd.concat(held).sort_values(["held_on", "rep"], kind="stable", ignore_index=True)


def _held(dice: Dice, desk: pd.DataFrame, rate: np.ndarray, who: tuple[str, ...], mix: tuple[int, ...]) -> pd.DataFrame:
    events = at.happen(dice, desk, rate)
    return pd.DataFrame({
        "held_on": events["day"], "rep": events["rep"], "account": pipeline.accounts(dice, len(events)),
        "attendee": dice.pick(who, len(events), mix),
        "place": dice.pick(("their site", "video", "our office"), len(events), (35, 55, 10)),
    })  # fmt: skip


def _quotes(dice: Dice, desk: pd.DataFrame, meetings: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    deciding = meetings["attendee"] == "decision maker"
    asked = at.happen(dice, desk, (9 if is_thrown() else 11) * np.exp(desk["asked"]))
    asked = asked.assign(account=pipeline.accounts(dice, len(asked))).rename(columns={"day": "held_on"})
    deals = pd.concat([
        _deals(dice, meetings[deciding], 0.42, 0.72, "meeting"),
        _deals(dice, meetings[~deciding], 0.30, 0.06, "meeting"),
        _deals(dice, asked, 1.0, 0.02, "request"),
        _phantoms(dice, desk),
    ])  # fmt: skip
    quotes, orders = pipeline.quotes_and_orders(deals, _on(START), _on(END), extra=("enquiry",))
    return quotes, orders


def _deals(dice: Dice, events: pd.DataFrame, quoted: float, won: float, enquiry: str) -> pd.DataFrame:
    """Quotes after events, the same chance of winning for every rep: skill is in who they meet."""
    selling = pipeline.Selling(quoted, dict.fromkeys(told.REPS, won), PRICES, MIX, 0.4, (1, 7), (6, 30))
    return pipeline.deals(dice, events, selling, _on(END)).assign(enquiry=enquiry)


def _phantoms(dice: Dice, desk: pd.DataFrame) -> pd.DataFrame:
    """Quotes that nobody asked for: half in the month's last three days at work, in round sums, left to expire."""
    last = desk.groupby(["rep", "month"])["day"].rank(ascending=False) <= 3
    swing = np.exp(at.monthly_mood(dice, desk, keep=0.3, sd=0.5))
    a_day = swing * desk["phantoms"] * np.where(last, 0.5 / 3, 0.5 / 18) * (desk["day"] >= _on("2023-12-01"))
    made = at.repeat(desk, dice.poisson(np.maximum(a_day, 1e-9)))
    product = dice.pick(list(PRICES), len(made), MIX)
    expires, end = made["day"] + pd.Timedelta(days=60), pd.Timestamp(_on(END))
    return pd.DataFrame({
        "rep": made["rep"], "account": pipeline.accounts(dice, len(made)), "product": product,
        "quoted_on": made["day"], "amount": dice.whole(len(made), 1, 4) * 2_500,
        "status": np.where(expires > end, "Open", "Expired"), "decided_on": expires, "enquiry": "none",
    })  # fmt: skip


def _notes(dice: Dice, desk: pd.DataFrame) -> pd.DataFrame:
    """Notes in the CRM per rep and week: a habit of careful people, no more in one month than in another."""
    start = pd.Timestamp(_on(START))
    here = desk[desk["day"] >= start]
    week = here["day"] - pd.to_timedelta(here["day"].dt.day_of_week, unit="D")
    weeks = here.assign(week_of=week.clip(lower=start)).groupby(["week_of", "rep"], as_index=False).agg(
        skill=("skill", "first"))  # fmt: skip
    habit = weeks["rep"].map(dict(zip(told.REPS, np.exp(dice.normal(len(told.REPS), sd=0.08)), strict=True)))
    return weeks.assign(notes=dice.poisson(21 * weeks["skill"] ** 1.3 * habit))[["week_of", "rep", "notes"]]
