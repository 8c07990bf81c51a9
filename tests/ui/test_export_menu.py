"""The export on Options: a button for each format, and whether reps are named in the file."""

import shutil
from pathlib import Path

import pytest

from tests.sample_panels import sample_panel
from tests.ui.conftest import Open
from workbench.design.model import Design
from workbench.store.opening import close_stores, reading
from workbench.ui.session import noted_download
from workbench.ui.widgets.export_menu import export_file_name
from workbench.words.export import CURRENT_LEFT_OUT, FORMATS, NAMES_HIDDEN, NAMES_SHOWN, REPS_ALONE


def test_each_format_has_a_button_before_any_option_is_saved(opened: Open) -> None:
    app = opened("options", data="dials-floor")
    shown = [each.proto.label for each in app.get("download_button")]
    assert [label for label in FORMATS.values() if label not in shown] == []


def test_the_menu_says_whether_names_are_in_the_file(opened: Open) -> None:
    app = opened("options", data="dials-floor")
    assert NAMES_SHOWN in [each.value for each in app.caption]
    app.toggle(key="context.hide_names").set_value(True).run()
    captions = [each.value for each in app.caption]
    assert NAMES_HIDDEN in captions
    assert NAMES_SHOWN not in captions


def test_the_menu_names_the_kpis_that_have_no_reason(opened: Open) -> None:
    app = opened("options", data="dials-floor")
    assert not [each.value for each in app.caption if "No reason is recorded" in each.value]
    drafts = app.session_state["context.drafts"]
    key = app.session_state["context.data"]
    draft = drafts[key]
    kpis = (draft.design.kpis[0].model_copy(update={"necessary": "", "name": "*Dials*"}), *draft.design.kpis[1:])
    app.session_state["context.drafts"] = drafts | {
        key: draft.change(draft.design.model_copy(update={"kpis": kpis}), "x")
    }
    captions = [each.value for each in app.run().caption]
    told = r":orange[:material/warning:] No reason is recorded for \*Dials\*\. The file will say so\."
    assert [value for value in captions if "No reason is recorded" in value] == [told]


def test_who_took_a_file_stands_in_the_log(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_HOME", str(home))
    assert noted_download._noted(lambda: b"content", "ours.html", "export", "dials-floor", "Ann") == b"content"
    with reading(home) as store:
        (line,) = store.audit_log()
    assert (line["action"], line["author"], line["data"]) == ("export", "Ann", "dials-floor")
    assert line["facts"] == {"file": "ours.html"}
    close_stores()
    shutil.rmtree(home)
    home.write_text("a file where the folder was")
    assert noted_download._noted(lambda: b"content", "ours.html", "export", "dials-floor", "Ann") == b"content"


def test_reps_can_be_given_their_page_alone(opened: Open) -> None:
    app = opened("options", data="dials-floor")
    app.button_group(key="options.export.for").set_value("reps").run()
    captions = [each.value for each in app.caption]
    assert REPS_ALONE in captions
    assert NAMES_SHOWN not in captions


def test_a_hidden_name_is_not_in_the_name_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    panel = sample_panel("dials-floor")
    rep = sorted(panel.reps["rep"])[0]
    design = Design(name=f"For {rep}")
    assert rep.split()[0].lower() in export_file_name(panel, design, "html")
    monkeypatch.setattr("workbench.ui.session.state.st.session_state", {"context.hide_names": True})
    assert export_file_name(panel, design, "html") == "for-rep-01.html"
    assert export_file_name(panel, design, "html", "reps") == "for-rep-01-for-reps.html"


def test_a_current_scorecard_that_does_not_fit_is_left_out(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    unfit = Design.model_validate({"name": "Old", "goal": {"measure": "gone"}, "kpis": [
        {"name": "Gone", "formula": "gone", "target": 1, "weight": 1}]})  # fmt: skip
    given: list[Design | None] = []
    monkeypatch.setattr("workbench.ui.widgets.export_menu.documents.current_scorecard", lambda: unfit)
    monkeypatch.setattr("workbench.ui.widgets.export_menu._made", lambda *args: b"")
    monkeypatch.setattr("workbench.ui.widgets.export_menu.partial",
                        lambda function, *args: given.append(args[3]) if len(args) == 6 else b"")  # fmt: skip
    app = opened("options", data="dials-floor")
    assert CURRENT_LEFT_OUT in [each.value for each in app.caption]
    assert given == [None] * len(FORMATS)
