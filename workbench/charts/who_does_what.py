"""Who does what: people side by side, one line per measure, filled where a person has any of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from workbench.charts.layers import as_shown
from workbench.charts.palette import ACCENT, MUTED
from workbench.data.mapping.rep_groups import RepGroup, totals_by_person
from workbench.data.model.panel import REP, Panel

_HEIGHT, _MOST_MEASURES = 18, 16


def people_rows(
    panel: Panel, groups: Sequence[RepGroup], scored: Sequence[str], names: Mapping[str, str]
) -> pd.DataFrame:
    """One row per person and measure: ``name``, ``place`` among all people, ``measure``, ``value``, ``state``."""
    labels = {info.name: info.label or info.name for info in panel.measures}
    totals = totals_by_person(panel).iloc[:, :_MOST_MEASURES]
    order = [rep for group in groups for rep in group.reps]
    order += [rep for rep in totals.index if rep not in set(order)]
    numbered = totals.loc[order].set_axis(range(totals.shape[1]), axis=1)  # a measure may be called “value”
    long = numbered.reset_index().melt(REP, var_name="column", value_name="value")
    inside = long[REP].isin(set(scored))
    return long.assign(
        name=long[REP].map(names),
        place=long[REP].map({rep: place for place, rep in enumerate(order)}),
        measure=[labels[totals.columns[number]] for number in long["column"]],
        state=inside.map({True: "scored", False: "not scored"}).where(long["value"] != 0, "none"),
    )


def people_chart(drawn: pd.DataFrame) -> alt.Chart:
    """Blue where a scored person has any of a measure, grey where somebody who is not scored has; hollow for none."""
    states = ["scored", "not scored", "none"]
    colour = alt.Scale(domain=states, range=[ACCENT, MUTED, MUTED])
    legend = alt.Legend(title=None, orient="bottom", symbolType="square", values=states[:2])
    axis = alt.Axis(title=None, ticks=False, domain=False, labelLimit=220)
    return (
        alt.Chart(as_shown(drawn), height=alt.Step(_HEIGHT))
        .mark_rect(cornerRadius=1)
        .encode(
            x=alt.X("place:O", axis=None, scale=alt.Scale(paddingInner=0.15)),
            y=alt.Y("measure:N", sort=drawn["measure"].drop_duplicates().tolist(), axis=axis,
                    scale=alt.Scale(paddingInner=0.25)),
            color=alt.Color("state:N", scale=colour, legend=legend),
            opacity=alt.OpacityValue(1, condition={"test": "datum.state === 'none'", "value": 0.15}),
            tooltip=[alt.Tooltip("name:N", title="Person"), alt.Tooltip("measure:N", title="Measure"),
                     alt.Tooltip("value:Q", title="Total", format=",.6~r")],
        )
    )  # fmt: skip


def people_alt(drawn: pd.DataFrame) -> str:
    """The picture in words, from the values drawn."""
    people = f"{drawn['place'].nunique()} people"
    some = drawn[drawn["value"] != 0].groupby("measure", sort=False)["place"].nunique()
    return f"{people}. " + "; ".join(f"{measure}: {n} have some" for measure, n in some.items()) + "."
