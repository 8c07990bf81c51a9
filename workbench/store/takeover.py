"""Take over the files that earlier releases kept in folders of the workspace, once, and put the folders aside.

Texts go over as they were written, damaged ones too where a document can hold them: what they mean is for the rooms
that read them. A document that is in the store already stays as it is, so that a second run changes nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workbench.store import kinds
from workbench.store.documents import DocumentWriter

ASIDE = "before-store"
STAMP = ".entry.json"
_FOLDERS = ("designs", "shelves", "options", "decisions", "trials", "phases", "learners")
_DATA, _HASH = re.compile(r"[\w-]+"), re.compile(r"[0-9a-f]{12}")
_TRIAL = re.compile(r"([\w-]{1,80})\.(\d{4,})\.json")


def has_old_folders(home: Path) -> bool:
    """Whether an earlier release kept something in folders of the workspace."""
    return any((home / name).is_dir() for name in _FOLDERS) or any(_stamps(home))


def take_over(store: DocumentWriter, home: Path) -> None:
    """Bring all that earlier releases kept into the store, within the caller's transaction."""
    unread: list[str] = []
    store.audited, before = False, store.n_documents()  # one line for all
    designs = _take_designs(store, home, unread)
    _take_shelves(store, home, designs, unread)
    _take_options(store, home, unread)
    _take_decisions(store, home, unread)
    _take_trials(store, home, unread)
    _take_whole_files(store, home, unread)
    for path in _named(home / "datasets", f"*/{STAMP}", unread):
        take_over_stamp(store, path.parent, unread)
    store.audited = True
    known = [line["facts"].get("unread") for line in store.audit_log(action="take over")]
    if store.n_documents() > before or (unread and sorted(unread) not in known):  # another server may have been here
        store.record("take over", unread=sorted(unread))


def put_old_folders_aside(home: Path) -> None:
    """Move what was taken over into a folder of its own; left where it is if nothing can be moved."""
    with suppress(OSError):
        for name in _FOLDERS:
            if (home / name).is_dir():
                _move(home / name, home / ASIDE / name)
        for path in list(_stamps(home)):
            _move(path, home / ASIDE / "datasets" / f"{path.parent.name}{STAMP}")


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    free, number = target, 2
    while free.exists():
        free, number = target.with_name(f"{target.name}-{number}"), number + 1
    with suppress(FileNotFoundError):  # another server was quicker
        path.rename(free)


def _stamps(home: Path) -> Iterator[Path]:
    return (home / "datasets").glob(f"*/{STAMP}")


def _take_designs(store: DocumentWriter, home: Path, unread: list[str]) -> dict[str, str]:
    """Return the designs by hash: all are kept as versions, since a link may have carried any of them."""
    found = {}
    for path in _named(home / "designs", "*.design.json", unread):
        name = path.name.removesuffix(".design.json")
        text = _text(path, unread)
        if text is not None and _HASH.fullmatch(name):
            found[name] = text
            _save(store, kinds.DESIGN, "", name, text, _time(path))
    return found


def _take_shelves(store: DocumentWriter, home: Path, designs: dict[str, str], unread: list[str]) -> None:
    for path in _named(home / "shelves", "*.json", unread):
        content = _json(path, unread)
        for each in _dicts(content.get("documents"), path, unread):
            document, design = str(each.get("id")), str(each.get("design"))
            if store.find(kinds.SAVED_DESIGN, path.stem, document) or not _HASH.fullmatch(document):
                continue
            state = {"design": design, "name": each.get("name"), "content": _parsed(designs.get(design, "null"))}
            store.keep_draft(kinds.SAVED_DESIGN, path.stem, document, json.dumps(state), at=str(each.get("changed")))
            if each.get("deleted"):
                store.delete(kinds.SAVED_DESIGN, path.stem, document)
        if _HASH.fullmatch(str(content.get("current"))):
            _save(store, kinds.SCORECARD, path.stem, "", json.dumps({"design": content["current"]}), _time(path))


def _take_options(store: DocumentWriter, home: Path, unread: list[str]) -> None:
    for path in _named(home / "options", "*.json", unread):
        for each in _dicts(_json(path, unread).get("options"), path, unread):
            key, deleted = str(each.get("design")), bool(each.pop("deleted", False))
            if _HASH.fullmatch(key) and _save(store, kinds.OPTION, path.stem, key, json.dumps(each),
                                              str(each.get("added") or _time(path))) and deleted:  # fmt: skip
                store.delete(kinds.OPTION, path.stem, key)


def _take_decisions(store: DocumentWriter, home: Path, unread: list[str]) -> None:
    for path in _named(home / "decisions", "*/*.decision.json", unread):
        key = path.name.removesuffix(".decision.json")
        _save(store, kinds.DECISION, path.parent.name, key, _damaged_or_not(path), _time(path))


def _take_trials(store: DocumentWriter, home: Path, unread: list[str]) -> None:
    found: dict[tuple[str, str], list[tuple[int, Path]]] = {}
    for path in _named(home / "trials", "*/*.json", unread):
        if named := _TRIAL.fullmatch(path.name):
            found.setdefault((path.parent.name, named[1]), []).append((int(named[2]), path))
    for (data, key), numbered in sorted(found.items()):
        if store.find(kinds.TRIAL, data, key):
            continue
        removed = False
        for _, path in sorted(numbered):
            text, at, by = _damaged_or_not(path), "", ""
            content = _parsed(text)
            if isinstance(content, dict) and "trial" in content:
                removed, at, by = (
                    bool(content.get("removed")),
                    str(content.pop("saved", "")),
                    str(content.pop("by", "")),
                )
                text = json.dumps(content)
            store.save(kinds.TRIAL, data, key, text, at=at or _time(path), author=by)
        if removed:
            store.delete(kinds.TRIAL, data, key)


def _take_whole_files(store: DocumentWriter, home: Path, unread: list[str]) -> None:
    for ending, kind in ((".phases.json", kinds.PHASES), (".coached.json", kinds.COACHING)):
        for path in _named(home / "phases", f"*{ending}", unread):
            if _json(path, unread):
                _save(store, kind, path.name.removesuffix(ending), "", _damaged_or_not(path), _time(path))
    for path in _named(home / "learners", "*.predictions.json", unread):
        key = path.name.removesuffix(".predictions.json")
        if _json(path, unread) and not store.find(kinds.LEARNER, "", key):
            store.keep_draft(kinds.LEARNER, "", key, _damaged_or_not(path), at=_time(path))
    for path in _named(home / "learners", "*.dice", unread):
        _save(store, kinds.DICE, "", path.stem, json.dumps(_damaged_or_not(path)), _time(path))


def take_over_stamp(store: DocumentWriter, folder: Path, unread: list[str]) -> None:
    """Bring an upload into the store that has a folder only: when it was saved, its figures, whether it is deleted."""
    path, data = folder / STAMP, folder.name
    if store.find(kinds.DATA_SET, data, ""):
        return
    stamp = _json(path, unread) if path.is_file() else {}
    if "saved" not in stamp:  # as written before versions were kept
        stamp["saved"] = [{"at": stamp.get("added"), "replaces": stamp.get("replaces")}]
    for each in _dicts(stamp["saved"], path, unread):
        at = str(each.get("at") or _time(folder))
        store.save(kinds.DATA_SET, data, "", json.dumps({"replaces": each.get("replaces")}), at=at)
    if stamp.get("figures"):
        store.keep_draft(kinds.DATA_SET, data, "", json.dumps(stamp["figures"]))
    if isinstance(gone := stamp.get("deleted"), dict):
        store.delete(kinds.DATA_SET, data, "", together=str(gone.get("head")), at=str(gone.get("at")))


def _save(store: DocumentWriter, kind: str, data: str, key: str, text: str, at: str) -> bool:
    if not (data == "" or _DATA.fullmatch(data)) or store.find(kind, data, key):
        return False
    store.save(kind, data, key, text, at=at)
    return True


def _named(folder: Path, pattern: str, unread: list[str]) -> Iterator[Path]:
    """Yield the files of a folder in order, but those whose names are no text, since a database cannot hold them."""
    for path in sorted(folder.glob(pattern)):
        name = "/".join(path.parts[-2:])
        if name.isprintable():
            yield path
        else:
            unread.append(name.encode("utf-8", "replace").decode())


def _text(path: Path, unread: list[str]) -> str | None:
    try:
        text = path.read_text("utf-8")
        json.loads(text)
    except (OSError, ValueError, RecursionError):
        unread.append("/".join(path.parts[-2:]))
        return None
    return text


def _json(path: Path, unread: list[str]) -> dict[str, Any]:
    content = _parsed(_text(path, unread) or "{}")
    return content if isinstance(content, dict) else {}


def _parsed(text: str) -> Any:
    with suppress(ValueError, RecursionError):
        return json.loads(text)
    return None


def _damaged_or_not(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")


def _dicts(entries: Any, path: Path, unread: list[str]) -> Iterator[dict[str, Any]]:
    for each in entries if isinstance(entries, list) else []:
        if isinstance(each, dict):
            yield each
        else:
            unread.append("/".join(path.parts[-2:]))


def _time(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="microseconds")
