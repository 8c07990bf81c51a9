"""One plain sentence for each fact behind a verdict, and the figures of its small print.

Texts are plain: whoever shows them as markdown escapes names first.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from workbench.evidence.drift import Drift
from workbench.evidence.encompassing import Encompassed
from workbench.evidence.event_order import EventOrder
from workbench.evidence.heterogeneity import Heterogeneity
from workbench.evidence.lead import Lead
from workbench.evidence.measurement import Measurement
from workbench.evidence.necessity import Necessity
from workbench.evidence.redundancy import Redundancy
from workbench.evidence.shared_shocks import SharedShocks
from workbench.evidence.verdict import Fact, Reason
from workbench.scoring.correlation import Correlation
from workbench.words import evidence_scope as scope
from workbench.words.evidence_about import About
from workbench.words.evidence_parts import lag_range_words, lag_words, partial_links_words
from workbench.words.links import has_interval, is_hardly_below, link_figures
from workbench.words.lists import list_names
from workbench.words.numbers import percent, pluralize, signed_number


def reason_sentence(found: Reason, about: About, kpi: str = "this KPI") -> str:
    """One fact as a sentence that can be read aloud: the KPI and the goal by name, no figure."""
    return _SENTENCES[found.fact](found.finding, found.reading, about, kpi)


def reason_figures(found: Reason, about: About) -> str:
    """The figures behind the sentence, for the small print; empty where it has none."""
    figures = _FIGURES.get(found.fact)
    return figures(found.finding, found.reading, about) if figures else ""


def better_periods(kpi: str, about: About) -> str:
    """A sentence on a rep's own ups and downs is about a ``rep's better months on Dials``."""
    return f"rep's better {about.grain}s on {kpi}"


def _lever(lead: Lead, reading: str, about: About, kpi: str) -> str:
    if lead.best is None:
        if not lead.lags:
            return f"The history is too short to compare a rep's better and worse {about.grain}s."
        return f"Reps have too few {about.grain}s in which both {kpi} and {about.goal} are known and change."
    start, lag = better_periods(kpi, about), lead.best_lag or 0
    if reading == "yes" and lag:
        return f"A {start} come {pluralize(lag, about.grain)} before better {about.grain}s for {about.goal}."
    if reading == "yes":
        return f"A {start} are also better {about.grain}s for {about.goal}."
    if reading == "no":
        if is_hardly_below(max(found.high for found in lead.ahead), about.options.smallest):
            return f"A {start} may be slightly better for {about.goal}, but hardly more than that."
        return f"A {start} are no better for {about.goal} – {lag_range_words(lead, about.grain)}."
    return _lever_unclear(lead, lead.best, start, about, kpi)


def _lever_unclear(lead: Lead, link: Correlation, start: str, about: About, kpi: str) -> str:
    """An interval beside 0 is not yet a link: several delays were looked at, and shuffles may do as well."""
    if not link.low * link.high > 0:
        return f"It is too early to say whether a {start} are also better for {about.goal}."
    if lead.p_leads <= 1 - about.options.confidence and link.low > 0:
        return f"The rows that {kpi} and {about.goal} share can alone explain their link."
    if lead.p_leads <= 1 - about.options.confidence:
        return f"A {start} are worse {about.grain}s for {about.goal}."
    return f"A {start} look better for {about.goal}, but that could be chance."


def _lever_figures(lead: Lead, reading: str, about: About) -> str:
    if lead.best is None:
        return ""
    link, when = link_figures(lead.best), lag_words(lead.best_lag or 0, about.grain)
    if reading == "no":
        most = signed_number(max(found.high for found in lead.ahead))
        return f"within reps at most ρ {most}, smallest that matters {about.options.smallest:g}"
    figures = f"within reps, {when}: {link}"
    if reading == "unclear" and lead.best.low * lead.best.high > 0:
        if lead.p_leads > 1 - about.options.confidence:
            return f"{figures}; by chance as clear at one of {pluralize(len(lead.ahead), 'delay')} in " + (
                f"{percent(lead.p_leads)} of shuffled histories"
            )
        if lead.best.low > 0:
            return f"{figures}; shared rows alone make ρ {signed_number(lead.built_in)}"
    return figures


def _trait(link: Correlation, reading: str, about: About, kpi: str) -> str:
    reps = f"Reps who do better on {kpi}"
    if not has_interval(link):
        return f"There is too little data to compare reps on {kpi}."
    if reading == "no" and is_hardly_below(link.high, about.options.smallest):
        return f"{reps} may have slightly {about.more_goal}, but hardly more than that."
    if reading == "unclear" and link.high < 0:
        return f"{reps} have {OPPOSITE[about.more]} {about.goal}."
    said = {"yes": "have", "no": "don't have", "unclear": "don't reliably have"}
    return f"{reps} {said[reading]} {about.more_goal}."


def _trait_figures(link: Correlation, reading: str, about: About) -> str:
    return f"across reps: {link_figures(link) if has_interval(link) else link.reason}"


def _adds(found: Necessity, reading: str, about: About, kpi: str) -> str:
    if not found.n_beside:
        return f"{kpi} is the only KPI here that could predict {about.goal}."
    if reading == "yes":
        return f"{kpi} predicts {about.goal} that no other KPI here predicts."
    if found.overlap.redundant:
        return f"The other KPIs already predict the {about.goal} that {kpi} predicts."
    return f"The other KPIs may already predict the {about.goal} that {kpi} predicts."


def _copy(found: Redundancy, reading: str, about: About, kpi: str) -> str:
    if reading != "yes":
        return f"No other KPI here measures the same as {kpi}."
    return f"{found.nearest} and {kpi} measure the same thing." if found.nearest else (
        f"The other KPIs already measure the same as {kpi}."
    )  # fmt: skip


def _copy_figures(found: Redundancy, reading: str, about: About) -> str:
    return f"with {found.nearest}: {link_figures(found.nearest_link)}" if found.nearest and found.nearest_link else ""


def _follows(lead: Lead, reading: str, about: About, kpi: str) -> str:
    if reading != "yes" or not _links_before(lead):
        return f"{kpi} does not merely follow {about.goal}."
    return f"{kpi} follows {about.goal} instead of leading to {about.goal}."


def _follows_figures(lead: Lead, reading: str, about: About) -> str:
    if reading != "yes" or not (before := _links_before(lead)):
        return ""
    _, lag, link = max(before)
    return f"with {about.goal} {pluralize(-lag, about.grain)} before: {link_figures(link)}"


def _links_before(lead: Lead) -> list[tuple[float, int, Correlation]]:
    return [(abs(link.rho), lag, link) for lag, link in zip(lead.lags, lead.links, strict=True) if lag < 0]


def _readable(found: Measurement, reading: str, about: About, kpi: str) -> str:
    months = found.periods_until("coach")
    if not math.isfinite(months):
        return f"{kpi} cannot separate reps: the differences could be chance."
    return f"It takes {about.periods(months)} before {kpi} can separate two reps."


def _readable_figures(found: Measurement, reading: str, about: About) -> str:
    attempts = next((r.attempts for r in found.readable if r.use == "coach"), math.nan)
    return f"or {attempts:,.0f} attempts" if math.isfinite(attempts) else ""


def _segment(found: Heterogeneity, reading: str, about: About, kpi: str) -> str:
    works = [f"{s.attribute.replace('_', ' ')} {s.segment}" for s in found.segments.works_in]
    if not works:
        return f"{kpi} is linked to {about.goal} in no part of the team."
    return f"For reps with {list_names(works)}, better {about.grain}s on {kpi} are also better for {about.goal}."


def _segment_figures(found: Heterogeneity, reading: str, about: About) -> str:
    return "; ".join(f"{s.segment}: {link_figures(s.link)}" for s in found.segments.works_in)


def _uneven(found: Heterogeneity, reading: str, about: About, kpi: str) -> str:
    works, not_for = ([s.segment for s in segments] for segments in (found.segments.works_in, found.segments.not_for))
    return f"{kpi} is linked to {about.goal} for {list_names(works)}, but not for {list_names(not_for)}."


def _next(link: Correlation, reading: str, about: About, kpi: str) -> str:
    start, after = better_periods(kpi, about), f"better {about.grain}s for {about.goal}"
    if reading == "yes":
        return f"A {start} come right before {after}."
    if reading == "no":
        return f"A {start} do not come right before {after}."
    return f"Whether a {start} come right before {after} is not known yet."


def _after(found: EventOrder, reading: str, about: About, kpi: str) -> str:
    if reading != "yes":
        return f"{kpi} is not shown to come after {about.goal}."
    return f"{kpi} rises after {about.goal}, not before: this looks like follow-up work."


def _shocks(found: SharedShocks, reading: str, about: About, kpi: str) -> str:
    if reading != "yes" or found.cause is None:
        return "The link is not made by what happens to several reps at once."
    return {
        "shared": f"{kpi} and {about.goal} rise and fall for several reps at once, which can explain their link.",
        "season": f"{kpi} and {about.goal} share a season that differs between reps, which can explain their link.",
        "learning": f"New reps rise in {kpi} and {about.goal} alike as they learn, which can explain the link.",
    }[found.cause]


def _shocks_figures(found: SharedShocks, reading: str, about: About) -> str:
    parts = (
        ("shared shocks", found.without, found.link / 2), ("each rep's own season", found.own_seasons, -1.0),
        ("the first half year of new reps", found.settled, -1.0),
    )  # fmt: skip
    return "; ".join(
        f"without {what}: {link_figures(link)}"
        for what, link, least in parts if link and not (link.low > 0 and link.rho >= least)
    )  # fmt: skip


def _encompassed(found: Encompassed | None, reading: str, about: About, kpi: str) -> str:
    if found is None:
        return f"No stronger KPI already predicts the same {about.goal}."
    return f"{found.by} already predicts most of the {about.goal} that {kpi} predicts."


def _holds(found: Drift, reading: str, about: About, kpi: str) -> str:
    return {
        "yes": f"The link between {kpi} and {about.goal} still holds.",
        "no": f"By now {kpi} has no link with {about.goal} that matters.",
        "unclear": f"It is too early to say whether the link between {kpi} and {about.goal} still holds.",
    }[reading]


def _weakens(found: Drift, reading: str, about: About, kpi: str) -> str:
    has = "has" if reading == "yes" else "has not"
    return f"The link between {kpi} and {about.goal} {has} become weaker."


def halves_figures(found: Drift, reading: str = "", about: About | None = None) -> str:
    """The link in each half of the history."""
    return f"first half: {link_figures(found.early)}; second half: {link_figures(found.late)}"


OPPOSITE = {"more": "less", "less": "more", "better": "worse"}
_SENTENCES: dict[Fact, Callable[..., str]] = {
    "measured": lambda found, reading, about, kpi: f"There is too little data to judge {kpi}.",
    "lever": _lever,
    "trait": _trait,
    "adds": _adds,
    "copy": _copy,
    "encompassed": _encompassed,
    "holds": _holds,
    "weakens": _weakens,
    "decoupled": lambda found, reading, about, kpi: f"{kpi} was linked to {about.goal} once and no longer is.",
    "follows": _follows,
    "readable": _readable,
    "segment": _segment,
    "uneven": _uneven,
    "goal": lambda found, reading, about, kpi: (
        "This KPI is the goal itself."
        if kpi == about.goal
        else f"{kpi} and {about.goal} count the same rows, so part of their link is automatic."
    ),
    "next": _next,
    "after": _after,
    "shocks": _shocks,
    "powered": lambda found, reading, about, kpi: (
        f"The history is long enough, but neither shows nor rules out a link between {kpi} and {about.goal}."
    ),
    "one_rep": lambda found, reading, about, kpi: scope.one_rep_sentence(about.goal),
    "one_period": lambda found, reading, about, kpi: scope.one_period_sentence(
        about.more_goal, about.goal, about.grain
    ),
}
_FIGURES: dict[Fact, Callable[..., str]] = {
    "measured": lambda lead, reading, about: next((link.reason for link in lead.ahead if link.reason), ""),
    "lever": _lever_figures,
    "trait": _trait_figures,
    "adds": lambda found, reading, about: partial_links_words(found),
    "copy": _copy_figures,
    "encompassed": lambda found, reading, about: (
        f"what {found.kpi} adds is too small to matter, if anything: {link_figures(found.link)}" if found else ""
    ),
    "holds": lambda found, reading, about: f"later part of the history: {link_figures(found.now)}",
    "weakens": halves_figures,
    "decoupled": halves_figures,
    "follows": _follows_figures,
    "readable": _readable_figures,
    "segment": _segment_figures,
    "next": lambda link, reading, about: f"next {about.grain}: {link_figures(link)}",
    "shocks": _shocks_figures,
    "powered": lambda found, reading, about: f"power 80% for a link of {about.options.smallest:g}",
}
