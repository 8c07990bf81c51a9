"""Each check points at the rows planted for it, at no others, and says when a log cannot support it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.integrity.logs import CALLS, pointed_at, quiet_calls, why_not, write_log
from workbench.errors import InputError
from workbench.integrity.checks.catalogue import CHECKS
from workbench.integrity.count_suspects import count_suspects, suspect_rows
from workbench.integrity.suspect_counts import CHECK_NAMES, FAMILIES

REPS = ["Ana", "Ben", "Cem", "Dee"]


def test_every_check_has_a_family_and_stands_in_the_catalogue_once() -> None:
    assert sorted(check.name for check in CHECKS) == sorted(CHECK_NAMES) == sorted(FAMILIES)


def test_an_honest_log_has_no_suspect_row(tmp_path: Path) -> None:
    counted = count_suspects(write_log(tmp_path, quiet_calls(REPS, 500), CALLS), tmp_path)
    assert counted.frame["k"].sum() == 0
    assert set(counted.checks) == {"seconds_long", "after_hours", "same_contact", "burst", "cadence", "day_end"}
    assert counted.frame.groupby(["check", "rep"])["n"].sum().eq(500).all()


def test_calls_of_a_few_seconds_but_not_those_that_a_machine_ends(tmp_path: Path) -> None:
    calls = quiet_calls(REPS, 300)
    calls.loc[[5, 6, 7], "seconds"] = [3, 9, 10]
    calls.loc[[20, 21, 22], "seconds"] = 3
    calls.loc[[20, 21, 22], "outcome"] = ["busy", "operator", "dead number"]
    calls.loc[30, "seconds"] = 0  # no length, not a short one
    assert pointed_at(tmp_path, calls, "seconds_long") == [5, 6]


def test_lengths_in_minutes_are_read_as_such(tmp_path: Path) -> None:
    calls = quiet_calls(REPS, 300)
    minutes = calls.assign(seconds=(calls["seconds"] / 60).round(3))
    minutes.loc[[5, 6, 7], "seconds"] = [0.05, 0.15, 0.17]
    assert pointed_at(tmp_path, minutes, "seconds_long", length_unit="minutes") == [5, 6]
    rows = suspect_rows(
        write_log(tmp_path, minutes, CALLS | {"length_unit": "minutes"}), tmp_path, "seconds_long", "Ana"
    )
    assert rows["seconds"].tolist() == pytest.approx([3, 9])


def test_whole_minutes_hide_short_calls(tmp_path: Path) -> None:
    calls = quiet_calls(REPS, 300).assign(seconds=1, outcome="no answer")
    calls.loc[calls.index % 3 == 0, ["seconds", "outcome"]] = [4, "conversation"]
    for check in ("seconds_long", "no_answer_logged"):
        assert why_not(tmp_path, calls, check, length_unit="minutes") == "whole_minutes"
    assert len(pointed_at(tmp_path, calls, "seconds_long")) == 1200  # taken for seconds, all of them were short


def test_lengths_known_of_good_calls_only_cannot_tell(tmp_path: Path) -> None:
    calls = quiet_calls(REPS, 300)
    good = calls.index % 10 == 0
    calls["outcome"] = np.where(good, "conversation", "no answer")
    calls["seconds"] = np.where(good, 120, 0)
    assert why_not(tmp_path, calls, "seconds_long") == "only_good_calls"


def test_evenings_and_weekends_are_after_hours_where_the_team_rests_then(tmp_path: Path) -> None:
    calls = quiet_calls(REPS, 300)
    calls.loc[[3, 4], "started"] = [pd.Timestamp("2025-03-04 21:10"), pd.Timestamp("2025-03-08 11:00")]
    assert pointed_at(tmp_path, calls, "after_hours") == [3, 4]


def test_a_team_that_works_on_saturdays_rests_on_sundays(tmp_path: Path) -> None:
    calls = quiet_calls(REPS, 300)
    tenth = calls.index % 10 == 0
    calls.loc[tenth, "started"] = calls.loc[tenth, "started"].dt.normalize() + pd.Timedelta(hours=10, minutes=30)
    saturday = calls.index % 20 == 0
    calls.loc[saturday, "started"] = pd.Timestamp("2025-03-08 10:30")
    assert pointed_at(tmp_path, calls, "after_hours") == []


@pytest.mark.parametrize(
    ("clock", "why"),
    [
        (lambda calls: pd.to_datetime(calls["started"]).dt.normalize(), "no_time_of_day"),
        (lambda calls: calls["started"].dt.normalize() + pd.Timedelta(hours=8), "same_time"),
        (
            lambda calls: calls["started"].dt.normalize() + pd.to_timedelta(calls.index * 617 % 1440, unit="min"),
            "random_clock",
        ),
    ],
)
def test_a_clock_that_tells_nothing_cannot_tell(tmp_path: Path, clock, why: str) -> None:
    calls = quiet_calls(REPS, 300)
    assert why_not(tmp_path, calls.assign(started=clock(calls)), "after_hours") == why


def test_the_ninth_attempt_within_four_weeks_and_no_earlier(tmp_path: Path) -> None:
    calls = quiet_calls(REPS, 300)
    mine = calls.index[calls["rep"] == "Ana"][:10]
    calls.loc[mine, "phone"] = "555-1"
    others = calls.index[calls["rep"] == "Ben"][:8]
    calls.loc[others, "phone"] = "555-1"  # another rep's attempts are not hers
    assert pointed_at(tmp_path, calls, "same_contact") == list(mine[8:])


def test_a_dead_number_is_known_from_the_day_after(tmp_path: Path) -> None:
    calls = quiet_calls(REPS, 300)
    first, same_day, next_day, ben = 0, 1, 30, 330
    assert calls["rep"][ben] == "Ben"
    assert calls["rep"][next_day] == "Ana"
    calls.loc[[first, same_day, next_day, ben], "phone"] = "555-1"
    calls.loc[[first, same_day, next_day, ben], "outcome"] = "not in service"
    codes = {"disposition": {"not in service": "dead_number"}}
    assert pointed_at(tmp_path, calls, "dead_number", values=codes) == [next_day]


def test_six_calls_within_three_minutes_are_a_burst(tmp_path: Path) -> None:
    calls = quiet_calls(REPS, 300)
    mine = calls.index[calls["rep"] == "Cem"][:6]
    calls.loc[mine, "started"] = pd.Timestamp("2025-03-03 12:00:01") + pd.to_timedelta(np.arange(6) * 31, unit="s")
    assert pointed_at(tmp_path, calls, "burst") == [mine[-1]]


def test_three_equal_pauses_are_a_cadence(tmp_path: Path) -> None:
    calls = quiet_calls(REPS, 300)
    mine = calls.index[calls["rep"] == "Cem"][:25]
    day = pd.Timestamp("2025-03-03 09:00:01")
    calls.loc[mine, "started"] = day + pd.to_timedelta(np.arange(25) * 600, unit="s")
    found = pointed_at(tmp_path, calls, "cadence")
    assert set(mine[2:-1]) <= set(found) <= set(mine)


def test_times_in_whole_minutes_show_no_cadence(tmp_path: Path) -> None:
    calls = quiet_calls(REPS, 300)
    assert why_not(tmp_path, calls.assign(started=calls["started"].dt.floor("min")), "cadence") == "whole_minutes"


def test_no_answer_after_a_long_talk(tmp_path: Path) -> None:
    calls = quiet_calls(REPS, 300)
    calls.loc[[2, 3], "outcome"] = ["conversation", "no answer"]
    calls.loc[[2, 3], "seconds"] = 240
    assert pointed_at(tmp_path, calls, "no_answer_logged") == [3]


def test_messages_sent_at_once_are_a_sequence(tmp_path: Path) -> None:
    sent = quiet_calls(REPS, 300)
    at_once = sent.index[sent["rep"] == "Dee"][:5]
    sent.loc[at_once, "started"] = pd.Timestamp("2025-03-05 10:00:30")
    dataset = write_log(tmp_path, sent, {"kind": "messages", "contact": "phone"})
    assert suspect_rows(dataset, tmp_path, "sequence", "Dee")["row"].tolist() == [i + 1 for i in at_once]


def test_quotes_without_an_answer_once_there_was_time_for_one(tmp_path: Path) -> None:
    quotes = quiet_calls(REPS, 1800).assign(outcome="won")
    quotes.loc[[1, quotes.index[-1]], "outcome"] = "open"  # the last one is young
    dataset = write_log(tmp_path, quotes, {"kind": "quotes", "contact": "phone", "disposition": "outcome"})
    assert suspect_rows(dataset, tmp_path, "unanswered", "Ana")["row"].tolist() == [2]
    assert suspect_rows(dataset, tmp_path, "unanswered", "Dee").empty


def test_a_quote_to_the_same_account_again_within_two_weeks(tmp_path: Path) -> None:
    quotes = quiet_calls(REPS, 300)
    quotes.loc[[0, 1, 249], "phone"] = "Acme"
    dataset = write_log(tmp_path, quotes, {"kind": "quotes", "contact": "phone"})
    assert suspect_rows(dataset, tmp_path, "reissued", "Ana")["row"].tolist() == [2, 250]


def test_meetings_that_nobody_attended_and_orders_cancelled(tmp_path: Path) -> None:
    rows = quiet_calls(REPS, 200).assign(outcome="held")
    rows.loc[[4, 5], "outcome"] = ["No show", "cancelled"]
    meetings = write_log(tmp_path, rows, {"kind": "meetings", "disposition": "outcome"})
    assert suspect_rows(meetings, tmp_path, "unattended", "Ana")["row"].tolist() == [5, 6]
    orders = write_log(tmp_path, rows, {"kind": "orders", "disposition": "outcome"})
    assert suspect_rows(orders, tmp_path, "cancelled_later", "Ana")["row"].tolist() == [6]


def test_entries_made_a_week_later(tmp_path: Path) -> None:
    calls = quiet_calls(REPS, 300)
    entered = calls["started"] + pd.Timedelta(hours=2)
    entered[[7, 8]] = calls["started"][[7, 8]] + pd.to_timedelta([2, 7], unit="D")
    dataset = write_log(tmp_path, calls.assign(entered=entered), {**CALLS, "logged": "entered"})
    assert suspect_rows(dataset, tmp_path, "late_entry", "Ana")["row"].tolist() == [9]


def test_too_few_rows_or_a_missing_column_cannot_tell(tmp_path: Path) -> None:
    few = count_suspects(write_log(tmp_path, quiet_calls(REPS, 20), CALLS), tmp_path)
    assert few.frame.empty
    said = {each.check: (each.why, each.n or each.role) for each in few.cannot_tell}
    assert said["same_contact"] == ("few_rows", 80)
    assert said["late_entry"] == ("no_column", "logged")
    assert said["unanswered"] == ("no_log", "")


def test_a_data_set_without_event_columns_cannot_tell_anything(tmp_path: Path) -> None:
    dataset = write_log(tmp_path, quiet_calls(REPS, 10), CALLS)
    bare = dataset.model_copy(update={"sources": (dataset.sources[0].model_copy(update={"events": None}),)})
    found = count_suspects(bare, tmp_path)
    assert {each.why for each in found.cannot_tell} == {"no_log"}
    assert len(found.cannot_tell) == len(CHECKS)


def test_opened_rows_are_in_the_words_of_the_file_from_a_day_on(tmp_path: Path) -> None:
    calls = quiet_calls(REPS, 300)
    calls.loc[[5, 250], "seconds"] = 3
    calls["outcome"] = "Nobody There"
    codes = {"disposition": {"Nobody There": "no_answer"}}
    dataset = write_log(tmp_path, calls, {**CALLS, "values": codes})
    rows = suspect_rows(dataset, tmp_path, "seconds_long", "Ana")
    assert rows["row"].tolist() == [6, 251]
    assert rows["disposition"].tolist() == ["Nobody There"] * 2
    later = suspect_rows(dataset, tmp_path, "seconds_long", "Ana", since=pd.Timestamp("2025-03-10"))
    assert later["row"].tolist() == [251]


def test_rows_behind_a_flag_come_from_the_logs_that_the_check_reads_and_no_other_is_opened(tmp_path: Path) -> None:
    rows = quiet_calls(REPS, 200).assign(outcome="held")
    rows.loc[4, "outcome"] = "No show"
    meetings = write_log(tmp_path, rows, {"kind": "meetings", "disposition": "outcome"})
    log = meetings.sources[0]
    orders = log.model_copy(update={"name": "orders", "location": "gone.csv",
                                    "events": log.events.model_copy(update={"kind": "orders"})})  # fmt: skip
    both = meetings.model_copy(update={"sources": (log, orders)})
    assert suspect_rows(both, tmp_path, "unattended", "Ana")["row"].tolist() == [5]
    assert suspect_rows(both, tmp_path, "same_contact", "Ana").empty
    with pytest.raises(InputError):
        suspect_rows(both, tmp_path, "cancelled_later", "Ana")
