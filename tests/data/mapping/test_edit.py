"""Changes of a data set give a new one and leave everything else as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.data.files.table_locations import TableLocation
from workbench.data.mapping import edit
from workbench.data.model.dataset import DataSet, Lookup, Measure, Roster, Source
from workbench.formula.value_choice import Choice, parse_choice

CALLS = Source(name="calls", location="calls.csv", rep="rep", date="day", measures=(Measure(name="dials"),))
DEALS = Source(
    name="deals",
    location="deals.csv",
    rep="owner",
    date="closed",
    lookups=(Lookup(location="people.csv", on={"owner": "key"}, take=("name",)),),
)
BOTH = DataSet(name="Both", sources=(CALLS, DEALS), roster=Roster(location="team.csv", rep="rep"))


def test_each_file_has_one_role() -> None:
    roles = {
        place: edit.table_role(BOTH, TableLocation(place))
        for place in ("calls.csv", "team.csv", "people.csv", "else.csv")
    }
    assert roles == {"calls.csv": "work", "team.csv": "team", "people.csv": "names", "else.csv": "unused"}


def test_each_sheet_of_a_workbook_has_a_role_of_its_own() -> None:
    book = CALLS.model_copy(update={"location": "book.xlsx", "sheet": "Calls"})
    dataset = DataSet(name="Book", sources=(book,), roster=Roster(location="book.xlsx", sheet="Team", rep="rep"))
    roles = [edit.table_role(dataset, TableLocation("book.xlsx", sheet=name)) for name in ("Calls", "Team", "Notes")]
    assert roles == ["work", "team", "unused"]
    assert edit.without_table(dataset, TableLocation("book.xlsx", sheet="Team")) == dataset.model_copy(
        update={"roster": None}
    )


def test_measures_are_added_replaced_and_removed_in_place() -> None:
    won, lost = Measure(name="won"), Measure(name="lost")
    more = edit.with_measure(BOTH, 0, won)
    assert [m.name for m in more.sources[0].measures] == ["dials", "won"]
    assert [m.name for m in edit.with_measure(more, 0, lost, place=0).sources[0].measures] == ["lost", "won"]
    assert edit.without_measure(more, 0, 1) == BOTH
    assert more.sources[1] == DEALS


def test_a_file_taken_out_leaves_no_trace_of_itself() -> None:
    assert [source.name for source in edit.without_table(BOTH, TableLocation("calls.csv")).sources] == ["deals"]
    assert edit.without_table(BOTH, TableLocation("team.csv")).roster is None
    assert edit.without_table(BOTH, TableLocation("people.csv")).sources[1].lookups == ()
    assert edit.without_table(BOTH, TableLocation("people.csv")).sources[0] == CALLS


def test_the_last_source_stays() -> None:
    only = DataSet(name="One", sources=(CALLS,))
    assert edit.without_table(only, TableLocation("calls.csv")).sources == (CALLS,)


def test_a_second_source_of_one_name_gets_a_name_of_its_own() -> None:
    twice = edit.with_new_source(edit.with_new_source(BOTH, CALLS), CALLS)
    assert [source.name for source in twice.sources] == ["calls", "deals", "calls 2", "calls 3"]


def test_spellings_are_added_to_those_already_settled() -> None:
    once = edit.with_same_rep(BOTH, {"ana": "Ana"})
    assert edit.with_same_rep(once, {"ANA": "Ana"}).same_rep == {"ana": "Ana", "ANA": "Ana"}
    assert BOTH.same_rep == {}


@given(st.text(min_size=1, max_size=20), st.lists(st.text(max_size=20), min_size=1, max_size=5, unique=True))
def test_a_choice_of_any_values_survives_being_written_as_a_formula(column: str, values: list[str]) -> None:
    choice = Choice(column, tuple(values))
    assert parse_choice(choice.formula()) == choice


@pytest.mark.parametrize("other", ["seconds >= 60", "stage != 'Won'", "stage == 'Won' and seconds > 1", "", "stage =="])
def test_other_conditions_are_no_choice(other: str) -> None:
    assert parse_choice(other) is None
