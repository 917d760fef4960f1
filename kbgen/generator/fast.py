"""The fast way: only what has changed is made anew, on all cores, and the rest stays where it is."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kbgen.articles.article import Article
from kbgen.articles.turning import turning_days
from kbgen.generator.anchors import broken_anchors
from kbgen.generator.beside import make_lists, make_redirects, make_static_files, make_templates
from kbgen.generator.converter import Converter
from kbgen.generator.index import put_index
from kbgen.generator.inputs import Inputs, look
from kbgen.generator.manifest import PageFacts
from kbgen.generator.notes import Notes
from kbgen.generator.outputs import Outputs
from kbgen.generator.pages import (
    MANY,
    MANY_ELSEWHERE,
    PageBuild,
    PagePlan,
    Rendered,
    begin,
    begin_elsewhere,
    body_stamp,
    plan_pages,
    render_part,
)
from kbgen.generator.reasons import MARKDOWN, SETTINGS, TEXT, THEME, TOOLS, UNCACHED, Reasons, digest, markdown_settings
from kbgen.generator.renderer import Renderer
from kbgen.generator.safe_pickle import dumps
from kbgen.generator.site import articles_of, lay_out
from kbgen.generator.store import News, Store
from kbgen.plugins.dates import commit_days

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from kbgen.generator.request import BuildRequest
    from kbgen.generator.safety import Looks
    from kbgen.generator.shelf import Shelf
    from kbgen.generator.workers import Workers

HISTORY = "history.json"
"""The file that remembers when each article was last committed, among what builds keep."""


@dataclass(kw_only=True)
class FastBuild:
    """One build of one site."""

    request: BuildRequest
    config: MkDocsConfig
    root: Path
    tools: str
    environment: dict[str, str | None]
    """Environment variables that the settings name."""
    inputs: Inputs
    themes: dict[str, str]
    git: str
    shelf: Shelf
    store: Store | None
    name: str
    """The site's name in the store."""
    before: dict[str, PageFacts]
    outputs: Outputs
    folders: dict[str, int]
    """The site's folders, and when each changed."""
    workers: Workers
    notes: Notes
    looks: dict[str, Looks]
    """What is known of the theme's templates."""
    facts: dict[str, PageFacts] = field(default_factory=dict)
    why: dict[str, list[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin to collect what is new."""
        self.news = News(site=self.name)

    def lay_out(self) -> None:
        """Lay the site out, up to the point where pages are read."""
        plugin = articles_of(self.config)
        plugin.read = self.shelf.read
        plugin.history = partial(commit_days, kept=self.shelf.folder / HISTORY if self.store else None)
        self.site = lay_out(self.config, self.looks)
        self.reasons = self._reasons()
        self.outputs.encodings = plugin.settings.kbgen.compression

    @property
    def place(self) -> str:
        """Where the command was given, where that decides which files are included."""
        return os.path.relpath(Path.cwd(), self.root) if "pymdownx.snippets" in self.config.markdown_extensions else ""

    def make(self) -> None:
        """Make everything that the site shall hold, and stage what differs from what it holds."""
        self.lay_out()
        general = self.notes.take()
        self._make_pages()
        make_static_files(self.site, self.inputs.folders["content"], self.outputs)
        make_templates(self.site, self.outputs)
        make_lists(self.site, self.facts, self.outputs)
        self._make_entries()
        make_redirects(self.site, self.root, self.outputs)
        anchors = broken_anchors(self.site, self.facts)
        self.notes.warnings = [*general, *self._page_warnings(), *self.notes.take(), *anchors]

    # Pages

    def _make_pages(self) -> None:
        plan = plan_pages(self.site.pages, self.reasons, self.before, self.outputs)
        if not self.store:
            plan.why = {path: [UNCACHED] for path in plan.why}
        self.why = plan.why
        for path, facts in plan.facts.items():
            for name in facts.outputs:
                self.outputs.keep(name)
            self.facts[path] = facts
        tasks = [(path, plan.stamps[path]) for path in plan.why]
        for rendered in self._rendered(tasks):
            self._note(rendered, plan)

    def _reasons(self) -> Reasons:
        inputs = self.inputs
        looks = {name: inputs.digest(name) for name in self.themes}
        icons = [looks[name] for name in looks if name.startswith("icons")]
        return Reasons(
            site=self.site,
            content=inputs.folders["content"],
            root=self.root,
            everywhere={
                SETTINGS: digest((self.request.options, inputs.digest("settings"), self.environment)),
                MARKDOWN: digest((markdown_settings(self.site), icons, self.place)),
                THEME: digest(looks),
                TOOLS: self.tools,
            },
        )

    def page_build(self) -> PageBuild:
        """What rendering needs."""
        site = self.site
        renderer = Renderer(
            config=site.config,
            files=site.files,
            env=site.env,
            library=site.articles.library,
            notes=self.notes,
            search=site.search,
            converter=Converter(site.config, site.files),
            taken=frozenset(file.dest_uri for file in site.files if not file.is_documentation_page()),
        )
        return PageBuild(
            renderer=renderer,
            outputs=self.outputs,
            store=self.store,
            surroundings=self.around,
            site_url=site.config.site_url or "",
            address=site.articles.pages.cards.address,
        )

    def _rendered(self, tasks: list[tuple[str, str]]) -> Iterator[Rendered]:
        if not tasks:
            return
        many = len(tasks) >= (MANY if self.workers.fork else MANY_ELSEWHERE) and self.workers.count > 1
        begin(self.page_build())
        try:
            parts = self._spread(tasks) if many else [render_part(tasks)]
        finally:
            begin(None)
        for part in parts:
            if isinstance(part, Exception):
                raise part
            yield from part

    def _spread(self, tasks: list[tuple[str, str]]) -> list[list[Rendered] | Exception]:
        """Render on all cores: in copies of this process, or in new ones that lay the site out for themselves."""
        size = max(4, min(50, len(tasks) // (4 * self.workers.count)))
        if self.workers.fork:
            return self.workers.each(render_part, tasks, size=size)
        self.shelf.save()
        return self.workers.each(render_part, tasks, size=size, begin=partial(begin_elsewhere, self.request))

    def _note(self, rendered: Rendered, plan: PagePlan) -> None:
        path, body = rendered.path, rendered.body
        facts = PageFacts(
            because=plan.because[path],
            body="",
            template=rendered.template,
            has_entry=bool(rendered.entry),
            outputs=[name for name, *_ in rendered.outputs],
            fixed=rendered.fixed,
            url=self.site.files.src_uris[path].url,
            anchors=body.anchors,
            links=body.links,
            lookups=body.lookups,
            reads=body.reads,
            warnings=body.warnings,
            why=plan.why[path],
        )
        facts.because = facts.because | self.reasons.later(facts)
        facts.body = body_stamp(facts.because)
        for output in rendered.outputs:
            self.outputs.note(*output)
        if rendered.packed:
            self.news.bodies.append((path, facts.body, rendered.packed))
        self.facts[path] = facts
        self.news.pages.append((path, facts, rendered.around, rendered.entry, rendered.terms))
        self.seconds[path] = rendered.seconds

    def _page_warnings(self) -> Iterator[str]:
        for file in self.site.pages:
            yield from self.facts[file.src_uri].warnings

    def _make_entries(self) -> None:
        if self.site.search is None:
            return
        found = {path for path, facts in self.facts.items() if facts.has_entry}
        before = {path for path, facts in self.before.items() if facts.has_entry}
        put_index(self.outputs, self.store, self.news, self.site.search.form, None if found == before else found)

    # What is kept for the next time

    def doubt(self) -> bool:
        """Forget what is known of articles that changed meanwhile; whether other files of the content did, too."""
        now = look({"content": self.request.settings.content}, self.inputs).folders["content"]
        content = self.inputs.folders["content"]
        changed = {path for path in now.keys() | content.keys() if now.get(path) != content.get(path)}
        for path in changed:
            content[path] = (0, 0, 0, 0, "")
            self.shelf.articles.pop(path, None)
            if path in self.facts:
                self.facts[path].because[TEXT] = ""
        return not all(path.endswith(".md") and path in now for path in changed)

    def keep(self) -> None:
        """Keep bodies and articles for the next build."""
        self.shelf.save()
        if self.store:
            self.news.gone = self.before.keys() - self.facts.keys()
            self.news.shared = self._shared()
            self.store.keep(self.news)

    def _shared(self) -> bytes:
        plugin = self.site.articles
        return dumps({"words": plugin.words, "site": self.site.env.globals["kbgen_site"], "frame": plugin.pages.frame})

    def around(self, article: Article) -> bytes:
        """What a page shows of others, as the store keeps it."""
        return zlib.compress(dumps(self.site.articles.pages.surroundings(article)), 1)

    @property
    def until(self) -> str:
        """The next day on which the same files make another site."""
        plugin = self.site.articles
        days = turning_days(plugin.library, plugin.settings.kbgen)
        return min((day.isoformat() for day in days if day > plugin.library.today), default="")
