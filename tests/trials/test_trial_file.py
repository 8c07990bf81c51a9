"""The trial file: its form, and every problem against a data set at once."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from tests.trials.planted import planted_panel
from workbench.errors import InputError, Where, errors
from workbench.trials.check_trial import check_trial, people_named
from workbench.trials.trial_file import load_trial, parse_trial, trial_json
from workbench.words.issues import issue_line

PROMISED = {
    "name": "Communications instead of dials", "change": "75 communications a day replace 50 dials", "measure": "sales",
    "treated": "office == 'Denver'", "comparison": ["Ana Ruiz"], "start": "2025-01-01", "end": None, "before": 6,
    "assignment": "chosen", "unit": "rep", "looks": 3, "shared_pool": False, "side_effects": ["dials / workdays"],
}  # fmt: skip
OFFICES = ("Denver",) * 3 + ("Atlanta",) * 3
PANEL = planted_panel(np.ones((6, 18)), offices=OFFICES, more={"dials": np.ones((6, 18))})
BARE = {"name": "A", "measure": "sales", "treated": ["rep 00"], "start": "2025-01"}


def codes(**changed: object) -> set[str]:
    return {issue.code for issue in check_trial(parse_trial(BARE | changed), PANEL)}


def test_the_promised_file_is_read_and_written_back() -> None:
    file = parse_trial(PROMISED)
    assert (file.start, file.end, file.looks) == (dt.date(2025, 1, 1), None, 3)
    assert parse_trial(trial_json(file)) == file


def test_a_start_may_be_a_month() -> None:
    assert parse_trial(BARE).start == dt.date(2025, 1, 1)


def test_people_are_meant_by_name_by_condition_or_all() -> None:
    place = Where(file="a")
    assert people_named("office == 'Denver'", PANEL, place) == ("rep 00", "rep 01", "rep 02")
    assert people_named(("rep 04", "nobody", "rep 01"), PANEL, place) == ("rep 01", "rep 04")
    assert len(people_named("everybody", PANEL, place)) == 6


def test_a_sound_file_has_no_problem() -> None:
    assert check_trial(parse_trial(BARE | {"side_effects": ["dials / sales"]}), PANEL) == ()
    assert check_trial(parse_trial(BARE | {"start": "2031-01"}), PANEL) == (), "planned, not wrong"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"end": "2024-12-01"}, "trial_ends_early"),
        ({"treated": ["rep 00", "rep 00"]}, "named_twice"),
        ({"treated": ["rep 0"]}, "unknown_person"),
        ({"treated": "office == 'Denvr'"}, "nobody_meant"),
        ({"treated": "offic == 'Denver'"}, "formula"),
        ({"treated": []}, "nobody_meant"),
        ({"comparison": ["rep 00", "rep 01"]}, "treated_and_comparison"),
        ({"measure": "sale"}, "formula"),
        ({"side_effects": ["dails / sales"]}, "formula"),
        ({"lever": "dials /"}, "formula"),
        ({"unit": "offce"}, "unknown_unit"),
        ({"arm": "pilt"}, "unknown_arm"),
        ({"unit": "office"}, "unit_split"),
        ({"start": "2024-01-15"}, "trial_before_data"),
        ({"start": "1999-01"}, "trial_before_data"),
        ({"starts": {"rep 77": "2025-02"}}, "unknown_start"),
        ({"starts": {"rep 00": "2024-02"}}, "start_outside_trial"),
    ],
)
def test_each_problem_has_its_code(changed, code) -> None:
    assert codes(**changed) == {code}


def test_every_problem_is_named_at_once_with_what_was_meant() -> None:
    file = parse_trial(BARE | {"treated": ["rep 0"], "measure": "sale", "unit": "offce", "end": "2020-01"})
    found = errors(check_trial(file, PANEL, "a.trial.json"))
    assert {issue.code for issue in found} == {"trial_ends_early", "formula", "unknown_person", "unknown_unit"}
    said = "\n".join(map(issue_line, found))
    assert "No rep is called “rep 0”. Did you mean “rep 0" in said
    assert "Did you mean “office”?" in said


def test_a_file_of_another_form_is_refused(tmp_path) -> None:
    path = tmp_path / "a.trial.json"
    path.write_text('{"name": "A", "treated": [], "start": "soon", "before": 0, "pool": 3}', encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        load_trial(path)
    assert {issue.code for issue in refusal.value.issues} == {"missing_field", "unknown_field", "bad_value"}
    assert len(refusal.value.issues) == 4


def test_a_team_without_rows_is_no_team() -> None:
    empty = planted_panel(np.full((2, 3), np.nan))
    assert {each.code for each in check_trial(parse_trial(BARE), empty)} == {"trial_without_data"}
