"""Shared numbers, ends of months and days, split quotes and moved credit: only the planted rows are pointed at."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.integrity.logs import pointed_at, quiet_calls, why_not, write_log
from workbench.data.model.event_codes import EVENT_KINDS
from workbench.integrity.checks.catalogue import CHECKS
from workbench.integrity.count_suspects import count_suspects

REPS = ["Ana", "Ben", "Cem", "Dee"]
TEAM = [*REPS, "Eve", "Fay", "Gus", "Hal", "Ida"]
QUOTES = {"kind": "quotes", "seconds": None, "disposition": None, "amount": "amount"}
ORDERS = {"kind": "orders", "seconds": None}


def of_rep(rows: pd.DataFrame, rep: str, n: int) -> list[int]:
    return rows.index[rows["rep"] == rep][:n].tolist()


def shared_number(dialled_by: int, outcome: str = "no answer") -> tuple[pd.DataFrame, list[int]]:
    """Nine reps of whom so many dial 555-0 six times; one of these calls ends with ``outcome``."""
    calls = quiet_calls(TEAM, 150)
    calls.loc[calls.index[-1], "outcome"] = "conversation"
    planted = [row for rep in TEAM[:dialled_by] for row in of_rep(calls, rep, 150)[::25]]
    calls.loc[planted, "phone"] = "555-0"
    calls.loc[planted[0], "outcome"] = outcome
    return calls, planted


def test_a_number_that_a_third_of_the_reps_dial_and_nobody_answers(tmp_path: Path) -> None:
    calls, planted = shared_number(dialled_by=3)
    assert pointed_at(tmp_path, calls, "internal_number") == planted


@pytest.mark.parametrize("outcome", ["conversation", "meeting set", "operator", "dead number"])
def test_a_customers_main_number_is_no_number_of_a_friend(tmp_path: Path, outcome: str) -> None:
    calls, _ = shared_number(dialled_by=9, outcome=outcome)
    assert pointed_at(tmp_path, calls, "internal_number") == []


def test_a_number_of_two_reps_is_not_shared(tmp_path: Path) -> None:
    calls, _ = shared_number(dialled_by=2)
    assert pointed_at(tmp_path, calls, "internal_number") == []


def test_shared_numbers_need_reps_outcomes_and_lists_of_their_own(tmp_path: Path) -> None:
    calls, _ = shared_number(dialled_by=3)
    assert why_not(tmp_path, calls.assign(outcome="no answer"), "internal_number") == "no_code"
    assert why_not(tmp_path, calls[calls["rep"].isin(REPS)].assign(outcome="refused"), "internal_number") == "few_reps"
    one_list = calls.assign(phone=calls.groupby("rep").cumcount() % 20)
    one_list.loc[one_list["phone"] > 0, "outcome"] = "no answer"
    assert why_not(tmp_path, one_list.assign(outcome=np.where(one_list["phone"] > 0, "no answer", "refused")),
                   "internal_number") == "few_values"  # fmt: skip


def months_of_calls(reps: list[str], n_months: int = 5, a_day: int = 8) -> pd.DataFrame:
    """So many calls of each rep on each workday."""
    days = pd.bdate_range("2025-01-01", periods=n_months, freq="BMS")
    every = pd.bdate_range(days[0], days[-1] + pd.offsets.BMonthEnd())
    at = [(day + pd.Timedelta(minutes=540 + 30 * i + r, seconds=7 * i), rep, f"{r}-{i}-{day:%j}", "no answer", 40)
          for day in every for r, rep in enumerate(reps) for i in range(a_day)]  # fmt: skip
    return pd.DataFrame(at, columns=["started", "rep", "phone", "outcome", "seconds"])


def busier(calls: pd.DataFrame, rep: str, day: str, n: int) -> pd.DataFrame:
    """Add so many calls of a rep on one day, after the others."""
    at = pd.Timestamp(f"{day} 15:30") + pd.to_timedelta(np.arange(n) * 7, unit="min")
    added = pd.DataFrame({"started": at, "rep": rep, "outcome": "no answer", "seconds": 40, "phone": "x"})
    return pd.concat([calls, added.assign(phone=[f"x{day}{i}" for i in range(n)])], ignore_index=True)


def test_more_than_a_busy_day_at_the_end_of_a_month(tmp_path: Path) -> None:
    usual = months_of_calls(REPS)
    calls = busier(busier(usual, "Ana", "2025-03-31", 5), "Ben", "2025-03-13", 5)  # Ben is busy in mid-month
    calls = busier(calls, "Ana", "2025-03-28", 3)
    assert pointed_at(tmp_path, calls, "month_end") == [
        *range(len(usual), len(usual) + 5),
        *range(len(calls) - 3, len(calls)),
    ]


def test_a_month_end_push_of_the_whole_team_is_the_teams_calendar(tmp_path: Path) -> None:
    calls = months_of_calls(REPS)
    for rep in REPS:
        for day in ("2025-01-30", "2025-01-31", "2025-02-27", "2025-02-28", "2025-03-28", "2025-03-31", "2025-04-29",
                    "2025-04-30", "2025-05-29", "2025-05-30"):  # fmt: skip
            calls = busier(calls, rep, day, 4)
    assert pointed_at(tmp_path, calls, "month_end") == []


def test_a_holiday_moves_the_end_of_a_month(tmp_path: Path) -> None:
    calls = months_of_calls(REPS)
    calls = calls[calls["started"].dt.normalize() != "2025-03-31"].reset_index(drop=True)
    assert pointed_at(tmp_path, busier(calls, "Ana", "2025-03-27", 5), "month_end") == [
        *range(len(calls), len(calls) + 5)
    ]


def test_two_ends_of_months_are_no_habit(tmp_path: Path) -> None:
    calls = months_of_calls(REPS, n_months=3)
    open_month = calls[calls["started"] < "2025-03-28"]
    assert why_not(tmp_path, open_month, "month_end") == "few_months"


def test_calls_crowded_into_the_last_half_hour(tmp_path: Path) -> None:
    usual = months_of_calls(REPS)
    hurried = pd.Timestamp("2025-02-11 16:00") + pd.to_timedelta(np.arange(6) * 4, unit="min")
    added = pd.DataFrame({"started": hurried, "rep": "Ana", "phone": "x", "outcome": "no answer", "seconds": 40})
    morning = added.assign(rep="Ben", started=added["started"] - pd.Timedelta(hours=6))
    calls = pd.concat([usual, added, morning], ignore_index=True)
    assert pointed_at(tmp_path, calls, "day_end") == [*range(len(usual) + 1, len(usual) + 6)]


def test_calls_entered_at_the_end_of_the_day_show_no_hurry(tmp_path: Path) -> None:
    calls = quiet_calls(REPS, 300)
    entered = calls["started"].dt.normalize() + pd.to_timedelta(17 * 60 + calls.index % 20, unit="min")
    assert why_not(tmp_path, calls.assign(started=entered), "day_end") == "same_time"


def quotes() -> pd.DataFrame:
    sent = quiet_calls(REPS, 300)
    return sent.assign(amount=1000 + sent.index % 7)


def test_parts_of_one_quote_and_a_quote_sent_again(tmp_path: Path) -> None:
    sent = quotes()
    parts, options, large, again = [0, 1, 2], [3, 4], [5, 6, 7], [8, 50]
    for account, rows in (("A", parts), ("B", options), ("C", large), ("D", again)):
        sent.loc[rows, "phone"] = account
    sent.loc[[*parts, *options, *again], "amount"] = 300
    sent.loc[large[:2], "amount"] = 300  # beside a whole quote
    assert pointed_at(tmp_path, sent, "split_quote", **QUOTES) == [1, 2]
    assert pointed_at(tmp_path, sent, "reissued", **QUOTES) == [4, 6, 7, 50]
    assert pointed_at(tmp_path, sent, "reissued", **QUOTES | {"amount": None}) == [1, 2, 4, 6, 7, 50]


def test_quotes_of_one_price_show_no_parts(tmp_path: Path) -> None:
    assert why_not(tmp_path, quotes().assign(amount=5), "split_quote", **QUOTES) == "same_value"
    assert why_not(tmp_path, quotes(), "split_quote", **QUOTES | {"amount": None}) == "no_column"


def test_orders_of_the_end_of_a_month_that_were_cancelled(tmp_path: Path) -> None:
    orders = months_of_calls(REPS, a_day=2).assign(outcome="won")
    day = orders["started"].dt.strftime("%Y-%m-%d")
    first = {
        date: int(orders.index[day == date][0]) for date in ("2025-02-25", "2025-02-26", "2025-02-28", "2025-03-03")
    }
    orders.loc[[*first.values()], "outcome"] = "Cancelled"
    assert pointed_at(tmp_path, orders, "pulled_forward", **ORDERS) == [first["2025-02-26"], first["2025-02-28"]]
    assert why_not(tmp_path, orders.assign(outcome="won"), "pulled_forward", **ORDERS) == "no_code"


def test_credit_for_a_case_that_another_rep_began(tmp_path: Path) -> None:
    orders = quiet_calls(REPS, 200)
    orders["opener"] = orders["rep"].str.upper() + " "
    orders.loc[[3, 4, 5], "opener"] = ["Ben", "Zoe", None]  # Zoe has left
    roles = ORDERS | {"first_rep": "opener"}
    assert pointed_at(tmp_path, orders, "credit_moved", **roles) == [3, 4]
    by_id = orders.assign(opener=orders["opener"].astype(str).map(hash))
    assert why_not(tmp_path, by_id, "credit_moved", **roles) == "other_names"


HOSTILE = {
    "one contact": lambda rows: rows.assign(phone="555"),
    "no contact": lambda rows: rows.assign(phone=None),
    "one rep": lambda rows: rows.assign(rep="Ana"),
    "out of order": lambda rows: rows.sample(frac=1, random_state=1),
    "no outcome": lambda rows: rows.assign(outcome=None),
    "codes in odd case": lambda rows: rows.assign(
        outcome=np.resize([" CANCELLED", "No-Answer", "wOn ", "?", None], len(rows))
    ),
    "odd numbers": lambda rows: rows.assign(amount=np.resize([0, -5, None, 1e12], len(rows)), seconds=-1),
    "one day": lambda rows: rows.assign(started="2025-03-03 10:00:00"),
    "weekends only": lambda rows: rows.assign(
        started=np.resize(["2025-03-01 10:00:01", "2025-03-02 11:00:02"], len(rows))
    ),
    "days without times": lambda rows: rows.assign(started=rows["started"].dt.normalize()),
}  # fmt: skip


@pytest.mark.parametrize("fault", HOSTILE)
def test_no_log_breaks_a_check(tmp_path: Path, fault: str) -> None:
    rows = months_of_calls(REPS, n_months=4, a_day=3)
    rows = rows.assign(amount=10.0 + rows.index % 9, entered=rows["started"], opener=rows["rep"], list="a")
    rows = rows.assign(off=rows.index % 5, grade=np.resize(["A", "B"], len(rows)))
    columns = {"seconds": "seconds", "contact": "phone", "disposition": "outcome", "amount": "amount",
               "logged": "entered", "first_rep": "opener", "list": "list",
               "discount": "off", "lead_source": "grade"}  # fmt: skip
    spoilt = HOSTILE[fault](rows)
    for kind in EVENT_KINDS:
        counted = count_suspects(write_log(tmp_path, spoilt, {"kind": kind, **columns}), tmp_path)
        assert (counted.frame["k"] <= counted.frame["n"]).all()
        known = {*counted.checks, *(each.check for each in counted.cannot_tell)}
        assert known == {check.name for check in CHECKS}
