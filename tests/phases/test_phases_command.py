"""The ``phases`` command: promised keys, the sample against its truth, a real log of three callers, refusals."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import pandas as pd
import pytest

from tests.real_files import real_files
from tests.sample_panels import build_once, count_samples_once
from tests.samples import raw
from workbench.cli import phases as phases_command
from workbench.cli.main import main
from workbench.cli.phases import show

SLUG = "the-conversation"
TRUTH = raw.truth(SLUG)["phases"]
DATASET = raw.FOLDER / SLUG / f"{SLUG}.dataset.json"
PHASES = {
    "name": "Setting meetings", "source": "calls", "phases": [phase["name"] for phase in TRUTH],
    "dispositions": dict.fromkeys(("no answer", "voicemail", "busy", "operator", "not in service"))
    | {"hung up": "Reached", "talked": "Conversation", "need found": "Need found", "offer discussed": "Offer discussed",
       "meeting set": "Meeting set"},
    "strata": ["list"], "value": "held",
}  # fmt: skip
FLOOR_PHASES = {
    "name": "Setting meetings", "source": "calls", "phases": ["Conversation", "Meeting set"], "strata": ["list"],
    "dispositions": dict.fromkeys(("no answer", "voicemail", "busy", "operator", "not in service"))
    | {"spoke": "Conversation", "meeting set": "Meeting set"},
}  # fmt: skip
PHASE_KEYS = {"name", "n", "conversion", "spread", "p_overdispersion", "readable", "best_rep", "best", "achievable"}
REP_KEYS = {"name", "n", "rate", "shrunk", "low", "high", "gap", "gain"}


def run_phases(dataset: Path, file: Path, *more: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["phases", str(dataset), str(file), *more])
    return code, out.getvalue(), err.getvalue()


def write_json(path: Path, content: dict) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> dict:
    file = write_json(tmp_path_factory.mktemp("phases") / "a.phases.json", PHASES)
    code, out, _ = run_phases(DATASET, file, "--json")
    assert code == 0
    return json.loads(out)


def test_every_promised_key_is_there(printed) -> None:
    assert all(set(phase) >= PHASE_KEYS for phase in printed["phases"])
    assert all(set(phase) >= REP_KEYS for rep in printed["reps"] for phase in rep["phases"])
    assert all(set(step) >= {"order", "phase", "rep", "why"} for step in printed["plan"])
    assert len(printed["reps"]) == 20


def test_each_phase_begins_with_those_who_got_through_the_one_before(printed) -> None:
    phases = printed["phases"]
    assert phases[0]["n"] == printed["n_rows"] == len(raw.read(SLUG, "calls.csv.gz", "started"))
    assert [phase["n"] for phase in phases[1:]] == [phase["reached"] for phase in phases[:-1]]
    for rep in printed["reps"]:
        assert [phase["n"] for phase in rep["phases"][1:]] == [phase["reached"] for phase in rep["phases"][:-1]]


def test_every_month_stands_beside_the_same_month_on_the_teams_mix(printed) -> None:
    for phase in printed["phases"]:
        assert sum(month["n"] for month in phase["months"]) == phase["n"]
        assert all(month["low"] < month["rate"] < month["high"] for month in phase["months"])
        assert all(month["like_for_like_low"] < month["like_for_like"] for month in phase["months"])


def test_the_conversation_is_read_as_it_was_planted(printed) -> None:
    phases = printed["phases"]
    assert [phase["name"] for phase in phases] == [phase["name"] for phase in TRUTH]
    assert [phase["best_rep"] for phase in phases] == [phase["best_rep"] for phase in TRUTH]
    assert [phase["conversion"] for phase in phases] == pytest.approx([phase["rate"] for phase in TRUTH], abs=0.02)
    assert [phase["spread"] for phase in phases] == pytest.approx([phase["spread"] for phase in TRUTH], abs=0.05)
    first = printed["plan"][0]
    assert first["phase"] == "Reached"
    assert first["learn_from"] == TRUTH[0]["best_rep"]
    rates = {rep["rep"]: rep["phases"][0]["shrunk"] for rep in printed["reps"]}
    coached = [step["rep"] for step in printed["plan"]]
    assert max(rates[rep] for rep in coached) < sorted(rates.values())[8]
    assert printed["headline"] == "Reps differ at Reached mostly by the hour they call: compare by hour first."
    assert not any(rep["rep"] in printed["headline"] for rep in printed["reps"])
    assert printed["by_hour"]["first"] is True
    assert printed["by_hour"]["share_of_gap"] > 0.9  # as the story tells: at the same hour nobody reaches more
    assert printed["by_hour"]["note"] in printed["said"]
    assert all(phase["achievable"] < phase["best"] for phase in phases)


def test_like_for_like_by_hour_nothing_is_left_of_the_first_phase(tmp_path) -> None:
    """The hour is what those with more people reached have ahead of the rest; at the other phases reps still differ."""
    log = pd.read_csv(DATASET.parent / "calls.csv.gz", parse_dates=["started"])
    log.assign(hour=log["started"].dt.hour.astype(str)).to_csv(tmp_path / "calls.csv", index=False)
    dataset = {"name": "By hour", "sources": [{
        "name": "calls", "location": "calls.csv", "rep": "rep", "date": "started",
        "measures": [{"name": "dials", "aggregate": "count"}],
        "events": {"kind": "calls", "disposition": "outcome"}}]}  # fmt: skip
    by_hour = {key: value for key, value in PHASES.items() if key != "value"} | {"strata": ["hour"]}
    files = write_json(tmp_path / "a.dataset.json", dataset), write_json(tmp_path / "a.phases.json", by_hour)
    code, out, _ = run_phases(*files, "--json")
    found = json.loads(out)
    assert code == 0
    assert TRUTH[0]["spread"] > 0.3
    assert found["phases"][0]["spread"] < 0.06
    assert found["phases"][0]["p_overdispersion"] > 0.05
    assert all(phase["spread"] > 0.08 for phase in found["phases"][1:])
    assert all("Reached" not in step["phase"] for step in found["plan"])


def test_a_meeting_set_is_worth_the_meetings_that_were_held(printed) -> None:
    held = (raw.read(SLUG, "meetings.csv", "planned_for")["held"] == "yes").sum()
    assert printed["value_per_success"] == pytest.approx(held / printed["phases"][-1]["reached"])
    assert any("Meetings held" in sentence for sentence in printed["said"])


def test_what_is_printed_for_people_names_the_reps(printed) -> None:
    said = show(printed)
    assert said.startswith(printed["headline"])
    assert f"They could learn when to call from {TRUTH[0]['best_rep']}." in said
    assert all(rep["rep"] in said for rep in printed["reps"])


def test_files_at_fault_are_refused_with_every_problem(tmp_path) -> None:
    wrong = PHASES | {"source": "cals", "dispositions": {"hung up": "Reachd"}}
    code, out, err = run_phases(DATASET, write_json(tmp_path / "wrong.phases.json", wrong))
    assert (code, out) == (2, "")
    assert "Did you mean “calls”?" in err
    assert "Did you mean “Reached”?" in err
    code, _, err = run_phases(tmp_path / "none.dataset.json", tmp_path / "none.phases.json")
    assert code == 2
    assert "none.dataset.json" in err
    assert "none.phases.json" in err


def test_three_callers_are_too_few_for_a_plan(tmp_path) -> None:
    """1,935 dials of the public log: 305 interested, 217 of 1,165, 51 of 514 and 37 of 256 by caller."""
    log = real_files("outbound_calls") / "call_log_structured.csv"
    dataset = {
        "name": "Outbound", "sources": [{
            "name": "calls", "location": str(log.resolve()), "rep": "caller_name", "date": "call_at",
            "measures": [{"name": "dials", "aggregate": "count"}],
            "events": {"kind": "calls", "disposition": "call_disposition"},
        }],
    }  # fmt: skip
    phases = {
        "name": "Outbound", "source": "calls", "phases": ["Reached", "Interested"],
        "dispositions": dict.fromkeys(("No Answer", "Voicemail", "Dead End Number", "Wrong Number",
                                       "Left Message With Receptionist", "Sent Email/LinkedIn Message"))
        | {"Call Back": "Reached", "Connected - Not Interested": "Reached", "Connected - Interested": "Interested"},
    }  # fmt: skip
    files = write_json(tmp_path / "a.dataset.json", dataset), write_json(tmp_path / "a.phases.json", phases)
    code, out, _ = run_phases(*files, "--json")
    found = json.loads(out)
    assert code == 0
    assert found["n_rows"] == found["phases"][0]["n"] == 1935
    reached = {rep["phases"][0]["n"]: rep["phases"][1]["reached"] for rep in found["reps"]}
    assert reached == {1165: 217, 514: 51, 256: 37}
    assert found["plan"] == []
    assert {phase["why_unreadable"] for phase in found["phases"]} == {"few_reps"}
    assert all(phase["best_rep"] is None for phase in found["phases"])
    assert all(phase["gain"] is None for rep in found["reps"] for phase in rep["phases"])
    assert "With 3 reps, no level can be called achievable at Reached: 5 reps are needed." in found["said"]


def test_reps_whose_calls_are_in_question_are_set_apart(tmp_path, monkeypatch) -> None:
    """They log empty calls, which would make them the lowest at setting meetings."""
    monkeypatch.setattr(phases_command, "count_suspects", count_samples_once)
    monkeypatch.setattr(phases_command, "build_from_file", build_once)
    file = write_json(tmp_path / "a.phases.json", FLOOR_PHASES)
    floor = raw.FOLDER / "dials-floor" / "dials-floor.dataset.json"
    planted = {rep["rep"] for rep in raw.truth("dials-floor")["reps"] if rep["fakes"]}
    code, out, _ = run_phases(floor, file, "--json")
    found = json.loads(out)
    assert code == 0
    assert set(found["set_apart"]) == planted
    assert not planted & {rep["rep"] for rep in found["reps"]}
    assert found["said"][0].startswith("8 reps are set apart: Integrity finds")
    every = json.loads(run_phases(floor, file, "--json", "--compare-all")[1])
    assert every["set_apart"] == []
    assert len(every["reps"]) == 24
    lowest = sorted(every["reps"], key=lambda rep: rep["phases"][-1]["shrunk"])[:3]
    assert len({rep["rep"] for rep in lowest} & planted) >= 2


def test_the_small_print_says_what_the_hour_of_calls_would_change(tmp_path) -> None:
    printed = json.loads(run_phases(DATASET, write_json(tmp_path / "a.phases.json", PHASES), "--json")[1])
    (said,) = [line for line in printed["small_print"] if "hour of day" in line]
    assert said.startswith("Compared within the same hour of day, a rep's rate at Reached would change by up to ")
    by_hour = write_json(tmp_path / "b.phases.json", PHASES | {"strata": ["hour"]})
    done = json.loads(run_phases(DATASET, by_hour, "--json")[1])
    assert done["by_hour"] == {"share_of_gap": None, "first": False, "note": ""}
    assert done["headline"].startswith("Coach ")
    assert not any("hour of day" in line for line in done["small_print"])
