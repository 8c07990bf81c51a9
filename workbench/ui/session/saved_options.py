"""The saved options of the open data set, and the figures by which designs are compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from workbench.data.library.data_sets import workspace_folder
from workbench.data.model.panel import Panel
from workbench.design import options as kept
from workbench.design import store
from workbench.design.free_texts import only_rules
from workbench.design.model import Design
from workbench.design.options import Option
from workbench.errors import InputError
from workbench.scoring.compare import OptionOutcome, outcome_of_history
from workbench.ui.session import state
from workbench.ui.session.cached_weights import cached_history
from workbench.words.options import option_labels


@st.cache_resource(max_entries=64, show_spinner=False)
def _outcome(_panel: Panel, panel_key: str, design: Design) -> OptionOutcome:
    return outcome_of_history(cached_history(_panel, design))


def cached_option_outcome(panel: Panel, design: Design) -> OptionOutcome:
    """The figures of a design, once per content. Raises InputError where it does not fit the data."""
    return _outcome(panel, panel.key, design)


def saved_options() -> tuple[Option, ...]:
    """The options of the open data set, deleted ones included. Raises InputError where their file was damaged."""
    opened = state.current_entry()
    return kept.list_options(workspace_folder(), opened.id) if opened else ()


def labelled_options(options: Sequence[Option]) -> dict[str, Design | None]:
    """The options that are not deleted, each under a name of its own; None where the design is missing."""
    labels = option_labels(options)
    return {labels[option.design]: load_option(option) for option in options if not option.deleted}


def newest_label(options: Sequence[Option]) -> str:
    """The label of the option that was saved last; empty without one."""
    labels = option_labels(options)
    newest = max((each for each in options if not each.deleted), key=lambda each: each.added, default=None)
    return labels[newest.design] if newest else ""


def is_among(design: Design, others: Iterable[Design]) -> bool:
    """Whether another design has the same rules, whatever it is called and whoever owns its KPIs."""
    rules = only_rules(design)
    return any(only_rules(each) == rules for each in others)


def load_option(option: Option) -> Design | None:
    """The design of an option; None where its file is missing or damaged."""
    try:
        return store.find_design(workspace_folder(), option.design)
    except InputError:
        return None
