"""Private work of Ana's about a data set, for tests of who sees it, and the rights of a server that has sign-in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.acting import ADMIN, ANA, LIMITED, VIEWER, acting
from workbench.data.library.data_sets import add_data_set
from workbench.data.model.dataset import DataSet, Measure, Roster, Source
from workbench.design.model import Design, Goal, Kpi
from workbench.design.options import save_option
from workbench.design.shelf import save_document
from workbench.rights.may import EVERYBODY
from workbench.rights.person import Person
from workbench.store.kinds import DATA_SET, OPTION, SAVED_DESIGN
from workbench.store.opening import writing

REPS = {"North": ("Nora Nord", "Nils Nord"), "South": ("Sara Sued", "Sven Sued", "Sol Sued")}
SCORED = (*REPS["North"], *REPS["South"][:2])
MUCH = 1_000_000
"""So many times as much do reps of the South sell: figures with them in them are that large."""
SECRET_DATA, SECRET_DESIGN, SECRET_OPTION = "Zebra deals", "Quagga scorecard", "Okapi option"
RIGHTS = {
    "viewers": [VIEWER.id], "editors": [ANA.id, "ben@example.com", LIMITED.id], "admins": [ADMIN.id],
    "limits": {LIMITED.id: {"team": "North"}},
}  # fmt: skip
Enter = Callable[[Person], None]


def add_secret_work(home: Path) -> str:
    """Return the id of a data set of Ana's with a design and an option, all private."""
    rows = ["owner,closed,value"]
    for place, rep in enumerate(rep for team in REPS.values() for rep in team):
        scale = 1 if rep in REPS["North"] else MUCH
        rows += [f"{rep},2026-{month:02}-{day:02},{(100 + place * month) * scale}"
                 for month in range(1, 7) for day in (3, 17)]  # fmt: skip
    roster = "rep,team\n" + "\n".join(f"{rep},{team}" for team, reps in REPS.items() for rep in reps)
    source = Source(name="deals", location="deals.csv", rep="owner", date="closed", measures=(
        Measure(name="deals", label="Deals"), Measure(name="sales", aggregate="sum", column="value", label="Sales"),
        Measure(name="large", where=f"owner in ('{REPS['South'][0]}') or value > 5", label="Large"),
    ))  # fmt: skip
    team = Roster(location="team.csv", rep="rep", attributes=("team",))
    with acting(ANA):
        entry = add_data_set(home, DataSet(name=SECRET_DATA, sources=(source,), roster=team, scored=SCORED,
                                           same_rep={"S. Sued": REPS["South"][0]}),
                             {"deals.csv": "\n".join(rows).encode(), "team.csv": roster.encode()})  # fmt: skip
        save_document(home, entry.id, "0" * 12, design(), None)
        save_option(home, entry.id, design(), SECRET_OPTION)
    return entry.id


def design() -> Design:
    return Design(name=SECRET_DESIGN, goal=Goal(measure="sales", target=200),
                  kpis=(Kpi(name="Deals", formula="deals", weight=100, target=2),))  # fmt: skip


def share_all(home: Path, data: str) -> None:
    with acting(ANA), writing(home) as store:
        for kind, key in ((DATA_SET, ""), (SAVED_DESIGN, "0" * 12)):
            store.share(kind, data, key, EVERYBODY)
        for each in store.list(OPTION, data):
            store.share(OPTION, data, each.key, EVERYBODY)
