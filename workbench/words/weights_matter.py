"""Words on how much the weights matter: ties, the KPI that decides the ranking, how far each weight can go."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from workbench.weights.effective_shares import LEAST_FOR_COPIES
from workbench.weights.rank_ranges import RankRanges
from workbench.weights.score_spread import LEAST_MONTHS
from workbench.weights.sweep import Flip, Sweep
from workbench.words.lists import MOST_NAMES, list_names
from workbench.words.numbers import percent, pluralize, signed_number

INFLUENCE_METHOD = (
    "**Stated weight** is the weight ÷ total. **Actual influence** is the KPI's share in the differences between "
    "reps' scores, "
    "share × cov(points, score) ÷ var(score) (Paruolo, Saisana, Saltelli 2013). A KPI is named where its influence "
    "is less than a quarter of its weight, where it is above one half and half as much again as its weight, or where "
    f"its points correlate with another KPI's at 0.9 or more over at least {LEAST_FOR_COPIES} reps. Influence adds up "
    "to 100%: where one KPI pulls the other way, the others together make more, and each is shown up to 100%. Exact, "
    "nothing is simulated."
)
SWEEP_METHOD = (
    "One weight goes from 0 to 100%, the others keep their proportions: 1,001 steps, exact. The **line** is the link "
    "between the score of one period and the goal of the *next* (Spearman, over rep-periods). **Shaded** is the span "
    "around today's share in which the same reps are on top."
)
DROP_METHOD = (
    "Each KPI is set to 0 in turn, the others keep their proportions. *Link with the next period* is Spearman of a "
    "period's score with the goal of the period after; the change is against today's. Exact."
)
RANGES = {"both": "Both", "weights": "Other weights", "periods": "Chance"}
ONE_BY_ONE = (
    "Dot: today's rank. Bar: the ranks that the data allow for this rep. The colour changes where a new group begins."
)
LONGEST_WAIT = 36
LEAST_SHOWN = 0.005  # less than this is 0% on screen


def ranges_method(draws: int) -> str:
    """How rank ranges are made, with the number of weights drawn."""
    weights = (
        "*Other weights*: shares drawn around today's (Dirichlet, κ = 50: a share of 50% wanders between about 38 and "
        "62%); the data stay as they are."
    )
    chance = (
        "*Chance*: what each month did to each score (jackknife pseudo-values), rep and month effects out, each rep's "
        "variance drawn towards the team's (10 degrees of freedom), one bias-corrected AR(1) for neighbouring "
        "months; where days at work are known a month weighs by them. "
        "**Pairs** are separated over all pairs at once (Tukey's range at 95%): in 12,000 simulated teams of "
        "equal reps a false pair stood in at most 6 of 100 at 12 and 24 months. With fewer than 8 months nobody is "
        "separated. A **bar** is about one rep alone (95%; Mogstad, Romano, Shaikh & Wilhelm 2023)."
    )
    both = f"*Both*: what holds in 95% of {draws - 1:,} drawn weights. " if draws > 1 else ""
    return f"{weights} {chance} {both}The seed is fixed, so the same design gives the same bars."


CHOICES_METHOD = (
    "**Weights**: each one ranges by itself from half to one and a half times what it is; the bar is its part in the "
    "variance of the average rank shift, interactions included (Sobol total index, 512 draws × "
    "(KPIs + 2)). **Rules**: every way to make points and to combine them, with the same weights: exact."
)
POINTS = {"attainment": "value ÷ target", "percentile": "percentile", "zscore": "distance from the average",
          "minmax": "between the anchors"}  # fmt: skip
COMBINE = {"mean": "average", "geometric": "geometric average", "minimum": "the worst KPI counts"}


def influence_sentence(row: Mapping[str, Any]) -> str:
    """What is odd about one KPI's influence; empty when nothing is."""
    kpi, stated, actual = row["kpi"], percent(float(row["share"])), influence_percent(float(row["effective"]))
    if row["verdict"] == "no values":
        return f"{kpi} has {stated} of the weight, but there are no values of {kpi} to rank by."
    if row["verdict"] == "near copy":
        return f"{kpi} and {row['copy_of']} measure the same thing, so it counts twice."
    if row["verdict"] == "decorative" and float(row["effective"]) < -LEAST_SHOWN:
        return f"Reps who do better on {kpi} rank lower, although {kpi} has {stated} of the weight."
    if row["verdict"] == "decorative" and float(row["effective"]) < LEAST_SHOWN:
        return f"{kpi} has {stated} of the weight but no influence on the ranking."
    if row["verdict"] == "decorative":
        return f"{kpi} has {stated} of the weight but only {actual} of the influence on the ranking."
    if row["verdict"] == "dominant":
        return f"{kpi} has {stated} of the weight but {actual} of the influence on the ranking."
    return ""


def influence_percent(share: float) -> str:
    """An actual influence as people read a share: between 0% and 100%; "pulls the other way" below 0."""
    if share < -LEAST_SHOWN:
        return "pulls the other way"
    return percent(min(max(share, 0.0), 1.0)) if math.isfinite(share) else percent(share)


def influence_warnings(found: pd.DataFrame) -> list[str]:
    """A warning for each KPI with odd influence; of two copies of each other only for the first."""
    rows, said = found.to_dict("records"), []
    for at, row in enumerate(rows):
        told = any(earlier["kpi"] == row["copy_of"] and earlier["copy_of"] == row["kpi"] for earlier in rows[:at])
        said += [influence_sentence(row)] if influence_sentence(row) and not told else []
    return said


def furthest_influence_sentence(found: pd.DataFrame) -> str:
    """Where no KPI is odd: the one whose real share is furthest from the stated one."""
    if found["effective"].isna().all():
        return "Everybody scores the same, so no KPI tells reps apart."
    far = found.loc[(found["effective"] - found["share"]).abs().idxmax()]
    return (
        f"The largest gap: {far['kpi']} has {percent(far['share'])} of the weight and "
        f"{influence_percent(far['effective'])} of the influence on the ranking."
    )


def nearest_change_sentence(found: Sweep, names: Mapping[str, str]) -> str:
    """How far the weight can go before the top changes, and what changes then."""
    nearest = found.nearest_flip
    if nearest is None:
        return "The same reps stay at the top with any weight."
    far = 100 * abs(nearest.share - found.share)
    where = "higher" if nearest.share > found.share else "lower"
    at = round(100 * nearest.share, 1)
    return f"At {at:g}%, {far:.1f} points {where}, {_change(nearest, names)} at the top."


def _change(found: Flip, names: Mapping[str, str]) -> str:
    enters, leaves = (list_names([names[rep] for rep in reps], MOST_NAMES) for reps in (found.enters, found.leaves))
    if enters and leaves:
        return f"{enters} {'replaces' if len(found.enters) == 1 else 'replace'} {leaves}"
    several = len(found.enters or found.leaves) > 1
    if enters:
        return f"{enters} {'join' if several else 'joins'} the others"
    return f"{leaves} {'are' if several else 'is'} no longer"


DETAILS = "Show all figures"
TIED, DECIDES, HOW_FAR = "Which reps are tied", "Which KPI decides the ranking", "How far each weight can go"
SPAN_MEANS = "weights under which the same {top} reps stay on top"
DECIDES_FROM, TIMES_THE_NEXT = 0.5, 2


def deciding_kpi_sentence(found: pd.DataFrame) -> str:
    """The KPI with most influence on the ranking, and whether it decides; ``found`` as of ``effective_shares``."""
    if found["effective"].isna().all():
        return "Everybody scores the same, so no KPI tells reps apart."
    most = found.loc[found["effective"].idxmax()]
    next_most = found["effective"].drop(most.name).max()  # missing with one KPI
    stated, actual = percent(float(most["share"])), influence_percent(float(most["effective"]))
    if most["effective"] >= DECIDES_FROM and not most["effective"] < TIMES_THE_NEXT * next_most:
        return f"{most['kpi']} decides the ranking: {stated} of the weight, {actual} of the influence."
    return f"No KPI decides the ranking alone. {most['kpi']} has most influence: {actual}."


def safe_span_sentence(sweeps: Sequence[Sweep], top: int, names: Mapping[str, str]) -> str:
    """The smallest step of a weight that changes who is on top."""
    changing = [found for found in sweeps if found.nearest_flip is not None]
    if not changing:
        return f"The same reps stay in the top {top} with any weights."
    nearest = min(changing, key=_room)
    return f"Least room: {nearest.kpi}. {nearest_change_sentence(nearest, names)}"


def _room(found: Sweep) -> float:
    """How far a weight can go before the top changes."""
    flip = found.nearest_flip
    return abs(flip.share - found.share) if flip else math.inf


def ties_sentence(found: RankRanges, names: Mapping[str, str], grain: str = "month") -> str:
    """Which reps are tied, in one sentence on the top and one on all ranks."""
    all_tiers, noun = found.tiers(), _month(grain)
    short, ranked = short_ties_sentence(found, names, grain), sum(map(len, all_tiers))
    if ranked < 2:
        return short
    if found.too_short:
        return f"{short} It takes at least {pluralize(LEAST_MONTHS, noun)}."
    if len(all_tiers) > 1:
        return f"{_top(found, all_tiers[0], names)} {short}"
    return f"{short} All others are tied." if found.above.any() else short + _wait(found, noun)


def short_ties_sentence(found: RankRanges, names: Mapping[str, str], grain: str = "month") -> str:
    """How far the ranks can be told apart, in one sentence."""
    all_tiers = found.tiers()
    ranked = sum(map(len, all_tiers))
    if ranked < 2:
        return f"{names[all_tiers[0][0]]} is the only rep with a score." if ranked else (
            "Nobody has a score to be ranked by."
        )  # fmt: skip
    if found.too_short:
        noun = _month(grain)
        history = pluralize(found.months, noun) if found.months else f"less than a {noun}"
        return f"All {ranked} reps are tied: {history} of data cannot separate them."
    if len(all_tiers) > 1:
        return _groups(all_tiers)
    if told := int(found.above.sum()):
        every = pluralize(ranked * (ranked - 1) // 2, "pair")
        return f"Only {told:,} of {every} of reps {'have' if told > 1 else 'has'} a clear order."
    if found.months is None:
        return f"All {ranked} reps are tied: {_why_tied(found)}."
    return f"All {ranked} reps are tied: the ranks tell how these {_month(grain)}s went, not who is better."


def _month(grain: str) -> str:
    """What ``RankRanges`` counts as a month: days and weeks are taken together."""
    return "quarter" if grain == "quarter" else "month"


def _top(found: RankRanges, top: tuple[str, ...], names: Mapping[str, str]) -> str:
    if len(top) == 1:
        return f"{names[top[0]]} is clearly ahead of everybody else."
    if found.above[: len(top), : len(top)].any():
        return f"The top {len(top)} reps are clearly ahead of the rest."
    return f"The top {len(top)} reps are tied: {_why_tied(found)}."


def _groups(all_tiers: list[tuple[str, ...]]) -> str:
    sizes = list_names([pluralize(len(tier), "rep") for tier in all_tiers])
    return f"Only {len(all_tiers)} groups are clearly apart: {sizes}."


def _why_tied(found: RankRanges) -> str:
    return "slightly other weights swap them" if found.months is None else "the data cannot separate them"


def _wait(found: RankRanges, noun: str) -> str:
    if found.months is None or found.ends_after is None:
        return ""
    more = found.ends_after - found.months
    if more > LONGEST_WAIT:
        return " Separating even first from last would take years."
    return f" Separating first from last needs about {pluralize(max(more, 1), f'more {noun}')}."


def rank_pairs_table(found: RankRanges, names: Mapping[str, str]) -> pd.DataFrame:
    """One row per rep who certainly ranks above others: ``Rep``, ``Reps below``, ``Ranks above``."""
    rows = [(names[rep], len(below), list_names([names[other] for other in below]))
            for rep, below in found.pairs()]  # fmt: skip
    return pd.DataFrame(rows, columns=["Rep", "Reps below", "Ranks above"])


def drop_table(found: pd.DataFrame, top: int) -> pd.DataFrame:
    """One row per KPI left out, as text: ranks moved, how many stay on top, link with the next period."""
    return pd.DataFrame({
        "Without": found["kpi"],
        "Ranks moved, average": found["mean_shift"].map(lambda value: signed_number(value, 1)),
        "Ranks moved, most": found["largest_shift"].map(lambda value: signed_number(value, 0)),
        f"Stay in the top {top}": found["top_kept"].map(lambda value: signed_number(value, 0)),
        "Link with the next period": found["next_period"].map(signed_number),
        "Change": found["next_change"].map(lambda value: ("+" if value > 0.005 else "") + signed_number(value)),
    })  # fmt: skip


def sensitivity_sentence(found: pd.DataFrame) -> str:
    """Whose weight moves the ranks most; ``found`` as of ``weight_sensitivity``."""
    if found["total"].isna().all():
        return "No rank moves when weights go up or down by half."
    first = found.sort_values("total", ascending=False).iloc[0]
    return f"The weight of {first['kpi']} moves the ranks most."


def other_rules_sentence(found: pd.DataFrame) -> str:
    """How far the ranks move under other rules; ``found`` as of ``other_rules``."""
    others = found[~found["today"]].sort_values("mean_shift", ascending=False)
    if others.empty or others["mean_shift"].isna().all():
        return "No other rule gives ranks to compare with."
    shift = signed_number(others.iloc[0]["mean_shift"], 1)
    return f"Under the scoring rule that differs most, reps move by {shift} ranks on average."


def other_rules_small_print(found: pd.DataFrame) -> str:
    """Which rule moves the ranks most; empty where no other rule ranks anybody."""
    others = found[~found["today"]].sort_values("mean_shift", ascending=False)
    if others.empty or others["mean_shift"].isna().all():
        return ""
    most = others.iloc[0]
    return f"The rule that differs most: {POINTS[most['points']]}, {COMBINE[most['combine']]}."


def rules_table(found: pd.DataFrame) -> pd.DataFrame:
    """One row per rule, today's first, ready to be shown."""
    ordered = found.sort_values(["today", "mean_shift"], ascending=[False, True])
    names = ordered["points"].map(POINTS) + ", " + ordered["combine"].map(COMBINE)
    return pd.DataFrame({
        "Points, combined": names.where(~ordered["today"], names + " (today)"),
        "Ranks moved": ordered["mean_shift"].map(lambda value: signed_number(value, 1)),
        "At most": ordered["largest_shift"].map(lambda value: signed_number(value, 0)),
        "Link with the next period": ordered["next_period"].map(signed_number),
    })  # fmt: skip
