"""Ask who is scored: a picture of who does what, groups to switch on and off, roles of the team list, or names."""

from __future__ import annotations

import streamlit as st

from workbench.charts.who_does_what import people_alt, people_chart, people_rows
from workbench.data.mapping import rep_groups
from workbench.data.mapping.rep_groups import RepGroup
from workbench.data.model.dataset import DataSet
from workbench.data.model.panel import Panel
from workbench.ui.data_page import mapping
from workbench.ui.session import state
from workbench.ui.widgets import bound
from workbench.ui.widgets.picture import show_chart
from workbench.words import who_is_scored as words
from workbench.words.markdown import plain

SOME = 0.8  # of the people must have every measure, or the question is open
MOST_GROUPS = 6
BY_GROUP, BY_ROLE, BY_NAME = "By what they do", "By the team list", "By name"


def ask_who_is_scored(dataset: DataSet, panel: Panel) -> None:
    """The question, open while a measure is missing for many people and nobody has said who is scored."""
    groups, roles = rep_groups.group_reps(panel), rep_groups.roles_in_team(panel)
    scored, people = rep_groups.scored_people(dataset, panel), {rep for group in groups for rep in group.reps}
    if len(people) < 2 or (len(groups) < 2 and not roles and dataset.scored is None):
        return
    labels, names = {info.name: info.label or info.name for info in panel.measures}, state.display_names(panel)
    rare = rep_groups.rarest_work(panel, groups)
    doubtful = dataset.scored is None and rare is not None and rare[1] < SOME * len(people)
    summary = words.scored_summary(len(scored), len(people), rare, labels)
    with st.expander(f"**{words.TITLE}**  ·  {plain(summary)}", expanded=doubtful, icon=":material/group:",
                     key="data-question-scored"):  # fmt: skip
        drawn = people_rows(panel, groups, scored, names)
        show_chart(people_chart(drawn), alt=people_alt(drawn))
        ways = [way for way, there in ((BY_GROUP, len(groups) > 1), (BY_ROLE, roles), (BY_NAME, True)) if there]
        way = st.segmented_control("How to choose", ways, default=_way(dataset, ways), required=True,
                                   key="data.scored.way", label_visibility="collapsed")  # fmt: skip
        if way == BY_GROUP:
            _by_group(dataset, panel, groups, scored)
        elif way == BY_ROLE:
            _by_role(dataset, roles)
        else:
            _by_name(dataset, panel, scored)


def _way(dataset: DataSet, ways: list[str]) -> str:
    if BY_ROLE in ways and rep_groups.scored_role(dataset):
        return BY_ROLE
    return ways[0]


def _by_group(dataset: DataSet, panel: Panel, groups: tuple[RepGroup, ...], scored: tuple[str, ...]) -> None:
    labels, names = {info.name: info.label or info.name for info in panel.measures}, state.display_names(panel)
    inside = {place for place, group in enumerate(groups) if set(group.reps) <= set(scored)}
    for place, group in enumerate(groups[:MOST_GROUPS]):
        bound.bound_toggle(
            plain(words.group_label(group, groups, labels)), place in inside,
            _chooser(dataset, panel, groups, inside, place), f"data.scored.group.{place}",
            help=plain(words.group_names(group, names)),
        )  # fmt: skip


def _chooser(dataset: DataSet, panel: Panel, groups: tuple[RepGroup, ...], inside: set[int], place: int):
    """A function that switches one group on or off; the last one stays on."""

    def choose(wanted: bool) -> None:
        chosen = inside | {place} if wanted else inside - {place}
        if not chosen:
            st.toast("Choose at least one person to score.", icon=":material/info:")
            return
        mapping.change_dataset(rep_groups.with_scored_groups(dataset, groups, chosen, panel))

    return choose


def _by_role(dataset: DataSet, roles: dict[str, tuple[str, ...]]) -> None:
    chosen = rep_groups.scored_role(dataset)
    attribute = chosen.column if chosen and chosen.column in roles else next(iter(roles))
    if len(roles) > 1:
        attribute = st.selectbox("Column of the team list", list(roles), list(roles).index(attribute),
                                 key="data.scored.attribute")  # fmt: skip
    values = chosen.values if chosen and chosen.column == attribute else ()
    bound.bound_multiselect(
        f"Score people whose {plain(attribute)} is", roles[attribute], values,
        lambda wanted: mapping.change_dataset(rep_groups.with_scored_role(dataset, attribute, wanted)),
        f"data.scored.role.{attribute}", placeholder="Everybody",
    )  # fmt: skip


def _by_name(dataset: DataSet, panel: Panel, scored: tuple[str, ...]) -> None:
    names, people = state.display_names(panel), sorted(set(panel.everybody["rep"]))
    bound.bound_multiselect(
        "Not scored", people, [rep for rep in people if rep not in set(scored)],
        lambda left_out: mapping.change_dataset(
            rep_groups.with_scored_names(dataset, set(people) - set(left_out), panel)
        ),
        "data.scored.names", format_func=names.__getitem__, placeholder="Everybody is scored",
    )  # fmt: skip
