"""The order of the test files, and who runs which."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.turns import SLOW, Turns, turn

TESTS = Path(__file__).resolve().parent


def test_the_slow_rooms_are_there_and_come_first() -> None:
    assert all((TESTS / room).is_dir() for room in SLOW)
    files = [f"tests/{room}/test_any.py" for room in SLOW]
    assert all(turn(one) < turn(next_one) for one, next_one in pairwise([*files, "tests/words/test_issues.py"]))
    assert turn("tests/test_floors.py") == turn("tests/words/test_issues.py")


@pytest.mark.parametrize(("processes", "groups"), [(1, 1), (2, 1), (3, 1), (8, 4)])
def test_browser_tests_go_to_every_second_process(
    pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch, processes: int, groups: int
) -> None:
    monkeypatch.setattr("xdist.scheduler.loadscope.parse_tx_spec_config", lambda config: ["popen"] * processes)
    monkeypatch.setattr(pytestconfig.option, "loadscopereorder", True, raising=False)
    turns = Turns(pytestconfig)
    files = [path.relative_to(TESTS.parent).as_posix() for path in sorted((TESTS / "browser").glob("test_*.py"))]
    scopes = [turns._split_scope(f"{file}::test_one[2]") for file in files]
    assert scopes == [turns._split_scope(f"{file}::test_other") for file in files]
    assert 1 <= len(set(scopes)) <= groups
    assert turns._split_scope("tests/ui/test_pages.py::test_a") == "tests/ui/test_pages.py"
    assert pytestconfig.option.loadscopereorder is False
