"""Named flags: a planted faker is named, and nobody whose counts have another reason."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench.integrity.calibration.worlds import FlagWorld, draw_team, frame_of_team
from workbench.integrity.find_flags import find_flags
from workbench.integrity.flags import Flags
from workbench.integrity.suspect_counts import FAMILIES, CannotTell, SuspectCounts

NO_ROLES = pd.Series(dtype=object)
BASE = {"seconds_long": 0.15, "same_contact": 0.1, "after_hours": 0.05, "cadence": 0.05}


def counts(reps: int = 12, months: int = 12, n: int = 200, lists: tuple[str, ...] = ("a", "b")) -> pd.DataFrame:
    """Honest reps, every month alike: rep i is off the base rate by a fixed part of it."""
    rows = [
        (check, "calls", f"rep {i:02d}", at, month, n, round(n * rate * (1 + 0.3 * np.sin(3 * i + place))))
        for place, (check, rate) in enumerate(BASE.items())
        for i in range(reps)
        for at in lists
        for month in pd.date_range("2025-01-01", periods=months, freq="MS")
    ]
    return pd.DataFrame(rows, columns=["check", "source", "rep", "list", "month", "n", "k"])


def plant(
    frame: pd.DataFrame, rep: str, since: str = "2025-01-01", until: str = "2026-12-01", **rates: float
) -> pd.DataFrame:
    """Let a rep have other rates, from one month to another."""
    frame = frame.copy()
    for check, rate in rates.items():
        rows = (frame["rep"] == rep) & (frame["check"] == check) & frame["month"].between(since, until)
        frame.loc[rows, "k"] = (frame.loc[rows, "n"] * rate).round().astype(int)
    return frame


def flags(frame: pd.DataFrame, roles: pd.Series | None = None, reached: pd.DataFrame | None = None) -> Flags:
    """What is found where all reps are known to have one role, unless other ones are given."""
    same = pd.Series("rep", index=frame["rep"].unique())
    return find_flags(SuspectCounts(frame), same if roles is None else roles, reached)


def goal(frame: pd.DataFrame, **of_rep: float) -> pd.DataFrame:
    """Everybody reaches 10 a month, unless said otherwise (``rep_03=4``)."""
    rows = frame[["rep", "month"]].drop_duplicates().assign(reached=10.0)
    for rep, value in of_rep.items():
        rows.loc[rows["rep"] == rep.replace("_", " "), "reached"] = value
    return rows


def fewer(frame: pd.DataFrame, rep: str, part: float, since: str = "2025-01-01") -> pd.DataFrame:
    """Let a rep log only a part of the events from a month on."""
    frame, rows = frame.copy(), (frame["rep"] == rep) & (frame["month"] >= since)
    frame.loc[rows, ["n", "k"]] = (frame.loc[rows, ["n", "k"]] * part).round().astype(int)
    return frame


def names(found: Flags) -> list[str]:
    return [flag.rep for flag in found.named]


def reasons(found: Flags) -> set[str]:
    return {one.why for one in found.cannot_tell}


def test_honest_reps_are_not_named() -> None:
    found = flags(counts())
    assert names(found) == []
    assert [figure.n_beyond for figure in found.team] == [0, 0, 0, 0]
    assert (found.n_judged, found.n_reps, found.different) == (12, 12, ())


def test_faker_all_year_is_named_on_two_families() -> None:
    found = flags(plant(counts(), "rep 03", seconds_long=0.6, same_contact=0.5))
    assert names(found) == ["rep 03"]
    assert {(key.check, key.kind, round(key.rate, 2)) for key in found.named[0].keys} == {
        ("seconds_long", "level", 0.6), ("same_contact", "level", 0.5),
    }  # fmt: skip
    key = next(key for key in found.named[0].keys if key.check == "seconds_long")
    assert (key.n, key.k, key.since, key.family) == (4800, 2880, None, "length")
    assert 0.1 < key.usual < 0.2
    assert key.z > 4


def test_without_roles_only_a_change_names_somebody() -> None:
    always = flags(plant(counts(), "rep 03", seconds_long=0.6, same_contact=0.5), NO_ROLES)
    assert (names(always), always.n_without_role) == ([], 1)
    begun = flags(plant(counts(), "rep 03", "2025-07-01", seconds_long=0.6, same_contact=0.5), NO_ROLES)
    assert (names(begun), begun.n_without_role) == (["rep 03"], 0)


def test_start_of_faking_is_found_in_its_quarter_and_after_it_ended() -> None:
    faking = plant(counts(months=18), "rep 03", "2025-07-01", "2025-12-01", seconds_long=0.6, same_contact=0.5)
    (flag,) = flags(faking).named
    changes = [key for key in flag.keys if key.kind == "change"]
    assert flag.rep == "rep 03"
    assert {(key.check, key.since) for key in changes} == {
        ("seconds_long", pd.Timestamp("2025-07-01")), ("same_contact", pd.Timestamp("2025-07-01")),
    }  # fmt: skip
    assert [key.n for key in changes] == [2400, 2400]


def test_one_check_alone_gives_a_team_figure_without_a_name() -> None:
    found = flags(plant(counts(), "rep 03", seconds_long=0.6))
    figure = next(figure for figure in found.team if figure.check == "seconds_long")
    assert names(found) == []
    assert (figure.n_beyond, figure.n_judged, round(figure.upper_rate or 0, 2)) == (1, 12, 0.6)
    assert figure.share == pytest.approx(1 / 12)


def test_two_checks_of_one_family_are_one_key() -> None:
    frame = counts()
    again = frame[frame["check"] == "same_contact"].assign(check="dead_number")
    frame = plant(pd.concat([frame, again]), "rep 03", same_contact=0.6, dead_number=0.6)
    assert FAMILIES["same_contact"] == FAMILIES["dead_number"]
    assert names(flags(frame)) == []


def test_rep_who_works_a_bad_list_most_is_not_named() -> None:
    frame = counts()
    bad = frame["list"] == "b"
    frame.loc[bad, "k"] = (frame.loc[bad, "k"] * 3.5).clip(upper=frame.loc[bad, "n"]).astype(int)
    mostly_bad = (frame["rep"] == "rep 03") & ~bad
    frame.loc[mostly_bad, ["n", "k"]] //= 20
    assert names(flags(frame)) == []


@pytest.mark.parametrize(("rate", "others"), [(0.95, 0.4)])
def test_night_shift_is_another_job(rate: float, others: float) -> None:
    found = flags(plant(counts(), "rep 03", after_hours=rate, seconds_long=others, same_contact=others))
    assert names(found) == []
    assert [(job.kind, job.reps) for job in found.different] == [("night_shift", ("rep 03",))]


def test_starter_is_left_out_for_three_months() -> None:
    frame = plant(counts(), "rep 03", "2025-05-01", "2025-07-01", seconds_long=0.6, same_contact=0.5)
    frame = frame[(frame["rep"] != "rep 03") | (frame["month"] >= "2025-05-01")]
    found = flags(frame)
    assert names(found) == []
    assert [(job.kind, job.reps, job.n_months) for job in found.different] == [("starter", ("rep 03",), 3)]


def test_part_timer_is_another_job() -> None:
    frame = plant(counts(), "rep 03", seconds_long=0.6, same_contact=0.5)
    frame.loc[frame["rep"] == "rep 03", ["n", "k"]] //= 5
    found = flags(frame)
    assert names(found) == []
    assert [(job.kind, job.reps) for job in found.different] == [("part_timer", ("rep 03",))]


ODD = {"seconds_long": 0.6, "same_contact": 0.5}


@pytest.mark.parametrize("part", [0.4, 0.25])
def test_work_off_the_system_is_another_job(part: float) -> None:
    """Little is logged, in an odd way, and the goal is reached: that is neither faking nor working less."""
    frame = fewer(plant(counts(), "rep 03", **ODD), "rep 03", part)
    found = flags(frame, reached=goal(frame))
    assert names(found) == []
    assert [(job.kind, job.reps) for job in found.different] == [("off_system", ("rep 03",))]


def test_little_work_for_little_is_no_work_off_the_system() -> None:
    frame = fewer(counts(), "rep 03", 0.25)
    found = flags(frame, reached=goal(frame, rep_03=2.5))
    assert [(job.kind, job.reps) for job in found.different] == [("part_timer", ("rep 03",))]


def test_few_odd_events_that_reach_nothing_are_named() -> None:
    frame = fewer(plant(counts(), "rep 03", **ODD), "rep 03", 0.4)
    assert names(flags(frame, reached=goal(frame, rep_03=3))) == ["rep 03"]


def test_who_logs_little_is_not_named_as_long_as_no_goal_tells() -> None:
    """Part of the work may be done elsewhere; who adds empty activity logs more, not less."""
    found = flags(fewer(plant(counts(), "rep 03", **ODD), "rep 03", 0.4))
    assert names(found) == []
    assert [(job.kind, job.reps) for job in found.different] == [("thin_log", ("rep 03",))]
    assert found.n_judged == found.n_reps
    assert names(flags(fewer(plant(counts(), "rep 03", **ODD), "rep 03", 0.8))) == ["rep 03"]


def test_a_faker_who_reaches_the_goal_is_named() -> None:
    frame = plant(counts(), "rep 03", **ODD)
    assert names(flags(frame, reached=goal(frame))) == ["rep 03"]


def test_who_leaves_the_system_in_the_middle_is_not_named_for_the_change() -> None:
    """Less than half is logged from July on in an odd way, and as much is reached."""
    frame = plant(counts(n=400), "rep 03", "2025-07-01", **ODD)
    frame.loc[frame["rep"] == "rep 03", ["n", "k"]] *= 2  # a rep who logged the most, so still as much as others
    less = fewer(frame, "rep 03", 0.45, "2025-07-01")
    assert names(flags(less)) == []  # the goal is unknown: the rest may be done elsewhere
    found = flags(less, reached=goal(less, rep_03=20))
    assert names(found) == []
    assert [(job.kind, job.reps) for job in found.different] == [("off_system", ("rep 03",))]
    assert found.n_judged == found.n_reps  # compared as before, and only not named
    assert names(flags(frame, reached=goal(frame, rep_03=20))) == ["rep 03"]  # the same change, and nothing less logged


def test_five_who_differ_alike_from_the_start_are_a_subrole() -> None:
    frame = counts(reps=24)
    five = tuple(f"rep {i:02d}" for i in range(5))
    for rep in five:
        frame = plant(frame, rep, seconds_long=0.5, same_contact=0.45)
    found = flags(frame)
    assert names(found) == []
    assert [(job.kind, job.reps, set(job.checks)) for job in found.different] == [
        ("subrole", five, {"seconds_long", "same_contact"})
    ]


def test_new_dialler_is_recognised_and_names_nobody() -> None:
    frame = counts(reps=24)
    users = tuple(f"rep {i:02d}" for i in range(6))
    for rep in users:
        frame = plant(frame, rep, "2025-07-01", seconds_long=0.5, cadence=0.8)
    found = flags(frame)
    assert names(found) == []
    assert [(job.kind, job.reps) for job in found.different] == [("dialler", users)]


def test_new_dialler_names_nobody_where_rhythm_is_not_known() -> None:
    frame = counts(reps=24)
    frame = pd.concat([frame, frame[frame["check"] == "seconds_long"].assign(check="unanswered")])
    for i in range(6):
        frame = plant(frame, f"rep {i:02d}", "2025-07-01", seconds_long=0.5, unanswered=0.6)
    assert names(flags(frame[frame["check"] != "cadence"])) == []


def test_many_who_change_alike_without_doing_more_have_a_new_job() -> None:
    frame, movers = counts(reps=24), tuple(f"rep {i:02d}" for i in range(5))
    for rep in movers:
        frame = plant(frame, rep, "2025-07-01", seconds_long=0.5, same_contact=0.45)
    found = flags(frame)
    assert names(found) == []
    assert {(job.kind, job.reps) for job in found.different} == {("new_job", movers)}
    grown = frame["rep"].isin(movers) & (frame["month"] >= "2025-07-01")
    frame.loc[grown, ["n", "k"]] *= 2
    assert set(names(flags(frame))) == set(movers)


def test_where_lists_are_unknown_a_bad_list_names_nobody() -> None:
    frame = plant(counts(), "rep 03", seconds_long=0.6, same_contact=0.5)
    assert names(flags(frame.assign(list=""))) == []
    at_night = plant(counts(), "rep 03", after_hours=0.4, same_contact=0.5)
    assert names(flags(at_night.assign(list=""))) == ["rep 03"]


def test_roles_are_compared_within_themselves() -> None:
    frame = counts(reps=24)
    closers = [f"rep {i:02d}" for i in range(10)]
    for rep in closers:
        frame = plant(frame, rep, seconds_long=0.6, same_contact=0.5)
    roles = pd.Series("dialling", index=frame["rep"].unique()).where(lambda r: ~r.index.isin(closers), "closing")
    found = flags(frame, roles)
    assert (names(found), found.different, found.n_judged) == ([], (), 24)


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        (counts(reps=7), {"few_reps"}),
        (counts(months=5), {"few_months"}),
        (counts(n=2), {"few_rows"}),
    ],
)
def test_too_little_to_compare_names_nobody_and_says_why(frame: pd.DataFrame, why: set[str]) -> None:
    found = flags(plant(frame, "rep 03", seconds_long=1.0, same_contact=1.0))
    assert (names(found), reasons(found)) == ([], why)


def test_everybody_on_a_list_of_their_own_cannot_be_compared() -> None:
    frame = plant(counts(), "rep 03", seconds_long=0.6, same_contact=0.5)
    found = flags(frame.assign(list="list of " + frame["rep"]))
    assert (names(found), reasons(found), found.n_judged) == ([], {"few_reps"}, 0)


def test_most_of_the_team_starting_at_once_is_about_the_team() -> None:
    frame = counts()
    for i in range(8):
        frame = plant(frame, f"rep {i:02d}", "2025-07-01", seconds_long=0.4 + 0.05 * i, same_contact=0.4)
    found = flags(frame)
    assert names(found) == []
    assert {(one.check, one.why) for one in found.cannot_tell} == {
        ("seconds_long", "team_wide"), ("same_contact", "team_wide"),
    }  # fmt: skip


def test_lists_swapped_make_no_change_of_a_rep() -> None:
    frame = counts(reps=24, lists=("a", "b"))
    first_half, odd = frame["month"] < "2025-07-01", frame["rep"].str[-1].astype(int) % 2 == 1
    frame = frame[(frame["list"] == "a") == (first_half == odd)]
    found = flags(frame)
    assert (names(found), reasons(found)) == ([], {"new_list"})


def test_names_and_order_of_rows_do_not_matter() -> None:
    team = draw_team(FlagWorld("calm", 24, empty=0.5, begin="mid-year"), np.random.default_rng(3))
    frame = frame_of_team(team)
    found = flags(frame)
    other = {rep: f"x{place:02d}" for place, rep in enumerate(sorted(frame["rep"].unique(), reverse=True))}
    shuffled = frame.sample(frac=1, random_state=1).assign(rep=lambda rows: rows["rep"].map(other))
    again = flags(shuffled)
    assert set(names(found)) == set(np.array(team.cube.reps)[team.fakes])
    assert [(other[flag.rep], flag.keys) for flag in found.named] == [(flag.rep, flag.keys) for flag in again.named]
    assert found.team == again.team


def test_what_the_counts_could_not_tell_is_handed_on() -> None:
    lacking = CannotTell("burst", "no_time_of_day", "calls")
    found = find_flags(SuspectCounts(counts(), (lacking,)), NO_ROLES)
    assert found.cannot_tell == (lacking,)


def test_no_counts_give_no_findings() -> None:
    assert flags(counts().iloc[:0]) == Flags((), (), (), (), 0, 0)
