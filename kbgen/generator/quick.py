"""The quick way: where only the texts of a few articles have changed, the site need not be laid out at all.

What a page shows of others was kept when the page was last made. As long as an article's front matter, links and
structure are what they were, nothing else of the site can change with it. Whenever something is not as expected, the
quick way gives up, and the fast way, which looks at everything, takes over.
"""

from __future__ import annotations

import json
import subprocess
import zlib
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from kbgen.articles.article import Article
from kbgen.articles.library import Library, read_article
from kbgen.errors import KbgenError
from kbgen.generator.desk import Desk, NotQuickError, set_up_desk, unknown
from kbgen.generator.index import put_index
from kbgen.generator.inputs import digest_of
from kbgen.generator.manifest import PageFacts
from kbgen.generator.notes import noting
from kbgen.generator.outputs import Outputs, written
from kbgen.generator.pages import PageBuild, Rendered, body_stamp
from kbgen.generator.reasons import CHANGED_ON, NAMES, TEXT, fixed
from kbgen.generator.renderer import Renderer
from kbgen.generator.request import DAMAGED, Built
from kbgen.generator.safe_pickle import loads
from kbgen.generator.store import News, Store
from kbgen.generator.sync import Staging
from kbgen.outputs.sitemap import SitemapUrl, with_another
from kbgen.pages.card import Cards
from kbgen.pages.page import Pages
from kbgen.plugins.navigation import chain
from kbgen.search.files import is_index_file

if TYPE_CHECKING:
    from kbgen.generator.plan import Plan


def quick(plan: Plan, changed: set[str]) -> Built | None:
    """Make the pages of the changed articles anew; `None`, with nothing done, where that is not enough."""
    store = Store(plan.request.caches)
    if store.damaged:
        plan.notes.append(DAMAGED)
    work = None
    try:
        work = _Quick(plan, store)
        with noting(work.desk.notes):
            return work.build(sorted(changed))
    except OSError:
        raise
    except Exception:  # noqa: BLE001 - the fast way says what is wrong, if anything is
        return None
    finally:
        if not (work and work.is_to_be_finished):
            store.close()
        staging = Staging(plan.request.site)
        if not staging.journal.exists():
            staging.forget()


class _Quick:
    def __init__(self, plan: Plan, store: Store) -> None:
        self.plan, self.store = plan, store
        self.known, self.inputs = plan.compared
        self.outputs = self._outputs()
        self.news = News(site=plan.file.site)
        self.desk = self._desk()
        self.is_to_be_finished = False

    def _outputs(self) -> Outputs:
        return Outputs(
            staging=Staging(self.plan.request.site),
            before=self.known.outputs,
            known=self.known.outputs,
            encodings=self.plan.request.settings.kbgen.compression,
        )

    def build(self, changed: list[str]) -> Built:
        rendered = [self._page(path) for path in changed]
        written = self._put_in_place()
        if self.plan.warm:
            self.is_to_be_finished = True
            self.plan.warm.later = self._finish
        else:
            written += self._finish_here()
        return replace(
            self.plan.built(written=written),
            rendered=len(rendered),
            why={page.path: [TEXT] for page in rendered},
            seconds={page.path: page.seconds for page in rendered},
        )

    def _finish_here(self) -> int:
        """Bring search and the caches up to date; how many files that wrote."""
        self.outputs = self._outputs()
        if self.desk.search:
            put_index(self.outputs, self.store, self.news, self.desk.search.form)
        wanted = self.outputs.wanted
        count = self._put_in_place({path for path in self._index_files() if path not in wanted})
        self.store.keep(self.news)
        if not self.plan.warm:
            self.plan.file.write(self.known)
        return count

    def _finish(self) -> None:
        try:
            self._finish_here()
        finally:
            self.store.close()
            self.outputs.staging.forget()

    def _index_files(self) -> list[str]:
        """The files of the search index that is there, with their packed forms."""
        endings = ("", *(encoding.ending for encoding in self.outputs.encodings))
        index = [path for path in self.known.outputs if is_index_file(path)] if self.desk.search else []
        names = (f"{path}{ending}" for path in index for ending in endings)
        return [name for name in names if name in self.known.outputs]

    def _put_in_place(self, gone: Collection[str] = ()) -> int:
        """Put what is staged in place, remove what is gone, and note it in the manifest; how many files were put."""
        outputs, known = self.outputs, self.known
        outputs.staging.put_in_place(outputs.staged, gone)
        stays = {path: old.digest for path, old in known.outputs.items() if path not in gone}
        outputs.wanted = stays | outputs.wanted
        known.outputs = written(self.plan.request.site, outputs, known.folders)
        known.inputs = self.inputs
        known.day = self.plan.request.today.isoformat()
        return len(outputs.staged)

    def _page(self, path: str) -> Rendered:
        kept = self.store.page(self.plan.file.site, path)
        if kept is None:
            raise NotQuickError(path)
        facts, around = kept
        article = self._article(path, facts)
        self._set_up(article, facts, around)
        rendered = self._page_build(article, facts).render(path, "")
        if not _is_as_expected(rendered, facts):
            raise NotQuickError(path)
        self._note(rendered, facts, around)
        return rendered

    def _article(self, path: str, facts: PageFacts) -> Article:
        problems: list[KbgenError] = []
        article = read_article(path, self.plan.request.settings.content / path, problems, shown=path)
        if article is None or problems or article.meta.video or fixed(article) != facts.fixed:
            raise NotQuickError(path)
        return article

    def _set_up(self, article: Article, facts: PageFacts, around: bytes) -> None:
        """Let the plugin know the article and what its page shows of others."""
        desk, path = self.desk, article.path
        surroundings = loads(zlib.decompress(around))
        plugin = desk.articles
        plugin.library = Library(articles=(article,), problems=(), today=self.plan.request.today)
        plugin.days = {path: day} if (day := self._day(path, facts)) else {}
        plugin.pages = Pages(
            settings=desk.settings,
            site_name=desk.config.site_name,
            site_url=desk.config.site_url or "",
            content=Path(desk.config.docs_dir),
            cards=Cards(library=plugin.library, address=unknown),
            surroundings=lambda _: surroundings,  # type: ignore[arg-type,return-value]
            frame=plugin.pages.frame,
        )
        desk.files.lookups = facts.lookups
        desk.files.src_uris = {path: desk.files.file(path)}

    def _day(self, path: str, facts: PageFacts) -> str:
        """The day of the article's last commit; none while a change of it is not committed."""
        day = facts.because.get(CHANGED_ON, "")
        if not self.known.git:
            return day
        command = ["git", "-C", str(self.plan.request.settings.content), "status", "--porcelain", "--", path]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode or not done.stdout:
            raise NotQuickError(path)
        return ""

    def _page_build(self, article: Article, facts: PageFacts) -> PageBuild:
        desk = self.desk
        folder = article.section
        renderer = Renderer(
            config=desk.config,
            files=desk.files,  # type: ignore[arg-type]
            env=desk.env,
            library=desk.articles.library,
            notes=desk.notes,
            search=desk.search,
            converter=desk.converter,
            taken=frozenset({article.path} - set(facts.outputs)),
            sections={folder: chain(json.loads(facts.because.get(NAMES, "[]")))},
        )
        return PageBuild(
            renderer=renderer,
            outputs=self.outputs,
            store=None,
            surroundings=lambda _: b"",
            site_url=desk.config.site_url or "",
            address=lambda _: facts.url,
        )

    def _note(self, rendered: Rendered, facts: PageFacts, around: bytes) -> None:
        path, body = rendered.path, rendered.body
        old_day, new_day = facts.because.get(CHANGED_ON, ""), self.desk.articles.days.get(path, "")
        facts.because |= {TEXT: self.inputs.folders["content"][path][4], CHANGED_ON: new_day}
        facts.body, facts.why = body_stamp(facts.because), [TEXT]
        facts.anchors, facts.links, facts.lookups = body.anchors, body.links, body.lookups
        for output in rendered.outputs:
            self.outputs.note(*output)
        self.news.bodies.append((path, facts.body, rendered.packed))
        self.news.pages.append((path, facts, around, rendered.entry, rendered.terms))
        if old_day != new_day and self.desk.config.site_url:
            self._change_sitemap(urljoin(self.desk.config.site_url, facts.url), old_day, new_day)

    def _change_sitemap(self, address: str, old: str, new: str) -> None:
        for name in self.known.outputs:
            if name.startswith("sitemap") and name.endswith(".xml"):
                staged = self.outputs.staging.folder / name
                file = staged if staged.exists() else self.plan.request.site / name
                before, after = SitemapUrl(loc=address, lastmod=old), SitemapUrl(loc=address, lastmod=new)
                self.outputs.put(name, with_another(file.read_text(encoding="utf-8"), before, after).encode())

    def _desk(self) -> Desk:
        shared = self.store.shared(self.plan.file.site)
        folders = sorted(self.inputs.folders.keys() - {"content", "beside", "included"})
        key = (self.known.tools, *map(self.inputs.digest, folders), digest_of(shared))
        warm = self.plan.warm
        if warm and isinstance(warm.desk, Desk) and warm.desk.key == key:
            return warm.desk
        desk = set_up_desk(self.plan.request, shared, key)
        if warm:
            warm.desk = desk
        return desk


def _is_as_expected(rendered: Rendered, facts: PageFacts) -> bool:
    """Whether nothing came of the page that others could notice."""
    body = rendered.body
    return (
        rendered.template == facts.template
        and bool(rendered.entry) == facts.has_entry
        and body.warnings == facts.warnings
        and body.reads == facts.reads == {}
        and [name for name, *_ in rendered.outputs] == facts.outputs
        and set(facts.anchors) <= set(body.anchors)
    )
