"""Why a trial is judged as it is, and what calls for care: a plain sentence for every reason and warning."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd

from workbench.trials.trial_finding import (
    LeftOutReason,
    TrialFinding,
    TrialWarning,
    TrialWarningCode,
    VerdictReason,
)
from workbench.trials.without_comparison import FEWEST_AFTER_FIT
from workbench.words.lists import list_names
from workbench.words.numbers import percent, pluralize, short_number
from workbench.words.trial_amounts import amount, more_or_less, periods_words, units_words
from workbench.words.trial_card import look_needs
from workbench.words.trials import FEWEST

MOST_WARNED = 4
_REASONS: dict[VerdictReason, Callable[[TrialFinding], str]] = {
    "both_exclude_none": lambda found: "Two fair ways of comparing agree that this is more than chance.",
    "estimates_disagree": lambda found: "Two fair ways of comparing disagree, so the page claims nothing.",
    "looks_cost": lambda found: "The looks while the trial ran cost the certainty that is missing.",
    "wide_range": lambda found: (
        f"The likely range holds no effect and also effects of {amount(found, found.smallest)}, which would matter."
        if math.isfinite(found.smallest)
        else "The likely range holds no effect, and which effect would matter is not known."
    ),
    "range_small": lambda found: f"An effect of {amount(found, found.smallest)} or more is as good as excluded.",
    "few_treated": lambda found: f"Only {units_words(found, found.n_treated)} changed; {FEWEST} are needed.",
    "few_comparison": lambda found: (
        f"Only {units_words(found, found.n_comparison)} worked as before; {FEWEST} are needed."
    ),
    "one_team": lambda found: (
        "Only one rep changed, so that rep's rank among the reps is all there is."
        if found.unit == "rep"
        else "Only one team changed, so its rank among the teams is all there is."
    ),
    "no_comparison": lambda found: "Everybody changed at once, so nobody shows what would have happened anyway.",
    "comparison_set_aside": lambda found: (
        "The card asks for no comparison, so the reps who worked as before are left out."
    ),
    "short_history": lambda found: "With under 24 months of history, a season looks just like an effect.",
    "few_after": lambda found: (
        f"The data hold only {periods_words(found, found.n_after)} of the trial; {FEWEST_AFTER_FIT} are needed."
    ),
    "long_history": lambda found: "The team's own history stands in for colleagues who work as before.",
    "shared_pool": lambda found: "Both groups work the same leads, so a gain may come from the other group.",
    "pre_trend": lambda found: "The two groups already moved apart before the start.",
    "reps_left": lambda found: "Many more reps left one group than the other, so the groups are no longer alike.",
    "no_after": lambda found: f"The data hold no whole {found.grain} after the start.",
    "no_variation": lambda found: f"{found.label} is nearly the same for everybody, so there is nothing to compare.",
    "overlapping_trial": lambda found: "Another trial changed some of the same reps in the months compared.",
    "ended_early": lambda found: "The trial was ended before its plan, so the answer is judged as at a look.",
    "tried_before": lambda found: (
        f"This is look {found.file.tries} at the same data. Who looks often enough finds something by chance."
    ),
    "running": lambda found: (
        "The data do not reach the last day of the trial: until then only declared looks count."
        if found.file.end
        else "The trial has no last day yet: until then only declared looks count."
    ),
}
_WARNINGS: dict[TrialWarningCode, Callable[[TrialFinding, TrialWarning], str]] = {
    "treated_did_badly": lambda found, at: (
        "Those who changed did worse than the others before the start. Weak months are often followed by better ones."
    ),
    "biggest_treated": lambda found, at: (
        "Those who changed did better than the others before the start. Strong months are often followed by weak ones."
    ),
    "not_random_looking": lambda found, at: (
        "The card says drawn by lot. The groups differed more before the start than lots make likely."
    ),
    "unequal_workdays": lambda found, at: (
        f"Days worked moved {percent(abs(at.size))} apart between the groups. All figures are per day worked."
    ),
    "overlapping_trials": lambda found, at: (
        f"The trial “{at.at}” ran at the same time, so two effects mix. It changed {_names(at)}."
    ),
    "trial_in_before": lambda found, at: (
        f"The trial “{at.at}” ran in the months that this trial is compared with. It changed {_names(at)}."
    ),
    "same_data": lambda found, at: (
        f"The trial “{at.at}” looks at the same data: the same change of the same reps. "
        + (
            "Each keeps its own 5% risk of a false claim: of many cards, one finds something by chance."
            if at.size == 1
            else "What was planned first counts for both."
        )
    ),
    "tried_before": lambda found, at: (
        f"This card is look {at.size:.0f} at the same data, in another way than before. "
        + (
            "A picture that is picked after the results are known proves even less."
            if found.verdict in ("picture", "not_enough")
            else look_needs(int(at.size))
        )
    ),
    "data_end_early": lambda found, at: (
        f"The data end in {pd.Timestamp(at.at):%B %Y}; {found.grain}s before the start are still to come. "
        f"Until then the plan rests on the last {periods_words(found, found.n_before)} of the data."
    ),
    "unit_is_attribute": lambda found, at: (
        f"Whole groups by {at.at or found.unit} changed. Each group counts once, however many reps it has."
    ),
    "reps_left": lambda found, at: f"No data after the start: {_names(at)}.",
    "shared_pool": lambda found, at: (
        "Both groups work the same leads. What one group gains, the other may lose: compare the team's total."
    ),
    "comparison_moved_too": lambda found, at: (
        f"Reps who should work as before changed {found.lever.label if found.lever else 'too'}"
        f"{' too' if found.lever else ''}. The effect is then understated."
    ),
    "few_periods_after": lambda found, at: (
        f"The data hold only {_months(at.size)} of the trial. A first effect often fades."
    ),
    "start_inside_period": lambda found, at: (
        f"The trial starts inside a {found.grain}. This {found.grain} counts neither before nor after."
    ),
    "looks_undeclared": lambda found, at: (
        "No end is planned, so the trial is judged as if looked at every month. A planned end shows more. "
        "The first year may use half of the 5% risk of a false claim. Each later year may use half of the rest."
    ),
    "early_stop_overstates": lambda found, at: (
        "The trial may stop early. An effect found early is probably overstated, by about half."
    ),
    "mix_changed": lambda found, at: (
        f"Comparing only before and after shows the opposite: {more_or_less(found, at.size)}. "
        "Different months or reps can explain the difference."
    ),
    "zero_heavy": lambda found, at: (
        f"{percent(at.size)} of the values are zero, so a few large ones decide the means."
    ),
    "short_before": lambda found, at: (
        f"The history is short: {_months(at.size)} before the start. A longer history makes the estimate sharper."
    ),
}  # fmt: skip
_LEFT_OUT: dict[str, str] = {
    "no_rows": "not in the data", "no_before": "no history before the start", "no_after": "nothing after the start",
    "on_ramp": "still new at the start",
    "never_active": "this measure is not their work", "no_unit": "the team list has no group for them",
}  # fmt: skip


def verdict_reason_sentences(found: TrialFinding) -> list[str]:
    """A sentence for each reason behind the verdict."""
    return [_REASONS[code](found) for code in dict.fromkeys(found.reasons)]


def trial_warning_sentences(found: TrialFinding) -> list[str]:
    """A sentence for each warning, without few periods where a reason behind the verdict has said that."""
    said = {"few_periods_after"} if "few_after" in found.reasons else set()
    return [warning_sentence(found, each) for each in found.warnings if each.code not in said]


def warning_sentence(found: TrialFinding, warning: TrialWarning) -> str:
    """One warning."""
    return _WARNINGS[warning.code](found, warning)


def left_out_sentences(found: TrialFinding) -> list[str]:
    """Who could not be used, by reason: ``Left out, no history before the start: Ana and Ben.``

    Those who left are told by a warning.
    """
    by_reason: dict[LeftOutReason, list[str]] = {}
    warned = any(each.code == "reps_left" for each in found.warnings)
    for each in found.left_out:
        if each.reason == "no_after" and warned:
            continue
        by_reason.setdefault(each.reason, []).append(each.rep)
    return [f"Left out, {_LEFT_OUT[why]}: {list_names(reps, MOST_WARNED)}." for why, reps in by_reason.items()]


def _names(warning: TrialWarning) -> str:
    return list_names(warning.names, MOST_WARNED) if warning.names else "some reps"


def _months(size: float) -> str:
    if not math.isfinite(size):
        return "few months"
    return pluralize(round(size), "month") if size == round(size) else f"{short_number(size, 2)} months"
