"""Call logs in which a wrong sentence would accuse an honest rep, or clear one who fakes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.integrity.logs import write_log
from workbench.integrity.count_suspects import count_suspects
from workbench.integrity.find_flags import find_flags
from workbench.integrity.flags import Flags
from workbench.integrity.suspect_counts import SuspectCounts
from workbench.integrity.suspect_share import standing_out
from workbench.words.integrity import integrity_headline, key_sentence, team_figure_sentences, unnamed_sentence

REPS = [f"Rep {i:02d}" for i in range(12)]
FAKER, AT_NIGHT, BAD_LIST = REPS[3], REPS[5], REPS[7]
ROLES = pd.Series("caller", index=REPS)


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    """Twelve callers over nine months: one fakes from May on, one works evenings, one has a bad list."""
    chance = np.random.default_rng(3)
    days, parts = pd.bdate_range("2025-01-01", "2025-09-30"), []
    for rep in REPS:
        n = chance.poisson(22, len(days))
        begin, hours = (18, 4) if rep == AT_NIGHT else (8.5, 8.5)
        outcomes = [0.4, 0.2, 0.3, 0.1] if rep == BAD_LIST else [0.5, 0.25, 0.05, 0.2]
        started = np.repeat(days, n) + pd.to_timedelta(chance.uniform(begin, begin + hours, n.sum()), unit="h").round(
            "s"
        )
        numbers = chance.choice(chance.integers(10**6, 9 * 10**6, 2_500), n.sum())
        kinds = chance.choice(["no answer", "voicemail", "dead number", "conversation"], n.sum(), p=outcomes)
        parts.append(pd.DataFrame({"started": started, "rep": rep, "phone": numbers.astype(str), "outcome": kinds}))
    calls = pd.concat(parts)
    calls["seconds"] = chance.integers(8, 45, len(calls))
    faked = days[days >= "2025-05-01"].repeat(11)
    empty = {"started": faked + pd.to_timedelta(chance.uniform(8.5, 17, len(faked)), unit="h").round("s"), "rep": FAKER,
             "phone": "17" + pd.Series(chance.integers(0, 12, len(faked))).astype(str).to_numpy(),
             "outcome": "no answer", "seconds": chance.integers(2, 6, len(faked))}  # fmt: skip
    every = pd.concat([calls, pd.DataFrame(empty)]).sort_values("started", ignore_index=True)
    return every.assign(list=chance.choice(["North", "South"], len(every)))


def counted(folder: Path, log: pd.DataFrame, **columns: str) -> SuspectCounts:
    return count_suspects(write_log(folder, log, {"kind": "calls", "contact": "phone"} | columns), folder)


def said(flags: Flags) -> str:
    signs = [key_sentence(key) for flag in flags.named for key in flag.keys]
    return " ".join([integrity_headline(flags), unnamed_sentence(flags), *team_figure_sentences(flags), *signs])


def test_the_faker_is_named_from_the_right_month_and_the_honest_are_not(tmp_path: Path, log: pd.DataFrame) -> None:
    flags = find_flags(counted(tmp_path, log, seconds="seconds", disposition="outcome", list="list"), ROLES)
    assert [flag.rep for flag in flags.named] == [FAKER]
    assert {key.since for key in flags.named[0].keys if key.kind == "change"} == {pd.Timestamp("2025-05-01")}
    assert [(job.kind, job.reps) for job in flags.different] == [("night_shift", (AT_NIGHT,))]


def test_without_lists_nobody_is_named_and_nobody_is_cleared(tmp_path: Path, log: pd.DataFrame) -> None:
    """It said that no rep stood out on two checks, right above two checks on which the same rep stood out."""
    counts = counted(tmp_path, log, seconds="seconds", disposition="outcome")
    flags = find_flags(counts, ROLES)
    assert (flags.named, flags.n_without_list) == ((), 1)
    assert "without a list column nobody can be named" in said(flags)
    assert "No rep stands out" not in said(flags)
    assert [flag.rep for flag in find_flags(counts.as_one_list(), ROLES).named] == [FAKER]


def test_evenings_of_one_rep_are_left_out_for_nobody(tmp_path: Path, log: pd.DataFrame) -> None:
    """The ranking without activity after hours showed the one honest evening worker falling."""
    honest = log[log["rep"] != FAKER]
    flags = find_flags(counted(tmp_path, honest, seconds="seconds", disposition="outcome", list="list"), ROLES)
    assert flags.named == ()
    assert standing_out(flags) == ()
    assert "after hours" not in integrity_headline(flags)


def test_one_kind_of_check_is_no_all_clear(tmp_path: Path, log: pd.DataFrame) -> None:
    days = log.assign(started=log["started"].dt.normalize())
    flags = find_flags(counted(tmp_path, days, list="list"), ROLES)
    assert integrity_headline(flags).startswith("This data can hardly show")
