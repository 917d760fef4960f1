"""The count: votes added up."""

from __future__ import annotations

from datetime import date

from voting import DAY, a_tally, noes, revision

from kbgen.feedback.count import Count, by_article, total
from kbgen.feedback.vote import Reason

EARLIER = date(2026, 11, 1)


def test_tallies_of_one_revision() -> None:
    """Tallies of a revision make one count: yes, no, why, and from when to when; a reason counts with a no alone."""
    found = by_article(
        [
            a_tally(n=3, first=EARLIER),
            a_tally(n=1, reason=Reason.WRONG),
            noes(n=2, reason=Reason.UNCLEAR),
            noes(n=4, reason=Reason.MISSING),
            noes(n=1),
        ]
    )
    count = found["a.md"][revision("a"), ""]
    assert count == Count(yes=4, no=7, reasons={"missing": 4, "unclear": 2}, first=EARLIER, last=DAY)
    assert (count.votes, count.misled) == (11, 0)


def test_apart() -> None:
    """Articles, revisions and sections are counted apart."""
    found = by_article([a_tally(), a_tally(name="b"), a_tally(section="fix"), a_tally("b.md")])
    assert {path: sorted(spots) for path, spots in found.items()} == {
        "a.md": [(revision("a"), ""), (revision("a"), "fix"), (revision("b"), "")],
        "b.md": [(revision("a"), "")],
    }


def test_moved() -> None:
    """Votes on an article under its old path and its new one are added up."""
    found = by_article([a_tally("old.md", n=2), a_tally("new.md", n=3)], {"old.md": "new.md"})
    assert found["new.md"][revision("a"), ""].yes == 5
    assert found.keys() == {"new.md"}


def test_total() -> None:
    """Counts add up; of none there is no sum."""
    one = Count(yes=1, no=1, reasons={"unclear": 1}, first=DAY, last=DAY)
    other = Count(yes=0, no=2, reasons={"missing": 1, "unclear": 1}, first=EARLIER, last=EARLIER)
    assert total([one, other]) == Count(yes=1, no=3, reasons={"missing": 1, "unclear": 2}, first=EARLIER, last=DAY)
    assert total([]) is None
