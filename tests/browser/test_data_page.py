"""Bringing one's own files: guessed, corrected, kept; wrong files told apart; nothing in a file is ever run."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import hostile_files as hostile
from tests.browser.crm import write_crm
from tests.browser.waiting import choose, settled
from tests.lookalikes import write_nine_file_crm

USE = "Use this data set"


def upload(page: Page, *files: Path) -> None:
    page.goto("/data")
    expect(page.get_by_role("heading", name="Bring your own files")).to_be_visible()
    page.locator("input[type=file]").first.set_input_files(files)


def test_files_become_a_data_set_that_its_link_opens_again(page: Page, tmp_path: Path) -> None:
    crm = write_crm(tmp_path)
    upload(page, crm.deals, crm.team)
    expect(
        page.get_by_text(f"8 reps × 12 months, January 2025 to December 2025, from {crm.n_deals} rows")
    ).to_be_visible()
    page.get_by_role("button", name=USE).click()
    expect(page.get_by_text("Who was there, and when")).to_be_visible()
    page.goto(page.url)
    expect(page.get_by_text("Sales pipeline: 8 reps × 12 months")).to_be_visible()


def test_a_measure_is_made_without_writing_a_formula(page: Page, tmp_path: Path) -> None:
    upload(page, write_crm(tmp_path).deals)
    page.get_by_text("a Won one counts in the month of close_date, worth close_value").click()
    page.get_by_role("button", name="Add a measure").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("Lost deals")
    dialog.get_by_text("Rows with certain values").click()
    pick(page, "where", "deal_stage", "Lost")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text("number of rows where deal_stage is Lost")).to_be_visible()


def pick(page: Page, label: str, column: str, value: str) -> None:
    """Choose a column and one of its values in the last condition of the dialog."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name=label, exact=True).last.click()
    page.get_by_role("option", name=column, exact=True).click()
    dialog.get_by_role("combobox", name="values", exact=True).last.click()
    page.get_by_role("option", name=value).click()
    page.keyboard.press("Escape")
    settled(page)


def test_two_conditions_are_clicked_and_each_says_what_it_leaves(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    crm = write_crm(tmp_path)
    deals = list(csv.DictReader(crm.deals.read_text().splitlines()))
    won = [deal for deal in deals if deal["deal_stage"] == "Won"]
    of_ada = [deal for deal in won if deal["sales_agent"] == "Ada Byron"]
    upload(page, crm.deals)
    page.get_by_text("a Won one counts in the month of close_date, worth close_value").click()
    page.get_by_role("button", name="Add a measure").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("Won by Ada")
    dialog.get_by_text("Rows with certain values").click()
    pick(page, "where", "deal_stage", "Won")
    expect(dialog.get_by_text(f"After the first condition: {len(won)} of {len(deals)} rows")).to_be_visible()
    expect(dialog.get_by_role("combobox", name="Dated by")).to_have_value("close_date")
    dialog.get_by_role("button", name="Add a condition").click()
    pick(page, "and", "sales_agent", "Ada Byron")
    expect(dialog.get_by_text(f"After 2 conditions: {len(of_ada)} of {len(deals)} rows")).to_be_visible()
    dialog.get_by_role("button", name="Save").click()
    made = page.get_by_text("number of rows where deal_stage is Won and sales_agent is Ada Byron, dated by close_date")
    expect(made).to_be_visible()
    expect(page.get_by_text(re.compile(rf"Won by Ada: not there → {len(of_ada)}"))).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(made).to_have_count(0)


def test_a_dialog_that_was_closed_fills_no_other(page: Page, tmp_path: Path) -> None:
    upload(page, write_crm(tmp_path).deals)
    page.get_by_text("a Won one counts in the month of close_date, worth close_value").click()
    dialog, name = page.get_by_role("dialog"), page.get_by_role("dialog").get_by_role("textbox", name="Name")
    page.get_by_role("button", name="Add a measure").click()
    name.fill("Half a name")
    dialog.get_by_text("Rows with certain values").click()
    pick(page, "where", "deal_stage", "Lost")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    settled(page)
    page.locator(".st-key-data-edit-0-0 button").first.click()
    expect(name).not_to_have_value("")
    expect(name).not_to_have_value("Half a name")
    expect(dialog.get_by_text("Lost")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Add a measure").click()
    expect(name).to_have_value("")
    expect(dialog.get_by_role("combobox", name="where", exact=True)).to_have_count(0)


def test_what_an_outcome_means_is_said_by_mouse(page: Page, tmp_path: Path) -> None:
    ends = ("Left VM", "No Answer", "Connected", "Odd one")
    rows = [f"{rep},2025-0{m}-1{d} 0{d}:4{d}:00,{ends[(d + m) % 4]},{d * m}"
            for rep in ("Ana Ruiz", "Bo Lind", "Cy Dee") for m in range(1, 7) for d in range(1, 9)]  # fmt: skip
    (tmp_path / "calls.csv").write_text("\n".join(["rep,called,outcome,seconds", *rows]) + "\n")
    upload(page, tmp_path / "calls.csv")
    page.get_by_text("is a call of").click()
    expect(page.get_by_text("One row is a call: outcome in outcome and length in seconds.")).to_be_visible()
    page.get_by_role("button", name="Change", exact=True).last.click()
    choose(page, page.get_by_role("combobox", name="Odd one · 36 rows"), "Refused")
    expect(page.get_by_text("The kind of activity in calls is described in another way now.")).to_be_visible()
    page.get_by_role("button", name="Done", exact=True).click()
    expect(page.get_by_text("What does each outcome mean?")).to_be_hidden()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "empty"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(200), "This is a picture"),
        ("offer.pdf", b"%PDF-1.7 " + bytes(200), "This is a PDF document"),
        ("notes.csv", b"colour,size\nred,1\nblue,2\n", "Which column says when?"),
    ],
)
def test_a_wrong_file_is_told_in_plain_words(page: Page, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    upload(page, tmp_path / name)
    expect(page.get_by_text(said).first).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    page.get_by_role("button", name="Discard changes").click()
    expect(page.get_by_role("heading", name="Bring your own files")).to_be_visible()


def test_reading_tells_how_far_it_is_and_can_be_cancelled(page: Page, tmp_path: Path) -> None:
    """A file without an end: whoever brought it goes on at once, and so does everybody else."""
    upload(page, hostile.endless_view(tmp_path))
    expect(page.get_by_text(re.compile(r"Reading endless\.db: [\d,]+ rows"))).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_test_id("stProgress")).to_have_count(0)
    page.locator("input[type=file]").first.set_input_files(hostile.stray_cell(tmp_path))
    expect(page.get_by_text("The sheet reaches as far as cell XFD1048576")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_the_same_file_twice_counts_once(page: Page, tmp_path: Path) -> None:
    crm = write_crm(tmp_path)
    copy = tmp_path / "copy of sales_pipeline.csv"
    copy.write_bytes(crm.deals.read_bytes())
    upload(page, crm.deals, copy)
    expect(page.get_by_text("has the same content as")).to_be_visible()
    expect(page.get_by_text(f"from {crm.n_deals} rows")).to_be_visible()


def test_whatever_a_file_holds_is_shown_as_text_only(page: Page, tmp_path: Path) -> None:
    attack = "<img src=x onerror=document.title='owned'>"
    rows = [f"{attack},2026-0{month}-0{day},[x](javascript:alert(1)),5" for month in (1, 2, 3) for day in range(1, 10)]
    others = ("Ben $x$ :red[y]", "http://evil.example/a", ":material/delete:", "Ann -- Lee", "www.evil.com")
    rows += [row.replace(attack, other) for other in others for row in rows]
    (tmp_path / "<b>deals<b>.csv").write_text("\n".join(["rep,closed,<script>,value", *rows]) + "\n")
    upload(page, tmp_path / "<b>deals<b>.csv")
    page.get_by_role("button", name=USE).click()
    expect(page.get_by_text("Who was there, and when")).to_be_visible()
    assert page.title() != "owned"
    assert page.locator("img[src=x]").count() == 0
    assert page.locator("a[href^=javascript], a[href*=evil]").count() == 0
    assert page.get_by_label("delete icon").count() == 0


def test_nine_files_are_nine_sentences_and_a_word_is_chosen_without_the_line_closing(
    page: Page, tmp_path: Path
) -> None:
    """Nine files were 5,489 pixels of form, and the line closed with every choice, since its label had changed."""
    page.set_viewport_size({"width": 1440, "height": 900})
    upload(page, *write_nine_file_crm(tmp_path).files)
    line = page.get_by_text("Each row of Potentials is an opportunity of Potential Owner")
    expect(line).to_contain_text("a Closed Won one counts in the month of Closing Date, worth Amount.")
    expect(page.get_by_text("to Potentials and Contacts by Account Name; all rows match.")).to_be_visible()
    settled(page)
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    assert height < 2200, "a line a file, and one open question"
    line.click()
    settled(page)
    page.get_by_role("combobox", name="A win is worth").click()
    page.get_by_role("option", name=re.compile("^Potential Name")).click()
    expect(line).to_contain_text("worth Potential Name.")
    expect(page.get_by_role("combobox", name="A win counts by")).to_be_visible()
