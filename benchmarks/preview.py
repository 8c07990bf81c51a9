"""From letting go of a weight to the new picture: Preview against the smallest Streamlit app there is, one slider.

Both run on this machine in one go, driven alternately by the same browser with the same mouse. *First number* is the
first text that changed on the page; *all* is when the script has ended and everything stands. While the hand still
moves nothing goes to Python: that time is measured apart, from the input to the frame after it, on 200 reps × 12 KPIs.
"""

from __future__ import annotations

import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Locator, Page, sync_playwright

from benchmarks.served import serve_app
from tests.browser.chromium import find_browser
from workbench.charts.palette import QUARTILES
from workbench.ui.preview.live_weights import FOLDER, javascript

NAME = "preview"
HELP = "release of a weight to the new picture, against an app with one slider"
ROOT = Path(__file__).resolve().parents[1]
RELEASES, INPUTS = 12, 40
SLIDER_APP = "import streamlit as st\nst.markdown('value %d' % st.slider('Weight', 0, 100, 50))\n"
TEXT = "[...document.querySelectorAll('[data-testid=stMarkdown]')].map(e => e.textContent).join('|')"
WATCH = f"""() => {{
  window.before = {TEXT};
  addEventListener("pointerup", () => {{
    const began = performance.now();
    const look = (first, ran) => {{
      const now = performance.now() - began;
      const state = document.querySelector("[data-test-script-state]").dataset.testScriptState;
      if (first === null && {TEXT} !== window.before) first = now;
      if ((ran || first !== null) && state === "notRunning") window.took = [first ?? now, now];
      else setTimeout(() => look(first, ran || state === "running"), 4);
    }};
    look(null, false);
  }}, {{ once: true, capture: true }});
  window.took = null;
}}"""
FRAMES = """async ([html, css, js, data, n]) => {
  const root = document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
  root.append(document.createRange().createContextualFragment(html));
  root.append(Object.assign(document.createElement("style"), { textContent: css }));
  const module = await import(URL.createObjectURL(new Blob([js], { type: "text/javascript" })));
  module.default({ data, parentElement: root, setStateValue: () => {} });
  const slider = root.querySelector("input[type=range]");
  const took = [];
  for (let i = 0; i < n; i += 1) {
    await new Promise((done) => setTimeout(done, 100));
    const began = performance.now();
    slider.value = (i * 7) % 100;
    slider.dispatchEvent(new Event("input"));
    await new Promise((done) => requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = done;
      after.port2.postMessage(0);
    }));
    took.push(performance.now() - began);
  }
  return took;
}"""


def run() -> str:
    """Measure both apps and the moving hand."""
    executable = find_browser()
    if executable is None:
        return "not measured: no Chromium or Chrome was found (name one in WORKBENCH_BROWSER)"
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="workbench-benchmark-")))
        (home / "one_slider.py").write_text(SLIDER_APP)
        addresses = [
            stack.enter_context(serve_app(path, home)).address
            for path in (ROOT / "streamlit_app.py", home / "one_slider.py")
        ]
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=executable, args=["--no-sandbox"]
        )
        preview, slider = _preview(browser, addresses[0]), _one_slider(browser, addresses[1])
        took = [(_release(preview, i), _release(slider, i)) for i in range(RELEASES)]
        frames = browser.new_page(viewport={"width": 1920, "height": 1080}).evaluate(FRAMES, _large())
    lines = [_said(name, [pair[k] for pair in took]) for k, name in enumerate(("Preview", "one slider"))]
    p90 = sorted(frames)[int(0.9 * len(frames))]
    lines.append(
        f"hand moving, 200 × 12: median {statistics.median(frames):.0f} ms to the frame, 90 % within {p90:.0f} ms"
    )
    return "\n".join(lines)


def _said(name: str, took: list[list[float]]) -> str:
    first, everything = (statistics.median(column) for column in zip(*took, strict=True))
    return f"{name:<10} median of {len(took)} releases: first number {first:.0f} ms, all {everything:.0f} ms"


def _preview(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    page.goto(f"{address}/preview?data=dials-floor")
    page.locator(".rep .rank").first.wait_for(timeout=180_000)
    page.wait_for_function("document.querySelector('[data-test-script-state=notRunning]')")
    return page


def _one_slider(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    page.goto(address)
    page.get_by_text("value 50").wait_for(timeout=60_000)
    return page


def _box(shown: Locator) -> FloatRect:
    box = shown.bounding_box()
    if box is None:
        raise RuntimeError("the slider is not on the page")
    return box


def _release(page: Page, turn: int) -> list[float]:
    """Drag the page's first slider to another place each turn; milliseconds to the first number and to everything."""
    page.bring_to_front()
    thumb = page.locator("input[type=range], [role=slider]").first
    track = _box(page.locator(".slider, [data-testid=stSlider]").first)
    page.evaluate(WATCH)
    box = _box(thumb)
    at = box if box["width"] < 40 else box | {"x": box["x"] + (box["width"] - 20) * _weight(thumb), "width": 20}
    page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    page.mouse.down()
    page.mouse.move(track["x"] + track["width"] * (0.2 + 0.05 * ((7 * turn) % 12)), at["y"] + at["height"] / 2, steps=6)
    page.mouse.up()
    page.wait_for_function("window.took !== null", timeout=30_000)
    return page.evaluate("window.took")


def _weight(thumb) -> float:
    return float(thumb.input_value()) / 100


def _large() -> list:
    """What the live view is given for 200 reps × 12 KPIs, its files, and how often to move."""
    kpis = [{"name": f"KPI {k}", "color": f"hsl({30 * k} 60% 50%)", "note": ""} for k in range(12)]
    points = [[(37 * i + 11 * k * k) % 121 for k in range(12)] for i in range(200)]
    reps = [{"id": i, "name": f"rep {i}", "points": row, "values": ["1"] * 12, "goal": (71 * i) % 200,
             "goalText": "1 k"} for i, row in enumerate(points)]  # fmt: skip
    rules = {"combine": "mean", "missing": "reweight", "floor": 0, "cap": 120}
    goal = {"label": "Sales", "unit": "USD", "direction": "higher"}
    board = {
        "kpis": kpis,
        "reps": reps,
        "rules": rules,
        "good": 100,
        "top": 10,
        "quarters": list(QUARTILES),
        "goal": goal,
    }
    state = {"weights": [10] * 12, "pinned": [10] * 12, "told": {"sent": 0, "edits": 0, "steps": 0}, "chosen": None,
             "undo": False, "redo": False}  # fmt: skip
    html, css = ((FOLDER / f"live_weights.{kind}").read_text("utf-8") for kind in ("html", "css"))
    return [html, css, javascript(), {"board": board, "state": state}, INPUTS]
