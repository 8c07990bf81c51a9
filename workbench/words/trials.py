"""The page Trials: what may be said of a trial today in one sentence, and what would do where nothing may."""

from __future__ import annotations

from collections.abc import Callable

from workbench.trials.planned_effect import planned_effect, shorter_than_planned, takes_too_few
from workbench.trials.trial_file import TrialFile
from workbench.trials.trial_finding import TrialFinding, TrialVerdict
from workbench.trials.trial_state import TrialState
from workbench.words.evidence_actions import ACTIONS
from workbench.words.numbers import pluralize
from workbench.words.panels import day_words
from workbench.words.trial_amounts import (
    amount,
    more_or_less,
    moves_by_points,
    per_what,
    periods_words,
    range_words,
    sides_words,
    two_figures,
    unit_says_what,
    units_words,
)

QUESTION = "Did the change help, and is it time to pivot?"
TABS = ("Answer", "Before the start", "Who moved", "Side effects", "How reliable")
TRY_IT = ACTIONS["watch"]
STATES: dict[TrialState, str] = {"planned": "Planned", "running": "Running", "ended": "Ended"}
VERDICT_WORDS: dict[TrialVerdict, str] = {
    "not_started": "No data yet", "helps": "It helped", "harms": "It harmed",
    "no_effect_seen": "No effect that matters", "cannot_tell": "Too early to say",
    "may_have_moved": "Perhaps from the other group", "not_enough": "Not enough data",
    "picture": "A picture, no proof", "weak": "Weak evidence",
}  # fmt: skip
FEWEST, MOST_NAME = 4, 6
EMPTY = "No trial yet: a trial shows whether a change moves results."
EMPTY_HELP = (
    "Half of the team tries the change, the other half works as before. After some months the page says how much "
    "more the first half sold, and whether that could be chance."
)
METHOD = (
    "**Estimate**: each rep's mean after the start, adjusted for the same rep's mean before (analysis of covariance), "
    "per month worked.  \n"
    "**By chance**: the labels “changed” and “as before” are drawn again among the units that were assigned, "
    "thousands of times (Freedman & Lane 1983). The likely range comes from the same draws.  \n"
    "**Not drawn by lot**: after less before stands beside it, and only what both exclude is claimed "
    "(Ding & Li 2019).  \n"
    "**Before the start**: the same comparison within the history, where no effect can be.  \n"
    "**Other KPIs**: judged together, so that many KPIs do not find an effect by chance (Westfall & Young 1993).  \n"
    "**One after the other**: each start against those still waiting; the days of start are drawn again, which also "
    "gives the range, the shade, the looks and whether the effect lasted.  \n"
    "**While it runs**: bounds for the number of looks that were declared (O'Brien & Fleming 1979).  \n"
    "**Without a last day**: twelve looks a year; the first year may use half of the 5%, each later year half of the "
    "rest, so that all years together stay below 5%.  \n"
    "**Several cards**: each card that was planned before its data has its own 5%. "
    "Of many such cards, one may claim an effect by chance."
)


def trial_headline(found: TrialFinding) -> str:
    """The answer behind the trial's name; the answer alone where the name is long."""
    name, said = found.file.name, trial_answer(found)
    return f"{name}: {said}" if len(name.split()) <= MOST_NAME else said[:1].upper() + said[1:]


def trial_answer(found: TrialFinding) -> str:
    """What may be said of a trial today, in one sentence that goes on from its name."""
    return _ANSWERS[found.verdict](found)


def verdict_label(found: TrialFinding, state: TrialState) -> str:
    """The verdict in two or three words; once the data reach the end of the trial it is no longer early."""
    if found.verdict == "cannot_tell" and (
        not is_early(found) or (state == "ended" and "running" not in found.reasons)
    ):
        return "Cannot tell"
    return VERDICT_WORDS[found.verdict]


def when_words(file: TrialFile) -> str:
    """``1 January 2025 to 30 June 2025``, ``since 1 January 2025``."""
    start = day_words(file.start.isoformat())
    return f"{start} to {day_words(file.end.isoformat())}" if file.end else f"since {start}"


def wall_caption(found: TrialFinding, file: TrialFile) -> str:
    """What is measured and when; of a card that looks once more at known data also that."""
    again = f"; look {file.tries} at the same data" if file.tries > 1 else ""
    return f"{found.label}, {when_words(file)}{again}"


def _effect(found: TrialFinding) -> str:
    if two_figures(found.claim.value) == 0:
        return f"no difference in {found.label}"
    return f"about {more_or_less(found, found.claim.value)}{_of_what(found)} {per_what(found)}".rstrip()


def _of_what(found: TrialFinding) -> str:
    """`` Meetings`` behind ``0.8 more``; nothing where the unit, such as money, says it."""
    if moves_by_points(found):
        return f" on {found.label}"
    return "" if unit_says_what(found) else f" {found.label}"


def _likely(found: TrialFinding) -> str:
    said = range_words(found, found.claim.low, found.claim.high)
    return f", likely {said}" if said else ""


def _moved(found: TrialFinding) -> str:
    return f"{_effect(found)}{_likely(found)}; {sides_words(found)}."


def _no_effect(found: TrialFinding) -> str:
    said = range_words(found, found.claim.low, found.claim.high)
    return f"no effect on {found.label} that would matter, likely {said}; {sides_words(found)}."


def _cannot_tell(found: TrialFinding) -> str:
    """A range that excludes no effect is no chance: then another reason keeps the answer open."""
    said, sides = range_words(found, found.claim.low, found.claim.high), sides_words(found)
    if not said:
        return f"nothing to say yet about {found.label}; {sides}."
    if "estimates_disagree" in found.reasons:
        return f"two fair ways of comparing disagree, so nothing is claimed; {sides}."
    if "looks_cost" in found.reasons:
        return f"{_effect(found)}, yet not certain enough after several looks; {sides}."
    if "tried_before" in found.reasons and found.claim.low * found.claim.high <= 0:
        return (f"no clear effect on {found.label}, {said}, and look {found.file.tries} at the same data proves "
                f"nothing; {sides}.")  # fmt: skip
    if "tried_before" in found.reasons:
        return f"{_effect(found)}, yet not certain enough for look {found.file.tries} at the same data; {sides}."
    if found.kind == "no_comparison":
        sides = f"{_alone(found)[:1].lower()}{_alone(found)[1:]}"
    if found.claim.low * found.claim.high > 0:
        if "ended_early" in found.reasons:
            return f"{_effect(found)}, but the trial ended too early to claim it; {sides}."
        if is_early(found):
            return f"{_effect(found)} so far, too early to claim; {sides}."
        return f"{_effect(found)}, but something else could have made the difference."
    start = "too early to say" if is_early(found) else "could be chance"
    return f"{start}, {said}{_of_what(found)} {per_what(found)}".rstrip() + f"; {sides}."


def _alone(found: TrialFinding) -> str:
    return "Nobody was compared" if "comparison_set_aside" in found.reasons else "Everybody changed"


def is_early(found: TrialFinding) -> bool:
    """Whether the data do not reach the end of the trial, and nothing else keeps the answer open."""
    return found.running and bool({"running", "wide_range"} & set(found.reasons))


def _may_have_moved(found: TrialFinding) -> str:
    return f"{_effect(found)}, perhaps from the other group, which works the same leads."


def _not_enough(found: TrialFinding) -> str:
    if "no_variation" in found.reasons:
        return f"not enough data, since {found.label} hardly varies between reps."
    n = pluralize(FEWEST, "rep" if found.unit == "rep" else "group")
    sides = f"{found.n_treated} against {units_words(found, found.n_comparison)}"
    return f"not enough data with {sides}; at least {n} each are needed."


def _picture(found: TrialFinding) -> str:
    if found.rank is not None:
        place = f"{found.rank.rank} of {found.rank.n_teams}"
        of = "reps. One rep" if found.unit == "rep" else "teams. One team"
        return f"{_effect(found)}, rank {place} {of} is a picture, no proof."
    if found.kind == "one_team":
        return "one team against a few others is a picture, no proof."
    than = "from" if two_figures(found.claim.value) == 0 else "than"
    return f"{_effect(found)} {than} before. {_alone(found)}, so this is no proof."


def _weak(found: TrialFinding) -> str:
    return f"weak evidence of {_effect(found)}{_likely(found)}. {_alone(found)}."


def _not_started(found: TrialFinding) -> str:
    seen, start = planned_effect(found), day_words(found.file.start.isoformat())
    if takes_too_few(found):
        return f"first day {start}; {too_few_words(found)}."
    if found.kind == "no_comparison":
        return f"first day {start}; nobody is compared, so at best weak evidence."
    if seen is None:
        return f"no data since the start on {start}."
    size = f"{amount(found, seen.effect)} or more {per_what(found)}".rstrip()
    first = "its first " if shorter_than_planned(found) else ""
    return f"first day {start}; {first}{periods_words(found, seen.n_periods)} would show an effect of {size}."


_ANSWERS: dict[TrialVerdict, Callable[[TrialFinding], str]] = {
    "not_started": _not_started, "helps": _moved, "harms": _moved, "no_effect_seen": _no_effect,
    "cannot_tell": _cannot_tell, "may_have_moved": _may_have_moved, "not_enough": _not_enough, "picture": _picture,
    "weak": _weak,
}  # fmt: skip


def too_few_words(found: TrialFinding) -> str:
    """``3 against 17 reps cannot show an effect, at least 4 each are needed``."""
    sides = f"{found.n_treated} against {units_words(found, found.n_comparison)}"
    return f"{sides} cannot show an effect, at least {FEWEST} each are needed"


def fills_from_goal(goal: str) -> str:
    """The button that fills a card from the design's goal."""
    return f"Plan a trial on {goal}"


def mentioned_trials(running: int, planned: int) -> str:
    """``2 trials are running, 1 is planned.``; empty without any."""
    parts = [f"{pluralize(n, 'trial')} {'is' if n == 1 else 'are'} {what}"
             for n, what in ((running, "running"), (planned, "planned")) if n]  # fmt: skip
    return f"{', '.join(parts)}." if parts else ""
