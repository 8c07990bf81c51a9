"""What is told of many ways to sell, computed from its files."""

from __future__ import annotations

import pandas as pd

from tests.samples.raw import count as count_rows
from tests.samples.raw import counted, next_month, rank_link, within
from tests.samples.raw import total as total_of
from tests.samples.story_files import Answer, Claim, StoryFiles, between

OWN = {"call": "calls", "e-mail": "emails", "social": "social", "campaign": "campaigns"}
CHOICE = {"call": "Calls", "e-mail": "E-mail", "social": "Social messages", "campaign": "Campaigns"}


def months(files: StoryFiles) -> pd.DataFrame:
    activity = files.read("activity.csv", "day")
    return counted(
        files.employed(files.on("2024-04-01"), files.on("2025-06-30")),
        **{name: total_of(activity, name) for name in OWN.values()},
        conversations=count_rows(files.read("conversations.csv", "held_on")),
        sales=total_of(files.read("orders.csv", "ordered_on"), "amount"),
    )


def means(files: StoryFiles) -> pd.DataFrame:
    return months(files).groupby("rep").mean()


def styles(files: StoryFiles) -> pd.Series:
    """Each rep's channel, by what stands out in their own activity."""
    relative = means(files)[list(OWN.values())].rank()
    return relative.idxmax(axis=1).map({column: style for style, column in OWN.items()})


def style_sales(files: StoryFiles) -> pd.Series:
    return means(files)["sales"].groupby({rep["rep"]: rep["style"] for rep in files.truth["reps"]}).mean()


def points(files: StoryFiles) -> pd.DataFrame:
    sums = months(files).groupby("rep").sum()
    dials = (100 * sums["calls"] / sums["workdays"] / 50).clip(0, 120)
    talks = (100 * means(files)["conversations"] / 36).clip(0, 120)
    return pd.DataFrame({"Dials": dials, "Conversations": talks, "score": 0.6 * dials + 0.4 * talks})


def lives_by(files: StoryFiles, style: str) -> list[str]:
    return [rep["rep"] for rep in files.truth["reps"] if rep["style"] == style]


def link_after(files: StoryFiles, column: str, reps: list[str]) -> float:
    """How a month with more than usual goes with the sales of the month after, among these reps."""
    frame = months(files)
    ours = frame.index.get_level_values("rep").isin(reps)
    return rank_link(within(frame[column])[ours], next_month(within(frame["sales"]))[ours])


def everybody_else(files: StoryFiles) -> list[str]:
    return [rep["rep"] for rep in files.truth["reps"] if rep["style"] != "call"]


def same_talents(files: StoryFiles) -> bool:
    """Best to worst seller of each style are alike, and a conversation brings as much money in every style."""
    style = {rep["rep"]: rep["style"] for rep in files.truth["reps"]}
    sales = means(files)["sales"]
    spread = sales.groupby(style).max() / sales.groupby(style).min()
    each = months(files).groupby(lambda key: style[key[0]])[["sales", "conversations"]].sum()
    value = each["sales"] / each["conversations"]
    return between(1.3, spread.min(), 3) and value.max() / value.min() < 1.2


def talks_through_own(files: StoryFiles) -> bool:
    talks = files.read("conversations.csv", "held_on")
    own = talks["rep"].map({rep["rep"]: rep["style"] for rep in files.truth["reps"]})
    return bool((talks["channel"] == own).groupby(talks["rep"]).mean().min() > 0.6)


def dials_cost(files: StoryFiles) -> bool:
    lost = 100 - points(files)["Dials"]
    return bool(lost[everybody_else(files)].min() > 50)


CLAIMS: dict[str, Claim] = {
    "Twenty-four people": lambda f: (
        len(f.roster) == 24
        and f"{f.read('orders.csv', 'ordered_on')['ordered_on'].min():%Y-%m}" == f.on("2024-04")
        and f"{f.read('orders.csv', 'ordered_on')['ordered_on'].max():%Y-%m}" == f.on("2025-06")
    ),
    "Some pick up": lambda f: (
        styles(f).value_counts().min() >= 4
        and sum(rep["style"] == styles(f)[rep["rep"]] for rep in f.truth["reps"]) > 0.9 * len(f.truth["reps"])
    ),
    "All have": lambda f: (
        {kpi["name"]: kpi["target"] for kpi in f.design["kpis"] if kpi["weight"]} == {"Dials": 50, "Conversations": 36}
    ),
    "Each style": same_talents,
    "Six in ten": lambda f: (
        next(kpi["weight"] for kpi in f.design["kpis"] if kpi["name"] == "Dials") == 60
        and means(f)["calls"][everybody_else(f)].mean() < 0.3 * means(f)["calls"][lives_by(f, "call")].mean()
    ),
    "A caller who": lambda f: link_after(f, "calls", lives_by(f, "call")) > 0.2 and talks_through_own(f),
    "It is the step": lambda f: all(link_after(f, "conversations", lives_by(f, style)) > 0.15 for style in OWN),
    "Calls, e-mail": lambda f: style_sales(f).max() / style_sales(f).min() < 1.15,
    "The dials KPI": dials_cost,
    "Conversations are": lambda f: rank_link(means(f)["conversations"], means(f)["sales"]) > 0.6,
}  # fmt: skip


def best_style(files: StoryFiles) -> str:
    sales = style_sales(files)
    if sales.max() / sales.min() < 1.15:
        return "None: they sell the same"
    return CHOICE[str(sales.idxmax())]


def first_six(files: StoryFiles) -> str:
    top = set(points(files)["score"].nlargest(6).index)
    if top == set(means(files)["sales"].nlargest(6).index):
        return "The six best sellers"
    return "The six who live by calls" if top == set(lives_by(files, "call")) else "A mix"


def dials_work_for(files: StoryFiles) -> str:
    callers, others = (
        link_after(files, "calls", lives_by(files, "call")),
        link_after(files, "calls", everybody_else(files)),
    )
    if callers > 0.2:
        return "No, it works for everybody" if others > 0.2 else "It works for callers alone"
    return "Yes, for everybody"


def alike_for_styles(files: StoryFiles) -> str:
    """The KPI whose level differs least between the styles."""
    style = {rep["rep"]: rep["style"] for rep in files.truth["reps"]}
    level = means(files)[["calls", "emails", "conversations"]].groupby(style).mean()
    names = {"calls": "Dials", "emails": "E-mails", "conversations": "Conversations"}
    return names[str((level.std() / level.mean()).idxmin())]


ANSWERS: dict[str, Answer] = {
    "Which of the four": best_style,
    "Who holds": first_six,
    "Is Dials": dials_work_for,
    "Which one KPI": alike_for_styles,
}
