"""Counts of suspect events, the only thing that the statistics of integrity read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal, get_args

import pandas as pd

Family = Literal["length", "hours", "numbers", "rhythm", "answers", "records"]
"""What two independent checks must differ in: how long, when, whom, in which rhythm, with what answer, how recorded."""
CheckName = Literal[
    "seconds_long", "after_hours", "same_contact", "dead_number", "switchboard", "burst", "cadence",
    "sequence", "no_answer_logged", "unanswered", "reissued", "unattended", "late_entry", "cancelled_later",
    "internal_number", "month_end", "day_end", "split_quote", "pulled_forward", "credit_moved",
    "discount_cancelled", "held_back", "leads_picked",
]  # fmt: skip
FAMILIES: dict[CheckName, Family] = {
    "seconds_long": "length",
    "after_hours": "hours",
    "same_contact": "numbers",
    "dead_number": "numbers",
    "switchboard": "numbers",
    "burst": "rhythm",
    "cadence": "rhythm",
    "sequence": "rhythm",
    "no_answer_logged": "answers",
    "unanswered": "answers",
    "reissued": "answers",
    "unattended": "answers",
    "late_entry": "records",
    "cancelled_later": "records",
    "internal_number": "numbers",
    "month_end": "hours",
    "day_end": "rhythm",
    "split_quote": "answers",
    "pulled_forward": "records",
    "credit_moved": "records",
    "discount_cancelled": "records",
    "held_back": "hours",
    "leads_picked": "numbers",
}
CHECK_NAMES: tuple[CheckName, ...] = get_args(CheckName)
TEAM_ONLY: frozenset[CheckName] = frozenset(("discount_cancelled", "held_back", "leads_picked"))
"""Checks that name nobody, whatever else is found: how often honest reps do the same was not simulated.

They give a figure of the team. Most of their rows are real work at another time or on better leads: they count neither
as activity in question nor are they left out of a ranking.
"""
Why = Literal[
    "no_log", "no_column", "no_time_of_day", "same_time", "random_clock", "whole_minutes", "same_value", "no_code",
    "only_good_calls", "few_values", "few_rows", "few_reps", "few_months", "wide_spread",
    "drifting", "team_wide", "new_list", "other_names", "not_shared", "same_as_list", "no_better_kind",
]  # fmt: skip
"""Why a check cannot tell; ``workbench.words.integrity`` says it."""
ONE_LIST = "the same list"
ANY = "any"
"""The check that points at a row if any other does."""


@dataclass(frozen=True)
class CannotTell:
    """A check that the data cannot support.

    Attributes
    ----------
    check : which. why : the reason. source : the log it would read; "" where there is none.
    role : the missing role of a column, such as ``seconds``; or what else is missing. n : how many there are of what is
        too few (rows, reps, months); None where that is not the reason.
    """

    check: CheckName
    why: Why
    source: str = ""
    role: str = ""
    n: int | None = None


@dataclass(frozen=True, eq=False)
class SuspectCounts:
    """How many events of each rep each check points at.

    Attributes
    ----------
    frame : one row per (check, source, rep, list, month) with events that the check can judge: ``check`` (a
        ``CheckName``, or ``ANY``), ``source``, ``rep``, ``list`` ("" where unknown), ``month`` (datetime64, its first
        day), ``n`` (int: events judged) and ``k`` (int: of these, suspect; 0 to n). A month without events has no row.
    cannot_tell : checks that this data cannot support, each with its reason; they have no rows.
    own_logs : names of the sources whose rows reps enter themselves, orders apart: a goal from them clears nobody.
    """

    frame: pd.DataFrame
    cannot_tell: tuple[CannotTell, ...] = ()
    own_logs: frozenset[str] = frozenset()

    @property
    def checks(self) -> tuple[CheckName, ...]:
        """List the checks with rows, in their usual order."""
        there = set(self.frame["check"].unique())
        return tuple(name for name in CHECK_NAMES if name in there)

    @property
    def can_be_left_out(self) -> tuple[CheckName, ...]:
        """List the checks with rows that a ranking can do without."""
        return tuple(name for name in self.checks if name not in TEAM_ONLY)

    def only(self, reps: Collection[str]) -> SuspectCounts:
        """Return the counts of these reps, such as those who are scored."""
        return replace(self, frame=self.frame[self.frame["rep"].isin(list(reps))].reset_index(drop=True))

    def as_one_list(self) -> SuspectCounts:
        """Return the counts where whoever works an unknown list works the same one: somebody who knows says so."""
        return replace(self, frame=self.frame.assign(list=self.frame["list"].replace("", ONE_LIST)))
