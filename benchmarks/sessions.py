"""Many people at once: 10, 20 and 50 sessions open a sample on Preview, change weights and compare, against 1 alone.

Each number of sessions has a shared server of its own, started a while ago. The sessions are real: they speak
Streamlit's protocol over websockets, from one process on the same machine. All open the page at the same moment, as
when a link is sent round in a meeting. Then each lets go of a weight five times, at weights that no other session has,
with 5 to 15 seconds between two. After another pause it goes to Options, where designs are compared. A time ends when
all of a page was sent. *Processor* is what the server needed for a step: it hardly hangs on what else the machine does.
"""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.served import ROOT, Served, serve_app
from benchmarks.session_client import Session, SessionError
from workbench.data.library.data_sets import find_data_set
from workbench.design.model import Design, load_design
from workbench.design.options import save_option
from workbench.scoring.defaults import replace_weights

NAME = "sessions"
HELP = "10, 20 and 50 sessions at once open, change and compare, against 1 alone"
SIZES = (1, 10, 20, 50)
SAMPLE = "dials-floor"
CHANGES = 5
PAUSE = (5.0, 15.0)  # seconds between two steps of a session
STARTED = 120  # seconds that a server has run before anybody comes
FORGOTTEN = 125  # seconds: for two minutes Streamlit keeps a session whose browser is gone


@dataclass
class Step:
    """What one kind of step took: seconds each time, and seconds of processors of the server in all."""

    seconds: list[float] = field(default_factory=list)
    processor: float = 0.0

    def within(self, share: float) -> float:
        """Within this time such a share was done; NaN where nothing was."""
        took = sorted(self.seconds)
        return took[max(round(share * len(took)) - 1, 0)] if took else float("nan")


@dataclass
class Found:
    """What so many sessions met, what went wrong, and megabytes of the server."""

    steps: dict[str, Step] = field(default_factory=lambda: {name: Step() for name in ("open", "change", "compare")})
    errors: list[str] = field(default_factory=list)
    before: float = 0.0
    during: float = 0.0
    after: float = 0.0


def run() -> str:
    """Measure every size."""
    lines, alone = [], None
    for size in SIZES:
        busy = os.getloadavg()[0]
        found = measure(size)
        alone = alone or found
        lines += [*said(size, found, alone), f"    load before {busy:.1f} on {os.cpu_count()} processors"]
    return "\n".join(lines)


def measure(size: int) -> Found:
    """What so many sessions meet on a server of their own."""
    with tempfile.TemporaryDirectory(prefix="workbench-benchmark-") as folder:
        _save_options(Path(folder))
        with serve_app(ROOT / "streamlit_app.py", Path(folder), WORKBENCH_SHARED="open") as server:
            return asyncio.run(_drive(server, size))


def _save_options(home: Path) -> None:
    """Two designs to compare with, as people have them who meet about one."""
    design = _sample_design()
    for share in (5.0, 60.0):
        changed = replace_weights(design, [share, *(kpi.weight for kpi in design.kpis[1:])])
        assert changed is not None
        save_option(home, SAMPLE, changed, f"First KPI at {share:g}")


def _sample_design() -> Design:
    entry = find_data_set(Path(), SAMPLE)
    assert entry is not None
    assert entry.design_path is not None
    return load_design(entry.design_path)


async def _drive(server: Served, size: int) -> Found:
    await asyncio.sleep(STARTED)
    found = Found(before=server.megabytes())
    people = [_Person(Session(server.address.removeprefix("http://")), k, found) for k in range(size)]
    await asyncio.gather(*(each.session.connect() for each in people))
    for name in found.steps:
        began = server.processor_seconds()
        await asyncio.gather(*(each.go(name) for each in people))
        found.steps[name].processor = server.processor_seconds() - began
    found.during = server.megabytes()
    await asyncio.gather(*(each.session.close() for each in people))
    await asyncio.sleep(FORGOTTEN)
    async with Session(server.address.removeprefix("http://")):  # Streamlit forgets when another one comes or goes
        pass
    await asyncio.sleep(2)
    found.after = server.megabytes()
    return found


class _Person:
    """One person with a session; ``k`` makes its pauses and weights its own."""

    def __init__(self, session: Session, k: int, found: Found) -> None:
        self.session, self.k, self.found, self.dice, self.left = session, k, found, random.Random(k), False

    async def go(self, name: str) -> None:
        """Take the steps of one kind; what goes wrong is noted, and the person leaves."""
        if self.left:
            return
        do: dict[str, Callable[[], Awaitable[None]]] = {
            "open": self._open,
            "change": self._change,
            "compare": self._compare,
        }
        try:
            await do[name]()
        except (SessionError, OSError, TimeoutError) as error:
            self.left = True
            self.found.errors.append(f"session {self.k}: {error!r}")

    async def _open(self) -> None:
        self.found.steps["open"].seconds.append(await self.session.open("preview", f"data={SAMPLE}"))

    async def _change(self) -> None:
        for turn in range(CHANGES):
            await asyncio.sleep(self.dice.uniform(*PAUSE))
            weights = [5.0 + turn, 10.0 + self.k, *self.session.weights[2:]]
            self.found.steps["change"].seconds.append(await self.session.release("preview", weights))
            if self.session.weights != weights:
                raise SessionError(f"released {weights}, shown {self.session.weights}")

    async def _compare(self) -> None:
        await asyncio.sleep(self.dice.uniform(*PAUSE))
        self.found.steps["compare"].seconds.append(await self.session.change_page("options"))
        if not any("Side by side" in text for text in self.session.seen):
            raise SessionError("nothing was compared")


def said(size: int, found: Found, alone: Found) -> list[str]:
    """The lines about one size."""
    lines = []
    for name, step in found.steps.items():
        ratio = step.within(0.95) / alone.steps[name].within(0.95)
        lines.append(
            f"{size:>3} at once, {name:<7} median {step.within(0.5):.2f} s, p95 {step.within(0.95):.2f} s "
            f"({ratio:.1f} × 1 alone), n {len(step.seconds)}, "
            f"processor {step.processor / max(len(step.seconds), 1):.2f} s each"
        )
    further = f", {(found.during - alone.during) / (size - 1):.1f} a further session" if size > 1 else ""
    memory = f"{found.before:.0f} MB before, {found.during:.0f} with sessions, {found.after:.0f} after{further}"
    return [*lines, f"    server {memory}; {len(found.errors)} errors", *found.errors[:5]]
