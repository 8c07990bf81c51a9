"""Check a log against its phase file: phases skipped or empty, lengths of good calls alone, late outcomes."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from workbench.errors import Examples, Issue, Where
from workbench.phases.log_spans import LogSpans
from workbench.phases.phase_file import PhaseFile, phase_numbers

NEARLY_ALL, HARDLY_ANY = 0.9, 0.1
SKIPPING = 0.02  # of the timed calls that got beyond the first phase
WORTH_NAMING = 0.05  # of the rows since an outcome began
LATE_DAYS = 60
FEWEST_ROWS = 20


def check_log_phases(spans: LogSpans, file: PhaseFile, name: str = "phase file") -> Iterator[Issue]:
    """Return what the log shows to be wrong, or unusual, in how outcomes prove phases."""
    numbers = phase_numbers(file)
    codes = spans.codes.assign(phase=[numbers.get(code, -1) for code in spans.codes["code"]])
    yield from _without_rows(codes, file, name)
    yield from _skipping(codes, name)
    yield from _lengths_of_good_calls(codes, name)
    yield from _beginning_late(codes, spans, name)


def _without_rows(codes: pd.DataFrame, file: PhaseFile, name: str) -> Iterator[Issue]:
    """Phases that the file maps an outcome to, but none of whose outcomes is in the log."""
    there = {*codes["phase"]}
    for place, phase in enumerate(file.phases, start=1):
        if place not in there and phase in file.dispositions.values():
            yield Issue.of("warning", "phase_without_rows", Where(file=name, path=("phases", phase)), name=phase)


def _skipping(codes: pd.DataFrame, name: str) -> Iterator[Issue]:
    """Calls of no length that are said to have got beyond the first phase."""
    far = codes[codes["phase"] > 1]
    n, timed = int(far["n_silent"].sum()), int(far["n_timed"].sum())
    if n > SKIPPING * timed:
        found = Examples.of(far.loc[far["n_silent"] > 0, "code"])
        yield Issue.of("warning", "phases_skipped", Where(file=name, path=("dispositions",)), n, names=found)


def _lengths_of_good_calls(codes: pd.DataFrame, name: str) -> Iterator[Issue]:
    """Lengths that are missing not at random: nearly all calls that reached somebody have one, hardly any other."""
    good, rest = codes[codes["phase"] > 0], codes[codes["phase"] == 0]
    if min(good["n"].sum(), rest["n"].sum()) < FEWEST_ROWS:
        return
    share_good, share_rest = (float(each["n_timed"].sum() / each["n"].sum()) for each in (good, rest))
    if share_good >= NEARLY_ALL and share_rest <= HARDLY_ANY:
        n = int((rest["n"] - rest["n_timed"]).sum())
        yield Issue.of("warning", "lengths_of_good_calls", Where(file=name), n, good=share_good, rest=share_rest)


def _beginning_late(codes: pd.DataFrame, spans: LogSpans, name: str) -> Iterator[Issue]:
    """Outcomes that are first used long after the log begins, by everybody: what they prove had another code before."""
    late, early = pd.Timedelta(days=LATE_DAYS), spans.last - spans.first
    for row in codes[(codes["phase"] >= 0) & (codes["first"] > spans.first + late)].itertuples():
        left = (spans.last - row.first) / early
        if row.n >= max(WORTH_NAMING * codes["n"].sum() * left, FEWEST_ROWS):
            place = Where(file=name, path=("dispositions", str(row.code)))
            yield Issue.of("warning", "outcome_begins_late", place, int(row.n), since=f"{row.first:%Y-%m-%d}")
