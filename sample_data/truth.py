"""What was planted in a story, in one structure for all stories (``<slug>.truth.json``).

Every key below is present in every file; a list is empty where nothing of its kind was planted. Dates are
``YYYY-MM-DD``, periods ``YYYY-MM`` (``YYYY-MM-DD`` of the Monday in a weekly story), names exactly as in the files.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Kind = Literal["lever", "trait", "useless", "gamed", "segment_only", "outcome", "redundant"]
SOUND: dict[Kind, tuple[str, ...]] = {
    "lever": ("keep", "watch"),
    "trait": ("watch", "drop", "not enough data"),
    "useless": ("drop", "watch", "not enough data"),
    "gamed": ("drop", "watch", "not enough data"),
    "segment_only": ("drop", "watch", "not enough data"),
    "outcome": ("keep", "watch"),
    "redundant": ("drop", "watch"),
}
"""What a sound report may say, whatever the dice: what moves nothing is not kept, levers are not dropped."""


@dataclass(frozen=True)
class PlantedKpi:
    """What a KPI really is.

    Attributes
    ----------
    kind : "lever" (doing more of it brings the goal), "trait" (good reps have more of it, but more of it brings
        nothing), "useless" (no link), "gamed" (a link until it was rewarded, then faked), "segment_only" (a lever for
        ``works_for`` alone), "outcome" (the goal itself or a step of it), "redundant" (a copy of ``copy_of``).
    verdicts : what a sound report may say of this kind (``SOUND``).
    lag_periods : fewest and most periods from KPI to goal; empty when there is no link.
    """

    kpi: str
    formula: str
    kind: Kind
    verdicts: tuple[str, ...] = field(init=False)
    because: str
    works_for: tuple[str, ...] = ()
    copy_of: str | None = None
    lag_periods: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "verdicts", SOUND[self.kind])


@dataclass(frozen=True)
class PlantedRep:
    """What a rep really does.

    ``roles`` holds any of: faker, honest_seller (sells above the median, honestly), leaver, joiner, phantom_quoter,
    best_at_phase. ``fakes``: from, until and how (ways with their share); ``style``: the channel the rep lives by;
    ``best_phase``: the phase this rep is far ahead in.
    """

    rep: str
    roles: tuple[str, ...] = ()
    fakes: dict[str, Any] | None = None
    style: str | None = None
    best_phase: str | None = None
    joined: str | None = None
    left: str | None = None


@dataclass(frozen=True)
class Moment:
    """A dated turn of the story: reward, pivot, leaver, joiner, recovery, cut (the data stop inside a period)."""

    date: str
    what: str
    text: str


@dataclass(frozen=True)
class Run:
    """Periods in a row in which the team hit the KPI's target and missed the goal. No longer run was planted."""

    kpi: str
    first: str
    last: str
    n_periods: int


@dataclass(frozen=True)
class Phase:
    """A step of the conversation: ``reached_by`` lists the outcomes that prove it was reached; ``rate`` is the planted
    share of calls that get here from the step before, ``spread`` its standard deviation between reps ÷ rate."""

    name: str
    reached_by: tuple[str, ...]
    rate: float
    spread: float
    best_rep: str


@dataclass(frozen=True)
class Question:
    """Predict first, then reveal."""

    ask: str
    choices: tuple[str, ...]
    answer: str
    because: str


@dataclass(frozen=True)
class Truth:
    """Everything planted in one story. ``verdicts`` maps a later page (replay, style, integrity, phases, trials) to
    what it must find; ``opening`` is what a new hire reads first, ``reveal`` what they read last.

    The file has ``months_on`` besides: how many months later than the sample a throw lets the story happen.
    """

    story: str
    title: str
    opening: str
    questions: tuple[Question, ...]
    reveal: str
    goal: str
    kpis: tuple[PlantedKpi, ...]
    reps: tuple[PlantedRep, ...]
    timeline: tuple[Moment, ...] = ()
    runs: tuple[Run, ...] = ()
    phases: tuple[Phase, ...] = ()
    verdicts: dict[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "verdicts": self.verdicts or {}}
