"""What one session computes is there for all: many ask for a cold result at once, and it is computed once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from workbench.errors import Issue, Where
from workbench.ui.session import cache, result_cache
from workbench.ui.session.result_cache import ResultCache, Tell

ASKING = 8


@pytest.fixture(autouse=True)
def _looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_cache, "A_LOOK", 0.001)


class Work:
    """Work that takes until it is let go; notes how often it began."""

    def __init__(self) -> None:
        self.began, self.go_on, self.n = threading.Event(), threading.Event(), 0

    def __call__(self, tell: Tell) -> str:
        self.n += 1
        tell(0.5, "half")
        self.began.set()
        assert self.go_on.wait(30)
        return f"result {self.n}"


def _waiting(cache: ResultCache[str], key: str) -> int:
    with cache.lock:
        return cache.turns[key].n if key in cache.turns else 0


def _until(true: Any) -> None:
    pause = threading.Event()
    for _ in range(30_000):
        if true():
            return
        pause.wait(0.001)
    raise AssertionError("never came true")


def test_many_who_ask_for_a_cold_result_at_once_have_it_computed_once() -> None:
    cache, work, told = ResultCache[str](4), Work(), [list[tuple[float, str]]() for _ in range(ASKING)]
    with ThreadPoolExecutor(ASKING) as pool:
        asked = [
            pool.submit(cache.get_or_make, "key", work, lambda *seen, mine=mine: mine.append(seen)) for mine in told
        ]
        _until(lambda: _waiting(cache, "key") == ASKING and all(told))
        work.go_on.set()
        found = [each.result(30) for each in asked]
    assert (work.n, found) == (1, ["result 1"] * ASKING)
    assert all(seen == (0.5, "half") for mine in told for seen in mine), "whoever waits sees how far the work has come"
    assert cache.turns == {}, "nothing is left of who waited"


def test_other_results_do_not_wait() -> None:
    cache, slow = ResultCache[str](4), Work()
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(cache.get_or_make, "slow", slow, lambda *_: None)
        assert slow.began.wait(30)
        assert cache.get_or_make("quick", lambda tell: "at once", lambda *_: None) == "at once"
        slow.go_on.set()
        assert asked.result(30) == "result 1"


def test_where_whoever_computes_leaves_the_next_one_computes() -> None:
    cache, second = ResultCache[str](4), Work()
    left, leaves = threading.Event(), threading.Event()

    class LeftError(Exception):
        pass

    def broken_off(tell: Tell) -> str:
        left.set()
        assert leaves.wait(30)
        raise LeftError

    second.go_on.set()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(cache.get_or_make, "key", broken_off, lambda *_: None)
        assert left.wait(30)
        other = pool.submit(cache.get_or_make, "key", second, lambda *_: None)
        _until(lambda: _waiting(cache, "key") == 2)
        leaves.set()
        with pytest.raises(LeftError):
            first.result(30)
        assert other.result(30) == "result 1"
    assert cache.turns == {}


def test_whoever_waits_can_leave() -> None:
    cache, work = ResultCache[str](4), Work()

    class LeftError(Exception):
        pass

    def leave(*_: object) -> None:
        raise LeftError

    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(cache.get_or_make, "key", work, lambda *_: None)
        assert work.began.wait(30)
        with pytest.raises(LeftError):
            cache.get_or_make("key", work, leave)
        work.go_on.set()
        assert asked.result(30) == "result 1"
    assert work.n == 1


def test_whoever_waits_can_leave_before_anything_is_told() -> None:
    cache, began, go_on = ResultCache[str](4), threading.Event(), threading.Event()

    class LeftError(Exception):
        pass

    def silent(tell: Tell) -> str:
        began.set()
        assert go_on.wait(30)
        return "result"

    def leave(share: float, step: object) -> None:
        assert (share, step) == (0.0, None)
        raise LeftError

    with ThreadPoolExecutor(2) as pool:
        asked = pool.submit(cache.get_or_make, "key", silent, lambda *_: None)
        assert began.wait(30)
        other = pool.submit(cache.get_or_make, "key", silent, leave)
        try:
            with pytest.raises(LeftError):
                other.result(5)
        finally:
            go_on.set()
        assert asked.result(30) == "result"


def test_a_failure_that_may_pass_is_kept_as_long_as_it_took(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(result_cache, "monotonic", lambda: now[0])
    results = ResultCache[str](4, lambda result: result == "down")

    def failing(tell: Tell) -> str:
        now[0] += 30
        return "down"

    assert results.get_or_make("key", failing, lambda *_: None) == "down"
    now[0] = 59
    assert results.get("key") == "down", "whoever waited meanwhile need not wait again"
    now[0] = 61
    assert results.get("key") is None
    assert results.get_or_make("key", lambda tell: "up", lambda *_: None) == "up"
    now[0] = 10_000
    assert results.get("key") == "up"


@pytest.mark.parametrize(
    ("code", "may_pass"),
    [("past_limit", True), ("reader_ended", True), ("connection", True), ("set_aside", True), ("no_rows", False)],
)
def test_what_is_wrong_with_a_file_stays_wrong(code: str, may_pass: bool) -> None:
    assert cache._may_pass(cache.Built(None, (Issue.of("error", code, Where(file="deals")),))) is may_pass
