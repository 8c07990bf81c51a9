"""Ask how many days each person worked: estimated, or counted by a measure."""

from __future__ import annotations

import streamlit as st

from workbench.data.aggregate.whole_periods import days_known
from workbench.data.mapping import exposure_choices
from workbench.data.mapping.exposure_choices import ExposureKind
from workbench.data.model.dataset import DataSet
from workbench.data.model.panel import Panel
from workbench.ui.data_page import mapping
from workbench.ui.widgets import bound
from workbench.words import exposure_choice as words
from workbench.words.mapping import measure_name
from workbench.words.markdown import plain


def ask_about_days_at_work(dataset: DataSet, panel: Panel) -> None:
    """The question, folded away: an estimate is the usual answer. What a choice moves is shown with every change."""
    measures, chosen = exposure_choices.exposure_measures(dataset), exposure_choices.current_exposure(dataset)
    names = {name: measure_name(measure) for name, measure in measures.items()}
    measure, kind = chosen or (None, "worked")
    known = days_known(panel)
    label = names.get(measure, measure) if measure else None
    with st.expander(f"**{words.TITLE}**  ·  {plain(words.exposure_summary(label, kind, known))}",
                     icon=":material/event_available:", key="data-question-exposure"):  # fmt: skip
        if chosen is None:
            st.markdown(plain(words.assumed_sentence(known, dataset.grain)))
        left, right = st.columns(2)
        with left:
            bound.bound_selectbox("Counted by", list(names), measure, lambda wanted: _choose(wanted, kind),
                                  "data.exposure.measure", names.__getitem__, placeholder=words.ESTIMATED)  # fmt: skip
        if chosen is not None:
            with right:
                bound.bound_segmented_control("It counts", list(words.KINDS), kind,
                                              lambda wanted: _choose(measure, wanted), "data.exposure.kind",
                                              words.KINDS.__getitem__, labelled=True)  # fmt: skip
        suggested = exposure_choices.suggest_exposure(dataset)
        if chosen is None and suggested is not None:
            st.button(plain(words.exposure_offer(names[suggested[0]], suggested[1])), key="data.exposure.suggested",
                      icon=":material/event_available:", on_click=_choose, args=suggested)  # fmt: skip


def _choose(measure: str | None, kind: ExposureKind) -> None:
    mapping.change_dataset(exposure_choices.with_exposure(mapping.mapped_dataset(), measure, kind))
