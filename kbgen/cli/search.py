"""The command `search`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbgen.cli.options import config_option, json_option

if TYPE_CHECKING:
    from kbgen.articles.settings import SiteSettings
    from kbgen.search.explanation import Explanation
    from kbgen.search.reader import Found, Hit

WHOOSH, INDEX = "whoosh", "index"


@click.command()
@click.argument("words", nargs=-1, required=True)
@config_option
@click.option("--lang", default="", metavar="CODE", help="Search articles in this language. Default: the site's.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100), help="How many articles at most.")
@click.option(
    "--engine",
    type=click.Choice([WHOOSH, INDEX]),
    help="Search with Whoosh, or in the order that customers see on the site. Default: whoosh.",
)
@click.option("--explain", is_flag=True, help="Say what each word counts, in the order that customers see.")
@json_option
def search(  # noqa: PLR0913, PLR0917 - the options of a command are its arguments
    words: tuple[str, ...], config: Path, lang: str, limit: int, engine: str | None, explain: bool, as_json: bool
) -> None:
    """Find the articles that answer WORDS, a question as a customer would ask it."""
    from kbgen.articles.settings import load_settings
    from kbgen.search.reader import chosen_language

    if explain and engine == WHOOSH:
        raise click.UsageError("--explain is about the order on the site, which --engine index shows")
    settings = load_settings(config)
    code = chosen_language(settings.site, lang, settings.language)
    text = " ".join(words)
    if explain or engine == INDEX:
        found, why = _in_index(settings, text, code, limit, explain)
    else:
        found, why = _in_whoosh(settings, text, code, limit), []
    if as_json:
        click.echo(_json(found, why, code))
    else:
        _tell(found, why, settings, text)


def _in_whoosh(settings: SiteSettings, text: str, code: str, limit: int) -> Found:
    from kbgen.search.catalogue import catalogue_of
    from kbgen.search.synonyms import FILE, Synonyms, load_synonyms
    from kbgen.search.whoosh import search as find

    def tell(note: str) -> None:
        click.echo(f"note: {note}", err=True)

    synonyms = load_synonyms(settings.root / FILE, settings.language).get(code, Synonyms())
    catalogue = catalogue_of(settings.site, settings.state, code, synonyms=synonyms, tell=tell)
    return find(catalogue, text, code=code, limit=limit)


def _in_index(
    settings: SiteSettings, text: str, code: str, limit: int, explain: bool
) -> tuple[Found, list[Explanation]]:
    from kbgen.search.explanation import explanations
    from kbgen.search.reader import open_site

    reader = open_site(settings.site, code)
    return reader.search(text, limit=limit), explanations(reader, text, limit=limit) if explain else []


def _json(found: Found, why: list[Explanation], code: str) -> str:
    hits = [_as_json(hit) for hit in found.hits]
    for hit, explanation in zip(hits, why, strict=False):
        hit["explanation"] = explanation.as_json()
    data = {"schema_version": 1, "language": code, "corrected": found.corrected, "total": found.total, "hits": hits}
    return json.dumps(data, indent=2, ensure_ascii=False)


def _as_json(hit: Hit) -> dict[str, object]:
    return {**hit.as_json(), "section": hit.trail[-1] if hit.trail else "", "snippet": _plain(hit)}


def _plain(hit: Hit) -> str:
    return "".join(piece for piece, _ in hit.passage)


def _tell(found: Found, why: list[Explanation], settings: SiteSettings, text: str) -> None:
    if found.corrected:
        click.echo(f"No article has all of these words. Found for: {found.corrected}\n")
    if not found.hits:
        click.echo(f"Nothing found for: {text}")
    for place, hit in enumerate(found.hits):
        trail = " > ".join(part for part in (*hit.trail, hit.heading) if part)
        click.echo(f"{hit.score:6.2f}  {hit.title}" + (f"  ({trail})" if trail else ""))
        click.echo(f"        {settings.shown(hit.article)}")
        if why:
            _tell_why(why[place])
        else:
            click.echo("        " + "".join(click.style(piece, bold=marked) for piece, marked in hit.passage))
        click.echo()


def _tell_why(why: Explanation) -> None:
    """Print a score taken apart, one line for each thing that counts."""
    for word in why.words:
        fields = ", ".join(f"{name} {points:.1f}" for name, points in word.fields.items())
        meant = f"{word.word}, {word.how}" if word.how != "as written" else word.word
        click.echo(f"        {word.points:+8.1f}  {meant}: {fields}")
    for points, reason in (
        (why.coverage, f"without {', '.join(why.missing)}"),
        (why.question, f"its title or an answer phrase asks the same by {why.alike:.0%}"),
        (why.place, f"one of its parts has {why.share:.0%} of the words"),
        (why.prior, "what the site knows of it, whatever is asked"),
    ):
        if round(points, 1):
            click.echo(f"        {points:+8.1f}  {reason}")
