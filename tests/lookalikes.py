"""Files of the same shapes as real exports, made on the spot: a CRM, a reseller's orders with targets, a call log."""

from __future__ import annotations

import csv
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


STAGES = ("Qualification", "Proposal", "Negotiation", "Closed Won", "Closed Lost")
MONTHS_OF_CALLS = range(34, 37)  # of 37


def write_nine_file_crm(folder: Path) -> Lookalike:
    """Nine files of a CRM: the same owners under seven names, deals of 37 months, calls of the last three."""
    chance = random.Random(9)

    def day(month: int) -> dt.date:
        return dt.date(2021 + month // 12, month % 12 + 1, chance.randrange(1, 28))

    def owner() -> str:
        return chance.choice(REPS)

    accounts = [[f"zcrm_A{at:03}", f"Company {at}", owner(), ("Retail", "Energy")[at % 2], day(at % 12)]
                for at in range(60)]  # fmt: skip
    contacts = [[f"zcrm_K{at:03}", f"Lee{at}", owner(), f"Company {at % 60}", f"lee{at}@example.com", day(at % 30)]
                for at in range(150)]  # fmt: skip
    leads = [[f"zcrm_L{at:04}", f"Kim{at}", owner(), chance.choice(("Web", "Fair", "Partner")),
              chance.choice(("Contacted", "Junk Lead", "Qualified")), day(at % 37)] for at in range(700)]  # fmt: skip
    deals, n_won, value = [], 0, 0
    for number in range(1100):
        created = day(number % 35)
        closing = created + dt.timedelta(days=chance.randrange(5, 60))
        stage, amount = chance.choices(STAGES, (1, 1, 1, 4, 3))[0], chance.randrange(500, 9000)
        n_won, value = n_won + (stage == "Closed Won"), value + amount * (stage == "Closed Won")
        deals.append([f"zcrm_P{number:04}", f"Deal {number}", owner(), f"Company {chance.randrange(60)}", stage,
                      f"${amount:,}.00", f"{created} 09:{number % 60:02}:00", closing])  # fmt: skip
    calls = [[f"zcrm_C{at:04}", owner(), f"Company {chance.randrange(60)}",
              f"{day(chance.choice(MONTHS_OF_CALLS))} 10:00:00", chance.randrange(20, 900),
              chance.choice(("Outbound", "Inbound"))] for at in range(800)]  # fmt: skip
    meetings = [[f"zcrm_E{at:04}", f"Demo {at}", owner(), f"{day(at % 37)} 14:00:00"] for at in range(500)]
    tasks = [
        [f"zcrm_T{at:04}", owner(), chance.choice(("Completed", "Not Started")), day(at % 37)] for at in range(600)
    ]
    products = [[f"zcrm_D{at}", f"Product {at}", 100 * at + 50] for at in range(8)]
    users = [
        [f"zcrm_U{at}", rep, ("Closer", "Opener")[at % 2], ("North", "South")[at // 4]] for at, rep in enumerate(REPS)
    ]
    files = (
        _quoted(folder / "Accounts.csv", "Account Id,Account Name,Account Owner,Industry,Created Time", accounts),
        _quoted(folder / "Contacts.csv", "Contact Id,Last Name,Contact Owner,Account Name,Email,Created Time",
                contacts),
        _quoted(folder / "Leads.csv", "Lead Id,Last Name,Lead Owner,Lead Source,Lead Status,Created Time", leads),
        _quoted(folder / "Potentials.csv",
                "Potential Id,Potential Name,Potential Owner,Account Name,Stage,Amount,Created Time,Closing Date",
                deals),
        _quoted(folder / "Calls.csv",
                "Call Id,Call Owner,Related To,Call Start Time,Call Duration (in seconds),Call Type", calls),
        _quoted(folder / "Meetings.csv", "Event Id,Title,Host,Start DateTime", meetings),
        _quoted(folder / "Tasks.csv", "Task Id,Task Owner,Status,Due Date", tasks),
        _quoted(folder / "Products.csv", "Product Id,Product Name,Unit Price", products),
        _quoted(folder / "Users.csv", "User Id,Full Name,Role,Office", users),
    )  # fmt: skip
    return Lookalike(files, f"{len(REPS)} reps × 37 months", {"won": n_won, "won_amount": value})


def _quoted(path: Path, header: str, rows: Iterable[Iterable[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.writer(lines)
        writer.writerow(header.split(","))
        writer.writerows(rows)
    return path
