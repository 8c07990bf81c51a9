"""Store designs under hashes of their content, so that a link opens exactly what its sender saw.

A design that somebody chose, by saving it as an option or deciding for it, is kept for good. States on the way to it
are drafts: links to them work as long as somebody opens one now and then.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from workbench.data.model.dataset import parse_json
from workbench.design.model import Design, design_json, parse_design
from workbench.store.kinds import DESIGN
from workbench.store.opening import reading, writing

_ID = re.compile(r"[0-9a-f]{12}")


def design_id(design: Design) -> str:
    """Return twelve hex digits of the content's hash: equal designs have equal ids."""
    content = json.dumps(design_json(design), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def save_design(home: Path, design: Design) -> str:
    """Save a design for good and return its id. Raises OSError where nothing can be written."""
    name = design_id(design)
    with reading(home) as store:
        known = store.find(DESIGN, "", name)
    if known is None or known.version is None:
        with writing(home) as store:
            store.save(DESIGN, "", name, _content(design))
            store.drop_draft(DESIGN, "", name)
    return name


def keep_design_draft(home: Path, design: Design) -> str:
    """Keep a design so that a link to it works, for 90 days since the last time; return its id. Raises OSError."""
    name = design_id(design)
    with reading(home) as store:
        known = store.find(DESIGN, "", name)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    if known is None or (known.version is None and (known.draft is None or known.draft.at < yesterday)):
        with writing(home) as store:
            store.keep_draft(DESIGN, "", name, _content(design))
    return name


def find_design(home: Path, name: str) -> Design | None:
    """Return the design with this id, or None if there is none; any text is safe to pass.

    Raises
    ------
    InputError
        When what is stored is damaged.
    """
    if not _ID.fullmatch(name):
        return None
    with reading(home) as store:
        known = store.find(DESIGN, "", name)
    kept = (known.version or known.draft) if known else None
    return parse_design(parse_json(kept.content.encode(), name), name) if kept else None


def _content(design: Design) -> str:
    return json.dumps(design_json(design), ensure_ascii=False)
