"""Phones: numbers of telephones, told from other digits by a country code, a word before them, or their plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

REGIONS = ("US", "GB", "DE", "FR", "ES", "IT", "AT", "CH")
"""Countries whose local phone numbers are recognised; numbers with a country code always are."""

_CANDIDATE = re.compile(r"(?<![\w/.,+:-])(?:tel:)?\+?\(?\+?\d(?:[ ()./–-]{0,3}\d){5,16}(?!\w|[.,:]\d)")
_CUE = re.compile(
    r"(?i:\b(?:(?:tele)?phone|tele?f?(?:on)?|call(?:\sme)?|mobile?|cell|fax|whats\s?app|sms|text|ring|reach|"
    r"anruf\w*|rufnummer|handy\w*|telefonnummer|erreich\w+|rückruf|"
    r"téléphone|tél|portable|joindre|joignable|appel\w*|numéro|"
    r"teléfono|móvil|llam\w+|número|telefono|cellulare|chiam\w+|numero)\b[^\d\n]{0,40})\Z"
)
_NUMBERED = re.compile(
    r"(?i:\b(?:order|invoice|customer|account|bestell\w*|rechnung\w*|kunden\w*|commande|facture|client|pedido|factura|cliente|ordine|d['’]ordine|fattura|ticket|version)\b[^\d\n]{0,20})\Z"
)
FEWEST, MOST = 7, 15
"""Digits of a phone number (ITU-T E.164 for the most)."""


def phones_in(text: str) -> Iterator[tuple[int, int]]:
    """Where numbers of telephones stand in a text."""
    for match in _CANDIDATE.finditer(text):
        start, end = match.span()
        before = text[max(0, start - 50) : start]
        if _is_phone(match[0].removeprefix("tel:"), before):
            yield start, end


def _is_phone(number: str, before: str) -> bool:
    digits = "".join(letter for letter in number if letter.isdigit())
    if number.lstrip("(").startswith("+"):
        return len(digits) >= FEWEST
    if not FEWEST - 1 <= len(digits) <= MOST + 2 or _NUMBERED.search(before):
        return False
    if _CUE.search(before):
        return True
    if digits.startswith("00"):
        return len(digits) >= 10
    if len(digits) < FEWEST or (number.isdigit() and digits[0] != "0"):
        return False
    return (digits[0] == "0" and len(digits) >= 8) or (len(digits) >= 9 and _is_in_a_plan(digits))


def _is_in_a_plan(digits: str) -> bool:
    """Whether some country gives out such numbers."""
    for region in REGIONS:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(digits, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False
