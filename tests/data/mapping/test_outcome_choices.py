"""What a file counts as won: found in its measures, changed in all of them at once, its two dates compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.data.mapping.lookup_matches import blank_key_rows, matched_share
from workbench.data.mapping.outcome_choices import (
    Outcome,
    compare_dates,
    find_outcome,
    outcome_date,
    with_won_amount,
    with_won_date,
    with_won_values,
)
from workbench.data.model.dataset import DataSet, Lookup, Measure, Source
from workbench.errors import Issue, Where
from workbench.formula.row_conditions import Condition, Conditions

WON, BOTH = "stage == 'Won'", "stage in ('Won', 'Lost')"
ROWS = Measure(name="deals", label="Deals")
CLOSED = Measure(name="closed", where=BOTH, date="closed")
COUNT = Measure(name="won", where=WON, date="closed")
VALUE = Measure(name="won_value", label="Won value", aggregate="sum", column="value", where=WON, date="closed")
OTHER = Measure(name="big", where="size == 'big'")
SOURCE = Source(name="deals", location="deals.csv", rep="rep", date="created",
                measures=(ROWS, CLOSED, COUNT, VALUE, OTHER))  # fmt: skip
DEALS = DataSet(name="Deals", sources=(SOURCE,))


def measures(dataset: DataSet) -> dict[str, Measure]:
    return {measure.name: measure for measure in dataset.sources[0].measures}


def test_a_win_is_what_the_amount_is_added_up_of() -> None:
    assert find_outcome(SOURCE) == Outcome("stage", ("Won",), "closed", "value")


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        ((ROWS, OTHER), None),
        ((ROWS, Measure(name="w", where="stage == 'Closed Won'")), Outcome("stage", ("Closed Won",), "created", None)),
        ((ROWS, CLOSED), None),
        ((ROWS, Measure(name="w", aggregate="sum", column="value")), None),
    ],
)
def test_without_an_amount_a_win_is_named_like_one(kept: tuple[Measure, ...], found: Outcome | None) -> None:
    assert find_outcome(SOURCE.model_copy(update={"measures": kept})) == found


def test_other_values_are_won_in_every_measure_that_counts_wins() -> None:
    changed = measures(with_won_values(DEALS, 0, ["Won", "Paid"]))
    assert changed["won"].where == changed["won_value"].where == "stage in ('Won', 'Paid')"
    assert changed["closed"].where == "stage in ('Won', 'Paid', 'Lost')"
    assert (changed["deals"], changed["big"]) == (ROWS, OTHER)
    assert with_won_values(DEALS, 0, []) == DEALS


def test_the_date_moves_what_was_won_and_closed_together() -> None:
    changed = measures(with_won_date(DEALS, 0, "created"))
    assert [changed[name].date for name in ("closed", "won", "won_value")] == [None, None, None]
    assert with_won_date(with_won_date(DEALS, 0, "created"), 0, "closed") == DEALS


def test_the_amount_takes_its_name_along_unless_somebody_gave_it_one() -> None:
    changed = measures(with_won_amount(DEALS, 0, "margin_usd"))["won_value"]
    assert (changed.column, changed.label, changed.name) == ("margin_usd", "Won margin usd", "won_value")
    own = VALUE.model_copy(update={"label": "Revenue"})
    named = DataSet(name="D", sources=(SOURCE.model_copy(update={"measures": (ROWS, COUNT, own)}),))
    assert measures(with_won_amount(named, 0, "margin"))["won_value"].label == "Revenue"


def test_both_dates_of_the_won_rows_are_compared_by_month(tmp_path: Path) -> None:
    lines = ["rep,created,closed,stage,value", "A,2026-01-05,2026-02-01,Won,5", "A,2026-01-06,2026-01-30,Won,5",
             "B,2026-01-07,2026-03-01,Won,5", "B,2026-01-08,,Won,5", "B,2026-01-09,2026-02-02,Lost,0"]  # fmt: skip
    (tmp_path / "deals.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = compare_dates(SOURCE, tmp_path, Outcome("stage", ("Won",), "closed", "value"))
    assert found is not None
    assert found.share == pytest.approx(2 / 3)
    assert found.pairs[0] == ("2026-01-05", "2026-02-01")
    assert compare_dates(SOURCE, tmp_path, Outcome("stage", ("Won",), "created", "value")) is None


def test_rows_that_find_their_row_in_another_file() -> None:
    lookup = Lookup(location="p.csv", on={"product": "product"}, take=("price",))

    def issue(code: str, n: int, source: str = "deals") -> Issue:
        return Issue.of("warning", code, Where(source=source, lookup="p.csv"), n)

    found = [issue("lookup_almost", 10), issue("lookup_no_match", 5), issue("lookup_blank_key", 100),
             issue("lookup_no_match", 70, "other")]  # fmt: skip
    assert matched_share(found, [(SOURCE, lookup)], [400]) == pytest.approx(0.95)
    assert matched_share([], [(SOURCE, lookup)], [400]) == 1
    assert blank_key_rows(found, [(SOURCE, lookup)]) == 100
    assert matched_share([], [(SOURCE, lookup)], [0]) is None


@pytest.mark.parametrize(
    ("conditions", "date"),
    [
        (Conditions((Condition("stage", "is", ("Won",)), Condition("type", "is", ("New",)))), "closed"),
        (Conditions((Condition("stage", "is", ("Won",)), Condition("type", "is", ("New",))), "or"), None),
        (Conditions((Condition("stage", "is", ("Open",)),)), None),
        (Conditions((Condition("stage", "is not", ("Won",)),)), None),
        (Conditions((Condition("type", "is", ("New",)),)), None),
    ],
)
def test_what_is_won_counts_on_the_day_it_closes_whatever_else_is_asked(
    conditions: Conditions, date: str | None
) -> None:
    won = {"where": "stage == 'Won'", "date": "closed"}
    measures = (Measure(name="won", **won), Measure(name="value", aggregate="sum", column="value", **won))
    source = Source(name="deals", location="deals.csv", rep="rep", date="opened", measures=measures)
    assert outcome_date(source, conditions) == date
