"""Conditions that are clicked: values with their rows, and what was removed stays away."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest


def _fields(folder: str, where: str, key: str = "here") -> None:
    from pathlib import Path

    import streamlit as st

    from workbench.data.model.dataset import Measure, Source
    from workbench.ui.data_page.condition_fields import ConditionKeys, condition_fields

    files = tuple(sorted(each.name for each in Path(folder).glob("*.csv")))
    source = Source(name="deals", location=files, rep="rep", date="day")
    made = condition_fields(ConditionKeys(source, ("rep", "day", "stage"), Path(folder), key), Measure(
        name="won", where=where))  # fmt: skip
    st.text(made.formula() if made else "incomplete")


def _app(folder: Path, where: str, rows: tuple[str, ...]) -> AppTest:
    for number, stages in enumerate(rows):
        lines = [f"Ann,2024-01-05,{stage}" for stage in stages.split("|")]
        (folder / f"{number}.csv").write_text("\n".join(["rep,day,stage", *lines, ""]))
    return AppTest.from_function(_fields, args=(str(folder), where), default_timeout=60).run()


def test_a_condition_that_was_removed_does_not_come_back(tmp_path: Path) -> None:
    app = _app(tmp_path, "stage == 'Won' and rep == 'Ann'", ("Won|Lost",))
    app.button(key="here.less.1").click().run()
    assert app.text[0].value == "stage == 'Won'"
    app.button(key="here.more").click().run()
    assert [box.value for box in app.selectbox if box.label != "Test"] == ["stage", None]
    assert app.text[0].value == "incomplete"


def test_values_are_counted_in_all_files_and_blank_is_one_of_them(tmp_path: Path) -> None:
    app = _app(tmp_path, "coalesce(stage, '') != 'Won'", ("Won|Lost", "Lost||Lost"))
    assert app.multiselect[0].options == ["Lost  (3 rows)", "Won  (1 row)", "blank  (1 row)"]
    assert app.multiselect[0].value == ["Won"]
    app.multiselect[0].set_value(["Won", ""]).run()
    assert app.text[0].value == "stage != 'Won'"


def test_a_list_that_is_cut_says_so_and_has_the_value_that_was_saved(tmp_path: Path) -> None:
    many = "|".join(f"S{number:03}" for number in range(250) for _ in range(2))
    app = _app(tmp_path, "stage == 'Rare'", (f"{many}|Rare",))
    assert len(app.multiselect[0].options) == 201
    assert app.multiselect[0].options[-1] == "Rare  (1 row)"
    assert [line.value for line in app.caption] == ["The list has the 200 most frequent of 251 values. Type any other."]


def test_a_month_that_no_calendar_has_is_said(tmp_path: Path) -> None:
    app = _app(tmp_path, "day <= '2024-02-28'", ("Won|Lost",))
    app.text_input[0].input("2024-13").run()
    assert [error.value.replace("\\", "") for error in app.error] == [
        "The calendar has no 2024-13. Correct the day or the month."
    ]
    app.text_input[0].input("2024-02").run()
    assert app.text[0].value == "day <= '2024-02-29'"
