"""The driver: sets MkDocs up, builds the fast way or the full way, and puts the result in place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from kbgen.errors import KbgenError
from kbgen.generator.build import BuildRequest, Built, Plan
from kbgen.generator.fast import FastBuild
from kbgen.generator.inputs import Inputs, look
from kbgen.generator.manifest import Manifest, Written
from kbgen.generator.notes import Notes, not_strict, noting
from kbgen.generator.outputs import Outputs, present, survey, written
from kbgen.generator.safety import Looks, objection
from kbgen.generator.shelf import Shelf
from kbgen.generator.site import WholeSiteError, look_of
from kbgen.generator.store import Store
from kbgen.generator.sync import Staging, Synced, sync
from kbgen.generator.tools import environment, git_state
from kbgen.generator.workers import Workers
from kbgen.outputs.manifest import write_published
from kbgen.plugins.articles import ArticlesPlugin


def drive(plan: Plan) -> Built:
    """Build the site and put it in place."""
    request, notes = plan.request, Notes()
    staging = Staging(request.site)
    try:
        with configured(request, staging, notes) as config:
            why = objection(config)
            if not why:
                try:
                    return _fast(plan, config, notes)
                except WholeSiteError as error:
                    why = str(error)
                    staging.forget()
        notes = Notes()
        with configured(request, staging, notes) as config:
            return _full(plan, config, notes, why)
    finally:
        if not staging.journal.exists():
            staging.forget()


@contextmanager
def configured(request: BuildRequest, staging: Staging, notes: Notes) -> Iterator[MkDocsConfig]:
    """MkDocs' settings for a build, with its plugins started."""
    with noting(notes):
        config = _configure(request, staging.folder)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            yield config
        finally:
            config.plugins.on_shutdown()


def _configure(request: BuildRequest, staging: Path) -> MkDocsConfig:
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")
    config = load_config(str(request.settings.config_file), site_dir=str(staging), strict=request.strict or None)
    plugin = config.plugins.get("kbgen/articles")
    if plugin is None:
        raise KbgenError(
            f"{request.settings.config_file.name} does not name the plugin 'kbgen/articles'",
            hint="add 'plugins: [kbgen/articles, kbgen/search, kbgen/redirects]'",
        )
    plugin.config["date"] = request.today.isoformat()
    if request.vote_service:
        plugin.config["vote_service"] = request.vote_service
    return config


def _full(plan: Plan, config: MkDocsConfig, notes: Notes, why: str) -> Built:
    """Let MkDocs build everything, beside the site, and bring the site up to date with it."""
    request = plan.request
    mkdocs_build(config)
    pages = _published(config)
    made = Staging(request.site).folder
    size = sum(file.stat().st_size for file in made.rglob("*") if file.is_file())
    count = sum(1 for _ in made.rglob("*.html"))
    done = sync(made, request.site)
    if request.publishes:
        write_published(request.settings.state, pages)
    plan.file.path.unlink(missing_ok=True)
    note = f"every page is built anew each time, as {why}"
    return Built(
        articles=len(pages),
        synced=done,
        warnings=tuple(notes.warnings),
        notes=(note,),
        pages=count,
        rendered=count,
        size=size,
    )


def _published(config: MkDocsConfig) -> list[str]:
    plugin = config.plugins["kbgen/articles"]
    assert isinstance(plugin, ArticlesPlugin)  # noqa: S101 - narrows the type
    return [article.path for article in plugin.library.published]


def _fast(plan: Plan, config: MkDocsConfig, notes: Notes) -> Built:
    """Build what has changed."""
    request, known = plan.request, plan.manifest
    themes = _theme_places(config, plan.root)
    inputs = look(plan.places(themes), plan.inputs or (known.inputs if known else None))
    git = git_state(request.settings.content)
    there, folders = _site(plan)
    workers = Workers(count=request.workers)
    shelf = Shelf(folder=request.caches, tools=plan.tools, files=inputs.folders["content"], workers=workers)
    store = Store(request.caches) if request.cache else None
    if request.cache:
        shelf.load()
    work = FastBuild(
        config=config,
        root=plan.root,
        options=request.options,
        tools=plan.tools,
        inputs=inputs,
        shelf=shelf,
        store=store,
        before=store.pages(plan.file.site) if store and known else {},
        name=plan.file.site,
        outputs=Outputs(
            staging=Staging(request.site), before=there, known=known.outputs if known else {}
        ),
        workers=workers,
        notes=notes,
        looks=_looks(plan, inputs),
    )
    work.make()
    if config.strict and notes.warnings:
        raise not_strict(notes.warnings)
    work.outputs.staging.put_in_place(work.outputs.staged, work.outputs.unwanted)
    published = _published(config)
    if request.publishes:
        write_published(request.settings.state, published)
        inputs.folders["beside"] = look({"beside": plan.places(themes)["beside"]}).folders["beside"]
    notes_said = list(plan.notes)
    if shelf.damaged or (store and store.damaged):
        notes_said.append("a part of what earlier builds kept was damaged; it is made anew")
    outputs = written(request.site, work.outputs, folders)
    if store:
        work.keep()
        plan.file.write(
            Manifest(
                tools=plan.tools,
                options=request.options,
                environment=environment(plan.settings_files),
                git=git,
                day=request.today.isoformat(),
                until=work.until,
                places=themes,
                inputs=inputs,
                outputs=outputs,
                folders=folders,
                articles=len(published),
                pages=len(work.facts),
                looks={name: (look.objection, look.at) for name, look in work.looks.items()},
                warnings=notes.warnings,
            )
        )
        store.close()
    wanted, staged = work.outputs.wanted, work.outputs.staged
    return Built(
        articles=len(published),
        synced=Synced(written=len(staged), same=len(wanted) - len(staged), removed=len(work.outputs.unwanted)),
        warnings=tuple(notes.warnings),
        notes=tuple(notes_said),
        pages=len(work.facts),
        rendered=len(work.why),
        why=work.why,
        last={path: facts.why for path, facts in work.facts.items() if path not in work.why},
        seconds=work.seconds,
        size=sum(work.outputs.sizes.values()),
    )


def _site(plan: Plan) -> tuple[dict[str, Written], dict[str, int]]:
    """What the site holds now, and when each of its folders changed."""
    site, known = plan.request.site, plan.manifest
    if known and plan.site_is_known:
        return known.outputs, known.folders
    files, folders = survey(site)
    return present(site, known.outputs if known else {}, files), folders


def _looks(plan: Plan, inputs: Inputs) -> dict[str, Looks]:
    """What the last build found of the templates, where they are the same."""
    known = plan.manifest
    themes = [name for name in inputs.folders if name.startswith("theme")]
    if not known or known.tools != plan.tools or any(inputs.digest(n) != known.inputs.digest(n) for n in themes):
        return {}
    return {name: Looks(objection=said, at=at and tuple(at)) for name, (said, at) in known.looks.items()}


def _theme_places(config: MkDocsConfig, root: Path) -> dict[str, str]:
    places = {}
    for number, folder in enumerate(look_of(config)):
        inside = folder.is_relative_to(root)
        places[f"theme{number}"] = str(folder.relative_to(root) if inside else folder)
    return places
