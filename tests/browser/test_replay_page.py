"""The Replay page in a browser: what it names on the samples, another prize rule, rewinding, and hidden names."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.waiting import settled


def opened(page: Page, data: str) -> None:
    page.goto(f"/replay?data={data}")
    expect(page.get_by_role("tab", name="Hours")).to_be_visible()
    settled(page)


def show(page: Page, part: str) -> None:
    page.get_by_role("tab", name=part).click()
    settled(page)


def test_a_cold_link_names_the_run_the_winners_and_the_called_in(page: Page) -> None:
    opened(page, "dials-floor")
    run = "but missed Sales 3 months in a row, October 2024 to December 2024."
    expect(page.get_by_role("heading", name=f"The team hit the scorecard and Dials {run}")).to_be_visible()
    page.get_by_role("button", name="Rewarded").click()
    expect(page.get_by_text("All 3 top scorers are below the middle rep in Sales")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Reprimanded").click()
    expect(page.get_by_text("Reprimanded despite making the goal: Hana Kobayashi")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="Options", exact=True).click()
    expect(page.get_by_role("heading", name="Which of our designs should it be?")).to_be_visible()
    settled(page)
    page.go_back()  # once: what was left is there again, its part too
    expect(page.get_by_text("Reprimanded despite making the goal: Hana Kobayashi")).to_be_visible()
    expect(page.get_by_role("tab", name="Reprimanded", selected=True)).to_be_visible()


def test_another_prize_rule_gives_other_prizes(page: Page) -> None:
    opened(page, "dials-floor")
    show(page, "Rewarded")
    expect(page.get_by_text("of 54 prizes went")).to_be_visible()
    page.get_by_role("button", name="Prize: 3 highest scores, every month").click()
    page.get_by_role("radio", name="every quarter").click()
    expect(page.get_by_text("of 18 prizes went")).to_be_visible()
    settled(page)
    page.get_by_role("radio", name="once, at the end").click()
    expect(page.get_by_text("3 of 3 prizes went")).to_be_visible()
    settled(page)
    page.get_by_role("radio", name="everybody on target").click()
    expect(page.get_by_role("spinbutton", name="How many")).to_be_disabled()


def test_rewinding_takes_the_run_and_the_stop_away(page: Page) -> None:
    opened(page, "dials-floor")
    show(page, "When to stop")
    said = "The data never showed that Dials predicts Sales for one and the same rep."
    expect(page.get_by_text(said)).to_be_visible()
    thumb = page.get_by_role("slider", name="As of the end of")
    for _ in range(10):
        thumb.press("ArrowLeft")
    expect(page.get_by_text("It is too early to say whether Dials predicts Sales.")).to_be_visible()
    expect(page.get_by_text("but missed Sales")).to_have_count(0)
    expect(page.get_by_role("button", name="Who left")).to_have_count(0)


def test_where_no_link_was_gone_nobody_is_asked_when_the_team_changed_course(page: Page) -> None:
    opened(page, "dials-floor")
    show(page, "When to stop")
    expect(page.get_by_text("Quotes predicted Sales, and the data gave no reason to stop.")).to_be_visible()
    expect(page.get_by_role("combobox", name="We changed course in")).to_have_count(0)


def test_the_style_guard_names_the_dials(page: Page) -> None:
    opened(page, "many-ways-to-sell")
    show(page, "Ways of selling")
    expect(page.get_by_text("The scorecard rewards one way of selling")).to_be_visible()
    expect(page.get_by_text("Dials accounts for")).to_be_visible()
    expect(page.get_by_role("img").filter(has_text="points lost (6 reps)")).to_be_visible()


def test_hidden_names_are_hidden_in_sentences_and_pictures(page: Page) -> None:
    opened(page, "dials-floor")
    show(page, "Reprimanded")
    page.get_by_text("Hide names").click()
    expect(page.get_by_text("despite making the goal: Rep ")).to_be_visible()
    settled(page)
    expect(page.get_by_text("Hana Kobayashi")).to_have_count(0)
