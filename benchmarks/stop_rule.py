"""How often the data are said to have shown that a link is gone: where it stays, where it ends, where it never was."""

from __future__ import annotations

import numpy as np

from workbench.scoring.replay.stop_rule import apply_stop_rule

NAME = "stop-rule"
HELP = (
    "false stops of a lasting, a seasonal and an absent link, and months until a real end is found, 300 teams a world"
)
TEAMS, REPS, SEED = 300, 20, 43
LENGTHS = (18, 24, 36)
LINKS = (0.3, 0.5)


def run() -> str:
    """A line per kind of link and its strength."""
    lines = [f"link                       said to be gone within {' / '.join(map(str, LENGTHS))} months"]
    for place, (name, link, season) in enumerate(
        [*((f"lasts, {link:g}", link, 0.0) for link in LINKS), *((f"lasts, {link:g}, seasonal", link, 0.4)
         for link in LINKS), ("never was", 0.0, 0.0), ("never was, seasonal", 0.0, 0.4)]
    ):  # fmt: skip
        rng = np.random.default_rng([SEED, place])
        shares = [np.mean([bool(said(rng, link, months, season)) for _ in range(TEAMS)]) for months in LENGTHS]
        lines.append(f"{name:26} {' / '.join(f'{share:.3f}' for share in shares)}")
    lines.append("ends after 12 of 24 months  found, median months until")
    for link in (0.5, 0.7):
        rng = np.random.default_rng([SEED, 9])
        ends = [said(rng, link, 24, 0.2, ends=12) for _ in range(TEAMS)]
        found = [month - 12 for month in ends if month and month > 12]
        lines.append(f"{link:<26g} {len(found) / TEAMS:.3f}, {np.median(found) if found else np.nan:.0f}")
    return "\n".join(lines)


def said(rng: np.random.Generator, link: float, months: int, season: float, ends: int | None = None) -> int | None:
    """The month at whose end a team's data first say that the link is gone; None where they never do.

    Within reps the KPI goes with the goal by ``link``, from the month ``ends`` not at all; ``season`` moves both.
    """
    x = rng.normal(size=(REPS, months)) + rng.normal(size=(REPS, 1))
    strength = np.where(np.arange(months) < (months if ends is None else ends), link, 0.0)
    own = x - x.mean(axis=1, keepdims=True)
    y = strength * own + np.sqrt(1 - strength**2) * rng.normal(size=x.shape) + rng.normal(size=(REPS, 1))
    common = season * np.sin(2 * np.pi * np.arange(months) / 12)
    stop = apply_stop_rule(5 + x + common, (5 + 0.8 * y) * np.exp(common), months).stop
    return int(np.argmax(stop)) + 1 if stop.any() else None
