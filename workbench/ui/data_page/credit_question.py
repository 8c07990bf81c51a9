"""Ask who gets the credit where rows of several people share a case."""

from __future__ import annotations

import streamlit as st

from workbench.data.mapping import credit_choices
from workbench.data.mapping.credit_choices import SharedCases
from workbench.data.model.dataset import Credit, CreditTo, DataSet, Source
from workbench.ui.data_page import mapping
from workbench.ui.data_page.mapping import Mapping
from workbench.ui.session import cached_previews
from workbench.ui.widgets import bound
from workbench.words import credit as words
from workbench.words.mapping import measure_name
from workbench.words.markdown import plain


def ask_who_gets_the_credit(mapped: Mapping, dataset: DataSet) -> None:
    """One question per source with shared cases, folded away: the row's own rep is the usual answer."""
    for number, source in enumerate(dataset.sources):
        cases = cached_previews.cached_shared_cases(
            source.model_copy(update={"measures": (), "events": None}), mapped.folder
        )
        if cases is not None and cases.steps and source.measures:
            _ask(source, number, cases)


def _ask(source: Source, number: int, cases: SharedCases) -> None:
    credited, credit = credit_choices.credited_measures(source), credit_choices.current_credit(source)
    step = credit_choices.credited_step(credit)
    summary = words.credit_summary(step, credited, cases.column)
    with st.expander(f"**{words.TITLE}**  ·  {plain(summary)}", icon=":material/handshake:",
                     key=f"data-question-credit-{number}"):  # fmt: skip
        st.markdown(plain(words.cases_sentence(cases)))
        bound.bound_selectbox(
            "Credit goes to whoever did", list(cases.steps), step if credited else None,
            lambda wanted: _choose_step(number, cases, wanted), f"data.credit.step.{number}", placeholder=words.OWN,
        )  # fmt: skip
        if credit is None:
            return
        bound.bound_segmented_control(
            "Where several did it", list(words.ORDER), credit.to,
            lambda to: _change_credit(number, credit.model_copy(update={"to": to}), credited),
            f"data.credit.to.{number}",
            words.ORDER.__getitem__, labelled=True,
        )  # fmt: skip
        names = {each.name: measure_name(each) for each in source.measures
                 if each.aggregate in credit_choices.CREDITED}  # fmt: skip
        bound.bound_multiselect(
            "Credited measures", list(names), credited,
            lambda chosen: _change_credit(number, credit, tuple(chosen)), f"data.credit.measures.{number}",
            format_func=names.__getitem__,
        )  # fmt: skip


def _choose_step(number: int, cases: SharedCases, step: str | None) -> None:
    """Another step earns the credit; without one, every row belongs to its own rep again."""
    source = mapping.mapped_dataset().sources[number]
    credit, credited = credit_choices.current_credit(source), credit_choices.credited_measures(source)
    if step is None:
        _change(number, cases, None, "last", ())
    else:
        to = credit.to if credit else "last"
        _change(number, cases, step, to, credited or credit_choices.suggest_credited(source, step))


def _change(number: int, cases: SharedCases, step: str | None, to: CreditTo, measures: tuple[str, ...]) -> None:
    mapping.change_dataset(credit_choices.with_credit(mapping.mapped_dataset(), number, cases, step, to, measures))


def _change_credit(number: int, credit: Credit, measures: tuple[str, ...]) -> None:
    """Who of several, or which measures, changes; the condition stays, also one that was written by hand."""
    mapping.change_dataset(credit_choices.with_credited(mapping.mapped_dataset(), number, credit, measures))
