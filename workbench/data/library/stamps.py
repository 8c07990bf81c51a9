"""The stamp of an upload: when it was saved and in place of what, its figures, and when it was deleted."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from workbench.data.model.dataset import Model, read_json
from workbench.data.model.figures import Figures
from workbench.errors import InputError

STAMP = ".entry.json"
_TURN = threading.RLock()


class Saved(Model):
    """One time at which these contents were saved (ISO, UTC), and the id of the upload that they took the place of."""

    at: str
    replaces: str | None = None


class Deleted(Model):
    """When an upload was deleted, and the id of the one that was deleted with its older versions."""

    at: str
    head: str


class Stamp(Model):
    """Everything about an upload that changes while its contents never do; ``saved`` only grows."""

    saved: tuple[Saved, ...] = ()
    figures: Figures | None = None
    deleted: Deleted | None = None

    @property
    def latest(self) -> Saved:
        """The last time it was saved; one without a time if none is known."""
        return self.saved[-1] if self.saved else Saved(at="")


def now() -> str:
    """Return the time as stamps say it."""
    return datetime.now(UTC).isoformat()


def read_stamp(folder: Path) -> Stamp:
    """Read the stamp of an upload; an empty one if it is damaged, so that the list of data sets stays usable."""
    try:
        content = read_json(folder / STAMP)
        if "saved" not in content:  # as written before versions were kept
            content = {"saved": [{"at": content.get("added") or "", "replaces": content.get("replaces")}]}
        return Stamp.model_validate(content)
    except (InputError, ValidationError):
        return Stamp()


def update_stamp(folder: Path, change: Callable[[Stamp], Stamp]) -> None:
    """Change a stamp; moved into place, since another session may read it."""
    with _TURN:
        before = read_stamp(folder)
        after = change(before)
        if after == before:
            return
        with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".stamp-", delete=False, encoding="utf-8") as handle:
            json.dump(after.model_dump(mode="json", exclude_none=True), handle)
        Path(handle.name).replace(folder / STAMP)


def saved_again(at: str, replaces: str | None) -> Callable[[Stamp], Stamp]:
    """A change: the contents were saved once more, and are not deleted."""
    return lambda stamp: stamp.model_copy(
        update={"saved": (*stamp.saved, Saved(at=at, replaces=replaces)), "deleted": None}
    )
