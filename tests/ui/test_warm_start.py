"""A shared server reads the samples before anybody comes; on one's own machine nothing is read unasked."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.sample_panels import sample_panel
from workbench.data.library.data_sets import DataSetEntry, list_samples
from workbench.data.model.panel import Panel
from workbench.ui.session import cache
from workbench.ui.session.cache import Built
from workbench.ui.session.result_cache import ResultCache
from workbench.ui.session.signed_in import OPEN, SETTING, SIGN_IN
from workbench.ui.shell import get_ready, warm_start


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was got ready."""
    found: list[str] = []

    class Thread:
        def __init__(self, target: Callable[[], None], **options: Any) -> None:
            self.start = target

    monkeypatch.setattr(warm_start.threading, "Thread", Thread)
    monkeypatch.setattr(get_ready, "get_ready", lambda: found.append("ready"))
    return found


async def _start() -> None:
    async with warm_start.warm_start(None):
        pass


@pytest.mark.parametrize("shared", [OPEN, SIGN_IN])
def test_a_shared_server_gets_ready_as_it_starts(
    ready: list[str], monkeypatch: pytest.MonkeyPatch, shared: str
) -> None:
    monkeypatch.setenv(SETTING, shared)
    asyncio.run(_start())
    assert ready == ["ready"]


def test_on_ones_own_machine_nothing_is_read_unasked(ready: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    asyncio.run(_start())
    assert ready == []


def test_pages_are_imported_and_then_the_samples_are_read_by_the_worker_that_gives_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[Any] = []

    class Worker:
        def begin(self, key: str, work: Callable[..., Any]) -> None:
            begun.append(work)

    monkeypatch.setattr(get_ready, "background", Worker)
    get_ready.get_ready()
    assert begun == [get_ready.read_samples]
    assert "workbench.ui.preview.page" in sys.modules
    assert get_ready.FRAME not in sys.modules, "importing the frame draws a page"


def test_samples_are_read_once_for_all_who_come(monkeypatch: pytest.MonkeyPatch) -> None:
    built, looked = [], list[str]()
    kept = ResultCache[Built](len(list_samples()))

    def build_panel(dataset: Any, folder: Any, **options: Any) -> Panel:
        built.append(folder.name)
        return sample_panel("dials-floor")

    def look_ahead(entry: DataSetEntry, panel: Panel) -> None:
        looked.append(entry.id)

    monkeypatch.setattr(cache, "_results", lambda: kept)
    monkeypatch.setattr(cache, "build_panel", build_panel)
    monkeypatch.setattr(get_ready, "look_ahead", look_ahead)
    samples = [entry.id for entry in list_samples()]
    for _ in range(2):
        get_ready.read_samples(lambda share, step: None)
    assert (built, looked) == (samples, samples * 2)
    for entry in list_samples():
        assert cache.cached_panel(entry).panel is sample_panel("dials-floor"), "a page finds what was read ahead"
