"""Sections of the Preview page: headline, live view, KPIs alone, misjudged rep-periods, one rep."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from workbench.charts import kinds_grid, kpi_scatter, rep_history
from workbench.charts.palette import MUTED, kpi_colours
from workbench.data.model.panel import REP, Panel
from workbench.design.model import Design
from workbench.design.weighted_kpis import unweighted
from workbench.scoring.agreement import Pairs
from workbench.scoring.backtest import KpiAgreement, counts_goal
from workbench.scoring.misjudged import DISAGREEING_KINDS, sort_by_distance_to_target
from workbench.scoring.points import hit_line
from workbench.scoring.preview import Preview, is_share, kpi_pairs, score_pairs
from workbench.ui.preview import live_state
from workbench.ui.preview.live_weights import live_weights
from workbench.ui.preview.live_weights.board import live_board
from workbench.ui.session import cached_scores
from workbench.ui.session.cached_scores import Shown
from workbench.ui.widgets.bound import bound_selectbox
from workbench.ui.widgets.caution_line import questioned_line, show_kpi_caution
from workbench.ui.widgets.first_words import first_help, show_heading
from workbench.ui.widgets.parts import how_computed
from workbench.ui.widgets.picture import show_chart
from workbench.words import links
from workbench.words import preview as words
from workbench.words import preview_tables as tables
from workbench.words.kpis import goal_title, kpi_unit, title_with_unit, unit_of_goal
from workbench.words.markdown import plain

SHARE = "share"  # of a KPI without a unit


def show_headline(panel: Panel, seen: Preview, kpis: Sequence[KpiAgreement], draft: str = "") -> None:
    """The one plain sentence on top, and what it leaves unsaid about reps who sold and would rank low.

    ``draft``: the sentence on a draft's best sellers, where a draft is ranked.
    """
    design = seen.history.design
    said = words.leading_sentences(
        seen.awards,
        seen.n_ranked,
        seen.agreement,
        design.required_goal,
        panel.grain,
        counts_goal(kpis, design),
        draft,
    )
    if seen.n_ranked > 1:
        harmed, made = seen.harmed()
        said.append(words.harmed_sentence(len(harmed), made))
    first, rest = said[0], " ".join(filter(None, said[1:]))
    show_heading(plain(first), "title")
    st.markdown(plain(rest))
    if seen.n_ranked > 1:
        st.caption(plain(links.link_figures(words.headline_link(seen.agreement))), help=links.SCALE)


def show_goal_inside(panel: Panel, design: Design, kpis: Sequence[KpiAgreement], seen: Preview) -> None:
    """The warning that the scorecard contains the goal; stays in its place when that weight is 0, so nothing moves."""
    inside = [own for kpi, own in zip(kpis, design.kpis, strict=True) if kpi.by_construction]
    if inside:
        on, goal = [kpi.name for kpi in inside if kpi.weight], design.required_goal
        said = words.goal_inside_sentence(
            on, goal, panel.grain, seen.agreement.next_period.n > 0
        ) or words.goal_switched_off_sentence([kpi.name for kpi in inside], goal)
        (st.warning if on else st.info)(plain(said), icon=":material/all_inclusive:")


def show_live_view(panel: Panel, seen: Preview, kpis: Sequence[KpiAgreement], names: Mapping[str, str]) -> None:
    """Weights and ranking."""
    across = [kpi.agreement.across_reps for kpi in kpis]
    notes = [links.link_words(found).capitalize() for found in across]
    figures = [links.link_figures(found) for found in across]
    places = {rep: place for place, rep in enumerate(names)}
    data = live_board(seen.history, names, seen.awards.top, panel.grain, notes, figures)
    live_weights(data, live_state.view_state(seen.history.design, places), live_state.on_release, live_state.LIVE)


def show_live_ranking(panel: Panel, seen: Preview, today: Design, names: Mapping[str, str]) -> None:
    """The ranking alone, beside that of today's weights."""
    places = {rep: place for place, rep in enumerate(names)}
    data = live_board(seen.history, names, seen.awards.top, panel.grain)
    live_weights(data, live_state.ranking_state(seen.history.design, today, places), live_state.on_choice,
                 live_state.RANKING)  # fmt: skip


def show_kpis_alone(
    panel: Panel, seen: Preview, kpis: Sequence[KpiAgreement], names: Mapping[str, str], shown: Shown
) -> None:
    """A small scatter per KPI in the design's order, and one for the score, all in one reading.

    Those of the KPIs do not hang on weights, so a new weight draws only the score's.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        show_heading("Each KPI alone", width="content")
        reading = st.segmented_control(
            "Reading", list(words.READINGS), default="across_reps", key="preview.reading", label_visibility="collapsed",
            format_func=lambda name: words.READINGS[name].name.format(grain=panel.grain), required=True,
            persist_state="session")  # fmt: skip
        how_computed(links.METHOD)
    st.caption(plain(words.reading_meaning(reading, seen.history.design.required_goal, panel.grain)))
    design = seen.history.design
    colours = kpi_colours(design.kpis)

    def card_of(k: int) -> None:
        kpi = design.kpis[k]
        unit = kpi.unit or (SHARE if is_share(seen.history, k) else kpi_unit(kpi, panel, ()))
        _card(words.drawn_name(kpi), "points" if kpi.kpis else unit, colours[kpi.name],
              getattr(kpis[k].agreement, reading), kpi_pairs(seen.history, k)[reading], panel, seen, names,
              partial(show_kpi_caution, panel, kpi, design.kpis))  # fmt: skip

    with st.container(horizontal=True, gap="medium"):
        for k in range(len(design.kpis)):
            content = (
                panel.key,
                unweighted(design),
                shown,
                reading,
                k,
                live_state.selected_rep(),
                questioned_line(panel, design.kpis[k]),
                *names.values(),
            )
            cached_scores.drawn_once(content, partial(card_of, k))
        content = (panel.key, design, shown, reading, live_state.selected_rep(), *names.values())
        cached_scores.drawn_once_by_weights(("score", *content), lambda: _card(
            tables.SCORE, "points", MUTED, getattr(seen.agreement, reading), score_pairs(seen.history)[reading],
            panel, seen, names))  # fmt: skip


def _card(name: str, unit: str, colour: str, found: links.Correlation, pairs: Pairs, panel: Panel, seen: Preview,
          names: Mapping[str, str], caution: Callable[[], None] = lambda: None) -> None:  # fmt: skip
    goal = seen.history.design.required_goal
    drawn = kpi_scatter.scatter_rows(pairs, seen.history, names, panel.grain)
    x, y = f"{name}, {unit}", title_with_unit(words.drawn_name(goal), unit_of_goal(goal, panel))
    with st.container(width=290, gap="xsmall"):
        st.markdown(f"**{plain(name)}**: {plain(links.link_words(found))}")
        chart = kpi_scatter.scatter_chart(
            drawn, colour, unit, y, live_state.selected_rep(), None if unit == SHARE else unit
        )
        show_chart(chart, alt=kpi_scatter.scatter_alt(drawn, x, y))
        st.caption(plain(links.link_small_print(found)))  # below: a hand over the picture puts its buttons right above
        caution()


def show_misjudged(panel: Panel, seen: Preview, names: Mapping[str, str], shown: Shown) -> None:
    """The four kinds of rep-periods: how many, who and when."""
    counts = seen.counts
    with st.container(horizontal=True, vertical_alignment="center"):
        show_heading("Who is misjudged", width="content")
        kind = st.segmented_control(
            "Kind", list(words.KINDS), key="preview.kind", label_visibility="collapsed", persist_state="session",
            format_func=lambda name: f"{words.KINDS[name].name} {counts[name]:,}")  # fmt: skip
        how_computed(words.KINDS_METHOD.format(line=hit_line(seen.history.design.scoring)))
    content = (panel.key, seen.history.design, shown, kind, first_help(tables.TARGET), *names.values())
    cached_scores.drawn_once_by_weights(("misjudged", *content), lambda: _show_kinds(panel, seen, names, kind))


def _show_kinds(panel: Panel, seen: Preview, names: Mapping[str, str], kind: str | None) -> None:
    """The grid of rep-periods and the table beside it."""
    drawn = kinds_grid.kinds_rows(seen, names, panel.grain)
    if drawn.empty:
        st.info("Give the goal a target on the Goal page to see who is misjudged.")
        return
    st.caption(words.kinds_caption(kind, len(seen.rep_periods), len(drawn), panel.grain))
    goal = seen.history.design.required_goal
    left, right = st.columns(2, gap="medium")
    looked_at = [kind] if kind else list(words.KINDS)
    show_chart(
        kinds_grid.kinds_chart(drawn, looked_at, panel.grain, goal_title(goal, panel)),
        alt=kinds_grid.kinds_alt(drawn),
        place=left,
    )
    with right:
        _kinds_table(
            sort_by_distance_to_target(drawn, [kind] if kind else DISAGREEING_KINDS), unit_of_goal(goal, panel)
        )


def _kinds_table(rows: pd.DataFrame, unit: str | None) -> None:
    table = tables.kinds_table(rows, unit)
    score, goal, target = table.columns[3:]
    number = st.column_config.NumberColumn
    st.dataframe(table, hide_index=True, height=420,
                 column_config={score: number(format="%.1f", width=60), goal: number(format="localized", width=90),
                                target: number(format="localized", width=70, help=first_help(target))})  # fmt: skip


def show_rep(panel: Panel, seen: Preview, names: Mapping[str, str]) -> None:
    """A rep taken apart: value → points → share → contribution, and period by period."""
    reps = seen.standing[REP].tolist()
    chosen = live_state.selected_rep() if live_state.selected_rep() in reps else None
    with st.container(horizontal=True, vertical_alignment="center"):
        show_heading("One rep", width="content")
        bound_selectbox("Rep", reps, chosen, live_state.select_rep, "preview.rep", names.__getitem__, width=280,
               placeholder="Choose a rep, or click one above", label_visibility="collapsed")  # fmt: skip
    if chosen is None:
        return
    left, right = st.columns([3, 2], gap="medium")
    told = rep_history.rep_history_rows(seen, chosen, panel.grain)
    goal = seen.history.design.required_goal
    with left:
        about = rep_history.rep_history_alt(told, names[chosen])
        show_chart(rep_history.score_by_period_chart(told, seen, panel.grain), alt=about)
        show_chart(rep_history.goal_by_period_chart(told, goal_title(goal, panel), panel.grain), alt=about)
    with right:
        st.dataframe(tables.drill_table(seen, chosen), hide_index=True)
        how_computed(words.ranks_method(seen.history.design.scoring))
