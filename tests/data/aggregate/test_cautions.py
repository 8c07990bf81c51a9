"""What the Data page knows of a measure stands in a few words beside every KPI that uses it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.data.panels import build, source
from tests.sample_panels import sample_panel
from workbench.data.aggregate.cautions import Caution, measure_cautions, worst_of_each
from workbench.data.model.panel import Panel
from workbench.design.kpi_cautions import kpi_cautions, shared_cautions
from workbench.design.model import Kpi
from workbench.words.cautions import all_caution_words, caution_words, kpis_cautions_sentence


def lines(first: str, last: str, more: str = "") -> str:
    days = pd.bdate_range(first, last)
    return "rep,date\n" + "".join(f"{rep},{day:%Y-%m-%d}\n" for rep in ("Ann", "Bob") for day in days) + more


def code(found: tuple[Caution, ...]) -> list[str]:
    return [each.code for each in found]


def panel_of(folder: Path, deals: str, calls: str) -> Panel:
    sources = [
        source("deals", "deals.csv", measures=[{"name": "deals", "label": "Deals"}]),
        source(measures=[{"name": "calls"}]),
    ]
    return build(folder, {"deals.csv": deals, "calls.csv": calls}, *sources)


@pytest.fixture
def panel(tmp_path: Path) -> Panel:
    """Deals of a year, calls of three months of it; 30 of the calls have no name."""
    return panel_of(
        tmp_path, lines("2024-01-01", "2024-12-31"), lines("2024-02-01", "2024-04-30", ",2024-03-05\n" * 30)
    )


def test_a_gap_and_lost_rows_are_known_of_the_measures_that_they_touch(panel: Panel) -> None:
    found = measure_cautions(panel)
    assert set(found) == {"calls"}
    assert code(found["calls"]) == ["gap", "lost"]
    assert (found["calls"][0].n, found["calls"][0].of) == (3, 12)
    assert caution_words(found["calls"], "month") == "known for 3 of 12 months, 19% lost for lack of a name or date"


def test_a_kpi_has_the_cautions_of_all_its_measures_and_parts(panel: Panel) -> None:
    known = measure_cautions(panel)
    ratio = Kpi(name="Rate", formula="deals / calls")
    assert kpi_cautions(ratio, known) == known["calls"]
    assert kpi_cautions(Kpi(name="Both", kpis=(ratio,)), known) == known["calls"]
    assert kpi_cautions(Kpi(name="Deals", formula="deals"), known) == ()
    assert kpi_cautions(Kpi(name="Half written", formula="deals /"), known) == ()


def test_repeated_rows_and_months_that_are_cut_are_told(tmp_path: Path) -> None:
    again = "".join(f"Ann,2024-03-{day:02}\n" for day in range(4, 9)) * 4
    found = measure_cautions(
        panel_of(tmp_path, lines("2024-01-01", "2024-04-12"), lines("2024-01-01", "2024-04-12", again))
    )
    assert code(found["deals"]) == ["unfinished"]
    assert caution_words(found["deals"], "month") == "April 2024 is incomplete"
    assert code(found["calls"]) == ["repeated", "unfinished"]


def test_a_few_rows_are_not_worth_a_word(tmp_path: Path) -> None:
    year = lines("2024-01-01", "2024-12-31")
    assert measure_cautions(panel_of(tmp_path, year, lines("2024-01-01", "2024-12-31", ",2024-03-05\n"))) == {}


def test_finished_examples_have_nothing_to_be_careful_with() -> None:
    assert measure_cautions(sample_panel("dials-floor")) == {}


def test_the_worst_of_each_kind_is_kept() -> None:
    little, much = Caution("repeated", 0.02), Caution("repeated", 0.3)
    one, many = Caution("gap", 0.1, 1, 10), Caution("gap", 0.9, 9, 10)
    assert worst_of_each([little, many, much, one]) == (one, much)


def test_many_cautions_are_short_beside_a_kpi_and_whole_behind_it() -> None:
    found = (Caution("gap", 0.1, 1, 10), Caution("twice"), Caution("day_order"))
    assert caution_words(found, "month") == "known for 1 of 10 months, rows stand in two files, 1 more"
    assert all_caution_words(found, "month") == (
        "Data: known for 1 of 10 months, rows stand in two files, day and month may be swapped."
    )
    assert kpis_cautions_sentence([("Calls", "known for 1 of 10 months"), ("Won", "")]) == (
        "Data to be careful with: Calls (known for 1 of 10 months)."
    )
    assert kpis_cautions_sentence([("Won", "June is incomplete"), ("Calls", "June is incomplete")]) == (
        "Data to be careful with: Won and Calls (June is incomplete)."
    )
    assert kpis_cautions_sentence([("Won", "")]) == ""


def test_what_is_known_against_every_kpi_alike_is_told_apart_from_the_rest() -> None:
    cut, gap = Caution("unfinished", 0.1, periods=(pd.Timestamp("2025-09-01"),)), Caution("gap", 0.3, 3, 10)
    known = {"calls": (gap, cut), "deals": (cut,), "mails": ()}
    calls, deals, mails = (Kpi(name=name, formula=name) for name in known)
    assert shared_cautions([calls, deals], known) == (cut,)
    assert shared_cautions([calls, deals, mails], known) == ()
    assert shared_cautions([calls], known) == ()  # of one KPI it is said beside it
    assert shared_cautions([], known) == ()
