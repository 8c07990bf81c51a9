"""Sentences of Integrity: every check and reason has one, and none accuses anybody."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pandas as pd
import pytest

from workbench.integrity.bunching import Unseen
from workbench.integrity.came_to_nothing import NothingUnseen
from workbench.integrity.decoupling import Decoupling, Lacking
from workbench.integrity.flags import FlagKey, Flags, JobKind, NamedFlag, TeamFigure
from workbench.integrity.gameability import Gameability, NotGameable
from workbench.integrity.slope_change import Slope, SlopeChange
from workbench.integrity.suspect_counts import CHECK_NAMES, CannotTell, Why
from workbench.words import gaming, integrity, integrity_limits

KEY = FlagKey("seconds_long", "calls", "length", "change", 0.47, 0.02, 5.1, 1_000, 470, pd.Timestamp("2025-05-01"))
LEVEL = FlagKey("same_contact", "calls", "numbers", "level", 0.3, 0.05, 4.2, 2_000, 600)


CALM = (
    TeamFigure("burst", "calls", 0, 12, 0.1, None, 0.0),
    TeamFigure("seconds_long", "calls", 2, 12, 0.1, 0.4, 0.2),
)


def flags(*named: NamedFlag, **fields: object) -> Flags:
    usual = {"team": CALM, "different": (), "cannot_tell": (), "n_judged": 12, "n_reps": 12}
    return Flags(named=named, **(usual | fields))


def test_every_check_reason_and_kind_of_job_has_its_words() -> None:
    assert set(integrity.CHECKS) == set(integrity.MEANING) == set(CHECK_NAMES)
    assert set(integrity_limits.REASONS) == set(get_args(Why))
    assert set(gaming.NO_LINK) == set(get_args(Lacking))
    assert set(gaming.NO_CROWD) == set(get_args(Unseen))
    assert set(gaming.NOTHING_KNOWN) == set(get_args(NothingUnseen))
    assert set(gaming.NOT_GAMEABLE) == set(get_args(NotGameable))
    for kind in get_args(JobKind):
        assert "Ana" in integrity.different_job_sentence(kind, ["a"], {"a": "Ana"}, 3)


def test_who_logs_little_is_not_said_to_be_left_out_of_the_comparison() -> None:
    """Some of them are compared, and only not named."""
    said = integrity.different_job_sentence("off_system", ["a"], {"a": "Ana"}, None)
    assert said == "Ana logs little for such results and is not named: some work may be unlogged."


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (flags(), "No rep stands out on two independent checks."),
        (flags(team=CALM[:1]), "This data can hardly show whether activity was faked: too few checks could look."),
        (flags(n_without_list=1), "1 rep stands out, but without a list column nobody can be named."),
        (flags(n_judged=0), "This data cannot show whether activity was faked."),
        (
            flags(NamedFlag("Ana", (KEY, LEVEL))),
            "1 of 12 reps is worth a conversation: calls of a few seconds and repeated attempts at one number.",
        ),
        (flags(n_without_role=2), "2 reps stand out on two checks; without roles in the team list nobody is named."),
        (
            flags(team=(*CALM, TeamFigure("same_contact", "calls", 3, 12, 0.1, 0.4, 0.3))),
            "No rep stands out on two checks; 3 of 12 do on one: repeated attempts at one number.",
        ),
        (
            flags(
                team=(
                    TeamFigure("same_contact", "calls", 2, 12, 0.1, 0.4, 0.3),
                    TeamFigure("after_hours", "calls", 2, 12, 0.1, 0.4, 0.3),
                )
            ),
            "Too little to name anybody, but 2 of 12 reps stand out: repeated attempts at one number.",
        ),
    ],
)
def test_the_headline_says_how_many_and_accuses_nobody(found: Flags, said: str) -> None:
    assert integrity.integrity_headline(found) == said
    assert len(said.split()) <= 20


def test_a_sign_is_a_share_beside_what_is_usual() -> None:
    assert integrity.key_sentence(KEY) == "Calls of a few seconds: 47% since May 2025, where 2% is usual for this rep."
    assert integrity.key_sentence(LEVEL).endswith("30%, where 5% is usual for colleagues on the same lists.")
    ended = replace(KEY, until=pd.Timestamp("2025-08-01"))
    assert "from May 2025 to August 2025, where" in integrity.key_sentence(ended)
    assert "470 of 1,000" in integrity.keys_small_print([KEY])
    also = integrity.other_keys_sentence([LEVEL, KEY])
    assert also == f"Also: {integrity.CHECKS[LEVEL.check]} 30%, usual 5%; calls of a few seconds 47%, usual 2%."


def test_of_prizes_that_move_only_what_there_is_to_say_is_said() -> None:
    names = {"a": "Ana", "b": "Ben"}
    assert integrity.moved_sentence(["a"], ["b"], names) == "In: Ana. Out: Ben."
    assert integrity.moved_sentence([], ["a"], names) == "Out: Ana."
    assert integrity.moved_sentence(["a"], [], names) == "In: Ana."
    assert integrity.moved_sentence([], [], names) == ""


def test_reasons_of_several_logs_are_one_sentence() -> None:
    limits = [CannotTell("late_entry", "no_column", log, "logged") for log in ("calls", "quotes")]
    assert not integrity_limits.is_too_small(limits)
    limits.append(CannotTell("burst", "few_reps", "calls", n=5))
    assert integrity_limits.is_too_small(limits)  # more columns would not let anybody be compared
    assert integrity_limits.cannot_tell_sentences(limits) == [
        "Bursts of calls (calls): cannot tell, because fewer than 8 reps work the same lists in the same role (5).",
        "Entries made days later (calls and quotes): cannot tell, because no column holds the time of the entry.",
    ]


def test_limits_are_one_row_per_reason_the_most_frequent_first() -> None:
    assert set(integrity_limits.REMEDIES) == set(get_args(Why))
    limits = [
        CannotTell("burst", "few_reps", "calls", n=5),
        *(CannotTell("late_entry", "no_column", log, "logged") for log in ("calls", "quotes")),
        *(CannotTell(check, "no_column", "orders", "disposition") for check in ("pulled_forward", "cancelled_later")),
        CannotTell("month_end", "wide_spread", "calls"),
    ]
    table = integrity_limits.limits_by_reason(limits)
    assert tuple(table.columns) == integrity_limits.LIMIT_COLUMNS
    assert table.to_numpy().tolist()[0] == [
        "No column holds the outcome",
        "Orders cancelled later and month-end orders cancelled later",
        "Say on Data which column holds the outcome",
    ]
    assert table["Checks"].tolist()[1:] == ["Bursts of calls", "Entries made days later", "Extra activity at month end"]
    assert table["Reason"].tolist()[3].startswith("Only a change against a rep's own past can be seen: colleagues")


def test_a_date_says_whether_it_was_searched_for_or_given() -> None:
    july, slope = pd.Timestamp("2024-07-01"), Slope(2.0, 1.0, 3.0, 1.0)
    fell = SlopeChange("within", 6, slope, Slope(0.0, -1.0, 1.0, 1.0), -2.0, -3.0, -1.0, 0.01, 20)
    found = Decoupling("Dials", july, True, (fell,), n_reps=20, n_before=6, n_after=9)
    assert gaming.date_sentence(found, is_given=False) == "This month was found by a search of all months."
    given = replace(found, searched=False)
    assert gaming.date_sentence(given, is_given=True) == "This month was given, not searched for."
    assert gaming.date_sentence(given, is_given=False) == "This is the month of the first dated target."
    nothing = replace(given, changes=())
    assert gaming.date_sentence(nothing, is_given=True) == ""
    assert gaming.since_sentence(nothing, "Sales").endswith(
        "no change beyond chance in its link with Sales since July 2024."
    )
    assert gaming.since_sentence(replace(nothing, searched=True), "Sales").endswith("its link with Sales in any month.")
    assert gaming.since_small_print(given, "Sales", None, 2).endswith("9 months; without 2 months that chose the KPI.")


def test_a_kpi_that_needs_something_real_is_not_easiest_to_game() -> None:
    real = Gameability("Rate", 0.5, ("talks",), "talks", rank=12.5, rank_after=4.5, places=8.0, outcomes=("talks",))
    empty = Gameability("Dials", 0.5, ("dials",), "dials", rank=12.5, rank_after=2.0, places=10.5)
    assert gaming.gaming_headline([real, empty]).endswith(
        "easiest to game: empty activity lifts the middle rep 10 places."
    )
    assert gaming.places_won(empty) == 10  # as from 12th to 2nd, which the card says
    assert gaming.places_won(Gameability("Dials", 0.5)) == 0
    assert gaming.gaming_headline([real]) == "No KPI with a weight pays for empty activity."
