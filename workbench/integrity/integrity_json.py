"""The findings of integrity as JSON-ready content, under the promised keys."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from workbench.integrity.flags import FlagKey, Flags
from workbench.integrity.suspect_counts import SuspectCounts
from workbench.integrity.suspect_share import suspect_shares


def flags_json(counts: SuspectCounts, flags: Flags) -> dict[str, Any]:
    """Return ``reps``, ``cannot_tell``, ``team`` and ``different``; every rep with events is in ``reps``."""
    named = {flag.rep: flag.keys for flag in flags.named}
    shares = suspect_shares(counts)
    return {
        "n_reps": flags.n_reps,
        "n_judged": flags.n_judged,
        "reps": [
            {"rep": row.rep, "flags": [_key_json(key) for key in named.get(row.rep, ())], "n": row.n, "suspect": row.k,
             "suspect_share": row.share}
            for row in shares.itertuples()
        ],
        "cannot_tell": [asdict(each) for each in flags.cannot_tell],
        "team": [asdict(figure) for figure in flags.team],
        "different": [asdict(each) for each in flags.different],
    }  # fmt: skip


def _key_json(key: FlagKey) -> dict[str, Any]:
    since = key.since.strftime("%Y-%m") if key.since is not None else None
    return asdict(key) | {"since": since}
