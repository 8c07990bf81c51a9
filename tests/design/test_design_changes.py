"""What one design says differently from another."""

from __future__ import annotations

from typing import Any

from workbench.design.design_changes import DesignChange, design_changes
from workbench.design.model import Design, parse_design
from workbench.words.designs import change_sentences


def made(**changed: Any) -> Design:
    kpis = [{"name": "Dials", "formula": "dials", "weight": 30}, {"name": "Quotes", "formula": "quotes", "weight": 70}]
    return parse_design({"name": "Ours", "goal": {"measure": "sales"}, "kpis": kpis} | changed)


def test_equal_designs_differ_in_nothing() -> None:
    assert design_changes(made(), made()) == ()


def test_every_difference_is_named() -> None:
    other = made(
        name="Theirs",
        goal={"measure": "sales", "target": 5},
        kpis=[
            {"name": "Dials", "formula": "dials", "weight": 50, "target": 20},
            {"name": "Meetings", "formula": "meetings", "weight": 5},
        ],
        scoring={"points": "percentile"},
        note="why",
    )
    changes = design_changes(made(), other)
    assert changes == (
        DesignChange("name", "Theirs"),
        DesignChange("goal"),
        DesignChange("removed", "Quotes"),
        DesignChange("added", "Meetings", after=5),
        DesignChange("weight", "Dials", 30, 50),
        DesignChange("kpi", "Dials"),
        DesignChange("rules"),
        DesignChange("notes"),
    )
    assert change_sentences(changes[4:]) == [
        "Dials weighs 50 instead of 30.",
        "Dials was edited.",
        "The scoring rules were changed.",
        "The reasons were changed.",
    ]
    assert change_sentences(changes) == [
        "The design is called “Theirs”.",
        "The goal was changed.",
        "Quotes was removed.",
        "Meetings was added.",
        "And 4 other changes.",
    ]
