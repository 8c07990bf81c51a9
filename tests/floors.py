"""The floors of the house, from the ground up: the way the data goes."""

from __future__ import annotations

# From the ground up, the way the data goes. A room may use rooms on floors below its own, never one beside or above it.
FLOORS = (
    ("errors",),
    ("problems",),
    ("formula",),
    ("data/model",),
    ("data/engine",),
    ("data/values",),
    ("data/files",),
    ("data/columns",),
    ("data/events",),
    ("data/aggregate",),
    ("data/mapping",),
    ("data/library",),
    ("design",),
    ("scoring",),
    ("evidence", "weights", "integrity", "phases", "trials"),
    ("learn",),
    ("words",),
    ("charts",),
    ("slides", "export"),
    ("ui/session", "cli"),
    ("ui/widgets",),
    ("ui/shell",),
    ("ui/weights",),
    (
        "ui/data_page",
        "ui/goal_and_kpis",
        "ui/preview",
        "ui/options",
        "ui/replay",
        "ui/evidence",
        "ui/integrity",
        "ui/coaching",
        "ui/decide",
        "ui/learn",
    ),
    ("ui/present",),
    ("pages",),
)
