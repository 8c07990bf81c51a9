"""One rep, for the coaching talk: one thing to practise, what the rep is ahead at, and a page to print."""

from __future__ import annotations

from datetime import date
from html import escape

import numpy as np

from workbench.phases.coaching_plan import Coaching, phase_to_practise, rep_to_learn_from
from workbench.phases.phase_findings import PhaseFindings
from workbench.words.coaching import rate_words
from workbench.words.coaching_sheet import print_page
from workbench.words.lists import list_names
from workbench.words.numbers import short_number
from workbench.words.panels import day_words

LIKELY = (
    "Likely: your rate after allowing for luck and for easy or hard lists. With few calls it stays near the team's."
)
TALK_ON = "Talk on"
TALK = ("What we agreed to practise", "Calls to listen to together", "We compare again on")


def practise_sentence(found: PhaseFindings, coaching: Coaching, rep: int, gone: bool = False) -> str:
    """The one thing for a rep to practise, or that nothing is to be said."""
    name = found.cube.reps[rep]
    if gone:
        return f"{name} has stopped calling, so there is nothing to practise."
    if coaching.why_none == "outcomes_open":
        return f"For {name}, say first what the outcomes mean."
    if not any(phase.readable for phase in found.phases):
        return f"For {name}, no phase can be read yet."
    k = phase_to_practise(found, coaching, rep)
    if k is None:
        return f"{name} is not below the middle rep at any phase that can be read."
    phase = found.phases[k]
    now, reach = rate_words(float(phase.rates.shrunk[rep])), rate_words(float(phase.achievable.mean()))
    if coaching.hour_first and phase.name == coaching.plan[0].phase:
        return f"Try other hours with {name}: about {now} get through {phase.name} now, and {reach} is in reach."
    return f"Practise {phase.name} with {name}: about {now} get through now, and {reach} is in reach."


def rep_notes(found: PhaseFindings, rep: int) -> list[str]:
    """What the rep is ahead at, and at which phases it is too early to say anything."""
    name = found.cube.reps[rep]
    ahead = [phase.name for phase in found.phases if rep_to_learn_from(found, phase) == name]
    unread = [phase.name for phase in found.phases if not phase.readable and phase.why != "alike"]
    said = []
    if ahead:
        said.append(f"{name} is ahead at {list_names(ahead)}: others could learn from {name}.")
    if unread:
        said.append(f"Nothing can be said yet at {list_names(unread)}.")
    return said


def out_of_hundred(found: PhaseFindings, rep: int) -> str:
    """``Of 100 calls, about 1.3 get to Meeting set; in the whole team it is 1.9.``"""
    own = np.prod([float(phase.rates.shrunk[rep]) for phase in found.phases]) * 100
    team = np.prod([phase.conversion for phase in found.phases]) * 100
    mine, whole = (short_number(float(each), 2) for each in (own, team))
    return f"Of 100 calls, about {mine} get to {found.phases[-1].name}; in the whole team it is {whole}."


def rep_funnel_caption(n_calls: float) -> str:
    """What the picture of one rep shows."""
    return (
        f"Orange: this rep, with the likely range, {int(n_calls):,} calls. With few calls the rep's likely rate "
        "stays near the team's. Grey bars: eight of ten reps, with the middle rep. "
        "Blue: the level that this team can reach. Green: who is ahead."
    )


def rep_sheet(found: PhaseFindings, coaching: Coaching, rep: int, data: str, day: date) -> str:
    """Return a page to print for the talk with one rep on a day: nobody else is named."""
    name = found.cube.reps[rep]
    rows = "".join(
        f"<tr><td>{escape(phase.name)}</td><td>{int(phase.hits[rep]):,} of {int(phase.tries[rep]):,}</td>"
        f"<td>{rate_words(float(phase.rates.shrunk[rep]))}</td><td>{rate_words(float(np.median(phase.rates.shrunk)))}</td>"
        f"<td>{rate_words(float(phase.achievable.mean())) if phase.readable else 'not known'}</td></tr>"
        for phase in found.phases
    )
    head = "".join(f"<th>{each}</th>" for each in ("Phase", "Counted", "Likely", "Middle rep", "In reach"))
    ahead = [phase.name for phase in found.phases if rep_to_learn_from(found, phase) == name]
    good = f"<p>Ahead at {escape(list_names(ahead))}.</p>" if ahead else ""
    lines = "".join(f"<h2>{each}</h2><hr><hr>" for each in TALK)
    body = (
        f"<p>{TALK_ON} {escape(day_words(f'{day}'))}</p>"
        f"<p>{escape(practise_sentence(found, coaching, rep))}</p>{good}<p>{escape(out_of_hundred(found, rep))}</p>"
        f"<table><tr>{head}</tr>{rows}</table><p><small>{LIKELY}</small></p>{lines}"
    )
    return print_page(name, body, f"{data}, {found.cube.months[0]} to {found.cube.months[-1]}")
