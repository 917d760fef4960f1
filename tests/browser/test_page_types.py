"""Every type of page, in both directions of writing: accessible, narrow enough, quiet, and in good order."""

from __future__ import annotations

import pytest
from accessibility import faults
from chromium import Open
from hosting import Hosts
from showcase import PAGES

pytestmark = pytest.mark.browser
WIDTHS = (1280, 390)
REFLOW = 320
"""Pixels that a window of 1280 has left when it is enlarged to 400 %: WCAG 2.2, 1.4.10."""

ORDER = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const named = (element) =>
    element.getAttribute("aria-label")?.trim() ||
    document.getElementById(element.getAttribute("aria-labelledby"))?.textContent.trim();
  const ids = all("[id]").map((element) => element.id);
  const headings = all("h1, h2, h3, h4, h5, h6").filter((heading) => heading.checkVisibility());
  const levels = headings.map(({ tagName }) => Number(tagName[1]));
  return {
    lang: document.documentElement.lang,
    dir: document.documentElement.dir,
    mains: all("main").length,
    titles: levels.filter((level) => level === 1).length,
    skipped: levels.filter((level, place) => level > (levels[place - 1] ?? 0) + 1),
    repeated: ids.filter((id, place) => ids.indexOf(id) < place),
    unnamed: all("nav, section, aside").filter((part) => !named(part)).map((part) => part.outerHTML.slice(0, 80)),
  };
}"""
GOOD_ORDER = {"mains": 1, "titles": 1, "skipped": [], "repeated": [], "unnamed": []}


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), pytest.param("ar", "rtl", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", PAGES)
def test_every_type_of_page(showcases: Hosts, visit: Open, name: str, language: str, direction: str) -> None:
    """A page is in good order, axe finds nothing at any width in either scheme, and at 400 % nothing sticks out.

    That the browser complains of nothing, and asks no other host for anything, `visit` sees to.
    """
    page = visit(showcases(language).url + PAGES[name], reduced_motion="reduce")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(ORDER) == GOOD_ORDER | {"lang": language, "dir": direction}
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found[f"{width} {scheme}"] = faults(page)
    page.set_viewport_size({"width": REFLOW, "height": 256})
    assert page.evaluate("document.documentElement.scrollWidth") == REFLOW
    assert not {case: of_case for case, of_case in found.items() if of_case}
