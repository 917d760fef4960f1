"""Substance: whether answers hold anything that another reader could use, and of what kind it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kbgen.articles.kinds import Kind
from kbgen.tickets.ticket import Ticket
from kbgen.topics.topic import asks

MOSTLY = 0.5
"""Share of the answers that must tell of something done for one customer, for the topic to have no reusable answer."""

_TROUBLE = re.compile(
    r"\b(?:error|fail(?:s|ed|ing)?|broken|wrong|missing|disappear\w*|gone|refused|declined|denied|rejected|crash\w*|"
    r"stuck|frozen|freez\w*|blank|invalid|expired|[45]\d\d|not (?:found|work\w*|arriv\w*|show\w*|sync\w*|load\w*)|"
    r"doesn'?t|didn'?t|won'?t|isn'?t|can'?t|cannot|nothing|never|no longer|stopped|"
    r"fehler\w*|kaputt|falsch|fehlt|fehlen|weg|abgelehnt|abgestürzt|hängt|leer|ungültig|abgelaufen|"
    r"geht nicht|funktioniert nicht|klappt nicht|kommt nicht|nicht mehr|fehlgeschlagen)\b",
    re.IGNORECASE,
)
_HOW = re.compile(r"\b(?:how (?:do|can|to|does|would|should)|where|steps|way to|wie|wo)\b", re.IGNORECASE)
_YES_NO = re.compile(
    r"(?:^|[.!?\n] *)(?:can|is|are|does|do|will|may|kann|können|ist|sind|gibt|geht|darf)\b[^.?!\n]*\?", re.IGNORECASE
)
_DONE = re.compile(
    r"\b(?:i|we)(?:'ve| have|) (?:just |now |already |gone ahead and |manually )*"
    r"(?:refunded|credited|reset|unlocked|reactivated|merged|moved|removed|deleted|changed|updated|corrected|cancelled|"
    r"canceled|extended|transferred|added|applied|issued|booked|scheduled|rescheduled|arranged|restored|adjusted|"
    r"upgraded|downgraded|waived|reversed|processed|sent you)\b"
    r"|\b(?:has|have|was|were) been (?:refunded|credited|unlocked|reactivated|waived|reversed)\b"
    r"|\b(?:ich habe|wir haben)\b[^.!?\n]{0,80}\b(?:erstattet|gutgeschrieben|zurückgesetzt|entsperrt|geändert|gelöscht|"
    r"storniert|verlängert|gebucht|verschoben|korrigiert)\b",
    re.IGNORECASE,
)
_REASONS = (
    (
        "refund",
        re.compile(
            r"\b(?:refund\w*|credit(?:ed| note)?|charged? twice|waived|erstatt\w*|gutschrift\w*)\b", re.IGNORECASE
        ),
    ),
    (
        "scheduling",
        re.compile(
            r"\b(?:appointment|re-?schedul\w+|time slot|call you|booked (?:you|a (?:call|slot|session))|demo call|"
            r"onboarding (?:call|session)|termin\w*|rufe? (?:sie|dich) an)\b",
            re.IGNORECASE,
        ),
    ),
)


def not_reusable(tickets: Sequence[Ticket], *, steps: int) -> str:
    """Why no article can answer the topic: 'refund', 'scheduling' or 'account'; `""` where one can.

    So it is where most answers tell what an agent did for this one customer, and they share fewer than two steps.
    """
    answers = [" ".join(ticket.replies) for ticket in tickets if ticket.replies]
    done = [answer for answer in answers if _DONE.search(answer)]
    if steps > 1 or not answers or len(done) <= MOSTLY * len(answers):
        return ""
    counts = Counter(name for answer in done for name, pattern in _REASONS if pattern.search(answer))
    best = max(counts, key=lambda name: (counts[name], name), default="")
    return best if best and counts[best] > MOSTLY * len(done) else "account"


def kind_of(tickets: Sequence[Ticket], *, steps: int, facts: int, quoted: int) -> Kind:
    """Troubleshooting where most tickets tell of trouble, how-to where steps are agreed, faq for the rest.

    A ticket that tells of trouble and asks how counts half. It is trouble, too, where a quarter of the tickets quote
    the same message; `quoted` is how many do.
    """
    told = [t.question for t in tickets if _TROUBLE.search(t.question)]
    trouble = sum(0.5 if _HOW.search(question) else 1.0 for question in told)
    if 2 * trouble > len(tickets) or (quoted and 4 * quoted >= len(tickets)):
        return Kind.TROUBLESHOOTING
    yes_no = sum(bool(_YES_NO.search(ticket.question)) for ticket in tickets)
    how = sum(bool(_HOW.search(ticket.question)) for ticket in tickets)
    if steps and not (facts and steps < 2 and yes_no > how):
        return Kind.HOW_TO
    return Kind.FAQ


def is_trouble(sentence: str) -> bool:
    """Whether a customer's sentence tells what goes wrong, and is no question."""
    return _TROUBLE.search(sentence) is not None and not asks(sentence)
