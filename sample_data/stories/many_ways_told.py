"""Many ways to sell: the team with its styles, and the truth that is told after the guess."""

from __future__ import annotations

import pandas as pd

from sample_data.other_months import moved
from sample_data.truth import PlantedKpi, PlantedRep, Question, Truth

SLUG, TITLE = "many-ways-to-sell", "Many ways to sell"
SKILLS = (1.27, 1.14, 1.05, 0.96, 0.88, 0.76)  # the same six in every style
STYLES = {
    "call": ("Nora Eklund", "Jamal Carter", "Beatriz Rocha", "Sean Gallagher", "Anjali Desai", "Victor Popescu"),
    "e-mail": ("Kwame Asante", "Laura Jimenez", "Haruto Sato", "Emily Foster", "Omar Khalil", "Katarzyna Wójcik"),
    "social": ("Mateo Vargas", "Sunita Rao", "Pierre Dubois", "Zanele Dlamini", "Ethan Brooks", "Ji-woo Park"),
    "campaign": ("Amara Diallo", "Henrik Olsen", "Valentina Greco", "Connor Walsh", "Layla Mansour", "Dmitri Volkov"),
}
MANAGERS = ("Rachel Stone", "Arjun Nair", "Maria Schmidt", "Kofi Boateng")
OFFICES = ("Austin", "Chicago", "Boston")
STARTS = ("2019-03-04", "2020-10-05", "2021-06-14", "2018-01-15", "2022-05-02", "2021-11-22")
STYLE_OF = {rep: style for style, reps in STYLES.items() for rep in reps}


def team() -> pd.DataFrame:
    """One row per rep, every manager with reps of all styles: the roster, with ``skill`` and ``style``."""
    rows = [
        (rep, MANAGERS[(i + j) % 4], OFFICES[(i + j // 2) % 3], STARTS[(2 * i + j) % 6], SKILLS[j], style)
        for i, (style, reps) in enumerate(STYLES.items())
        for j, rep in enumerate(reps)
    ]
    frame = pd.DataFrame(sorted(rows), columns=["rep", "manager", "office", "start", "skill", "style"])
    return frame.assign(start=pd.to_datetime([moved(SLUG, day) for day in frame["start"]]), end=pd.NaT)


OPENING = (
    "Twenty-four people sell one product to small firms, April 2024 to June 2025. Some pick up the phone, some write, "
    "some are at home on social networks, some run campaigns. All have the same scorecard: 50 dials a workday, and "
    "conversations. Before you look: does one way of selling sell more than another?"
)


def _own(kpi: str, formula: str, style: str) -> PlantedKpi:
    """A KPI that counts one channel."""
    because = (
        "Among reps who live by this channel, more of it brings more conversations; to the others it means nothing."
    )
    return PlantedKpi(kpi, formula, "segment_only", because,
                      works_for=STYLES[style], lag_periods=(0, 1))  # fmt: skip


KPIS = (
    _own("Dials", "calls / workdays", "call"),
    _own("E-mails", "emails / workdays", "e-mail"),
    _own("Social messages", "social / workdays", "social"),
    _own("Campaigns", "campaigns", "campaign"),
    PlantedKpi("Conversations", "conversations", "lever", lag_periods=(0, 1),
               because="One conversation in eight becomes an order, whatever channel it came through."),
    PlantedKpi("Talk time", "talk_minutes", "redundant", copy_of="Conversations",
               lag_periods=(0, 1),
               because="Minutes add up with the number of conversations; longer ones sell no more."),
)  # fmt: skip
QUESTIONS = (
    Question("Which of the four ways of selling brings most sales per rep?",
             ("Calls", "E-mail", "Social messages", "Campaigns", "None: they sell the same"),
             "None: they sell the same", "Each style has the same six talents, and every conversation counts alike."),
    Question("Who holds the first six places of the scorecard?",
             ("The six best sellers", "The six who live by calls", "A mix"), "The six who live by calls",
             "Six in ten points are for dials; the others hardly make any."),
    Question("Is Dials a useless KPI?",
             ("Yes, for everybody", "No, it works for everybody", "It works for callers alone"),
             "It works for callers alone",
             "A caller who dials more talks more and sells more; three of four styles have another way to a talk."),
    Question("Which one KPI treats all four styles alike?", ("Dials", "E-mails", "Conversations"), "Conversations",
             "It is the step that every way of selling has in common."),
)  # fmt: skip
REVEAL = (
    "Calls, e-mail, social messages and campaigns sell much the same here. The dials KPI takes most "
    "of their points from three of four styles: it asks people who sell by writing to sell by phone. Conversations are "
    "what all styles have in common, and what sales come from."
)
VERDICTS = {
    "preview": {"top_by_score": list(STYLES["call"])},
    "replay": {"box_tickers": list(STYLES["call"][2:])},
    "style": {"cause": "Dials", "favoured": ["call"], "muted": ["e-mail", "social", "campaign"],
              "styles": {style: list(reps) for style, reps in STYLES.items()}},
    "evidence": {"works_only_for": {"Dials": list(STYLES["call"])}, "lever": ["Conversations"]},
}  # fmt: skip


def truth() -> Truth:
    """What was planted."""
    reps = tuple(PlantedRep(rep, style=style) for rep, style in STYLE_OF.items())
    return Truth(story=SLUG, title=TITLE, opening=OPENING, questions=QUESTIONS, reveal=REVEAL, goal="sales", kpis=KPIS,
                 reps=reps, verdicts=VERDICTS)  # fmt: skip
