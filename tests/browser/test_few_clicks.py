"""From the files to Evidence by mouse alone, on a laptop's screen, every click counted."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.waiting import settled
from tests.lookalikes import Lookalike, write_call_log, write_crm_with_lookups, write_orders_with_targets
from tests.real_files import real_files


class Mouse:
    """A hand that only clicks; choosing the files in the system's own window counts as one click."""

    def __init__(self, page: Page) -> None:
        page.set_viewport_size({"width": 1440, "height": 900})
        self.page, self.clicks = page, 0

    def upload(self, made: Lookalike) -> None:
        self.page.goto("/data")
        self.page.locator("input[type=file]").first.set_input_files(made.files)
        self.clicks += 1
        expect(self.page.get_by_text(made.size).first).to_be_visible()

    def press(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True).first)

    def follow(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=name).first)

    def click(self, at: Locator) -> None:
        settled(self.page)
        at.click()
        self.clicks += 1
        settled(self.page)


def to_evidence(mouse: Mouse, goal: str, kpis: int, on_the_goal: Callable[[], None] = lambda: None) -> None:
    """Use the files as they are read, take the first goal and KPIs that are offered, and open Evidence."""
    page = mouse.page
    mouse.press("Use this data set")
    mouse.follow("Next: the goal")
    mouse.press("This is our #1 goal")
    expect(page.get_by_label("Name", exact=True)).to_have_value(goal)
    on_the_goal()
    mouse.follow("KPIs")
    offered = page.get_by_test_id("stCheckbox").filter(has=page.get_by_role("checkbox"))  # a switch is none
    for number in range(kpis):
        mouse.click(offered.nth(number).locator("label"))
    mouse.press("Use this KPI" if kpis == 1 else f"Use these {kpis} KPIs")
    mouse.follow("Evidence")
    expect(page.get_by_role("heading", name="Does each KPI earn its place?")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_crm_with_its_lookups_in_at_most_twelve_clicks(page: Page, tmp_path: Path) -> None:
    mouse, made = Mouse(page), write_crm_with_lookups(tmp_path)
    mouse.upload(made)
    for said in ("a Won one counts in the month of close_date, worth close_value.", f"{made.totals['won']:,.0f}"):
        expect(page.get_by_text(said).first).to_be_attached()
    mouse.press("Read them as the same")
    to_evidence(mouse, "Won close value", kpis=2)
    assert mouse.clicks <= 12


def test_orders_with_a_target_for_each_rep_in_at_most_fourteen_clicks(page: Page, tmp_path: Path) -> None:
    mouse, made = Mouse(page), write_orders_with_targets(tmp_path)
    mouse.upload(made)
    expect(page.get_by_text("in the month of TargetMonth, with TargetAmount.")).to_be_visible()

    def each_reps_own_target() -> None:
        mouse.click(page.get_by_text("Per rep", exact=True))
        expect(page.get_by_label("A target for each rep and period")).to_have_value(re.compile("target.amount", re.I))

    to_evidence(mouse, "Sales", kpis=2, on_the_goal=each_reps_own_target)
    assert mouse.clicks <= 14


def test_a_call_log_in_at_most_ten_clicks(page: Page, tmp_path: Path) -> None:
    mouse = Mouse(page)
    mouse.upload(write_call_log(tmp_path))
    to_evidence(mouse, "Connected - Interested", kpis=1)
    assert mouse.clicks <= 10


def test_the_real_crm_in_at_most_twelve_clicks(page: Page) -> None:
    folder = real_files("maven_crm")
    names = ("accounts", "data_dictionary", "products", "sales_pipeline", "sales_teams")
    deals = _rows(folder / "sales_pipeline.csv")
    used = sum(1 for deal in deals if deal["engage_date"])
    mouse = Mouse(page)
    mouse.upload(Lookalike(tuple(folder / f"{name}.csv" for name in names), "30 reps × 15 months", {}))
    expect(page.get_by_text("a Won one counts in the month of close_date, worth close_value.")).to_be_attached()
    mouse.press("Read them as the same")
    to_evidence(mouse, "Won close value", kpis=2)
    assert mouse.clicks <= 12
    page.get_by_role("link", name="Data", exact=True).first.click()
    expect(page.get_by_text(f"from {used:,} of {len(deals):,} rows").first).to_be_visible(timeout=15_000)


def test_the_real_orders_with_targets_in_at_most_fourteen_clicks(page: Page) -> None:
    folder = real_files("adventureworks")
    mouse = Mouse(page)
    mouse.upload(Lookalike(tuple(sorted(folder.glob("*.csv"))), "18 reps × 54 months", {}))
    expect(page.get_by_text("in the month of TargetMonth, with TargetAmount.")).to_be_visible()

    def each_reps_own_target() -> None:
        mouse.click(page.get_by_text("Per rep", exact=True))
        expect(page.get_by_label("A target for each rep and period")).to_have_value(re.compile("target.amount", re.I))

    to_evidence(mouse, "Sales", kpis=2, on_the_goal=each_reps_own_target)
    assert mouse.clicks <= 14


def test_the_real_call_log_in_at_most_ten_clicks(page: Page) -> None:
    mouse = Mouse(page)
    mouse.upload(Lookalike((real_files("outbound_calls") / "call_log_structured.csv",), "3 reps × 9 weeks", {}))
    to_evidence(mouse, "Connected - Interested", kpis=1)
    assert mouse.clicks <= 10


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
