"""The phase file: its form, every problem at once, presets, and guesses from outcome codes."""

from __future__ import annotations

import pytest

from workbench.data.model.dataset import parse_dataset
from workbench.data.model.event_codes import DISPOSITION_CODES
from workbench.errors import InputError, errors
from workbench.phases.phase_file import check_phases, load_phases, parse_phases, phase_numbers, phases_json
from workbench.phases.phase_presets import PHASE_PRESETS
from workbench.words.issues import issue_line

PROMISED = {
    "name": "Setting meetings", "source": "calls",
    "phases": ["Reached", "Conversation", "Need found", "Offer discussed", "Meeting set"],
    "dispositions": {"no answer": None, "hung up": "Reached", "talked": "Conversation", "meeting set": "Meeting set"},
    "strata": ["list"], "value": "held",
}  # fmt: skip
DATASET = parse_dataset({
    "name": "Calls", "sources": [{
        "name": "calls", "location": "calls.csv", "rep": "rep", "date": "at", "events": {"disposition": "outcome"},
        "measures": [{"name": "held", "aggregate": "count"}],
    }],
})  # fmt: skip


def test_the_promised_file_is_read_and_written_back() -> None:
    file = parse_phases(PROMISED)
    assert phases_json(file) == PROMISED
    assert phase_numbers(file) == {"no_answer": 0, "hung_up": 1, "talked": 2, "meeting_set": 5}
    assert errors(check_phases(file, DATASET)) == ()


def test_a_phase_that_nothing_proves_is_a_warning() -> None:
    found = check_phases(parse_phases(PROMISED), DATASET)
    assert [(issue.level, issue.code, dict(issue.parts)["name"]) for issue in found] == [
        ("warning", "phase_unproved", "Need found"),
        ("warning", "phase_unproved", "Offer discussed"),
    ]


def test_every_problem_is_named_at_once() -> None:
    file = parse_phases({
        "name": "Wrong", "source": "cals", "phases": ["Reached", "Reached", "Set"],
        "dispositions": {"hung up": "Reachd", "no answer": None, "No-Answer": "Set"}, "value": "hold",
    })  # fmt: skip
    found = errors(check_phases(file, DATASET, "wrong.phases.json"))
    assert {issue.code for issue in found} == {
        "unknown_source", "repeated_phase", "unknown_phase", "disposition_twice", "unknown_measure",
    }  # fmt: skip
    said = "\n".join(map(issue_line, found))
    assert "dispositions → hung up: There is no phase “Reachd”. Did you mean “Reached”?" in said


def test_a_source_without_outcomes_and_a_file_without_phases_are_refused() -> None:
    bare = DATASET.model_copy(update={"sources": (DATASET.sources[0].model_copy(update={"events": None}),)})
    file = parse_phases({"name": "None", "source": "calls", "phases": [], "dispositions": {}})
    assert {issue.code for issue in check_phases(file, bare)} == {"no_phases", "no_disposition_column"}


def test_a_file_of_another_form_is_refused(tmp_path) -> None:
    path = tmp_path / "a.phases.json"
    path.write_text('{"name": "A", "source": "calls", "phases": ["X"], "steps": 3}', encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        load_phases(path)
    assert {issue.code for issue in refusal.value.issues} == {"missing_field", "unknown_field"}


@pytest.mark.parametrize("preset", PHASE_PRESETS, ids=lambda preset: preset.name)
def test_presets_prove_phases_of_their_own_by_codes_of_ours(preset) -> None:
    assert {*preset.proves} <= {*DISPOSITION_CODES}
    assert {*preset.proves.values()} - {None} <= {*preset.phases}
