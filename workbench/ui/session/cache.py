"""Cache panels and backtests by the hash of their content, never by frame."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import streamlit as st

from workbench.data.aggregate.build_panel import Progress, build_panel
from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.build_step import BuildStep
from workbench.data.model.dataset import DataSet
from workbench.data.model.panel import Panel
from workbench.data.model.panel_key import panel_key
from workbench.design.model import Design
from workbench.errors import InputError, Issue, Where
from workbench.scoring.backtest import Backtest, run_backtest
from workbench.ui.session.allowed_connections import allowed_connections
from workbench.ui.session.error_log import unforeseen
from workbench.ui.session.progress import progress_bar
from workbench.ui.session.result_cache import ResultCache, Tell
from workbench.words.build_steps import build_step_label
from workbench.words.markdown import plain

PANELS_KEPT = 8
PASSING = frozenset({"past_limit", "reader_ended", "connection", "set_aside"})


@dataclass(frozen=True)
class Built:
    """A panel with everything found on the way; ``panel`` is None when the data set cannot be built."""

    panel: Panel | None
    issues: tuple[Issue, ...]


def _may_pass(built: Built) -> bool:
    """Whether another try may go better: a reading that ended, a database that is down, or an error of our own."""
    return built.panel is None and any(issue.code in PASSING for issue in built.issues)


@st.cache_resource
def _results() -> ResultCache[Built]:
    return ResultCache(PANELS_KEPT, _may_pass)


def cached_panel(entry: DataSetEntry) -> Built:
    """The panel of a data set at hand, with a progress bar the first time."""
    connections = allowed_connections(entry)
    return _once(_entry_key(entry, connections), entry.name, entry.load, entry.folder, connections)


def build_ahead(entry: DataSetEntry) -> Panel | None:
    """Build the panel of a data set without a page, for whoever comes; None when it cannot be built."""
    connections = allowed_connections(entry)

    def build(tell: Tell) -> Built:
        return _build(entry.name, entry.load, entry.folder, connections, tell)

    return _results().get_or_make(_entry_key(entry, connections), build, lambda share, step: None).panel


def cached_draft_panel(dataset: DataSet, folder: Path) -> Built:
    """The panel of a data set that is still being put together, with a progress bar the first time."""
    connections = allowed_connections()
    return _once(_draft_key(dataset, folder, connections), dataset.name, lambda: dataset, folder, connections)


def known_draft_panel(dataset: DataSet, folder: Path) -> Panel | None:
    """The panel of a data set that is being put together, if it was built a moment ago; nothing is read."""
    built = _results().get(_draft_key(dataset, folder, allowed_connections()))
    return built.panel if built else None


def reuse_draft_panel(entry: DataSetEntry, folder: Path) -> Panel | None:
    """A draft in ``folder`` was kept as ``entry`` without a change: its panel, which need not be built again."""
    dataset = entry.load()
    built = _results().get(_draft_key(dataset, folder, allowed_connections()))
    if built is None:
        return None
    _results().put(_entry_key(entry, allowed_connections(entry)), built)
    return built.panel


def reuse_as_draft(entry: DataSetEntry, dataset: DataSet) -> None:
    """A data set at hand is edited: its panel is known, so that the mapping opens at once."""
    built = _results().get(_entry_key(entry, allowed_connections(entry)))
    if built is not None:
        _results().put(_draft_key(dataset, entry.folder, allowed_connections()), built)


def reuse_with_other_roles(before: DataSet, after: DataSet, folder: Path) -> None:
    """Only the roles of event columns differ: the panel is the same under another key, and nothing is read."""
    panel = known_draft_panel(before, folder)
    if panel is not None:
        renamed = replace(panel, key=panel_key(after, folder))
        _results().put(_draft_key(after, folder, allowed_connections()), Built(renamed, panel.issues))


def _entry_key(entry: DataSetEntry, connections: Iterable[str]) -> tuple[str, ...]:
    """What a panel of a data set depends on; two people who may see different parts of it have two."""
    only = json.dumps(asdict(entry.only)) if entry.only else ""
    return entry.id, str(entry.spec_path.stat().st_mtime_ns), only, *sorted(connections)


def _draft_key(dataset: DataSet, folder: Path, connections: Iterable[str]) -> tuple[str, ...]:
    return str(folder), dataset.model_dump_json(), *sorted(connections)


def _once(
    key: tuple[str, ...], name: str, load: Callable[[], DataSet], folder: Path, connections: Mapping[str, str]
) -> Built:
    built = _results().get(key)
    if built is None:
        with progress_bar(f"Reading {plain(name)}", escaped_step) as advance:
            built = _results().get_or_make(key, lambda tell: _build(name, load, folder, connections, tell), advance)
    return built


def _build(
    name: str, load: Callable[[], DataSet], folder: Path, connections: Mapping[str, str], advance: Progress
) -> Built:
    try:
        with unforeseen() as trouble:
            made = build_panel(load(), folder, progress=advance, connections=connections)
            return Built(made, made.issues)
    except InputError as error:
        return Built(None, error.issues)
    return Built(None, (Issue.of("error", "set_aside", Where(data_set=name), number=trouble.number),))


def escaped_step(step: BuildStep) -> str:
    """Say a step of building a panel beside a progress bar; names in it are only text."""
    return plain(build_step_label(step))


def cached_backtest(panel: Panel, design: Design) -> Backtest:
    """The design scored on the panel's history; computed once per content of both."""
    return _backtest(panel, panel.key, design)


@st.cache_data(max_entries=128, show_spinner=False)
def _backtest(_panel: Panel, panel_key: str, design: Design) -> Backtest:
    return run_backtest(_panel, design)
