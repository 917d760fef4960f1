"""Pages: those that have changed are rendered, on all cores where it pays; the others are remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kbgen.articles.article import Article
from kbgen.errors import KbgenError
from kbgen.generator.manifest import PageFacts
from kbgen.generator.notes import Notes, as_kbgen_error
from kbgen.generator.outputs import Outputs
from kbgen.generator.reasons import INCLUDED, LINKS, MARKDOWN, TEXT, TOOLS, TOUCHED, Reasons, changed, fixed
from kbgen.generator.site import WholeSiteError
from kbgen.generator.store import Body, Store
from kbgen.plugins.extras import has_twin, twin_of

if TYPE_CHECKING:
    from mkdocs.structure.files import File

    from kbgen.generator.renderer import Made, Renderer
    from kbgen.generator.request import BuildRequest

MANY, MANY_ELSEWHERE = 60, 400
"""Pages from which on it pays to render them with all cores: in copies of this process, and in new processes."""


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """What comes back of one rendered page."""

    path: str
    body: Body
    packed: bytes
    template: str
    entry: str
    terms: str
    around: bytes
    fixed: str
    outputs: tuple[tuple[str, str, int, bool], ...]
    seconds: float
    converted: bool


@dataclass(kw_only=True)
class PageBuild:
    """What rendering pages needs, in this process or in another."""

    renderer: Renderer
    outputs: Outputs
    store: Store | None
    surroundings: Callable[[Article], bytes]
    site_url: str
    address: Callable[[str], str]

    def render(self, path: str, stamp: str) -> Rendered:
        """Render one page and stage what it makes; a body kept under `stamp` is used again."""
        file = self.renderer.files.src_uris[path]
        body = self.store.body(path, stamp) if self.store and stamp else None
        made = self.renderer.page(file, body)
        outputs = [output for name, data in self._files(file, made) for output in self.outputs.stage(name, data)]
        return Rendered(
            path=path,
            body=made.body,
            packed=made.body.pack() if made.converted else b"",
            template=made.template,
            entry=made.entry,
            terms=made.terms,
            around=self.surroundings(made.article),
            fixed=fixed(made.article),
            outputs=tuple(outputs),
            seconds=made.seconds,
            converted=made.converted,
        )

    def _files(self, file: File, made: Made) -> Iterable[tuple[str, bytes]]:
        if made.html:
            yield file.dest_uri, made.html
        article = self.renderer.library.published_at(file.src_uri)
        if article and has_twin(article) and file.src_uri not in self.renderer.taken:
            yield article.path, twin_of(article, self.site_url, self.address).encode()


_here: list[PageBuild] = []
"""The build that this process works for; a copy of it is what a new process begins with."""


def begin(build: PageBuild | None) -> None:
    """Let this process work for a build."""
    _here[:] = [build] if build else []


def begin_elsewhere(request: BuildRequest) -> None:
    """Let a new process work for a build that another one leads: it lays the site out for itself."""
    from kbgen.generator.configuration import configured  # noqa: PLC0415 - a process of its own
    from kbgen.generator.driver import prepare  # noqa: PLC0415
    from kbgen.generator.plan import Plan  # noqa: PLC0415

    notes = Notes()
    stack = ExitStack()
    work = prepare(Plan(request), stack.enter_context(configured(request, notes)), notes)
    work.lay_out()
    begin(work.page_build())


def render_part(tasks: list[tuple[str, str]]) -> list[Rendered] | KbgenError | WholeSiteError:
    """Render some pages; what went wrong is a result, as it must get back to the process that asked."""
    build = _here[0]
    done = []
    for path, stamp in tasks:
        try:
            done.append(build.render(path, stamp))
        except (KbgenError, WholeSiteError) as error:
            return error
        except Exception as error:  # noqa: BLE001 - whatever a template or an extension may raise
            return _told(error, path, build)
    return done


def _told(error: Exception, path: str, build: PageBuild) -> KbgenError:
    told = as_kbgen_error(error, build.renderer.notes)
    return KbgenError(f"{path}: {told.problem}", where=told.where, hint=told.hint)


@dataclass(kw_only=True)
class PagePlan:
    """Which pages are made anew, and why."""

    facts: dict[str, PageFacts] = field(default_factory=dict)
    """What is known of the pages that stay as they are."""
    because: dict[str, dict[str, str]] = field(default_factory=dict)
    why: dict[str, list[str]] = field(default_factory=dict)
    """Why each other page is made anew."""
    stamps: dict[str, str] = field(default_factory=dict)
    """Under which stamp the body of a page was kept, `""` where Markdown has to work."""


def body_stamp(because: dict[str, str]) -> str:
    """Everything that a body depends on."""
    return "".join(because.get(name, "") for name in (TEXT, MARKDOWN, TOOLS, LINKS, INCLUDED))


def plan_pages(pages: Iterable[File], reasons: Reasons, before: dict[str, PageFacts], outputs: Outputs) -> PagePlan:
    """Compare every page with what the last build knew of it."""
    plan = PagePlan()
    for file in pages:
        path = file.src_uri
        because = reasons.of(file)
        old = before.get(path)
        later = reasons.later(old) if old else {}
        why = changed(old, because | later)
        if old and not why and not all(map(outputs.has, old.outputs)):
            why = [TOUCHED]
        plan.because[path] = because
        if why or old is None:
            plan.why[path] = why
            plan.stamps[path] = old.body if old and old.body == body_stamp(because | later) else ""
        else:
            plan.facts[path] = old
    return plan
