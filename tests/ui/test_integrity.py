"""The Integrity page: who is worth a conversation, what it rests on, and what the data cannot show."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qs

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.integrity.logs import CALLS, quiet_calls, write_log
from tests.sample_panels import SAMPLES
from tests.ui.conftest import Open, label_of
from tests.ui.test_data_page import unfold
from workbench.data.library import data_sets as library
from workbench.integrity.flags import FlagKey, Flags, NamedFlag
from workbench.integrity.suspect_counts import SuspectCounts
from workbench.ui.session.cached_integrity import CountsWithFlags
from workbench.words.integrity import TABS

FAKERS = (
    "Andre Watson", "Brandon Scott", "Derrick Owens", "Kyle Jensen", "Luca Moretti", "Megan O’Brien", "Ricardo Lima",
    "Vanessa Cole",
)  # fmt: skip


def shown(app: AppTest) -> str:
    kinds = (app.markdown, app.header, app.subheader, app.caption, app.info)
    return "\n".join(element.value for kind in kinds for element in kind).replace("\\", "")


@pytest.fixture
def floor(opened: Open) -> AppTest:
    return opened("integrity", data="dials-floor")


def test_the_planted_fakers_and_nobody_else_are_worth_a_conversation(floor: AppTest) -> None:
    assert not floor.exception
    assert floor.header[0].value.startswith("8 of 24 reps are worth a conversation")
    assert sorted(each.value.replace("\\", "") for each in floor.subheader) == sorted(FAKERS)
    assert [metric.value for metric in floor.metric] == ["8 of 24", "21%", "July 2024", "7 of 8", "16 of 23"]
    for word in ("cheat", "fake ", "fraud", "guilty"):
        assert word not in shown(floor).lower()


def test_how_the_calls_were_made_stands_beside_all_others(floor: AppTest) -> None:
    """Shares as plain pandas counts them over the calls of July 2024 to January 2025."""
    calls = pd.read_csv(SAMPLES / "dials-floor" / "calls.csv.gz", parse_dates=["started"])
    calls = calls[calls["started"].between("2024-07-01", "2025-02-01", inclusive="left")]
    short, theirs = calls["seconds"] < 6, calls["rep"].isin(FAKERS)
    own, others = (f"{100 * short[rows].mean():.0f}%" for rows in (theirs, ~theirs))
    assert f"{own} of the calls of these 8 reps lasted 5 seconds or less, against {others} of all others." in shown(
        floor
    )
    n_own, n_others = int(theirs.sum()), int((~theirs).sum())
    assert f"July 2024 to January 2025: {n_own:,} calls of these reps, {n_others:,} of all others." in shown(floor)


def test_hidden_names_are_hidden_here_too(floor: AppTest) -> None:
    floor.toggle(key="context.hide_names").set_value(True).run()
    assert not floor.exception
    assert not any(name in shown(floor) for name in FAKERS)
    assert all(each.value.startswith("Rep ") for each in floor.subheader)


def test_the_rows_behind_a_flag_open(floor: AppTest) -> None:
    floor.button(key="integrity.rows.0").click().run()
    assert not floor.exception
    rows = floor.dataframe[0].value
    assert {"row", "at", "contact", "seconds"} <= set(rows.columns)
    assert len(rows) == 500
    assert rows["at"].min() >= pd.Timestamp("2024-07-01")
    assert "no answer" in set(rows["disposition"])


def test_the_ranking_without_the_activity(floor: AppTest) -> None:
    floor.session_state["integrity.part"] = TABS[1]
    floor.run()
    assert not floor.exception
    assert "7 of 8 prizes would change hands" in shown(floor)
    labels = [label_of(button) for button in floor.button]
    assert "Leave calls of a few seconds out of Dials" in labels
    assert not any("Quotes" in label for label in labels if label.startswith("Leave"))


@pytest.fixture
def call_log(home: Path, tmp_path: Path) -> str:
    """Id of a small call log that somebody uploaded with a design."""
    calls = quiet_calls(["Ana", "Ben", "Cem"], 300)
    calls.loc[:99, "seconds"] = 4
    measures = [{"name": "dials"}, {"name": "talk", "aggregate": "sum", "column": "seconds"}]
    dataset = write_log(tmp_path, calls, {"kind": "calls", **CALLS}, measures)
    design = {"name": "Dials", "goal": {"measure": "talk", "target": 100},
              "kpis": [{"name": "Dials", "formula": "dials", "target": 50, "weight": 1}]}  # fmt: skip
    files = {"log.csv": tmp_path / "log.csv", "d.design.json": json.dumps(design).encode()}
    return library.add_data_set(home, dataset, files).id


def test_leaving_an_activity_out_makes_a_new_version_and_can_be_taken_back(opened: Open, call_log: str) -> None:
    app = opened("integrity", data=call_log)
    app.session_state["integrity.part"] = TABS[1]
    app.session_state["integrity.without"] = ["seconds_long"]
    app.run()
    app.button(key="integrity.leave_out.seconds_long").click().run()
    assert not app.exception
    assert call_log not in app.query_params["data"]
    assert "Calls of a few seconds no longer count in your KPIs." in shown(app)
    assert not any(button.key == "integrity.leave_out.seconds_long" for button in app.button)
    app.button(key="integrity.go_back").click().run()
    assert not app.exception
    assert call_log in app.query_params["data"]
    assert "no longer count" not in shown(app)


def test_a_kpi_says_that_the_activity_in_question_is_left_out(
    opened: Open, call_log: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [(check, "log", "Ana", "", pd.Timestamp("2025-03-01"), 300, 100) for check in ("seconds_long", "burst")]
    frame = pd.DataFrame(rows, columns=["check", "source", "rep", "list", "month", "n", "k"])
    keys = [FlagKey(check, "log", "length", "level", 0.33, 0.0, 5.0, 300, 100) for check in ("seconds_long", "burst")]

    def find(n_checks: int) -> None:
        named = NamedFlag("Ana", tuple(keys[:n_checks]))
        found = CountsWithFlags(SuspectCounts(frame[:n_checks]), Flags((named,), (), (), (), 3, 3))
        monkeypatch.setattr("workbench.ui.widgets.caution_line.known_flags", lambda panel: found)

    find(1)
    assert "33% of the activity behind Dials is in question: see Integrity." in shown(opened("kpis", data=call_log))
    app = opened("integrity", data=call_log)
    app.session_state["integrity.part"], app.session_state["integrity.without"] = TABS[1], ["seconds_long"]
    app.run()
    app.button(key="integrity.leave_out.seconds_long").click().run()
    app.switch_page("../../../pages/kpis.py").run()
    assert not app.exception
    assert "Calls of a few seconds are left out of Dials." in shown(app)
    assert "in question" not in shown(app)
    find(2)
    app.run()
    assert "left out of Dials. Other activity behind Dials is still in question: see Integrity." in shown(app)


def test_data_without_event_columns_says_what_would_help(opened: Open) -> None:
    app = opened("integrity", data="many-ways-to-sell")
    assert not app.exception
    assert app.header[0].value == "This data cannot show whether activity was faked\\."
    assert "one row per call, message, meeting or quote" in shown(app)


def test_what_the_data_cannot_show_is_a_short_table(floor: AppTest) -> None:
    floor.session_state["integrity.part"] = TABS[4]
    floor.run()
    assert not floor.exception
    table = floor.table[0].value
    assert len(table) <= 8
    assert "No column holds the outcome" in set(table["Reason"])
    links = {link.proto.label: link.proto.query_string for link in floor.get("page_link")}
    asked = parse_qs(links["Say what the columns of orders hold"])
    assert asked["activity"] == ["orders"]
    assert asked["data"] == ["dials-floor"]


def test_the_link_opens_the_choices_of_that_table_on_data(opened: Open) -> None:
    app = opened("data", data="dials-floor", activity="orders")
    assert not app.exception
    kinds = [box.key for box in app.selectbox if (box.key or "").startswith("data.activity.kind")]
    assert kinds == ["data.activity.kind.4"]
    assert app.selectbox(key="data.activity.kind.4").value == "orders"
    assert "activity" not in app.query_params
    assert "Say what the columns of orders hold, then use the data set." in shown(app)
    files = [place.location for place in app.session_state["data.mapping"].tables]
    app = unfold(app, files.index("orders.csv"))  # its line does not ask the same again
    assert any(box.key == "data.rep.4" for box in app.selectbox)
    assert not app.exception
    assert len([box for box in app.selectbox if box.key == "data.activity.kind.4"]) == 1
    app.button(key="data.abandon").click().run()
    assert not any((box.key or "").startswith("data.activity") for box in app.selectbox)
    assert not opened("data", data="dials-floor", activity="nothing of that name").exception


def test_clean_stories_name_nobody(opened: Open) -> None:
    for sample in ("the-conversation", "quotes-desk"):
        app = opened("integrity", data=sample)
        assert not app.exception
        assert not app.subheader
        assert "worth a conversation:" not in app.header[0].value


def test_other_pages_carry_the_warning_once_integrity_has_looked(floor: AppTest, opened: Open) -> None:
    assert not floor.exception
    for page in ("kpis", "preview", "evidence"):
        app = opened(page, data="dials-floor")
        assert not app.exception
        assert re.search(r"\d+% of the activity behind Dials is in question: see Integrity\.", shown(app)), page
        assert "behind Meetings" not in shown(app)
        assert "behind Quotes" not in shown(app)


def test_what_empty_activity_would_gain_and_a_pair_against_it(floor: AppTest) -> None:
    floor.session_state["integrity.part"] = TABS[2]
    floor.run()
    assert not floor.exception
    assert "Dials is easiest to game" in shown(floor)
    floor.button(key="integrity.pair.Dials").click().run()
    assert not floor.exception
    assert "Conversations per dials" in shown(floor)
    assert not any(button.key == "integrity.pair.Dials" for button in floor.button)


def test_since_dials_became_a_target(floor: AppTest) -> None:
    floor.session_state["integrity.part"] = TABS[3]
    floor.run()
    floor.selectbox(key="integrity.since").set_value(pd.Timestamp("2024-07-01")).run()
    floor.selectbox(key="integrity.until").set_value(pd.Timestamp("2025-01-01")).run()
    assert not floor.exception
    assert "Since July 2024 reps who do better on Dials no longer do better on Sales." in shown(floor)
    assert "This month was given, not searched for." in shown(floor)
    assert "Meetings: no change beyond chance in its link with Sales since July 2024." in shown(floor)


def test_months_by_which_a_kpi_was_chosen_are_left_out_and_stay_said(floor: AppTest) -> None:
    floor.session_state["integrity.part"] = TABS[3]
    floor.run()
    assert "This month was found by a search of all months." in shown(floor)
    assert "that chose the KPI" not in shown(floor)
    floor.selectbox(key="integrity.chosen_from").set_value(pd.Timestamp("2024-01-01")).run()
    floor.selectbox(key="integrity.chosen_to").set_value(pd.Timestamp("2024-03-01")).run()
    assert not floor.exception
    assert "; without 3 months that chose the KPI." in shown(floor)
    floor.switch_page("../../../pages/goal.py").run()
    floor.switch_page("../../../pages/integrity.py").run()
    floor.session_state["integrity.part"] = TABS[3]
    floor.run()
    assert "; without 3 months that chose the KPI." in shown(floor)
    floor.selectbox(key="integrity.chosen_from").set_value(pd.Timestamp("2024-06-01")).run()
    assert not floor.exception
    assert "; without 1 month that chose the KPI." in shown(floor)


def test_a_data_set_without_goal_says_what_is_missing(opened: Open, uploaded: str) -> None:
    app = opened("integrity", data=uploaded)
    for tab in TABS:
        app.session_state["integrity.part"] = tab
        app.run()
        assert not app.exception
