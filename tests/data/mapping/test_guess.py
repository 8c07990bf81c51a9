"""Guesses about uploaded files: right on real exports, and on the kinds people bring."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.data.panels import issues
from tests.real_files import real_files
from workbench.data.aggregate.build_panel import build_panel
from workbench.data.aggregate.measure_totals import measure_totals
from workbench.data.mapping.guess import guess_dataset
from workbench.data.mapping.guess_columns import guess_rep_column
from workbench.data.mapping.guess_words import name_words, readable_name
from workbench.data.mapping.profile import ColumnProfile
from workbench.data.model.dataset import DataSet
from workbench.scoring.defaults import likely_goals
from workbench.words.issues import describe_issue

MAVEN = ["accounts.csv", "data_dictionary.csv", "products.csv", "sales_pipeline.csv", "sales_teams.csv"]


def guessed(folder: Path, *locations: str) -> DataSet:
    dataset, found = guess_dataset(folder, locations)
    assert dataset is not None, found
    return dataset


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return name


def measures(dataset: DataSet, source: int = 0) -> dict[str, tuple[str, str | None, str | None]]:
    return {m.name: (m.aggregate, m.column, m.where) for m in dataset.sources[source].measures}


def test_maven_is_guessed_whole() -> None:
    folder = real_files("maven_crm")
    dataset, reasons = guess_dataset(folder, MAVEN)
    (source,) = dataset.sources
    assert (source.rep, source.date, source.id) == ("sales_agent", "engage_date", "opportunity_id")
    assert (dataset.roster.location, dataset.roster.rep, dataset.grain) == ("sales_teams.csv", "sales_agent", "month")
    assert {(issue.level, issue.code) for issue in reasons} == {("info", "guess")}
    assert any("“sales_agent” is taken for the rep: 30 different" in describe_issue(issue).message for issue in reasons)
    panel = build_panel(dataset, folder)
    assert [measure_totals(panel)[name] for name in ("closed", "won", "won_close_value")] == [6711, 4238, 10005534]
    assert "Won 729" in describe_issue(issues(panel, "lookup_almost")[0]).message


def test_adventureworks_sales_and_targets_are_brought_together_by_name() -> None:
    folder = real_files("adventureworks")
    dataset = guessed(folder, *sorted(path.name for path in folder.glob("*.csv")))
    assert [(source.location, source.rep) for source in dataset.sources] == [
        ("Sales.csv", "Salesperson"), ("Targets.csv", "Salesperson"),
    ]  # fmt: skip
    panel = build_panel(dataset, folder)
    assert measure_totals(panel)["sales"] == pytest.approx(77548570.20)
    assert measure_totals(panel)["target_amount"] == 676_210_000
    assert dataset.roster.rep == "Salesperson"


def test_a_call_log_is_counted_by_its_outcomes() -> None:
    dataset = guessed(real_files("outbound_calls"), "call_log_structured.csv")
    (source,) = dataset.sources
    assert (source.rep, source.date, source.id, dataset.grain) == ("caller_name", "call_at", "ID", "week")
    assert measures(dataset)["voicemail"] == ("count", None, "call_disposition == 'Voicemail'")
    assert source.events.disposition == "call_disposition"


def test_what_a_call_is_for_is_counted_however_rare(tmp_path: Path) -> None:
    """Nine outcomes, of which eight are more frequent: a team of appointment setters is paid by the ninth."""
    often = ["No Answer", "Voicemail", "Busy", "Callback", "Not Interested", "Gatekeeper", "Wrong Number", "Hung Up"]
    outcomes = [name for k, name in enumerate(often) for _ in range(40 - k)] + ["Appt Set"] * 12
    rows = (
        f"{n},{['Ann Lee', 'Bob Ray', 'Cy Dee'][n % 3]},2024-{1 + n % 6:02}-{1 + n % 27:02} 10:{n % 60:02},{outcome}\n"
        for n, outcome in enumerate(outcomes)
    )
    path = written(tmp_path, "dialer.csv", "Call ID,Agent,Call Time,Disposition\n" + "".join(rows))
    dataset = guessed(tmp_path, path)
    counted = [measure.label for measure in dataset.sources[0].measures]
    assert counted[-1] == "Appt Set"
    assert {"No Answer", "Voicemail"} <= set(counted)
    assert likely_goals(build_panel(dataset, tmp_path))[0] == "appt_set"


def test_a_typical_crm_export(tmp_path: Path) -> None:
    names = "Opportunity ID,Account Name,Opportunity Owner,Amount,Stage,Created Date,Close Date,Probability (%)\n"
    text = names + "".join(
        f"006{n:04},Firm {n % 7},{['Ann Lee', 'Bob Ray', 'Cy Dee'][n % 3]},\"$1,{n:03}.00\","
        f"{['Closed Won', 'Closed Lost', 'Qualification'][n % 3]},{1 + n % 12}/3/2024,{1 + n % 12}/25/2024,{n % 100}\n"
        for n in range(60)
    )  # fmt: skip
    dataset = guessed(tmp_path, written(tmp_path, "opportunities.csv", text))
    (source,) = dataset.sources
    assert (source.rep, source.date, source.id) == ("Opportunity Owner", "Created Date", "Opportunity ID")
    won = "Stage == 'Closed Won'"
    assert measures(dataset)["won_amount"] == ("sum", "Amount", won)
    assert {measure.date for measure in source.measures if measure.where} == {"Close Date"}


def test_a_table_of_one_row_per_rep_and_month(tmp_path: Path) -> None:
    text = "Mitarbeiter;Monat;Anrufe;Angebote;Umsatz\n" + "".join(
        f"{name};01.{month:02}.2024;{month * 10};{month};{month}.000,50\n"
        for name in ("Jürgen Groß", "Änne Öz") for month in range(1, 13)
    )  # fmt: skip
    dataset = guessed(tmp_path, written(tmp_path, "vertrieb.csv", text))
    assert (dataset.sources[0].rep, dataset.sources[0].date) == ("Mitarbeiter", "Monat")
    assert measures(dataset) == {name.lower(): ("sum", name, None) for name in ("Anrufe", "Angebote", "Umsatz")}
    assert measure_totals(build_panel(dataset, tmp_path))["umsatz"] == 2 * (78_000 + 12 * 0.5)


def test_sheets_of_one_workbook_are_files_of_their_own(tmp_path: Path) -> None:
    days = pd.date_range("2024-01-01", periods=40, freq="5D")
    deals = pd.DataFrame({"rep": ["Ann Lee", "Bob Ray"] * 20, "date": days,
                          "value": range(40), "stage": ["Won", "Lost", "Open", "Won"] * 10})  # fmt: skip
    team = pd.DataFrame({"rep": ["Ann Lee", "Bob Ray", "Cy Dee"], "team": ["North", "South", "North"]})
    with pd.ExcelWriter(tmp_path / "book.xlsx") as book:
        deals.to_excel(book, sheet_name="Deals", index=False)
        team.to_excel(book, sheet_name="Team", index=False)
    dataset = guessed(tmp_path, "book.xlsx")
    assert (dataset.sources[0].sheet, dataset.roster.sheet, dataset.roster.attributes) == ("Deals", "Team", ("team",))
    panel = build_panel(dataset, tmp_path)
    assert panel.reps["n_periods"].tolist() == [7, 7, 0]


def test_hire_dates_make_a_roster_not_a_source(tmp_path: Path) -> None:
    calls = "agent,date\n" + "".join(
        f"{name},2024-0{1 + n % 6}-11\n" for n in range(12) for name in ("Ann Lee", "Bo Ray")
    )
    team = "agent,team,hire date,left\nAnn Lee,North,2020-01-05,\nBo Ray,North,2021-03-01,2024-06-30\n"
    dataset = guessed(tmp_path, written(tmp_path, "team.csv", team), written(tmp_path, "calls.csv", calls))
    assert [source.location for source in dataset.sources] == ["calls.csv"]
    assert (dataset.roster.start, dataset.roster.end) == ("hire date", "left")


def test_files_that_hold_no_work_are_said_to(tmp_path: Path) -> None:
    name = written(tmp_path, "products.csv", "product,price\nA,1.5\nB,2.5\n")
    dataset, found = guess_dataset(tmp_path, [name])
    assert dataset is None
    assert [(issue.level, issue.code, describe_issue(issue).where) for issue in found] == [
        ("warning", "no_guess", "products.csv")
    ]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    good = written(tmp_path, "calls.csv", "rep,date\n" + "Ann Lee,2024-01-05\nBob Ray,2024-01-06\n" * 3)
    dataset, found = guess_dataset(tmp_path, ["broken.xlsx", good])
    assert [source.location for source in dataset.sources] == ["calls.csv"]
    assert any(issue.level == "error" and describe_issue(issue).where.startswith("broken.xlsx") for issue in found)


def column(name: str, values: tuple[str, ...], kind: str = "text") -> ColumnProfile:
    return ColumnProfile(name, kind, 100, 1.0, len(values), False, values)


PEOPLE = ("Ann Lee", "Bob Ray", "Cy Dee")


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ([column("Account Name", PEOPLE), column("Deal Owner", PEOPLE)], "Deal Owner"),
        ([column("customer", PEOPLE), column("vendedor", ("17", "18"))], "vendedor"),
        ([column("product", ("A", "B")), column("Name", PEOPLE)], "Name"),
        ([column("担当者", ("王伟", "李娜"))], "担当者"),
        ([column("product", ("A", "B")), column("amount", ("1", "2"), "number")], None),
    ],
)
def test_who_did_it(columns: list[ColumnProfile], expected: str | None) -> None:
    found = guess_rep_column(columns)
    assert (found.name if found else None) == expected


def test_words_in_column_names() -> None:
    assert name_words("EmployeeKey (#)") == ("employee", "key")
    assert [readable_name(name) for name in ("close_value", "TargetAmount", "KPI value", "x")] == [
        "Close value", "Target amount", "KPI value", "X",
    ]  # fmt: skip


def test_a_file_with_nothing_but_a_rep_and_a_date_counts_its_rows(tmp_path: Path) -> None:
    """One row per rep and day looked already aggregated, and then nothing was counted."""
    days = "\n".join(f"{rep},2024-01-{day:02}" for rep in ("Ann Lee", "Bob Ray") for day in range(1, 29))
    dataset = guessed(tmp_path, written(tmp_path, "calls.csv", "agent,called\n" + days))
    assert measures(dataset) == {"calls": ("count", None, None)}


def test_measures_of_two_files_have_names_of_their_own(tmp_path: Path) -> None:
    """The second file's were called “Won” as well, and ``won_2`` in formulas."""
    months = range(1, 9)
    rows = [
        f"{rep},2024-{m:02}-07,{end},5" for rep in ("Ann Lee", "Bob Ray") for m in months for end in ("Won", "Lost")
    ]
    head = "owner,closed,stage,amount"
    crm = written(tmp_path, "crm.csv", "\n".join([head, *rows]))
    finance = written(tmp_path, "finance.csv", "\n".join([head, *rows, "Ann Lee,2024-01-08,Lost,5"]))
    made = guessed(tmp_path, crm, finance)
    named = {measure.name: measure.label for source in made.sources for measure in source.measures}
    assert len(set(named.values())) == len(named) == 6
    assert named["won_crm"] == "Won (crm)"
