"""Tell ids that two files share from numbers that both count from 1."""

from __future__ import annotations

import ibis.expr.types as ir

from workbench.data.model.panel import REP

SAME_ID = 0.5
"""Ids mean the same rows if, of the ids in both files, at least this share agrees in rep and day beyond chance."""


def ids_mean_the_same_rows(ours: ir.Table, others: ir.Table) -> bool:
    """Whether an id (``k0``) in both files is mostly of the same rep and day, more often than chance explains.

    Two systems that both count from 1 in order of time number rows of about the same days alike. Then reps agree no
    more often than two rows drawn from the two files, and in files sorted by rep days do not.
    """
    one, other = (
        rows.filter(rows["k0"].notnull()).group_by("k0").aggregate(rep=rows[REP].min(), day=rows["day"].min())
        for rows in (ours, others)
    )
    both = one.join(other.rename(other_rep="rep", other_day="day"), "k0")
    both = both.mutate(same_rep=both["rep"] == both["other_rep"], same_day=both["day"] == both["other_day"])
    asked = {"n": both.count(), "same": (both["same_rep"] & both["same_day"]).sum()}
    found = both.aggregate(**asked).to_pyarrow().to_pylist()[0]
    if not found["n"]:
        return False
    by_chance = max(_agreement_by_chance(both, name, found["n"]) for name in ("rep", "day"))
    agreed = found["same"] / found["n"]
    return bool(by_chance < 1 and (agreed - by_chance) / (1 - by_chance) >= SAME_ID)


def _agreement_by_chance(both: ir.Table, name: str, n: int) -> float:
    """Return the share of pairs that would agree if the values of one file met those of the other by chance."""
    one = both.group_by(name).aggregate(n=both.count())
    other = both.group_by(f"other_{name}").aggregate(m=both.count())
    met = one.join(other, one[name] == other[f"other_{name}"])
    return float(met.aggregate(met=(met["n"] * met["m"]).sum()).to_pyarrow().to_pylist()[0]["met"] or 0) / n**2
