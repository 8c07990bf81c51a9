"""Files of the same shapes as real exports, made on the spot: a CRM, a reseller's orders with targets, a call log."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

REPS = ("Anna Snelling", "Ben Olsen", "Cecily Lampkin", "Dario Rossi", "Ewa Nowak", "Fay Long", "Gus Hahn", "Ida Jung")
PRODUCTS = (("GTX Basic", 550), ("GTX Pro", 4821), ("MG Special", 55), ("MG Advanced", 3393))
DISPOSITIONS = ("Voicemail", "Connected - Interested", "Connected - Not Interested", "Dead End Number")


@dataclass(frozen=True)
class Lookalike:
    """The files, and what a careful analyst finds in them."""

    files: tuple[Path, ...]
    size: str
    totals: dict[str, float]


def write_crm_with_lookups(folder: Path) -> Lookalike:
    """Four files as a CRM exports them: deals, the team, accounts and products, one of which is written two ways."""
    chance = random.Random(4)
    deals, n_won, value = [], 0, 0
    for number in range(900):
        rep, (product, price) = chance.randrange(len(REPS)), chance.choice(PRODUCTS)
        engaged = dt.date(2024, 1, 1) + dt.timedelta(days=chance.randrange(330))
        stage = chance.choices(("Won", "Lost", "Engaging", "Prospecting"), (4 + rep / 4, 3, 1, 1))[0]
        closed = stage in ("Won", "Lost")
        paid = round(price * chance.uniform(0.8, 1.1)) if stage == "Won" else 0
        n_won, value = n_won + (stage == "Won"), value + paid
        deals.append([
            f"{number:08X}", REPS[rep], product.replace("GTX Pro", "GTXPro"), f"Company {chance.randrange(40)}", stage,
            "" if stage == "Prospecting" else engaged,
            engaged + dt.timedelta(days=chance.randrange(1, 35)) if closed else "", paid if closed else "",
        ])  # fmt: skip
    files = (
        _write(folder / "accounts.csv", "account,sector,year_established,revenue,employees,office_location",
               ([f"Company {at}", ("medical", "retail")[at % 2], 1980 + at, 10.5 * at, 7 * at, "United States"]
                for at in range(40))),
        _write(folder / "products.csv", "product,series,sales_price",
               ([name, name.split()[0], price] for name, price in PRODUCTS)),
        _write(folder / "sales_pipeline.csv",
               "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value", deals),
        _write(folder / "sales_teams.csv", "sales_agent,manager,regional_office",
               ([rep, ("Dustin Brinkmann", "Summer Sewald")[at % 2], ("Central", "West")[at % 2]]
                for at, rep in enumerate(REPS))),
    )  # fmt: skip
    return Lookalike(files, f"{len(REPS)} reps", {"won": n_won, "won_close_value": value})


def write_orders_with_targets(folder: Path) -> Lookalike:
    """Seven files of a reseller: order lines by a key of the employee, targets by another one, and who is who."""
    chance = random.Random(7)
    people = [(272 + at, 502097814 + 31 * at, rep) for at, rep in enumerate(REPS)]
    lines, sales, orders = [], 0.0, 0
    for key, _, _ in people:
        for month in range(24):
            for _ in range(chance.randrange(1, 4)):
                day = dt.date(2023 + month // 12, month % 12 + 1, chance.randrange(1, 28))
                orders += 1
                for _ in range(chance.randrange(1, 5)):
                    price = round(chance.uniform(100, 3000), 2)
                    sales += 2 * price
                    lines.append([f"SO{43000 + orders}", f"{day:%Y/%m/%d}", 210 + chance.randrange(20),
                                  300 + chance.randrange(30), key, 1 + key % 4, 2, f"{price:.2f}", f"{2 * price:.2f}",
                                  f"{1.6 * price:.2f}"])  # fmt: skip
    targets = [[number, 20_000, f"{2023 + month // 12}/{month % 12 + 1:02}/01"]
               for _, number, _ in people for month in range(24)]  # fmt: skip
    files = (
        _write(folder / "Product.csv", "ProductKey|Product|Standard Cost|Color",
               ([210 + at, f"Road Frame {at}", 12.5 + at, ("Red", "Black")[at % 2]] for at in range(20))),
        _write(folder / "Region.csv", "SalesTerritoryKey|Region|Country|Group",
               ([at, f"Region {at}", "United States", "North America"] for at in range(1, 5))),
        _write(folder / "Reseller.csv", "ResellerKey|Business Type|Reseller|City",
               ([300 + at, "Specialty Bike Shop", f"Bikes {at}", "Alhambra"] for at in range(30))),
        _write(folder / "Sales.csv", "SalesOrderNumber|OrderDate|ProductKey|ResellerKey|EmployeeKey|SalesTerritoryKey|"
               "Quantity|Unit Price|Sales|Cost", lines),
        _write(folder / "Salesperson.csv", "EmployeeKey|EmployeeID|Title|UPN|Salesperson",
               ([key, number, "Sales Representative", f"{rep.split()[0].lower()}@example.com", rep]
                for key, number, rep in people)),
        _write(folder / "SalespersonRegion.csv", "EmployeeKey|SalesTerritoryKey",
               ([key, territory] for key, _, _ in people for territory in (1, 2, 3))),
        _write(folder / "Targets.csv", "EmployeeID|TargetAmount|TargetMonth", targets),
    )  # fmt: skip
    totals = {"orders": orders, "sales": round(sales, 2), "target_amount": 20_000 * len(targets)}
    return Lookalike(files, f"{len(REPS)} reps × 24 months", totals)


def write_call_log(folder: Path) -> Lookalike:
    """One file of calls: times, mail addresses as callers, outcomes, and columns that say nothing."""
    chance = random.Random(9)
    calls = []
    for number in range(600):
        moment = dt.datetime(2024, 1, 15, 9) + dt.timedelta(days=number // 10, minutes=7 * (number % 10))
        outcome = chance.choice(DISPOSITIONS)
        length = chance.randrange(1, 40) if outcome.startswith("Connected") else ""
        caller = f"person{1 + chance.randrange(3)}@example.gov"
        rest = [length, "", "2024-02-28T04:47:00Z", chance.choice(("", "Yes"))]
        calls.append([number + 4, moment, caller, "31-33: Manufacturing", 19712, "New Castle", outcome, *rest])
    path = _write(folder / "call_log_structured.csv",
                  "ID,call_at,caller_name,naics_code_2_digit,zip_code,business_county,call_disposition,"
                  "call_duration_in_minutes,call_back_later,call_back_date_time,are_you_hiring", calls)  # fmt: skip
    interested = sum(call[6] == "Connected - Interested" for call in calls)
    return Lookalike((path,), "3 reps × 9 weeks", {"calls": 600, "connected_interested": interested})


def _write(path: Path, header: str, rows: Iterable[Iterable[object]]) -> Path:
    sign = "|" if "|" in header else ","
    path.write_text("\n".join([header, *(sign.join(map(str, row)) for row in rows)]) + "\n", encoding="utf-8")
    return path
