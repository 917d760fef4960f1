"""A real Chromium, and help centres for it: the manual as `kbgen serve` serves it, the showcase on a plain host."""

from __future__ import annotations

import contextlib
import functools
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from centres import ROOT, Served, build_site, end, wait_for
from chromium import Open, launched
from complaints import complaints_of
from hosting import Hosts, Server, serving
from playwright.sync_api import Browser, Page
from showcase import make_showcase
from vote_form import ARTICLE, Sites, make_centre, settled


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Opens an address in a new context; what the page complains of fails the test."""
    contexts = []
    complaints: list[list[str]] = []

    def go(url: str, *, quiet: bool = True, **options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        if quiet:
            complaints.append(complaints_of(context, url))
        page = context.new_page()
        page.goto(url)
        return page

    yield go
    for context in contexts:
        context.close()
    assert not [complaint for of_page in complaints for complaint in of_page]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The manual, copied and served with votes and search."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "content", folder / "content", ignore=shutil.ignore_patterns("drafts"))
    shutil.copytree(ROOT / "theme", folder / "theme")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "kbgen", "serve", "--port", str(port), "--database", "sqlite:///votes.sqlite"]
    log = (folder / "serve.log").open("wb")
    process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/healthz")
        yield Served(url=url, database=f"sqlite:///{folder / 'votes.sqlite'}")
    finally:
        end(process)
        log.close()


@pytest.fixture
def open_page(visit: Open, served: Served) -> Open:
    """Opens a path of the served manual as `visit` opens an address."""

    def go(path: str = "/", **options: object) -> Page:
        return visit(served.url + path, **options)

    return go


@pytest.fixture(scope="session")
def showcases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    """The showcase with votes on a plain host, built once for each language that is asked for."""
    with contextlib.ExitStack() as hosts:

        @functools.cache
        def of(language: str) -> Server:
            folder = make_showcase(tmp_path_factory.mktemp(language), language=language, feedback="/")
            return hosts.enter_context(serving(build_site(folder)))

        yield of


@pytest.fixture
def host(showcases: Hosts) -> Server:
    """The showcase in English on a host that nobody has sent anything yet."""
    server = showcases("en")
    server.forget()
    return server


@pytest.fixture
def open_showcase(visit: Open, host: Server) -> Open:
    """Opens a path of the showcase in English as `visit` opens an address."""

    def go(path: str = "/", **options: object) -> Page:
        return visit(host.url + path, **options)

    return go


@pytest.fixture(scope="session")
def voting_sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    """The small help centre to vote in, built once for each settings of feedback that are asked for."""
    with contextlib.ExitStack() as hosts:

        @functools.cache
        def of(feedback: str = "service: /", more: str = "") -> Server:
            folder = make_centre(tmp_path_factory.mktemp("voting"), feedback, more=more)
            return hosts.enter_context(serving(build_site(folder)))

        yield of


@pytest.fixture
def voted(voting_sites: Sites) -> Server:
    """The host with a vote service of its own, where nobody has voted yet."""
    server = voting_sites("service: /")
    server.forget()
    return server


@pytest.fixture
def open_article(visit: Open, voted: Server) -> Iterator[Open]:
    """Opens the article of that host as `visit` opens an address; its votes arrive before the next test begins."""
    pages: list[Page] = []

    def go(**options: object) -> Page:
        pages.append(visit(voted.url + ARTICLE, **options))
        return pages[-1]

    yield go
    for page in pages:
        settled(page)
