"""Choices about the activity in a file: kinds, columns and the meanings of codes, each a change of its own."""

from __future__ import annotations

from workbench.data.mapping.event_role_choices import (
    askable_roles,
    possible_codes,
    shown_meaning,
    with_code_meaning,
    with_event_column,
    with_event_kind,
    with_length_unit,
)
from workbench.data.model.dataset import DataSet, EventRoles, Source

ENDS = ("Left VM", "Completed", "No Answer", "Odd")
BARE = DataSet(name="Ours", sources=(Source(name="calls", location="calls.csv", rep="rep", date="day"),))
CALLS = with_event_column(with_event_kind(BARE, 0, "calls", ()), 0, "disposition", "end", ENDS)


def events(dataset: DataSet) -> EventRoles:
    assert dataset.sources[0].events is not None
    return dataset.sources[0].events


def test_a_column_of_outcomes_comes_with_what_its_codes_mean() -> None:
    assert events(CALLS) == EventRoles(
        kind="calls", disposition="end", values={"disposition": {"Left VM": "voicemail"}}
    )
    assert [shown_meaning("disposition", events(CALLS), end) for end in ENDS] == ["voicemail", None, "no_answer", None]


def test_another_kind_reads_the_same_outcomes_in_another_way_and_keeps_those_it_has_too() -> None:
    written = with_code_meaning(with_event_kind(CALLS, 0, "meetings", ENDS), 0, "disposition", "Odd", "cancelled")
    assert events(written).values == {"disposition": {"Completed": "held", "Odd": "cancelled"}}
    quotes = with_event_kind(written, 0, "quotes", ENDS)
    assert events(quotes).values == {"disposition": {"Odd": "cancelled"}}
    assert "seconds" not in askable_roles(events(quotes))
    assert possible_codes("disposition", events(quotes)) == ("cancelled", "open", "won", "lost")


def test_a_code_written_as_ours_is_mapped_only_if_it_means_something_else() -> None:
    other = with_code_meaning(CALLS, 0, "disposition", "No Answer", "refused")
    assert events(other).values["disposition"]["No Answer"] == "refused"
    nothing = with_code_meaning(other, 0, "disposition", "No Answer", None)
    assert shown_meaning("disposition", events(nothing), "No Answer") is None
    assert with_code_meaning(nothing, 0, "disposition", "No Answer", "no_answer") == CALLS


def test_a_column_that_a_kind_does_not_have_stays_in_sight_and_no_roles_at_all_are_none() -> None:
    lengthy = with_event_column(CALLS, 0, "seconds", "talk", ())
    assert "seconds" in askable_roles(events(with_event_kind(lengthy, 0, "quotes", ENDS)))
    bare = with_event_kind(with_event_column(CALLS, 0, "disposition", None, ()), 0, None, ())
    assert bare == BARE


def test_a_length_comes_with_the_unit_that_its_name_says() -> None:
    lengthy = with_event_column(CALLS, 0, "seconds", "Talk minutes", ())
    assert events(lengthy).length_unit == "minutes"
    assert events(with_length_unit(lengthy, 0, "seconds")).length_unit == "seconds"
    assert "length_unit" not in events(lengthy).columns
    assert with_event_column(lengthy, 0, "seconds", None, ()) == CALLS
