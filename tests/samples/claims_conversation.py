"""What is told of the conversation, computed from its files."""

from __future__ import annotations

import pandas as pd

from tests.samples.raw import rank_link
from tests.samples.story_files import Answer, Claim, StoryFiles, between

GOOD, NOON = [8, 9, 16, 17], [12, 13]
WEEKS = 25


def calls(files: StoryFiles) -> pd.DataFrame:
    frame = files.read("calls.csv.gz", "started")
    first = files.truth["phases"][0]["reached_by"]
    return frame.assign(hour=frame["started"].dt.hour, reached=frame["outcome"].isin(first))


def rates(files: StoryFiles) -> pd.DataFrame:
    """Share of each rep's calls that get on at each step, from the step before."""
    frame = calls(files)
    steps = {phase["name"]: frame["outcome"].isin(phase["reached_by"]) for phase in files.truth["phases"]}
    counts = pd.DataFrame({"Dialled": True, **steps}).groupby(frame["rep"]).sum()
    return (counts / counts.shift(axis=1)).iloc[:, 1:]


def held(files: StoryFiles) -> pd.Series:
    """Meetings held per rep and week."""
    meetings = files.read("meetings.csv", "planned_for")
    return meetings[meetings["held"] == "yes"].groupby("rep").size() / WEEKS


def dials_too_alike(files: StoryFiles) -> bool:
    """Dials differ between reps by less than a tenth of what their meetings do, so that they can show no difference.

    Not the rank link: among reps who dial alike to a few percent it turns on how a sick day is counted.
    """
    dials, meetings = calls(files).groupby("rep").size(), held(files)
    return bool(dials.std() / dials.mean() < 0.1 * meetings.std() / meetings.mean())


def explained(files: StoryFiles, column: str) -> float:
    """Share of the differences between reps at the first step that go with how their calls spread over ``column``."""
    frame = calls(files)
    own = frame.groupby("rep")["reached"].mean()
    expected = frame[column].map(frame.groupby(column)["reached"].mean()).groupby(frame["rep"]).mean()
    return float(1 - ((own - expected) ** 2).sum() / ((own - own.mean()) ** 2).sum())


def best(files: StoryFiles) -> dict[str, str]:
    return rates(files).idxmax().to_dict()


def all_dial_alike(files: StoryFiles) -> bool:
    dials = calls(files).groupby("rep").size()
    return between(1.01, dials.max() / dials.min(), 1.09)


def reaches_told(files: StoryFiles) -> bool:
    reach = rates(files)["Reached"].sort_values()
    lists = pd.crosstab(calls(files)["rep"], calls(files)["list"], normalize="index")
    return (
        between(1 / 8, reach.iloc[:2].mean(), 1 / 6)
        and between(0.3, reach.iloc[-3:-1].mean(), 0.37)
        and between(0.42, reach.iloc[-1], 0.5)
        and lists.std().max() < 0.015
    )


def far_ahead_at_one(files: StoryFiles) -> bool:
    frame = rates(files)
    top = best(files)
    ahead = [frame[step].nlargest(2).iloc[0] / frame[step].nlargest(2).iloc[1] > 1.15 for step in frame]
    elsewhere = [
        frame.drop(columns=step).rank(pct=True).loc[rep].mean() for step, rep in top.items()
    ]  # ordinary: in the middle of the team on average over the other steps
    return all(ahead) and len(set(top.values())) == 5 and all(between(0.15, place, 0.8) for place in elsewhere)


def hours_pick_up(files: StoryFiles) -> bool:
    frame = calls(files)
    by_hour = frame.groupby("hour")["reached"].agg(["sum", "size"])
    good, noon = (by_hour.loc[hours, "sum"].sum() / by_hour.loc[hours, "size"].sum() for hours in (GOOD, NOON))
    return between(3.5, good / noon, 4.5)


def alike_at_the_hour(files: StoryFiles) -> bool:
    """Rates at the team's hours differ by a few per cent, where raw rates differ more than threefold."""
    frame = calls(files)
    expected = frame["hour"].map(frame.groupby("hour")["reached"].mean()).groupby(frame["rep"]).mean()
    ratio = frame.groupby("rep")["reached"].mean() / expected
    return bool(ratio.std() < 0.05)


def hours_differ(files: StoryFiles) -> bool:
    share = calls(files)["hour"].isin(GOOD).groupby(calls(files)["rep"]).mean()
    return bool(share.min() < 0.05 and share.max() > 0.75)


def first_step_runs_through(files: StoryFiles) -> bool:
    frame = rates(files)
    spread = frame.std() / frame.mean()
    return bool(spread.idxmax() == "Reached" and rank_link(frame["Reached"], held(files)) > 0.5)


CLAIMS: dict[str, Claim] = {
    "Twenty people": lambda f: (
        len(f.roster) == 20
        and f"{calls(f)['started'].min():%Y-%m}" == f.on("2025-01")
        and f"{calls(f)['started'].max():%Y-%m}" == f.on("2025-06")
    ),
    "Some hold four": lambda f: between(3.5, held(f).max(), 5.2) and between(0.7, held(f).min(), 1.4),
    "Their scorecard": lambda f: (
        [kpi["name"] for kpi in f.design["kpis"] if kpi["weight"]] == ["Dials", "Numbers called"]
    ),
    "Between most": all_dial_alike,
    "Some reach one": reaches_told,
    "Each of five reps is": far_ahead_at_one,
    "Before ten": hours_pick_up,
    "At the same hour": alike_at_the_hour,
    "The first step": lambda f: hours_differ(f) and explained(f, "hour") > 0.95,
    "Each of five reps could": lambda f: (
        all(f"{rep} ({step})" in f.truth["reveal"] for step, rep in best(f).items()) and far_ahead_at_one(f)
    ),
    "Coach the first": first_step_runs_through,
    "What is learnt": alike_at_the_hour,
    "Dials show": dials_too_alike,
}


def who_dials(files: StoryFiles) -> str:
    dials = calls(files).groupby("rep").size()
    if dials.max() / dials.min() < 1.1:
        return "Everybody dials alike"
    return "Yes, by far" if rank_link(dials, held(files)) > 0.5 else "A little"


def why_reached(files: StoryFiles) -> str:
    """The cause that takes most of the differences; a voice is what neither hours nor lists explain."""
    hour, lists = explained(files, "hour"), explained(files, "list")
    share = {"They call when people pick up": hour, "Better lists": lists, "A better voice": 1 - max(hour, lists, 0)}
    return max(share, key=share.__getitem__)


ANSWERS: dict[str, Answer] = {
    "Who dials most": who_dials,
    "At which of the five": lambda f: str((rates(f).std() / rates(f).mean()).idxmax()),
    "Is there one rep": lambda f: (
        "No, another rep at each step" if len(set(best(f).values())) == 5 else "Yes"
    ),
    "Why do some": why_reached,
}  # fmt: skip
