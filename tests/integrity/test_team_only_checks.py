"""Wins held back, leads picked and discounts before a cancellation: the planted rows, and figures without a name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.integrity.logs import pointed_at, why_not, write_log
from workbench.integrity.count_suspects import count_suspects
from workbench.integrity.find_flags import find_flags
from workbench.integrity.suspect_counts import ANY, TEAM_ONLY, SuspectCounts
from workbench.integrity.suspect_share import standing_out

TEAM = [f"Rep {i:02d}" for i in range(12)]
ORDERS = {"kind": "orders", "seconds": None, "disposition": None}
CALLS = {"kind": "calls", "seconds": None, "lead_source": "grade", "list": "list"}


def wins(seed: int = 1, n_months: int = 12, a_month: float = 9, reps: list[str] = TEAM) -> pd.DataFrame:
    """Orders of honest reps: so many a month, on any workday."""
    chance = np.random.default_rng(seed)
    days = pd.bdate_range("2025-01-01", periods=n_months * 21)
    sold = [(day, rep, f"{rep}-{i}", chance.integers(500, 1500)) for i, day in enumerate(days) for rep in reps
            for _ in range(chance.poisson(a_month / 21))]  # fmt: skip
    return pd.DataFrame(sold, columns=["started", "rep", "phone", "amount"])


def hold_back(orders: pd.DataFrame, rep: str) -> pd.DataFrame:
    """What a rep would win in the last five workdays of a month is signed in the first of the next."""
    last = orders["started"] + pd.offsets.BMonthEnd(0) - 5 * pd.offsets.BDay()
    moved = orders["started"].where((orders["rep"] != rep) | (orders["started"] <= last),
                                    orders["started"] + pd.offsets.BMonthBegin(1))  # fmt: skip
    return orders.assign(started=moved)


def test_wins_just_after_a_good_month_beside_those_just_before_its_end(tmp_path: Path) -> None:
    usual = wins(a_month=6)
    usual = usual[usual["rep"] != "Rep 00"]
    mine = pd.to_datetime([
        "2025-01-08", "2025-01-09", "2025-01-31", "2025-02-03", "2025-02-07", "2025-02-10",  # a good January
        "2025-03-03", "2025-03-10", "2025-03-11", "2025-04-01", "2025-04-20",  # after a poor February
    ])  # fmt: skip
    added = pd.DataFrame({"started": mine, "rep": "Rep 00", "phone": "x", "amount": [100] * 3 + [10] * 3 + [100] * 5})
    orders = pd.concat([usual, added], ignore_index=True)
    found = pointed_at(tmp_path, orders, "held_back", **ORDERS, amount="amount")
    assert [row - len(usual) for row in found if row >= len(usual)] == [3, 4, 9]
    by_number = pointed_at(tmp_path, orders, "held_back", **ORDERS)
    assert [row - len(usual) for row in by_number if row >= len(usual)] == [3, 4, 6, 9]
    lost = orders.assign(outcome=["won"] * (len(usual) + 3) + ["lost"] + ["won"] * 7)
    found = pointed_at(tmp_path, lost, "held_back", **ORDERS | {"disposition": "outcome"}, amount="amount")
    assert [row - len(usual) for row in found if row >= len(usual)] == [4, 9]


@pytest.mark.parametrize("a_month", [12, 20])
def test_honest_wins_come_on_both_sides_and_a_holder_stands_out_without_a_name(tmp_path: Path, a_month: float) -> None:
    honest = count_suspects(write_log(tmp_path, wins(3, 18, a_month), {"kind": "orders"}), tmp_path)
    assert figure(honest, "held_back").n_beyond == 0
    assert figure(honest, "held_back").team_rate == pytest.approx(0.5, abs=0.06)
    held = count_suspects(write_log(tmp_path, hold_back(wins(3, 18, a_month), "Rep 04"), {"kind": "orders"}), tmp_path)
    assert figure(held, "held_back").n_beyond == 1
    assert figure(held, "held_back").upper_rate > 0.9
    assert find_flags(held, pd.Series("closer", index=TEAM)).named == ()


def figure(counts: SuspectCounts, check: str):
    return next(each for each in find_flags(counts, pd.Series("closer", index=TEAM)).team if each.check == check)


def test_held_back_needs_months_and_wins(tmp_path: Path) -> None:
    orders = wins(a_month=60)
    assert why_not(tmp_path, orders[orders["started"] < "2025-03-20"], "held_back", **ORDERS) == "few_months"
    few = count_suspects(write_log(tmp_path, wins(a_month=4), {"kind": "orders"}), tmp_path)
    limits = [(each.check, each.why) for each in find_flags(few, pd.Series(dtype=str)).cannot_tell]
    assert ("held_back", "few_rows") in limits


def leads(seed: int = 2, per_rep: int = 300, picker: str | None = None, lift: float = 3.0) -> pd.DataFrame:
    """Calls at leads of two grades, which all reps share; the better grade has ``lift`` times the conversations."""
    chance = np.random.default_rng(seed)
    rows = []
    for rep in TEAM:
        good = chance.random(per_rep) < (0.8 if rep == picker else 0.3)
        spoke = chance.random(per_rep) < np.where(good, 0.15 * lift, 0.15)
        days = pd.bdate_range("2025-01-01", "2025-12-01")[np.sort(chance.integers(0, 230, per_rep))]
        rows.append(pd.DataFrame({
            "started": days + pd.Timedelta(hours=10), "rep": rep, "grade": np.where(good, "A", "B"), "list": "one",
            "outcome": np.where(spoke, "conversation", "no answer"), "phone": [f"{rep}{i}" for i in range(per_rep)],
        }))  # fmt: skip
    return pd.concat(rows, ignore_index=True)


def test_leads_of_the_better_grade_are_counted_once_each(tmp_path: Path) -> None:
    calls = leads()
    good = calls.index[calls["grade"] == "A"].tolist()
    assert pointed_at(tmp_path, calls, "leads_picked", **CALLS) == good
    again = pd.concat([calls, calls.iloc[good[:5]].assign(started="2025-12-15 10:00")], ignore_index=True)
    assert pointed_at(tmp_path, again, "leads_picked", **CALLS) == good


def test_who_picks_leads_stands_out_without_a_name_and_nothing_is_left_out(tmp_path: Path) -> None:
    roles = {"kind": "calls", "contact": "phone", "disposition": "outcome", "list": "list", "lead_source": "grade"}
    fair = count_suspects(write_log(tmp_path, leads(per_rep=600), roles), tmp_path)
    assert figure(fair, "leads_picked").n_beyond == 0
    picked = count_suspects(write_log(tmp_path, leads(per_rep=600, picker="Rep 05"), roles), tmp_path)
    found = find_flags(picked, pd.Series("caller", index=TEAM))
    beyond = figure(picked, "leads_picked")
    assert (beyond.n_beyond, found.named, standing_out(found)) == (1, (), ())
    assert beyond.upper_rate == pytest.approx(0.8, abs=0.05)
    assert not TEAM_ONLY & {*picked.can_be_left_out}
    plain = count_suspects(
        write_log(tmp_path, leads(per_rep=600, picker="Rep 05"), roles | {"lead_source": None}), tmp_path
    )
    sums = [each.frame.loc[each.frame["check"] == ANY, ["n", "k"]].sum().tolist() for each in (picked, plain)]
    assert sums[0] == sums[1]


def test_leads_are_picked_only_from_what_all_share_and_where_a_kind_is_better(tmp_path: Path) -> None:
    calls = leads()
    assert why_not(tmp_path, leads(lift=1.0), "leads_picked", **CALLS) == "no_better_kind"
    assigned = calls.assign(grade=np.where(calls["rep"] < "Rep 06", "A", "B"))
    assert why_not(tmp_path, assigned, "leads_picked", **CALLS) == "not_shared"
    assert why_not(tmp_path, calls, "leads_picked", **CALLS | {"list": "grade"}) == "same_as_list"
    assert why_not(tmp_path, calls, "leads_picked", **CALLS | {"disposition": None}) == "no_column"
    assert why_not(tmp_path, calls.assign(outcome="no answer"), "leads_picked", **CALLS) == "no_code"
    assert why_not(tmp_path, calls.assign(grade="A"), "leads_picked", **CALLS) == "same_value"
    assert why_not(tmp_path, calls[calls["rep"] < "Rep 05"], "leads_picked", **CALLS) == "few_reps"


def test_a_star_makes_no_kind_of_lead_a_better_one(tmp_path: Path) -> None:
    calls = leads(lift=1.0, picker="Rep 05")
    chance = np.random.default_rng(4).random(len(calls)) < 0.9
    calls.loc[(calls["rep"] == "Rep 05") & chance, "outcome"] = "conversation"
    assert why_not(tmp_path, calls, "leads_picked", **CALLS) == "no_better_kind"


@pytest.mark.parametrize("written", ["{:.0f}", "{:.0f} %", "-{:.0f}"])
def test_discounted_orders_of_the_end_of_a_month_that_were_cancelled(tmp_path: Path, written: str) -> None:
    orders = wins().assign(outcome="won", discount=10)
    day = orders["started"].dt.strftime("%Y-%m-%d")
    place = {
        each: int(orders.index[day == each][0]) for each in ("2025-02-26", "2025-02-27", "2025-02-28", "2025-03-04")
    }
    orders.loc[[*place.values()], "outcome"] = "cancelled"
    orders.loc[[place["2025-02-27"], place["2025-02-28"], place["2025-03-04"]], "discount"] = [25, 5, 25]
    orders["discount"] = orders["discount"].map(written.format)
    roles = ORDERS | {"disposition": "outcome", "discount": "discount"}
    assert pointed_at(tmp_path, orders, "discount_cancelled", **roles) == [place["2025-02-27"]]


def test_money_off_is_a_share_of_the_amount(tmp_path: Path) -> None:
    orders = wins().assign(outcome="won", amount=1000.0, discount=100.0)
    last = orders.index[orders["started"] == "2025-02-28"][:2]
    orders.loc[last, "outcome"] = "cancelled"
    orders.loc[last[0], ["amount", "discount"]] = [9000, 800]  # more money, a smaller share
    orders.loc[last[1], ["amount", "discount"]] = [500, 90]
    roles = ORDERS | {"disposition": "outcome", "discount": "discount", "amount": "amount"}
    assert pointed_at(tmp_path, orders, "discount_cancelled", **roles) == [last[1]]
    assert why_not(tmp_path, orders.assign(discount=5), "discount_cancelled", **roles) == "same_value"
    assert why_not(tmp_path, orders, "discount_cancelled", **roles | {"discount": None}) == "no_column"
