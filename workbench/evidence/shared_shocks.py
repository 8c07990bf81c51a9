"""Check for shocks that reps share, by known segments and by common components of residuals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy import stats

from workbench.evidence.event_order import order_of_residuals
from workbench.evidence.likeness import Likeness, remove_group_period_means
from workbench.evidence.record import A_YEAR, EvidenceOptions, Record
from workbench.scoring.correlation import Correlation
from workbench.scoring.fixed_effects import Residuals, remove_levels
from workbench.scoring.jackknife import fisher_z
from workbench.scoring.within_reps import ROUNDING, WithinRepLink, links_of_residuals, within_rep_links

Cause = Literal["shared", "season", "learning"]

NAME = "shocks"
SOURCE = (
    "Segment × period effects; mean squared correlation between reps' residuals against series with as much memory and "
    "nothing in common; interactive fixed effects (Bai 2009); variance by reps and periods (Cameron, Gelbach & Miller "
    "2011)"
)
COMPONENTS = 3
PROVEN, DOUBT = 0.02, 0.1
"""p up to which it is said of a KPI that reps move together, and up to which that is doubt enough not to keep it.

The draws that p comes from are cautious: of teams whose reps have nothing in common, .03 are in doubt (20 × 24).
"""
AND_PERIODS = ", and periods"  # what else a wider interval counts
STILL_AFTER = 0.2
"""p of following, without what reps share, up to which it is believed with it: what reps share has an order by chance.

In four unknown regions 5 to 6% of levers of .4 were taken for follow-up, now 1 to 3%; of follow-up as much is seen as
before (100 teams each). Asked to be shown again at .04, 12 points of follow-up were lost.
"""


@dataclass(frozen=True)
class SharedShocks:
    """Shared components in the residuals of a KPI and the goal, and the link without them.

    Attributes
    ----------
    p_kpi, p_goal : the chance of reps so alike if each had a past of its own.
    p_between : the chance of one rep's KPI going so clearly with another rep's goal. All NaN where no rep has
        periods enough.
    wide : the link with an interval that counts periods as well as reps; None unless KPI and goal are both alike
        between reps, or go together between reps (p up to ``PROVEN``).
    without : a link above 0 once the components that reps share are taken out of both; None unless the same is so with
        p up to ``DOUBT``.
    own_seasons : a link above 0 once every rep's own yearly swing is taken out of both; None with less than a year and
        a half of months or quarters.
    settled : a link above 0 without the first half year of reps who came during the history; None where nobody came.
    stretch : how many times as wide ``wide`` is as the interval by reps alone, on atanh; 1 without.
    after_without : False where reps move together, and activity no longer seems to come after the goal (by periods)
        once the components that reps share are taken out.
    link : the link with everything in, that ``without`` is compared with.
    """

    p_kpi: float
    p_goal: float
    p_between: float
    without: Correlation | None
    wide: Correlation | None = None
    own_seasons: Correlation | None = None
    settled: Correlation | None = None
    stretch: float = 1.0
    after_without: bool = True
    link: float = 0.0
    source: str = SOURCE

    @property
    def found(self) -> bool:
        return self.wide is not None or self.without is not None

    @property
    def cause(self) -> Cause | None:
        """What can explain the link, since it does not stay above 0 without; None where it stays.

        Without the components that reps share, half of the link must be left as well. Of a campaign a quarter is left,
        which kept useless KPIs in 3 to 6% of teams.
        """
        if self.without is not None and not (self.without.low > 0 and self.without.rho >= self.link / 2):
            return "shared"
        if self.own_seasons is not None and not self.own_seasons.low > 0:
            return "season"
        return "learning" if self.settled is not None and not self.settled.low > 0 else None


def check(record: Record, options: EvidenceOptions) -> tuple[SharedShocks, ...]:
    """Return one finding per KPI, in the order of the record."""
    out = options.take_out_periods, record.shock_segments, record.weights
    links = within_rep_links(record.values, record.goal, *out)
    if not links:
        return ()
    goal = Likeness(remove_levels(record.goal[None], np.isfinite(record.goal), *out), out[1], options.seed)
    return tuple(_of_kpi(record, k, link, goal, options) for k, link in enumerate(links))


def _of_kpi(record: Record, k: int, link: WithinRepLink, goal: Likeness, options: EvidenceOptions) -> SharedShocks:
    values, segments = record.values[k], record.shock_segments
    out = options.take_out_periods, segments, record.weights
    own = Likeness(remove_levels(values[None], np.isfinite(values), *out), segments, options.seed + 1)
    p_between = own.likeness_to(goal)
    p, linked = min(max(own.likeness, goal.likeness), p_between), link.correlation(options).low > 0
    seasons = link_without_own_seasons(record, k, options) if linked else None
    settled = link_of_settled_reps(record, k, options) if linked else None
    if p > DOUBT:
        return SharedShocks(own.likeness, goal.likeness, p_between, None, None, seasons, settled)
    pair = np.stack([values, record.goal])
    left = remove_levels(pair, np.isfinite(pair).all(axis=0), *out)
    wide = widen_by_periods(link, left, options) if p <= PROVEN else None
    stretch = _stretch(wide, link.correlation(options)) if wide is not None else 1.0
    found = SharedShocks(own.likeness, goal.likeness, p_between, None, wide, seasons, settled, stretch)
    if not linked:
        return found
    own_part = remove_shared_components(left, segments, options)
    after = wide is None or not order_of_residuals(own_part, options).p_follows > STILL_AFTER
    without = links_of_residuals(own_part)[0].correlation(options)
    return replace(found, without=without, after_without=after, link=link.r)


def _stretch(wide: Correlation, plain: Correlation) -> float:
    ends = [np.arctanh(np.clip(one.high, -1 + ROUNDING, 1 - ROUNDING)) for one in (wide, plain)]
    middle = np.arctanh(np.clip(plain.rho, -1 + ROUNDING, 1 - ROUNDING))
    ratio = (ends[0] - middle) / (ends[1] - middle) if ends[1] > middle else np.nan
    return float(ratio) if np.isfinite(ratio) else 1.0


def stretch_link(link: Correlation, stretch: float) -> Correlation:
    """Return a link whose interval is ``stretch`` times as wide on atanh."""
    if stretch == 1:
        return link
    z, low, high = (np.arctanh(np.clip(end, -1 + ROUNDING, 1 - ROUNDING)) for end in (link.rho, link.low, link.high))
    ends = (float(np.tanh(z + (end - z) * stretch)) for end in (low, high))
    return replace(link, low=next(ends), high=next(ends), method=link.method + AND_PERIODS)


def widen_by_periods(link: WithinRepLink, residuals: Residuals, options: EvidenceOptions) -> Correlation:
    """Return a link with an interval for reps that move together from one period to the next, for unknown reasons.

    Notes
    -----
    The variance that leaving out reps gives, and that of the periods' sums of influences on atanh(r), since what
    several reps share makes their parts of one period alike. Both are added without taking off what they have in
    common (Davezies, D'Haultfœuille & Guyonvarch 2021), Student's t with the smaller of reps and periods. With four
    unknown regions (300 teams each) the interval by reps alone holds the truth in .82 (20 reps × 24 months), .73
    (50 × 24) and .85 (20 × 12); this one in .96, .96 and .98.
    """
    x, y = residuals.values
    plain, r = link.correlation(options), link.r
    method = plain.method + AND_PERIODS
    if not np.isfinite(plain.low):
        return replace(plain, method=method)
    influence = x * y / np.sqrt(link.xx * link.yy) - r / 2 * (x * x / link.xx + y * y / link.yy)
    by_period = influence.sum(axis=0) / max(1 - r**2, ROUNDING)
    periods, reps = link.n_periods, plain.n_reps
    z, each = fisher_z(r, link.n_pairs), fisher_z(link.r_without[link.carriers], link.n_pairs)
    by_reps = (reps - 1) / reps * np.sum((each - each.mean()) ** 2)
    error = np.sqrt(by_reps + np.sum(by_period**2) * periods / max(periods - 1, 1))
    reach = stats.t.ppf((1 + options.confidence) / 2, max(min(reps, periods) - 1, 1)) * error
    return replace(plain, low=float(np.tanh(z - reach)), high=float(np.tanh(z + reach)), method=method)


def remove_shared_components(residuals: Residuals, segments: np.ndarray | None, options: EvidenceOptions) -> Residuals:
    """Take the time components that reps share out of the residuals of a KPI and the goal."""
    n_periods = residuals.present.shape[1]
    basis = np.column_stack([np.ones(n_periods), *(_components(one) for one in residuals.values)])
    return _without(residuals, basis, segments, options)


def link_without_own_seasons(record: Record, k: int, options: EvidenceOptions) -> Correlation | None:
    """Return the link of the k-th KPI within reps without every rep's own yearly swing; None where that is unknown.

    Where territories have seasons of unlike size, what is left of season after the period levels are out moves KPI and
    goal of the same rep alike.
    """
    year = A_YEAR[record.grain]
    if record.grain not in ("month", "quarter") or record.n_periods < 1.5 * year:
        return None
    pair = np.stack([record.values[k], record.goal])
    out = options.take_out_periods, record.shock_segments, record.weights
    residuals = remove_levels(pair, np.isfinite(pair).all(axis=0), *out)
    turn = 2 * np.pi * np.arange(record.n_periods) / year
    basis = np.column_stack([np.ones(record.n_periods), np.sin(turn), np.cos(turn)])
    return links_of_residuals(_without(residuals, basis, record.shock_segments, options))[0].correlation(options)


def link_of_settled_reps(record: Record, k: int, options: EvidenceOptions) -> Correlation | None:
    """Return the link of the k-th KPI within reps without newcomers' first half year; None where nobody came.

    Newcomers do more and sell more from month to month while they learn, whatever the KPI is. Who is there when the KPI
    is first known is no newcomer, however late that is.
    """
    present = np.isfinite(record.values[k]) & np.isfinite(record.goal)
    since = np.where(present.any(axis=1), present.argmax(axis=1), 0)
    learning = np.arange(record.n_periods) < since[:, None] + max(A_YEAR[record.grain] // 2, 1)
    kept = present & ~(learning & (since[:, None] > present.any(axis=0).argmax()))
    if (kept == present).all():
        return None
    pair = np.stack([record.values[k], record.goal])
    out = options.take_out_periods, record.shock_segments, record.weights
    return links_of_residuals(remove_levels(pair, kept, *out))[0].correlation(options)


def _without(
    residuals: Residuals, basis: np.ndarray, segments: np.ndarray | None, options: EvidenceOptions
) -> Residuals:
    """Take each rep's own fit on the basis (periods, components) out of the residuals of the pair."""
    groups = np.zeros(len(residuals.present), int) if segments is None else segments
    left = residuals.values
    for _ in range(3):
        left = _remove_components(left, residuals.present, basis)
        if options.take_out_periods:
            left = remove_group_period_means(left, residuals.present, groups)
    enough = residuals.present.sum(axis=1, keepdims=True) > basis.shape[1] + 1
    present = residuals.present & enough
    return Residuals(left * present, present, residuals.weight)


def _components(residuals: np.ndarray) -> np.ndarray:
    """Return (periods, up to ``COMPONENTS``) principal time components, fewer for a short history."""
    size = np.sqrt((residuals**2).sum(axis=1, keepdims=True))
    unit = np.divide(residuals, size, out=np.zeros_like(residuals), where=size > 0)
    number = min(COMPONENTS, residuals.shape[1] // 4)
    return np.linalg.svd(unit, full_matrices=False)[2][:number].T


def _remove_components(values: np.ndarray, present: np.ndarray, basis: np.ndarray) -> np.ndarray:
    """Subtract from (variables, reps, periods) each rep's own fit on the basis (periods, components)."""
    masked = present[:, :, None] * basis
    system = np.swapaxes(masked, 1, 2) @ masked + 1e-9 * np.eye(basis.shape[1])
    fit = np.linalg.solve(system, np.swapaxes(masked, 1, 2) @ np.moveaxis(values, 0, 2))
    return np.moveaxis(np.moveaxis(values, 0, 2) - masked @ fit, 2, 0)
