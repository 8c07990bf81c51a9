"""The quotes desk: the team, who quotes without a deal, and the truth that is told after the guess."""

from __future__ import annotations

import pandas as pd

from sample_data.other_months import moved
from sample_data.truth import Moment, PlantedKpi, PlantedRep, Question, Truth

SLUG, TITLE = "quotes-desk", "The quotes desk"
LAST_DAY = "2025-09-12"

# name, team lead, office, segment, start, skill (meetings with deciders, around 1), quotes a month without a deal
TEAM = (
    ("Nadia Rahman", "Helen Fischer", "Leeds", "Industry", "2019-04-01", 1.42, 0),
    ("Oliver Grant", "Helen Fischer", "Leeds", "Industry", "2021-01-11", 0.78, 19),
    ("Mei Tanaka", "Helen Fischer", "Leeds", "Public", "2020-06-15", 1.18, 0),
    ("Stefan Weber", "Helen Fischer", "Leeds", "Retail", "2018-09-03", 0.95, 0),
    ("Adaeze Nwosu", "Helen Fischer", "Leeds", "Public", "2022-03-07", 1.05, 0),
    ("Callum Reid", "Helen Fischer", "Leeds", "Retail", "2020-11-02", 0.72, 22),
    ("Leila Farouk", "Victor Almeida", "Bristol", "Industry", "2021-05-17", 1.30, 0),
    ("Pedro Vaz", "Victor Almeida", "Bristol", "Retail", "2022-08-22", 0.84, 17),
    ("Ingrid Solberg", "Victor Almeida", "Bristol", "Public", "2017-02-13", 1.25, 0),
    ("Rohan Mehta", "Victor Almeida", "Bristol", "Industry", "2021-10-04", 0.90, 0),
    ("Chloe Martin", "Victor Almeida", "Bristol", "Retail", "2020-01-20", 0.76, 20),
    ("Yusuf Demir", "Victor Almeida", "Bristol", "Public", "2022-06-06", 1.02, 0),
    ("Agnieszka Król", "Ruth Mensah", "Glasgow", "Industry", "2019-08-12", 1.12, 0),
    ("Daniel Osei", "Ruth Mensah", "Glasgow", "Retail", "2021-03-29", 0.82, 16),
    ("Sinead Murphy", "Ruth Mensah", "Glasgow", "Public", "2018-05-21", 1.36, 0),
    ("Lars Holm", "Ruth Mensah", "Glasgow", "Industry", "2022-01-24", 0.70, 18),
    ("Gabriela Costa", "Ruth Mensah", "Glasgow", "Retail", "2024-03-04", 1.10, 0),
    ("Tariq Aziz", "Ruth Mensah", "Glasgow", "Public", "2024-09-02", 0.88, 0),
)
REPS = tuple(row[0] for row in TEAM)
PHANTOM_QUOTERS = tuple(row[0] for row in TEAM if row[6])
HONEST_SELLERS = tuple(
    rep for rep in REPS if rep not in (*PHANTOM_QUOTERS, "Stefan Weber", "Rohan Mehta", "Tariq Aziz")
)


def team() -> pd.DataFrame:
    """One row per rep: the roster, with ``skill`` and ``phantoms``."""
    columns = ["rep", "team_lead", "office", "segment", "start", "skill", "phantoms"]
    frame = pd.DataFrame(TEAM, columns=columns)
    return frame.assign(start=pd.to_datetime([moved(SLUG, day) for day in frame["start"]]), end=pd.NaT)


OPENING = (
    "Eighteen people sell valves, pumps and controls to firms from Leeds, Bristol and Glasgow, January 2024 to "
    "mid-September 2025. Their scorecard counts a quote almost like a sale: no order without a quote, the saying "
    "goes. Some make twice as many quotes as others. Before you look: do they sell twice as much?"
)
KPIS = (
    PlantedKpi("Quotes", "quotes", "useless",
               because="A third of the reps make quotes nobody asked for; the rest of the differences are price "
               "requests, which are rarely won."),
    PlantedKpi("Quoted value", "quoted_value", "useless",
               because="It adds up the same empty quotes, in round sums."),
    PlantedKpi("Sales", "sales", "outcome",
               because="This is the goal itself: its link with sales is automatic, and tells nobody what to do."),
    PlantedKpi("Decision-maker meetings", "decider_meetings", "lever", lag_periods=(0, 2),
               because="Seven in ten quotes that follow them are won; a month with more of them is followed by more "
               "sales."),
    PlantedKpi("Other meetings", "other_meetings", "useless",
               because="Users and buyers are glad to meet and cannot say yes."),
    PlantedKpi("CRM notes", "notes / workdays", "trait",
               because="Careful reps keep notes and sell more; with more notes than usual they sell no more."),
)  # fmt: skip
QUESTIONS = (
    Question("The six reps with most quotes: where do they stand in sales?",
             ("At the top", "Spread over the ranks", "In the bottom half"), "In the bottom half",
             "Most of their quotes answer nobody, and quoting takes the time for meetings."),
    Question("Which of these, when a rep does more of it than usual, is followed by more sales next month?",
             ("Quotes", "Meetings with decision makers", "CRM notes"), "Meetings with decision makers",
             "Seven in ten quotes after such a meeting are won; of the others hardly one in twenty."),
    Question("Good sellers keep more notes. Should notes be a KPI?",
             ("Yes, whoever writes more sells more", "No, it tells who is careful, not what to do"),
             "No, it tells who is careful, not what to do",
             "Reps who keep more notes sell more; in a month with more notes a rep sells no more."),
    Question("Raise the weight of Sales from 40% to 67%, and the score agrees with sales. Is that a better score?",
             ("Yes, it finds the best sellers", "No, it finds nothing new"), "No, it finds nothing new",
             "A score that contains sales rises when sales rise, whatever else is in the score."),
)  # fmt: skip
REVEAL = (
    "Six of 18 reps make some twenty quotes a month that nobody asked for: half on the last three working days, in "
    "round sums, left to expire. They fill the scorecard and the bottom half of the sales list. Sales come from "
    "discovery meetings with people who can decide. Notes are a sign of a careful rep, not a way to sell more."
)
TIMELINE = (
    *(Moment(row[4], "joiner", f"{row[0]} joins") for row in TEAM if row[4] >= "2024"),
    Moment(LAST_DAY, "cut", "The data stop within September 2025"),
)
VERDICTS = {
    "preview": {"top_by_quotes": list(PHANTOM_QUOTERS), "goal_inside_scorecard": ["Sales"]},
    "replay": {"box_tickers": list(PHANTOM_QUOTERS)},
    "evidence": {"partial_period": "2025-09", "trait_not_lever": ["CRM notes"], "lever": ["Decision-maker meetings"]},
    "integrity": {"flagged": list(PHANTOM_QUOTERS), "by": ["quotes without an enquiry", "quotes at the month’s end"]},
}


def truth() -> Truth:
    """What was planted."""
    return Truth(story=SLUG, title=TITLE, opening=OPENING, questions=QUESTIONS, reveal=REVEAL, goal="sales", kpis=KPIS,
                 reps=tuple(map(_rep, TEAM)), timeline=TIMELINE, verdicts=VERDICTS)  # fmt: skip


def _rep(row: tuple) -> PlantedRep:
    rep, start, phantoms = row[0], row[4], row[6]
    joined = start if start >= "2024" else None
    roles = {"phantom_quoter": phantoms, "honest_seller": rep in HONEST_SELLERS, "joiner": joined}
    how = {"from": "2024-01-01", "until": LAST_DAY, "how": {"quotes without an enquiry": 1.0}} if phantoms else None
    return PlantedRep(rep, tuple(role for role, has in roles.items() if has), fakes=how, joined=joined)
