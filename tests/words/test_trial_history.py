"""The versions of a trial in words: every field, when, by whom, and what changed."""

from __future__ import annotations

from typing import Any

from workbench.trials.trial_file import TrialFile, parse_trial
from workbench.trials.trial_library import KeptTrial
from workbench.words.trial_history import CAME_WITH, FIRST, LABELS, version_changes, version_lines, version_title

CALLED = {"sales": "Sales", "dials / workdays": "Dials"}
CARD = {"name": "A", "measure": "sales", "treated": ["Ana Ruiz", "Bo Chen"], "start": "2025-01-01", "end": "2025-06-30",
        "side_effects": ["dials / workdays"]}  # fmt: skip


def kept(version: int, removed: bool = False, **changes: Any) -> KeptTrial:
    return KeptTrial("k", parse_trial(CARD | changes), version, removed, "2026-12-01T09:00:00+00:00", "Grace Kimani")


def test_every_field_of_a_card_has_a_label() -> None:
    assert {*LABELS} == {*TrialFile.model_fields}


def test_a_version_says_when_it_was_saved_and_by_whom() -> None:
    assert version_title(2, kept(2)) == "2: 1 December 2026, Grace Kimani"
    assert version_title(1, KeptTrial("k", kept(1).file)) == "1"


def test_what_changed_is_said_field_by_field() -> None:
    later = kept(2, end="2025-03-31", planned_end="2025-06-30", ended_early=True, looks=3, shared_pool=True,
                 treated=["Ana Ruiz"], starts={"Ana Ruiz": "2025-02-01"}, side_effects=[])  # fmt: skip
    assert version_changes(kept(1), later, CALLED) == [
        "Who changes: Ana Ruiz and Bo Chen → Ana Ruiz.",
        "Last day: 30 June 2025 → 31 March 2025.",
        "Looks while it runs: 1 → 3.",
        "Same leads for both: empty → yes.",
        "Also check: Dials → empty.",
        "Days of start: empty → From 1 February 2025: Ana Ruiz.",
        "Last day as first planned: empty → 30 June 2025.",
        "Ended before the plan: empty → yes.",
    ]
    assert version_changes(kept(1), kept(2, end=None), CALLED) == ["Last day: 30 June 2025 → no last day."]


def test_first_removed_and_brought_back() -> None:
    assert version_changes(None, kept(1), CALLED) == [FIRST]
    assert version_changes(None, kept(0), CALLED) == [CAME_WITH]
    assert version_changes(kept(1), kept(2, removed=True), CALLED) == ["Removed."]
    assert version_changes(kept(2, removed=True), kept(3), CALLED) == ["Brought back."]


def test_the_whole_card_of_a_version_can_be_read() -> None:
    lines = version_lines(kept(1).file, CALLED)
    assert lines[:3] == ["Name: A", "Measure: Sales", "Who changes: Ana Ruiz and Bo Chen"]
    assert "Also check: Dials" in lines
    assert "Compared with: everybody else" in lines
    assert "Compared with" not in " ".join(version_lines(kept(1, treated="everybody").file, CALLED))
