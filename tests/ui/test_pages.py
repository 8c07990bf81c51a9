"""Every page, from the frame, in every state a visitor can meet it in."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import Open, label_of
from workbench.ui.session.navigation import PAGES
from workbench.ui.widgets.parts import FIRST_SAMPLE

NO_DATA, SAMPLE, UPLOADED, DEAD_LINK = "no data", "sample", "uploaded", "dead link"


@dataclass(frozen=True)
class Expected:
    """A page's heading (None: a page whose first line is a finding) and a text it shows in each state."""

    page: str
    heading: str | None
    says: dict[str, str]


TABLE = (
    Expected(
        "start",
        "What is our #1 goal, where are we, what next?",
        {
            NO_DATA: "Open a finished example",
            SAMPLE: "The dials floor: 24 reps × 18 months",
            UPLOADED: "Our deals: 6 reps × 8 months",
            DEAD_LINK: "that is not on this computer",
        },
    ),
    Expected(
        "data",
        "What do we have, and can we trust it?",
        {
            NO_DATA: "Bring your own files",
            SAMPLE: "Who was there, and when",
            UPLOADED: "Our deals",
            DEAD_LINK: "that is not on this computer",
        },
    ),
    Expected(
        "goal",
        "What must happen for the goal to happen?",
        {
            NO_DATA: "No data is open yet",
            SAMPLE: "Worked backwards",
            UPLOADED: "First: what is the #1 goal?",
            DEAD_LINK: "that is not on this computer",
        },
    ),
    Expected(
        "kpis",
        "Which KPIs are candidates, and is each absolutely necessary?",
        {
            NO_DATA: "No data is open yet",
            SAMPLE: "Set the weights",
            UPLOADED: "First choose the team's #1 goal",
            DEAD_LINK: "that is not on this computer",
        },
    ),
    Expected(
        "preview",
        None,
        {
            NO_DATA: "No data is open yet",
            SAMPLE: "Dials",
            UPLOADED: "First choose the team's #1 goal",
            DEAD_LINK: "that is not on this computer",
        },
    ),
    Expected(
        "weights",
        None,
        {
            NO_DATA: "No data is open yet",
            SAMPLE: "Lift first",
            UPLOADED: "First choose the team's #1 goal",
            DEAD_LINK: "that is not on this computer",
        },
    ),
    Expected(
        "options",
        "Which of our designs should it be?",
        {
            NO_DATA: "No data is open yet",
            SAMPLE: "Open design: Dials 70% · Quotes 15% · Meetings 15%",
            UPLOADED: "First choose the team's #1 goal",
            DEAD_LINK: "that is not on this computer",
        },
    ),
    Expected(
        "replay",
        "Who would have been rewarded, and who reprimanded?",
        {
            NO_DATA: "No data is open yet",
            SAMPLE: "The team hit the scorecard and Dials but missed Sales 3 months in a row, October 2024",
            UPLOADED: "First choose the team's #1 goal",
            DEAD_LINK: "that is not on this computer",
        },
    ),
    Expected(
        "evidence",
        "Does each KPI earn its place?",
        {
            NO_DATA: "No data is open yet",
            SAMPLE: "Keep Quotes and Meetings. Drop Dials and Communications.",
            UPLOADED: "First choose the team's #1 goal",
            DEAD_LINK: "that is not on this computer",
        },
    ),
    Expected(
        "integrity",
        "Was it faked, and how easily could it be?",
        {
            NO_DATA: "No data is open yet",
            SAMPLE: "8 of 24 reps are worth a conversation",
            UPLOADED: "This data cannot show whether activity was faked",
            DEAD_LINK: "that is not on this computer",
        },
    ),
    Expected(
        "coaching",
        "Whom to coach, on which phase, in which order?",
        {
            NO_DATA: "No data is open yet",
            SAMPLE: "Reps are alike at every phase",
            UPLOADED: "Coaching needs a log of calls",
            DEAD_LINK: "that is not on this computer",
        },
    ),
    Expected(
        "trials",
        "Did the change help, and is it time to pivot?",
        {
            NO_DATA: "No data is open yet",
            SAMPLE: "Communications instead of dials",
            UPLOADED: "No trial yet",
            DEAD_LINK: "that is not on this computer",
        },
    ),
    Expected(
        "decide",
        "Which design do we choose, and who disagrees?",
        {
            NO_DATA: "No data is open yet",
            SAMPLE: "Nothing decided yet. Choose a design",
            UPLOADED: "First choose the team's #1 goal",
            DEAD_LINK: "that is not on this computer",
        },
    ),
    Expected(
        "learn",
        "Would you have seen it coming?",
        {
            NO_DATA: "Choose a story",
            SAMPLE: "Whom would you promote",
            UPLOADED: "This data set has no story",
            DEAD_LINK: "that is not on this computer",
        },
    ),
)


def test_the_table_names_every_page() -> None:
    assert [expected.page for expected in TABLE] == list(PAGES)


def words(app: AppTest) -> str:
    """Everything a visitor can read, without the escapes of markdown."""
    kinds = (app.markdown, app.title, app.header, app.subheader, app.caption, app.warning, app.error, app.info)
    shown = [element.value for kind in kinds for element in kind]
    labels = [*map(label_of, app.button), *(field.label for kind in (app.selectbox, app.text_input) for field in kind)]
    return "\n".join([*shown, *labels]).replace("\\", "")


def check(app: AppTest, expected: Expected, state: str) -> None:
    assert not app.exception
    assert expected.heading is None or [title.value for title in app.title] == [expected.heading]
    assert expected.says[state] in words(app)
    assert len(app.title) == 1


@pytest.mark.parametrize("expected", TABLE, ids=lambda expected: expected.page)
def test_without_data_every_page_says_what_to_do(opened: Open, expected: Expected) -> None:
    check(opened(expected.page), expected, NO_DATA)


@pytest.mark.parametrize("expected", TABLE, ids=lambda expected: expected.page)
def test_a_sample_makes_every_page_live(opened: Open, expected: Expected) -> None:
    check(opened(expected.page, data=FIRST_SAMPLE), expected, SAMPLE)


@pytest.mark.parametrize("expected", TABLE, ids=lambda expected: expected.page)
def test_an_upload_without_a_design_leads_to_the_next_step(opened: Open, expected: Expected, uploaded: str) -> None:
    check(opened(expected.page, data=uploaded), expected, UPLOADED)


@pytest.mark.parametrize("expected", TABLE, ids=lambda expected: expected.page)
def test_a_dead_link_says_so_on_every_page(opened: Open, expected: Expected) -> None:
    check(opened(expected.page, data="0123456789abcdef"), expected, DEAD_LINK)
