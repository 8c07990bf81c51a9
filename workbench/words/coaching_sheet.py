"""The coaching plan as a page to print, self-contained and without a link."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from workbench.phases.coaching_plan import PlanStep
from workbench.phases.phase_findings import PhaseFindings
from workbench.words.coaching import coached_line, coached_small_print
from workbench.words.phases import gain_small_print

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:42em;margin:2em auto;color:#0a141e}h1{font-size:1.5em}"
    "li{margin:.5em 0}small{color:#556}p.box::before{content:'☐ '}"
)


def coaching_sheet(data: str, headline: str, found: PhaseFindings, step: PlanStep, said: Sequence[str]) -> str:
    """Return the plan as HTML: headline, a line per rep, what else was said, and the figures behind it."""
    lines = "".join(
        f"<li><strong>{escape(one.rep)}</strong><br>{escape(coached_line(found, step, place))}</li>"
        for place, one in enumerate(step.coached)
    )
    sentences = "".join(f"<p>{escape(each)}</p>" for each in said)
    figures = [gain_small_print(step), *coached_small_print(found, step)]
    small = "<br>".join(escape(each) for each in figures)
    span = f"{found.cube.months[0]} to {found.cube.months[-1]}"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(headline)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(headline)}</h1><ol>{lines}</ol>{sentences}"
        f"<p><small>{small}</small></p><p><small>{escape(data)}, {escape(span)}</small></p></body></html>"
    )
