"""The driver: builds the fast way or the full way, and puts the result in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import TemplateError
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.exceptions import MkDocsException

from kbgen.errors import KbgenError
from kbgen.generator.configuration import configured
from kbgen.generator.fast import FastBuild
from kbgen.generator.inputs import Inputs, look
from kbgen.generator.manifest import Manifest, Written
from kbgen.generator.notes import Notes, not_strict
from kbgen.generator.outputs import Outputs, present, survey, written
from kbgen.generator.request import DAMAGED, Built
from kbgen.generator.safety import Looks, objection
from kbgen.generator.shelf import Shelf
from kbgen.generator.site import WholeSiteError, articles_of, look_of
from kbgen.generator.store import Store
from kbgen.generator.sync import Staging, Synced, sync
from kbgen.generator.tools import git_state
from kbgen.generator.workers import Workers
from kbgen.outputs.manifest import write_published

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from kbgen.generator.plan import Plan


def drive(plan: Plan) -> Built:
    """Build the site and put it in place."""
    staging = Staging(plan.request.site)
    try:
        notes = Notes()
        with configured(plan.request, notes) as config:
            why = objection(config)
            if not why:
                try:
                    return _fast(plan, config, notes)
                except WholeSiteError as error:
                    why = str(error)
                    staging.forget()
        notes = Notes()
        with configured(plan.request, notes) as config, _told():
            return _full(plan, config, notes, why)
    finally:
        if not staging.journal.exists():
            staging.forget()


@contextmanager
def _told() -> Iterator[None]:
    """Tell what a plugin of somebody else stumbles over as a `KbgenError`."""
    try:
        yield
    except (KbgenError, OSError, MkDocsException, TemplateError):
        raise
    except Exception as error:
        raise KbgenError(
            f"the site was not built: {type(error).__name__}: {error}",
            hint="a plugin or hook of mkdocs.yml may have raised it: try without each of them",
        ) from error


def _full(plan: Plan, config: MkDocsConfig, notes: Notes, why: str) -> Built:
    """Let MkDocs build everything, beside the site, and bring the site up to date with it."""
    request = plan.request
    mkdocs_build(config)
    made = Staging(request.site).folder
    sizes = [file.stat().st_size for file in made.rglob("*") if file.is_file()]
    pages = sum(1 for _ in made.rglob("*.html"))
    done = sync(made, request.site)
    published = _publish(plan, config)
    plan.forget()
    return Built(
        articles=published,
        synced=done,
        warnings=tuple(notes.warnings),
        notes=(f"every page is built anew each time, as {why}",),
        pages=pages,
        rendered=pages,
        size=sum(sizes),
    )


def _publish(plan: Plan, config: MkDocsConfig) -> int:
    """Note which articles the readers' site has now; how many there are."""
    published = [article.path for article in articles_of(config).library.published]
    if plan.request.publishes:
        write_published(plan.request.settings.state, published)
    return len(published)


def _fast(plan: Plan, config: MkDocsConfig, notes: Notes) -> Built:
    """Build what has changed."""
    work = prepare(plan, config, notes)
    try:
        work.make()
        if config.strict and notes.warnings:
            raise not_strict(notes.warnings)
        work.outputs.staging.put_in_place(work.outputs.staged, work.outputs.unwanted)
        published = _publish(plan, config)
        if plan.request.publishes:
            work.inputs.folders |= look({"beside": plan.places({})["beside"]}).folders
        damaged = work.shelf.damaged or bool(work.store and work.store.damaged)
        if work.store and not work.doubt():
            work.keep()
            _write_manifest(plan, work, published)
        else:
            plan.forget()
    finally:
        if work.store:
            work.store.close()
    wanted, staged = work.outputs.wanted, work.outputs.staged
    return Built(
        articles=published,
        synced=Synced(written=len(staged), same=len(wanted) - len(staged), removed=len(work.outputs.unwanted)),
        warnings=tuple(notes.warnings),
        notes=tuple(dict.fromkeys([*plan.notes, *([DAMAGED] if damaged else [])])),
        pages=len(work.facts),
        rendered=len(work.why),
        why=work.why,
        last={path: facts.why for path, facts in work.facts.items() if path not in work.why},
        seconds=work.seconds,
        size=sum(work.outputs.sizes.values()),
    )


def prepare(plan: Plan, config: MkDocsConfig, notes: Notes) -> FastBuild:
    """Everything that a fast build begins with."""
    request, known = plan.request, plan.manifest
    themes = _theme_places(config, plan.root)
    inputs = look(plan.places(themes), plan.inputs or (known.inputs if known else None))
    there, folders = _site(plan)
    workers = Workers(count=request.workers)
    shelf = Shelf(folder=request.caches, tools=plan.tools, files=inputs.folders["content"], workers=workers)
    store = Store(request.caches) if request.cache else None
    if request.cache:
        shelf.load()
    return FastBuild(
        request=request,
        config=config,
        root=plan.root,
        tools=plan.tools,
        environment=plan.environment,
        inputs=inputs,
        themes=themes,
        git=git_state(request.settings.content),
        shelf=shelf,
        store=store,
        before=store.pages(plan.file.site) if store and known else {},
        name=plan.file.site,
        outputs=Outputs(staging=Staging(request.site), before=there, known=known.outputs if known else {}),
        folders=folders,
        workers=workers,
        notes=notes,
        looks=_looks(plan, inputs, themes),
    )


def _site(plan: Plan) -> tuple[dict[str, Written], dict[str, int]]:
    """What the site holds now, and when each of its folders changed."""
    site, known = plan.request.site, plan.manifest
    if known and plan.site_is_known:
        return known.outputs, known.folders
    files, folders = survey(site)
    return present(site, known.outputs if known else {}, files), folders


def _looks(plan: Plan, inputs: Inputs, themes: Mapping[str, str]) -> dict[str, Looks]:
    """What the last build found of the templates, where they are the same."""
    known = plan.manifest
    if not known or known.tools != plan.tools or known.places != themes:
        return {}
    if any(inputs.digest(name) != known.inputs.digest(name) for name in themes):
        return {}
    return {
        name: Looks(objection=said, at=tuple(at) if at is not None else None)
        for name, (said, at) in known.looks.items()
    }


def _theme_places(config: MkDocsConfig, root: Path) -> dict[str, str]:
    places = {}
    for number, folder in enumerate(look_of(config)):
        inside = folder.is_relative_to(root)
        places[f"theme{number}"] = str(folder.relative_to(root) if inside else folder)
    options = (config.mdx_configs.get("pymdownx.emoji") or {}).get("options") or {}
    icons = options.get("custom_icons") or []
    return {**places, **{f"icons{number}": str(folder) for number, folder in enumerate(icons)}}


def _write_manifest(plan: Plan, work: FastBuild, published: int) -> None:
    """Keep what this build knows for the next one."""
    included = sorted({path for facts in work.facts.values() for path in facts.reads})
    work.inputs.folders |= look({"included": plan.included(included)}).folders
    manifest = Manifest(
        tools=plan.tools,
        options=plan.request.options,
        environment=work.environment,
        git=work.git,
        day=plan.request.today.isoformat(),
        until=work.until,
        places=work.themes,
        place=work.place,
        included=included,
        inputs=work.inputs,
        outputs=written(plan.request.site, work.outputs, work.folders),
        folders=work.folders,
        articles=published,
        pages=len(work.facts),
        looks={name: (look.objection, look.at) for name, look in work.looks.items()},
        warnings=work.notes.warnings,
    )
    plan.file.write(manifest)
    if plan.warm:
        plan.warm.manifest = manifest
