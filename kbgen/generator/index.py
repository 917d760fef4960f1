"""The search index of a site: where few articles have changed, only the files that tell of them are made anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kbgen.generator.outputs import Outputs
from kbgen.generator.store import News, Store
from kbgen.search.builder import Builder
from kbgen.search.files import FileForm, builders, is_index_file
from kbgen.search.manifest import Manifest, article_file, read_manifest
from kbgen.search.terms import Packed, Terms, unpack


def put_index(
    outputs: Outputs, store: Store | None, news: News, form: FileForm, paths: Iterable[str] | None = None
) -> None:
    """Let the site hold the index of the given pages, or of those that were in it before.

    Where a file of the index is wanted no longer, it is not in `outputs.wanted`.
    """
    new = {path: (entry, terms) for path, _, _, entry, terms in news.pages if entry}
    there = [name for name in outputs.known if is_index_file(name)]
    if paths is None and not new and all(map(outputs.has, there)):
        for name in there:
            outputs.keep(name)
        return
    kept = store.terms(news.site) if store else {}
    texts = kept | {path: terms for path, (_, terms) in new.items()}
    chosen = texts if paths is None else {path: texts[path] for path in paths}
    old = {path: kept.get(path, "") for path in {*new, *(kept.keys() - chosen.keys())}}
    for builder in builders(Packed(chosen)):
        index = _Index(
            outputs=outputs,
            builder=builder,
            form=form,
            old=old if kept and store and not store.damaged else None,
        )
        index.put_words()
        missing = index.put_entries({path: entry for path, (entry, _) in new.items()})
        for name, path in missing.items():
            index.put(name, store.entry(news.site, path) if store else "")


@dataclass(kw_only=True)
class _Index:
    """The index of one language, as it is and as it shall be."""

    outputs: Outputs
    builder: Builder
    form: FileForm
    old: Mapping[str, str] | None
    """The packed terms of what has changed, `""` for what is new; `None` where nothing is known."""

    @cached_property
    def before(self) -> Manifest | None:
        """The manifest of the index that is there, `None` where it is not whole."""
        name = self.form.path(f"{self.builder.code}.json")
        if self.old is None or self.form.are_scripts or not self.outputs.has(name):
            return None
        manifest = read_manifest((self.outputs.staging.site / name).read_text(encoding="utf-8"))
        return manifest if all(self.outputs.has(self.form.path(file)) for file in manifest.files) else None

    @cached_property
    def changed(self) -> dict[str, Terms | None]:
        """What the changed articles said in this language."""
        terms = {path: unpack(text) if text else None for path, text in (self.old or {}).items()}
        code = self.builder.code
        return {path: old if old is not None and old.lang == code else None for path, old in terms.items()}

    def put_words(self) -> None:
        """Put the files that tell which articles have a word."""
        for name, text in self.builder.files(self.before, self.changed):
            if text is None:
                self.outputs.keep(self.form.path(name))
            else:
                self.put(name, text)

    def put(self, name: str, text: str) -> None:
        """Put one file."""
        self.outputs.put(self.form.path(name), self.form.data(name, text))

    def put_entries(self, new: Mapping[str, str]) -> dict[str, str]:
        """Put the entries that are new and keep those that are there; which paths are missing, by their files."""
        stays = self.before is not None and not self.builder.has_moved(self.changed)
        missing = {}
        for path, slot in self.builder.slots.items():
            name = article_file(self.builder.code, slot)
            if path in new:
                self.put(name, new[path])
            elif stays and self.outputs.has(self.form.path(name)):
                self.outputs.keep(self.form.path(name))
            else:
                missing[name] = path
        return missing
