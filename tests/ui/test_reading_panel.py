"""How a file is read, on screen: what is doubtful opens by itself, choices can be undone, nothing is a dead end."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import Open, label_of
from tests.ui.test_data_page import press, table, unfold, upload
from tests.ui.test_pages import words
from workbench.words.reading import TITLE


def panel(app: AppTest) -> Sequence[bool]:
    """Of each file, whether the panel stands open."""
    return [box.proto.expanded for box in app.expander if box.label == TITLE]


def made(app: AppTest) -> str:
    return words(app).replace("\\", "").replace("*", "")


def by_day(rep: str, date: str, day: int) -> str:
    _, month, _ = date.split("-")
    return f"{rep},{day:02}/{month}/2026,{day}.500"


def test_what_no_value_decides_opens_by_itself_and_can_be_chosen_and_undone(opened: Open) -> None:
    app = upload(opened("data"), log__csv=table("rep,date,value", range(1, 9), range(1, 9), by_day))
    assert panel(app) == [True]
    assert "No value shows whether the day or the month comes first." in made(app)
    before = app.session_state["data.mapping"].dataset
    box = app.selectbox(key="data.reading.date.0.0")
    assert "DD/MM/YYYY: 01/01/2026 is 1 January 2026" in box.options
    app = box.set_value("%d/%m/%Y").run()
    assert app.session_state["data.mapping"].dataset.sources[0].date_formats == {"date": "%d/%m/%Y"}
    assert "02/01/2026 → 2 January 2026" in made(app)
    app = app.selectbox(key="data.reading.decimal.0").set_value(",").run()
    assert "1.500 → 1,500" in made(app)
    app = press(press(app, "Undo"), "Undo")
    assert app.session_state["data.mapping"].dataset == before
    assert not app.exception


def test_what_is_sure_is_folded_away(opened: Open) -> None:
    sure = table("rep,date,value", range(1, 4), range(10, 29), lambda rep, date, day: f"{rep},{date},{day}.25")
    app = upload(opened("data"), log__csv=sure)
    assert panel(app) == []
    assert panel(unfold(app)) == [False]
    assert "3 reps × " in made(app)


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (lambda date: date[2:].replace("-", ""), "3 reps × 8 months, January 2026 to August 2026"),
        (lambda date: date.replace("-", ""), "3 reps × 8 months, January 2026 to August 2026"),
    ],
)
def test_dates_without_signs_are_no_dead_end(opened: Open, dates, said: str) -> None:
    """“No column of this file looks like a date.”"""
    text = table("rep,date,value", range(1, 9), range(1, 29), lambda rep, date, day: f"{rep},{dates(date)},{day}")
    assert said in made(upload(opened("data"), log__csv=text))


def test_a_separator_by_hand_that_fits_no_column_leads_back(opened: Open) -> None:
    cut = table("rep;date;value", [1, 2, 3], range(1, 29), lambda rep, date, day: f"{rep};{date};{day}")
    app = unfold(upload(opened("data"), log__csv=cut))
    app = app.selectbox(key="data.reading.separator.0").set_value("|").run()
    assert "Which column says" in made(app)
    app = press(app, "Read it as found")
    assert "3 reps × " in made(app)
    app = app.selectbox(key="data.reading.header.0").set_value(0).run()
    assert app.session_state["data.mapping"].dataset.sources[0].header == 0
    assert "3 reps × " in made(press(app, "Undo"))
    assert not app.exception


def test_months_without_a_year_ask_for_it_and_the_result_follows(opened: Open) -> None:
    """A sheet with Jan, Feb, Mar ended in “No column of this file looks like a date.”"""
    sheet = "Rep,Jan,Feb,Mar,Q1,Total\n" + "".join(f"{rep},1,2,3,6,6\n" for rep in ("Ana Lopez", "Ben Miller", "Total"))
    app = upload(opened("data"), pivot__csv=sheet)
    assert "Of which year are the months?" in made(app)
    assert panel(app) == [False]
    app = app.selectbox(key="data.year.0").set_value(2025).run()
    assert "2 reps × 3 months, January 2025 to March 2025" in made(app)
    assert "2 reps × 3 months, January 2024 to March 2024" in made(upload(opened("data"), pivot_2024__csv=sheet))


@pytest.mark.parametrize(("content", "said"), [("", "The file is empty."), ("rep,date,value\n", "but no rows")])
def test_an_empty_file_is_called_empty(opened: Open, content: str, said: str) -> None:
    """It was called “No column of this file looks like a rep or a date.”"""
    app = upload(opened("data"), nothing__csv=content)
    assert said in made(app)
    assert "looks like" not in made(app)
    assert [label_of(button) for button in app.button if label_of(button) == "Use this data set"] == []


def test_nobody_to_score_is_never_offered_as_a_data_set(opened: Open) -> None:
    app = upload(opened("data"), log__csv="rep,date,value\n" + ",2026-01-01,5\n" * 9)
    assert all(button.disabled for button in app.button if label_of(button) == "Use this data set")
