"""The command that runs the service."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kbgen.cli.feedback import database_option
from kbgen.cli.options import needs


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, envvar="KBGEN_HOST", help="Address to listen on.")
@click.option(
    "--port",
    default=8100,
    show_default=True,
    envvar="KBGEN_PORT",
    type=click.IntRange(1, 65535),
    help="Port to listen on.",
)
@database_option
@click.option(
    "--origin",
    multiple=True,
    envvar="KBGEN_ORIGIN",
    metavar="URL",
    help="Address of a help centre whose readers may vote. May be given more than once.",
)
@click.option(
    "--site",
    envvar="KBGEN_SITE",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Folder of the built site that the first --origin shows, to suggest articles from it.",
)
@click.option(
    "--proxies",
    default=0,
    show_default=True,
    envvar="KBGEN_PROXIES",
    type=click.IntRange(0, 10),
    help="How many web servers of your own stand in front and pass the reader's address on.",
)
@click.option(
    "--report-token",
    multiple=True,
    envvar="KBGEN_REPORT_TOKENS",
    metavar="DIGEST",
    help="Digest of a token that opens the reports; 'kbgen feedback token' makes one. May be given more than once.",
)
@click.option(
    "--contact-to",
    multiple=True,
    envvar="KBGEN_CONTACT_TO",
    metavar="URL",
    help="Where messages of the contact form go: smtp://…, https://… or file:///…. May be given more than once.",
)
@click.option(
    "--contact-reply",
    default="",
    envvar="KBGEN_CONTACT_REPLY",
    metavar="TEXT",
    help="When an answer to a message comes, for example 'within one working day'.",
)
def service(**given: Any) -> None:  # noqa: ANN401 - as many options as settings
    """Run the service that takes votes, searches and messages. It answers 202 when one is on disk, never before.

    With --site it also suggests articles. Each option can also be set in the environment, as KBGEN_HOST, KBGEN_PORT,
    KBGEN_DATABASE, KBGEN_ORIGIN, KBGEN_SITE, KBGEN_PROXIES, KBGEN_REPORT_TOKENS, KBGEN_CONTACT_TO and
    KBGEN_CONTACT_REPLY; several values are separated by spaces.
    """
    with needs("service"):
        from kbgen.service.contact import check_contact
        from kbgen.service.server import check_address, run
        from kbgen.service.settings import ServiceSettings, read_digests, read_origins
    from kbgen.feedback.store.table import open_store

    settings = ServiceSettings(
        database=given["database"],
        origins=read_origins(list(given["origin"])),
        site=str(given["site"] or ""),
        proxies=given["proxies"],
        report_tokens=read_digests(list(given["report_token"])),
        contact_to=" ".join(given["contact_to"]),
        contact_reply=given["contact_reply"],
        host=given["host"],
        port=given["port"],
    )
    if not settings.origins:
        raise click.UsageError("name the help centre whose readers may vote: --origin https://help.example.com")
    check_contact(to=settings.contact_to, reply=settings.contact_reply)
    check_address(settings.host, settings.port)
    open_store(settings.database).close()
    where = f"http://{settings.host}:{settings.port}"
    click.echo(f"Taking votes for {', '.join(settings.origins)} on {where}/v1/votes", err=True)
    if given["site"]:
        _tell_suggestions(given["site"], where)
    run(settings)


def _tell_suggestions(site: Path, where: str) -> None:
    from kbgen.search.reader import languages

    if known := languages(site):
        click.echo(f"Suggesting articles ({', '.join(known)}) on {where}/v1/suggest", err=True)
    else:
        click.echo(f"warning: '{site}' has no search index yet; articles are suggested once it is built", err=True)
