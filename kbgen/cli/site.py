"""Commands for the site: init, build, serve, check."""

from __future__ import annotations

import json
import sys
import webbrowser
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbgen.cli.options import config_option, date_option, json_option, needs

if TYPE_CHECKING:
    from kbgen.errors import KbgenError
    from kbgen.generator.build import Built


@click.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="What customers call the help centre. Default: Help centre.")
@click.option("--url", help="Address where it will be published. Default: none yet.")
def init(folder: Path, name: str | None, url: str | None) -> None:
    """Make a new help centre in FOLDER, with an example of each kind of article.

    Files that exist are left as they are.
    """
    from kbgen.articles.scaffold import scaffold

    asking = sys.stdin.isatty() and sys.stdout.isatty()
    if name is None:
        name = click.prompt("Name of the help centre", default="Help centre") if asking else "Help centre"
    if url is None:
        url = click.prompt("Address where it will be published", default="") if asking else ""
    done = scaffold(folder, name=name, url=url)
    for path in done.kept:
        click.echo(f"kept    {folder / path} (it was there before)")
    for path in done.written:
        click.echo(f"wrote   {folder / path}")
    inside = "" if folder == Path() else f"cd {folder} && "
    click.echo(f"\nBuild it with: {inside}kbgen build")


@click.command()
@config_option
@click.option("--strict", is_flag=True, help="Let warnings fail the build.")
@date_option
@click.option("--site-dir", type=click.Path(path_type=Path), metavar="FOLDER", help="Where to build instead of site/.")
@click.option("--offline", is_flag=True, help="Build a site that is read from a disk, without a web server.")
@click.option("--no-cache", is_flag=True, help="Build everything anew, and keep nothing for the next build.")
@click.option("--why", metavar="PATH", help="Say why the page of this article was made anew, or kept.")
@click.option("--profile", is_flag=True, help="Build everything anew and say which parts took longest.")
@json_option
def build(  # noqa: PLR0913, PLR0917 - the options of a command are its arguments
    config: Path,
    strict: bool,
    today: date | None,
    site_dir: Path | None,
    offline: bool,
    no_cache: bool,
    why: str | None,
    profile: bool,
    as_json: bool,
) -> None:
    """Check the articles and build the site.

    Only what has changed is made anew. The old site stays as it is until the new one is whole.
    """
    from kbgen.articles.lifecycle import build_day
    from kbgen.articles.settings import load_settings
    from kbgen.cli import built as report
    from kbgen.generator.build import BuildRequest
    from kbgen.generator.build import build as build_site

    settings = load_settings(config)
    site = (site_dir or settings.site).absolute()
    request = BuildRequest(
        settings=settings,
        site=site,
        today=today or build_day(),
        strict=strict,
        publishes=site == settings.site.absolute(),
        offline=offline,
        cache=not no_cache,
        explain=why is not None,
    )
    if profile:
        from kbgen.generator.profiling import profiled

        built, times = profiled(request)
    else:
        built, times = build_site(request), None
    if as_json:
        click.echo(report.as_json(built, settings, times))
        return
    report.tell(built, settings)
    click.echo(f"The site is in {_short(site)}/")
    if times:
        report.tell_profile(times, settings)
    if why is not None:
        report.tell_why(built, settings, why)


def _short(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


class _Greeting:
    """Says once where the preview is, and opens it once when there is something to see."""

    def __init__(self, url: str, *, opens: bool) -> None:
        self.url = url
        self.said = False
        self.opens = opens

    def say(self) -> None:
        if not self.said:
            click.echo(f"Serving on {self.url} - press Ctrl+C to stop.")
        self.said = True

    def open(self) -> None:
        if self.opens:
            webbrowser.open(self.url)
        self.opens = False


@click.command()
@config_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option(
    "--database",
    default="sqlite:///.kbgen/trial.sqlite",
    show_default=True,
    metavar="URL",
    help="Where trial votes go.",
)
@click.option("--open", "opens", is_flag=True, help="Open the browser when the site is built.")
@date_option
def serve(  # noqa: PLR0913, PLR0917 - the options of a command are its arguments
    config: Path, host: str, port: int, database: str, opens: bool, today: date | None
) -> None:
    """Serve site, search and votes on one port while you write; open pages show what you save at once."""
    from kbgen.articles.settings import load_settings
    from kbgen.cli import built as report

    with needs("service"):
        from kbgen.preview.server import Preview
        from kbgen.preview.server import serve as serve_preview
        from kbgen.service.settings import ServiceSettings

    names = (f"[{host}]" if ":" in host else host, "127.0.0.1", "localhost")
    origins = tuple(f"http://{name}:{port}" for name in dict.fromkeys(names))
    greeting = _Greeting(f"{origins[0]}/", opens=opens)

    def built(done: Built) -> None:
        report.tell(done, load_settings(config))
        greeting.say()
        greeting.open()

    def failed(error: KbgenError) -> None:
        click.echo(f"error: {error}" if error.where is None else str(error), err=True)
        greeting.say()

    serve_preview(
        Preview(
            config_file=config,
            service=ServiceSettings(
                database=database,
                origins=origins,
                contact_to=(config.absolute().parent / ".kbgen/messages").as_uri(),
                host=host,
                port=port,
            ),
            today=today,
            built=built,
            failed=failed,
        )
    )


@click.command()
@config_option
@json_option
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the front matter, for editors.")
@click.option("--only", multiple=True, metavar="ID", help="Run this check alone. May be given more than once.")
@date_option
def check(config: Path, as_json: bool, schema: bool, only: tuple[str, ...], today: date | None) -> None:
    """Say what is wrong in the articles, with file and line. Exit code 1 when there is an error."""
    from kbgen.articles.front_matter import FrontMatter
    from kbgen.articles.json_schema import json_schema
    from kbgen.articles.lifecycle import build_day
    from kbgen.articles.settings import load_settings
    from kbgen.checks import report
    from kbgen.checks.interface import help_centre
    from kbgen.checks.registry import CHECKS, errors, findings

    if schema:
        click.echo(json.dumps(json_schema(FrontMatter, title="Front matter of a kbgen article"), indent=2))
        return
    unknown = sorted(set(only) - set(CHECKS))
    if unknown:
        raise click.BadParameter(f"'{unknown[0]}' is none of: {', '.join(CHECKS)}", param_hint="--only")
    centre = help_centre(load_settings(config), today or build_day())
    found = findings(centre, only)
    if as_json:
        click.echo(report.as_json(found))
    else:
        for finding in found:
            click.echo(report.as_text(finding))
        click.echo(f"{report.count(found)} in {len(centre.library.articles)} articles.")
    raise SystemExit(1 if errors(found) else 0)
