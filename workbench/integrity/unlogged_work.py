"""Say of a rep who stands out whether part of the work may not be in the log, by the goal or else by how little is."""

from __future__ import annotations

from workbench.integrity.count_cube import CountCube
from workbench.integrity.different_jobs import log_thins, thin_logs
from workbench.integrity.flags import JobKind
from workbench.integrity.off_system import WorkSeen, goal_tells, goal_tells_since, logs_less_since, logs_little


def unlogged_work(counts: CountCube, seen: WorkSeen | None, rep: int, since: int | None = None) -> JobKind | None:
    """Return why a rep, by its place, must not be named: ``off_system``, ``thin_log``, or None where nothing speaks so.

    Where the goal tells nothing of the rep (not known, or too rare), a log much thinner than usual is enough.

    Parameters
    ----------
    since : the month, by its place, from which on the rep stands out from the own past; None: from colleagues.
    """
    if since is None:
        if seen is not None and goal_tells(seen, rep):
            return "off_system" if logs_little(seen, rep) else None
        return "thin_log" if thin_logs(counts)[rep] else None
    if seen is not None and goal_tells_since(seen, rep, since):
        return "off_system" if logs_less_since(seen, rep, since) else None
    return "thin_log" if log_thins(counts, rep, since) else None
