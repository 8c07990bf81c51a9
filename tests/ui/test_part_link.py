"""The part of a page in the link: Back to a page finds its part, and another page leaves it alone."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def _page_with_parts() -> None:
    import streamlit as st

    from workbench.ui.session.part_link import follow_part, keep_part, part_of_page_before

    if st.query_params.get("page") != "other":
        follow_part("page.part", ["First", "Second"])
        st.radio("Part", ["First", "Second"], key="page.part")
    before = part_of_page_before()
    keep_part()
    st.text(f"{before} {part_of_page_before()}")


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


def test_what_the_navigation_drops_is_put_back_with_the_part() -> None:
    app = AppTest.from_function(_page_with_parts)
    app.query_params["part"] = "second"
    app.run()
    assert app.text[0].value == "{} {'part': 'second'}"
    app.run()
    assert app.text[0].value == "{'part': 'second'} {'part': 'second'}"
