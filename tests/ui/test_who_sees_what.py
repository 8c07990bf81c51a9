"""Every page, opened by each role with a link to what the role may see and to what it may not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from tests.acting import ADMIN, ANA, LIMITED, VIEWER, acting
from tests.ui.conftest import Open, label_of
from tests.ui.sent import collect_files, numbers_in, sent_numbers, sent_texts
from tests.ui.shared_work import (
    REPS,
    SECRET_DATA,
    SECRET_DESIGN,
    SECRET_OPTION,
    Enter,
    design,
    share_all,
)
from workbench.data.library.data_sets import workspace_folder
from workbench.design.store import keep_design_draft
from workbench.rights.may import EVERYBODY
from workbench.rights.person import Person
from workbench.store.kinds import DATA_SET, SAVED_DESIGN
from workbench.store.opening import reading
from workbench.ui.data_page import history_view
from workbench.ui.session.navigation import NOT_IN_NAVIGATION, PAGES
from workbench.words.designs import LINK_NOT_SHARED
from workbench.words.issues_commands import NOT_SHARED

PAGES_SHOWN = [page for page in PAGES if page not in NOT_IN_NAVIGATION]


@pytest.mark.parametrize("page", PAGES_SHOWN)
def test_a_link_to_what_is_private_reveals_nothing(page: str, secret: str, opened: Open, enter: Enter) -> None:
    for person in (VIEWER, LIMITED):
        enter(person)
        app = opened(page, data=secret, design=keep_for_ana())
        assert not app.exception
        assert n_refused(app) == 2
        said = sent_texts(app)
        for name in (SECRET_DATA, SECRET_DESIGN, SECRET_OPTION, *REPS["South"]):
            assert name not in said


def n_refused(app: AppTest) -> int:
    """How many parts of a link a page says it does not show."""
    return sum(NOT_SHARED in each.value.replace("\\", "") for each in app.warning)


def keep_for_ana() -> str:
    with acting(ANA):
        return keep_design_draft(workspace_folder(), design())


@pytest.mark.parametrize("page", PAGES_SHOWN)
def test_what_is_shared_is_shown_and_of_some_reps_alone_to_who_is_limited(
    page: str, secret: str, home: Path, opened: Open, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    share_all(home, secret)
    files = collect_files(monkeypatch)
    for person in (VIEWER, LIMITED, ADMIN):
        enter(person)
        app = opened(page, data=secret)
        assert not app.exception
        assert [each.value for each in app.error] == []
        assert not any("role does not allow" in each.value for each in app.warning), "looking saves nothing"
        said = sent_texts(app)
        assert SECRET_DATA in said
        if person == ADMIN and page == "preview":
            assert REPS["South"][0] in said, "or the next line would say nothing"
        if person == LIMITED:
            assert any("only the reps whose team is North" in each.value for each in app.caption)
            assert not [name for name in REPS["South"] if name in said]
            assert large(sent_numbers(app)) == set()
        elif page == "preview":
            assert large(sent_numbers(app)), "or the line above would say nothing"
        check_files(files, person)
        files.clear()


def check_files(files: dict[str, Callable[[], bytes]], person: Person) -> None:
    """What buttons give to who is limited holds nobody else."""
    for label, made in files.items():
        content = made().decode("utf-8", "replace")
        if person == LIMITED:
            assert not [name for name in REPS["South"] if name in content], label
            assert large(numbers_in(content)) == set(), label
        elif label == "Panel":
            assert REPS["South"][0] in content
            assert large(numbers_in(content))


def large(numbers: set[float]) -> set[float]:
    """Those which only reps of the South come to."""
    return {each for each in numbers if 5e7 <= each < 1e11}


def test_roles_are_offered_what_they_may_do(secret: str, home: Path, opened: Open, enter: Enter) -> None:
    share_all(home, secret)
    enter(VIEWER)
    app = opened("data", data=secret)
    labels = [label_of(button) for button in app.button]
    assert "Edit the mapping" not in labels
    assert "Delete it" not in labels
    assert not app.get("file_uploader")
    enter(ANA)
    app = opened("data", data=secret)
    labels = [label_of(button) for button in app.button]
    assert {"Edit the mapping", "Delete it", "Sign out"} <= {*labels}
    assert not [each for each in app.expander if "backup" in each.label]
    enter(ADMIN)
    app = opened("data", data=secret)
    assert [each.label for each in app.expander][-3:] == [
        "Workspace and backup", "What was done, and by whom", "Who has signed in",
    ]  # fmt: skip
    log, people = (each.value for each in app.dataframe[-2:])
    assert {"Ana (ana@example.com)", "Vi (vi@example.com)", "Ada (ada@example.com)"} <= {*log["Who"]}
    assert {"sign in", "share", "save"} <= {*log["What"]}
    assert dict(zip(people["Known as"], people["Role"], strict=True))[VIEWER.id] == "viewer"


def test_who_may_only_look_tries_weights_and_saves_nothing(secret: str, home: Path, opened: Open, enter: Enter) -> None:
    share_all(home, secret)
    enter(VIEWER)
    app = opened("kpis", data=secret)
    for command in ("Duplicate", "Delete"):
        app.button(key=f"context.menu.{command}").click().run()
        assert not app.exception
        assert any("role does not allow" in each.value for each in app.warning)
        assert not app.toast
    with reading(home) as store:
        assert [each.owner for each in store.list(SAVED_DESIGN, secret)] == [ANA.id]


def design_of(app: AppTest) -> str:
    """The design in the link of a page."""
    found = app.query_params["design"]
    return found if isinstance(found, str) else found[0]


def test_a_link_is_for_others_once_it_was_copied(opened: Open, home: Path, enter: Enter) -> None:
    enter(ANA)
    app = opened("kpis", data="quotes-desk")
    own = design_of(app)
    app = opened("preview", data="quotes-desk", design=keep_for_ana())
    changed = design_of(app)
    enter(VIEWER)
    assert n_refused(opened("preview", data="quotes-desk", design=own)) == 0, "what came with the data is everybody's"
    assert n_refused(opened("preview", data="quotes-desk", design=changed)) == 1
    enter(ANA)
    app = opened("preview", data="quotes-desk", design=changed)
    app.button(key="context.menu.Copy link …").click().run()
    assert not app.exception
    enter(VIEWER)
    seen = opened("preview", data="quotes-desk", design=changed)
    assert n_refused(seen) == 0
    assert SECRET_DESIGN in sent_texts(seen)
    seen.button(key="context.menu.Copy link …").click().run()
    assert LINK_NOT_SHARED not in [each.value for each in seen.warning], "it is shared already"
    app = opened("kpis", data="quotes-desk")
    app.number_input(key="kpis.0.weight").set_value(3).run()
    app.button(key="context.menu.Copy link …").click().run()
    assert LINK_NOT_SHARED in [each.value for each in app.warning], "a viewer shares nothing"


@pytest.mark.parametrize("person", [VIEWER, LIMITED])
def test_who_may_not_edit_data_goes_back_to_no_version(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_view, "go_back", lambda *_: pytest.fail("it was tried"))
    with acting(person):
        history_view._go_back("new", "old")


def test_looking_at_a_version_takes_ones_own_designs_along_and_saves_nothing_for_a_viewer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copied: list[str | None] = []
    monkeypatch.setattr(history_view, "copy_shelf", lambda home, old, new, owner: copied.append(owner))
    monkeypatch.setattr(history_view, "state", SimpleNamespace(carry_design=print, open_dataset=print))
    for person in (VIEWER, ANA, None):
        with acting(person):
            history_view._look("new", "old")
    assert copied == [ANA.id, None]


def test_sharing_is_one_choice_and_stands_in_the_log(secret: str, home: Path, opened: Open, enter: Enter) -> None:
    enter(ANA)
    app = opened("preview", data=secret)
    (choice,) = [each for each in app.selectbox if each.label == "This data set"]
    assert choice.value == ""
    choice.select(EVERYBODY).run()
    assert not app.exception
    with reading(home) as store:
        (found,) = store.list(DATA_SET)
        assert found.shared == EVERYBODY
        log = [(line["action"], line["author"]) for line in store.audit_log()]
    assert log[0] == ("share", "Ana (ana@example.com)")
    assert log.count(("sign in", "Ana (ana@example.com)")) == 1
