"""The conversation: the team with its rates at each step, and the truth that is told after the guess."""

from __future__ import annotations

import pandas as pd

from sample_data.other_months import moved
from sample_data.truth import Phase, PlantedKpi, PlantedRep, Question, Truth

SLUG, TITLE = "the-conversation", "The conversation"
_STEPS = ("hung up", "talked", "need found", "offer discussed", "meeting set")
_NAMES = ("Reached", "Conversation", "Need found", "Offer discussed", "Meeting set")

# name, manager, office, start, share of calls that get on at each of the five steps
TEAM = (
    ("Alicia Moreno", "Dana Whitfield", "Phoenix", "2023-02-06", (0.460, 0.49, 0.50, 0.60, 0.44)),
    ("Ben Hartley", "Dana Whitfield", "Phoenix", "2022-06-13", (0.210, 0.75, 0.48, 0.63, 0.46)),
    ("Chiamaka Eze", "Dana Whitfield", "Phoenix", "2023-09-11", (0.225, 0.52, 0.76, 0.61, 0.43)),
    ("David Cohen", "Dana Whitfield", "Phoenix", "2021-04-19", (0.200, 0.48, 0.51, 0.90, 0.47)),
    ("Eva Novák", "Dana Whitfield", "Phoenix", "2022-10-24", (0.215, 0.51, 0.49, 0.62, 0.74)),
    ("Felipe Araujo", "Dana Whitfield", "Phoenix", "2023-05-15", (0.330, 0.50, 0.46, 0.58, 0.42)),
    ("Gulsen Yilmaz", "Dana Whitfield", "Phoenix", "2024-01-22", (0.140, 0.53, 0.52, 0.64, 0.45)),
    ("Hugo Lambert", "Simon Okoye", "Tampa", "2022-03-28", (0.265, 0.46, 0.50, 0.59, 0.48)),
    ("Imani Jackson", "Simon Okoye", "Tampa", "2023-07-17", (0.300, 0.54, 0.53, 0.66, 0.46)),
    ("Julian Frost", "Simon Okoye", "Tampa", "2021-11-01", (0.155, 0.49, 0.48, 0.61, 0.41)),
    ("Keiko Mori", "Simon Okoye", "Tampa", "2022-09-05", (0.245, 0.51, 0.55, 0.60, 0.45)),
    ("Liam Doyle", "Simon Okoye", "Tampa", "2023-03-20", (0.175, 0.47, 0.47, 0.57, 0.44)),
    ("Mariana Silva", "Simon Okoye", "Tampa", "2024-02-12", (0.345, 0.52, 0.51, 0.63, 0.47)),
    ("Nikhil Sharma", "Simon Okoye", "Tampa", "2022-12-05", (0.130, 0.50, 0.49, 0.62, 0.43)),
    ("Olga Ivanova", "Teresa Blum", "Columbus", "2023-10-09", (0.235, 0.55, 0.52, 0.64, 0.49)),
    ("Paolo Ricci", "Teresa Blum", "Columbus", "2021-08-16", (0.285, 0.48, 0.45, 0.60, 0.42)),
    ("Quinn Taylor", "Teresa Blum", "Columbus", "2022-05-09", (0.185, 0.51, 0.50, 0.59, 0.46)),
    ("Rania Saleh", "Teresa Blum", "Columbus", "2023-01-30", (0.310, 0.49, 0.54, 0.65, 0.45)),
    ("Sven Larsson", "Teresa Blum", "Columbus", "2024-04-08", (0.165, 0.53, 0.49, 0.61, 0.44)),
    ("Tanya Brooks", "Teresa Blum", "Columbus", "2022-01-10", (0.255, 0.50, 0.51, 0.62, 0.43)),
)
RATES = {row[0]: row[4] for row in TEAM}


def _phase(step: int) -> Phase:
    rates = pd.Series({rep: rates[step] for rep, rates in RATES.items()})
    spread = round(float(rates.std() / rates.mean()), 3)
    return Phase(_NAMES[step], _STEPS[step:], round(float(rates.mean()), 3), spread, str(rates.idxmax()))


PHASES = tuple(map(_phase, range(5)))
BEST = {phase.best_rep: phase.name for phase in PHASES}


def team() -> pd.DataFrame:
    """One row per rep: the roster."""
    frame = pd.DataFrame([row[:4] for row in TEAM], columns=["rep", "manager", "office", "start"])
    return frame.assign(start=pd.to_datetime([moved(SLUG, day) for day in frame["start"]]), end=pd.NaT)


OPENING = (
    "Twenty people set up meetings by phone, January to June 2025: same lists, same script. "
    "Some hold four meetings a week and some hold one. Their scorecard counts dials and numbers called. Before you "
    "look: at which step of the call would you say the difference is made?"
)
KPIS = (
    PlantedKpi("Dials", "dials / workdays", "useless",
               because="Everybody dials alike, so dials tell nobody apart."),
    PlantedKpi("Numbers called", "numbers_called", "redundant", copy_of="Dials",
               because="On long lists nearly every dial is another number."),
    PlantedKpi("Reach rate", "reached / dials", "lever", lag_periods=(0, 1),
               because="The step with the widest spread: whoever calls when people pick up talks more and sets more."),
    PlantedKpi("Talk time", "talk_seconds / 3600", "lever", lag_periods=(0, 1),
               because="Talk begins when somebody picks up and lasts while there is a need: it holds all the steps."),
    PlantedKpi("Meetings set", "meetings_set", "outcome", lag_periods=(0, 1),
               because="Four in five meetings that are set are held a few days later: the goal, one step earlier."),
)  # fmt: skip
QUESTIONS = (
    Question("Who dials most? Do they hold most meetings?", ("Yes, by far", "A little", "Everybody dials alike"),
             "Everybody dials alike", "Between most and least dials there are a few per cent."),
    Question("At which of the five steps do reps differ most?", _NAMES, "Reached",
             "Some reach one in seven, some one in three, and one nearly one in two, on the same lists."),
    Question("Is there one rep who is best at every step?", ("Yes", "No, another rep at each step"),
             "No, another rep at each step", "Each of five reps is far ahead at one step and ordinary at the rest."),
    Question("Why do some reach more people on the same lists?",
             ("A better voice", "They call when people pick up", "Better lists"), "They call when people pick up",
             "Before ten and after four, about four times as many pick up as between twelve and two. "
             "At the same hour all reach alike."),
)  # fmt: skip
REVEAL = (
    "The first step makes the difference: who picks up depends on the hour, and reps keep different hours. Each of "
    "five reps could teach the others one step: " + ", ".join(f"{rep} ({name})" for rep, name in BEST.items()) + ". "
    "Coach the first step first: every call won there runs through all the others. What is learnt there is the hour: "
    "at the same hour nobody reaches more than the rest. Dials show none of this."
)
VERDICTS = {
    "preview": {"no_spread": ["Dials"]},
    "phases": {"order": list(_NAMES), "start": "dials", "first_reducible": "Reached", "cause_at_first": "hour",
               "best": {phase.name: phase.best_rep for phase in PHASES},
               "weakest_at_first": sorted(RATES, key=lambda rep: RATES[rep][0])[:5]},
    "coaching": {"teachers": {phase.name: phase.best_rep for phase in PHASES}, "first": "Reached"},
}  # fmt: skip


def truth() -> Truth:
    """What was planted."""
    reps = tuple(PlantedRep(rep, ("best_at_phase",) if rep in BEST else (), best_phase=BEST.get(rep)) for rep in RATES)
    return Truth(story=SLUG, title=TITLE, opening=OPENING, questions=QUESTIONS, reveal=REVEAL, goal="held", kpis=KPIS,
                 reps=reps, phases=PHASES, verdicts=VERDICTS)  # fmt: skip
