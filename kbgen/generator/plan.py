"""The plan: what is there, what the last build knew, and how the two differ."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from kbgen.feedback.digest_file import FILE as FEEDBACK
from kbgen.generator.inputs import Inputs, Place, look
from kbgen.generator.manifest import Manifest, ManifestFile, Written
from kbgen.generator.outputs import present, survey, untouched
from kbgen.generator.request import BuildRequest, Built, Warm
from kbgen.generator.sync import Synced
from kbgen.generator.tools import environment, git_state, settings_files, tools
from kbgen.outputs.manifest import NAME as PUBLISHED
from kbgen.outputs.redirects import FILE as REDIRECTS
from kbgen.search.synonyms import FILE as SYNONYMS


class Plan:
    """One build of one site, before anything is done."""

    def __init__(self, request: BuildRequest, warm: Warm | None = None) -> None:
        """Read what the last build kept."""
        self.request = request
        self.warm = warm
        self.root = request.settings.root
        self.file = ManifestFile(request.caches, request.site, self.root)
        self.inputs: Inputs | None = None
        self.site_is_known = False
        """Whether the site holds exactly what the manifest says."""
        self.notes: list[str] = []
        self.manifest = (warm and warm.manifest) or (self.file.read() if request.cache else None)
        if request.cache and self.manifest is None and self.file.exists():
            self.notes.append("what the last build kept is damaged or of another version; everything is built anew")

    @cached_property
    def tools(self) -> str:
        """What takes part, by version."""
        if self.warm is None:
            return tools()
        self.warm.tools = self.warm.tools or tools()
        return self.warm.tools

    @cached_property
    def settings_files(self) -> dict[str, Path]:
        """The settings files, by name; the site's synonyms are one of them."""
        synonyms = self.root / SYNONYMS
        return settings_files(self.request.settings.config_file) | ({SYNONYMS: synonyms} if synonyms.is_file() else {})

    @cached_property
    def environment(self) -> dict[str, str | None]:
        """Environment variables that the settings name, with their values."""
        return environment(self.settings_files)

    def places(self, themes: dict[str, str]) -> dict[str, Place]:
        """Where the inputs lie, with the theme's folders `themes`, relative to the root."""
        settings = self.request.settings
        beside = {REDIRECTS: self.root / REDIRECTS, PUBLISHED: settings.state / PUBLISHED}
        folders = {name: (self.root / folder) for name, folder in themes.items()}
        votes = {FEEDBACK: self.root / FEEDBACK}
        own: dict[str, Place] = {
            "content": settings.content,
            "settings": self.settings_files,
            "votes": votes,
            "beside": beside,
        }
        return {**own, **folders}

    def included(self, names: Iterable[str]) -> dict[str, Path]:
        """Files that articles include, by name: paths relative to the root."""
        return {name: self.root / name for name in names}

    def changed_content(self) -> set[str] | None:
        """The files of the content that changed; `None` where anything else did, or where nothing is known."""
        known, request = self.manifest, self.request
        if known is None or known.options != request.options or known.tools != self.tools:
            return None
        if not known.holds_on(request.today) or known.environment != self.environment:
            return None
        if known.place and known.place != os.path.relpath(Path.cwd(), self.root):
            return None
        places = {**self.places(known.places), "included": self.included(known.included)}
        self.inputs = look(places, known.inputs)
        self.site_is_known = self._holds_what_was_written(known)
        same = self.inputs.same_as(known.inputs, but="content") and known.git == git_state(request.settings.content)
        if not same or not self.site_is_known or (request.strict and known.warnings):
            return None
        return self.inputs.changed(known.inputs, "content")

    def _holds_what_was_written(self, known: Manifest) -> bool:
        """Whether the site holds what the last build wrote, and nothing else."""
        site = self.request.site
        if self.warm and self.warm.manifest and site.exists() and site.stat().st_mtime_ns == known.folders[""]:
            return True  # nobody else writes into a preview
        if untouched(site, known.outputs, known.folders):
            return True
        files, folders = survey(site)
        there = present(site, known.outputs, files)
        if _digests(there) != _digests(known.outputs):
            return False
        known.outputs, known.folders, known.inputs.scanned_at = there, folders, 0
        return True

    def forget(self) -> None:
        """Let the next build trust nothing that this one knows of the site."""
        if self.request.cache:
            self.file.forget()
            if self.warm:
                self.warm.manifest = None

    @property
    def compared(self) -> tuple[Manifest, Inputs]:
        """What the last build knew and what is there now, once they have been compared."""
        if self.manifest is None or self.inputs is None:
            raise RuntimeError("nothing has been compared")
        return self.manifest, self.inputs

    def unchanged(self) -> Built:
        """What there is to say where nothing has changed."""
        known, inputs = self.compared
        if not inputs.settled(known.inputs) or not known.inputs.scanned_at:
            known.inputs = inputs
            self.file.write(known)
        return replace(self.built(written=0), last=self._last() if self.request.explain else {})

    def built(self, *, written: int) -> Built:
        """What there is to say of a site that is as the manifest has it, once so many of its files were written."""
        known, _ = self.compared
        return Built(
            articles=known.articles,
            synced=Synced(written=written, same=len(known.outputs) - written, removed=0),
            warnings=tuple(known.warnings),
            pages=known.pages,
            size=sum(output.size for output in known.outputs.values()),
        )

    def _last(self) -> dict[str, list[str]]:
        """Why each page was made anew the last time."""
        from kbgen.generator.store import Store  # noqa: PLC0415 - few want to know

        store = Store(self.request.caches)
        try:
            return {path: facts.why for path, facts in store.pages(self.file.site).items()}
        finally:
            store.close()


def _digests(files: dict[str, Written]) -> dict[str, str]:
    return {path: written.digest for path, written in files.items()}
