"""Votes as causes: what readers say is wrong with a text, and readers who had looked for another one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kbgen.feedback.count import NOT_FOUND, Count
from kbgen.feedback.summary import FEWEST, wilson
from kbgen.feedback.tally import Mislead
from kbgen.feedback.vote import Reason
from kbgen.review.item import Cause, at_least

_ADVICE = {
    Reason.WRONG.value: "try each step, mend {file}, and set verified_on",
    Reason.UNCLEAR.value: "say it in {file} in shorter sentences and in the words of customers",
    Reason.MISSING.value: "try the steps as a newcomer, and add to {file} what is missing",
    Reason.PICTURES.value: "make new pictures or captions for {file}",
}


def text_cause(count: Count, path: str, file: str, today: date) -> Iterator[Cause]:
    """What readers say of the present text, where enough of them voted."""
    faults = count.no - count.misled
    if count.votes < FEWEST or not faults:
        return
    reasons = {name: n for name, n in count.reasons.items() if name != NOT_FOUND}
    low, high = wilson(faults, count.votes)
    why = ", ".join(f"{name} {n}" for name, n in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])))
    told = f"{faults} of {count.votes} readers say that the text did not help ({low:.0%} to {high:.0%})"
    yield Cause(
        kind="votes",
        readers=at_least(faults, count.votes, count.first, today),
        evidence=f"{told}: {why}" if why else told,
        action=f"read what they wrote (kbgen feedback comments {path}); then {_advice(reasons, file)}",
        facts={"n": count.votes, "no": faults, "interval": [round(low, 4), round(high, 4)], "reasons": reasons},
    )


def _advice(reasons: dict[str, int], file: str) -> str:
    known = [name for name in _ADVICE if reasons.get(name)]
    if not known:
        return f"mend {file}"
    return _ADVICE[max(known, key=lambda name: reasons[name])].format(file=file)


def findability_cause(count: Count, path: str, file: str, searches: Sequence[Mislead], today: date) -> Iterator[Cause]:
    """Readers who had looked for something else, where enough of them voted: search or a link led them astray."""
    if count.votes < FEWEST or not count.misled:
        return
    low, high = wilson(count.misled, count.votes)
    told = f"{count.misled} of {count.votes} readers had looked for something else ({low:.0%} to {high:.0%})"
    led = ", ".join(f"“{search.query}” {search.n}" for search in searches)
    query = searches[0].query if searches else "WORDS"
    yield Cause(
        kind="findability",
        readers=at_least(count.misled, count.votes, count.first, today),
        evidence=f"{told} after searching for {led}" if led else told,
        action=f'see why search leads to {path} (kbgen search --explain "{query}"); say in title and description of '
        f"{file} what it is for, and add the words to answers: of the article that is meant",
        facts={
            "n": count.votes,
            "misled": count.misled,
            "interval": [round(low, 4), round(high, 4)],
            "queries": [{"query": search.query, "n": search.n} for search in searches],
        },
    )
