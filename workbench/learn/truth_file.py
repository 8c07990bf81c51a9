"""The truth file beside a data set: what was planted, and what is told before and after the questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from workbench.data.model.dataset import read_json
from workbench.errors import InputError

ENDING = ".truth.json"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class TruthQuestion(_Part):
    """A question with its choices, the planted answer among them, and the reason."""

    ask: str
    choices: tuple[str, ...]
    answer: str
    because: str


class TruthRep(_Part):
    """What a rep really does: roles such as ``faker``, how they fake, and the style they live by."""

    rep: str
    roles: tuple[str, ...] = ()
    fakes: dict[str, Any] | None = None
    style: str | None = None


class TruthKpi(_Part):
    """What a KPI really is: lever, trait, useless, gamed, segment_only, outcome, or redundant."""

    kpi: str
    kind: str


class TruthFile(_Part):
    """What lessons read of a truth file; it holds more. ``months_on``: how many months later than the sample it is."""

    story: str
    title: str
    opening: str
    questions: tuple[TruthQuestion, ...]
    reveal: str
    reps: tuple[TruthRep, ...] = ()
    kpis: tuple[TruthKpi, ...] = ()
    months_on: int = 0

    def with_role(self, role: str) -> frozenset[str]:
        """The reps who have a role."""
        return frozenset(each.rep for each in self.reps if role in each.roles)

    @property
    def outcomes(self) -> frozenset[str]:
        """KPIs that are the goal itself, or a step of it."""
        return frozenset(each.kpi for each in self.kpis if each.kind == "outcome")

    @property
    def styles(self) -> dict[str, str]:
        """Style by rep, of the reps who have one."""
        return {each.rep: each.style for each in self.reps if each.style}


def find_truth(folder: Path) -> TruthFile | None:
    """Read the truth file in the folder of a data set; None where there is none that can be read."""
    for path in sorted(folder.glob(f"*{ENDING}")):
        try:
            return TruthFile.model_validate(read_json(path))
        except (InputError, ValidationError):
            continue
    return None
