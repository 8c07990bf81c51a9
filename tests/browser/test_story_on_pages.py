"""Whole stories on the pages where they happen: one by mouse, one by keys; no answer reaches the browser too early."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, WebSocket, expect

from tests.browser.accessibility import serious_problems
from tests.browser.conftest import visit
from tests.browser.waiting import APP_SOCKET, settled
from tests.learn.lessons import lesson_data, lesson_plan
from workbench.learn.answers import answer_step, build_step
from workbench.learn.lesson import StepPlan
from workbench.ui.session.navigation import PAGES

MOUSE, KEYS = "quotes-desk", "the-conversation"


@pytest.fixture
def tab(chromium, server) -> Page:
    """A visitor who has not played yet."""
    with visit(chromium, server) as page:
        yield page


class Received:
    """All that the server has said to a tab."""

    def __init__(self, page: Page) -> None:
        self.frames: list[bytes] = []
        page.on("websocket", self._follow)

    def _follow(self, socket: WebSocket) -> None:
        if APP_SOCKET in socket.url:
            socket.on("framereceived", lambda frame: self.frames.append(frame if isinstance(frame, bytes) else b""))

    def holds(self, text: str) -> bool:
        """Whether a text came, with or without the escapes of markdown."""
        return any(text in frame.decode("utf-8", "ignore").replace("\\", "") for frame in self.frames)


def begin(page: Page, slug: str) -> None:
    page.goto(f"/learn?data={slug}")
    settled(page)
    page.get_by_role("button", name="Play on the pages").click()
    expect(page.get_by_text("step 1 of 8")).to_be_visible()
    settled(page)


def why_of(slug: str, step: StepPlan) -> str:
    return answer_step(lesson_data(slug), step).why


def drag_line(page: Page) -> None:
    box = page.locator(".field").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.05 * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.95 * box["width"], box["y"] + 0.6 * box["height"], steps=24)
    page.mouse.up()


def play_by_mouse(page: Page, step: StepPlan) -> None:
    if step.play == "reps":
        for place in range(build_step(lesson_data(MOUSE), step).task.n):
            page.locator(".reps label").nth(place).click()
        expect(page.get_by_text("Still to pick: 0")).to_be_visible()
    elif step.play == "line":
        drag_line(page)
    elif step.play == "weights":
        page.get_by_role("button", name="+5").last.click()
    else:
        page.locator("label:has(input[type=radio])").first.click()
    settled(page)


def test_a_story_by_mouse_and_no_answer_comes_before_the_commitment(tab: Page) -> None:
    received = Received(tab)
    begin(tab, MOUSE)
    steps = lesson_plan(MOUSE).steps
    for at, step in enumerate(steps):
        expect(tab.get_by_text(f"step {at + 1} of 8")).to_be_visible()
        settled(tab)
        assert f"/{step.page}" in tab.url
        if step.page != steps[at - 1].page and at > 0:
            back_and_on(tab, steps[at - 1], step)
        play_by_mouse(tab, step)
        assert not received.holds(why_of(MOUSE, step)), step.id
        if at == 0:
            assert "Leila Farouk" in tab.locator(".reps").inner_text()
            assert not received.holds("26,035")
            assert not received.holds("26035.7142")
        tab.get_by_role("button", name="Commit", exact=True).click()
        expect(tab.get_by_text(why_of(MOUSE, step))).to_be_visible()
        settled(tab)
        assert received.holds(why_of(MOUSE, step))
        tab.get_by_role("button", name="Next question" if at < 7 else "How the story ends").click()
    expect(tab.get_by_text(re.compile(r"\d of 8 right"))).to_be_visible()


def back_and_on(page: Page, before: StepPlan, now: StepPlan) -> None:
    """Back leads to the page of the question before, and on again to that of this one."""
    page.get_by_role("button", name="Back", exact=True).click()
    page.wait_for_url(f"**/{before.page}?**")
    expect(page.get_by_text(why_of(MOUSE, before))).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Next question").click()
    page.wait_for_url(f"**/{now.page}?**")
    settled(page)


def press_on(page: Page, target: Locator, *keys: str) -> None:
    target.focus()
    for key in keys:
        page.keyboard.press(key)
    settled(page)


def play_by_keys(page: Page, step: StepPlan) -> None:
    if step.play == "reps":
        for place in range(3):
            press_on(page, page.get_by_role("checkbox").and_(page.locator(".reps input")).nth(place), "Space")
    elif step.play == "line":
        press_on(page, page.locator(".field").get_by_role("slider").first, *["ArrowUp"] * 9)
        expect(page.locator(".field").get_by_role("slider").first).not_to_have_attribute("aria-valuetext", "24")
    elif step.play == "weights":
        press_on(page, page.get_by_role("button", name="+5").last, "Enter")
    else:
        press_on(page, page.get_by_role("radio").first, "Space")
    settled(page)


def test_a_story_by_keys_alone(tab: Page) -> None:
    begin(tab, KEYS)
    for at, step in enumerate(lesson_plan(KEYS).steps):
        expect(tab.get_by_text(f"step {at + 1} of 8")).to_be_visible()
        settled(tab)
        play_by_keys(tab, step)
        press_on(tab, tab.get_by_role("slider", name="How sure are you?"), "ArrowRight")
        commit = tab.get_by_role("button", name="Commit", exact=True)
        expect(commit).to_be_enabled()
        press_on(tab, commit, "Enter")
        expect(tab.get_by_text("You were 80% sure.")).to_be_visible()
        settled(tab)
        press_on(tab, tab.get_by_role("button", name="Next question" if at < 7 else "How the story ends"), "Enter")
    expect(tab.get_by_text(re.compile(r"\d of 8 right"))).to_be_visible()


def test_reload_back_and_other_pages_find_the_same_step_and_give_nothing_away(tab: Page) -> None:
    begin(tab, MOUSE)
    first = lesson_plan(MOUSE).steps[0]
    play_by_mouse(tab, first)
    tab.get_by_role("button", name="Commit", exact=True).click()
    settled(tab)
    tab.get_by_role("button", name="Next question").click()
    expect(tab.get_by_text("step 2 of 8")).to_be_visible()
    settled(tab)
    tab.reload()
    expect(tab.get_by_text("step 2 of 8")).to_be_visible()
    settled(tab)
    received = Received(tab)
    tab.get_by_role("link", name=PAGES["evidence"][0]).click()
    expect(tab.get_by_role("heading", name="Question 2 is waiting on Preview.")).to_be_visible()
    settled(tab)
    assert not received.holds("Decision-maker meetings")
    tab.go_back()
    tab.wait_for_url("**/preview?**")
    expect(tab.get_by_role("heading", name=re.compile("Reps in four groups"))).to_be_visible()
    settled(tab)
    tab.get_by_role("button", name="Leave the story").click()
    expect(tab.get_by_role("heading", name="Each KPI alone")).to_be_visible()
    settled(tab)


def test_questions_are_for_every_eye(tab: Page) -> None:
    begin(tab, MOUSE)
    assert serious_problems(tab) == []
    place = next(at for at, step in enumerate(lesson_plan(MOUSE).steps) if step.play == "line")
    for step in lesson_plan(MOUSE).steps[:place]:
        play_by_mouse(tab, step)
        tab.get_by_role("button", name="Commit", exact=True).click()
        settled(tab)
        tab.get_by_role("button", name="Next question").click()
        settled(tab)
    expect(tab.locator(".field")).to_be_visible()
    assert serious_problems(tab) == []
    drag_line(tab)
    settled(tab)
    tab.get_by_role("button", name="Commit", exact=True).click()
    settled(tab)
    expect(tab.get_by_text(why_of(MOUSE, lesson_plan(MOUSE).steps[place]))).to_be_visible()
    assert serious_problems(tab) == []
