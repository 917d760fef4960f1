"""The plugin `kbgen/search`: makes the search index from the pages that it is handed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from kbgen.errors import KbgenError, Where
from kbgen.feedback.digest_file import FILE as FEEDBACK
from kbgen.feedback.digest_file import read_digest
from kbgen.feedback.popularity import prior_of, priors
from kbgen.outputs.files import write_whole
from kbgen.outputs.redirects import Redirect
from kbgen.search.entry import Entry
from kbgen.search.files import AS_SCRIPTS, AS_TEXT, FileForm, index_files
from kbgen.search.part import Part, parts_of
from kbgen.search.synonyms import FILE as SYNONYMS
from kbgen.search.synonyms import Synonyms, load_synonyms
from kbgen.search.terms import Terms, terms_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext


class SearchConfig(Config):
    """Options of the plugin."""

    offline = config_options.Type(bool, default=False)
    """Whether the pages are read from a disk; `kbgen build --offline` sets it."""


class SearchPlugin(BasePlugin[SearchConfig]):
    """Glue: one entry for each page, and the index of all of them."""

    entries: list[Entry]
    synonyms: dict[str, Synonyms]
    priors: dict[str, float]
    """What the votes of readers add to the score of articles, by path."""

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Begin with no entries."""
        self.entries = []
        root = Path(config.config_file_path).parent
        try:
            self.synonyms = load_synonyms(root / SYNONYMS, _language(config))
            self.priors = priors(read_digest(root / FEEDBACK))
        except KbgenError as error:
            raise PluginError(str(error)) from error

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Note what the page says, unless its writer keeps it out of search."""
        del nav
        search = page.meta.get("search")
        excluded = isinstance(search, dict) and bool(search.get("exclude"))
        parts = (*parts_of(page.content or ""), *_spoken(context))
        if not excluded and not page.is_homepage and (parts or page.file.name != "index"):
            prior = self.prior(page.file.src_uri, _several(page.meta.get("redirect_from")))
            self.entries.append(_entry(page, parts, _language(config), prior))
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the index."""
        terms = {entry.article: self.terms(entry) for entry in self.entries}
        for name, text in index_files({entry.article: entry.as_json() for entry in self.entries}, terms):
            write_whole(Path(config.site_dir) / self.form.path(name), self.form.data(name, text))

    @property
    def form(self) -> FileForm:
        """How the site holds the files of the index."""
        return AS_SCRIPTS if self.config.offline else AS_TEXT

    def prior(self, path: str, redirect_from: tuple[str, ...]) -> float:
        """What the votes of its readers add to the score of an article, wherever it lay when they voted."""
        former = (Redirect(source=old, target=path, where=Where(path=path)) for old in redirect_from)
        return prior_of(self.priors, path, tuple(place for old in former for place in sorted(old.covers)))

    def terms(self, entry: Entry) -> Terms:
        """What an entry says, counted for the index."""
        return terms_of(entry, self.synonyms.get(entry.lang, Synonyms()))


def _entry(page: Page, parts: tuple[Part, ...], language: str, prior: float) -> Entry:
    meta = page.meta
    return Entry(
        article=page.file.src_uri,
        url=page.url,
        kind=str(meta.get("kind", "how-to")),
        trail=tuple(str(section.title) for section in reversed(list(page.ancestors))),
        lang=str(meta.get("lang") or language),
        title=str(meta.get("title") or page.title),
        description=str(meta.get("description") or ""),
        answers=_several(meta.get("answers")),
        parts=parts,
        products=_several(meta.get("products")),
        audience=_several(meta.get("audience")),
        prior=prior,
    )


def _several(value: object) -> tuple[str, ...]:
    """What front matter may say as one text or as a list."""
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _spoken(context: TemplateContext) -> Iterator[Part]:
    """What is said in the page's video, with the seconds."""
    video = getattr(context.get("kbgen"), "video", None)
    for paragraph in video.transcript if video else ():
        text = " ".join(cue.text for cue in paragraph.cues)
        yield Part(anchor="", heading="", text=" ".join(text.split()), second=int(paragraph.start))


def _language(config: MkDocsConfig) -> str:
    return str(config.theme.get("language") or "en")
