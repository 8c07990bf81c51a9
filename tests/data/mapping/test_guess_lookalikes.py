"""The guesses that a careful analyst makes of files shaped like real exports, without any correction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.lookalikes import (
    Lookalike,
    write_call_log,
    write_crm_with_lookups,
    write_nine_file_crm,
    write_orders_with_targets,
)
from workbench.data.aggregate.build_panel import build_panel
from workbench.data.aggregate.measure_totals import measure_totals
from workbench.data.mapping.guess import guess_dataset
from workbench.data.model.dataset import DataSet
from workbench.data.model.panel import Panel
from workbench.words.panels import panel_size

Write = Callable[[Path], Lookalike]


@dataclass(frozen=True)
class Guessed:
    """Files as they were written, what was guessed of them, and the panel of the guess."""

    made: Lookalike
    dataset: DataSet
    panel: Panel


@pytest.fixture(scope="module")
def guessed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Write], Guessed]:
    """Writes and guesses a look-alike, each once."""

    @cache
    def guess(write: Write) -> Guessed:
        folder = tmp_path_factory.mktemp("export")
        made = write(folder)
        dataset, found = guess_dataset(folder, [path.name for path in made.files])
        assert dataset is not None, found
        return Guessed(made, dataset, build_panel(dataset, folder))

    return guess


def roles(dataset: DataSet) -> dict[str, str]:
    """What each file is for."""
    looked_up = {lookup.location: "names" for source in dataset.sources for lookup in source.lookups}
    team = {dataset.roster.location: "team"} if dataset.roster else {}
    return looked_up | team | {str(source.location): "work" for source in dataset.sources}


@pytest.mark.parametrize(
    ("write", "expected", "who_and_when"),
    [
        (write_crm_with_lookups,
         {"accounts.csv": "names", "products.csv": "names", "sales_pipeline.csv": "work", "sales_teams.csv": "team"},
         [("sales_agent", "engage_date")]),
        (write_orders_with_targets,
         {"Product.csv": "names", "Region.csv": "names", "Reseller.csv": "names", "Sales.csv": "work",
          "Salesperson.csv": "team", "Targets.csv": "work"},
         [("Salesperson", "OrderDate"), ("Salesperson", "TargetMonth")]),
        (write_nine_file_crm,
         {"Accounts.csv": "names", "Calls.csv": "work", "Contacts.csv": "work", "Leads.csv": "work",
          "Meetings.csv": "work", "Potentials.csv": "work", "Tasks.csv": "work", "Users.csv": "team"},
         [("Potential Owner", "Created Time"), ("Call Owner", "Call Start Time"), ("Lead Owner", "Created Time"),
          ("Task Owner", "Due Date"), ("Host", "Start DateTime"), ("Contact Owner", "Created Time")]),
        (write_call_log, {"call_log_structured.csv": "work"}, [("caller_name", "call_at")]),
    ],
)  # fmt: skip
def test_files_are_read_as_an_analyst_reads_them(
    guessed: Callable[[Write], Guessed], write: Write, expected: dict[str, str], who_and_when: list[tuple[str, str]]
) -> None:
    found = guessed(write)
    assert roles(found.dataset) == expected
    assert [(source.rep, source.date) for source in found.dataset.sources] == who_and_when
    assert panel_size(found.panel).startswith(found.made.size)
    totals = measure_totals(found.panel)
    assert {name: totals[name] for name in found.made.totals} == pytest.approx(found.made.totals)


def test_a_sale_counts_on_the_day_it_closes(guessed: Callable[[Write], Guessed]) -> None:
    dated = {measure.name: measure.date for measure in guessed(write_crm_with_lookups).dataset.sources[0].measures}
    assert dated == {
        "opportunities": None,
        "closed": "close_date",
        "won": "close_date",
        "won_close_value": "close_date",
    }


def test_an_export_of_many_files_finds_one_team_its_wins_by_closing_date_and_what_rows_are(
    guessed: Callable[[Write], Guessed],
) -> None:
    """Owners under seven names; the team list was read by its user ids, and contacts were called e-mails."""
    found = guessed(write_nine_file_crm)
    dataset = found.dataset
    assert dataset.roster is not None
    assert (dataset.roster.rep, dataset.roster.attributes) == ("Full Name", ("Role", "Office"))
    rows = [source.measures[0].label for source in dataset.sources]
    assert rows == ["Opportunities", "Calls", "Leads", "Tasks", "Meetings", "Contacts"]
    assert {m.label: (m.date, m.unit) for m in dataset.sources[0].measures}["Won amount"] == ("Closing Date", "$")
    assert not [issue for issue in found.panel.issues if issue.level != "info" and
                issue.code not in ("coverage", "still_open")]  # fmt: skip
