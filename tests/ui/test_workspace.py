"""Where work is kept, its backup and restore on Data; and the one line where nothing can be saved."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.ui.conftest import Open
from tests.ui.test_pages import words as shown
from workbench.data.library.data_sets import find_data_set
from workbench.data.library.deletion import delete_data_set
from workbench.design.model import Design
from workbench.design.options import list_options, save_option
from workbench.store.backup import write_backup
from workbench.store.opening import close_stores
from workbench.words import workspace as words
from workbench.words.designs import unsaved_sentence
from workbench.words.options import saved_sentence

FLOOR = "dials-floor"


def test_data_says_where_work_is_kept_and_offers_a_backup(opened: Open, home: Path) -> None:
    app = opened("data")
    assert words.place_sentence(str(home / "workbench.db")).replace("\\", "") in shown(app)
    assert words.BACK_UP in [each.label for each in app.get("download_button")]


def test_a_backup_is_restored_with_a_click_after_a_warning(
    opened: Open, home: Path, uploaded: str, tmp_path: Path
) -> None:
    save_option(home, FLOOR, Design(name="Kept"), "Kept")
    file = tmp_path / "backup.zip"
    write_backup(home, file)
    delete_data_set(home, uploaded)
    save_option(home, FLOOR, Design(name="Since"), "Since")
    app = opened("data")
    app.file_uploader(key="data.restore.0").upload("backup.zip", file.read_bytes(), "application/zip").run()
    assert words.REPLACES in shown(app)
    app.button(key="data.restore.go").click().run()
    assert not app.exception
    assert "Restored 1 data set" in app.success[0].value
    assert [option.name for option in list_options(home, FLOOR)] == ["Kept"]
    assert find_data_set(home, uploaded) is not None
    assert len(list(home.glob("before-restore-*.zip"))) == 1


def test_what_is_no_backup_is_said_and_changes_nothing(opened: Open, home: Path, uploaded: str) -> None:
    app = opened("data")
    app.file_uploader(key="data.restore.0").upload("backup.zip", b"no backup", "application/zip").run()
    app.button(key="data.restore.go").click().run()
    assert "is no backup of the workbench" in shown(app)
    assert find_data_set(home, uploaded) is not None


@pytest.mark.parametrize("page", ["start", "data", "preview", "options", "decide", "learn"])
def test_without_a_workspace_samples_are_read_and_one_line_says_that_nothing_can_be_saved(
    opened: Open, home: Path, page: str
) -> None:
    home.write_text("a file where the folder should be")
    app = opened(page, data=FLOOR)
    assert not app.exception
    said = [each.value for each in app.warning if "saved" in each.value]
    assert said == [unsaved_sentence("File exists")]


def test_work_goes_on_where_the_workspace_went_away(opened: Open, home: Path) -> None:
    app = opened("options", data=FLOOR)
    shutil.rmtree(home)
    home.write_text("a file where the folder was")
    app.text_input(key="options.name").set_value("Mine")
    next(each for each in app.button if "Save as option" in each.label).click().run()
    assert not app.exception
    assert saved_sentence("Mine") not in [toast.value for toast in app.toast]
    assert [each.value for each in app.warning if "saved" in each.value] == [unsaved_sentence("File exists")]
    close_stores()
