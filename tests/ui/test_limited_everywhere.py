"""Who is limited to some reps is sent no name of others: on no page and slide, by no link, and in no file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.acting import ADMIN, ANA, LIMITED, acting
from tests.sample_panels import SAMPLES, sample_panel
from tests.ui.conftest import Open
from tests.ui.sent import collect_files, sent_texts
from tests.ui.shared_work import Enter
from workbench.data.library.data_sets import add_data_set
from workbench.data.model.dataset import load_dataset
from workbench.rights.may import EVERYBODY
from workbench.store.kinds import DATA_SET
from workbench.store.opening import writing
from workbench.ui.session import signed_in
from workbench.ui.session.navigation import NOT_IN_NAVIGATION, PAGES

NAME = "the-conversation"
SPEC = SAMPLES / NAME / f"{NAME}.dataset.json"
OFFICE = "Phoenix"
LINKS = (
    *((page, {}) for page in PAGES if page not in NOT_IN_NAVIGATION),
    *(("start", {"present": page}) for page in PAGES),
    *(("data", {"activity": source.name}) for source in load_dataset(SPEC).sources),
    *(("coaching", {"part": "one-rep", "rep": number}) for number in ("1", "5", "12")),
    *(("integrity", {"part": part}) for part in ("who", "habits", "without-it")),
    ("trials", {"trial": "0123456789ab"}),
)


@pytest.fixture
def calls(home: Path, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> str:
    """Id of a data set with a log of calls, open to everybody; one office of it to who is limited."""
    rights = {"editors": [ANA.id], "viewers": [LIMITED.id], "admins": [ADMIN.id],
              "limits": {LIMITED.id: {"office": OFFICE}}}  # fmt: skip
    monkeypatch.setattr(signed_in, "_secret", lambda section: rights)
    files = {path.name: path for path in SPEC.parent.iterdir() if path.suffix in (".csv", ".gz", ".parquet")}
    design = SPEC.with_name(f"{NAME}.design.json")
    with acting(ANA):
        entry = add_data_set(home, load_dataset(SPEC), files | {design.name: design})
        with writing(home) as store:
            store.share(DATA_SET, entry.id, "", EVERYBODY)
    return entry.id


def test_no_page_slide_link_or_file_names_others(
    calls: str, opened: Open, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, team = collect_files(monkeypatch), sample_panel(NAME).reps
    here = {*team.loc[team["office"] == OFFICE, "rep"]}
    others = {*team["rep"]} - here
    found = {person: {} for person in (ADMIN, LIMITED)}
    for person, links in ((ADMIN, LINKS[4:5]), (LIMITED, LINKS)):
        enter(person)
        for page, link in links:
            app = opened(page, data=calls, **link)
            assert not app.exception
            found[person][page, str(link)] = names_sent(app, files, here | others)
    assert set().union(*found[ADMIN].values()) >= others, "or the last line would say nothing"
    assert set().union(*found[LIMITED].values()) == here
    assert {link: names & others for link, names in found[LIMITED].items() if names & others} == {}


def names_sent(app: AppTest, files: dict[str, Callable[[], bytes]], names: set[str]) -> set[str]:
    """The names that a page sent, or that its files hold."""
    sent = [sent_texts(app), *(made().decode("utf-8", "replace") for made in files.values())]
    files.clear()
    return {name for name in names if any(name in text for text in sent)}
