"""Failed searches as items: words that lead to no article."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kbgen.feedback.missed import SearchCount, missed
from kbgen.review.item import QUARTER, Cause, Item, Kind


def search_items(counts: Iterable[SearchCount], days: int, answered: Collection[str]) -> Iterator[Item]:
    """One item for each query that failed in the last `days` days.

    `answered` holds titles and answer phrases, scrubbed as queries are: one of them finds an article by now.
    """
    for count in missed(counts).searches:
        if count.query in answered and not count.unclicked:
            continue
        low, high = count.interval
        cause = Cause(
            kind="search",
            readers=low * count.n * QUARTER.days / days,
            evidence=f"{count.missed} of {count.n} searches led to no article ({low:.0%} to {high:.0%}): "
            f"{count.empty} found nothing, {count.unclicked} opened nothing, {count.contacted} then wrote to us",
            action=_action(count),
            facts={**count.as_json(), "missed": count.missed},
        )
        yield Item(kind=Kind.SEARCH, subject=f"{count.lang}: {count.query}", title=count.query, causes=(cause,))


def _action(count: SearchCount) -> str:
    if count.empty >= count.unclicked:
        return f'add "{count.query}" to answers: of the article that answers it, or write one'
    return (
        f'see what is found (kbgen search "{count.query}"); let the title and the description of the right article '
        "say that it answers this, or write one"
    )
