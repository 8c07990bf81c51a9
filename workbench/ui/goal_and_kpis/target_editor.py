"""Editor of a target: dragged on the histogram, taken from a percentile, a formula per rep, or dated steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from workbench.charts.target import AIM, TargetStyle, target_alt, target_chart
from workbench.data.model.panel import Panel
from workbench.design.model import Direction, Kpi, Within
from workbench.design.target_edits import (
    add_step,
    fixed_target,
    fraction_meant,
    good_range,
    quota_measure,
    remove_step,
    step_starts,
    target_in_form,
    target_steps,
    unused_step_starts,
    update_step,
)
from workbench.formula.ratio import is_ratio
from workbench.scoring.attainment import attainment_percent
from workbench.scoring.defaults import default_direction
from workbench.scoring.targets import PERCENTILES as OFFERED
from workbench.scoring.targets import TargetHistory, offered_targets, value_at_percentile
from workbench.ui.session.cached_targets import cached_reach
from workbench.ui.widgets.bound import bound_number_input, bound_segmented_control, bound_selectbox
from workbench.ui.widgets.formula_field import formula_field
from workbench.ui.widgets.parts import how_computed, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words.kpis import FORMS, MET_METHOD, kpi_unit, met_words, target_form, title_with_unit, value_words

PERCENT = 100.0
FRACTION = "The target is {is_now}. Make it {meant}"
OnTargetChange = Callable[..., None]


@dataclass(frozen=True)
class Subject:
    """Whose target it is: the KPI (or the goal as one), its colour, and ``change(target=…, percentile=…)``."""

    key: str
    kpi: Kpi
    colour: str
    change: OnTargetChange


def target_fields(panel: Panel, subject: Subject) -> None:
    """The form of the target and the fields to set it by; nothing while there are no values to set it by."""
    kpi, found = subject.kpi, cached_reach(panel, subject.kpi)
    if found is None or not len(found.values):
        return
    if isinstance(kpi.direction, Within):
        _range(subject, kpi.direction, _scale(panel, kpi))
        return
    bound_segmented_control(
        "Target",
        list(FORMS),
        target_form(kpi.target),
        lambda form: _change_form(form, panel, subject, found),
        f"{subject.key}.form",
        FORMS.__getitem__,
        labelled=True,
    )
    fields = {"number": _number, "formula": _formula, "steps": _steps}
    if target_form(kpi.target) in fields:
        fields[target_form(kpi.target)](panel, subject)


def target_view(panel: Panel, subject: Subject) -> None:
    """The history's own spread with the target on it, who would have met it, and targets a given share met."""
    kpi, found = subject.kpi, cached_reach(panel, subject.kpi)
    if found is None or not len(found.values):
        st.caption("Write a formula to see the values here.")
        return
    draggable = target_form(kpi.target) == "number" and not isinstance(kpi.direction, Within)
    _picture(panel, subject, found, draggable)
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        st.markdown(met_words(found, panel.grain) + (" Drag the line." if draggable else ""), width="stretch")
        how_computed(MET_METHOD.format(grain=panel.grain))
    if draggable:
        _percentiles(panel, subject, found)


def direction_of_form(form: str, found: TargetHistory | None) -> Direction:
    """The direction picked, a range from the history's values."""
    return default_direction(form, found.values if found else np.array([]))


def _change_form(form: str, panel: Panel, subject: Subject, found: TargetHistory) -> None:
    """Change the form and keep what can be kept."""
    default = value_at_percentile(found.values, OFFERED[1], subject.kpi.direction)
    quota = quota_measure(panel) if subject.key.startswith("goal") else None
    subject.change(target=target_in_form(form, subject.kpi.target, default, panel, quota), percentile=None)


def _picture(panel: Panel, subject: Subject, found: TargetHistory, draggable: bool) -> None:
    kpi = subject.kpi
    if target_form(kpi.target) in ("formula", "steps") and not isinstance(kpi.direction, Within):
        values, title = attainment_percent(found), "% of the rep's own target"
        unit: str | None = "%"
        target: float | None = 100.0
    else:
        values, title, unit = found.values, title_with_unit(kpi.name, kpi_unit(kpi, panel, found.values)), kpi.unit
        target = fixed_target(kpi.target)
    look = TargetStyle(subject.colour, text_colour(), title, panel.grain, unit)
    said = target_alt(values, target, kpi.direction, look)
    if target is None or not draggable:
        still = target_chart(values, target, kpi.direction, look, False)
        show_chart(still, key=f"{subject.key}.still", alt=said)
        return
    key, first = _anchor(subject.key, target)
    picture = target_chart(values, first, kpi.direction, look, True)
    show_chart(picture, key=key, alt=said, on_select=lambda: _dragged(key, subject), selection_mode=[AIM])


def _anchor(key: str, target: float) -> tuple[str, float]:
    """The picture's key and the value it was drawn with: it is not drawn again for what was dragged on it."""
    kept = st.session_state.get(f"{key}.anchor", {})
    if kept.get("now") != target or kept.get("key") not in st.session_state:
        turn = kept.get("turn", 0) + 1
        kept = {"turn": turn, "key": f"{key}.picture.{turn}", "first": target, "now": target}
        st.session_state[f"{key}.anchor"] = kept
    return kept["key"], kept["first"]


def _dragged(key: str, subject: Subject) -> None:
    places = st.session_state[key].selection.get(AIM, [])
    if places and "value" in places[0]:
        value = float(places[0]["value"])
        st.session_state[f"{subject.key}.anchor"]["now"] = value
        subject.change(target=value, percentile=None)


def _number(panel: Panel, subject: Subject) -> None:
    target, scale = fixed_target(subject.kpi.target), _scale(panel, subject.kpi)
    bound_number_input("Target in %" if scale == PERCENT else "Target", None if target is None else target * scale,
                       lambda value: subject.change(target=value / scale, percentile=None), f"{subject.key}.number",
                       format="%.6g", step=None,
                       label_visibility="visible" if scale == PERCENT else "collapsed")  # fmt: skip
    found = cached_reach(panel, subject.kpi)
    meant = fraction_meant(target, found.values) if scale == PERCENT and found else None
    if target is not None and meant is not None:
        st.button(FRACTION.format(is_now=f"{target * scale:g}%", meant=f"{meant * scale:g}%"),
                  key=f"{subject.key}.fraction", icon=":material/percent:", type="tertiary",
                  on_click=lambda: subject.change(target=meant, percentile=None))  # fmt: skip


def _scale(panel: Panel, kpi: Kpi) -> float:
    """What a target is multiplied by in its field: a rate is typed as people say it, in per cent."""
    found = cached_reach(panel, kpi)
    is_rate = kpi.unit is None and is_ratio(kpi.formula) and found is not None and found.values.max(initial=0) <= 1
    return PERCENT if is_rate else 1.0


def _percentiles(panel: Panel, subject: Subject, found: TargetHistory) -> None:
    kpi = subject.kpi
    offered = offered_targets(found.values, kpi.direction)
    if not offered:
        return
    chosen = int(kpi.percentile) if kpi.percentile in offered else None
    if chosen is not None and offered[chosen] != kpi.target:  # a target from the reps' own averages
        chosen = None
    st.session_state[f"{subject.key}.percentile"] = chosen
    st.pills(f"Set the target so that … of past {panel.grain}s hit it", list(offered), key=f"{subject.key}.percentile",
             format_func=lambda percent: f"{100 - percent}%: {value_words(offered[percent], kpi, bare=True)}",
             on_change=lambda: _percentile(subject, offered))  # fmt: skip


def _percentile(subject: Subject, offered: dict[int, float]) -> None:
    percent = st.session_state[f"{subject.key}.percentile"]
    if percent is not None:
        subject.change(target=offered[percent], percentile=float(percent))


def _formula(panel: Panel, subject: Subject) -> None:
    written = subject.kpi.target if isinstance(subject.kpi.target, str) else None
    formula_field("A target for each rep and period", written,
                  lambda text: subject.change(target=text, percentile=None), f"{subject.key}.formula", panel,
                  placeholder="quota, or min(50, 10 + 5 * tenure) as a ramp")  # fmt: skip


def _steps(panel: Panel, subject: Subject) -> None:
    steps, scale = target_steps(subject.kpi.target), _scale(panel, subject.kpi)
    starts = step_starts(panel)
    for place, step in enumerate(steps):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            bound_selectbox("From", sorted({*starts, step.start}), step.start,
                   partial(_start_step, subject, place), f"{subject.key}.from.{place}", width=130,
                   clearable=False)  # fmt: skip
            bound_number_input("Target in %" if scale == PERCENT else "Target", step.value * scale,
                   partial(_value_step, subject, place, scale),
                   f"{subject.key}.value.{place}", width=110, format="%.6g", step=None)  # fmt: skip
            st.button("", icon=":material/close:", key=f"{subject.key}.drop.{place}", type="tertiary",
                      help="Remove this step", disabled=len(steps) == 1, on_click=_drop,
                      args=(subject, place))  # fmt: skip
    free = unused_step_starts(steps, starts)
    st.button("Add a step", icon=":material/add:", key=f"{subject.key}.more", disabled=not free, on_click=_add_step,
              args=(subject, free))  # fmt: skip


def _start_step(subject: Subject, place: int, day: str | None) -> None:
    _step(subject, place, start=day)


def _value_step(subject: Subject, place: int, scale: float, value: float) -> None:
    _step(subject, place, value=value / scale)


def _step(subject: Subject, place: int, **fields: object) -> None:
    subject.change(target=update_step(target_steps(subject.kpi.target), place, **fields), percentile=None)


def _drop(subject: Subject, place: int) -> None:
    subject.change(target=remove_step(target_steps(subject.kpi.target), place), percentile=None)


def _add_step(subject: Subject, free: list[str]) -> None:
    subject.change(target=add_step(target_steps(subject.kpi.target), free), percentile=None)


def _range(subject: Subject, good: Within, scale: float) -> None:
    low, high = good.within
    first, last = ("Good from, in %", "to, in %") if scale == PERCENT else ("Good from", "to")
    with st.container(horizontal=True):
        bound_number_input(first, low * scale, lambda value: _change_range(subject, value / scale, high),
                           f"{subject.key}.low", step=None, format="%.6g")  # fmt: skip
        bound_number_input(last, high * scale, lambda value: _change_range(subject, low, value / scale),
                           f"{subject.key}.high", step=None, format="%.6g")  # fmt: skip


def _change_range(subject: Subject, low: float, high: float) -> None:
    direction = good_range(low, high)
    if direction is not None:
        subject.change(direction=direction)
