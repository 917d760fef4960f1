"""Commands for drafts: topics draft, topics evidence, topics accept."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbgen.cli.options import config_option, needs
from kbgen.cli.topics import covered_topics, embedding_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbgen.articles.library import Library
    from kbgen.articles.settings import SiteSettings
    from kbgen.drafts.desk import Desk
    from kbgen.drafts.draft import Draft
    from kbgen.drafts.proposal import Proposal
    from kbgen.topics.topic import Topic


@click.command("draft")
@click.argument("topic_ids", nargs=-1, metavar="[TOPIC]...")
@config_option
@click.option("--limit", type=click.IntRange(1), help="How many topics at most. Default: all.")
@click.option("--patch", "as_patch", is_flag=True, help="Print changes to articles as a patch, and write no file.")
@click.option("--new", "always_new", is_flag=True, help="Draft a new article even where one answers the topic in part.")
def draft_topics(topic_ids: tuple[str, ...], config: Path, limit: int | None, as_patch: bool, always_new: bool) -> None:
    """Write a draft for each unanswered topic, or for the TOPICs named, into content/drafts/.

    Where an article answers a topic in part, or says something else than agents do, the change is proposed as a
    patch below .kbgen/proposals/. A draft that a person has edited is left as it is.
    """
    from kbgen.articles.settings import load_settings
    from kbgen.drafts.desk import TO_IMPROVE

    settings = load_settings(config)
    at, library = _desk(settings)
    chosen = _chosen(at, library, topic_ids, improving=as_patch)[:limit]
    improved = [t for t in chosen if at.covered[t.id].status in TO_IMPROVE and not always_new]
    proposals = _proposals(at, library, settings, improved)
    if as_patch:
        click.echo("".join(proposal.patch for proposal in proposals), nl=False)
        return
    _tell_proposals(proposals, settings)
    _write_drafts(at, library, settings, [t for t in chosen if t not in improved], named=bool(topic_ids))


def _desk(settings: SiteSettings) -> tuple[Desk, Library]:
    with needs("topics"):
        from kbgen.drafts.desk import desk
    from kbgen.articles.library import load
    from kbgen.articles.lifecycle import build_day

    registry, covered, tickets = covered_topics(settings)
    return desk(registry, covered, tickets, embedding_of(settings)), load(settings.content, build_day())


def _chosen(at: Desk, library: Library, topic_ids: Sequence[str], *, improving: bool) -> list[Topic]:
    """The topics that are named, or all that want an article or a better one and that nobody has in hand."""
    from kbgen.drafts.desk import TO_IMPROVE, waiting

    if topic_ids:
        return [at.registry.topic(id_) for id_ in topic_ids]
    wanted = TO_IMPROVE if improving else TO_IMPROVE | {"unanswered"}
    in_hand = waiting(library)
    return [t for t in at.registry.topics if at.covered[t.id].status in wanted and t.id not in in_hand]


def _proposals(at: Desk, library: Library, settings: SiteSettings, topics: Sequence[Topic]) -> list[Proposal]:
    from kbgen.drafts.proposal import Target, propose
    from kbgen.errors import KbgenError

    found = []
    for topic in topics:
        state = at.covered[topic.id]
        article = library.by_path[state.article]
        doubts = [e.text for e in getattr(state, "evidence", ())] if state.status == "contradicted" else []
        try:
            text = (settings.content / article.path).read_bytes().decode("utf-8")
            target = Target(article=article, text=text, shown=settings.shown(article.path))
            proposal = propose(target, at.draft(topic), at.embedding, doubts)
        except KbgenError as error:
            click.echo(str(error), err=True)
            continue
        found += [proposal] if proposal else []
    return found


def _tell_proposals(proposals: Sequence[Proposal], settings: SiteSettings) -> None:
    from kbgen.outputs.files import write_whole

    for proposal in proposals:
        path = settings.state / "proposals" / proposal.name
        write_whole(path, proposal.patch)
        click.echo(f"patch  {path.relative_to(settings.root)}  adds to {settings.shown(proposal.article)}")
    if proposals:
        click.echo(f"{len(proposals)} changes to articles proposed. Read one, then: git apply FILE\n")


def _write_drafts(at: Desk, library: Library, settings: SiteSettings, topics: Sequence[Topic], *, named: bool) -> None:
    from kbgen.drafts.desk import with_published_links
    from kbgen.drafts.draft import ThinDraft, unusable
    from kbgen.drafts.markdown import as_markdown
    from kbgen.drafts.writer import write_draft

    counts: Counter[str] = Counter()
    for topic in topics:
        draft = with_published_links(at.draft(topic), library)
        single = None if named else unusable(draft.material)
        if single:
            counts["none"] += 1
            click.echo(f"none   {topic.id}  {topic.label}  (answers are each about {_REASONS[single.reason]})")
            continue
        outcome = write_draft(settings, draft.name, as_markdown(draft, settings.language))
        verb, why = _told(outcome, settings)
        counts[verb] += 1
        thin = "  (not enough to draft from: it asks)" if isinstance(draft, ThinDraft) else ""
        click.echo(f"{verb:5}  {outcome.path.relative_to(settings.root)}  {draft.title}{thin}{why}")
    _tell_sum(counts)


_REASONS = {"account": "one account", "refund": "one payment", "scheduling": "an appointment"}


def _told(outcome: object, settings: SiteSettings) -> tuple[str, str]:
    from kbgen.drafts.writer import Kept, PutBeside, Written

    if isinstance(outcome, PutBeside):
        beside = outcome.beside.relative_to(settings.root)
        return "kept", f"  (edited by a person; {len(outcome.new)} new lines are in {beside})"
    if isinstance(outcome, Kept):
        return "kept", "  (edited by a person)"
    return ("wrote" if isinstance(outcome, Written) else "same"), ""


def _tell_sum(counts: Counter[str]) -> None:
    kept = f", {counts['kept']} edited by a person and left alone" if counts["kept"] else ""
    none = f", {counts['none']} without an answer that others could use" if counts["none"] else ""
    click.echo(f"{counts['wrote']} drafts written, {counts['same']} as they were{kept}{none}.")
    if counts["none"]:
        click.echo("To draft one of the last all the same, name it: kbgen topics draft TOPIC")
    click.echo("Answer their boxes, then: kbgen topics accept DRAFT --section SECTION")


@click.command("evidence")
@click.argument("topic_id", metavar="TOPIC")
@config_option
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
@click.option("--ticket-url", default="", metavar="URL", help="Address of a ticket in your help desk, with {id} in it.")
def show_evidence(topic_id: str, config: Path, opens: bool, ticket_url: str) -> None:
    """Write a page that shows each line of a draft beside the sentences of tickets behind it.

    The page lies below .kbgen/evidence/, is never committed, and only you may read it.
    """
    from kbgen.articles.settings import load_settings

    with needs("topics"):
        from kbgen.drafts.evidence import checked_pattern, evidence
        from kbgen.drafts.evidence_page import write_page

    checked_pattern(ticket_url)
    settings = load_settings(config)
    at, _ = _desk(settings)
    draft: Draft = at.draft(at.registry.topic(topic_id))
    path = write_page(settings.state, evidence(draft, ticket_url))
    click.echo(f"{path.relative_to(settings.root)} shows what stands behind {draft.topic.id}. Do not commit it.")
    if opens:
        click.launch(str(path))


@click.command("accept")
@click.argument("draft", type=click.Path(path_type=Path))
@click.option("--section", required=True, help="Folder below content/ where the article goes.")
@click.option("--name", metavar="FILE", help="Name of the article's file. Default: made from its title.")
@config_option
def accept_draft(draft: Path, section: str, name: str | None, config: Path) -> None:
    """Move a finished DRAFT into a section for review; refuses while a box is open.

    Nothing is published by it: the article keeps 'state: draft' until a person changes that.
    """
    from kbgen.articles.settings import load_settings

    with needs("topics"):
        from kbgen.drafts.acceptance import accept
        from kbgen.topics.registry import read_registry

    settings = load_settings(config)
    registry = read_registry(settings.root, settings.state)
    done = accept(settings, registry, draft, section=section, name=name)
    click.echo(f"Moved: {done.path.relative_to(settings.root)} is ready for review, for {', '.join(done.topics)}.")
    click.echo("It is not on the site yet. To publish it, set 'state: published' in it and build.")
