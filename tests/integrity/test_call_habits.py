"""How calls were made, counted by hand: lengths, hours, outcomes of some reps beside all others."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.integrity.logs import CALLS, write_log
from workbench.charts.call_habits import call_habits_alt, call_habits_chart, call_habits_rows
from workbench.integrity.call_habits import LENGTHS, REST, CallHabits, count_call_habits
from workbench.integrity.flags import FlagKey, Flags, NamedFlag
from workbench.integrity.suspect_share import months_in_question
from workbench.words.call_habits import (
    LENGTHS as LENGTH_WORDS,
)
from workbench.words.call_habits import (
    compared_groups,
    habits_caption,
    value_labels,
    widest_gap_sentence,
)

TEAM = ("Ana", "Ben", "Cem")


def calls() -> pd.DataFrame:
    """Ana: 40 calls of 4 seconds at 21:30 without an answer; Ben and Cem: 30 of 50 seconds at 10:15 and 14:15."""
    rows = [(f"2025-03-{1 + i % 28:02d} 21:30:{i:02d}", "Ana", f"9{i}", 4, "no answer") for i in range(40)]
    for rep, hour in (("Ben", 10), ("Cem", 14)):
        rows += [(f"2025-04-{1 + i:02d} {hour}:15:00", rep, f"{hour}{i}", 50, "Spoke") for i in range(28)]
        rows += [(f"2025-05-0{1 + i} {hour}:15:00", rep, f"{hour}{i}", 200, "no answer") for i in range(2)]
    rows.append(("2025-04-02 10:00:00", "Somebody else", "1", 1, "busy"))
    return pd.DataFrame(rows, columns=["started", "rep", "phone", "seconds", "outcome"])


def habits(folder: Path, **months: pd.Timestamp) -> CallHabits:
    return count_call_habits(write_log(folder, calls(), CALLS), folder, ["Ana"], TEAM, **months)


def shares(found: CallHabits, way: str, apart: bool) -> dict[str, float]:
    rows = found.frame[(found.frame["way"] == way) & (found.frame["apart"] == apart) & (found.frame["n"] > 0)]
    return dict(zip(rows["value"], rows["share"], strict=True))


def test_shares_are_of_each_group_and_who_is_no_rep_of_the_team_counts_nowhere(tmp_path: Path) -> None:
    found = habits(tmp_path)
    assert found.ways == ("length", "hour", "outcome")
    assert (found.n_apart, found.n_others) == (40, 60)
    assert shares(found, "length", True) == {"0": 1.0}
    assert shares(found, "length", False) == pytest.approx({"30": 56 / 60, "180": 4 / 60})
    assert shares(found, "hour", True) == {"21": 1.0}
    assert shares(found, "hour", False) == pytest.approx({"10": 0.5, "14": 0.5})
    assert shares(found, "outcome", False) == pytest.approx({"Spoke": 56 / 60, "no answer": 4 / 60})
    assert list(found.of("hour")["value"].unique()) == [f"{hour:02d}" for hour in range(10, 22)]
    assert list(found.of("length")["value"].unique()) == [str(low) for low in LENGTHS] == [*LENGTH_WORDS]


def test_only_the_months_asked_for_are_counted_the_last_one_whole(tmp_path: Path) -> None:
    april = pd.Timestamp("2025-04-01")
    assert habits(tmp_path, since=april).n_apart == 0
    assert habits(tmp_path, since=april).n_others == 60
    assert habits(tmp_path, since=april, until=april).n_others == 56
    assert habits(tmp_path, until=pd.Timestamp("2025-03-01")).n_apart == 40


def test_a_log_that_tells_no_lengths_and_no_times_has_outcomes_alone(tmp_path: Path) -> None:
    rows = calls().assign(started=lambda frame: frame["started"].str[:10])
    log = write_log(tmp_path, rows, {"kind": "calls", "disposition": "outcome"})
    assert count_call_habits(log, tmp_path, ["Ana"], TEAM).ways == ("outcome",)
    quotes = write_log(tmp_path, rows, {"kind": "quotes", "disposition": "outcome"})
    found = count_call_habits(quotes, tmp_path, ["Ana"], TEAM)
    assert (found.ways, found.n_apart, found.n_others) == ((), 0, 0)


def test_many_outcomes_are_the_most_frequent_and_the_rest(tmp_path: Path) -> None:
    rows = calls().assign(outcome=[f"code {i % 9}" for i in range(len(calls()))])
    found = count_call_habits(write_log(tmp_path, rows, CALLS), tmp_path, ["Ana"], TEAM)
    values = list(found.of("outcome")["value"].unique())
    assert len(values) == 7
    assert values[-1] == REST
    assert found.of("outcome").groupby("apart")["share"].sum().tolist() == pytest.approx([1.0, 1.0])
    assert value_labels(found, "outcome")[REST] == "other outcomes"


def test_words_and_picture_are_of_the_values_counted(tmp_path: Path) -> None:
    found, groups = habits(tmp_path), compared_groups(1)
    assert widest_gap_sentence(found, 1) == (
        "100% of the calls of this rep lasted 5 seconds or less, against 0% of all others."
    )
    assert habits_caption(found) == "All months: 40 calls of these reps, 60 of all others."
    march = pd.Timestamp("2025-03-01")
    assert habits_caption(habits(tmp_path, since=march)).startswith("Since March 2025: 40 calls")
    rows = call_habits_rows(found.of("outcome"), value_labels(found, "outcome"), groups)
    drawn = json.dumps(call_habits_chart(rows, "share", groups).to_dict())
    assert not any(rep in drawn for rep in TEAM)
    assert call_habits_alt(rows, "Share", groups) == (
        "Share, 1 rep worth a conversation against all other reps: Spoke 0% against 93% and no answer 100% against 7%."
    )


def test_the_months_are_those_of_the_changes_until_the_last_one_ended() -> None:
    def key(since: str | None, until: str | None) -> FlagKey:
        first, last = (pd.Timestamp(day) if day else None for day in (since, until))
        return FlagKey("burst", "calls", "rhythm", "change" if since else "level", 0.5, 0.1, 6, 9, 4, first, last)

    def of(*keys: FlagKey) -> Flags:
        return Flags((NamedFlag("Ana", keys),), (), (), (), 8, 8)

    level, ended, goes_on = key(None, None), key("2024-08-01", "2024-12-01"), key("2024-07-01", None)
    assert months_in_question(of(level)) == (None, None)
    assert months_in_question(of(level, ended)) == (pd.Timestamp("2024-08-01"), pd.Timestamp("2024-12-01"))
    assert months_in_question(of(ended, goes_on)) == (pd.Timestamp("2024-07-01"), None)
