"""Every module stands in a room, and rooms depend downward only. Each failure says what to do."""

from __future__ import annotations

import graphlib

import pytest

from tests.floors import FLOORS
from tests.sources import links, sources

FLOOR_OF = {room: number for number, floor in enumerate(FLOORS) for room in floor}
GATES = {"workbench", "workbench.data", "workbench.ui", "workbench.__main__", "workbench.bootstrap", "streamlit_app"}


def room(name: str) -> str:
    """The room a module stands in: ``data/model`` for ``workbench.data.model.panel``, ``pages`` for a page."""
    parts = name.removeprefix("workbench.").split(".")
    inner = "/".join(parts[:2])
    return inner if inner in FLOOR_OF else parts[0]


def upward(name: str, imports: set[str]) -> list[str]:
    """What a module imports from beside or above its own floor, as advice."""
    return [
        f"{name} imports {other}: depend downward only: move what it needs from {room(other)}/ to {room(name)}/ or "
        f"below, or move {name} up to {room(other)}/"
        for other in sorted(imports)
        if room(other) in FLOOR_OF and room(other) != room(name) and FLOOR_OF[room(other)] >= FLOOR_OF[room(name)]
    ]


def test_every_module_stands_on_a_floor() -> None:
    lost = [s.path for s in sources("workbench", "pages") if s.name not in GATES and room(s.name) not in FLOOR_OF]
    assert lost == [], "give its folder a place in FLOORS"


def test_rooms_depend_downward_only() -> None:
    app = links(sources("workbench", "pages"))
    advice = [line for name, imports in app.items() if name not in GATES for line in upward(name, imports)]
    assert advice == []


def test_the_advice_names_both_rooms() -> None:
    assert upward("workbench.data.events.lookups", {"workbench.errors", "workbench.data.model.dataset"}) == []
    assert upward("workbench.data.events.lookups", {"workbench.data.aggregate.roster"}) == [
        "workbench.data.events.lookups imports workbench.data.aggregate.roster: depend downward only: move what it "
        "needs from data/aggregate/ to data/events/ or below, or move workbench.data.events.lookups up to "
        "data/aggregate/"
    ]
    assert len(upward("workbench.cli.main", {"workbench.ui.session.state"})) == 1
    assert len(upward("workbench.ui.preview.sections", {"workbench.ui.replay.sections"})) == 1


def test_every_room_has_a_face() -> None:
    """The package's own docstring is the one sentence by which a newcomer finds the room."""
    faces = {source.name: source.says for source in sources("workbench") if source.path.endswith("__init__.py")}
    assert [name for name, says in faces.items() if not says] == [], "begin its __init__.py with one sentence"


def test_no_import_goes_round_in_a_circle() -> None:
    try:
        tuple(graphlib.TopologicalSorter(links(sources())).static_order())
    except graphlib.CycleError as error:
        pytest.fail(f"{' imports '.join(reversed(error.args[1]))}: move what both need into a module below them")
