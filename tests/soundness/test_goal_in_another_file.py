"""The goal in another dress, from another file: the same rows exported twice are no KPI; like rows by chance are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.data.panels import build, issue, source
from workbench.data.mapping.fixes import suggest_fixes
from workbench.data.model.dataset import parse_dataset
from workbench.data.model.panel import Panel
from workbench.data.model.row_overlap import find_overlap
from workbench.design.goal_overlap import find_goal_overlap
from workbench.design.model import Design, Goal, Kpi
from workbench.evidence.build_record import build_record
from workbench.evidence.report import run_checks

REPS, MONTHS = 12, 18
WON = "stage == 'Won'"
DEALS: list[dict[str, Any]] = [
    {"name": "won", "where": WON},
    {"name": "won_value", "aggregate": "sum", "column": "amount", "where": WON},
]


def renamed(measures: list[dict[str, Any]], ending: str) -> list[dict[str, Any]]:
    return [{**measure, "name": measure["name"] + ending} for measure in measures]


def deals(seed: int, prices: tuple[int, ...] = ()) -> list[tuple[str, str, str, str, int]]:
    """Deals of 18 months: id, rep, day, stage, amount (drawn from ``prices``, else each its own)."""
    rng = np.random.default_rng(seed)
    rows = []
    for rep in range(REPS):
        for month in range(MONTHS):
            for _ in range(rng.poisson(3 + rep / 4)):
                day = f"{2023 + month // 12}-{month % 12 + 1:02d}-{rng.integers(1, 29):02d}"
                amount = int(rng.choice(prices)) if prices else int(rng.integers(500, 60_000))
                rows.append(
                    (f"D{len(rows):05d}", f"rep {rep:02d}", day, "Won" if rng.random() < 0.6 else "Lost", amount)
                )
    return rows


def as_csv(rows: list[tuple[str, str, str, str, int]], written: str = "{2}-{1}-{0}") -> str:
    """The deals as a file, with days written as another system does: parts in the given order."""
    lines = ["id,rep,date,stage,amount"]
    for key, rep, day, stage, amount in rows:
        year, month, number = day.split("-")
        lines.append(f"{key},{rep},{written.format(number, month, year)},{stage},{amount}")
    return "\n".join(lines)


def two_files(tmp_path: Path, one: str, other: str, **fields: Any) -> Panel:
    return build(
        tmp_path, {"crm.csv": one, "finance.csv": other},
        source("crm", "crm.csv", measures=DEALS, **fields),
        source("finance", "finance.csv", measures=renamed(DEALS, "_2"), **fields),
    )  # fmt: skip


def built_in(panel: Panel, kpi: str, goal: str = "won_value") -> float:
    found = find_overlap(panel.overlaps, goal, kpi)
    return found.built_in if found else 0.0


@pytest.mark.parametrize("fields", [{"id": "id"}, {}], ids=["by id", "by rep, date and amount"])
def test_a_kpi_that_counts_the_goals_rows_from_another_file_is_the_goal(tmp_path: Path, fields: dict) -> None:
    """It was “Keep”: rows were compared within one file only."""
    rows = deals(1)
    panel = two_files(tmp_path, as_csv(rows), as_csv(rows, "{0}.{1}.{2}"), **fields)
    design = Design(
        name="test", goal=Goal(measure="won_value", target=60_000), kpis=(Kpi(name="Deals", formula="won_2", weight=1),)
    )
    assert find_goal_overlap(design.kpis[0], design.goal, panel).is_goal
    assert built_in(panel, "won_2") == pytest.approx(1.0)
    verdict = run_checks(build_record(panel, design)).kpis[0].verdict
    assert (verdict.name, verdict.reasons[0].fact, verdict.reasons[0].reading) == ("watch", "goal", "yes")


def test_half_of_the_rows_in_the_other_file_are_half_of_the_goal(tmp_path: Path) -> None:
    rows = deals(2)
    panel = two_files(tmp_path, as_csv(rows), as_csv(rows[::2]), id="id")
    found = find_overlap(panel.overlaps, "won", "won_2")
    assert found is not None
    assert found.share_of_measure == pytest.approx(0.5, abs=0.06)
    assert found.share_of_other == 1.0


def test_numbers_that_mean_other_things_do_not_make_rows_the_same(tmp_path: Path) -> None:
    """Two systems number their rows from 1: the same id on another day, or of another rep, is another row."""
    panel = two_files(tmp_path, as_csv(deals(3)), as_csv(deals(4)), id="id")
    assert built_in(panel, "won_2") == 0.0


def test_two_systems_that_number_rows_of_the_same_days_alike_share_nothing(tmp_path: Path) -> None:
    """Calls and deals of three reps, both numbered from 1 in order of time: a third of the ids agreed."""
    rng = np.random.default_rng(12)
    days = [f"{2023 + month // 12}-{month % 12 + 1:02d}-{day:02d}" for month in range(MONTHS) for day in range(1, 29)]
    logs = [
        [(str(at), f"rep {rng.integers(3)}", days[at // 4], "Won", int(rng.integers(1, 90_000)))
         for at in range(4 * len(days))]
        for _ in range(2)
    ]  # fmt: skip
    panel = two_files(tmp_path, as_csv(logs[0]), as_csv(logs[1]), id="id")
    assert built_in(panel, "won_2", "won") == 0.0
    panel = two_files(tmp_path, as_csv(logs[0]), as_csv(logs[0]), id="id")
    assert built_in(panel, "won_2", "won") == pytest.approx(1.0)


@pytest.mark.parametrize("prices", [(500,), (500, 900), tuple(range(100, 2000, 100))])
def test_amounts_that_match_by_chance_identify_nothing(tmp_path: Path, prices: tuple[int, ...]) -> None:
    panel = two_files(tmp_path, as_csv(deals(5, prices)), as_csv(deals(6, prices)))
    assert [
        overlap for overlap in panel.overlaps if overlap.other.endswith("_2") != overlap.measure.endswith("_2")
    ] == []


def test_a_copy_with_few_prices_is_still_a_copy(tmp_path: Path) -> None:
    rows = deals(7, (500, 900, 1500))
    panel = two_files(tmp_path, as_csv(rows), as_csv(rows))
    assert built_in(panel, "won_2") == pytest.approx(1.0)


def test_monthly_totals_of_the_goal_in_a_second_table_are_the_goal(tmp_path: Path) -> None:
    rows = deals(8)
    sold: dict[tuple[str, str], int] = {}
    for _, rep, day, stage, amount in rows:
        sold[rep, day[:7]] = sold.get((rep, day[:7]), 0) + (amount if stage == "Won" else 0)
    table = "\n".join(["rep,date,revenue,hours"] + [f"{rep},{month}-01,{total},{total % 7 + 1}"
                                                   for (rep, month), total in sold.items()])  # fmt: skip
    sums = [{"name": name, "aggregate": "sum", "column": name} for name in ("revenue", "hours")]
    panel = build(
        tmp_path, {"crm.csv": as_csv(rows), "months.csv": table},
        source("crm", "crm.csv", measures=DEALS), source("months", "months.csv", measures=sums),
    )  # fmt: skip
    assert built_in(panel, "revenue") == pytest.approx(1.0)
    assert built_in(panel, "hours") == 0.0


def test_small_counts_that_are_often_alike_are_no_copy(tmp_path: Path) -> None:
    """A lever of 0 to 3 a month equals a goal of 0 to 3 a month in many months."""
    rng = np.random.default_rng(9)
    base = rng.integers(0, 4, (REPS, MONTHS))
    near = np.where(rng.random((REPS, MONTHS)) < 0.6, base, rng.integers(0, 4, (REPS, MONTHS)))
    files = {
        f"{name}.csv": "\n".join(
            [f"rep,date,{name}"]
            + [
                f"rep {r},{2023 + m // 12}-{m % 12 + 1:02d}-01,{table[r, m]}"
                for r in range(REPS)
                for m in range(MONTHS)
            ]
        )
        for name, table in (("sold", base), ("shown", near))
    }
    sums = {name: [{"name": name, "aggregate": "sum", "column": name}] for name in ("sold", "shown")}
    panel = build(tmp_path, files, *(source(name, f"{name}.csv", measures=sums[name]) for name in sums))
    assert panel.overlaps == ()


def test_a_file_whose_rows_stand_in_another_one_is_said_to_count_twice(tmp_path: Path) -> None:
    rows = deals(10)
    panel = two_files(tmp_path, as_csv(rows), as_csv(rows, "{0}.{1}.{2}"), id="id")
    found = issue(panel, "same_rows")
    assert found.where.source == "finance"
    assert found.n_rows == sum(row[3] == "Won" for row in rows)
    dataset = parse_dataset({
        "name": "test",
        "sources": [source("crm", "crm.csv", measures=DEALS), source("finance", "finance.csv", measures=DEALS[:1])],
    })  # fmt: skip
    (fix,) = suggest_fixes(found, dataset)
    assert [each.name for each in fix.dataset.sources] == ["crm"]
    apart = two_files(tmp_path, as_csv(rows), as_csv(rows[::2]), id="id")
    assert [each.code for each in apart.issues if each.code == "same_rows"] == []


def test_the_same_deals_with_another_amount_are_not_counted_twice(tmp_path: Path) -> None:
    """A file of the margins of the deals won was to be left out, and the margin with it."""
    rows = [row for row in deals(11) if row[3] == "Won"]
    margins = [(*row[:4], row[4] // 7) for row in rows]
    panel = two_files(tmp_path, as_csv(rows), as_csv(margins), id="id")
    assert built_in(panel, "won_2") > 0.95
    assert [each.code for each in panel.issues if each.code == "same_rows"] == []
