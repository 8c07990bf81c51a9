"""From meetings to quotes to decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sample_data.dice import Dice, is_thrown
from sample_data.workdays import add_workdays

FIRST = (
    "Harbor", "Juniper", "Northgate", "Bluefield", "Silver Creek", "Maple", "Summit", "Granite", "Lakeshore", "Orchard",
    "Redwood", "Prairie", "Beacon", "Cedar", "Falcon", "Willow", "Ironbridge", "Meadow", "Stonehill", "Riverside",
    "Hawthorn", "Clearwater", "Foxglove", "Oakridge", "Sterling", "Ashford", "Copper", "Highland", "Linden", "Marigold",
)  # fmt: skip
SECOND = (
    "Dental", "Logistics", "Foods", "Clinics", "Builders", "Textiles", "Motors", "Farms", "Hotels", "Optics", "Paper",
    "Plumbing", "Printing", "Schools", "Security", "Software", "Steel", "Tools", "Travel", "Veterinary", "Energy",
    "Interiors", "Bakery", "Pharmacy", "Electrics", "Packaging", "Laundry", "Media", "Glass", "Recycling",
)  # fmt: skip


@dataclass(frozen=True)
class Selling:
    """How an event turns into money.

    Attributes
    ----------
    quoted : share of events followed by a quote.
    won : share of quotes won, by rep.
    prices : median price by product; ``mix`` their weights.
    spread : standard deviation of the logarithm of the price.
    to_quote, to_close : fewest and most weekdays from event to quote and from quote to decision.
    """

    quoted: float
    won: Mapping[str, float]
    prices: Mapping[str, float]
    mix: tuple[float, ...]
    spread: float = 0.35
    to_quote: tuple[int, int] = (1, 8)
    to_close: tuple[int, int] = (4, 24)


def accounts(dice: Dice, n: int) -> np.ndarray:
    """Names of ``n`` firms; one may come up more than once."""
    return dice.pick(FIRST, n) + " " + dice.pick(SECOND, n)


def deals(dice: Dice, events: pd.DataFrame, selling: Selling, end: str) -> pd.DataFrame:
    """Quotes that follow from events (``rep held_on account``), decided or still open on the last day of the data."""
    made = _even_fates(dice.even(), events, selling) if is_thrown() else _fates(dice, events, selling)
    quoted = add_workdays(made["held_on"], made["to_quote"].to_numpy())
    decided = add_workdays(quoted, made["to_close"].to_numpy())
    return pd.DataFrame({
        "rep": made["rep"], "account": made["account"], "product": made["product"],
        "quoted_on": quoted.astype("datetime64[s]"), "amount": made["amount"],
        "status": np.where(decided > np.datetime64(end), "Open", np.where(made["won"], "Won", "Lost")),
        "decided_on": decided.astype("datetime64[s]"),
    })  # fmt: skip


def _fates(dice: Dice, events: pd.DataFrame, selling: Selling) -> pd.DataFrame:
    """The events followed by a quote, with ``product amount to_quote to_close won``."""
    made = events[dice.chance(np.full(len(events), selling.quoted))].reset_index(drop=True)
    n, product = len(made), dice.pick(list(selling.prices), len(made), selling.mix)
    to_quote, to_close = dice.whole(n, *selling.to_quote), dice.whole(n, *selling.to_close)
    won, amount = dice.chance(_odds(made, selling)), dice.amounts(n, _prices(product, selling), selling.spread, 10)
    return made.assign(product=product, amount=amount, to_quote=to_quote, to_close=to_close, won=won)


def _even_fates(dice: Dice, events: pd.DataFrame, selling: Selling) -> pd.DataFrame:
    """The same with luck that evens out: in wins and prices for each rep, in days for the team at any time."""
    events = events.sort_values(["rep", "held_on"], kind="stable", ignore_index=True)
    made = events[dice.chance(np.full(len(events), selling.quoted))].reset_index(drop=True)
    made = made.assign(won=dice.chance(_odds(made, selling)))
    made, n = made.sort_values(["won", "rep", "held_on"], kind="stable", ignore_index=True), len(made)
    product = dice.pick(list(selling.prices), n, selling.mix)
    made = made.assign(product=product, amount=dice.amounts(n, _prices(product, selling), selling.spread, 10))
    made = made.sort_values(["won", "held_on"], kind="stable", ignore_index=True)
    return made.assign(to_quote=dice.whole(n, *selling.to_quote), to_close=dice.whole(n, *selling.to_close))


def _odds(made: pd.DataFrame, selling: Selling) -> np.ndarray:
    return made["rep"].map(selling.won).to_numpy(dtype=float)


def _prices(product: np.ndarray, selling: Selling) -> np.ndarray:
    return np.array([selling.prices[each] for each in product], dtype=float)


def until_leaving(deals: pd.DataFrame, roster: pd.DataFrame) -> pd.DataFrame:
    """No quotes by people who have left; what they had open on their last day was lost with them."""
    end = pd.to_datetime(deals["rep"].map(roster.set_index("rep")["end"]))
    deals, end = deals[~(deals["quoted_on"] > end)], end[~(deals["quoted_on"] > end)]
    orphaned = deals["decided_on"] > end
    status = deals["status"].mask(orphaned, "Lost")
    return deals.assign(status=status, decided_on=deals["decided_on"].mask(orphaned, end))


def quotes_and_orders(
    deals: pd.DataFrame, start: str, end: str, extra: tuple[str, ...] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two exports as a CRM gives them, each cut by its own date: quotes by quoting day, orders by ordering day.

    ``extra`` columns go into the quotes.
    """
    deals = numbered(deals, "Q", "quoted_on")
    quoted = deals[deals["quoted_on"].between(start, end)].drop(columns="decided_on")
    won = deals[(deals["status"] == "Won") & deals["decided_on"].between(start, end)]
    won = won.rename(columns={"id": "quote", "decided_on": "ordered_on"})
    orders = numbered(won, "S", "ordered_on")[["id", "ordered_on", "rep", "account", "product", "amount", "quote"]]
    return quoted[["id", "quoted_on", "rep", "account", "product", "amount", *extra, "status"]], orders


def numbered(frame: pd.DataFrame, prefix: str, by: str, first: int = 10_001) -> pd.DataFrame:
    """Sorted by date and rep, with an id in front."""
    frame = frame.sort_values([by, "rep"], kind="stable", ignore_index=True)
    frame.insert(0, "id", [f"{prefix}-{number}" for number in range(first, first + len(frame))])
    return frame
