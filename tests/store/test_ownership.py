"""What belongs to somebody is handed on by its owner and by admins, to those who can own it, and comes back on undo."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.acting import ADMIN, ANA, BEN, CY, LIMITED, VIEWER, acting
from workbench.rights.may import EVERYBODY, PRIVATE, TEAM
from workbench.rights.person import Person
from workbench.store.kinds import CAN_BE_SHARED, DATA_SET, DESIGN, NAMES_REPS, OPTION, PERSON, SAVED_DESIGN
from workbench.store.opening import reading, writing
from workbench.store.ownership import HandedOn, count_owned, hand_back, hand_on, hand_on_all
from workbench.store.rights import NotAllowedError
from workbench.store.schema import documents

pytestmark = pytest.mark.usefixtures("each_database")
SAMPLE, NORTH, NAME = "dials-floor", f"{TEAM}North", "0123456789ab"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A workspace in which everybody has signed in once, and Ana has one thing of each kind."""
    with writing(tmp_path) as store:
        for each in (ANA, BEN, CY, VIEWER, ADMIN, LIMITED):
            known = {"name": each.name, "role": each.role, "teams": sorted(each.teams), "limited": bool(each.limit)}
            store.keep_draft(PERSON, "", each.id, json.dumps(known))
    with acting(ANA), writing(tmp_path) as store:
        store.keep_draft(DESIGN, "", NAME, "{}")
        for kind in CAN_BE_SHARED:
            store.save(kind, SAMPLE, "" if kind == DATA_SET else NAME, json.dumps({"design": NAME}))
    return tmp_path


def owners(home: Path, kind: str = OPTION) -> list[str]:
    with reading(home) as store:
        return sorted(each.owner for each in store.list(kind))


@pytest.mark.parametrize("kind", CAN_BE_SHARED)
def test_what_is_handed_on_is_the_others_and_no_more_ones_own(home: Path, kind: str) -> None:
    key = "" if kind == DATA_SET else NAME
    with acting(ANA), writing(home) as store:
        assert hand_on(store, kind, SAMPLE, key, BEN.id) == HandedOn(kind, SAMPLE, key, ANA.id, BEN.id)
        if kind != DATA_SET:
            assert store.find(kind, SAMPLE, key) is None, "nothing was shared with her"
            assert store.list(kind) == ()
    with acting(BEN), writing(home) as store:
        if kind == DATA_SET:
            store.share(DATA_SET, SAMPLE, "", EVERYBODY)
        else:
            with pytest.raises(NotAllowedError):  # about a data set that is still Ana's alone
                store.save("option", SAMPLE, "other", "{}")
    with reading(home) as store:
        (line,) = store.audit_log(action="hand on")
    assert (line["author"], line["facts"]) == ("Ana (ana@example.com)", {"from": ANA.id, "to": BEN.id})


def test_a_design_that_comes_with_an_option_opens_for_the_new_owner_and_those_it_is_shared_with(home: Path) -> None:
    with acting(ANA), writing(home) as store:
        store.share(DATA_SET, SAMPLE, "", EVERYBODY)
        hand_on(store, OPTION, SAMPLE, NAME, BEN.id)
        assert store.find(DESIGN, "", NAME) is not None, "her other things are about it"
    with acting(BEN), writing(home) as store:
        assert [each.key for each in store.list(DESIGN)] == [NAME]
        store.share(OPTION, SAMPLE, NAME, EVERYBODY)
    with acting(CY), reading(home) as store:
        assert [each.key for each in store.list(DESIGN)] == [NAME]


@pytest.mark.parametrize("person", [BEN, VIEWER, CY])
def test_nobody_else_hands_on_what_is_shared_with_them(home: Path, person: Person) -> None:
    with acting(ANA), writing(home) as store:
        store.share(DATA_SET, SAMPLE, "", EVERYBODY)
        store.share(OPTION, SAMPLE, NAME, NORTH)
    for to in (BEN.id, CY.id, NORTH):
        with acting(person), writing(home) as store:
            if person == CY:
                assert hand_on(store, OPTION, SAMPLE, NAME, to) is None, "she does not see it"
            else:
                with pytest.raises(NotAllowedError):
                    hand_on(store, OPTION, SAMPLE, NAME, to)
    assert owners(home) == [ANA.id]


@pytest.mark.parametrize("to", [VIEWER.id, LIMITED.id, "nobody@example.com", "", f"{TEAM}South", f"{TEAM}Nowhere"])
def test_things_go_to_those_alone_who_can_own_them(home: Path, to: str) -> None:
    with acting(ANA), writing(home) as store, pytest.raises(NotAllowedError):
        hand_on(store, OPTION, SAMPLE, NAME, to)
    with acting(ADMIN), writing(home) as store:
        if to == f"{TEAM}South":
            assert hand_on_all(store, ANA.id, to)[0]
        else:
            with pytest.raises(NotAllowedError):
                hand_on_all(store, ANA.id, to)


def test_of_whom_nothing_is_known_since_an_earlier_release_nothing_is_given_before_the_next_sign_in(home: Path) -> None:
    with writing(home) as store:
        store.keep_draft(PERSON, "", BEN.id, json.dumps({"name": "Ben", "role": "editor", "teams": ["North"]}))
    with acting(ANA), writing(home) as store, pytest.raises(NotAllowedError):
        hand_on(store, OPTION, SAMPLE, NAME, BEN.id)


def test_what_belongs_to_a_team_is_its_editors_to_change_and_share(home: Path) -> None:
    with acting(ANA), writing(home) as store:
        for kind in CAN_BE_SHARED:
            hand_on(store, kind, SAMPLE, "" if kind == DATA_SET else NAME, NORTH)
    for person in (BEN, ANA):
        with acting(person), writing(home) as store:
            assert store.save(OPTION, SAMPLE, NAME, "{}").number > 1
            assert store.share(OPTION, SAMPLE, NAME, PRIVATE)
            assert [each.key for each in store.list(DESIGN)] == [NAME]
    with acting(VIEWER), writing(home) as store:
        assert store.find(OPTION, SAMPLE, NAME) is not None
        for act in (store.delete, store.restore):
            with pytest.raises(NotAllowedError):
                act(OPTION, SAMPLE, NAME)
    with acting(CY), reading(home) as store:
        assert [store.list(kind) for kind in CAN_BE_SHARED] == [()] * len(CAN_BE_SHARED)
    with acting(LIMITED), reading(home) as store:
        for kind in CAN_BE_SHARED:
            assert bool(store.list(kind)) is (kind not in NAMES_REPS), "no trial of the team's for who sees some reps"


@pytest.mark.parametrize("owner", [NORTH, LIMITED.id])
def test_who_sees_some_reps_gives_nobody_a_data_set_of_all(home: Path, owner: str) -> None:
    """Neither the team's, nor one of their own from before they were limited."""
    with acting(ANA), writing(home) as store:
        hand_on(store, DATA_SET, SAMPLE, "", NORTH)
    if owner == LIMITED.id:
        with writing(home) as store:
            store.connection.execute(update(documents).where(documents.c.kind == DATA_SET).values(owner=owner))
    for act in (
        lambda store: store.share(DATA_SET, SAMPLE, "", EVERYBODY),
        lambda store: store.delete(DATA_SET, SAMPLE, ""),
        lambda store: store.erase(DATA_SET, SAMPLE, ""),
        lambda store: hand_on(store, DATA_SET, SAMPLE, "", CY.id),
    ):
        with acting(LIMITED), pytest.raises(NotAllowedError), writing(home) as store:
            act(store)
    with reading(home) as store:
        (kept,) = store.list(DATA_SET)
    assert (kept.owner, kept.shared, kept.deleted_at, kept.is_erased) == (owner, PRIVATE, None, False)


def test_what_the_other_has_already_stays(home: Path) -> None:
    with acting(ANA), writing(home) as store:
        store.share(DATA_SET, SAMPLE, "", EVERYBODY)
    with acting(BEN), writing(home) as store:
        store.save(OPTION, SAMPLE, NAME, "of Ben")
    with acting(ANA), writing(home) as store:
        assert hand_on(store, OPTION, SAMPLE, NAME, BEN.id) is None
    with acting(ADMIN), writing(home) as store:
        moved, n_left = hand_on_all(store, ANA.id, BEN.id)
        assert (len(moved), n_left) == (len(CAN_BE_SHARED) - 1, 1)
        assert count_owned(store) == {ANA.id: 1, BEN.id: len(CAN_BE_SHARED)}


def test_an_admin_hands_on_all_that_somebody_has_who_left_and_takes_it_back(home: Path) -> None:
    with acting(ANA), writing(home) as store:
        store.delete(SAVED_DESIGN, SAMPLE, NAME)
        assert count_owned(store) == {}
        with pytest.raises(NotAllowedError):
            hand_on_all(store, ANA.id, BEN.id)
    with acting(replace(ADMIN, limit=LIMITED.limit)), writing(home) as store:
        assert count_owned(store) == {}
        with pytest.raises(NotAllowedError):
            hand_on_all(store, ANA.id, BEN.id)
    with acting(ADMIN), writing(home) as store:
        assert count_owned(store) == {ANA.id: len(CAN_BE_SHARED)}
        moved, _ = hand_on_all(store, ANA.id, BEN.id)
        assert count_owned(store) == {BEN.id: len(CAN_BE_SHARED)}
        assert hand_back(store, moved) == len(CAN_BE_SHARED)
        assert count_owned(store) == {ANA.id: len(CAN_BE_SHARED)}


CHANGES = {
    "saved": lambda store: store.save(OPTION, SAMPLE, NAME, "of Ben"),
    "new": lambda store: store.save(OPTION, SAMPLE, "another", "of Ben"),
    "draft": lambda store: store.keep_draft(SAVED_DESIGN, SAMPLE, NAME, "of Ben"),
    "shared": lambda store: store.share(DATA_SET, SAMPLE, "", EVERYBODY),
    "deleted": lambda store: store.delete(OPTION, SAMPLE, NAME),
    "handed on": lambda store: hand_on(store, OPTION, SAMPLE, NAME, CY.id),
    "version": lambda store: store.save(DATA_SET, "0" * 16, "", json.dumps({"replaces": SAMPLE})),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_the_new_owner_has_changed_since_stays_with_the_data_set_it_is_about(home: Path, change: str) -> None:
    with acting(ADMIN), writing(home) as store:
        moved, _ = hand_on_all(store, ANA.id, BEN.id)
    with acting(BEN), writing(home) as store:
        CHANGES[change](store)
        before = store.list(OPTION)
    with acting(ADMIN), writing(home) as store:
        assert hand_back(store, moved) == 0
        assert ANA.id not in count_owned(store)
    with acting(BEN), reading(home) as store:
        assert store.list(OPTION) == before, "nothing is lost"


def test_looking_at_a_data_set_is_no_change_of_it(home: Path) -> None:
    with acting(ADMIN), writing(home) as store:
        moved, _ = hand_on_all(store, ANA.id, BEN.id)
    with acting(BEN), writing(home) as store:
        store.keep_draft(DATA_SET, SAMPLE, "", "figures")
    with acting(ADMIN), writing(home) as store:
        assert hand_back(store, moved) == len(CAN_BE_SHARED)


def test_a_data_set_stays_with_a_team_of_which_somebody_worked_with_it(home: Path) -> None:
    with acting(ANA), writing(home) as store:
        moved = hand_on(store, DATA_SET, SAMPLE, "", NORTH)
    assert moved is not None
    with acting(BEN), writing(home) as store:
        store.save(OPTION, SAMPLE, "another", "of Ben")
    with acting(ANA), writing(home) as store:
        assert hand_back(store, [moved]) == 0
    assert owners(home, DATA_SET) == [NORTH]


def test_versions_of_a_data_set_stay_together(home: Path) -> None:
    old, new, other = ("a" * 16, "b" * 16, "c" * 16)
    with acting(ANA), writing(home) as store:
        for data, replaces in ((old, None), (new, old), (other, None)):
            store.save(DATA_SET, data, "", json.dumps({"replaces": replaces}))
        moved = [hand_on(store, DATA_SET, data, "", BEN.id) for data in (old, new, other)]
    with acting(BEN), writing(home) as store:
        store.save(OPTION, new, NAME, "of Ben")
    with acting(ANA), writing(home) as store:
        assert hand_back(store, [each for each in moved if each]) == 1
    with reading(home) as store:
        assert {each.data: each.owner for each in store.list(DATA_SET)} == {
            SAMPLE: ANA.id, old: BEN.id, new: BEN.id, other: ANA.id,
        }  # fmt: skip


@pytest.mark.parametrize(
    "now", [replace(ANA, role="viewer"), replace(ANA, role=""), replace(ANA, limit=LIMITED.limit), BEN]
)
def test_who_may_no_longer_hand_on_takes_nothing_back(home: Path, now: Person) -> None:
    with acting(ANA), writing(home) as store:
        moved = hand_on(store, DATA_SET, SAMPLE, "", BEN.id)
    assert moved is not None
    with acting(now), pytest.raises(NotAllowedError), writing(home) as store:
        hand_back(store, [moved])
    assert owners(home, DATA_SET) == [BEN.id]


def test_who_left_a_team_takes_back_nothing_of_it(home: Path) -> None:
    with acting(ANA), writing(home) as store:
        hand_on(store, OPTION, SAMPLE, NAME, NORTH)
        moved = hand_on(store, OPTION, SAMPLE, NAME, BEN.id)
    assert moved is not None
    with acting(replace(ANA, teams=frozenset())), pytest.raises(NotAllowedError), writing(home) as store:
        hand_back(store, [moved])
    assert owners(home) == [BEN.id]


def test_taking_back_brings_nobody_a_design_of_the_other(home: Path) -> None:
    """What is taken back may name a design that its owner never saw."""
    private = "b" * 12
    with acting(BEN), writing(home) as store:
        store.keep_draft(DESIGN, "", private, "{}")
    with acting(ANA), writing(home) as store:
        store.share(DATA_SET, SAMPLE, "", EVERYBODY)
        store.save(OPTION, SAMPLE, NAME, json.dumps({"design": private}))
        moved = hand_on(store, OPTION, SAMPLE, NAME, BEN.id)
        assert moved is not None
        assert hand_back(store, [moved]) == 1
        assert store.find(DESIGN, "", private) is None
