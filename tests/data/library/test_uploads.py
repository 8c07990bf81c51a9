"""Files of an upload are put aside whole, once each, under safe names."""

from __future__ import annotations

import io
import os
from pathlib import Path

from workbench.data.library.uploads import stage_upload
from workbench.words.issues import describe_issue


def test_files_are_put_aside_under_safe_names_in_the_order_of_the_upload(tmp_path: Path) -> None:
    files = [("../z.csv", io.BytesIO(b"1")), ("a?.csv", io.BytesIO(b"2")), ("my.dataset.json", io.BytesIO(b"{}"))]
    incoming = stage_upload(tmp_path, [*files, ("my.design.json", io.BytesIO(b"{} "))])
    assert incoming.tables == ("z.csv", "a_.csv")
    assert incoming.names["../z.csv"] == "z.csv"
    assert [path.name for path in incoming.specs] == ["my.dataset.json"]
    assert set(incoming.paths()) == {"z.csv", "a_.csv", "my.design.json"}
    assert (incoming.folder / "a_.csv").read_bytes() == b"2"
    assert incoming.folder.parent == tmp_path / "incoming"


def test_the_same_file_twice_counts_once_and_is_said(tmp_path: Path) -> None:
    files = [("deals.csv", io.BytesIO(b"x")), ("deals.csv", io.BytesIO(b"x")), ("copy.csv", io.BytesIO(b"x"))]
    incoming = stage_upload(tmp_path, files)
    assert incoming.tables == ("deals.csv",)
    assert incoming.names == {"deals.csv": "deals.csv", "copy.csv": "deals.csv"}
    assert [(issue.code, describe_issue(issue).where) for issue in incoming.issues] == [
        ("same_file", "deals.csv"),
        ("same_file", "copy.csv"),
    ]


def test_two_files_of_one_name_are_both_kept(tmp_path: Path) -> None:
    incoming = stage_upload(tmp_path, [("deals.csv", io.BytesIO(b"x")), ("deals.csv", io.BytesIO(b"y"))])
    assert incoming.tables == ("deals.csv", "deals (2).csv")
    assert (incoming.folder / "deals (2).csv").read_bytes() == b"y"


def test_the_same_upload_again_is_the_same_folder_and_another_is_another(tmp_path: Path) -> None:
    once = stage_upload(tmp_path, [("a.csv", io.BytesIO(b"1"))])
    (tmp_path / "a.csv").write_bytes(b"1")
    again = stage_upload(tmp_path, [("a.csv", tmp_path / "a.csv")])
    assert once.folder == again.folder
    assert stage_upload(tmp_path, [("a.csv", io.BytesIO(b"2"))]).folder != once.folder


def test_what_was_put_aside_days_ago_is_removed(tmp_path: Path) -> None:
    old = stage_upload(tmp_path, [("a.csv", io.BytesIO(b"1"))]).folder
    three_days_ago = old.stat().st_mtime - 3 * 24 * 3600
    os.utime(old, (three_days_ago, three_days_ago))
    new = stage_upload(tmp_path, [("a.csv", io.BytesIO(b"2"))]).folder
    assert not old.exists()
    assert new.is_dir()
