"""Answer phrases that do not find their article in the search of the built site."""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.articles.library import place_in
from kbgen.checks.interface import Finding, HelpCentre, Level, finding
from kbgen.errors import KbgenError
from kbgen.search.contract import Broken, Promise, verdict
from kbgen.search.reader import languages

ID = "answers"


def check(centre: HelpCentre) -> Iterator[Finding]:
    """One error for each phrase whose article is not among the first; a note where some could not be tried.

    The built site is searched, so what has been written since the last build is no error.
    """
    promises = [
        Promise(article.path, phrase) for article in centre.library.published for phrase in article.meta.answers
    ]
    if centre.site is None or not promises:
        return
    if not languages(centre.site):
        yield _note(centre, "the answer phrases were not tried, as the site has not been built")
        return
    try:
        found = verdict(centre.site, centre.settings.state, promises)
    except KbgenError as error:
        yield finding(ID, error)
        return
    yield from (_fault(centre, broken) for broken in found.broken)
    if found.untried:
        count = f"{len(found.untried):,} of {len(promises):,} answer phrases"
        yield _note(centre, f"{count} were not tried, as the built site does not have them yet")


def _note(centre: HelpCentre, message: str) -> Finding:
    name = centre.site.name if centre.site else ""
    return Finding(id=ID, level=Level.NOTE, path=name, message=message, hint="build it, then check again: kbgen build")


def _fault(centre: HelpCentre, broken: Broken) -> Finding:
    article, phrase = broken.promise
    answers = centre.library.by_path[article].meta.answers
    where = place_in(centre.library.by_path[article], "answers", answers.index(phrase), shown=centre.shown(article))
    return Finding(
        id=ID,
        level=Level.ERROR,
        path=where.path,
        line=where.line,
        column=where.column,
        message=f'"{phrase}" finds {_others(broken)}',
        hint="say it in the title or the description too, or ask in more words what this article alone answers; "
        f"what counts for each article: kbgen search --explain {phrase}",
    )


def _others(broken: Broken) -> str:
    count = len(broken.first)
    if not count:
        return "nothing"
    return f"{count} other article{'s' if count > 1 else ''} first: {', '.join(broken.first)}"
