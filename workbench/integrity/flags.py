"""Findings of the statistics of integrity: named flags, team figures, and people whose job differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from workbench.integrity.suspect_counts import FAMILIES, TEAM_ONLY, CannotTell, CheckName, Family

KeyKind = Literal["level", "change"]
"""Against colleagues on the same lists, or against the own past."""
FEWEST_KINDS = 2
"""Kinds of checks that must have looked for anybody to be named."""
JobKind = Literal["night_shift", "starter", "part_timer", "subrole", "new_job", "dialler", "off_system", "thin_log"]


@dataclass(frozen=True)
class FlagKey:
    """One of the checks that a named flag rests on.

    Attributes
    ----------
    check, source, family : which. kind : what the rep is compared with.
    rate : the rep's suspect share, 0 to 1, over all months (level) or those of the change.
    usual : the share expected of the rep: of colleagues on the same lists (level), or of the rep's own past, moved as
        the team moved (change).
    z : distance between the two on log-odds, in units of the team's robust spread and binomial noise together.
    n, k : the rep's events judged, and of these suspect, where ``rate`` is taken.
    since : first month of the change; None for a level. until : its last month, if it ended; None if it did not.
    """

    check: CheckName
    source: str
    family: Family
    kind: KeyKind
    rate: float
    usual: float
    z: float
    n: int
    k: int
    since: pd.Timestamp | None = None
    until: pd.Timestamp | None = None


@dataclass(frozen=True)
class NamedFlag:
    """A rep whose activity is worth a conversation: two checks or more, of different families, the strongest first."""

    rep: str
    keys: tuple[FlagKey, ...]


@dataclass(frozen=True)
class TeamFigure:
    """What one check finds by itself; it names nobody.

    Attributes
    ----------
    n_beyond : reps beyond the spread on this check. n_judged : reps who could be compared.
    team_rate : suspect share of all events of the check. upper_rate : that of the reps beyond; None where there are
        none. share : the part of the check's events that the reps beyond made, 0 to 1.
    """

    check: CheckName
    source: str
    n_beyond: int
    n_judged: int
    team_rate: float
    upper_rate: float | None
    share: float


@dataclass(frozen=True)
class DifferentJob:
    """Reps whose job differs, by what the counts show; they are not named, and not compared where it matters.

    Some of ``off_system`` are compared, and only not named: they log less than the others or than before, not little.

    Attributes
    ----------
    kind : how it differs. reps : whose. checks : on which checks (subrole, new_job, dialler). n_months : months left
        out (starter). since : first month (new_job).
    """

    kind: JobKind
    reps: tuple[str, ...]
    checks: tuple[CheckName, ...] = ()
    n_months: int | None = None
    since: pd.Timestamp | None = None


@dataclass(frozen=True)
class Flags:
    """All findings of one team.

    Attributes
    ----------
    named : by descending z of the strongest key. team : one per check that could be judged.
    cannot_tell : checks that cannot tell, with the reason; ``wide_spread`` holds for the comparison with colleagues,
        ``drifting`` and ``new_list`` for that with the own past: the other one may still name a rep.
    n_judged : reps compared on one check at least that can name somebody, out of ``n_reps``.
    n_without_list : reps who stand out on two checks that a bad list could explain, since lists are unknown.
    n_without_role : reps who stand out from colleagues on two checks and are not named, since their role is unknown.
    """

    named: tuple[NamedFlag, ...]
    team: tuple[TeamFigure, ...]
    different: tuple[DifferentJob, ...]
    cannot_tell: tuple[CannotTell, ...]
    n_judged: int
    n_reps: int
    n_without_role: int = 0
    n_without_list: int = 0

    @property
    def can_name(self) -> bool:
        """Whether checks of enough kinds could compare reps for anybody to be named."""
        limited = {limit.check for limit in self.cannot_tell} | TEAM_ONLY
        return len({FAMILIES[one.check] for one in self.team if one.check not in limited}) >= FEWEST_KINDS
