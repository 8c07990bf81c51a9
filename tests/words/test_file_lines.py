"""What each file is for, in a sentence: who, what, when, what a win is worth, and what is still to be chosen."""

from __future__ import annotations

import pytest

from workbench.data.mapping.outcome_choices import TwoDates, find_outcome
from workbench.data.model.dataset import Lookup, Measure, Roster, Source, Unpivot
from workbench.words.file_lines import column_label, dates_words, match_words, names_line, team_line, work_line

WON = Measure(name="won", label="Won", where="Stage == 'Closed Won'", date="Closing Date")
AMOUNT = WON.model_copy(update={"name": "amount", "label": "Won amount", "aggregate": "sum", "column": "Amount"})
COUNT = Measure(name="opportunities", label="Opportunities")
DEALS = Source(
    name="Potentials", location="p.csv", rep="Potential Owner", date="Created", measures=(COUNT, WON, AMOUNT)
)


def said(source: Source) -> str:
    return work_line("Potentials", source, find_outcome(source), "month")


def only(*measures: Measure, **changes: object) -> Source:
    return DEALS.model_copy(update={"measures": measures, **changes})


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (DEALS, "Each row of **Potentials** is an opportunity of **Potential Owner**; a **Closed Won** one counts in "
                "the month of **Closing Date**, worth **Amount**."),
        (only(COUNT, WON), "Each row of **Potentials** is an opportunity of **Potential Owner**; a **Closed Won** one "
                           "counts in the month of **Closing Date**."),
        (only(Measure(name="calls", label="Calls"), Measure(name="t", aggregate="sum", column="Seconds")),
         "Each row of **Potentials** is a call of **Potential Owner**, in the month of **Created**, with **Seconds**."),
        (only(Measure(name="t", aggregate="sum", column="Target")),
         "Each row of **Potentials** belongs to **Potential Owner**, in the month of **Created**, with **Target**."),
        (only(Measure(name="x", where="Kind in ('A', 'B', 'C', 'D')")),
         "Each row of **Potentials** belongs to **Potential Owner**, in the month of **Created**; **A**, **B**, **C** "
         "and 1 more are counted too."),
        (only(Measure(name="calls", label="Calls"), Measure(name="m", where="Kind == 'Mail'"),
              Measure(name="t", aggregate="sum", column="Seconds")),
         "Each row of **Potentials** is a call of **Potential Owner**, in the month of **Created**, with **Seconds**; "
         "**Mail** is counted too."),
        (only(COUNT, rep=""), "Choose who did what in **Potentials**."),
        (only(COUNT, date=""), "Choose when things happened in **Potentials**."),
        (only(Measure(name="v", label="Sales", aggregate="sum", column="value"), unpivot=Unpivot(), date="month"),
         "Each column of **Potentials** is a month, and each cell adds **Sales** of **Potential Owner**."),
    ],
)  # fmt: skip
def test_a_file_of_work(source: Source, sentence: str) -> None:
    assert said(source) == sentence


def test_what_a_file_holds_is_text_only() -> None:
    assert "**Won\\*\\***" in said(only(COUNT, WON.model_copy(update={"where": "Stage == 'Won**'"}), AMOUNT.model_copy(
        update={"where": "Stage == 'Won**'"})))  # fmt: skip


def test_the_team_and_what_is_looked_up() -> None:
    roster = Roster(location="u.csv", rep="Full Name", attributes=("Role", "Office"))
    assert (
        team_line("Users", roster) == "**Users** lists the team by **Full Name**, compared by **Role** and **Office**."
    )
    lookup = Lookup(location="a.csv", on={"Account": "Name"}, take=("Industry",))
    expected = "**Accounts** adds **Industry** to Potentials and Calls by **Account**; 98% of the rows match."
    assert names_line("Accounts", ["Potentials", "Calls"], lookup, 0.983) == expected
    assert names_line("Accounts", ["Potentials"], lookup, None).endswith("by **Account**.")
    nothing = lookup.model_copy(update={"on": {}})
    assert names_line("A", ["P"], nothing, None) == "Choose what **A** and P have in common."


@pytest.mark.parametrize(
    ("share", "words"),
    [(1.0, "all rows match"), (0.999, "over 99% of the rows match"), (0.5, "50% of the rows match"),
     (0.001, "under 1% of the rows match"), (0.0, "no row matches")],
)  # fmt: skip
def test_some_rows_are_neither_all_nor_none(share: float, words: str) -> None:
    assert match_words(share) == words


def test_rows_that_name_nothing_are_not_said_to_match() -> None:
    assert match_words(1.0, 1425) == "all rows with a value match; 1,425 rows have none"
    assert match_words(0.5, 1) == "50% of the rows with a value match; 1 row has none"
    lookup = Lookup(location="accounts.csv", on={"account": "account"}, take=("sector",))
    assert names_line("A", ["P"], lookup, 1.0, 2).endswith("all rows with a value match; 2 rows have none.")


def test_what_the_other_date_moves() -> None:
    outcome = find_outcome(DEALS)
    assert outcome is not None
    found = TwoDates(0.75, ())
    expected = "75% of the won rows have Created in one month and Closing Date in another."
    assert dates_words(found, outcome, DEALS) == expected


def test_a_column_is_chosen_by_its_values() -> None:
    assert column_label("Owner", ("Anna Snelling", "Ben Olsen", "Fay")) == "Owner  ·  Anna Snelling, Ben Olsen"
    assert column_label("Note", ("x" * 40,)) == f"Note  ·  {'x' * 24}…"
    assert column_label("Empty", ()) == "Empty"
