"""Nobody gets more out of the store, or into it, than ``may`` allows: every kind, by every way there is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acting import ADMIN, ANA, BEN, CY, LIMITED, VIEWER, acting
from workbench.rights.acting import as_server
from workbench.rights.may import EVERYBODY, PRIVATE, TEAM
from workbench.rights.person import Person
from workbench.store.kinds import CAN_BE_SHARED, DATA_SET, DESIGN, NAMES_REPS, OPTION
from workbench.store.opening import reading, writing
from workbench.store.rights import NotAllowedError

pytestmark = pytest.mark.usefixtures("each_database")
UPLOAD, SAMPLE = "0123456789abcdef", "dials-floor"
NORTH = f"{TEAM}North"


def saved(home: Path, kind: str, data: str, content: str = "of Ana", shared: str = PRIVATE) -> None:
    with acting(ANA), writing(home) as store:
        store.save(kind, data, "k", content)
        store.keep_draft(kind, data, "k", content)
        store.share(kind, data, "k", shared)


def shared_upload(home: Path, shared: str) -> None:
    with acting(ANA), writing(home) as store:
        store.save(DATA_SET, UPLOAD, "", "{}")
        store.share(DATA_SET, UPLOAD, "", shared)


def sees(home: Path, person: Person | None, kind: str, data: str) -> bool:
    """Whether a person gets at anything of a document; by all ways alike."""
    key = "" if kind == DATA_SET else "k"
    with acting(person), reading(home) as store:
        ways = {
            store.find(kind, data, key) is not None, bool(store.list(kind)), bool(store.list(kind, data)),
            bool(list(store.versions(kind))), bool(list(store.versions(kind, data))), data in store.data_sets(kind),
        }  # fmt: skip
    (found,) = ways
    return found


@pytest.mark.parametrize(
    ("shared", "who"),
    [(PRIVATE, {ANA, ADMIN}), (NORTH, {ANA, BEN, VIEWER, LIMITED, ADMIN}),
     (EVERYBODY, {ANA, BEN, CY, VIEWER, LIMITED, ADMIN})],
)  # fmt: skip
def test_every_kind_is_seen_by_those_with_whom_it_is_shared(tmp_path: Path, shared: str, who: set[Person]) -> None:
    for kind in CAN_BE_SHARED:
        data = UPLOAD if kind == DATA_SET else SAMPLE
        if kind == DATA_SET:
            shared_upload(tmp_path, shared)
        else:
            saved(tmp_path, kind, data, shared=shared)
        meant = who - {LIMITED} if kind in NAMES_REPS else who
        found = {each for each in (ANA, BEN, CY, VIEWER, LIMITED, ADMIN) if sees(tmp_path, each, kind, data)}
        assert found == meant, kind
        assert sees(tmp_path, None, kind, data), "without sign-in everybody sees everything"


def test_nothing_about_a_data_set_is_seen_by_who_may_not_see_the_data_set(tmp_path: Path) -> None:
    shared_upload(tmp_path, PRIVATE)
    saved(tmp_path, OPTION, UPLOAD, shared=EVERYBODY)
    assert not sees(tmp_path, BEN, OPTION, UPLOAD)
    with acting(BEN), pytest.raises(NotAllowedError), writing(tmp_path) as store:
        store.save(OPTION, UPLOAD, "mine", "x")
    shared_upload(tmp_path, NORTH)
    assert sees(tmp_path, BEN, OPTION, UPLOAD)
    assert not sees(tmp_path, CY, OPTION, UPLOAD)


def test_who_may_see_and_not_change_gets_a_document_of_the_own(tmp_path: Path) -> None:
    saved(tmp_path, OPTION, SAMPLE, shared=EVERYBODY)
    with acting(CY), writing(tmp_path) as store:
        assert store.save(OPTION, SAMPLE, "k", "of Cy").number == 1
        assert [each.owner for each in store.list(OPTION)] == [CY.id], "the own one stands for both"
    with acting(ANA), reading(tmp_path) as store:
        (found,) = store.list(OPTION)
        assert found.version is not None
        assert found.version.content == "of Ana"


def test_what_is_shared_with_a_team_is_changed_by_its_editors_alone(tmp_path: Path) -> None:
    saved(tmp_path, OPTION, SAMPLE, shared=NORTH)
    with acting(BEN), writing(tmp_path) as store:
        assert store.save(OPTION, SAMPLE, "k", "of Ben").number == 2
    with acting(VIEWER), pytest.raises(NotAllowedError), writing(tmp_path) as store:
        store.save(OPTION, SAMPLE, "k", "of Vi")
    with acting(ADMIN), writing(tmp_path) as store:
        assert store.save(OPTION, SAMPLE, "k", "of Ada").number == 1, "an admin writes into nothing by the way"
    with acting(ANA), reading(tmp_path) as store:
        assert [version.content for _, _, version in store.versions(OPTION)] == ["of Ana", "of Ben"]


def test_who_is_limited_to_some_reps_saves_no_version_of_a_data_set(tmp_path: Path) -> None:
    shared_upload(tmp_path, NORTH)
    with acting(LIMITED), pytest.raises(NotAllowedError), writing(tmp_path) as store:
        store.save(DATA_SET, UPLOAD, "", "{}")
    with acting(BEN), writing(tmp_path) as store:
        assert store.save(DATA_SET, UPLOAD, "", "{}").number == 2


@pytest.mark.parametrize("person", [BEN, VIEWER, LIMITED])
def test_only_owners_and_admins_delete_share_and_erase(tmp_path: Path, person: Person) -> None:
    saved(tmp_path, OPTION, SAMPLE, shared=NORTH)
    for act in ("delete", "restore", "erase", "share"):
        with acting(person), pytest.raises(NotAllowedError), writing(tmp_path) as store:
            store.share(OPTION, SAMPLE, "k", PRIVATE) if act == "share" else getattr(store, act)(OPTION, SAMPLE, "k")
    with acting(ADMIN), writing(tmp_path) as store:
        assert store.delete(OPTION, SAMPLE, "k")
        assert store.restore(OPTION, SAMPLE, "k")
    with acting(CY), writing(tmp_path) as store:
        assert not store.delete(OPTION, SAMPLE, "k"), "whoever does not see it is not told that it is there"


def test_a_design_of_a_link_is_seen_where_its_owner_shares_something_that_names_it(tmp_path: Path) -> None:
    name = "0123456789ab"
    with acting(ANA), writing(tmp_path) as store:
        store.keep_draft(DESIGN, "", name, "{}")
    with acting(BEN), writing(tmp_path) as store:
        assert store.find(DESIGN, "", name) is None
        store.save(OPTION, SAMPLE, name, f'{{"design": "{name}"}}')
        assert store.find(DESIGN, "", name) is None, "naming it oneself opens nothing"
    with acting(ANA), writing(tmp_path) as store:
        store.keep_draft("saved design", SAMPLE, "k", f'{{"design": "{name}"}}')
    with acting(BEN), reading(tmp_path) as store:
        assert store.find(DESIGN, "", name) is None
    with acting(ANA), writing(tmp_path) as store:
        store.share("saved design", SAMPLE, "k", NORTH)
    with acting(BEN), reading(tmp_path) as store:
        assert store.find(DESIGN, "", name) is not None
    with acting(CY), reading(tmp_path) as store:
        assert store.find(DESIGN, "", name) is None


def test_a_text_in_what_is_shared_opens_no_design(tmp_path: Path) -> None:
    name = "0123456789ab"
    with acting(ANA), writing(tmp_path) as store:
        store.keep_draft(DESIGN, "", name, "{}")
        store.save(OPTION, SAMPLE, "k", "{}")
        store.share(OPTION, SAMPLE, "k", NORTH)
    for note in (name, f'"design": "{name}"', f'"design":"{name}"'):
        with acting(BEN), writing(tmp_path) as store:
            store.save(OPTION, SAMPLE, "k", json.dumps({"design": "f" * 12, "note": note}))
            assert [each.owner for each in store.list(OPTION)] == [ANA.id]
            assert store.find(DESIGN, "", name) is None
    for content in ({"design": name}, {"considered": [{"design": name}]}):
        with acting(ANA), writing(tmp_path) as store:
            store.save(OPTION, SAMPLE, "k", json.dumps(content, separators=(",", ":")))
        with acting(BEN), reading(tmp_path) as store:
            assert store.find(DESIGN, "", name) is not None


def test_what_its_owner_deleted_comes_back_only_to_who_may_restore_it(tmp_path: Path) -> None:
    saved(tmp_path, OPTION, SAMPLE, shared=NORTH)
    with acting(ANA), writing(tmp_path) as store:
        store.delete(OPTION, SAMPLE, "k")
    with acting(BEN), writing(tmp_path) as store:
        store.drop_draft(OPTION, SAMPLE, "k")
        store.keep_draft(OPTION, SAMPLE, "k", "of Ben")
        assert store.save(OPTION, SAMPLE, "k", "of Ben").number == 1, "in a document of his own"
    with acting(ANA), writing(tmp_path) as store:
        (found,) = store.list(OPTION)
        assert found.deleted_at is not None
        assert found.draft is not None
        assert found.draft.content == "of Ana"
        assert store.save(OPTION, SAMPLE, "k", "again").number == 2


def test_viewers_keep_states_for_links_and_nothing_else(tmp_path: Path) -> None:
    with acting(VIEWER), writing(tmp_path) as store:
        store.keep_draft(DESIGN, "", "0123456789ab", "{}")
        store.keep_draft("learner", "", "f" * 16, "{}")
        for kind in CAN_BE_SHARED:
            with pytest.raises(NotAllowedError):
                store.save(kind, SAMPLE, "k", "{}")


def test_the_log_is_for_admins_and_names_who_acted(tmp_path: Path) -> None:
    saved(tmp_path, OPTION, SAMPLE, shared=EVERYBODY)
    for person in (ANA, VIEWER):
        with acting(person), reading(tmp_path) as store:
            assert store.audit_log() == ()
    with acting(ADMIN), reading(tmp_path) as store:
        assert [(line["action"], line["author"]) for line in store.audit_log()] == [
            ("share", "Ana (ana@example.com)"), ("save", "Ana (ana@example.com)"),
        ]  # fmt: skip


def test_the_server_works_for_itself_also_within_what_somebody_has_open(tmp_path: Path) -> None:
    with acting(VIEWER), reading(tmp_path) as mine:
        with as_server(), writing(tmp_path) as store:
            store.save(OPTION, SAMPLE, "k", "of nobody")
        assert mine.list(OPTION) == ()
    with acting(None), reading(tmp_path) as store:
        assert [each.owner for each in store.list(OPTION)] == [""]


@pytest.mark.parametrize("shared", [f"{TEAM}South", f"{TEAM}Nowhere", TEAM, "South"])
def test_nobody_shares_with_a_team_of_others_or_one_that_is_not_known(tmp_path: Path, shared: str) -> None:
    saved(tmp_path, OPTION, SAMPLE)
    for person in (ANA, ADMIN):
        with acting(person), pytest.raises(NotAllowedError), writing(tmp_path) as store:
            store.share(OPTION, SAMPLE, "k", shared)
    with acting(ANA), reading(tmp_path) as store:
        assert [each.shared for each in store.list(OPTION)] == [PRIVATE]


def test_an_admin_shares_with_each_team_of_whom_somebody_has_signed_in(tmp_path: Path) -> None:
    saved(tmp_path, OPTION, SAMPLE)
    with writing(tmp_path) as store:
        store.keep_draft("person", "", CY.id, json.dumps({"name": "Cy", "role": "editor", "teams": ["South"]}))
    with acting(ADMIN), writing(tmp_path) as store:
        assert store.share(OPTION, SAMPLE, "k", f"{TEAM}South")
    with acting(ANA), writing(tmp_path) as store:
        assert store.share(OPTION, SAMPLE, "k", f"{TEAM}South"), "as it is"
        with pytest.raises(NotAllowedError):
            store.share(OPTION, SAMPLE, "k", f"{TEAM}West")
