"""What is told of the dials floor, computed from its files."""

from __future__ import annotations

import pandas as pd

from tests.samples.raw import count as count_rows
from tests.samples.raw import counted, rank_link
from tests.samples.raw import total as total_of
from tests.samples.story_files import Answer, Claim, StoryFiles, between, part

GOAL = 20_000
AUTUMN = ("2024-10", "2024-12")


def calls(files: StoryFiles) -> pd.DataFrame:
    """Calls with ``empty``: at night, at weekends, or of a few seconds at numbers that never answer."""
    frame = files.read("calls.csv.gz", "started")
    late = (frame["started"].dt.hour >= 19) | (frame["started"].dt.day_of_week >= 5)
    return frame.assign(late=late, empty=late | (frame["seconds"] < 10))


def months(files: StoryFiles) -> pd.DataFrame:
    return counted(
        files.employed(files.on("2024-01-01"), files.on("2025-06-30")),
        dials=count_rows(files.read("calls.csv.gz", "started")),
        messages=count_rows(files.read("messages.csv.gz", "sent")),
        meetings=count_rows(files.read("meetings.csv", "held_on")),
        quotes=count_rows(files.read("quotes.csv", "quoted_on")),
        sales=total_of(files.read("orders.csv", "ordered_on"), "amount"),
    )


def reps(files: StoryFiles, first: str = "2024-01", last: str = "2025-06") -> pd.DataFrame:
    """One row per rep employed in these months: dials per workday, and the others per month."""
    frame = part(months(files), files.on(first), files.on(last))
    sums = frame.groupby("rep").sum()
    return frame.groupby("rep").mean().assign(dials=sums["dials"] / sums["workdays"])


def team(files: StoryFiles) -> pd.DataFrame:
    sums = months(files).groupby("month").sum()
    return pd.DataFrame({
        "dials": sums["dials"] / sums["workdays"],
        "communications": (sums["dials"] + sums["messages"]) / sums["workdays"],
        "sales": months(files).groupby("month")["sales"].mean(),
    })  # fmt: skip


def score(frame: pd.DataFrame, dials: float = 70) -> pd.Series:
    def points(values: pd.Series, target: float) -> pd.Series:
        return (100 * values / target).clip(0, 120)

    others = 15 * points(frame["quotes"], 8) + 15 * points(frame["meetings"], 14)
    return (dials * points(frame["dials"], 50) + others) / (dials + 30)


def fakers(files: StoryFiles) -> list[str]:
    """Reps more than half of whose calls in autumn 2024 are empty."""
    frame = calls(files)
    frame = frame[frame["month"].between(pd.Period(files.on("2024-09"), "M"), pd.Period(files.on("2024-12"), "M"))]
    share = frame.groupby("rep")["empty"].mean()
    return list(share[share > 0.5].index)


def leavers(files: StoryFiles) -> list[str]:
    return list(files.roster.index[files.roster["end"].between(files.on("2024-10-01"), files.on("2024-11-30"))])


def sellers(files: StoryFiles) -> list[str]:
    """Reps who sell above the middle and fake nothing, of those who were there from the start."""
    frame = reps(files)
    veterans = files.roster.index[files.roster["start"] < files.on("2024-01-01")]
    above = frame.index[frame["sales"] > frame["sales"].median()]
    return [rep for rep in veterans if rep in above and rep not in fakers(files)]


def each_way(files: StoryFiles) -> bool:
    frame = calls(files)
    frame = frame[frame["month"].between(pd.Period(files.on("2024-10"), "M"), pd.Period(files.on("2024-12"), "M"))]
    theirs = frame["rep"].isin(fakers(files))
    signs = [frame["outcome"] == "not in service", frame["outcome"] == "operator",
             frame["started"].dt.hour == 21, frame["seconds"] == 4]  # fmt: skip
    return len(fakers(files)) == 8 and all(sign[theirs].mean() > 2 * sign[~theirs].mean() for sign in signs)


def dials_sell_nothing(files: StoryFiles) -> bool:
    """No empty call sets a meeting, and who fakes nothing held fewer meetings in autumn than in spring."""
    frame = calls(files)
    quick = frame[(frame["seconds"] < 10) & frame["rep"].isin(fakers(files))]
    honest = [rep for rep in sellers(files) if rep not in leavers(files)]
    spring, autumn = (part(months(files), *map(files.on, when)).groupby("rep")["meetings"].mean() for when in
                      (("2024-01", "2024-06"), AUTUMN))  # fmt: skip
    return not (quick["outcome"] == "meeting set").any() and autumn[honest].mean() < spring[honest].mean()


def leavers_told_off(files: StoryFiles) -> bool:
    frame = part(months(files), files.on("2024-07"), files.on("2024-11")).loc[leavers(files)].groupby("rep").sum()
    before = reps(files, "2024-01", "2024-09")["sales"]
    above = (before[leavers(files)] > before.median()).mean() >= 0.75
    return (
        bool(above)
        and before[leavers(files)].mean() > 1.1 * before.median()
        and between(41, (frame["dials"] / frame["workdays"]).mean(), 48)
    )


def missed_while_green(files: StoryFiles) -> bool:
    frame = team(files).loc[files.on(AUTUMN[0]) : files.on(AUTUMN[1])]
    before = reps(files, "2024-01", "2024-09")["sales"].rank(ascending=False)
    told_off = part(months(files), files.on("2024-07"), files.on("2024-12")).loc[sellers(files)]
    return (
        bool(
            (frame["dials"] >= 50).all()
            and (team(files).loc[files.on("2024-10") : files.on("2025-02"), "sales"] < GOAL).all()
        )
        and len(leavers(files)) == 4
        and before[leavers(files)].median() <= 10
        and (told_off["dials"] / told_off["workdays"] < 50).mean() > 0.6
    )


def turned_to_communications(files: StoryFiles) -> bool:
    frame = team(files)
    after = frame.loc[files.on("2025-02") : files.on("2025-06")]
    pivot = next(moment for moment in files.truth["timeline"] if moment["what"] == "pivot")
    return (
        pivot["date"] == files.on("2025-01-01")
        and bool((after["dials"] < 45).all())
        and between(60, after["communications"].mean(), 80)
    )


def nobody_was_left_as_before(files: StoryFiles) -> bool:
    """Each rep who was there before and after the turn dials less: there is nobody to compare with."""
    before, after = reps(files, *AUTUMN)["dials"], reps(files, "2025-02", "2025-06")["dials"]
    change = (after - before).dropna()
    return len(change) > 15 and bool((change < 0).all())


def above_again(files: StoryFiles) -> bool:
    """Every month from March 2025 on, and not the month before."""
    sales = team(files)["sales"]
    after = sales[files.on("2025-03") : files.on("2025-06")]
    return bool((after > GOAL).all() and sales[files.on("2025-02")] < GOAL)


CLAIMS: dict[str, Claim] = {
    "An inside-sales": lambda f: (
        len(f.roster) == 24
        and set(f.roster["office"]) == {"Denver", "Atlanta", "Toronto"}
        and (str(team(f).index[0]), str(team(f).index[-1])) == (f.on("2024-01"), f.on("2025-06"))
    ),
    "whoever made 50 dials": lambda f: (
        [m["date"] for m in f.truth["timeline"] if m["what"] == "reward"] == [f.on("2024-07-01")]
        and next(kpi["target"] for kpi in f.design["kpis"] if kpi["name"] == "Dials") == 50
    ),
    "above 50 dials every month": lambda f: bool((team(f).loc[f.on(AUTUMN[0]) : f.on(AUTUMN[1]), "dials"] > 50).all()),
    "Seven in ten": lambda f: (
        {kpi["name"]: kpi["weight"] for kpi in f.design["kpis"]}["Dials"] == 70 and len(fakers(f)) == 8
    ),
    "Faked dials": dials_sell_nothing,
    "They sold well": leavers_told_off,
    "What is left": lambda f: rank_link(score(reps(f), 0), reps(f)["sales"]) > 0.8,
    "Eight of 24": lambda f: each_way(f) and sorted(fakers(f)) == sorted(f.roles("faker")),
    "They won": lambda f: set(score(reps(f, "2024-07", "2024-12")).nlargest(6).index) <= set(fakers(f)),
    "The honest": missed_while_green,
    "the floor turned": turned_to_communications,
    "sales were above the goal again": above_again,
    "Everybody changed at once": nobody_was_left_as_before,
}


def who_is_on_top(files: StoryFiles) -> str:
    top = score(reps(files)).nlargest(6).index
    places = reps(files)["sales"].rank(pct=True)[top]
    if (places <= 0.5).mean() >= 5 / 6:
        return "Below the middle"
    return "Above the middle" if (places > 0.5).mean() >= 5 / 6 else "In the middle"


def what_sales_did(files: StoryFiles) -> str:
    autumn = team(files).loc[files.on(AUTUMN[0]) : files.on(AUTUMN[1])]
    share = autumn["sales"] / GOAL
    if (share < 1).all() and (autumn["dials"] >= 50).all():
        return "Below the goal, three months in a row"
    return "Above the goal" if (share > 1).all() else "On the goal"


def which_left(files: StoryFiles) -> str:
    left = set(leavers(files))
    if left & set(fakers(files)):
        return "Fakers who were found out"
    return "Honest sellers who missed the dials goal" if leavers_told_off(files) else "Weak sellers who missed both"


def who_rises(files: StoryFiles) -> str:
    frame = reps(files)
    gain = score(frame).rank(ascending=False) - score(frame, 0).rank(ascending=False)
    by_group = {
        "The fakers": gain[fakers(files)].mean(),
        "The honest sellers": gain[sellers(files)].mean(),
        "Nobody": 1.0,
    }
    return max(by_group, key=by_group.__getitem__)


ANSWERS: dict[str, Answer] = {
    "How do most": who_is_on_top,
    "The team made": what_sales_did,
    "Four reps left": which_left,
    "Set the weight": who_rises,
}
