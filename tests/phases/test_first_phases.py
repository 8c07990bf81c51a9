"""Phases to begin with: guessed from outcomes of common vocabularies, or those of a log with the same outcomes."""

from __future__ import annotations

import pandas as pd

from workbench.data.model.dataset import parse_dataset
from workbench.data.model.event_codes import normalise_code
from workbench.phases.first_phases import (
    fitting_file,
    guess_phase_file,
    logs_with_outcomes,
    may_be_calls,
    usual_strata,
)
from workbench.phases.phase_presets import OUTBOUND_CALL, SALES_DEVELOPMENT


def log(name: str = "calls", **events: object) -> dict:
    return {
        "name": name, "location": f"{name}.csv", "rep": "rep", "date": "at",
        "measures": [{"name": f"n_{name}", "aggregate": "count"}], "events": {"disposition": "outcome", **events},
    }  # fmt: skip


def outcomes(*written: str) -> pd.DataFrame:
    rows = [(normalise_code(each), each, 100 - place) for place, each in enumerate(written)]
    return pd.DataFrame(rows, columns=["code", "written", "n"])


DATASET = parse_dataset({
    "name": "D",
    "sources": [log("quotes", kind="quotes"), log("unknown"), log("calls", kind="calls", list="list")],
})  # fmt: skip
CALLS = DATASET.sources[2]


def test_calls_come_first_and_other_logs_last() -> None:
    assert [source.name for source in logs_with_outcomes(DATASET)] == ["calls", "unknown", "quotes"]
    assert [may_be_calls(source) for source in DATASET.sources] == [False, True, True]


def test_common_vocabularies_are_guessed_and_ambiguous_outcomes_left_open() -> None:
    written = (
        "No Answer", "Left voicemail", "Gatekeeper", "Connected - Not Interested", "Not Interested",
        "Connected - Interested", "Spoke with prospect", "Meeting Scheduled", "Appt Set", "DNC", "call back later",
        "Moved",
    )  # fmt: skip
    file = guess_phase_file(outcomes(*written), CALLS, OUTBOUND_CALL)
    assert file.dispositions == {
        "No Answer": None, "Left voicemail": None, "Gatekeeper": None, "Connected - Not Interested": "Connect",
        "Not Interested": "Connect",
        "Connected - Interested": "Interest", "Spoke with prospect": "Conversation",
        "Meeting Scheduled": "Meeting set", "Appt Set": "Meeting set", "DNC": "Connect",
    }  # fmt: skip
    assert file.phases == ("Connect", "Conversation", "Interest", "Meeting set")
    assert file.source == "calls"
    assert file.strata == ("list",)


def test_what_the_data_set_says_of_a_code_comes_before_the_vocabulary() -> None:
    source = parse_dataset({
        "name": "D", "sources": [log(values={"disposition": {"Moved": "meeting_set", "hung up": "refused"}})],
    }).sources[0]  # fmt: skip
    file = guess_phase_file(outcomes("moved", "Hung Up", "spoke"), source, OUTBOUND_CALL)
    assert file.dispositions == {"moved": "Meeting set", "Hung Up": "Connect", "spoke": "Conversation"}


def test_a_preset_keeps_its_phases_when_asked_to() -> None:
    found = outcomes("no answer", "conversation")
    assert guess_phase_file(found, CALLS, SALES_DEVELOPMENT).phases == ("Agreed to engage",)
    kept = guess_phase_file(found, CALLS, SALES_DEVELOPMENT, unproved=True)
    assert kept.phases == SALES_DEVELOPMENT.phases
    assert kept.dispositions == {"no answer": None, "conversation": "Agreed to engage"}


def test_a_log_without_a_known_outcome_gets_no_phases() -> None:
    file = guess_phase_file(outcomes("A", "B"), CALLS, OUTBOUND_CALL)
    assert (file.phases, file.dispositions) == ((), {})


def test_the_phases_of_a_log_with_the_same_outcomes_are_used_again() -> None:
    other = guess_phase_file(outcomes("no answer", "spoke"), CALLS, OUTBOUND_CALL).model_copy(
        update={"source": "old calls", "value": "n_old", "strata": ("segment",)}
    )
    found = fitting_file([other], outcomes("No-Answer", "SPOKE"), CALLS)
    assert found is not None
    assert (found.source, found.strata, found.value) == ("calls", usual_strata(CALLS), None)
    assert found.dispositions == other.dispositions
    assert fitting_file([other], outcomes("no answer", "spoke", "moved"), CALLS) is None
