"""Show in a few words what the data of a KPI or measure are known to lack."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import streamlit as st

from workbench.data.aggregate.cautions import Caution, CautionCode, measure_cautions
from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.dataset import DataSet
from workbench.data.model.panel import Panel
from workbench.design.kpi_cautions import kpi_cautions, kpi_measures, shared_cautions
from workbench.design.model import Design, Kpi
from workbench.integrity.leave_out import left_out_of
from workbench.integrity.suspect_share import standing_out
from workbench.ui.session import state
from workbench.ui.session.cached_integrity import CountsWithFlags, known_flags
from workbench.words.cautions import all_caution_words, caution_words, kpis_cautions_sentence
from workbench.words.integrity import left_out_of_sentence, questioned_sentence
from workbench.words.kpis import goal_name
from workbench.words.lists import list_names
from workbench.words.markdown import plain

ANY = "\ufffc"
"""Stands for the name of a KPI, so that what is known of several alike is said of all at once."""
MARK, QUESTION = ":material/warning:", ":material/verified_user:"


@st.cache_data(max_entries=16, show_spinner=False)
def _cautions(_panel: Panel, panel_key: str) -> dict[str, tuple[Caution, ...]]:
    return measure_cautions(_panel)


def cached_cautions(panel: Panel) -> dict[str, tuple[Caution, ...]]:
    """What is known against each measure of a panel; found once per content."""
    return _cautions(panel, panel.key)


def show_kpi_caution(panel: Panel, kpi: Kpi, among: Sequence[Kpi] = ()) -> None:
    """Lines below a KPI; none where nothing is known against its data or the activity behind it.

    What is known against all KPIs ``among`` which it stands is left to ``show_shared_caution``.
    """
    known = cached_cautions(panel)
    alike = shared_cautions(among, known)
    _show(panel, tuple(each for each in kpi_cautions(kpi, known) if each not in alike))
    if said := questioned_line(panel, kpi):
        st.caption(f"{QUESTION} {plain(said)}")


def show_shared_caution(panel: Panel, kpis: Sequence[Kpi], besides: Collection[CautionCode] = ()) -> None:
    """What is known against the data of all these KPIs alike, once; ``besides`` what the page says elsewhere."""
    shared = shared_cautions(kpis, cached_cautions(panel))
    _show(panel, tuple(each for each in shared if each.code not in besides))


def questioned_line(panel: Panel, kpi: Kpi, called: str = "") -> str:
    """What Integrity found of the activity behind a KPI; nothing while it has not looked.

    ``called`` : the name that stands there instead.
    """
    found = known_flags(panel)
    if found is None:
        return ""
    sources = {panel.info(name).source for name in kpi_measures(kpi) if name in panel.measure_names}
    shares = [found.questioned.get(source, 0.0) for source in sources if source]
    said = questioned_sentence(called or kpi.name, max(shares, default=0.0))
    entry = state.current_entry() if said else None
    gone = left_out_of(_dataset(entry, panel.key), kpi) if entry else ()
    if left_out := [check for check in standing_out(found.flags) if check in gone]:
        return left_out_of_sentence(called or kpi.name, left_out, len(left_out) < _n_behind(found, sources))
    return said


def _n_behind(found: CountsWithFlags, sources: Collection[str | None]) -> int:
    """How many checks on which somebody stands out point at rows of these logs."""
    mine = found.counts.frame[found.counts.frame["source"].isin(list(sources)) & (found.counts.frame["k"] > 0)]
    return len({*standing_out(found.flags)} & {*mine["check"]})


@st.cache_resource(max_entries=16, show_spinner=False)
def _dataset(_entry: DataSetEntry, panel_key: str) -> DataSet:
    return _entry.load()


def show_measure_caution(panel: Panel, measure: str) -> None:
    """A line below a measure; nothing where nothing is known against it."""
    _show(panel, cached_cautions(panel).get(measure, ()))


def show_design_cautions(panel: Panel, design: Design) -> None:
    """One line for all KPIs of a design and its goal; nothing where nothing is known against their data."""
    known = cached_cautions(panel)
    goal = design.required_goal
    show_shared_caution(panel, design.kpis)
    alike = shared_cautions(design.kpis, known)
    found = [(goal_name(goal, panel), known.get(goal.measure, ()))]
    found += [(kpi.name, kpi_cautions(kpi, known)) for kpi in design.kpis]
    named = [(name, tuple(each for each in theirs if each not in alike)) for name, theirs in found]
    said = kpis_cautions_sentence([(name, caution_words(found, panel.grain)) for name, found in named])
    if said:
        st.caption(f"{MARK} {plain(said)}")
    questioned: dict[str, list[str]] = {}
    for kpi in design.kpis:
        if kpi.weight and (said := questioned_line(panel, kpi, ANY)):
            questioned.setdefault(said, []).append(kpi.name)
    if questioned:
        each = [said.replace(ANY, list_names(names)) for said, names in questioned.items()]
        st.caption(f"{QUESTION} {plain(' '.join(each))}")


def _show(panel: Panel, found: tuple[Caution, ...]) -> None:
    if found:
        st.caption(
            f"{MARK} {plain(caution_words(found, panel.grain))}", help=plain(all_caution_words(found, panel.grain))
        )
