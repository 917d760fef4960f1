"""The command `search`."""

from __future__ import annotations

from pathlib import Path

import click

from kbgen.cli.options import config_option, json_option, print_json


@click.command()
@click.argument("words", nargs=-1, required=True)
@config_option
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100), help="How many articles at most.")
@json_option
def search(words: tuple[str, ...], config: Path, limit: int, as_json: bool) -> None:
    """Find the articles that answer WORDS, a question as a customer would ask it."""
    from kbgen.articles.settings import load_settings
    from kbgen.search.whoosh import search as find

    settings = load_settings(config)
    query = " ".join(words)
    hits = find(settings.site, settings.state, query, limit=limit)
    if as_json:
        print_json("hits", [hit.as_json() for hit in hits])
        return
    if not hits:
        click.echo(f"Nothing found for: {query}")
        return
    for hit in hits:
        place = " > ".join(part for part in (hit.section, hit.heading) if part)
        click.echo(f"{hit.score:6.2f}  {hit.title}" + (f"  ({place})" if place else ""))
        click.echo(f"        {settings.content.name}/{hit.article}")
        click.echo(f"        {hit.snippet}\n")
