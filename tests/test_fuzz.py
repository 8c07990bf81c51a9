"""Strange input is answered or refused in words, and what breaks down can be brought again."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests import fuzz


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_strange_input_breaks_nothing(target: str) -> None:
    assert [fuzz.run_once(target, f"fixed {number}") for number in range(5)] == [None] * 5


def test_a_crash_comes_again_from_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    def sometimes(chance: random.Random, folder: Path) -> None:
        if chance.random() < 0.5:
            raise ZeroDivisionError(fuzz.some_text(chance))

    monkeypatch.setattr(fuzz, "TARGETS", {"sometimes": sometimes})
    _, (crash, *_) = fuzz.run_for(0.2, 7)
    assert "ZeroDivisionError" in crash.trace
    assert fuzz.run_once(crash.target, crash.seed) == crash
