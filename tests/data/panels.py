"""Data sets written to a folder and built, for the panel's tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from workbench.data.aggregate.build_panel import build_panel
from workbench.data.model.dataset import parse_dataset
from workbench.data.model.panel import Panel
from workbench.errors import InputError, Issue
from workbench.words.issues import describe_issue

Build = Callable[..., Panel]


def source(name: str = "calls", location: str = "calls.csv", **fields: Any) -> dict[str, Any]:
    """A source with rep, date and a count called ``n``, unless said otherwise."""
    return {"name": name, "location": location, "rep": "rep", "date": "date", "measures": [{"name": "n"}], **fields}


def build(folder: Path, files: Mapping[str, str], *sources: dict[str, Any], **dataset: Any) -> Panel:
    """Write ``files`` and build a data set of ``sources`` (one plain source of ``calls.csv`` by default)."""
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    content = {"name": "test", "sources": list(sources) or [source()], **dataset}
    return build_panel(parse_dataset(content), folder)


def refused(folder: Path, files: Mapping[str, str], *sources: dict[str, Any], **dataset: Any) -> tuple[Issue, ...]:
    """The issues for which building is refused."""
    with pytest.raises(InputError) as raised:
        build(folder, files, *sources, **dataset)
    return raised.value.issues


def cells(panel: Panel, measure: str) -> dict[tuple[str, str], float]:
    """A measure by rep and period (``YYYY-MM-DD``)."""
    periods = panel.frame["period"].dt.strftime("%Y-%m-%d")
    return dict(zip(zip(panel.frame["rep"], periods, strict=True), panel.frame[measure], strict=True))


def issues(panel: Panel, code: str) -> list[Issue]:
    """The panel's issues with a code."""
    return [issue for issue in panel.issues if issue.code == code]


def issue(panel: Panel, code: str) -> Issue:
    """The panel's one issue with a code."""
    found = issues(panel, code)
    assert len(found) == 1, [(i.code, describe_issue(i).message) for i in panel.issues]
    return found[0]


def same_numbers(one: Panel, other: Panel) -> None:
    """Both panels hold the same rep-periods with the same values."""
    pd.testing.assert_frame_equal(one.frame, other.frame, rtol=1e-12)
