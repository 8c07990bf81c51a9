"""What is told of the quotes desk, computed from its files."""

from __future__ import annotations

import pandas as pd

from tests.samples.raw import count as count_rows
from tests.samples.raw import counted, next_month, rank_link, within
from tests.samples.raw import total as total_of
from tests.samples.story_files import Answer, Claim, StoryFiles, between

LAST_WHOLE = "2025-08-31"


def quotes(files: StoryFiles) -> pd.DataFrame:
    return files.read("quotes.csv", "quoted_on")


def meetings(files: StoryFiles) -> pd.DataFrame:
    return files.read("meetings.csv", "held_on")


def months(files: StoryFiles) -> pd.DataFrame:
    deciding = meetings(files)["attendee"] == "decision maker"
    return counted(
        files.employed(files.on("2024-01-01"), files.on(LAST_WHOLE)),
        quotes=count_rows(quotes(files)),
        value=total_of(quotes(files), "amount"),
        deciders=count_rows(meetings(files)[deciding]),
        others=count_rows(meetings(files)[~deciding]),
        notes=total_of(files.read("notes.csv", "week_of"), "notes"),
        sales=total_of(files.read("orders.csv", "ordered_on"), "amount"),
    )


def means(files: StoryFiles) -> pd.DataFrame:
    return months(files).groupby("rep").mean()


def busiest(files: StoryFiles) -> list[str]:
    return list(means(files)["quotes"].nlargest(6).index)


def after_more(files: StoryFiles, column: str) -> float:
    """How a month with more than usual goes with the sales of the month after."""
    frame = months(files)
    return rank_link(within(frame[column]), next_month(within(frame["sales"])))


def unasked(files: StoryFiles) -> pd.DataFrame:
    return quotes(files)[quotes(files)["enquiry"] == "none"]


def empty_and_fewer_meetings(files: StoryFiles) -> bool:
    six = busiest(files)
    theirs = quotes(files)[quotes(files)["rep"].isin(six)]
    met = means(files)["deciders"]
    return bool((theirs["enquiry"] == "none").mean() > 0.5 and met[six].mean() < 0.85 * met.drop(six).mean())


def won_by_origin(files: StoryFiles) -> tuple[float, float]:
    """Share won of quotes that follow a meeting with a decision maker, and of all others (decided ones)."""
    met = meetings(files)[["rep", "account", "held_on", "attendee"]]
    decided = quotes(files)[quotes(files)["status"] != "Open"]
    pairs = decided[decided["enquiry"] == "meeting"].merge(met, on=["rep", "account"])
    days = (pairs["quoted_on"] - pairs["held_on"]).dt.days
    pairs = pairs[days.between(1, 14)].drop_duplicates("id", keep=False)  # one meeting alone can be the origin
    deciding = pairs["attendee"] == "decision maker"
    rest = pd.concat([pairs[~deciding]["status"], decided[decided["enquiry"] != "meeting"]["status"]])
    return float((pairs[deciding]["status"] == "Won").mean()), float((rest == "Won").mean())


def end_of_month(files: StoryFiles) -> float:
    """Share of quotes nobody asked for on the last three days on which the rep was at work that month."""
    empty = unasked(files)
    empty = empty[empty["month"] < files.on("2025-09")]  # the last month is cut before its end
    last = {month: pd.bdate_range(month.start_time, month.end_time)[-5] for month in empty["month"].unique()}
    return float((empty["quoted_on"] >= empty["month"].map(last)).mean())


def made_of_nothing(files: StoryFiles) -> bool:
    empty = unasked(files)
    a_month = empty.groupby("rep").size() / months(files).groupby("rep").size()
    return (
        a_month.notna().sum() == 6
        and len(files.roster) == 18
        and between(16, a_month.mean(), 25)
        and between(0.45, end_of_month(files), 0.65)
        and bool((empty["amount"] % 2_500 == 0).all())
        and not bool((empty["status"] == "Won").any())
    )


def score(files: StoryFiles) -> pd.Series:
    frame = means(files)
    points = {"quotes": (30, 40), "sales": (20_000, 40), "value": (180_000, 20)}
    parts = {name: weight * (100 * frame[name] / target).clip(0, 120) for name, (target, weight) in points.items()}
    return pd.DataFrame(parts).sum(axis=1, skipna=False)


def fills_both(files: StoryFiles) -> bool:
    six = set(unasked(files)["rep"])
    sales = means(files)["sales"].rank(ascending=False)
    return len(six & set(score(files).nlargest(9).index)) >= 5 and bool(sales[sorted(six)].min() > 9)


CLAIMS: dict[str, Claim] = {
    "Eighteen people": lambda f: (
        len(f.roster) == 18
        and set(f.roster["office"]) == {"Leeds", "Bristol", "Glasgow"}
        and {"Valves", "Pumps", "Controls"} <= set(quotes(f)["product"])
        and f"{quotes(f)['quoted_on'].min():%Y-%m}" == f.on("2024-01")
        and between(8, quotes(f)["quoted_on"].max().day, 16)
        and f"{quotes(f)['quoted_on'].max():%Y-%m}" == f.on("2025-09")
    ),
    "Their scorecard": lambda f: (
        {kpi["name"]: kpi["weight"] for kpi in f.design["kpis"] if kpi["weight"]}
        == {"Quotes": 40, "Sales": 40, "Quoted value": 20}
        and f.read("orders.csv", "ordered_on")["quote"].notna().all()
    ),
    "Some make twice": lambda f: bool(
        means(f)["quotes"].nlargest(6).mean() > 1.8 * means(f)["quotes"].nsmallest(12).mean()
    ),
    "Most of their": empty_and_fewer_meetings,
    "Seven in ten": lambda f: between(0.65, won_by_origin(f)[0], 0.75) and won_by_origin(f)[1] < 0.05,
    "Reps who keep": lambda f: (
        rank_link(means(f)["notes"], means(f)["sales"]) > 0.5 and abs(after_more(f, "notes")) < 0.15
    ),
    "A score that": lambda f: rank_link(score(f), means(f)["sales"]) > rank_link(means(f)["quotes"], means(f)["sales"]),
    "Six of 18": made_of_nothing,
    "They fill": fills_both,
    "Sales come from": lambda f: (
        rank_link(means(f)["deciders"], means(f)["sales"]) > 0.6 and after_more(f, "deciders") > 0.25
    ),
    "Notes are": lambda f: (
        rank_link(means(f)["notes"], means(f)["deciders"]) > 0.4 and abs(after_more(f, "notes")) < 0.15
    ),
}


def where_busiest_stand(files: StoryFiles) -> str:
    ranks = means(files)["sales"].rank(ascending=False)[busiest(files)]
    if ranks.min() > len(files.roster) / 2:
        return "In the bottom half"
    return "At the top" if ranks.max() <= 9 else "Spread over the ranks"


def what_leads(files: StoryFiles) -> str:
    links = {"Quotes": "quotes", "Meetings with decision makers": "deciders", "CRM notes": "notes"}
    found = {name: after_more(files, column) for name, column in links.items()}
    return max(found, key=found.__getitem__)


def should_notes(files: StoryFiles) -> str:
    if after_more(files, "notes") > 0.15:
        return "Yes, whoever writes more sells more"
    return "No, it tells who is careful, not what to do"


def is_agreement_proof(files: StoryFiles) -> str:
    """Agreement that the goal's own weight makes says nothing: without it, the same score agrees no more.

    With the weight in force, 40%, the score does not agree with sales; with 67%, thrice the 40 beside 60, it does.
    """
    frame = means(files)
    rest = 40 * (100 * frame["quotes"] / 30).clip(0, 120) + 20 * (100 * frame["value"] / 180_000).clip(0, 120)
    own = (100 * frame["sales"] / 20_000).clip(0, 120)
    weights = {kpi["name"]: kpi["weight"] for kpi in files.design["kpis"]}
    assert (weights["Sales"], weights["Quotes"] + weights["Quoted value"]) == (40, 60)
    by_itself, now, raised = (rank_link(rest + weight * own, frame["sales"]) for weight in (0, 40, 120))
    assert now < 0.3
    assert raised > 0.5
    return "Yes, it finds the best sellers" if by_itself > 0.3 else "No, it finds nothing new"


ANSWERS: dict[str, Answer] = {
    "The six reps": where_busiest_stand,
    "Which of these": what_leads,
    "Good sellers": should_notes,
    "Raise the weight": is_agreement_proof,
}
