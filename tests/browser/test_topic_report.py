"""The topic report in a browser: accessible, narrow enough, without scripts, and with a map that leads to the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from accessibility import faults
from playwright.sync_api import Browser, Page, expect
from topic_reports import make_report

from kbgen.articles.settings import LookSettings
from kbgen.report.page import page as report_page

pytestmark = pytest.mark.browser


def opened(browser: Browser, tmp_path: Path, count: int = 45, language: str = "en", **options: object) -> Page:
    file = tmp_path / f"report-{count}-{language}.html"
    file.write_text(report_page(make_report(count), language, LookSettings()), encoding="utf-8")
    page = browser.new_context(**options).new_page()  # type: ignore[arg-type]
    page.on("request", lambda request: pytest.fail(request.url) if not request.url.startswith("file:") else None)
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 800, 1280])
@pytest.mark.parametrize(("count", "language"), [(45, "de"), (0, "en")])
def test_the_report_is_accessible(
    browser: Browser, tmp_path: Path, count: int, language: str, width: int, scheme: str
) -> None:
    """Axe finds nothing with all parts unfolded, and nothing is wider than the screen."""
    size = {"width": width, "height": 900}
    page = opened(browser, tmp_path, count, language, viewport=size, color_scheme=scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults(page) == []
    page.context.close()


def test_a_circle_leads_to_its_row(browser: Browser, tmp_path: Path) -> None:
    """By keyboard, without JavaScript, also to a row that is folded away."""
    page = opened(browser, tmp_path, java_script_enabled=False, viewport={"width": 1280, "height": 900})
    for status in ("No article", "Set aside"):
        circle = page.locator(f"svg.kb-map--wide a[aria-label$='{status}']").first
        row = page.locator(f"tr{circle.get_attribute('href')}")
        circle.press("Enter")
        expect(row).to_be_in_viewport()
    page.context.close()


def test_one_map_is_shown(browser: Browser, tmp_path: Path) -> None:
    """The wide one on a desk, the upright one on a phone, with circles that a finger finds."""
    for width, name in ((1280, "wide"), (390, "narrow")):
        page = opened(browser, tmp_path, viewport={"width": width, "height": 900})
        expect(page.locator("svg.kb-map:visible")).to_have_count(1)
        circles = page.locator(f"svg.kb-map--{name} circle")
        sizes = circles.evaluate_all("all => all.map((one) => one.getBoundingClientRect().width)")
        assert min(sizes) >= 24
        page.context.close()


def test_print_shows_everything(browser: Browser, tmp_path: Path) -> None:
    """Paper has no folds: the answered topics are there, and nothing is cut off."""
    page = opened(browser, tmp_path, viewport={"width": 794, "height": 1123})
    page.emulate_media(media="print")
    answered = page.locator("details table").last
    assert (answered.bounding_box() or {"height": 0})["height"] > 100
    page.context.close()
