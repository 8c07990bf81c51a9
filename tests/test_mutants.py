"""The list of mutants is true, and a sample stays the same sample: mutmut itself runs in ``make mutants`` alone."""

from __future__ import annotations

from fnmatch import fnmatch

import pytest

from tests.mutants import LIST, Room, Tried, changed_lines, plain_name, read, sampled
from tests.sources import ROOT, sources

SEED, ROOMS, EQUIVALENT = read(LIST.read_text(encoding="utf-8"))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_room_has_modules_and_tests(room):
    assert all(list(ROOT.glob(pattern)) for pattern in room.modules)
    assert [path for path in room.tests if not (ROOT / path).exists()] == []


def broken(room: Room, path: str) -> bool:
    """As mutmut matches: a star also stands for slashes."""
    return any(fnmatch(path, one) for one in room.modules) and not any(fnmatch(path, one) for one in room.without)


def test_every_module_of_the_core_is_broken_in_one_room():
    core = tuple(f"workbench/{name}/" for name in ("formula", "data/aggregate", "scoring", "evidence", "weights"))
    paths = [source.path for source in sources() if source.path.startswith(core)]
    rooms = {path: [room.name for room in ROOMS if broken(room, path)] for path in paths if "/calibration/" not in path}
    assert {path: names for path, names in rooms.items() if len(names) != 1} == {}


@pytest.mark.parametrize("each", EQUIVALENT, ids=lambda each: each.function)
def test_an_equivalent_mutant_changes_a_line_that_is_there_and_says_why_nobody_could_notice(each):
    module = max((one for one in sources() if each.function.startswith(f"{one.name}.")), key=lambda one: len(one.name))
    known = [line.strip() for line in module.text.splitlines()]
    assert [line for line in each.was.splitlines() if line not in known] == []
    assert each.was != each.becomes
    assert len(each.reason.split()) >= 5


def test_a_sample_hardly_moves_when_code_comes_and_goes():
    names = [f"workbench.room.x_f__mutmut_{i}" for i in range(200)]
    sample = sampled(names, 40, SEED)
    assert (len(sample), sampled(reversed(names), 40, SEED)) == (40, sample)
    assert set(sampled(names, 20, SEED)) < set(sample)
    fewer = sampled([name for name in names if name != sample[0]], 40, SEED)
    assert set(sample) - set(fewer) == {sample[0]}
    assert sampled(names, 40, SEED + 1) != sample
    assert sampled(names, None, SEED) == tuple(sorted(names))


def test_a_mutant_is_known_by_its_function_and_its_lines():
    assert plain_name("workbench.formula.tree.xǁNodeǁkind__mutmut_3") == "workbench.formula.tree.Node.kind"
    assert plain_name("workbench.formula.lexer.x__caret__mutmut_12") == "workbench.formula.lexer._caret"
    diff = "--- a.py\n+++ a.py\n@@ -1,3 +1,3 @@\n def f(a):\n-    if a > 0:\n+    if a >= 0:\n         return -a\n"
    assert changed_lines(diff) == ("if a > 0:", "if a >= 0:")


def test_the_share_is_of_those_that_can_be_noticed():
    room = Room("formula", ("workbench/formula/*",), ("tests/formula",), 10)
    found = Tried(room, 400, tuple("abcdefghij"), ("a", "b"), {"c": "diff"})
    assert found.share == pytest.approx(7 / 8)
    assert str(found) == (
        "formula: 10 of 400 mutants tried, 7 killed, 2 equivalent, 1 survived: 87.5 % of those that can be noticed"
    )
