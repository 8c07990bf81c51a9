"""Files that say whose a row is: calls know a contact, contacts their owner and account, accounts their region."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.data.aggregate.build_panel import build_panel
from workbench.data.aggregate.measure_totals import measure_totals
from workbench.data.files.table_locations import TableLocation
from workbench.data.mapping.edit import with_measure
from workbench.data.mapping.guess import guess_dataset
from workbench.data.mapping.guess_role import guess_source
from workbench.data.mapping.open_questions import open_questions
from workbench.data.mapping.table_roles import owners_of, with_owner, with_role
from workbench.data.model.dataset import DataSet, Measure

REPS = ("Ana Lopez", "Ben Miller", "Cleo Stone")
NAMES = ["calls.csv", "contacts.csv", "accounts.csv"]
PLACES = tuple(map(TableLocation, NAMES))


@pytest.fixture
def bridged(tmp_path: Path) -> Path:
    calls = [f"{n},{n % 40},2024-{n % 6 + 1:02}-{n % 28 + 1:02},{n % 300}" for n in range(1, 241)]
    contacts = [f"{n},Contact Name {chr(65 + n % 26)}x,{REPS[n % 3]},{n % 10 + 1}" for n in range(1, 37)]
    accounts = [f"{n},Company {n},{('North', 'South')[n % 2]}" for n in range(1, 11)]
    for name, header, rows in (
        ("calls", "call_id,contact_id,called_at,seconds", calls),
        ("contacts", "id,name,owner,account_id", contacts),
        ("accounts", "account_id,company,region", accounts),
    ):
        (tmp_path / f"{name}.csv").write_text("\n".join([header, *rows]) + "\n")
    return tmp_path


def test_calls_find_their_reps_by_the_contact_and_the_region_by_the_account(bridged: Path) -> None:
    """“No column of this file looks like a rep.”"""
    dataset, _ = guess_dataset(bridged, NAMES)
    assert dataset is not None
    (source,) = dataset.sources
    assert (source.location, source.rep, source.date) == ("calls.csv", "owner", "called_at")
    assert [(each.location, each.on) for each in source.lookups] == [
        ("contacts.csv", {"contact_id": "id"}), ("accounts.csv", {"account_id": "account_id"}),
    ]  # fmt: skip
    assert dataset.roster is None
    north = Measure(name="north", where="region == 'North'")
    panel = build_panel(with_measure(dataset, 0, north), bridged)
    assert sorted(panel.frame["rep"].unique()) == list(REPS)
    assert measure_totals(panel)["calls"] == sum(n % 40 in range(1, 37) for n in range(1, 241))
    assert 0 < measure_totals(panel)["north"] < measure_totals(panel)["calls"]


def test_each_file_that_gives_the_owner_says_how_many_rows_it_knows(bridged: Path) -> None:
    owners = owners_of(bridged, guess_source(bridged, PLACES[0]), PLACES)
    assert [(each.place.location, each.ours, each.theirs, each.rep) for each in owners] == [
        ("contacts.csv", "contact_id", "id", "owner")
    ]
    assert owners[0].share == pytest.approx(0.9)


def test_numbers_alone_do_not_make_a_key(bridged: Path) -> None:
    """Calls and accounts both count from 1: a call is no account."""
    (bridged / "accounts.csv").write_text("id,owner\n" + "".join(f"{n},{REPS[n % 3]}\n" for n in range(1, 241)))
    owners = owners_of(bridged, guess_source(bridged, PLACES[0]), PLACES)
    assert {each.place.location for each in owners} == {"contacts.csv"}


def test_by_hand_the_owner_comes_with_one_choice_and_the_region_with_another(bridged: Path) -> None:
    alone = guess_source(bridged, PLACES[0])
    dataset = DataSet(name="d", sources=(alone,))
    assert [dict(issue.parts)["lacking"] for issue in open_questions(dataset)] == ["rep", "measure"]
    (owner,) = owners_of(bridged, alone, PLACES)
    chosen = with_owner(dataset, bridged, 0, owner)
    assert open_questions(chosen) == ()
    assert [measure.name for measure in chosen.sources[0].measures] == ["calls", "seconds"]
    region = with_role(chosen, bridged, PLACES[2], "names")
    assert region is not None
    assert region.sources[0].lookups[1].on == {"account_id": "account_id"}
    assert build_panel(region, bridged).frame["rep"].nunique() == 3
