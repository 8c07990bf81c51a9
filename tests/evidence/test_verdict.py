"""The table of conditions: planted truths get their verdict, every rule can be reached, thresholds can be moved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.evidence.planted import planted, record_of
from workbench.evidence.drift import LinkChange
from workbench.evidence.necessity import HeldOut
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.report import CHECKS, run_checks
from workbench.evidence.sample_size import sample_size_needed
from workbench.evidence.verdict import RULES, decide_verdict, read_facts
from workbench.scoring.correlation import Correlation

PLANTED = {
    "noise": {"drop"}, "trait": {"watch"}, "lever": {"keep"}, "lagged_lever": {"keep"}, "season": {"drop"},
    "copy": {"drop"}, "gamed": {"drop", "watch"}, "drifting": {"drop", "watch"}, "segment": {"watch"},
    "follower": {"watch"},
}  # fmt: skip


@pytest.fixture(scope="module")
def large():
    return {one.kpi: one for one in run_checks(planted(reps=80, periods=30, seed=4)).kpis}


@pytest.mark.parametrize("kind", PLANTED)
def test_planted_truths_get_their_verdict(large, kind):
    assert large[kind].verdict.name in PLANTED[kind]


def test_the_reasons_name_what_was_planted(large):
    reasons = {kind: large[kind].verdict.reasons[0].fact for kind in PLANTED}
    assert reasons["copy"] == "copy"
    assert reasons["gamed"] == "decoupled"
    assert reasons["trait"] == "trait"
    assert reasons["follower"] == "follows"
    assert reasons["segment"] == "uneven"
    assert large["lever"].verdict.change == "trial"


def test_few_reps_are_not_enough_data_and_the_n_that_would_do_is_given():
    for one in run_checks(planted(reps=6, periods=5, seed=2, kinds=("noise", "lever"))).kpis:
        assert one.verdict.name == "not enough data"
        assert one.verdict.enough.reps > 6
        assert one.verdict.enough.periods > 5


def test_three_reps_have_no_interval_at_all():
    found = run_checks(planted(reps=3, periods=12, kinds=("noise", "lever"))).kpis[0]
    assert (found.verdict.name, found.verdict.reasons[0].fact) == ("not enough data", "measured")


def test_a_constant_kpi_is_not_enough_data_rather_than_a_crash():
    rng = np.random.default_rng(0)
    values = np.stack([np.full((12, 10), 7.0), rng.normal(size=(12, 10))])
    assert run_checks(record_of(values, rng.normal(size=(12, 10)))).kpis[0].verdict.name == "not enough data"


def test_the_smallest_link_that_matters_is_the_users(large):
    record = planted(reps=80, periods=30, seed=4)
    strict = {one.kpi: one.verdict.name for one in run_checks(record, EvidenceOptions(smallest=0.5)).kpis}
    assert strict["lever"] == "drop"
    mild = {one.kpi: one.verdict.name for one in run_checks(record, EvidenceOptions(smallest=0.02)).kpis}
    assert mild["noise"] != "drop"


def test_a_short_horizon_turns_keep_into_watch():
    record = planted(reps=80, periods=30, seed=4, skill=0.3)
    short = {one.kpi: one.verdict for one in run_checks(record, EvidenceOptions(horizon=2)).kpis}
    assert (short["lever"].name, short["lever"].reasons[1].fact) == ("watch", "readable")


def test_every_rule_names_known_facts_and_the_last_one_always_fits(large):
    known = {*large["lever"].verdict.facts}
    assert all(set(rule.when) | set(rule.because) <= known for rule in RULES)
    assert RULES[-1].when == {}
    assert {rule.verdict for rule in RULES} == {"keep", "watch", "drop", "not enough data"}


def test_facts_are_read_from_the_findings(large):
    assert read_facts(large["lever"].findings, EvidenceOptions())["lever"] == "yes"
    assert read_facts(large["noise"].findings, EvidenceOptions())["lever"] == "no"


def link(low: float, high: float) -> Correlation:
    return Correlation((low + high) / 2, low, high, 500, 40, "by hand")


BROKEN = {"early": link(0.1, 0.5), "change": LinkChange(-0.4, -0.7, -0.1, 40), "now": link(-0.1, 0.1)}


@pytest.mark.parametrize(
    ("differs", "read"),
    [
        ({}, "yes"),
        ({"early": link(-0.1, 0.5)}, "no"),  # never proven, so nothing came loose
        ({"change": LinkChange(-0.4, -0.9, 0.1, 40)}, "no"),  # the fall may be chance
        ({"now": link(-0.1, 0.3)}, "no"),  # a link that matters may still be there
    ],
    ids=["all three", "no early link", "no proven change", "not excluded now"],
)
def test_decoupled_needs_an_early_link_a_proven_fall_and_none_now(large, differs, read):
    findings = replace(large["noise"].findings, drift=replace(large["noise"].findings.drift, **BROKEN | differs))
    assert read_facts(findings, EvidenceOptions())["decoupled"] == read


@pytest.mark.parametrize(
    ("highs", "p_leads", "best", "read"),
    [
        ((0.19, 0.19), 0.9, link(-0.1, 0.19), "no"),  # every lag excludes a link that would matter
        ((0.19, 0.2), 0.9, link(-0.1, 0.2), "unclear"),  # one lag does not
        ((0.4, 0.4), 0.05, link(0.1, 0.4), "yes"),
        ((0.4, 0.4), 0.051, link(0.1, 0.4), "unclear"),  # so clear a link at some lag may be chance
        ((0.4, 0.4), 0.01, link(0.0, 0.4), "unclear"),  # its own interval holds 0
        ((0.4, 0.4), 0.01, None, "unclear"),
        ((), 0.01, None, "unclear"),
    ],
)
def test_a_lever_is_proven_over_all_lags_and_excluded_only_at_every_lag(large, highs, p_leads, best, read):
    others = tuple(link(-0.1, high) for high in highs)
    links = (*others, best) if best else others
    lead = replace(large["lever"].findings.lead, lags=tuple(range(len(links))), links=links,
                   best_lag=len(others) if best else None, p_leads=p_leads)  # fmt: skip
    assert read_facts(replace(large["lever"].findings, lead=lead), EvidenceOptions())["lever"] == read


@pytest.mark.parametrize(
    ("periods", "read"), [(11.0, "yes"), (12.0, "yes"), (12.1, "no"), (np.inf, "no"), (np.nan, "unclear")]
)
def test_readable_means_within_the_horizon_for_coaching(large, periods, read):
    found = large["lever"].findings
    readable = tuple(
        replace(one, periods=periods if one.use == "coach" else 5.0 if read != "yes" else 99.0)
        for one in found.measurement.readable
    )
    changed = replace(found, measurement=replace(found.measurement, readable=readable))
    assert read_facts(changed, EvidenceOptions(horizon=12))["readable"] == read


GAIN, LOSS = HeldOut(0.02, 30, 40), HeldOut(-0.02, 10, 40)
PROVEN, UNPROVEN = link(0.1, 0.4), link(-0.1, 0.2)


@pytest.mark.parametrize(
    ("within", "across", "read"),
    [
        ((PROVEN, GAIN), (UNPROVEN, LOSS), "yes"),
        ((UNPROVEN, LOSS), (PROVEN, GAIN), "yes"),
        ((PROVEN, LOSS), (UNPROVEN, GAIN), "unclear"),  # each level has half of what one of them needs whole
        ((UNPROVEN, GAIN), (PROVEN, LOSS), "unclear"),
        ((PROVEN, HeldOut(0.0, 20, 40)), (link(0.0, 0.4), GAIN), "unclear"),  # 0 is no gain, and 0 is not above 0
    ],
)
def test_a_kpi_adds_when_on_one_level_its_own_link_is_proven_and_it_predicts_better(large, within, across, read):
    necessity = replace(
        large["lever"].findings.necessity,
        partial_within=within[0], gain_within=within[1], partial_across=across[0], gain_across=across[1],
    )  # fmt: skip
    assert read_facts(replace(large["lever"].findings, necessity=necessity), EvidenceOptions())["adds"] == read
    copy = replace(necessity, overlap=replace(necessity.overlap, redundant=True))
    assert read_facts(replace(large["lever"].findings, necessity=copy), EvidenceOptions())["adds"] == "no"


def with_best(found, best: Correlation, other: Correlation):
    """The findings with one link per lag, all alike but the best, and another link at the same period of validity."""
    lead = replace(found.lead, links=tuple(best if lag == found.lead.best_lag else other for lag in found.lead.lags))
    return replace(found, lead=lead, validity=replace(found.validity, within_reps_and_periods=other))


def test_power_is_that_of_the_best_lag_and_decides_watch_over_not_enough_data(large):
    """A narrow best lag around 0.1 is enough history to say "no proof yet"; a wide one is not, however narrow the
    link of the same period is."""
    narrow, wide = link(0.0, 0.25), link(-0.4, 0.6)
    powered = decide_verdict(with_best(large["noise"].findings, narrow, wide), EvidenceOptions(), 80, 30)
    assert (powered.name, powered.facts["powered"]) == ("watch", "yes")
    assert powered.reasons[1].finding == sample_size_needed(narrow, 80, 30, 0.2, 0.95)
    thin = decide_verdict(with_best(large["noise"].findings, wide, narrow), EvidenceOptions(), 80, 30)
    assert (thin.name, thin.facts["powered"], thin.enough.reps > 80) == ("not enough data", "no", True)


def test_without_any_lag_power_is_that_of_the_link_within_reps_and_periods(large):
    found = large["noise"].findings
    lone = replace(found, lead=replace(found.lead, lags=(), links=(), best_lag=None),
                   validity=replace(found.validity, within_reps_and_periods=link(-0.3, 0.5)))  # fmt: skip
    assert decide_verdict(lone, EvidenceOptions(), 80, 30).enough == sample_size_needed(
        link(-0.3, 0.5), 80, 30, 0.2, 0.95
    )


def test_progress_names_each_check_once():
    heard = []
    run_checks(planted(reps=6, periods=6, kinds=("noise",)), progress=lambda share, name: heard.append((share, name)))
    assert [name for _, name in heard] == [one.module.NAME for one in CHECKS]
    assert [share for share, _ in heard] == sorted(share for share, _ in heard)


def test_order_of_reps_and_units_do_not_change_a_verdict():
    record = planted(reps=24, periods=18, seed=5)
    order = np.random.default_rng(0).permutation(24)
    base = run_checks(record)
    moved = record_of(1000 * record.values[:, order] + 5, record.goal[order] / 7)
    moved = replace(moved, segments={name: labels[order] for name, labels in record.segments.items()})
    for one, other in zip(base.kpis, run_checks(moved).kpis, strict=True):
        assert other.findings.lead.links[3].rho == pytest.approx(one.findings.lead.links[3].rho, abs=1e-8)
        assert other.findings.measurement.single_period.value == pytest.approx(
            one.findings.measurement.single_period.value, abs=1e-8
        )


@pytest.mark.parametrize(
    ("rho", "low", "high", "change", "p_break", "reading"),
    [
        (0.31, 0.1, 0.5, 0.1, 0.5, "yes"),  # shown
        (0.21, -0.02, 0.42, 0.1, 0.5, "yes"),  # as large as matters, without a sign of change
        (0.19, -0.02, 0.42, 0.1, 0.5, "unclear"),  # smaller than matters
        (0.21, -0.02, 0.42, -0.01, 0.5, "unclear"),  # weaker than in the first half
        (0.21, -0.02, 0.42, 0.1, 0.05, "unclear"),  # after a break
        (0.05, -0.1, 0.19, 0.1, 0.5, "no"),
    ],
)
def test_a_link_holds_if_it_is_shown_or_large_enough_without_a_sign_of_change(
    large, rho, low, high, change, p_break, reading
):
    findings = large["lever"].findings
    now = Correlation(rho, low, high, 120, 12, "")
    drift = replace(findings.drift, now=now, change=LinkChange(0.0, -0.5, change, 12), p_break=p_break)
    assert read_facts(replace(findings, drift=drift), EvidenceOptions())["holds"] == reading


@pytest.mark.parametrize(
    ("stretch", "together", "weakens", "holds"),
    [(1.0, False, "yes", "unclear"), (1.9, True, "yes", "unclear"), (2.1, True, "no", "yes")],
)
def test_where_reps_move_together_a_fall_must_be_shown_by_the_wider_range(large, stretch, together, weakens, holds):
    """A fall of .2, up to .1, is none once the range is more than twice as wide; a break that reps show is none."""
    late = link(-0.1, 0.5)
    findings = large["lever"].findings
    drift = replace(findings.drift, late=late, now=late if not together else link(-0.3, 0.05), p_break=0.01,
                    change=LinkChange(-0.2, -0.3, -0.1, 12))  # fmt: skip
    shocks = replace(findings.shocks, wide=late if together else None, stretch=stretch)
    facts = read_facts(replace(findings, drift=drift, shocks=shocks), EvidenceOptions())
    assert (facts["weakens"], facts["holds"]) == (weakens, holds)


@pytest.mark.parametrize(
    ("comes_after", "by_days", "after_without", "read"),
    [(True, False, True, "yes"), (True, False, False, "no"), (True, True, False, "yes"), (False, False, True, "no")],
)
def test_following_by_periods_must_hold_without_what_reps_share(large, comes_after, by_days, after_without, read):
    findings = large["lever"].findings
    order = replace(findings.order, comes_after=comes_after, by_days=by_days)
    shocks = replace(findings.shocks, after_without=after_without)
    assert read_facts(replace(findings, order=order, shocks=shocks), EvidenceOptions())["after"] == read
