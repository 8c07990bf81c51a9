"""The live view's own arithmetic, run in the browser, against Python's."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of, random_panel
from workbench.design.model import Scoring
from workbench.scoring.history import score_history
from workbench.scoring.ranks import rank_values
from workbench.scoring.scorecard import compute_contributions, scores_from_points
from workbench.ui.preview.live_weights import FOLDER, LOADER, javascript
from workbench.weights.effective_shares import effective_shares

ULPS_OF_LOG = 4e-15  # numpy's and the browser's logarithm and exponential each differ in their last digit
RUN = """async ([source, name, given]) => {
  const module = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  return module[name](...given);
}"""


@pytest.fixture(scope="module")  # nothing a function is given or returns stays in the tab
def tab(chromium: Browser):
    with chromium.new_context() as context:
        yield context.new_page()


def run(tab: Page, module: str, function: str, *given: Any) -> Any:
    """Call one exported function of one module in the browser; NaN travels as null, as it does in the app."""
    return tab.evaluate(RUN, [(FOLDER / f"{module}.js").read_text("utf-8"), function, list(given)])


def table(seed: int, rows: int = 400, columns: int = 7, missing: float = 0.15) -> np.ndarray:
    rng = np.random.default_rng(seed)
    points = rng.uniform(0, 120, (rows, columns))
    points[rng.random(points.shape) < missing] = np.nan
    points[rng.random(points.shape) < 0.1] = 100
    return points


def as_json(values: np.ndarray) -> list:
    return [None if np.isnan(v) else v for v in values.tolist()] if values.ndim == 1 else [as_json(v) for v in values]


def as_array(values: list) -> np.ndarray:
    return np.array([np.nan if v is None else v for v in values], float)


WEIGHTS = [30, 12.5, 0, 7, 33.3, 5, 0.1]


@pytest.mark.parametrize("missing", ["reweight", "zero", "exclude"])
@pytest.mark.parametrize("combine", ["mean", "minimum"])
def test_scores_equal_pythons_to_the_last_digit(tab: Page, combine: str, missing: str) -> None:
    points = table(1)
    given = {"combine": combine, "missing": missing}
    found = as_array(run(tab, "scores", "scoresOf", as_json(points), WEIGHTS, given))
    np.testing.assert_array_equal(found, scores_from_points(points, WEIGHTS, Scoring(**given)))


@pytest.mark.parametrize("missing", ["reweight", "zero", "exclude"])
def test_geometric_scores_equal_pythons_up_to_the_logarithm_and_rank_alike(tab: Page, missing: str) -> None:
    points = table(2)
    given = {"combine": "geometric", "missing": missing}
    found = as_array(run(tab, "scores", "scoresOf", as_json(points), WEIGHTS, given))
    expected = scores_from_points(points, WEIGHTS, Scoring(**given))
    np.testing.assert_allclose(found, expected, rtol=ULPS_OF_LOG, atol=0)
    np.testing.assert_array_equal(as_array(run(tab, "scores", "ranksOf", as_json(found))), rank_values(expected))


@pytest.mark.parametrize("combine", ["mean", "geometric", "minimum"])
def test_contributions_equal_pythons_and_add_up_to_the_score(tab: Page, combine: str) -> None:
    points, rules = table(3, rows=60), Scoring(combine=combine)
    shares, parts = compute_contributions(points, WEIGHTS, rules)
    scores = scores_from_points(points, WEIGHTS, rules)
    for row in range(len(points)):
        found = run(tab, "scores", "contributionsOf", as_json(points[row]), WEIGHTS,
                    {"combine": combine, "missing": "reweight"})  # fmt: skip
        np.testing.assert_allclose(found["shares"], shares[row], rtol=1e-14, atol=1e-16)
        np.testing.assert_allclose(found["parts"], np.nan_to_num(parts[row]), rtol=1e-13, atol=1e-13)
        assert sum(found["parts"]) == pytest.approx(np.nan_to_num(scores[row]), rel=1e-13)


@pytest.mark.parametrize(("direction", "largest_first"), [("higher", True), ("lower", False)])
def test_ranks_equal_pythons_with_ties_and_rounding_error(tab: Page, direction: str, largest_first: bool) -> None:
    values = np.array([0.1 + 0.2, 0.3, 5, -2, np.nan, 5, 4.999, 0, -2, 1e-17])
    found = as_array(run(tab, "scores", "ranksOf", as_json(values), direction))
    np.testing.assert_array_equal(found, rank_values(values, largest_first))


def test_what_a_weight_really_does_is_its_share_of_the_variance(tab: Page) -> None:
    points = table(4, missing=0)
    scores = scores_from_points(points, WEIGHTS, Scoring())
    rules = {"combine": "mean", "missing": "reweight"}
    found = run(tab, "scores", "effectiveShares", points.tolist(), WEIGHTS, scores.tolist(), rules)
    shares = np.array(WEIGHTS) / sum(WEIGHTS)
    expected = [s * np.cov(points[:, k], scores)[0, 1] / np.var(scores, ddof=1) for k, s in enumerate(shares)]
    np.testing.assert_allclose(found, expected, rtol=1e-9)
    assert sum(found) == pytest.approx(1)


@pytest.mark.parametrize("missing", ["reweight", "zero"])
@pytest.mark.parametrize("weight", [0, 25])
def test_influence_is_that_of_the_weights_page_beside_a_kpi_without_values(
    tab: Page, weight: float, missing: str
) -> None:
    card = {"name": "No formula yet", "weight": weight}
    scored = score_history(random_panel(4, gaps=True), design_of(card, CALLS, MEETINGS, WIN_RATE, missing=missing))
    expected = effective_shares(scored.reps, scored.design)["effective"]
    assert expected.notna().all()
    given = (as_json(scored.reps.points), [kpi.weight for kpi in scored.design.kpis], as_json(scored.reps.score))
    found = run(tab, "scores", "effectiveShares", *given, {"combine": "mean", "missing": missing})
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


def test_without_any_weight_there_is_no_score_and_no_rank(tab: Page) -> None:
    found = run(tab, "scores", "scoresOf", [[80, 90], [70, 60]], [0, 0], {"combine": "mean", "missing": "reweight"})
    assert found == [None, None]
    assert run(tab, "scores", "ranksOf", found) == [None, None]


@pytest.mark.parametrize(
    ("start", "index", "value", "locked", "expected"),
    [
        ([30, 40, 30], 0, 50, [False] * 3, [50, 28.6, 21.4]),
        ([30, 40, 30], 0, 50, [False, True, False], [50, 40, 10]),
        ([30, 40, 30], 0, 90, [False, True, False], [60, 40, 0]),  # no more than the locked ones leave
        ([60, 40, 0], 0, 80, [False] * 3, [80, 20, 0]),  # what is off stays off
        ([60, 40, 0], 2, 10, [False] * 3, [54, 36, 10]),
        ([100, 0, 0], 0, 80, [False] * 3, [100, 0, 0]),  # nobody is there to take it
        ([33.33, 33.33, 33.34], 0, 33.33, [False] * 3, [33.33, 33.33, 33.34]),
        ([30, 40, 30], 0, 50, [False, True, True], [30, 40, 30]),  # nobody could give way
        ([10, 20, 70], 1, 20, [False] * 3, [10, 20, 70]),
    ],
)
def test_holding_the_total_moves_the_others_in_proportion(
    tab: Page, start: list, index: int, value: float, locked: list, expected: list
) -> None:
    found = run(tab, "weights", "move", start, index, value, locked, 100)
    assert found["weights"] == expected
    assert sum(found["weights"]) == pytest.approx(100)


def test_without_holding_the_total_only_the_moved_weight_changes(tab: Page) -> None:
    assert run(tab, "weights", "move", [30, 40, 30], 1, 7, [False] * 3, None)["weights"] == [30, 7, 30]
    assert run(tab, "weights", "move", [30, 40, 30], 1, 7, [False, True, False], None)["weights"] == [30, 40, 30]


def test_equal_weights_are_equal_and_leave_locked_ones(tab: Page) -> None:
    assert run(tab, "weights", "equal", [70, 15, 15, 0], [False] * 4, None) == [25, 25, 25, 25]
    assert run(tab, "weights", "equal", [70, 15, 15], [True, False, False], None) == [70, 15, 15]
    without = [False, True, False]
    assert run(tab, "weights", "equal", [70, 15, 15], [False] * 3, None, without) == [50, 0, 50]
    assert run(tab, "weights", "equal", [60, 20, 20], [False] * 3, 100, without) == [50, 0, 50]
    assert run(tab, "weights", "equal", [60, 20, 20], without, None, without) == [40, 20, 40]
    held = run(tab, "weights", "equal", [1, 2, 3], [False] * 3, 100)
    assert sum(held) == pytest.approx(100)
    assert max(held) - min(held) <= 0.1 + 1e-9


@pytest.mark.parametrize(("typed", "weight"), [("12", 12), ("12,5", 12.5), ("-4", 0), ("5000", 1000), ("abc", None)])
def test_a_typed_weight_is_a_number_in_range_or_nothing(tab: Page, typed: str, weight: float | None) -> None:
    assert run(tab, "weights", "asWeight", typed) == weight


FIRST_LINES = """async (source) => {
  const Plain = Blob, made = [];
  window.Blob = class extends Plain { constructor(parts, how) { super(parts, how); made.push(parts[0]); } };
  const entry = URL.createObjectURL(new Plain([source], { type: "text/javascript" }));
  const component = (await import(entry)).default;
  window.Blob = Plain;
  return [typeof component, made.map((text) => text.split("\\n")[0])];
}"""


def test_every_module_is_loaded_once_as_the_file_it_is_and_after_those_it_imports(tab: Page) -> None:
    kind, loaded = tab.evaluate(FIRST_LINES, javascript())
    files = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.js") if path.name != LOADER}
    first_lines = {source.split("\n")[0]: name for name, source in files.items()}
    order = [first_lines[line] for line in loaded]
    assert (kind, sorted(order), order[-1]) == ("function", sorted(files), "live_weights.js")
    imported = {name: re.findall(r'from "\./(\w+\.js)"', source) for name, source in files.items()}
    assert [n for n in order if any(order.index(other) > order.index(n) for other in imported[n])] == []


def test_no_module_makes_markup_out_of_text() -> None:
    files = {path.stem: path.read_text("utf-8") for path in FOLDER.glob("*.js")}
    assert len(files) >= 9
    for name, source in files.items():
        for risky in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
            assert risky not in source, f"{name}.js must not use {risky}: names come from files"
