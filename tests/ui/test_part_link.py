"""The part of a page in the link: Back to a page finds its part, and another page leaves it alone."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from workbench.ui.coaching import rep_link
from workbench.ui.preview import weights_place
from workbench.ui.session import kpi_link, part_link, trial_link


def _page_with_parts() -> None:
    import streamlit as st

    from workbench.ui.session.part_link import follow_part, keep_part, link_of_page_before

    if st.query_params.get("page") != "other":
        follow_part("page.part", ["First", "Second"])
        st.radio("Part", ["First", "Second"], key="page.part")
    before = link_of_page_before(["data"])
    keep_part()
    st.text(f"{before} {link_of_page_before(['data'])}")


def test_a_page_that_was_left_opens_at_the_part_its_link_names() -> None:
    """In between its tabs were not drawn, so that the session has forgotten which one was open."""
    app = AppTest.from_function(_page_with_parts).run()
    app.radio[0].set_value("Second").run()
    assert "second" in app.query_params["part"]
    app.query_params["page"] = "other"
    app.run()
    assert "second" in app.query_params["part"]
    app.query_params["page"] = "own"
    app.run()
    assert app.radio[0].value == "Second"


def test_the_part_of_another_page_stays_in_the_link_until_a_part_is_chosen() -> None:
    app = AppTest.from_function(_page_with_parts)
    app.query_params["part"] = "rewarded"
    app.run()
    assert (app.radio[0].value, app.query_params["part"]) == ("First", "rewarded")
    app.radio[0].set_value("Second").run()
    assert "second" in app.query_params["part"]
    app.radio[0].set_value("First").run()
    assert "part" not in app.query_params


def test_what_the_navigation_drops_is_put_back_as_it_was() -> None:
    """In its order: the same parameters in another one would be an entry of the browser's history."""
    app = AppTest.from_function(_page_with_parts)
    app.query_params.update({"part": "second", "present": "goal", "data": "mine", "rep": "06"})
    app.run()
    kept = "{'part': 'second', 'data': 'mine', 'rep': '06'}"
    assert app.text[0].value == f"{{}} {kept}"
    app.run()
    assert app.text[0].value == f"{kept} {kept}"


def test_every_place_on_a_page_is_carried() -> None:
    named = (part_link, kpi_link, rep_link, trial_link, weights_place)
    assert tuple(module.PARAMETER for module in named) == part_link.CARRIED
