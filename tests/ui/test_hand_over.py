"""A data set, a design and all work of somebody who left go to another owner on the page, and back by Undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.acting import ADMIN, ANA, BEN, CY, LIMITED, VIEWER, acting
from tests.ui.conftest import Open
from tests.ui.shared_work import Enter, share_all
from tests.ui.test_pages import words as shown
from workbench.data.engine import connections
from workbench.data.engine.embedded import Engine
from workbench.data.files.table import open_table
from workbench.data.library.data_sets import add_data_set
from workbench.data.library.handing_on import hand_on_data_set
from workbench.data.model.dataset import DataSet, Measure, Source
from workbench.rights.may import TEAM
from workbench.rights.person import Person
from workbench.store.kinds import DATA_SET, OPTION, SAVED_DESIGN
from workbench.store.opening import reading, writing
from workbench.store.rights import NotAllowedError
from workbench.ui.session import owners as session_owners
from workbench.ui.session.remember_person import remember_person
from workbench.words import sharing as words

WHAT, TO, GO = "context.hand_over.what", "context.hand_over.to", "context.hand_over.go"


@pytest.fixture
def known(home: Path) -> None:
    """Everybody has signed in once."""
    for each in (ANA, BEN, CY, VIEWER, ADMIN, LIMITED):
        remember_person(each, "1")


def owners(home: Path, kind: str) -> set[str]:
    with reading(home) as store:
        return {each.owner for each in store.list(kind)}


def hand(app: AppTest, what: str, to: str) -> AppTest:
    app.selectbox(key=WHAT).select(what).run()
    app.selectbox(key=TO).select(to).run()
    return app.button(key=GO).click().run()


@pytest.mark.usefixtures("known")
def test_an_owner_hands_the_data_set_over_and_undoes_it(secret: str, home: Path, opened: Open, enter: Enter) -> None:
    enter(ANA)
    app = opened("kpis", data=secret)
    assert app.selectbox(key=TO).options == ["Ada (ada@example.com)", "Ben (ben@example.com)", "Cy (cy@example.com)"]
    hand(app, words.DATA_SET, BEN.id)
    assert not app.exception
    assert owners(home, DATA_SET) == {BEN.id}
    assert words.handed_over_sentence("Zebra deals", "Ben") in shown(app)
    app.button(key="context.hand_over.undo").click().run()
    assert not app.exception
    assert owners(home, DATA_SET) == {ANA.id}
    assert not [each for each in app.button if each.key == "context.hand_over.undo"]
    with reading(home) as store:
        log = [(line["author"], line["facts"]) for line in store.audit_log(action="hand on")]
    assert log == [
        ("Ana (ana@example.com)", {"from": BEN.id, "to": ANA.id}),
        ("Ana (ana@example.com)", {"from": ANA.id, "to": BEN.id}),
    ]


@pytest.mark.usefixtures("known")
def test_what_the_other_has_shared_since_stays_and_is_said(secret: str, home: Path, opened: Open, enter: Enter) -> None:
    enter(ANA)
    app = hand(opened("kpis", data=secret), words.DATA_SET, BEN.id)
    with acting(BEN), writing(home) as store:
        store.share(DATA_SET, secret, "", f"{TEAM}North")
    app.run()
    app.button(key="context.hand_over.undo").click().run()
    assert not app.exception
    assert owners(home, DATA_SET) == {BEN.id}
    assert words.UNDONE_IN_PART in shown(app)
    assert not [each for each in app.button if each.key == "context.hand_over.undo"]


@pytest.mark.usefixtures("known")
def test_undo_is_offered_for_a_while(secret: str, opened: Open, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_owners, "UNDO_SECONDS", -1)
    enter(ANA)
    app = hand(opened("kpis", data=secret), words.DATA_SET, BEN.id)
    assert not app.exception
    assert not [each for each in app.button if each.key == "context.hand_over.undo"]


@pytest.mark.usefixtures("known")
def test_a_design_is_handed_over_alone(secret: str, home: Path, opened: Open, enter: Enter) -> None:
    share_all(home, secret)
    enter(ANA)
    app = opened("kpis", data=secret)
    hand(app, words.DESIGN, BEN.id)
    assert (owners(home, SAVED_DESIGN), owners(home, DATA_SET)) == ({BEN.id}, {ANA.id})
    enter(BEN)
    app = opened("kpis", data=secret)
    assert app.selectbox(key=WHAT).options == [words.DESIGN]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("person", [VIEWER, BEN, LIMITED])
def test_who_owns_nothing_here_is_offered_nothing(
    person: Person,
    secret: str,
    home: Path,
    opened: Open,
    enter: Enter,
) -> None:
    share_all(home, secret)
    enter(person)
    app = opened("kpis", data=secret)
    assert not app.exception
    assert not [each for each in app.button if each.key == GO]


@pytest.mark.usefixtures("known")
def test_an_admin_hands_over_all_work_of_somebody_who_left(
    secret: str,
    home: Path,
    opened: Open,
    enter: Enter,
) -> None:
    enter(ADMIN)
    app = opened("data", data=secret)
    people = app.dataframe[-1].value
    assert dict(zip(people["Known as"], people["Owns"], strict=True))[ANA.id] == 3
    app.selectbox(key="data.leavers.whose").select(ANA.id).run()
    app.selectbox(key="data.leavers.to").select(BEN.id).run()
    app.button(key="data.leavers.go").click().run()
    assert not app.exception
    assert [owners(home, kind) for kind in (DATA_SET, SAVED_DESIGN, OPTION)] == [{BEN.id}] * 3
    assert words.handed_over_all_sentence(3, "Ana", "Ben", 0) in shown(app)
    app.button(key="context.hand_over.undo").click().run()
    assert [owners(home, kind) for kind in (DATA_SET, SAVED_DESIGN, OPTION)] == [{ANA.id}] * 3


@pytest.mark.usefixtures("known")
def test_a_data_set_that_reads_a_database_is_handed_on_by_admins_alone(home: Path) -> None:
    """It is read with the rights of its owner: an editor could have an admin's database read by giving it away."""
    source = Source(
        name="deals", location="crm", table="deals", rep="rep", date="day", measures=(Measure(name="deals"),)
    )
    with acting(ANA):
        entry = add_data_set(home, DataSet(name="CRM", sources=(source,)), {}, connections=("crm",))
        with pytest.raises(NotAllowedError):
            hand_on_data_set(home, entry.id, ADMIN.id)
    assert owners(home, DATA_SET) == {ANA.id}
    with acting(ADMIN):
        assert len(hand_on_data_set(home, entry.id, f"{TEAM}North")) == 1
    assert owners(home, DATA_SET) == {f"{TEAM}North"}


@pytest.mark.usefixtures("known")
def test_a_leavers_data_set_that_reads_a_database_is_named_and_stays_with_what_is_about_it(
    secret: str, home: Path, opened: Open, enter: Enter
) -> None:
    """Shared with others, it would begin to read a database that its owner could not."""
    source = Source(
        name="deals", location="crm", table="deals", rep="rep", date="day", measures=(Measure(name="deals"),)
    )
    with acting(ANA):
        entry = add_data_set(home, DataSet(name="CRM of Ana", sources=(source,)), {}, connections=("crm",))
        with writing(home) as store:
            store.save(OPTION, entry.id, "about", "{}")
    enter(ADMIN)
    app = opened("data", data=secret)
    app.selectbox(key="data.leavers.whose").select(ANA.id).run()
    assert words.stays_sentence(["CRM of Ana"]) in [each.value.replace("\\", "") for each in app.caption]
    app.selectbox(key="data.leavers.to").select(BEN.id).run()
    app.button(key="data.leavers.go").click().run()
    assert not app.exception
    with reading(home) as store:
        owner = {(each.kind, each.data): each.owner for kind in (DATA_SET, OPTION) for each in store.list(kind)}
        log = [(line["data"], line["facts"]) for line in store.audit_log(action="not handed on")]
    assert (owner[DATA_SET, entry.id], owner[OPTION, entry.id], owner[DATA_SET, secret]) == (ANA.id, ANA.id, BEN.id)
    assert log == [(entry.id, {"from": ANA.id, "to": BEN.id})]


@pytest.mark.usefixtures("known")
def test_a_file_with_the_name_of_a_connection_gives_nobody_the_database(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither is it handed on by an editor, nor does an admin who changes or gets it read the database."""
    monkeypatch.setattr(connections, "read_connections", lambda path: {"crm": "sqlite:///nowhere.db"})
    source = Source(name="deals", location="crm", rep="rep", date="day", measures=(Measure(name="deals"),))
    rows = b"rep,day\nNora,2026-01-03\n"
    with acting(ANA):
        entry = add_data_set(home, DataSet(name="CRM", sources=(source,)), {"crm": rows})
        with pytest.raises(NotAllowedError):
            hand_on_data_set(home, entry.id, ADMIN.id)
    with acting(ADMIN):
        changed = DataSet(name="Mine", sources=(source.model_copy(update={"location": "exports/crm"}),))
        taken = (
            add_data_set(home, entry.load().model_copy(update={"name": "Of Ana"}), entry.files(), connections=["crm"]),
            add_data_set(home, changed, {"crm": rows}, connections=["crm"]),
        )
        hand_on_data_set(home, entry.id, ADMIN.id)
    for each in (entry, *taken):
        with acting(ADMIN), Engine() as engine:
            (place,) = each.files()
            found = open_table(place, folder=each.folder, engine=engine, connections={"crm": "sqlite:///nowhere.db"})
            assert (place, found.n_rows, found.form.kind) == ("crm", 1, "text")


@pytest.mark.usefixtures("known")
def test_older_versions_go_along(home: Path) -> None:
    source = Source(name="deals", location="deals.csv", rep="rep", date="day", measures=(Measure(name="deals"),))
    file = {"deals.csv": b"rep,day\nNora,2026-01-03\n"}
    with acting(ANA):
        old = add_data_set(home, DataSet(name="Before", sources=(source,)), file)
        new = add_data_set(home, DataSet(name="After", sources=(source,)), file, replaces=old.id)
        assert {each.data for each in hand_on_data_set(home, new.id, BEN.id)} == {old.id, new.id}


@pytest.mark.parametrize(
    ("n", "n_left", "said"),
    [(1, 0, "1 thing of Ana belongs to Ben now."),
     (2, 1, "2 things of Ana belong to Ben now. 1 thing stays, since Ben has the same already.")],
)  # fmt: skip
def test_what_was_handed_over_is_counted(n: int, n_left: int, said: str) -> None:
    assert words.handed_over_all_sentence(n, "Ana", "Ben", n_left) == said
