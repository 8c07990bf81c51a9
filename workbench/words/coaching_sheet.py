"""Pages to print: self-contained, without a link, and without markup of others."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from workbench.phases.coaching_plan import PlanStep
from workbench.phases.phase_findings import PhaseFindings
from workbench.words.coaching import coached_line, coached_small_print
from workbench.words.phases import gain_small_print

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:42em;margin:2em auto;color:#0a141e}h1{font-size:1.5em}h2{font-size:1em}"
    "li{margin:.5em 0}small{color:#556}td,th{padding:.3em 1em .3em 0;text-align:left}hr{border:0;"
    "border-bottom:1px solid #aab;height:2em;margin:0}"
)


def print_page(title: str, body: str, source: str) -> str:
    """Return a page to print. ``body`` is our own markup with everything from outside escaped; the rest is text."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>{body}"
        f"<p><small>{escape(source)}</small></p></body></html>"
    )


def coaching_sheet(
    data: str, headline: str, found: PhaseFindings, step: PlanStep, said: Sequence[str], before: str = ""
) -> str:
    """Return the plan as HTML: headline, a line per rep, what else was said, and the figures behind it.

    ``before`` : what is said of the reps before they are named.
    """
    lines = "".join(
        f"<li><strong>{escape(one.rep)}</strong><br>{escape(coached_line(found, step, place))}</li>"
        for place, one in enumerate(step.coached)
    )
    sentences = "".join(f"<p>{escape(each)}</p>" for each in said)
    small = "<br>".join(escape(each) for each in (gain_small_print(step), *coached_small_print(found, step)))
    intro = f"<p>{escape(before)}</p>" if before else ""
    body = f"{intro}<ol>{lines}</ol>{sentences}<p><small>{small}</small></p>"
    return print_page(headline, body, f"{data}, {found.cube.months[0]} to {found.cube.months[-1]}")
