"""What stands beside the pages of articles: files as they are, pages that are templates alone, lists and redirects."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from jinja2 import TemplateNotFound
from mkdocs.commands.build import get_context
from mkdocs.utils import get_relative_url

from kbgen.generator.inputs import Files
from kbgen.generator.manifest import PageFacts
from kbgen.generator.outputs import Outputs
from kbgen.generator.renderer import NO_NAVIGATION
from kbgen.generator.site import Site
from kbgen.outputs.compression import is_packed
from kbgen.outputs.redirects import FILE as REDIRECTS
from kbgen.outputs.redirects import redirects
from kbgen.plugins.extras import Placed, extras
from kbgen.plugins.redirects import Target, redirect_pages

if TYPE_CHECKING:
    from mkdocs.structure.files import File

    from kbgen.articles.article import Article

log = logging.getLogger("mkdocs.plugins.kbgen.generator")


def make_static_files(site: Site, content: Files, outputs: Outputs) -> None:
    """Let the site hold every file that is no page; `content` is what is known of those below `content/`."""
    for file in site.files:
        if file.is_documentation_page() or not file.inclusion.is_included():  # type: ignore[no-untyped-call]
            continue
        if file.dest_uri in outputs.wanted:
            continue  # a page that a writer made takes the place of a file
        seen = content.get(file.src_uri) if file.src_dir == site.config.docs_dir else None
        old = outputs.before.get(file.dest_uri)
        same = seen and old and (old.size, old.digest) == (seen[0], seen[4])
        if same and not (outputs.encodings and is_packed(file.dest_uri)):
            outputs.keep(file.dest_uri)
        else:
            outputs.put(file.dest_uri, file.content_bytes)


def make_templates(site: Site, outputs: Outputs) -> None:
    """Let the site hold the pages that are templates alone: search, contact, and what is said where nothing is."""
    for name in sorted(site.config.theme.static_templates):
        try:
            template = site.env.get_template(name)
        except TemplateNotFound:
            log.warning("Template skipped: '%s' not found in theme directories.", name)  # as MkDocs says it
            continue
        base = urlsplit(site.config.site_url or "/").path if name == "404.html" else get_relative_url(".", name)
        text = template.render(get_context(NO_NAVIGATION, (), site.config, base_url=base))
        if text.strip():
            outputs.put(name, text.encode())


def make_lists(site: Site, facts: Mapping[str, PageFacts], outputs: Outputs) -> None:
    """Let the site hold its lists for machines."""
    plugin = site.articles
    placed = [
        Placed(url=known.url, updated=plugin.days.get(file.src_uri, ""))
        for file in site.pages
        if (known := facts[file.src_uri]).template != "retired.html"
    ]
    for name, text in extras(plugin.site(site.config), plugin.library, plugin.look, placed):
        if name not in outputs.wanted:
            outputs.put(name, text.encode())


def make_redirects(site: Site, root: Path, outputs: Outputs) -> None:
    """Let the site hold a page at each old address; raises a `PluginError` where another page stands there."""
    if site.redirects is None:
        return
    library = site.articles.library
    found = redirects(library, root / REDIRECTS)
    targets = {}
    for path in {redirect.target for redirect in found}:
        article, file = library.published_at(path), site.files.src_uris.get(path)
        if article and file:
            targets[path] = Target(url=file.url, title=_title(file, article))
    for name, text in redirect_pages(found, targets, site.config, outputs.wanted.__contains__):
        outputs.put(name, text.encode())


def _title(file: File, article: Article) -> str:
    """What a page is called: by `nav:` in mkdocs.yml, else by itself."""
    named = vars(file.page).get("title") if file.page else None
    return str(named or article.title)
