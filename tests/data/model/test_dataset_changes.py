"""What a version changed is found from two data set files and their figures, and said in one plain sentence."""

from __future__ import annotations

import datetime as dt

import pytest

from workbench.data.mapping import edit
from workbench.data.model.dataset import Credit, DataSet, EventRoles, Measure, Roster, Source
from workbench.data.model.dataset_changes import dataset_changes
from workbench.data.model.figures import Figures, Total, total_changes
from workbench.words.history import version_sentence
from workbench.words.totals import totals_words

SALES = Measure(name="sales", aggregate="sum", column="value", label="Sales", date="created")
SOURCE = Source(name="deals", location="deals.csv", rep="rep", date="created", measures=(SALES,))
DEALS = DataSet(name="Deals", sources=(SOURCE,))


def figures(n_rows: int, last: dt.date = dt.date(2024, 5, 1), sales: float | None = 100) -> Figures:
    total = Total(name="sales", label="Sales", unit="USD", value=sales)
    return Figures(grain="month", n_rows=n_rows, n_reps=3, first=dt.date(2024, 1, 1), last=last, totals=(total,))


def measure(**fields: object) -> DataSet:
    return edit.with_source(DEALS, 0, measures=(SALES.model_copy(update=fields),))


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (edit.with_source(DEALS, 0, location=("deals.csv", "june.csv")), "June.csv added to deals.csv."),
        (edit.with_source(DEALS, 0, location="june.csv"), "June.csv replaces deals.csv."),
        (edit.with_source(DEALS, 0, duplicates="drop"), "Repeated rows of deals count once now."),
        (
            edit.with_source(DEALS, 0, covers=(dt.date(2024, 2, 1), dt.date(2024, 4, 30))),
            "Deals is complete from 1 February 2024 to 30 April 2024.",
        ),
        (edit.with_source(DEALS, 0, decimal=","), "Deals is read in another way now."),
        (
            edit.with_source(DEALS, 0, events=EventRoles(kind="quotes")),
            "The kind of activity in deals is described in another way now.",
        ),
        (measure(date="closing date"), "Sales counts by closing date now."),
        (measure(where="won"), "Sales counts other rows now."),
        (measure(label="Revenue"), "Sales is called Revenue now."),
        (measure(credit=Credit(case="id")), "Sales is credited to somebody else now."),
        (
            DEALS.model_copy(update={"first": dt.date(2024, 2, 1), "last": dt.date(2024, 4, 1)}),
            "Only February to April 2024 used now.",
        ),
        (DEALS.model_copy(update={"grain": "week"}), "Counted by week now."),
        (DEALS.model_copy(update={"scored": ("Ana", "Ben")}), "2 people scored now."),
        (DEALS.model_copy(update={"same_rep": {"ana": "Ana"}}), "1 spelling matched to other names."),
        (DEALS.model_copy(update={"exposure": "sales"}), "Days at work come from Sales now."),
        (DEALS.model_copy(update={"roster": Roster(location="team.csv", rep="rep")}), "Team list read from team.csv."),
        (DEALS.model_copy(update={"name": "Ours"}), "Deals is called Ours now."),
        (DEALS, "Saved without a change of meaning."),
    ],
)
def test_one_plain_sentence_says_what_changed(after: DataSet, said: str) -> None:
    changes = dataset_changes(DEALS, after)
    assert version_sentence(changes, figures(5), figures(5), after.grain) == said


def test_next_months_rows_are_counted_with_their_month() -> None:
    after = edit.with_source(DEALS, 0, location=("deals.csv", "june.csv"))
    changes = dataset_changes(DEALS, after)
    said = version_sentence(changes, figures(100), figures(172, dt.date(2024, 6, 1)), "month")
    assert said == "+72 rows of June 2024: june.csv added to deals.csv."
    assert version_sentence((), figures(100), figures(88), "month") == "−12 rows."


def test_a_row_with_two_dates_goes_only_where_neither_is_used() -> None:
    """“−213 rows” stood beside 8,300 → 7,115: the other rows still count by their closing date."""
    limits = {"first": dt.date(2024, 2, 1)}
    two = measure(date="closed")
    said = version_sentence(dataset_changes(two, two.model_copy(update=limits)), figures(100), figures(88), "month")
    assert said == ("Used from February 2024 on; 12 rows have no date in that time, and others may count in part.")
    one = version_sentence(dataset_changes(DEALS, DEALS.model_copy(update=limits)), figures(100), figures(88), "month")
    assert one == "−12 rows: used from February 2024 on."
    back = version_sentence(dataset_changes(two.model_copy(update=limits), two), figures(88), figures(100), "month")
    assert back.startswith("+12 rows")


def test_many_changes_are_counted_after_the_first_three() -> None:
    after = measure(date="closed", where="won", label="Revenue").model_copy(update={"grain": "week", "name": "Ours"})
    said = version_sentence(dataset_changes(DEALS, after), None, None, "week")
    assert said == (
        "Revenue counts by closed now; Sales is called Revenue now; Revenue counts other rows now; 2 other changes."
    )


def test_totals_before_and_after_are_exact() -> None:
    changes = total_changes(figures(5, sales=48_213), figures(5, sales=48_190))
    assert totals_words(changes) == "Sales: $48,213 → $48,190"
    assert total_changes(figures(5, sales=0.1 + 0.2), figures(6, sales=0.3)) == ()
    assert totals_words(total_changes(figures(5, sales=None), figures(5, sales=1.5))) == "Sales: not there → $1.50"


def test_a_measure_that_is_gone_is_named_last() -> None:
    calls = Total(name="calls", label="Calls", value=7)
    before = figures(5).model_copy(update={"totals": (calls, *figures(5).totals)})
    after = figures(5, sales=90)
    assert totals_words(total_changes(before, after)) == "Sales: $100 → $90 · Calls: 7 → not there"
    assert totals_words(total_changes(before, after), most=1) == "Sales: $100 → $90 · 1 more total changes"
