"""Takes a picture of every page type, wide and narrow, light and dark, into `.kbgen/pictures/`: `make pictures`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from centres import ROOT, build_site
from chromium import launched
from hosting import hosted
from playwright.sync_api import Browser
from showcase import PAGES, make_showcase

FOLDER = ROOT / ".kbgen/pictures"
WIDTHS = (1280, 390)


def main() -> None:
    wanted = sys.argv[1:] or list(PAGES)
    shutil.rmtree(FOLDER, ignore_errors=True)
    with tempfile.TemporaryDirectory() as temporary:
        site = build_site(make_showcase(Path(temporary), feedback="/"))
        with hosted(site) as url, launched() as browser:
            for name in wanted:
                for width in WIDTHS:
                    for scheme in ("light", "dark"):
                        take(browser, url + PAGES[name], FOLDER / f"{name}-{width}-{scheme}.png", width, scheme)
    print(f"{len(list(FOLDER.iterdir()))} pictures are in {FOLDER.relative_to(ROOT)}/")


def take(browser: Browser, url: str, file: Path, width: int, scheme: str) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 900 if width > 600 else 844},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=file, full_page=True)
    page.close()


if __name__ == "__main__":
    main()
