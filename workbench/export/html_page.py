"""Write an export as HTML: a page for reps and, unless it is for them, one for the leadership; made to be printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

import numpy as np
import pandas as pd

from workbench.export.content import ExportContent
from workbench.export.pictures import places_picture, team_goal_picture
from workbench.scoring.points import hit_line
from workbench.words import export as words
from workbench.words.links import METHOD
from workbench.words.numbers import NONE, percent, short_number
from workbench.words.preview import KINDS_METHOD

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
@page { size: A4; margin: 14mm }
body { font: 15px/1.45 "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: #0a141e; background: #fff;
  max-width: 54em; margin: 1.5em auto; padding: 0 1em }
h1 { font-size: 1.7em; line-height: 1.2; margin: 0 0 .3em } h2 { font-size: 1.1em; margin: 1.4em 0 .4em }
p { margin: .4em 0 } .lead { font-size: 1.15em } small, .small { color: #4a5866; font-size: .82em }
table { border-collapse: collapse; width: 100%; font-size: .9em }
th, td { text-align: left; vertical-align: top; padding: .35em .7em .35em 0; border-bottom: 1px solid #d5dbe1;
  overflow-wrap: break-word }
td { overflow-wrap: anywhere } td:first-child { min-width: 8.5em }
section:first-child td:last-child { min-width: 6em }
th { color: #4a5866; font-weight: 600 } .number { text-align: right; white-space: nowrap; padding-left: .7em }
th.number { white-space: normal } svg { max-width: 100%; height: auto } figure { margin: .6em 0 }
.leadership { margin-top: 4em; border-top: 2px solid #0a141e; padding-top: 1.5em }
@media print { body { font-size: 11.5px; margin: 0; padding: 0; max-width: none }
  .leadership { break-before: page; border: 0; margin: 0; padding: 0 } tr, figure, h2 { break-inside: avoid }
  figure svg { max-height: 112mm } th, td { padding-top: .2em; padding-bottom: .2em }
  h2 { break-after: avoid } thead { display: table-header-group } }
"""


def export_html(content: ExportContent, day: str) -> str:
    """Return the whole file. Everything from outside is text in it; ``day`` is the day of the export in words."""
    source = f"<p class='small'>{escape(words.source_line(content.panel, day))}</p>"
    leadership = ""
    if content.audience == "leaders":
        leadership = f"<section class='leadership'>{_for_leadership(content)}{source}</section>\n"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(content.design.name)}</title><style>{_STYLE}</style></head><body>\n"
        f"<section>{_for_reps(content)}{source}</section>\n"
        f"{leadership}</body></html>\n"
    )


def _for_reps(content: ExportContent) -> str:
    design = content.design
    goal = escape(words.goal_line(design, content.panel.grain))
    note = f"<p>{escape(design.note)}</p>" if design.note else ""
    return (
        f"<h1>{escape(design.name)}</h1><p class='lead'>{goal}</p>{note}"
        f"{_table(words.scorecard_rows(design, content.panel))}"
        f"{''.join(_paragraphs(filter(None, [words.not_counted_line(design)]), 'small'))}"
        f"{_heading(words.HOW_SCORED)}{_own_markdown(words.scoring_method(design))}"
    )


def _for_leadership(content: ExportContent) -> str:
    found, grain, names = content.backtest, content.panel.grain, content.names
    first, *rest = words.leadership_sentences(found, content.seen, grain)
    against = words.against_current(content.outcome, content.current, content.design.name)
    small = words.leadership_small_print(content.seen)
    method = KINDS_METHOD.format(line=hit_line(content.design.scoring))
    return "".join([
        f"<h1>{escape(first)}</h1>", *_paragraphs([*rest, *against]), *_paragraphs(small, "small"),
        _figure(places_picture(content)), _figure(team_goal_picture(content)),
        _heading(words.FIGURES_HEADING), _table(words.figure_rows(content.outcome, content.current)),
        *_paragraphs([words.reprimand_line(content.design, grain)], "small"),
        _heading(words.LINKS_HEADING), _table(words.link_rows(found, grain)),
        _heading(words.KINDS_HEADING), _table(words.kind_rows(found, grain)),
        _own_markdown(method), *_paragraphs([words.counted_line(found, grain)], "small"),
        _heading(words.REPS_HEADING), _table(words.rep_rows(found, names)),
        _heading(words.PERIODS_HEADING), _table(words.team_rows(found, grain)), _own_markdown(METHOD),
    ])  # fmt: skip


def _paragraphs(sentences: Iterable[str], look: str = "") -> list[str]:
    kind = f" class='{look}'" if look else ""
    return [f"<p{kind}>{escape(sentence)}</p>" for sentence in sentences]


def _heading(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def _figure(svg: str) -> str:
    return f"<figure>{svg}</figure>" if svg else ""


def _own_markdown(text: str) -> str:
    """Our own small print with its bold and italic words; escaped like everything else."""
    bold = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(text))
    marked = re.sub(r"\*(.+?)\*", r"<em>\1</em>", bold)
    return "".join(f"<p class='small'>{part}</p>" for part in marked.split("\n\n"))


def _table(rows: pd.DataFrame) -> str:
    numbers = {name for name in rows.columns if pd.api.types.is_numeric_dtype(rows[name])}
    head = "".join(f"<th{_look(name in numbers)}>{escape(str(name))}</th>" for name in rows.columns)
    body = "".join(
        "<tr>" + "".join(f"<td{_look(name in numbers)}>{escape(_cell(value, name))}</td>"
                         for name, value in zip(rows.columns, row, strict=True)) + "</tr>"
        for row in rows.itertuples(index=False, name=None)
    )  # fmt: skip
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _look(is_number: bool) -> str:
    return " class='number'" if is_number else ""


def _cell(value: object, column: str) -> str:
    if not isinstance(value, int | float | np.integer | np.floating):
        return NONE if value is None else str(value)
    return percent(float(value)) if column in words.SHARES else short_number(float(value))
