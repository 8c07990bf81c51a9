"""The live view by itself in a browser: what the hand does, what it says, what it survives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from workbench.scoring.classification import give_awards
from workbench.scoring.ranks import rank_values
from workbench.ui.preview.live_weights import FOLDER, javascript

MOUNT = """async ([html, css, js, data]) => {
  const host = document.body.appendChild(document.createElement("div"));
  const root = host.attachShadow({ mode: "open" });
  root.append(document.createRange().createContextualFragment(html));
  root.append(Object.assign(document.createElement("style"), { textContent: css }));
  const module = await import(URL.createObjectURL(new Blob([js], { type: "text/javascript" })));
  window.told = [];
  window.give = (given) => module.default({ data: given, parentElement: root,
    setStateValue: (name, value) => window.told.push(JSON.parse(JSON.stringify(value))) });
  window.give(data);
}"""
THEME = """:root { --st-text-color: #1b2733; --st-background-color: #ffffff; --st-secondary-background-color: #f3f6f9;
  --st-primary-color: #0b6e99; --st-border-color: #d5dde5; --st-font: sans-serif; } body { margin: 8px; }"""
STILL = """async () => {
  const seen = () => [...document.body.lastElementChild.shadowRoot.querySelectorAll(".rep")].map((row) =>
    [row.getBoundingClientRect().top,
     `${row.querySelector(".rank").textContent} ${row.querySelector(".who").textContent}`]);
  const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  for (let before; ; before = JSON.stringify(seen())) {
    await frames();
    if (before === JSON.stringify(seen())) return seen();
  }
}"""
COLOURS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7"]


def data_of(points: list[list[float | None]], goal: list[float], weights: list[float], **more: Any) -> dict[str, Any]:
    """What Python would send: KPIs A, B, C …, reps r0, r1 …"""
    kpis = [{"name": "ABCD"[k], "color": COLOURS[k], "note": "", "measurable": True} for k in range(len(weights))]
    reps = [{"id": i, "name": f"r{i}", "points": row, "values": [f"{p}" for p in row], "goal": goal[i],
             "goalText": f"{goal[i]:g}"} for i, row in enumerate(points)]  # fmt: skip
    rules = {"combine": "mean", "missing": "reweight", "floor": 0, "cap": 120}
    board = {"kpis": kpis, "reps": reps, "rules": rules, "good": 100, "top": more.pop("top", 1), "quarters": COLOURS,
             "goal": {"label": "Sales", "unit": "USD", "direction": "higher"}}  # fmt: skip
    state = {"weights": weights, "pinned": list(weights), "told": {"sent": 0, "edits": 0, "steps": 0}, "chosen": None,
             "undo": True, "redo": False}  # fmt: skip
    return {"board": board, "state": state | more}


THREE = data_of([[100, 20], [60, 60], [10, 110]], [5, 9, 7], [30, 10])


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce") as context:
        yield context.new_page()


def show(tab: Page, data: dict[str, Any]) -> None:
    tab.set_content(f"<style>{THEME}</style>")
    html, css = ((FOLDER / f"live_weights.{kind}").read_text("utf-8") for kind in ("html", "css"))
    tab.evaluate(MOUNT, [html, css, javascript(), data])
    expect(tab.locator(".rep .score").first).not_to_be_empty()


def ranking(tab: Page) -> list[str]:
    """The reps from top to bottom as seen once nothing moves any more, with their ranks."""
    rows = tab.evaluate(STILL)
    return [text for _, text in sorted(rows)]


def told(tab: Page) -> list[dict[str, Any]]:
    return tab.evaluate("window.told")


def weights(tab: Page) -> list[str]:
    return [box.input_value() for box in tab.locator(".number").all()]


def grab(tab: Page, k: int, share: float) -> None:
    """Press on the thumb of a slider whose weight is that share of its range."""
    box = tab.locator("input[type=range]").nth(k).bounding_box()
    tab.mouse.move(box["x"] + 10 + (box["width"] - 20) * share, box["y"] + box["height"] / 2)
    tab.mouse.down()


def drag_to(tab: Page, k: int, share: float) -> None:
    box = tab.locator("input[type=range]").nth(k).bounding_box()
    tab.mouse.move(box["x"] + 10 + (box["width"] - 20) * share, box["y"] + box["height"] / 2, steps=5)


def test_rows_stay_under_the_hand_and_follow_when_it_lets_go(tab: Page) -> None:
    show(tab, THREE)
    assert ranking(tab) == ["1 r0", "2 r1", "3 r2"]
    grab(tab, 0, 0.3)
    drag_to(tab, 0, 0)
    expect(tab.locator(".number").first).to_have_value("0")
    expect(tab.locator(".rep .rank").first).to_have_text("3")
    assert ranking(tab) == ["3 r0", "2 r1", "1 r2"]  # new ranks, old places
    assert told(tab) == []  # Python is told when the hand lets go, once
    tab.mouse.up()
    expect(tab.locator(".rep .who").first).to_have_text("r2")
    assert ranking(tab) == ["1 r2", "2 r1", "3 r0"]
    assert [step["weights"] for step in told(tab)] == [[0, 10]]


def test_without_sorting_on_release_the_button_sorts(tab: Page) -> None:
    show(tab, THREE)
    tab.locator(".autosort").uncheck()
    expect(tab.locator("[data-do=sort]")).to_be_disabled()
    tab.locator("input[type=range]").first.press("Home")
    expect(tab.locator("[data-do=sort]")).to_be_enabled()
    expect(tab.locator(".rep .rank").first).to_have_text("3")
    assert ranking(tab) == ["3 r0", "2 r1", "1 r2"]
    tab.locator("[data-do=sort]").click()
    expect(tab.locator("[data-do=sort]")).to_be_disabled()
    expect(tab.locator(".rep .who").first).to_have_text("r2")
    assert ranking(tab) == ["1 r2", "2 r1", "3 r0"]


def test_an_answer_does_not_reset_a_hand_that_moved_on(tab: Page) -> None:
    show(tab, THREE)
    grab(tab, 0, 0.3)
    drag_to(tab, 0, 0.5)
    tab.mouse.up()
    first = told(tab)[0]
    grab(tab, 0, 0.5)
    drag_to(tab, 0, 0.8)
    late = THREE | {"state": THREE["state"] | {"weights": first["weights"], "told": first["told"]}}
    tab.evaluate("data => window.give(data)", late)
    assert weights(tab) == ["80", "10"]
    tab.mouse.up()
    tab.evaluate("data => window.give(data)", late)  # the answer to the first release, after the second
    assert weights(tab) == ["80", "10"]
    second = told(tab)[1]
    undone = THREE | {"state": THREE["state"] | {"weights": [30, 10], "told": second["told"]}}
    tab.evaluate("data => window.give(data)", undone)  # undone elsewhere, after everything was heard
    assert weights(tab) == ["30", "10"]


@pytest.mark.parametrize(
    ("key", "weight"),
    [("ArrowRight", "31"), ("ArrowLeft", "29"), ("ArrowUp", "31"), ("Shift+ArrowRight", "35"), ("PageUp", "35"),
     ("PageDown", "25"), ("Home", "0"), ("End", "100"),
     ("+", "31"), ("Shift++", "31"), ("-", "29")],
)  # fmt: skip
def test_keys_step_by_one_and_five(tab: Page, key: str, weight: str) -> None:
    show(tab, THREE)
    tab.locator("input[type=range]").first.press(key)
    assert weights(tab)[0] == weight


def test_steps_by_key_that_follow_each_other_are_one_change(tab: Page) -> None:
    tab.clock.install(time=0)
    show(tab, THREE)
    tab.clock.pause_at(60)  # seconds: however slow the machine is, the steps follow each other at once
    for _ in range(5):
        tab.locator("input[type=range]").first.press("ArrowRight")
    tab.get_by_role("button", name="B −5").click()
    assert told(tab) == []
    tab.clock.run_for(5_000)
    assert [(step["weights"], step["told"]["edits"]) for step in told(tab)] == [([35, 5], 1)]


def test_whoever_goes_on_is_told_at_once_what_the_steps_made(tab: Page) -> None:
    tab.clock.install(time=0)
    show(tab, THREE)
    tab.clock.pause_at(60)
    slider = tab.locator("input[type=range]").first
    slider.press("ArrowRight")
    assert told(tab) == []
    slider.blur()
    assert [(step["weights"], step["told"]["edits"]) for step in told(tab)] == [([31, 10], 1)]
    tab.clock.run_for(5_000)
    assert len(told(tab)) == 1


def test_a_locked_weight_cannot_be_moved(tab: Page) -> None:
    show(tab, THREE)
    tab.get_by_role("button", name="Lock A").click()
    expect(tab.locator("input[type=range]").first).to_be_disabled()
    expect(tab.get_by_role("button", name="Unlock A")).to_have_attribute("aria-pressed", "true")
    tab.locator("[data-do=equal]").click()
    assert weights(tab) == ["30", "10"]


def test_equal_weights_leave_out_what_cannot_be_measured_and_say_so(tab: Page) -> None:
    data = data_of([[100, None, 20], [60, None, 60], [10, None, 110]], [5, 9, 7], [30, 0, 10])
    data["board"]["kpis"][1]["measurable"] = False
    show(tab, data)
    expect(tab.locator(".strip.unknown")).to_have_count(0)
    tab.locator("[data-do=equal]").click()
    assert weights(tab) == ["20", "0", "20"]
    expect(tab.locator(".notice")).to_have_text("Equal weights. B cannot be measured yet and gets no weight.")


def test_holding_the_total_says_what_it_moved(tab: Page) -> None:
    show(tab, data_of([[1, 2, 3]], [1], [50, 30, 20]))
    expect(tab.locator(".hold")).to_be_checked()
    tab.locator("input[type=range]").first.press("PageUp")
    expect(tab.locator(".notice")).to_have_text("Total held at 100: B 30 → 27, C 20 → 18")
    assert weights(tab) == ["55", "27", "18"]


def test_up_and_back_again_gives_the_old_weights(tab: Page) -> None:
    show(tab, data_of([[1, 2, 3, 4]], [1], [57.3, 30.1, 12.6, 0]))
    for key, times in (("PageUp", 20), ("PageDown", 20)):
        for _ in range(times):
            tab.locator("input[type=range]").first.press(key)
    assert weights(tab)[1:] != ["30.1", "12.6", "0"]  # at 100 the last step was cut, so fewer lead back
    tab.locator(".number").first.fill("57.3")
    tab.locator(".number").first.press("Enter")
    assert weights(tab) == ["57.3", "30.1", "12.6", "0"]


def test_where_all_others_are_off_the_last_one_says_why_it_stays(tab: Page) -> None:
    show(tab, data_of([[1, 2]], [1], [100, 0]))
    tab.locator("input[type=range]").first.press("PageDown")
    assert weights(tab) == ["100", "0"]
    expect(tab.locator(".notice")).to_have_text(
        "Every other KPI is off, so this one cannot move while the total is held. Give another KPI a weight first."
    )


def test_a_total_that_is_not_100_is_held_only_when_asked(tab: Page) -> None:
    show(tab, THREE)
    expect(tab.locator(".hold")).not_to_be_checked()
    tab.locator(".hold").check()
    expect(tab.locator(".notice")).to_have_text("Total brought to 100: A 30 → 75, B 10 → 25")


def test_undo_asks_python_and_pin_compares_with_now(tab: Page) -> None:
    show(tab, THREE)
    tab.keyboard.press("Control+z")  # no hand in here: not ours
    tab.locator("input[type=range]").first.focus()
    tab.keyboard.press("Control+z")
    assert [step["told"]["steps"] for step in told(tab)] == [-1]
    tab.locator("input[type=range]").first.press("Home")
    delta = tab.locator(".rep").filter(has_text="r0").locator(".delta")  # by name: rows are sorted once the hand rests
    expect(delta).to_have_text("▼2")
    tab.locator("[data-do=pin]").click()
    expect(delta).to_have_text("")
    assert told(tab)[-1]["pinned"] == [0, 10]


def test_a_rep_taken_apart_adds_up_while_weights_move(tab: Page) -> None:
    show(tab, THREE)
    tab.get_by_role("button", name="r1").click()
    drill = tab.get_by_role("region", name="How this score is made")
    expect(drill.locator("tr.sum")).to_contain_text("60.00")
    tab.locator("input[type=range]").first.press("Home")
    expect(drill.locator("tbody tr").first).to_contain_text("off")
    expect(tab.get_by_role("button", name="r1")).to_have_attribute("aria-pressed", "true")
    assert told(tab)[0]["chosen"] == 1
    drill.get_by_role("button", name="Close").click()
    expect(drill).to_be_hidden()


def test_no_weight_at_all_ranks_nobody_and_says_so(tab: Page) -> None:
    show(tab, THREE)
    for k in (0, 1):
        tab.locator("input[type=range]").nth(k).press("Home")
    expect(tab.get_by_text("Give a KPI some weight to rank the reps.")).to_be_visible()
    assert "NaN" not in tab.locator(".live-weights").inner_text()
    tab.locator("input[type=range]").first.press("End")
    expect(tab.get_by_text("Give a KPI some weight to rank the reps.")).to_be_hidden()


@pytest.mark.parametrize(
    ("scores", "sales", "top", "said"),
    [
        ([9, 5, 3, 1], [7, 6, 1, 8], 3, "2 of 3 best sellers in the top 3"),
        ([9, 5, 5, 5], [4, 3, 2, 1], 2, "2 of 2 best sellers in the top 4"),  # a tie wins together
        ([9, 5, 3, 0], [0, 7, 0, 0], 2, "1 of 1 best seller in the top 2"),  # nobody else sold anything
        ([9, 5, 3, 0], [0, 0, 0, 0], 2, ""),
    ],
)
def test_the_live_count_of_best_sellers_is_that_of_the_headline(
    tab: Page, scores: list[float], sales: list[float], top: int, said: str
) -> None:
    names = [f"r{i}" for i in range(len(scores))]
    ranked = pd.DataFrame({"rep": names, "score": scores, "goal": sales})
    ranked = ranked.assign(score_rank=rank_values(np.array(scores)), goal_rank=rank_values(np.array(sales)))
    awards = give_awards(ranked, top)
    show(tab, data_of([[score] for score in scores], sales, [10], top=top))
    expect(tab.locator(".overlap")).to_have_text(said)
    assert said.startswith(f"{awards.overlap} of {len(awards.best_sellers)} " if awards.best_sellers else "")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (data_of([[80]], [3], [10]), ["1 r0"]),
        (data_of([[80], [80], [80]], [3, 1, 2], [10]), ["1 r0", "1 r2", "1 r1"]),  # ties in the order of the goal
        (data_of([[None], [50], [60]], [3, 1, 2], [10]), ["1 r2", "2 r1", "– r0"]),
        (data_of([[10], [50]], [-3, -1], [10]), ["1 r1", "2 r0"]),
    ],
    ids=["one of each", "all tied", "missing", "negative sales"],
)
def test_odd_data_is_ranked_plainly(tab: Page, data: dict[str, Any], expected: list[str]) -> None:
    show(tab, data)
    assert ranking(tab) == expected
    assert "NaN" not in tab.locator(".live-weights").inner_text()


def test_names_are_text_whatever_they_say(tab: Page) -> None:
    evil = '<img src=x onerror="window.hit = 1"><script>window.hit = 1</script> ' + "and a very long name " * 10
    data = data_of([[80, 70], [60, 65]], [3, 1], [10, 5], chosen=0)
    data["board"]["reps"][0] |= {"name": evil, "values": [evil, evil], "goalText": evil}
    data["board"]["kpis"][0] |= {"name": evil, "note": evil}
    data["board"]["goal"] |= {"label": evil, "unit": evil}
    show(tab, data)
    tab.locator(".rep button").first.click()
    assert tab.evaluate("window.hit") is None
    shadow = "document.body.lastElementChild.shadowRoot.querySelectorAll('img, script').length"
    assert tab.evaluate(shadow) == 0
    assert tab.locator(".rep .who").first.text_content() == evil


WRITTEN = """() => {
  window.written = new Set();
  const write = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
    window.written.add(text);
    return write.call(this, text, ...place);
  };
}"""


@pytest.mark.parametrize(("width", "alone"), [(1280, False), (853, False), (620, True), (535, True)])
def test_names_stand_beside_sales_on_a_laptop_and_when_zoomed(tab: Page, width: int, alone: bool) -> None:
    """853: a laptop at 150%; 535: beside the weights at 1024; 620: at 1280, where weights are found beside it."""
    tab.set_viewport_size({"width": width, "height": 800})
    tab.evaluate(WRITTEN)
    show(tab, THREE | {"state": THREE["state"] | {"alone": alone}})
    expect(tab.locator(".weights")).to_be_visible(visible=not alone)
    tab.wait_for_function("['r0', 'r1', 'r2'].every((name) => window.written.has(name))")
    assert tab.locator(".live-weights").evaluate("view => view.scrollWidth <= view.clientWidth")


def test_two_hundred_reps_scroll_inside_and_only_what_is_seen_is_written(tab: Page) -> None:
    points = [[(i * 37 + k * 11) % 121 for k in range(4)] for i in range(200)]
    show(tab, data_of(points, list(range(200)), [10, 20, 30, 40]))
    tab.wait_for_function("document.body.lastElementChild.shadowRoot.querySelector('.rep .rank').textContent !== ''")
    view = tab.locator(".view")
    assert view.evaluate("view => view.scrollHeight > 3 * view.clientHeight")
    last = tab.locator(".rep").last
    expect(last.locator(".rank")).to_have_text("")
    view.evaluate("view => { view.scrollTop = view.scrollHeight; }")
    expect(last.locator(".rank")).not_to_have_text("")


def test_a_phone_shows_ranks_names_scores_and_sales_in_letters_that_can_be_read(tab: Page) -> None:
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.evaluate(WRITTEN)
    show(tab, THREE)
    tab.wait_for_function("['9', '7', '5'].every((sales) => window.written.has(sales))")
    row = tab.locator(".rep").first
    for part in (".rank", ".who", ".score"):
        expect(row.locator(part)).to_be_visible()
        assert row.locator(part).evaluate("part => parseFloat(getComputedStyle(part).fontSize)") >= 12
    assert tab.locator(".titles span:not(.tick)").all_inner_texts() == ["now", "score", "Sales"]
    assert tab.locator(".live-weights").evaluate("view => view.scrollWidth <= view.clientWidth")
