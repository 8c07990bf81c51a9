"""What axe-core finds on a page (https://github.com/dequelabs/axe-core), as lines to read in a failure."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SERIOUS = ("serious", "critical")
RULES = {"heading-order", "page-has-heading-one", "document-title"}
"""Rules that axe itself finds less grave."""


def serious_problems(page: Page) -> list[str]:
    """``color-contrast: <p>Sales</p> …`` for every element that breaks a serious rule."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for rule in found
        if rule["impact"] in SERIOUS or rule["id"] in RULES
        for node in rule["nodes"]
    ]
