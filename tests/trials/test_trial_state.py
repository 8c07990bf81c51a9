"""Where a trial stands by its dates and by the data, and the dates that a hand would set."""

from __future__ import annotations

import datetime as dt

import pytest

from workbench.trials.trial_file import parse_trial
from workbench.trials.trial_state import TrialState, end_of_trial_now, first_of_next_month, months_later, trial_state

D = dt.date.fromisoformat
TODAY = D("2026-11-30")


@pytest.mark.parametrize(
    ("start", "end", "last", "state"),
    [
        ("2026-12-01", None, "2026-10-31", "planned"), ("2026-09-01", None, "2026-10-31", "running"),
        ("2026-09-01", "2026-10-31", "2026-10-31", "ended"), ("2026-09-01", "2027-02-28", "2026-10-31", "running"),
        ("2027-01-01", None, "2027-03-31", "running"), ("2025-01-01", None, "2025-06-30", "running"),
    ],
)  # fmt: skip
def test_dates_and_data_say_where_a_trial_stands(start: str, end: str | None, last: str, state: TrialState) -> None:
    file = parse_trial({"name": "T", "measure": "m", "treated": "everybody", "start": start, "end": end})
    assert trial_state(file, D(last), TODAY) == state


@pytest.mark.parametrize(
    ("start", "last", "end"),
    [
        ("2025-01-01", "2025-06-30", "2025-06-30"), ("2026-11-01", "2026-10-31", "2026-11-30"),
        ("2026-12-01", "2026-10-31", "2026-12-01"),
    ],
)  # fmt: skip
def test_a_trial_ends_with_the_data_or_today(start: str, last: str, end: str) -> None:
    file = parse_trial({"name": "T", "measure": "m", "treated": "everybody", "start": start})
    assert end_of_trial_now(file, D(last), TODAY) == D(end)


def test_spans_are_whole_months() -> None:
    assert first_of_next_month(D("2026-12-31")) == D("2027-01-01")
    assert months_later(D("2026-12-01"), 6) == D("2027-05-31")
    assert months_later(D("2026-08-31"), 6) == D("2027-02-27")
