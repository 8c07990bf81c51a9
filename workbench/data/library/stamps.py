"""The stamp of an upload: when it was saved and in place of what, its figures, and when it was deleted."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from pydantic import ValidationError

from workbench.data.model.dataset import Model
from workbench.data.model.figures import Figures
from workbench.rights.acting import as_server, current_person
from workbench.rights.may import Action
from workbench.store.document_rows import StoredDocument, utc_now
from workbench.store.documents import DocumentWriter
from workbench.store.kinds import DATA_SET
from workbench.store.opening import reading, writing
from workbench.store.takeover import take_over_stamp


class Saved(Model):
    """One time at which these contents were saved (ISO, UTC), and the id of the upload that they took the place of.

    ``by_right``: who saved could change that upload, or share it; None where that was not asked.
    """

    at: str
    replaces: str | None = None
    by_right: bool | None = None


class Deleted(Model):
    """When an upload was deleted, and the id of the one that was deleted with its older versions."""

    at: str
    head: str


class Stamp(Model):
    """Everything about an upload that changes while its contents never do; ``saved`` only grows."""

    saved: tuple[Saved, ...] = ()
    figures: Figures | None = None
    deleted: Deleted | None = None
    owner: str = ""
    shared: str = ""

    @property
    def latest(self) -> Saved:
        """The last time it was saved; one without a time if none is known."""
        return self.saved[-1] if self.saved else Saved(at="")


def now() -> str:
    """Return the time as stamps say it."""
    return utc_now()


def read_latest_stamp(home: Path, folder: Path) -> Stamp | None:
    """Read the stamp of one upload with its last save alone; None where the person at work may not see the upload."""
    with reading(home) as store:
        found = store.find(DATA_SET, folder.name, "")
        is_known = found is not None or folder.name in store.known_data(DATA_SET)
    if found is None:
        return None if is_known else _adopt(home, [folder]).get(folder.name)
    return _stamp(found, (_saved(found.version.at, found.version.content),) if found.version else ())


def read_all_stamps(home: Path, folders: Collection[Path]) -> dict[str, Stamp]:
    """Read the whole stamps of the uploads that may be seen, by id. One that the store does not know is brought in."""
    with reading(home) as store:
        documents = {each.data: each for each in store.list(DATA_SET)}
        saves: dict[str, list[Saved]] = {}
        for data, _, version in store.versions(DATA_SET):
            saves.setdefault(data, []).append(_saved(version.at, version.content))
        known = store.known_data(DATA_SET)
    unknown = [folder for folder in folders if folder.name not in known]
    found = _adopt(home, unknown) if unknown else {}
    for folder in folders:
        if folder.name in documents:
            found[folder.name] = _stamp(documents[folder.name], tuple(saves.get(folder.name, ())))
    return {folder.name: found[folder.name] for folder in folders if folder.name in found}


def save_stamp(store: DocumentWriter, entry_id: str, replaces: str | None) -> None:
    """Note that the contents of an upload were saved, once more if they are there; they are not deleted then."""
    before = store.find(DATA_SET, replaces, "") if replaces else None
    content: dict[str, str | bool | None] = {"replaces": replaces}
    if replaces and store.rights.person is not None:
        content["by_right"] = before is not None and any(
            store.rights.may(action, before) for action in (Action.CHANGE, Action.MANAGE)
        )
    store.save(DATA_SET, entry_id, "", json.dumps(content))
    if before is not None and before.shared and store.rights.may(Action.MANAGE, before):  # a new version of one's own
        store.share(DATA_SET, entry_id, "", before.shared)


def save_figures(home: Path, entry_id: str, figures: Figures) -> None:
    """Note the figures of an upload that is not deleted. Raises OSError where nothing can be written."""
    content = figures.model_dump_json()
    with writing(home) as store:
        known = store.find(DATA_SET, entry_id, "")
        if known is None or not store.rights.may(Action.CHANGE, known):  # nobody else's, and not of some reps alone
            return
        if known.deleted_at is None and not (known.draft and known.draft.content == content):
            store.keep_draft(DATA_SET, entry_id, "", content)


def _adopt(home: Path, folders: Collection[Path]) -> dict[str, Stamp]:
    """Bring uploads into the store of which it knows nothing, as nobody's; while nothing can be written they have none.

    Those of nobody are for admins, and shown to nobody else until they are in the store.
    """
    try:
        with as_server(), writing(home) as store:
            for folder in folders:
                take_over_stamp(store, folder, [])
    except OSError:
        return {folder.name: Stamp() for folder in folders} if current_person() is None else {}
    return read_all_stamps(home, folders)


def _stamp(document: StoredDocument, saved: tuple[Saved, ...]) -> Stamp:
    gone = document.deleted_at
    return Stamp(saved=saved, owner=document.owner, shared=document.shared, figures=_figures(document),
                 deleted=Deleted(at=gone, head=document.deleted_with or document.data) if gone else None)  # fmt: skip


def _saved(at: str, content: str) -> Saved:
    try:
        found = json.loads(content)
        return Saved(at=at, replaces=found["replaces"], by_right=found.get("by_right"))
    except (ValueError, LookupError, TypeError, RecursionError):  # damaged
        return Saved(at=at)


def _figures(document: StoredDocument) -> Figures | None:
    try:
        return Figures.model_validate_json(document.draft.content) if document.draft else None
    except ValidationError:  # as an earlier release wrote them
        return None
