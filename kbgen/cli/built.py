"""What a build says when it is done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kbgen.articles.settings import SiteSettings
    from kbgen.generator.build import Built
    from kbgen.generator.profiling import Profile, Times

SLOWEST = 5


def tell(built: Built, settings: SiteSettings) -> None:
    """Say what was built, what was kept, and what took longest."""
    for warning in built.warnings:
        click.echo(warning if ": warning: " in warning else f"warning: {warning}", err=True)
    for note in built.notes:
        click.echo(f"note: {note}", err=True)
    done = built.synced
    click.echo(
        f"Built {built.articles:,} articles in {built.took:.1f} s: {done.written:,} files written, "
        f"{done.same:,} unchanged, {done.removed:,} removed."
    )
    if built.rendered:
        click.echo(
            f"  pages     {built.rendered:,} made anew, {built.pages - built.rendered:,} kept\n"
            f"  warnings  {len(built.warnings):,}\n"
            f"  size      {_size(built.size)}"
        )
        for number, (path, seconds) in enumerate(_slowest(built)):
            click.echo(f"  {'' if number else 'slowest':9} {seconds * 1000:,.0f} ms  {settings.shown(path)}")


def _slowest(built: Built) -> Times:
    return sorted(built.seconds.items(), key=lambda item: (-item[1], item[0]))[:SLOWEST]


def _size(count: int) -> str:
    return f"{count / 1_000_000:,.1f} MB" if count >= 1_000_000 else f"{count / 1000:,.0f} kB"


def as_json(built: Built, settings: SiteSettings, profile: Profile | None = None) -> str:
    """The same for programs: seconds and bytes, and why each page was made anew."""
    data: dict[str, object] = {
        "schema_version": 1,
        "articles": built.articles,
        "pages": built.pages,
        "built": built.rendered,
        "cached": built.pages - built.rendered,
        "files": {"written": built.synced.written, "same": built.synced.same, "removed": built.synced.removed},
        "warnings": list(built.warnings),
        "notes": list(built.notes),
        "bytes": built.size,
        "seconds": round(built.took, 3),
        "slowest": [{"path": settings.shown(path), "seconds": round(time, 4)} for path, time in _slowest(built)],
        "why": {settings.shown(path): reasons for path, reasons in sorted(built.why.items())},
    }
    if profile:
        data["profile"] = {name: dict(times) for name, times in vars(profile).items()}
    return json.dumps(data, indent=2, ensure_ascii=False)


def path_of(asked: str, settings: SiteSettings) -> str:
    """The path below `content/` that somebody means, seen from here, from the folder of mkdocs.yml or from there."""
    for place in (Path.cwd() / asked, settings.root / asked):
        if place.exists() and place.resolve().is_relative_to(settings.content.resolve()):
            return place.resolve().relative_to(settings.content.resolve()).as_posix()
    return asked.strip("/")


def tell_why(built: Built, settings: SiteSettings, asked: str) -> None:
    """Say why a page was made anew; raises a usage error where there is no such page."""
    path = path_of(asked, settings)
    if path in built.why:
        click.echo(f"{settings.shown(path)} was made anew because of {_listed(built.why[path])}.")
    elif path in built.last:
        click.echo(
            f"{settings.shown(path)} was kept, as nothing that it depends on has changed. "
            f"It was last made anew because of {_listed(built.last[path])}."
        )
    elif built.rendered and not built.why:
        click.echo("Every page is made anew each time; the note above says why.")
    else:
        raise click.BadParameter(f"the site has no page made from '{asked}'", param_hint="--why")


def _listed(reasons: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(reasons[:-1]), reasons[-1])))


def tell_profile(profile: Profile, settings: SiteSettings) -> None:
    """Say where the time of a build goes."""
    for title, times in (
        ("Markdown extensions", profile.extensions),
        ("templates", profile.templates),
        ("articles", [(settings.shown(path), seconds) for path, seconds in profile.articles]),
    ):
        if not times:
            continue
        click.echo(f"\nSlowest {title}:")
        for name, seconds in times[:SLOWEST]:
            click.echo(f"  {seconds * 1000:8,.0f} ms  {name}")
    click.echo(
        "\nMeasured in one process with everything built anew, and slowed down by measuring; compare, don't add."
    )
