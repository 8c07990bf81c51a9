"""For all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.effort import load_profile
from tests.turns import Turns, turn

load_profile()
_FOLDER = pytest.StashKey[TemporaryDirectory]()


@pytest.fixture(autouse=True)
def files_are_made_as_before() -> Iterator[None]:
    """A command that closes the workspace to others does so for its process, which here is that of other tests too."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


def pytest_configure(config: pytest.Config) -> None:
    """Name the folder in which the processes of this run share panels: made by the first, told to the others."""
    if hasattr(config, "workerinput"):
        from tests.sample_panels import (
            share_panels,
        )  # the process that only hands out tests is spared the app's imports

        share_panels(Path(config.workerinput["panels"]))
    else:
        config.stash[_FOLDER] = TemporaryDirectory(prefix="workbench-panels-")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["panels"] = node.config.stash[_FOLDER].name


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Turns | None:
    return Turns(config, log) if config.option.dist == "loadfile" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: turn(item.nodeid))


def pytest_unconfigure(config: pytest.Config) -> None:
    if _FOLDER in config.stash:
        config.stash[_FOLDER].cleanup()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A PostgreSQL server of this process."""
    from tests.postgres import running_cluster

    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def each_database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The test runs on a file in its workspace, and on a database of PostgreSQL."""
    from workbench.store.address import VARIABLE
    from workbench.store.opening import close_stores

    if request.param == "postgresql":
        monkeypatch.setenv(VARIABLE, request.getfixturevalue("postgres").new_database())
    yield request.param
    close_stores()


@pytest.fixture
def samples_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands take the panels of samples from this process; how a command builds a panel has tests of its own."""
    from tests.sample_panels import build_once

    monkeypatch.setattr("workbench.cli.inputs.build_from_file", build_once)


@pytest.fixture(scope="session")
def pages_build_samples_once() -> Iterator[None]:
    """Pages take the panels of samples from this run; how a page builds a panel is tested with uploads."""
    from tests.sample_panels import build_samples_once, count_samples_once, rebuild_samples_once

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.ui.session.cache.build_panel", build_samples_once)
        patch.setattr("workbench.ui.session.cached_integrity.count_suspects", count_samples_once)
        patch.setattr("workbench.ui.session.cached_integrity.panel_without_suspects", rebuild_samples_once)
        yield
