"""A CRM export like those that leaders have, made on the spot: deals over a year, and the team list."""

from __future__ import annotations

import csv
import datetime as dt
import random
from dataclasses import dataclass
from pathlib import Path

REPS = ("Ada Byron", "Bo Chen", "Cy Diaz", "Di Evans", "Ed Frank", "Flo Gray", "Gus Hahn", "Ida Jung")


@dataclass(frozen=True)
class Crm:
    """The files and what they hold in truth."""

    deals: Path
    team: Path
    n_deals: int
    n_won: int
    sales: int


def write_crm(folder: Path, seed: int = 1) -> Crm:
    """Write both files. Reps differ in how many deals they win; values are as people write them."""
    chance = random.Random(seed)
    rows = [_deal(chance, number) for number in range(600)]
    won = [row for row in rows if row["deal_stage"] == "Won"]
    deals, team = folder / "sales_pipeline.csv", folder / "sales_teams.csv"
    _write(deals, rows)
    _write(
        team, [{"sales_agent": rep, "regional_office": ("West", "East")[place % 2]} for place, rep in enumerate(REPS)]
    )
    return Crm(deals, team, len(rows), len(won), sum(int(row["close_value"]) for row in won))


def _deal(chance: random.Random, number: int) -> dict[str, str]:
    rep = chance.randrange(len(REPS))
    engaged = dt.date(2025, 1, 1) + dt.timedelta(days=chance.randrange(330))
    won = chance.random() < 0.3 + 0.05 * rep
    return {
        "opportunity_id": f"OP{number:05}",
        "sales_agent": REPS[rep],
        "deal_stage": "Won" if won else "Lost",
        "engage_date": engaged.isoformat(),
        "close_date": (engaged + dt.timedelta(days=chance.randrange(30))).isoformat(),
        "close_value": str(chance.randrange(500, 5000)) if won else "0",
    }


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
