"""What the checks of faked activity found, in words that accuse nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.integrity.count_cube import LEAST_REPS
from workbench.integrity.flags import FlagKey, Flags
from workbench.integrity.funnel import LEAST_EVENTS
from workbench.integrity.reasons import LEAST_MONTHS
from workbench.integrity.suspect_counts import TEAM_ONLY, CheckName
from workbench.integrity.suspect_share import A_TEAM_MATTER, several_checks, strongest_checks
from workbench.integrity.two_keys import FIRST_KEY, LEAST_POINTS, SECOND_KEY
from workbench.words.lists import list_names
from workbench.words.numbers import percent, pluralize
from workbench.words.panels import period_name

QUESTION = "Was it faked, and how easily could it be?"
TABS = ("Who", "Without this activity", "How easy to game", "Since it became a target", "What the data cannot show")
NOT_PROOF = (
    "Worth a conversation, never proof: a bad list, a phone system or a different job can look the same. "
    "Faking that makes up a tenth or less of a rep's activity cannot be seen."
)
NAMES_NOT_SHOWN = "Reps are not named here: whoever runs this server chose who may see names."
CHECKS: dict[CheckName, str] = {
    "seconds_long": "calls of a few seconds",
    "after_hours": "activity after hours",
    "same_contact": "repeated attempts at one number",
    "dead_number": "numbers known to be dead",
    "switchboard": "known switchboards or operators",
    "burst": "bursts of calls",
    "cadence": "calls at equal intervals",
    "sequence": "messages sent in one go",
    "no_answer_logged": "“no answer” after a long call",
    "unanswered": "quotes that never get an answer",
    "reissued": "quotes sent again within two weeks",
    "unattended": "meetings that nobody attended",
    "late_entry": "entries made days later",
    "cancelled_later": "orders cancelled later",
    "internal_number": "shared numbers that nobody answers",
    "month_end": "extra activity at month end",
    "day_end": "extra calls at day end",
    "split_quote": "quotes split into small parts",
    "pulled_forward": "month-end orders cancelled later",
    "credit_moved": "credit moved between reps",
    "discount_cancelled": "discounted month-end orders cancelled later",
    "held_back": "wins just after the end of a good month",
    "leads_picked": "better leads taken up",
}
MEANING: dict[CheckName, str] = {
    "seconds_long": "Calls under 10 seconds that no busy line, dead number or operator ended.",
    "after_hours": "In hours of the week, where the rep is, in which the middle rep does less than 1% of the work.",
    "same_contact": "From the 9th attempt of one rep at one number within 28 days.",
    "dead_number": "Dialled by the same rep on a later day than the day the number was found dead.",
    "switchboard": "Dialled by the same rep on a later day than the day an operator answered.",
    "burst": "From the 6th call of one rep within 3 minutes.",
    "cadence": "Pauses equal to the second, three in a row.",
    "sequence": "5 or more messages of one rep in the same minute.",
    "no_answer_logged": "Logged as “no answer” although the call took 90 seconds or more.",
    "unanswered": "Neither won nor lost 90 days later.",
    "reissued": "Another quote of the same rep to the same account within 14 days.",
    "unattended": "Logged as no-show or cancelled.",
    "late_entry": "Entered more than 4 days after the event.",
    "cancelled_later": "Orders that were cancelled.",
    "internal_number": "Dialled at least 5 times each by a third of the reps, and nobody was ever reached there.",
    "month_end": "In the last 2 workdays of a month, beyond the rep's own busy day and the team's own push.",
    "day_end": "In the last half hour of the rep's day, beyond the rep's own busiest half hour.",
    "split_quote": "From the 2nd of 3 or more quotes to one account on one day, each under half the usual amount.",
    "pulled_forward": "Ordered in the last 3 workdays of a month and cancelled.",
    "credit_moved": "Credited to another rep than the first owner of the case.",
    "discount_cancelled": "Month-end orders, with more discount than the rep usually gives, that were cancelled.",
    "held_back": "Of the wins 5 workdays before to 5 after the end of a good month, those after it. Half is usual.",
    "leads_picked": "Of all leads that a rep took up, those of kinds that do better in everybody's hands.",
}
METHOD = (
    "**Worth a conversation**: two checks of different kinds, the first far beyond what is usual "
    f"(z above {FIRST_KEY:g} and {100 * LEAST_POINTS:g} points or more), the second beyond it too (z above "
    f"{SECOND_KEY:g}), in both halves of the time or lasting two quarters. Usual is what colleagues of the same role "
    "on the same lists do, or the rep's own past moved as the team moved. z counts the team's spread of log-odds, "
    "taken from the lower half of the reps, and chance together (Spiegelhalter 2005; Efron 2004). Below "
    f"{LEAST_EVENTS} events, {LEAST_REPS} comparable reps or {LEAST_MONTHS} months nobody is compared. "
    f"Figures of {list_names([CHECKS[check] for check in CHECKS if check in TEAM_ONLY])} name nobody.\n\n"
    "**Activity in question**: share of the events, in the file with most of it, at which checks point on which named "
    "reps or at least three reps stand out.  \n"
    "**Began**: the first month of the earliest change.  \n"
    "**Prizes that change hands**: winners under your design who would not win if these events counted for nobody.  \n"
    "**Checks that could look**: those whose columns your files have."
)
ONE_LIST = "All reps call from the same list"
ONE_LIST_HELP = "Then nobody has a worse list than the others, and reps can be compared without a list column."
PRIZES = "Prizes that change hands"


def integrity_headline(flags: Flags) -> str:
    """Whether anything needs a conversation, in one sentence."""
    if flags.named:
        kinds = list_names([CHECKS[name] for name in strongest_checks(flags)[:2]])
        verb = "is" if len(flags.named) == 1 else "are"
        return f"{len(flags.named)} of {pluralize(flags.n_reps, 'rep')} {verb} worth a conversation: {kinds}."
    if not flags.n_judged:
        return "This data cannot show whether activity was faked."
    if flags.n_without_list:
        return f"{_stand_out(flags.n_without_list)} out, but without a list column nobody can be named."
    if flags.n_without_role:
        return f"{_stand_out(flags.n_without_role)} out on two checks; without roles in the team list nobody is named."
    many = [figure for figure in flags.team if figure.n_beyond >= A_TEAM_MATTER]
    if many:
        most = max(many, key=lambda figure: figure.n_beyond)
        return f"No rep stands out on two checks; {most.n_beyond} of {most.n_judged} do on one: {CHECKS[most.check]}."
    if few := several_checks(flags):
        who = f"{few[0].n_beyond} of {few[0].n_judged} reps stand out"
        return f"Too little to name anybody, but {who}: {CHECKS[few[0].check]}."
    if not flags.can_name:
        return "This data can hardly show whether activity was faked: too few checks could look."
    return "No rep stands out on two independent checks."


def _stand_out(n: int) -> str:
    return f"{pluralize(n, 'rep')} {_stand(n)}"


def _stand(n: int) -> str:
    return "stands" if n == 1 else "stand"


def key_sentence(key: FlagKey) -> str:
    """``Calls of a few seconds: 47% since July 2024, where 0% is usual for this rep.``"""
    usual = "for colleagues on the same lists" if key.kind == "level" else "for this rep"
    since = ""
    if key.since is not None:
        first = period_name(key.since, "month")
        since = f" since {first}" if key.until is None else f" from {first} to {period_name(key.until, 'month')}"
    return f"{CHECKS[key.check].capitalize()}: {percent(key.rate)}{since}, where {percent(key.usual)} is usual {usual}."


def other_keys_sentence(keys: Sequence[FlagKey]) -> str:
    """The further signs of a rep: ``Also: activity after hours 4%, usual 0%; month-end …``"""
    said = [f"{CHECKS[key.check]} {percent(key.rate)}, usual {percent(key.usual)}" for key in keys]
    return f"Also: {list_names(said)}."


def keys_small_print(keys: Sequence[FlagKey]) -> str:
    """Counts, and how far each is beyond the spread."""
    return "; ".join(f"{CHECKS[key.check]} {key.k:,} of {key.n:,} in {key.source}, z {key.z:.1f}" for key in keys)


def picture_caption(n_lines: int) -> str:
    """What grey and lines are."""
    if not n_lines:
        return "Grey: the range of all reps and its middle."
    return f"Grey: the range of everybody else and its middle. Lines: {pluralize(n_lines, 'rep')} worth a conversation."


def began_words(flags: Flags) -> str:
    """The first month of the earliest change; empty where no flag has one."""
    months = [key.since for flag in flags.named for key in flag.keys if key.since is not None]
    return period_name(min(months), "month") if months else ""


def unnamed_sentence(flags: Flags) -> str:
    """Why reps who stand out are not named, and what would let them be; nothing where there are none."""
    if flags.n_without_list:
        return "A bad list can explain all of it. Say on Data which column holds the list or campaign of a call."
    if flags.n_without_role:
        return "Another job could explain it. Add a column “role” to the team list."
    return ""


def team_figure_sentences(flags: Flags) -> list[str]:
    """What single checks find, without a name."""
    said, named = [], {key.check for flag in flags.named for key in flag.keys}
    for figure in flags.team:
        if figure.check not in named and figure.n_beyond and figure.upper_rate is not None:
            who = f"{figure.n_beyond} of {pluralize(figure.n_judged, 'rep')} {_stand(figure.n_beyond)} out"
            shares = f"{percent(figure.upper_rate)} against {percent(figure.team_rate)} in the team"
            said.append(f"{CHECKS[figure.check].capitalize()}: {who}, with {shares}.")
    return said


def different_job_sentence(kind: str, reps: Sequence[str], names: Mapping[str, str], n_months: int | None) -> str:
    """Who was not compared or not named, and why: a different job is no sign of anything."""
    who = list_names([names.get(rep, rep) for rep in reps], 4)
    one = len(reps) == 1
    verb, logs = ("works", "logs") if one else ("work", "log")
    again, them = (who, who) if one else ("they", "them")
    told = {
        "night_shift": (
            f"{who} {_has(reps)} worked other hours from the start, probably a shift. Nothing is held against {them}."
        ),
        "starter": f"{who}: the first {pluralize(n_months or 3, 'month')} count as learning and are left out.",
        "part_timer": f"{who} {verb} much less than the others and {_is(reps)} not compared.",
        "subrole": (
            f"{who} {_has(reps)} worked differently from the start, probably another job, so {again} {_is(reps)} not "
            "compared."
        ),
        "new_job": (
            f"{who} changed how they work together, probably a new job, so {again} {_is(reps)} not compared since."
        ),
        "off_system": f"{who} {logs} little for such results and {_is(reps)} not named: some work may be unlogged.",
        "thin_log": f"{who} {logs} much less than the others and {_is(reps)} not named: work may be unlogged.",
        "dialler": f"{who} {verb} with a dialling system: rhythm shows nothing there.",
    }
    return told[kind]


def _is(reps: Sequence[str]) -> str:
    return "is" if len(reps) == 1 else "are"


def _has(reps: Sequence[str]) -> str:
    return "has" if len(reps) == 1 else "have"


MOST_ROWS = 500
OWN_CLOCK = "When, where the rep is"
ROW_COLUMNS = {
    "source": "File", "seconds": "Seconds", "contact": "Number or contact", "disposition": "Outcome", "list": "List",
    "channel": "Channel", "amount": "Amount", "logged": "Entered", "first_rep": "First owner", "discount": "Discount",
    "lead_source": "Kind of lead",
}  # fmt: skip


def rows_caption(n: int) -> str:
    """How many rows are shown, in order of time."""
    return f"The first {n:,} rows, in order of time." if n >= MOST_ROWS else f"{pluralize(n, 'row')}, in order of time."


def without_sentence(n_changed: int, n_prizes: int, checks: Sequence[CheckName]) -> str:
    """How many prizes change hands without a class of activity."""
    what = list_names([CHECKS[check] for check in checks], 2)
    if not n_changed:
        return f"Without {what}, every prize stays where it is."
    return f"Without {what}, {n_changed} of {pluralize(n_prizes, 'prize')} would change hands."


def moved_sentence(winners: Sequence[str], losers: Sequence[str], names: Mapping[str, str]) -> str:
    """Who would win a prize then, and who would not."""
    new, gone = ([names.get(rep, rep) for rep in reps] for reps in (winners, losers))
    return " ".join(f"{way}: {list_names(reps, 6)}." for way, reps in (("In", new), ("Out", gone)) if reps)


WITHOUT_METHOD = (
    "The rows of these kinds are left out for everybody, not only for those who stand out, and every KPI is counted "
    "again. The days at work, the goal and the targets stay as they are."
)


LEAVE_OUT_HELP = (
    "Saves your data as a new version whose measures no longer count this activity. The version before stays in the "
    "history on the Data page."
)


def leave_out_label(check: CheckName, measures: str) -> str:
    """What the button does: *Leave calls of a few seconds out of Dials*."""
    activity = {"dead_number": "dead numbers", "switchboard": "operators", "unattended": "meetings not held",
                "cancelled_later": "cancelled orders"}.get(check, CHECKS[check])  # fmt: skip
    return f"Leave {activity} out of {measures}"


def left_out_sentence(check: CheckName) -> str:
    """What the button did."""
    return f"{CHECKS[check].capitalize()} no longer count in your KPIs. This is a new version of your data."


def left_out_of_sentence(kpi: str, checks: Sequence[CheckName], others_remain: bool) -> str:
    """What is left out of a KPI, for pages other than Integrity, and whether other activity is still in question."""
    said = f"{list_names([CHECKS[check] for check in checks]).capitalize()} are left out of {kpi}."
    return f"{said} Other activity behind {kpi} is still in question: see Integrity." if others_remain else said


LEAST_QUESTIONED = 0.01


def questioned_sentence(kpi: str, share: float) -> str:
    """How much of the activity behind a KPI is in question, for pages other than Integrity; nothing below 1%."""
    if share < LEAST_QUESTIONED:
        return ""
    return f"{percent(share)} of the activity behind {kpi} is in question: see Integrity."
