"""Files on the Data page: a sentence each, what is doubtful first, and a way out of every wrong reading."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.ui.conftest import Open
from tests.ui.test_data_page import CALLS, DEALS, TEAM, press, unfold, upload
from tests.ui.test_pages import words

COLOURS = "colour,size\nred,1\nblue,2\n"
PRICES = "stage,chance\nWon,1\n"


def lines(app: AppTest) -> list[str]:
    """The sentences of the files in their order."""
    said = (box.label.replace("\\", "").replace("*", "") for box in app.expander)
    return [label for label in said if label.endswith((".", "?")) and "·" not in label]


def test_each_file_is_a_sentence_and_what_is_sure_is_folded_away(opened: Open) -> None:
    app = upload(opened("data"), deals__csv=DEALS, team__csv=TEAM, colours__csv=COLOURS)
    assert lines(app) == [
        "Each row of deals is an opportunity of rep, in the month of closed; a Won one is worth value.",
        "team lists the team by rep, compared by office.",
        "colours is not used.",
    ]
    assert not [box for box in app.selectbox if box.key in ("data.rep.0", "data.team.rep.1")]


def test_what_is_doubtful_comes_first_and_does_not_move_while_it_is_corrected(opened: Open) -> None:
    unsure = "when;who;amount\n" + "".join(f"0{day}/0{month}/2026;Ana Lopez;3\n0{day}/0{month}/2026;Ben Miller;5\n"
                                           for month in range(1, 9) for day in range(1, 9))  # fmt: skip
    app = upload(opened("data"), calls__csv=CALLS, sales__csv=unsure)
    assert [line.split()[3] for line in lines(app)] == ["sales", "calls"]
    assert "No value shows whether the day or the month comes first." in words(app)
    at = next(n for n, place in enumerate(app.session_state["data.mapping"].tables) if place.label == "sales.csv")
    app = app.selectbox(key=f"data.reading.date.{at}.0").set_value("%d/%m/%Y").run()
    assert [line.split()[3] for line in lines(app)] == ["sales", "calls"]
    assert not app.exception


def test_a_bold_word_is_chosen_below_with_values_of_the_file_and_the_sentence_follows(opened: Open) -> None:
    app = unfold(upload(opened("data"), deals__csv=DEALS))
    assert "rep  ·  Ana Lopez, Ben Miller" in app.selectbox(key="data.rep.0").options
    assert app.multiselect(key="data.won.0").options == ["Lost  ·  72 rows", "Won  ·  72 rows"]
    app = app.multiselect(key="data.won.0").set_value(["Lost"]).run()
    assert lines(app) == [
        "Each row of deals is an opportunity of rep, in the month of closed; a Lost one is worth value."
    ]
    assert app.multiselect(key="data.won.0").value == ["Lost"]
    assert not app.exception


def test_a_file_looked_up_says_how_many_rows_match(opened: Open) -> None:
    app = upload(opened("data"), deals__csv=DEALS, colours__csv=PRICES)
    assert "colours adds chance to deals by stage; 50% of the rows match." in lines(app)


def test_a_file_not_in_use_can_be_read_in_another_way_before_it_is_used(opened: Open) -> None:
    """Its format could be chosen only once it was in use, and in use it took the wrong columns."""
    odd = "Team of the north\nrep,office\nAna Lopez,North\nBen Miller,South\nCleo Stone,North\n"
    app = unfold(upload(opened("data"), deals__csv=DEALS, colours__csv=odd.replace("Team of the north\n", "a,b\n")), 1)
    app = app.segmented_control(key="data.role.1").set_value("unused").run()
    app = app.selectbox(key="data.reading.header.1").set_value(2).run()
    assert "colours is not used." in lines(app)
    app = app.segmented_control(key="data.role.1").set_value("team").run()
    roster = app.session_state["data.mapping"].dataset.roster
    assert (roster.rep, roster.attributes, roster.header) == ("rep", ("office",), 2)
    app = press(app, "Read it as found")
    assert app.session_state["data.mapping"].dataset.roster.header is None
    assert not app.exception


def test_where_no_file_can_be_read_the_way_out_is_to_read_one_in_another_way(opened: Open) -> None:
    """One line of text was taken for the names of columns, and the page ended in “Export them again”."""
    app = upload(opened("data"), log__csv="rep,date,value\n")
    assert lines(app) == ["log has no rows. Choose how to read it."]
    assert app.session_state["data.mapping"].dataset is None
    app = app.selectbox(key="data.reading.header.0").set_value(0).run()
    source = app.session_state["data.mapping"].dataset.sources[0]
    assert (source.location, source.header) == ("log.csv", 0)
    assert "Which column says who did it?" in words(app) or "1 rep × 1 " in words(app)
    assert not app.exception
