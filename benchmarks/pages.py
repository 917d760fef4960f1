"""What a visit to a help centre costs, beside stock MkDocs Material and stock Starlight with the same articles.

usage: python benchmarks/pages.py [--large] [--lighthouse [ROUNDS]] [--cache FOLDER]

kB are 1000 bytes of response bodies as a server sent them (gzip -6, no headers) to a headless Chromium with an empty
cache. Whatever the browser asked that server for counts, favicons and workers too. What third parties would have sent
does not count: such requests are counted when they are tried, and blocked. Inline scripts and styles weigh as page.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import peers
from peers import Site, Skipped
from playwright.sync_api import BrowserType, sync_playwright
from visits import CATEGORIES, Audit, Host, Weight, audit, chromium, served, weigh

PAGES = {"home": "/", "article": "/section-00/article-00000/"}
LARGE = 5000


def main() -> None:
    options = arguments()
    with ExitStack() as stack, sync_playwright() as playwright:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sites = told(peers.built(folder, options.cache))
        large = [peers.kbgen(folder / "large", LARGE)] if options.large else []
        hosts = [stack.enter_context(served(site)) for site in sites + large]
        print_weights(playwright.chromium, hosts, compared=len(sites))
        if options.lighthouse:
            print_audits(playwright.chromium, hosts[: len(sites)], options.lighthouse, options.cache)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true", help=f"also weigh kbgen with {LARGE:,} articles")
    parser.add_argument("--lighthouse", nargs="?", type=int, const=5, metavar="ROUNDS", help="also audit (5 rounds)")
    parser.add_argument("--cache", type=Path, default=peers.CACHE, metavar="FOLDER", help="where npm packages are kept")
    return parser.parse_args()


def told(sites: list[Site | Skipped]) -> list[Site]:
    """The sites that were built; why others were not is printed."""
    for site in sites:
        if isinstance(site, Skipped):
            print(f"{site.name}: skipped, because {site.reason}")
    return [site for site in sites if isinstance(site, Site)]


def print_weights(kind: BrowserType, hosts: list[Host], compared: int) -> None:
    with chromium(kind) as browser:
        print(f"{peers.COUNT} articles, cold visits, Chromium {browser.version}, kB of bodies as sent (gzip)")
        print(f"  {'page':9}{'site':24}{'total':>8}{'JS':>8}{'CSS':>8}{'requests':>10}{'third-party':>13}")
        weights = {page: [weigh(browser, host, path) for host in hosts] for page, path in PAGES.items()}
    for page, row in weights.items():
        for host, weight in zip(hosts, row, strict=True):
            print(f"  {page:9}{host.site.name:24}{tell(weight)}")
    totals = {page: [weight.total for weight in row] for page, row in weights.items()}
    print_ratios("kB", hosts[:compared], totals)
    if hosts[compared:]:
        grown = (f"{page} {row[-1] / row[0]:.2f}" for page, row in totals.items())
        print(f"  ratio of kB, {LARGE:,} articles to {peers.COUNT}: {', '.join(grown)}")


def tell(weight: Weight) -> str:
    return f"{weight.total:8.1f}{weight.js:8.1f}{weight.css:8.1f}{weight.requests:10}{weight.third_party:13}"


def print_ratios(what: str, hosts: list[Host], values: dict[str, list[float]]) -> None:
    """One line for each peer; ours comes first in each row of values."""
    for place, host in enumerate(hosts[1:], start=1):
        ratios = (f"{page} {ratio(row[0], row[place])}" for page, row in values.items())
        print(f"  ratio of {what}, kbgen to {host.site.name}: {', '.join(ratios)}")


def ratio(ours: float, theirs: float) -> str:
    """Ours to theirs; nothing where theirs is too small to compare with, as a blocking time of 3 ms is."""
    return f"{ours / theirs:.2f}" if theirs >= 10 else "-"


def print_audits(kind: BrowserType, hosts: list[Host], rounds: int, cache: Path) -> None:
    try:
        peers.install(cache)
        audits = audited(kind, hosts, rounds, cache)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"Lighthouse: skipped, because {peers.reason(error)}")
        return
    print(f"Lighthouse {peers.PACKAGES['lighthouse']}, mobile, median of {rounds}, LCP and TBT in ms")
    print(f"  {'page':9}{'site':20}{''.join(f'{name:>15}' for name in CATEGORIES)}{'CLS':>7}{'LCP':>7}{'TBT':>7}")
    for (page, name), found in audits.items():
        print(f"  {page:9}{name:20}{tell_median(found)}")
    for measure in ("LCP", "TBT"):
        rows = {page: [median(audits[page, host.site.name], measure) for host in hosts] for page in PAGES}
        print_ratios(measure, hosts, rows)
    for page in PAGES:
        failed = frozenset().union(*(each.failed for each in audits[page, hosts[0].site.name]))
        print(f"  failed on our {page}: {', '.join(sorted(failed)) or 'none'}")


def audited(kind: BrowserType, hosts: list[Host], rounds: int, cache: Path) -> dict[tuple[str, str], list[Audit]]:
    """Audits by page and site; the sites take turns, so that a busy moment hits all."""
    found: dict[tuple[str, str], list[Audit]] = {(page, host.site.name): [] for page in PAGES for host in hosts}
    for _ in range(rounds):
        for page, path in PAGES.items():
            for host in hosts:
                found[page, host.site.name].append(audit(kind, host.url + path, cache))
    return found


def median(audits: list[Audit], figure: str) -> float:
    return statistics.median(each.figures[figure] for each in audits)


def tell_median(audits: list[Audit]) -> str:
    scores = "".join(f"{median(audits, name):15.0f}" for name in CATEGORIES)
    return f"{scores}{median(audits, 'CLS'):7.3f}{median(audits, 'LCP'):7.0f}{median(audits, 'TBT'):7.0f}"


if __name__ == "__main__":
    try:
        main()
    except subprocess.SubprocessError as error:
        sys.exit(f"error: {peers.reason(error)}")
