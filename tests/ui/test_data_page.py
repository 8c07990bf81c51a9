"""The Data page by hand: files mapped, corrected, kept, mended with one click, removed."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import Open, label_of
from tests.ui.test_pages import words
from workbench.data.library import data_sets as library
from workbench.data.library.deletion import delete_data_set, erase_data_set
from workbench.data.mapping.credit_choices import with_credited
from workbench.data.model.dataset import Credit, EventRoles
from workbench.design.model import Design, Goal, design_json
from workbench.design.shelf import read_shelf
from workbench.ui.session import cache

REPS = ("Ana Lopez", "Ben Miller", "Cleo Stone")


def table(header: str, months: Iterable[int], days: Iterable[int], line: Callable[[str, str, int], str]) -> str:
    """A line of each rep on each of these days of 2026, as CSV."""
    made = (line(rep, f"2026-{month:02}-{day:02}", day) for rep in REPS for month in months for day in days)
    return "\n".join([header, *made]) + "\n"


def deal(rep: str, date: str, day: int) -> str:
    return f"{rep},{date},{'Won' if day % 2 else 'Lost'},{100 * day}"


DEALS = table("rep,closed,stage,value", range(1, 9), range(1, 7), deal)
TEAM = "rep,office\nAna Lopez,North\nBen Miller,South\nCleo Stone,North\n"
TWICE = DEALS + DEALS.splitlines()[1] + "\nana lópez,2026-03-05,Won,700\n"


def upload(app: AppTest, **files: str | bytes) -> AppTest:
    sent = [(name.replace("__", "."), content if isinstance(content, bytes) else content.encode(), "text/csv")
            for name, content in files.items()]  # fmt: skip
    return app.file_uploader[0].set_value(sent).run()


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if label_of(button) == label).click().run()


def unfold(app: AppTest, number: int = 0) -> AppTest:
    """Open the line of a file."""
    mapped, opened = app.session_state["data.mapping"], "data.lines.open"
    before = dict(app.session_state[opened]) if opened in app.session_state else {}
    app.session_state[opened] = {**before, (str(mapped.folder), mapped.tables[number]): True}
    return app.run()


def role(app: AppTest, number: int, wanted: str) -> AppTest:
    app = unfold(app, number)
    return app.segmented_control(key=f"data.role.{number}").set_value(wanted).run()


def uploads(home: Path) -> list[library.DataSetEntry]:
    return [entry for entry in library.list_data_sets(home) if entry.kind == "upload"]


def test_files_are_guessed_and_kept_with_one_press(opened: Open, home: Path) -> None:
    app = upload(opened("data"), deals__csv=DEALS, team__csv=TEAM)
    assert "3 reps × 8 months" in words(app)
    app.text_input(key="data.name").set_value("  Our $deals$  ").run()
    app = press(app, "Use this data set")
    assert not app.exception
    assert "Our $deals$: 3 reps × 8 months" in words(app).replace("*", "")
    kept = uploads(home)
    assert [entry.name for entry in kept] == ["Our $deals$"]
    assert app.query_params["data"] == kept[0].id
    assert kept[0].load().roster.location == "team.csv"


def test_a_mapping_is_edited_without_building_again(
    opened: Open, uploaded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the files mean was opened again by reading and adding up everything once more."""
    app, built = opened("data", data=uploaded), []
    monkeypatch.setattr(cache, "build_panel", lambda *args, **more: built.append(args))
    app = press(app, "Edit the mapping")
    assert "Use this data set" in words(app)
    assert not built
    assert not app.exception


def test_leaving_keeps_nothing(opened: Open, home: Path) -> None:
    app = press(upload(opened("data"), deals__csv=DEALS), "Discard changes")
    assert "Bring your own files" in words(app)
    assert uploads(home) == []


def test_a_role_given_by_hand_changes_the_result_and_the_last_file_of_work_stays(opened: Open) -> None:
    app = upload(opened("data"), deals__csv=DEALS, team__csv=TEAM)
    app = role(app, 1, "unused")
    assert app.session_state["data.mapping"].dataset.roster is None
    app = role(app, 1, "names")
    assert app.session_state["data.mapping"].dataset.sources[0].lookups[0].on == {"rep": "rep"}
    app = role(app, 1, "team")
    assert app.session_state["data.mapping"].dataset.roster.attributes == ("office",)
    app = role(app, 0, "unused")
    assert [toast.value for toast in app.toast] == ["At least one file has to hold work and sales."]
    assert len(app.session_state["data.mapping"].dataset.sources) == 1


def test_columns_and_measures_are_corrected_by_hand(opened: Open) -> None:
    app = unfold(upload(opened("data"), deals__csv=DEALS))
    before = app.session_state["data.mapping"].dataset.sources[0]
    app = app.button(key="data.drop.0.0").click().run()
    app.selectbox(key="data.grain").set_value("quarter").run()
    app.selectbox(key="data.rep.0").set_value("stage").run()
    dataset = app.session_state["data.mapping"].dataset
    assert dataset.sources[0].measures == before.measures[1:]
    assert (dataset.grain, dataset.sources[0].rep) == ("quarter", "stage")
    assert "2 reps × 3 quarters" in words(app)


def test_a_file_without_anybody_or_any_day_asks_for_them(opened: Open) -> None:
    app = upload(opened("data"), colours__csv="colour,size\nred,1\nblue,2\n")
    said = words(app)
    assert "Which column says who did it?" in said
    assert "Which column says when?" in said
    assert next(button for button in app.button if label_of(button) == "Use this data set").disabled


def test_several_sheets_are_several_tables(opened: Open) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, text in {"Deals": DEALS, "Team": TEAM}.items():
            sheet = book.add_worksheet(name)
            for number, line in enumerate(text.splitlines()):
                sheet.write_row(number, 0, line.split(","))
    app = upload(opened("data"), book__xlsx=content.getvalue())
    app = role(app, 1, "team")
    dataset = app.session_state["data.mapping"].dataset
    assert (dataset.sources[0].sheet, dataset.roster.sheet) == ("Deals", "Team")
    assert "3 reps × 8 months" in words(press(app, "Use this data set"))


def test_one_click_settles_what_was_found_and_the_link_follows(opened: Open, home: Path) -> None:
    app = press(upload(opened("data"), deals__csv=TWICE), "Use this data set")
    first = app.query_params["data"]
    assert "4 reps × 8 months" in words(app)
    app = press(app, "Count them as “Ana Lopez”")
    assert "3 reps × 8 months" in words(app)
    app = press(app, "Count repeated rows once")
    assert not app.exception
    assert [entry.id for entry in uploads(home)] == [app.query_params["data"]]
    assert library.find_data_set(home, first) is not None


def test_a_data_set_file_and_a_design_come_along_with_their_files(opened: Open) -> None:
    spec = {
        "name": "Sent over",
        "sources": [{"name": "deals", "location": "exports/deals.csv", "rep": "rep", "date": "closed",
                     "measures": [{"name": "sales", "aggregate": "sum", "column": "value"}]}],
    }  # fmt: skip
    design = json.dumps(design_json(Design(name="Theirs", goal=Goal(measure="sales"))))
    app = upload(opened("data"), deals__csv=DEALS, x__dataset__json=json.dumps(spec), x__design__json=design)
    app = press(app, "Use this data set")
    assert "Sent over: 3 reps × 8 months" in words(app).replace("*", "")
    app.switch_page("../../../pages/start.py").run()
    assert "sales" in words(app)


def test_a_data_set_file_that_names_a_missing_file_says_so_and_the_rest_is_guessed(opened: Open) -> None:
    spec = {"name": "Bad", "sources": [{"name": "x", "location": "../../secret.csv", "rep": "rep", "date": "closed"}]}
    app = upload(opened("data"), deals__csv=DEALS, x__dataset__json=json.dumps(spec))
    assert "../../secret.csv" in words(app)
    assert app.session_state["data.mapping"].dataset.sources[0].location == "deals.csv"


@pytest.mark.parametrize(
    ("content", "said"),
    [(json.dumps({"name": "Alone", "goal": {"measure": "sales"}}), ""), ("{", "not valid JSON")],
)
def test_a_design_alone_is_opened_with_the_data_at_hand(opened: Open, uploaded: str, content: str, said: str) -> None:
    app = upload(opened("data", data=uploaded), x__design__json=content)
    assert said in words(app)
    assert (design_of(app).name == "Alone") == (said == "")


def test_what_was_brought_before_is_one_click_away(opened: Open, uploaded: str) -> None:
    app = press(opened("start"), "Our deals")
    assert app.query_params["data"] == uploaded
    assert "Our deals: 6 reps × 8 months" in words(app)


def test_deleting_is_undone_at_once_or_from_the_list(opened: Open, home: Path, uploaded: str) -> None:
    app = press(opened("data", data=uploaded), "Delete it")
    assert "Deleted Our deals." in words(app).replace("*", "")
    assert uploads(home) == []
    app = press(app, "Undo")
    assert "Our deals: 6 reps × 8 months" in words(app).replace("*", "")
    press(app, "Delete it")
    app = opened("data", data=uploaded)
    assert "“Our deals”, which was deleted." in words(app).replace("\\", "")
    app = press(app, "Restore")
    assert [entry.id for entry in uploads(home)] == [uploaded]
    app = press(press(app, "Delete it"), "Delete for good")
    assert not app.exception
    assert list((home / "datasets").iterdir()) == []


def test_what_another_tab_erased_cannot_be_edited_and_says_so(opened: Open, home: Path, uploaded: str) -> None:
    app = opened("data", data=uploaded)
    delete_data_set(home, uploaded)
    erase_data_set(home, uploaded)
    app = press(app, "Edit the mapping")
    assert not app.exception
    assert len(app.toast) == 1
    assert "Bring your own files" in words(app)


def changed(app: AppTest, home: Path, **fields: object) -> AppTest:
    """The open data set, edited in the mapping and saved."""
    app = press(app, "Edit the mapping")
    held = app.session_state["data.mapping"]
    app.session_state["data.mapping"] = replace(held, dataset=held.dataset.model_copy(update=fields))
    return press(app.run(), "Use this data set")


def test_each_save_is_a_version_that_can_be_looked_at_and_gone_back_to(opened: Open, home: Path, uploaded: str) -> None:
    app = changed(opened("data", data=uploaded), home, first=dt.date(2026, 3, 1))
    assert "−46 rows: used from March 2026 on." in words(app).replace("\\", "")
    latest = app.query_params["data"]
    app = press(app, "Undo")
    assert app.query_params["data"] == uploaded
    assert "Went back to the version of" in words(app)
    app = app.button(key="data.history.back.1").click().run()
    assert app.query_params["data"] == latest
    assert [box.label for box in app.expander if "History" in box.label] == ["History: 4 versions"]
    app = app.button(key="data.history.look.1").click().run()
    assert app.query_params["data"] == uploaded
    assert "This is an older version" in words(app)
    assert [entry.id for entry in uploads(home)] == [latest]
    assert not any(label_of(button) == "Delete it" for button in app.button)
    app = press(app, "Open the latest version")
    assert app.query_params["data"] == latest
    assert not app.exception


def named(app: AppTest, label: str) -> AppTest:
    """The goal renamed, back on the Data page."""
    app.switch_page("../../../pages/goal.py").run()
    app.text_input(key="goal.label").set_value(label).run()
    return app.switch_page("../../../pages/data.py").run()


def test_changes_of_a_design_go_along_between_versions(opened: Open, home: Path, uploaded: str) -> None:
    ours = json.dumps(design_json(Design(name="Ours", goal=Goal(measure="sales", target=3))))
    app = named(upload(opened("data", data=uploaded), ours__design__json=ours), "In the first")
    app = named(changed(app, home, first=dt.date(2026, 3, 1)), "In the second")
    app = press(app, "Undo")
    assert design_of(opened("data", data=uploaded)).goal.label == "In the second"
    app = changed(named(app, "In the first again"), home, first=dt.date(2026, 3, 1))
    assert design_of(app).goal.label == "In the first again"
    assert not app.toast
    assert [each.name for each in read_shelf(home, app.query_params["data"]).documents] == ["Ours"]


def test_the_same_files_brought_again_open_what_is_here_and_say_so(opened: Open, home: Path) -> None:
    press(upload(opened("data"), deals__csv=DEALS), "Use this data set")
    app = press(upload(opened("data"), deals__csv=DEALS), "Use this data set")
    assert "The same files with the same meaning are here since" in words(app)
    assert len(uploads(home)) == 1


def test_two_data_sets_of_one_name_differ_in_every_list(opened: Open, home: Path) -> None:
    press(upload(opened("data"), deals__csv=DEALS), "Use this data set")
    app = upload(opened("data"), deals__csv=DEALS.replace(",100\n", ",150\n"))
    app = press(app, "Use this data set")
    names = [name for name in app.selectbox(key="context.choice").options if name.lower().startswith("deals (")]
    assert len(names) == 2
    assert all("144 rows, January to August 2026" in name for name in names)


def test_a_damaged_data_set_says_what_is_wrong_and_can_be_removed(opened: Open, home: Path, uploaded: str) -> None:
    library.find_data_set(home, uploaded).spec_path.write_text('{"name": "Cut off", "sources": [')
    app = opened("data", data=uploaded)
    assert not app.exception
    assert "not valid JSON" in words(app)
    app = upload(app, deals__csv=DEALS)
    assert not app.exception
    assert "3 reps × 8 months" in words(app)
    app = press(app, "Discard changes")
    assert "Bring your own files" in words(press(app, "Delete it"))


def test_files_that_went_missing_are_named(opened: Open, home: Path, uploaded: str) -> None:
    (library.find_data_set(home, uploaded).folder / "deals.csv").unlink()
    app = opened("data", data=uploaded)
    assert not app.exception
    assert "cannot be read as it is" in words(app)
    app = upload(app, more__csv=DEALS)
    assert not app.exception
    assert "3 reps × 8 months" in words(app)


def test_opening_another_data_set_ends_the_mapping_in_hand(opened: Open, uploaded: str) -> None:
    app = upload(opened("data"), deals__csv=DEALS)
    assert app.session_state["data.mapping"].dataset is not None
    app.selectbox(key="context.choice").set_value(uploaded).run()
    assert "Who was there, and when" in words(app)
    assert "data.mapping" not in app.session_state


SHEET = "Rep,Jan 2026,Feb 2026,Mar 2026,Apr 2026\nAna Lopez,1,2,3,4\nBen Miller,5,6,7,8\nTotal,6,8,10,12\n"


def test_a_sheet_with_a_column_per_month_is_turned_round_and_back(opened: Open) -> None:
    app = unfold(upload(opened("data"), sales__csv=SHEET))
    assert "2 reps × 4 months" in words(app)
    app.toggle(key="data.unpivot.0").set_value(False).run()
    assert "Which column says when?" in words(app)
    app.toggle(key="data.unpivot.0").set_value(True).run()
    assert "2 reps × 4 months" in words(app)
    assert not app.exception


CALLS = table("agent,called", range(3, 6), range(1, 29), lambda rep, date, day: f"{rep},{date}")


def gaps_label(app: AppTest) -> str:
    return next((box.label for box in app.expander if "What does a gap mean?" in box.label), "").replace("\\", "")


def test_what_a_gap_means_is_asked_once_and_answered_by_one_press(opened: Open) -> None:
    app = upload(opened("data"), deals__csv=DEALS, calls__csv=CALLS)
    assert "Your files cover different months. They share March to April 2026." in gaps_label(app)
    app = press(app, "Use the months that all files share")
    assert "3 reps × 2 months, March 2026 to April 2026" in words(app).replace("*", "")
    app = press(app, "Use all months")
    app.segmented_control(key="data.gap.0").set_value("zero").run()
    assert [source.covers is not None for source in app.session_state["data.mapping"].dataset.sources].count(True) == 1
    assert "All files cover January to August 2026." in gaps_label(app)
    app.segmented_control(key="data.gap.0").set_value("missing").run()
    assert "Your files cover different months." in gaps_label(app)
    assert not app.exception


def test_any_periods_and_exact_days_are_chosen_with_the_totals_beside_and_taken_back(opened: Open) -> None:
    app = upload(opened("data"), deals__csv=DEALS)
    every = app.selectbox(key="data.periods.first").options
    assert (len(every), every[0], every[-1]) == (8, "January 2026", "August 2026")
    app = app.selectbox(key="data.periods.first").set_value(pd.Timestamp("2026-03-01")).run()
    dataset = app.session_state["data.mapping"].dataset
    assert (dataset.first, dataset.last) == (dt.date(2026, 3, 1), None)
    said = next(box.value for box in app.markdown if "−36 rows" in box.value).replace("\\", "")
    assert said.startswith("−36 rows: used from March 2026 on.")
    assert "72 → 54" in said
    app = app.toggle(key="data.covers.open").set_value(True).run()
    app = app.date_input(key="data.covers.last.0").set_value(dt.date(2026, 9, 30)).run()
    covers = app.session_state["data.mapping"].dataset.sources[0].covers
    assert covers == (dt.date(2026, 1, 1), dt.date(2026, 9, 30))  # of all its rows, not of those used
    app = press(press(app, "Undo"), "Undo")
    assert "3 reps × 8 months" in words(app)
    assert not app.session_state["data.mapping"].before
    assert not app.exception


HOURS = "rep,month,Hours worked\n" + "".join(
    f"{rep},2026-{month:02}-01,{100 if rep == 'Ana Lopez' else 160}\n"
    for rep in ("Ana Lopez", "Ben Miller", "Cleo Stone")
    for month in range(1, 9)
)


def test_days_at_work_come_from_a_measure_by_one_press(opened: Open) -> None:
    app = upload(opened("data"), deals__csv=DEALS, hours__csv=HOURS)
    app = press(app, "Use Hours worked: days or hours at work")
    assert app.session_state["data.mapping"].dataset.exposure is not None
    said = next(box.value for box in app.markdown if "Days at work come from" in box.value).replace("\\", "")
    assert said.endswith("Days at work: 654 → 3,360]")
    app = app.segmented_control(key="data.exposure.kind").set_value("away").run()
    assert any("Workdays less Hours worked" in box.label for box in app.expander)
    assert not app.exception


MORE = table("rep,closed,stage,value", [9], range(1, 7), lambda rep, date, day: f"{rep},{date},Won,100")


def test_next_months_file_is_added_to_the_open_data_set_and_the_design_stays(opened: Open, home: Path) -> None:
    app = press(upload(opened("data"), deals__csv=DEALS), "Use this data set")
    design = Design(name="Ours", goal=Goal(measure="won", target=3))
    app = upload(app, ours__design__json=json.dumps(design_json(design)))
    app = upload(app, september__csv=MORE)
    assert [box.value for box in app.success] == ["Adds 18 rows and September 2026\\. No earlier total changes\\."]
    assert "Your design stays." in words(app)
    app = press(app, "Use this data set")
    assert "3 reps × 9 months" in words(app)
    kept = uploads(home)
    assert [entry.load().sources[0].location for entry in kept] == [("deals.csv", "september.csv")]
    assert app.session_state["context.drafts"][kept[0].id].design == design
    assert not app.exception


def design_of(app: AppTest) -> Design:
    return app.session_state["context.drafts"][app.session_state["context.data"]].design


def test_another_browser_opens_the_design_last_used_and_can_start_without_it(opened: Open, uploaded: str) -> None:
    ours = json.dumps(design_json(Design(name="Ours", goal=Goal(measure="sales", target=3))))
    upload(opened("data", data=uploaded), ours__design__json=ours)
    app = opened("data", data=uploaded)
    assert design_of(app).name == "Ours"
    assert "Opened with the design last used here: Ours (" in words(app).replace("*", "")
    app = press(app, "Start without it")
    assert design_of(app).goal is None
    assert "last used here" not in words(app)
    assert not app.exception


def test_a_design_brought_with_next_months_file_does_not_lose_to_the_one_in_hand(opened: Open, home: Path) -> None:
    app = press(upload(opened("data"), deals__csv=DEALS), "Use this data set")
    ours, theirs = (json.dumps(design_json(Design(name=name, goal=Goal(measure="won")))) for name in ("Ours", "Theirs"))
    app = upload(app, ours__design__json=ours)
    app = press(upload(app, september__csv=MORE, theirs__design__json=theirs), "Use this data set")
    assert "You brought the design Theirs. The open design is Ours." in words(app).replace("*", "")
    app = press(app, "Use the design I brought")
    assert design_of(app).name == "Theirs"
    assert "You brought" not in words(app)
    assert not app.exception
    assert design_of(opened("data", data=app.query_params["data"])).name == "Theirs"


def test_a_file_of_the_same_columns_can_make_a_data_set_of_its_own(opened: Open, home: Path) -> None:
    app = press(upload(opened("data"), deals__csv=DEALS), "Use this data set")
    app = press(upload(app, september__csv=MORE), "Create a separate data set")
    assert "3 reps × 1 month" in words(app) or "3 reps × 6 days" in words(app)
    app = press(app, "Use this data set")
    assert len(uploads(home)) == 2


def test_a_file_added_later_is_offered_to_the_file_whose_columns_it_has(opened: Open) -> None:
    app = upload(opened("data"), deals__csv=DEALS)
    app = upload(app, september__csv=MORE)
    assert "This file has the columns of deals.csv." in words(app).replace("*", "")
    app = press(app, "Add its rows there")
    assert "3 reps × 9 months" in words(app)
    app = press(app, "Use it instead of the old file")
    assert app.session_state["data.mapping"].dataset.sources[0].location == "september.csv"
    assert not app.exception


HALF = table("agent,date,kind,amount", range(1, 8), range(1, 6),
             lambda rep, date, day: f"{rep},{date},{'sold' if rep == REPS[0] else 'call'},{day}")  # fmt: skip


def scored(app: AppTest) -> object:
    return app.session_state["data.mapping"].dataset.scored


def test_who_is_scored_is_asked_where_few_do_what_counts(opened: Open) -> None:
    app = upload(opened("data"), log__csv=HALF)
    asked = next(box.label for box in app.expander if "Who is scored?" in box.label).replace("\\", "")
    assert "Everybody, but only 1 of 3 people have" in asked
    app.toggle(key="data.scored.group.1").set_value(False).run()
    assert scored(app) == ("Ben Miller", "Cleo Stone")
    app.toggle(key="data.scored.group.0").set_value(False).run()
    assert [toast.value for toast in app.toast] == ["Choose at least one person to score."]
    app.segmented_control(key="data.scored.way").set_value("By name").run()
    app.multiselect(key="data.scored.names").set_value([]).run()
    assert scored(app) is None
    assert app.session_state["data.mapping"].dataset.not_scored is None
    assert not app.exception


def test_a_rep_chosen_by_hand_brings_the_measures(opened: Open) -> None:
    """It ended in “Nothing is counted yet”."""
    plain = "who,date,amount\n" + "".join(f"x{n % 3},2026-0{m}-0{n},{n}\n" for m in range(1, 8) for n in range(1, 9))
    app = upload(opened("data"), log__csv=plain)
    app.selectbox(key="data.rep.0").set_value("who").run()
    assert "3 reps × 7 months" in words(app)
    assert not app.exception


CASES = "case_id,resource,activity,time\n" + "".join(
    f"C{k},user {k % 3},Offer,2026-0{k % 7 + 1}-05\nC{k},system,Accepted,2026-0{k % 7 + 1}-09\n" for k in range(42)
)


def credit_of(app: AppTest) -> Credit:
    measures = app.session_state["data.mapping"].dataset.sources[0].measures
    return next(measure.credit for measure in measures if measure.credit)


def test_the_credit_is_given_to_another_step_of_the_case(opened: Open) -> None:
    app = upload(opened("data"), log__csv=CASES)
    app.selectbox(key="data.credit.step.0").set_value("Offer").run()
    credited = [measure for measure in app.session_state["data.mapping"].dataset.sources[0].measures if measure.credit]
    assert [measure.name for measure in credited] == ["accepted"]
    app.segmented_control(key="data.credit.to.0").set_value("first").run()
    assert credit_of(app).to == "first"
    written = credit_of(app).model_copy(update={"where": "activity in ('Offer', 'Call')"})  # in the data set file
    held = app.session_state["data.mapping"]
    changed = with_credited(held.dataset, 0, written, ["accepted"])
    app.session_state["data.mapping"] = replace(held, dataset=changed)
    app.run()
    app.segmented_control(key="data.credit.to.0").set_value("last").run()
    assert credit_of(app) == written.model_copy(update={"to": "last"})
    app.selectbox(key="data.credit.step.0").set_value("Offer").run()
    app.selectbox(key="data.credit.step.0").set_value(None).run()
    assert not any(measure.credit for measure in app.session_state["data.mapping"].dataset.sources[0].measures)
    assert not app.exception


def call(rep: str, date: str, day: int) -> str:
    end = ("Left VM", "No Answer", "Connected", "Odd")[day % 4]
    phone = f"555-0{hash_of(rep, date) % 900 + 100}-{1000 + hash_of(rep, date)}"
    return f"{rep},{date} 0{day}:1{day}:00,{phone},{end},{day * 9}"


def hash_of(rep: str, date: str) -> int:
    return sum(map(ord, rep + date)) % 997


DIALS = table("agent,called,phone,outcome,talk seconds", range(1, 7), range(1, 10), call)


def roles_of(app: AppTest) -> EventRoles:
    events = app.session_state["data.mapping"].dataset.sources[0].events
    assert events is not None
    return events


def test_the_kind_of_activity_is_guessed_said_and_corrected(
    opened: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = unfold(upload(opened("data"), dials__csv=DIALS))
    said = words(app).replace("*", "").replace("\\", "")
    assert "One row is a call: outcome in outcome, length in talk seconds and number in phone." in said
    app = press(app, "Change")
    built: list[object] = []
    monkeypatch.setattr(cache, "build_panel", lambda *args, **more: built.append(args))
    assert app.selectbox(key="data.activity.disposition.0.Left VM").value == "voicemail"
    assert "162 rows" not in app.selectbox(key="data.activity.disposition.0.Odd").label
    app.selectbox(key="data.activity.disposition.0.Odd").set_value("refused").run()
    app.selectbox(key="data.activity.unit.0").set_value("minutes").run()
    assert roles_of(app).length_unit == "minutes"
    app.selectbox(key="data.activity.seconds.0").set_value(None).run()
    assert roles_of(app).values == {
        "disposition": {"Left VM": "voicemail", "Connected": "conversation", "Odd": "refused"}
    }
    app.selectbox(key="data.activity.kind.0").set_value("meetings").run()
    assert roles_of(app).values == {}
    app = press(app, "Undo")
    assert roles_of(app).kind == "calls"
    assert "activity in dials is described in another way now" in words(app)
    app = press(press(app, "Done"), "Use this data set")
    assert built == []
    assert not app.exception
    kept = uploads(home)[0].load().sources[0].events
    assert kept is not None
    assert (kept.kind, kept.seconds, kept.values["disposition"]["Odd"]) == ("calls", None, "refused")


def test_a_file_of_which_nothing_is_known_can_be_described(opened: Open) -> None:
    app = unfold(upload(opened("data"), deals__csv=DEALS))
    assert "Not described yet." in words(app)
    app = press(app, "Describe")
    app.selectbox(key="data.activity.kind.0").set_value("quotes").run()
    app.selectbox(key="data.activity.disposition.0").set_value("stage").run()
    assert roles_of(app) == EventRoles(kind="quotes", disposition="stage")
    assert app.selectbox(key="data.activity.disposition.0.Won").value == "won"
    assert not app.exception
