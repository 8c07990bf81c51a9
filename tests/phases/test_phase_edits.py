"""Edits of a phase file: phases renamed, added, removed and reordered; what an outcome proves."""

from __future__ import annotations

import pytest

from workbench.phases.phase_edits import with_outcome, with_phases
from workbench.phases.phase_file import PhaseFile, parse_phases


@pytest.fixture
def file() -> PhaseFile:
    return parse_phases({
        "name": "P", "source": "calls", "phases": ["Reached", "Talked", "Set"],
        "dispositions": {"no answer": None, "hung up": "Reached", "talked": "Talked", "set": "Set"},
    })  # fmt: skip


def test_a_new_name_in_the_same_place_renames(file) -> None:
    changed = with_phases(file, ["Reached", "  Good   talk ", "Set"])
    assert changed.phases == ("Reached", "Good talk", "Set")
    assert changed.dispositions == {"no answer": None, "hung up": "Reached", "talked": "Good talk", "set": "Set"}


def test_phases_are_reordered_added_and_removed(file) -> None:
    assert with_phases(file, ["Talked", "Reached", "Set"]).dispositions == file.dispositions
    assert with_phases(file, ["Reached", "Talked", "Offer", "Set"]).dispositions == file.dispositions
    fewer = with_phases(file, ["Reached", "", "Set", "Set"])
    assert fewer.phases == ("Reached", "Set")
    assert fewer.dispositions == {"no answer": None, "hung up": "Reached", "set": "Set"}


def test_an_outcome_proves_another_phase_none_or_has_no_answer(file) -> None:
    assert with_outcome(file, "talked", "Talked", 3).dispositions["Talked"] == "Set"
    assert "talked" not in with_outcome(file, "talked", "Talked", 3).dispositions
    assert with_outcome(file, "hung_up", "hung up", 0).dispositions["hung up"] is None
    assert "hung up" not in with_outcome(file, "hung_up", "Hung-Up", None).dispositions
    assert "hung up" not in with_outcome(file, "hung_up", "hung up", 9).dispositions
