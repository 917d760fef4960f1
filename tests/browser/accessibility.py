"""Accessibility as axe sees it: WCAG 2.0 to 2.2, levels A and AA, and best practice."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


def faults(page: Page) -> list[str]:
    """What axe finds wrong with a page as it is shown now: the rule, and the first elements that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate("rules => axe.run(rules).then((found) => found.violations)", RULES)
    return [f"{v['id']}: {[node['target'] for node in v['nodes']][:4]}" for v in violations]
