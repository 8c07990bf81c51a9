"""For all tests."""

from __future__ import annotations

import pytest

from tests.effort import load_profile
from tests.sample_panels import build_once

load_profile()


@pytest.fixture
def samples_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands take the panels of samples from this process; how a command builds a panel has tests of its own."""
    monkeypatch.setattr("workbench.cli.inputs.build_from_file", build_once)
