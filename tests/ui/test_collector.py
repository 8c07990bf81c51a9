"""What a page imported is looked at by no later garbage collection."""

from __future__ import annotations

import gc

import pytest

from tests.ui.conftest import Open
from workbench.ui.shell import collector


def test_once_per_page(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(gc, "collect", lambda: done.append("collect"))
    monkeypatch.setattr(gc, "freeze", lambda: done.append("freeze"))
    collector.keep_imports_from_collector.cache_clear()
    for page in ("goal", "goal", "kpis"):
        collector.keep_imports_from_collector(page)
    assert done == ["collect", "freeze"] * 2


def test_a_page_that_was_opened_is_spared(opened: Open) -> None:
    gc.unfreeze()
    collector.keep_imports_from_collector.cache_clear()
    opened("start")
    assert gc.get_freeze_count() > 10_000
