"""The command `topics effect`."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbgen.cli.options import Day, config_option, json_option, print_json, table
from kbgen.cli.topics import covered_topics, known_topics

if TYPE_CHECKING:
    from kbgen.articles.settings import SiteSettings
    from kbgen.topics.effect import Effect, Period
    from kbgen.topics.rates import Ratio

DRAFTS = "drafts/"


@click.command("effect")
@click.argument("topic_id", metavar="[TOPIC]", required=False, default="")
@click.option(
    "--since", type=Day(), help="With TOPIC: the day its article went live. Default: its first commit in a section."
)
@config_option
@json_option
def tell_effect(topic_id: str, since: date | None, config: Path, as_json: bool) -> None:
    """Say whether tickets of a topic became fewer after its article went live; without TOPIC, for all that have one.

    Weekly tickets before and after, at most 12 weeks each, beside those of all other topics.
    """
    if since and not topic_id:
        raise click.UsageError("--since goes with a TOPIC")
    from kbgen.articles.settings import load_settings
    from kbgen.errors import KbgenError

    settings = load_settings(config)
    if topic_id:
        known_topics(settings).topic(topic_id)
    registry, covered, tickets = covered_topics(settings)
    from kbgen.topics.effect import effect

    created = {ticket.id: ticket.created for ticket in tickets if ticket.created}
    if not created:
        raise KbgenError("no ticket has a day", hint="import them with the column of their day: --map created=COLUMN")
    ends = (min(created.values()), max(created.values()))
    days = {topic.id: [created[id_] for id_ in topic.tickets if id_ in created] for topic in registry.topics}
    topics = [registry.topic(topic_id)] if topic_id else list(registry.topics)
    found: list[Effect] = []
    for topic in topics:
        article = covered[topic.id].article
        day = since or (live_day(settings, article) if article else None)
        if day:
            found.append(effect(topic.id, article, day, days, ends))
        elif topic_id:
            raise KbgenError(
                f"nobody knows when an article on '{topic.id}' went live",
                hint="name the day, for example --since 2026-03-01, or commit the article",
            )
    if as_json:
        print_json("effects", [each.as_json() for each in found])
    else:
        _tell(found, ends, {topic.id: topic.label for topic in topics})


def live_day(settings: SiteSettings, article: str) -> date | None:
    """The day of the first commit that had the article, there or where it lay before, but not as a draft.

    None outside git, in a shallow clone, which does not know, and where nobody has committed it. A day of publication
    in its front matter counts where it is later.
    """
    from kbgen.articles.library import load
    from kbgen.articles.lifecycle import build_day
    from kbgen.errors import Where
    from kbgen.outputs.redirects import Redirect

    known = load(settings.content, build_day()).by_path.get(article)
    moved = (
        Redirect(source=old, target=article, where=Where(path=article))
        for old in (known.meta.redirect_from if known else ())
    )
    former = sorted(path for redirect in moved for path in redirect.covers)
    places = [place for place in (article, *former) if not place.startswith(DRAFTS)]
    days = [day for place in places if (day := _first_commit(settings.content, place))]
    published = known.meta.publish_on if known else None
    return max(min(days), published or min(days)) if days else None


def _first_commit(content: Path, path: str) -> date | None:
    def git(*arguments: str) -> str:
        command = ["git", "-C", str(content), *arguments]
        try:
            done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
        except OSError:
            return ""
        return done.stdout.decode(errors="replace").strip() if done.returncode == 0 else ""

    if git("rev-parse", "--is-shallow-repository") != "false":
        return None
    days = git("log", "--diff-filter=AR", "--format=%cs", "--", path).splitlines()
    return date.fromisoformat(days[-1]) if days else None


def _tell(found: list[Effect], ends: tuple[str, str], labels: dict[str, str]) -> None:
    if not found:
        click.echo("No topic has an article that is committed; name a TOPIC and the day with --since.")
        return
    head = ("topic", "live since", "before", "after", "compared with other topics", "")
    table([head, *(_cells(each) for each in found)])
    for each in found:
        if each.why:
            click.echo(f"  {each.topic}: {each.why}")
    if len(found) == 1:
        _explain(found[0], labels[found[0].topic])
    click.echo(f"\nTickets from {ends[0]} to {ends[1]}; tickets a week, with 95 % intervals.")


def _cells(each: Effect) -> tuple[str, ...]:
    adjusted = _ratio(each.adjusted) if each.adjusted and not each.why else "–"
    return each.topic, each.day, _rate(each.before), _rate(each.after), adjusted, each.verdict


def _explain(each: Effect, label: str) -> None:
    click.echo(f"\n{label}")
    if each.article:
        click.echo(f"  article           {each.article}")
    for name, period in (("before", each.before), ("after", each.after)):
        click.echo(f"  {name:16}  {period.tickets} tickets in {period.weeks} weeks")
    for name, ratio in (
        ("this topic", each.ratio),
        ("other topics", each.control),
        ("this over others", each.adjusted),
    ):
        if ratio and not each.why:
            click.echo(f"  {name:16}  {_ratio(ratio)}")


def _rate(period: Period) -> str:
    low, high = period.interval
    return f"{period.per_week:.1f} ({low:.1f} to {high:.1f})" if period.weeks else "–"


def _ratio(ratio: Ratio) -> str:
    low, high = ratio.interval
    return f"× {ratio.value:.2f} ({low:.2f} to {high:.2f})"
