"""Slow files keep nobody waiting for long, and whoever waits knows for how many."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from workbench.data.files import reading_turns
from workbench.data.files.reading_turns import LONG, MOST_AT_ONCE, MOST_LONG, ReadingTurns


class LeftError(Exception):
    pass


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def turns(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> ReadingTurns:
    monkeypatch.setattr(reading_turns, "A_LOOK", 0.001)
    return ReadingTurns(clock)


@pytest.fixture
def held() -> Iterator[ExitStack]:
    """Turns that readings have until the test ends."""
    with ExitStack() as stack:
        yield stack


def _leave(ahead: int) -> None:
    raise LeftError(ahead)


def _begin(turns: ReadingTurns, held: ExitStack) -> None:
    held.enter_context(turns.turn(_leave))


def test_so_many_are_read_at_once_and_the_next_is_told_how_many_come_first(
    turns: ReadingTurns, held: ExitStack
) -> None:
    for _ in range(MOST_AT_ONCE):
        _begin(turns, held)
    with pytest.raises(LeftError, match=f"^{MOST_AT_ONCE}$"):
        _begin(turns, held)
    assert turns.waiting == [], "who left waits no longer"


def test_slow_files_do_not_hold_all_turns(turns: ReadingTurns, held: ExitStack, clock: Clock) -> None:
    for _ in range(MOST_AT_ONCE):
        _begin(turns, held)
    clock.now += LONG
    quick = ExitStack()
    for _ in range(MOST_AT_ONCE):
        _begin(turns, quick)
    with pytest.raises(LeftError):
        _begin(turns, held)
    quick.close()
    _begin(turns, held)


def test_there_are_never_more_readings_than_memory_is_foreseen_for(
    turns: ReadingTurns, held: ExitStack, clock: Clock
) -> None:
    for _ in range(MOST_AT_ONCE + MOST_LONG):
        _begin(turns, held)
        clock.now += LONG
    with pytest.raises(LeftError):
        _begin(turns, held)
    assert len(turns.reading) == MOST_AT_ONCE + MOST_LONG


def test_turns_come_in_the_order_of_asking(turns: ReadingTurns, held: ExitStack) -> None:
    for _ in range(MOST_AT_ONCE - 1):
        _begin(turns, held)
    last, order, threads = ExitStack(), list[str](), list[threading.Thread]()
    _begin(turns, last)

    def read(name: str, asked: threading.Event) -> None:
        with turns.turn(lambda ahead: asked.set()):
            order.append(name)

    for name in ("first", "second", "third"):
        asked = threading.Event()
        threads.append(threading.Thread(target=read, args=(name, asked)))
        threads[-1].start()
        assert asked.wait(30)
    last.close()
    for thread in threads:
        thread.join(30)
    assert order == ["first", "second", "third"]


def test_a_reading_that_fails_gives_its_turn_back(turns: ReadingTurns) -> None:
    for _ in range(MOST_AT_ONCE + 1):
        with pytest.raises(ValueError, match="damaged"), turns.turn(_leave):
            raise ValueError("damaged")
    assert turns.reading == {}
