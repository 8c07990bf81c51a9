"""The import benchmark as one raw query of the engine over the same file, which checks nothing."""

from __future__ import annotations

from pathlib import Path

import duckdb

from benchmarks.measured import report

_QUERY = """
    with panel as (
        select rep, date_trunc('month', started_at::timestamp) as period, count(*) as dials,
               count(*) filter (disposition in ('Connected', 'Meeting set')) as connects,
               count(*) filter (disposition = 'Meeting set') as meetings, sum(seconds) as seconds,
               sum(seconds) filter (seconds > 0) as talk_sum, count(*) filter (seconds > 0) as talk_n,
               count(distinct contact) as contacts
        from '{path}' group by all
    )
    select sum(dials) as dials, sum(connects) as connects, sum(meetings) as meetings, sum(seconds) as seconds,
           sum(contacts) as contacts, sum(talk_sum) / sum(talk_n) as talk
    from panel
"""


def totals(path: Path) -> dict[str, float]:
    """Every measure's total over a panel of reps by months."""
    return duckdb.connect().execute(_QUERY.format(path=path)).df().iloc[0].to_dict()


if __name__ == "__main__":
    report(totals)
