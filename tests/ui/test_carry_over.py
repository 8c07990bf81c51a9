"""Work that comes along to another data set stays its owner's, with whom it was shared."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acting import ANA, BEN, CY, acting
from workbench.data.library.data_sets import add_data_set
from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.design.model import Design, Goal, Kpi
from workbench.design.options import list_options, save_option
from workbench.design.shelf import read_shelf, save_document
from workbench.rights.may import EVERYBODY, PRIVATE, TEAM
from workbench.store.kinds import DATA_SET, OPTION, SAVED_DESIGN
from workbench.store.opening import reading, writing
from workbench.ui.session.carry_over import carry_saved_work

DEALS = {"deals.csv": b"rep,date\nAnn,2026-01-01\n"}


def deals(name: str) -> DataSet:
    source = Source(name="deals", location="deals.csv", rep="rep", date="date", measures=(Measure(name="deals"),))
    return DataSet(name=name, sources=(source,))


def design(target: int) -> Design:
    return Design(name=f"{target} deals", goal=Goal(measure="deals", target=target),
                  kpis=(Kpi(name="Deals", formula="deals", weight=100, target=target),))  # fmt: skip


@pytest.fixture
def old(home: Path) -> str:
    """A data set of Ana's, shared with everybody; Ben and Ana have an option each, and Ben a private design."""
    with acting(ANA):
        entry = add_data_set(home, deals("Before"), DEALS)
        save_option(home, entry.id, design(1), "of Ana")
        with writing(home) as store:
            store.share(DATA_SET, entry.id, "", f"{TEAM}North")
            (own,) = store.list(OPTION)
            store.share(OPTION, entry.id, own.key, f"{TEAM}North")
    with acting(BEN):
        save_option(home, entry.id, design(2), "of Ben")
        save_document(home, entry.id, "b" * 12, design(3), None)
        with writing(home) as store:
            (own,) = [each for each in store.list(OPTION) if each.owner == BEN.id]
            store.share(OPTION, entry.id, own.key, EVERYBODY)
    return entry.id


def kept(home: Path, data: str) -> set[tuple[str, str, str]]:
    """Kind, owner and sharing of all work about a data set."""
    with reading(home) as store:
        return {(kind, each.owner, each.shared) for kind in (OPTION, SAVED_DESIGN) for each in store.list(kind, data)}


def test_a_new_version_takes_the_work_of_all_along_and_each_stays_its_owners(old: str, home: Path) -> None:
    with acting(ANA):
        new = add_data_set(home, deals("After"), DEALS, replaces=old).id
        carry_saved_work(old, new)
        assert {each.name for each in list_options(home, new)} == {"of Ana", "of Ben"}
        assert read_shelf(home, new).documents == (), "what Ben has to himself stays unseen"
    assert kept(home, new) == kept(home, old) == {
        (OPTION, ANA.id, f"{TEAM}North"), (OPTION, BEN.id, EVERYBODY), (SAVED_DESIGN, BEN.id, PRIVATE),
    }  # fmt: skip
    with acting(BEN), reading(home) as store:
        assert [each.name for each in read_shelf(home, new).documents] == ["3 deals"]
        assert {each.version.author for each in store.list(OPTION, new) if each.version} == {"Ana", "Ben"}


def test_who_may_only_look_takes_nothing_of_others_along(old: str, home: Path) -> None:
    with acting(ANA), writing(home) as store:
        store.share(DATA_SET, old, "", EVERYBODY)
    with acting(CY):
        assert [each.name for each in list_options(home, old)] == ["of Ben"]
        save_option(home, old, design(4), "of Cy")
        new = add_data_set(home, deals("Of Cy"), DEALS, replaces=old).id
        carry_saved_work(old, new)
    assert kept(home, new) == {(OPTION, CY.id, PRIVATE)}


def test_what_is_shared_no_more_in_the_new_version_is_not_shared_again(old: str, home: Path) -> None:
    with acting(ANA):
        new = add_data_set(home, deals("After"), DEALS, replaces=old).id
        carry_saved_work(old, new)
    with acting(BEN), writing(home) as store:
        (own,) = [each for each in store.list(OPTION, new) if each.owner == BEN.id]
        store.share(OPTION, new, own.key, PRIVATE)
    with acting(ANA):
        carry_saved_work(old, new, over=True)
    assert (OPTION, BEN.id, PRIVATE) in kept(home, new)
