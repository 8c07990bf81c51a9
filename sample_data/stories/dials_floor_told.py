"""The dials floor: the team, the ways of faking, and the truth that is told after the guess."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sample_data.other_months import moved
from sample_data.truth import Moment, PlantedKpi, PlantedRep, Question, Run, Truth

SLUG, TITLE = "dials-floor", "The dials floor"
GOAL = 20_000

# name, manager, office, start, end, skill (meetings, around 1), share of quotes won
TEAM = (
    ("Ana Ruiz", "Grace Kimani", "Denver", "2021-03-01", None, 1.22, 0.42),
    ("Tomasz Nowak", "Grace Kimani", "Denver", "2020-09-14", None, 1.05, 0.44),
    ("Priya Raman", "Grace Kimani", "Denver", "2022-02-07", None, 1.15, 0.39),
    ("Marcus Bell", "Grace Kimani", "Denver", "2019-05-20", None, 0.76, 0.31),
    ("Hana Kobayashi", "Grace Kimani", "Denver", "2018-10-01", "2024-10-18", 1.24, 0.44),
    ("Luca Moretti", "Grace Kimani", "Denver", "2022-08-15", None, 0.93, 0.32),
    ("Derrick Owens", "Grace Kimani", "Denver", "2021-11-08", None, 0.88, 0.33),
    ("Samira Haddad", "Paul Brennan", "Atlanta", "2020-01-13", "2024-10-04", 1.18, 0.43),
    ("Chidi Okafor", "Paul Brennan", "Atlanta", "2021-06-21", None, 1.10, 0.41),
    ("Elena Petrova", "Paul Brennan", "Atlanta", "2019-09-09", "2024-11-22", 1.27, 0.40),
    ("Kyle Jensen", "Paul Brennan", "Atlanta", "2022-04-04", None, 0.96, 0.30),
    ("Brandon Scott", "Paul Brennan", "Atlanta", "2021-02-15", None, 0.90, 0.33),
    ("Vanessa Cole", "Paul Brennan", "Atlanta", "2020-07-06", None, 0.85, 0.34),
    ("Ricardo Lima", "Paul Brennan", "Atlanta", "2022-10-03", None, 0.89, 0.30),
    ("Megan O’Brien", "Paul Brennan", "Atlanta", "2021-08-23", None, 0.89, 0.32),
    ("Wei Zhang", "Sofia Lindqvist", "Toronto", "2019-02-04", None, 1.18, 0.40),
    ("Fatima Noor", "Sofia Lindqvist", "Toronto", "2020-03-16", None, 1.12, 0.42),
    ("Jonas Berg", "Sofia Lindqvist", "Toronto", "2018-06-11", "2024-10-31", 1.20, 0.42),
    ("Isabelle Tremblay", "Sofia Lindqvist", "Toronto", "2022-01-10", None, 0.74, 0.33),
    ("Andre Watson", "Sofia Lindqvist", "Toronto", "2021-05-03", None, 0.91, 0.32),
    ("Noah Levi", "Grace Kimani", "Denver", "2024-11-04", None, 1.12, 0.40),
    ("Aisha Bello", "Paul Brennan", "Atlanta", "2024-10-14", None, 1.15, 0.41),
    ("Diego Santos", "Sofia Lindqvist", "Toronto", "2024-12-02", None, 0.86, 0.34),
    ("Camille Laurent", "Paul Brennan", "Atlanta", "2025-01-13", None, 0.88, 0.33),
)


@dataclass(frozen=True)
class Faking:
    """From when to when, how many dials a day at full swing, and the mix of WAYS."""

    first: str
    last: str
    a_day: int
    mix: tuple[float, float, float, float]


FAKERS = {
    "Luca Moretti": Faking("2024-07-08", "2024-12-31", 88, (60, 15, 5, 20)),
    "Derrick Owens": Faking("2024-08-05", "2024-12-31", 92, (10, 10, 15, 65)),
    "Kyle Jensen": Faking("2024-07-01", "2024-12-31", 96, (15, 10, 60, 15)),
    "Brandon Scott": Faking("2024-07-15", "2024-12-31", 90, (20, 60, 5, 15)),
    "Vanessa Cole": Faking("2024-08-12", "2024-12-31", 94, (35, 30, 5, 30)),
    "Ricardo Lima": Faking("2024-07-22", "2025-01-31", 86, (70, 10, 5, 15)),
    "Megan O’Brien": Faking("2024-07-08", "2024-12-31", 92, (5, 20, 45, 30)),
    "Andre Watson": Faking("2024-07-29", "2025-01-31", 90, (10, 65, 5, 20)),
}
HONEST_SELLERS = (
    "Ana Ruiz", "Tomasz Nowak", "Priya Raman", "Hana Kobayashi", "Samira Haddad", "Chidi Okafor", "Elena Petrova",
    "Wei Zhang", "Fatima Noor", "Jonas Berg",
)  # fmt: skip


def team() -> pd.DataFrame:
    """One row per rep: the roster, with ``skill``, ``wins`` and ``fakes`` (1 for those who will)."""
    frame = pd.DataFrame(TEAM, columns=["rep", "manager", "office", "start", "end", "skill", "wins"])
    return frame.assign(
        start=pd.to_datetime([moved(SLUG, day) for day in frame["start"]]),
        end=pd.to_datetime([moved(SLUG, day) if isinstance(day, str) else None for day in frame["end"]]),
        fakes=frame["rep"].isin(FAKERS).astype(float),
    )


OPENING = (
    "An inside-sales floor of 24 in Denver, Atlanta and Toronto, January 2024 to June 2025. From July 2024 whoever "
    "made 50 dials a workday was praised and paid for it. From October to December 2024 the team was above 50 "
    "dials every month. Look at the ranks before you read on: who would you promote?"
)

KPIS = (
    PlantedKpi(
        "Dials",
        "dials / workdays",
        "gamed",
        lag_periods=(),
        because="Before July 2024 busy reps dialled more and sold more. Once dials paid, a third of the reps "
        "faked them, and the link turned round.",
    ),
    PlantedKpi(
        "Meetings",
        "meetings",
        "lever",
        lag_periods=(0, 2),
        because="Every quote comes out of a meeting; a month with more meetings is followed by more sales.",
    ),
    PlantedKpi(
        "Quotes",
        "quotes",
        "lever",
        lag_periods=(0, 1),
        because="Quotes follow meetings at a fixed rate: a real step on the way, mostly measured by meetings already.",
    ),
    PlantedKpi(
        "Conversations",
        "conversations",
        "lever",
        lag_periods=(0, 2),
        because="Calls on which a meeting was set are among them; most others are small talk.",
    ),
    PlantedKpi(
        "Communications",
        "(dials + emails + socials) / workdays",
        "useless",
        because="Over the whole history it holds the faked dials; since the pivot nobody gains by faking it.",
    ),
)
QUESTIONS = (
    Question(
        "How do most of the six reps with the highest scores sell, from January 2024 to June 2025?",
        ("Above the middle", "In the middle", "Below the middle"),
        "Below the middle",
        "Seven in ten points are for dials, and eight reps faked theirs.",
    ),
    Question(
        "The team made its dials goal in October, November and December 2024. What happened to sales?",
        ("Above the goal", "On the goal", "Below the goal, three months in a row"),
        "Below the goal, three months in a row",
        "Faked dials sell nothing, and honest reps gave up meetings to make dials.",
    ),
    Question(
        "Four reps left in October and November 2024. Which four?",
        ("Weak sellers who missed both", "Honest sellers who missed the dials goal", "Fakers who were found out"),
        "Honest sellers who missed the dials goal",
        "They sold well above the middle and were told off for 45 dials a day.",
    ),
    Question(
        "Set the weight of Dials to 0. Who rises?",
        ("The fakers", "The honest sellers", "Nobody"),
        "The honest sellers",
        "What is left, meetings and quotes, is what sales come from.",
    ),
)
REVEAL = (
    "Eight of 24 reps faked their dials from July 2024 on: disconnected numbers, switchboards, calls at nine "
    "in the evening, calls of four seconds. They won the praise. The honest sellers were told off, four of the best "
    "left, and from October 2024 on the team missed its goal, at first while every dials chart was green. In January "
    "2025 the floor turned from 50 dials to 75 communications a day, calls, e-mails and social messages together. "
    "From March 2025 on sales were above the goal again. Everybody changed at once, so this is no proof that the "
    "change raised sales."
)
TIMELINE = (
    Moment("2024-07-01", "reward", "50 dials a workday are rewarded"),
    *(Moment(row[4], "leaver", f"{row[0]} leaves") for row in TEAM if row[4]),
    *(Moment(row[3], "joiner", f"{row[0]} joins") for row in TEAM if row[3] >= "2024"),
    Moment("2025-01-01", "pivot", "75 communications a workday take the place of 50 dials"),
    Moment("2025-03-01", "recovery", "Sales are back above the goal"),
)
VERDICTS = {
    "preview": {
        "top_by_score": list(FAKERS),
        "risen_without_dials": [rep for rep in HONEST_SELLERS if rep != "Hana Kobayashi"],
    },
    "replay": {
        "winners": list(FAKERS),
        "reprimanded": list(HONEST_SELLERS),
        "leavers": [row[0] for row in TEAM if row[4]],
        "run": ["2024-10", "2024-11", "2024-12"],
        "box_tickers": list(FAKERS),
        "unsung_sellers": list(HONEST_SELLERS),
    },
    "integrity": {"flagged": list(FAKERS), "decoupled": ["Dials"], "reward_date": "2024-07-01"},
    "trials": {
        "pivot": "2025-01-01",
        "from": "50 dials a workday",
        "to": "75 communications a workday",
        "kind": "pooled before and after only: nobody was left out of the change",
    },
}


def truth() -> Truth:
    """What was planted."""
    return Truth(
        story=SLUG, title=TITLE, opening=OPENING, questions=QUESTIONS, reveal=REVEAL, goal="sales", kpis=KPIS,
        reps=tuple(_rep(*row[:1], *row[3:5]) for row in TEAM), timeline=TIMELINE,
        runs=(Run("Dials", "2024-10", "2024-12", 3),), verdicts=VERDICTS)  # fmt: skip


def _rep(rep: str, start: str, end: str | None) -> PlantedRep:
    joined = start if start >= "2024" else None
    roles = {"faker": rep in FAKERS, "honest_seller": rep in HONEST_SELLERS, "leaver": end, "joiner": joined}
    played = tuple(role for role, has in roles.items() if has)
    return PlantedRep(rep, played, fakes=_faking(rep), joined=joined, left=end)


def _faking(rep: str) -> dict | None:
    if rep not in FAKERS:
        return None
    plan = FAKERS[rep]
    ways = ("dead numbers", "operators", "after hours", "seconds-long")
    return {"from": plan.first, "until": plan.last, "how": dict(zip(ways, [p / 100 for p in plan.mix], strict=True))}
