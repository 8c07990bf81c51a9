"""Who moved in a trial: each rep's difference from what was expected, with the range of a single rep."""

from __future__ import annotations

import altair as alt
import pandas as pd

from workbench.charts.layers import LAST_LABEL, layered
from workbench.charts.palette import HIT_BOTH, MUTED
from workbench.charts.value_axis import axis_format, value_format
from workbench.trials.trial_finding import TrialFinding
from workbench.words.lists import list_names
from workbench.words.trial_amounts import moves_by_points, signed_amount
from workbench.words.trial_parts import GROUPS, stands_out

ROW = 24
LOOKS = {GROUPS[True]: HIT_BOTH, GROUPS[False]: MUTED}


def trial_rep_rows(found: TrialFinding) -> pd.DataFrame:
    """One row per rep: ``name group difference low high before after expected clear``; those who changed first."""
    rows = [
        (each.rep, GROUPS[each.treated], each.difference, each.low, each.high, each.before, each.after, each.expected,
         stands_out(each))
        for each in sorted(found.reps, key=lambda each: (not each.treated, -each.difference, each.rep))
    ]  # fmt: skip
    columns = ["name", "group", "difference", "low", "high", "before", "after", "expected", "clear"]
    return pd.DataFrame(rows, columns=columns)


def trial_reps_chart(found: TrialFinding) -> alt.LayerChart:
    """A dot per rep with its range; filled where it is more than a single rep varies."""
    rows = trial_rep_rows(found)
    form = axis_format(pd.Series(rows[["difference", "low", "high"]].to_numpy(float).ravel()),
                       None if moves_by_points(found) else "")  # fmt: skip
    y = alt.Y("name:N", sort=rows["name"].tolist(), title=None,
              axis=alt.Axis(labelLimit=200, labelFontSize=13, ticks=False, labelFlush=False))  # fmt: skip
    title = f"{found.label}: difference from what was expected"
    x = alt.X("difference:Q", title=title, axis=alt.Axis(format=form, tickCount=6))
    tip = [alt.Tooltip("name:N", title="Rep"), alt.Tooltip("group:N", title="Group"),
           *(alt.Tooltip(f"{each}:Q", title=each.capitalize(), format=value_format(form))
             for each in ("before", "after", "expected", "difference", "low", "high"))]  # fmt: skip
    colour = alt.Color("group:N", scale=alt.Scale(domain=list(LOOKS), range=list(LOOKS.values())),
                       legend=alt.Legend(title=None, orient="top", values=rows["group"].unique().tolist()))  # fmt: skip
    base = alt.Chart(rows).encode(y=y, tooltip=tip)
    zero = alt.Chart(pd.DataFrame({"none": [0]})).mark_rule(color=MUTED, strokeWidth=1.5).encode(x=alt.X("none:Q"))
    ranges = base.mark_rule(strokeWidth=2, opacity=0.6).encode(x=alt.X("low:Q", title=title), x2=alt.X2("high:Q"),
                                                             color=colour)  # fmt: skip
    dots = base.mark_point(size=90, strokeWidth=2).encode(
        x=x, color=colour, fill=alt.Fill("group:N", scale=alt.Scale(domain=list(LOOKS), range=list(LOOKS.values())),
                                         legend=None),
        fillOpacity=alt.FillOpacity("clear:N", scale=alt.Scale(domain=[False, True], range=[0, 1]), legend=None),
    )  # fmt: skip
    return layered(zero, ranges, dots).properties(height=ROW * len(rows) + 60, padding=LAST_LABEL)


def trial_reps_alt(found: TrialFinding) -> str:
    """The picture in words, from the values drawn."""
    rows = trial_rep_rows(found)
    told = [f"{row.name_} {signed_amount(found, row.difference)}"
            for row in rows.rename(columns={"name": "name_"}).itertuples()]  # fmt: skip
    return f"{found.label}, difference from what was expected: {list_names(told, 60)}."
