"""The command line: the table of commands. Each parses, calls one feature and prints."""

from __future__ import annotations

import click

import kbgen
from kbgen.cli import (
    ballots,
    coverage,
    decisions,
    drafts,
    effect,
    feedback,
    report,
    review,
    search,
    service,
    site,
    tickets,
    topic_export,
    topics,
    votes,
)
from kbgen.errors import KbgenError


class Commands(click.Group):
    """Tells every error that a person can mend in one way."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a `KbgenError` becomes text on standard error and an exit code."""
        try:
            return super().invoke(ctx)
        except KbgenError as error:
            click.echo(f"error: {error}" if error.where is None else str(error), err=True)
            raise SystemExit(error.exit_code) from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(kbgen.__version__, prog_name="kbgen")
def main() -> None:
    """Build a help centre from a folder of Markdown, and let tickets write the next article."""


for command in (
    site.init,
    site.build,
    site.serve,
    site.check,
    search.search,
    topics.topics,
    feedback.feedback,
    service.service,
    review.review,
):
    main.add_command(command)
for command in (
    tickets.import_tickets,
    drafts.draft_topics,
    drafts.show_evidence,
    drafts.accept_draft,
    coverage.phrases,
    coverage.coverage,
    decisions.rename,
    decisions.merge,
    decisions.split,
    decisions.dismiss,
    decisions.answer,
    effect.tell_effect,
    topic_export.export_topics,
    report.report,
):
    topics.topics.add_command(command)
for command in (votes.summary, votes.digest, votes.comments, *ballots.COMMANDS):
    feedback.feedback.add_command(command)
