"""Identities: numbers with check digits that name a person, an account or a card, checked by python-stdnum."""

# ruff: noqa: E501 (a pattern that is cut in two is harder to read)

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module

from stdnum import iban, luhn

Span = tuple[int, int]
_DIGIT_RUN = re.compile(r"(?<!\d)\d(?:[ ._/–-]{0,3}\d){12,40}(?!\d)")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\s?\d{2}(?:[ .-]?[A-Za-z0-9]){11,31}")
_BETWEEN = re.compile(r"[^A-Za-z0-9]+")

_FORMS: tuple[tuple[str, str], ...] = (
    (
        "eu.vat",
        r"(?:ATU|AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK)[ .-]?[A-Z0-9](?:[ .-]?[A-Z0-9]){7,13}",
    ),
    ("gb.vat", r"GB[ -]?\d{3}[ -]?\d{4}[ -]?\d{2}(?:[ -]?\d{3})?"),
    (
        "it.codicefiscale",
        r"(?i:[A-Z]{3}[ -]?[A-Z]{3}[ -]?[0-9A-Z]{2}[A-EHLMPRST][0-9A-Z]{2}[ -]?[A-Z][0-9A-Z]{3}[A-Z])",
    ),
    ("fr.nir", r"[1-478][ .]?\d\d[ .]?\d\d[ .]?(?:\d\d|2[AB])[ .]?\d{3}[ .]?\d{3}[ .-]?\d\d"),
    ("es.nif", r"(?i:[XYZKLM]?[ -]?\d{1,2}\.?\d{3}\.?\d{3}[ -]?[A-Z])"),
    ("us.ssn", r"\d{3}-\d{2}-\d{4}"),
    ("de.idnr", r"\d{2}[ /]\d{3}[ /]\d{3}[ /]\d{3}"),
    ("ch.ssn", r"756\.\d{4}\.\d{4}\.\d{2}"),
)
"""Modules of python-stdnum, and how what they check is written."""
_CHECKED = tuple((module, re.compile(rf"(?<![\w-]){form}(?![\w-])")) for module, form in _FORMS)
_NINO = re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
_CUED = re.compile(
    r"(?i:\b(?:vat|tax|tin|ein|ssn|social security|national insurance|nino|nhs|passport|id card|driving licen[cs]e|driver['’]?s licen[cs]e|"
    r"ust-?id(?:nr)?|umsatzsteuer|steuer\w*|steuer-?id|sozialversicherung\w*|personalausweis\w*|ausweis\w*|reisepass\w*|führerschein\w*|"
    r"rentenversicherung\w*|tva|sécu(?:rité sociale)?|siret|siren|passeport|carte d['’]identité|permis de conduire|"
    r"dni|nie|nif|cif|fiscal|seguridad social|pasaporte|p\. ?iva|partita iva|codice fiscale|passaporto|carta d['’]identità|patente)\b"
    r"[^\d\n]{0,40}?)(?P<secret>(?<![\w.,])[A-Z]{0,4}[ -]?\d[A-Z0-9]*(?:[ ./-]?(?=[A-Z]{0,3}\d)[A-Z0-9]+)*[A-Z]?)"
)


def ibans_in(text: str) -> Iterator[Span]:
    """Numbers of bank accounts."""
    return _longest_in(_IBAN, text, _is_iban, 15)


def cards_in(text: str) -> Iterator[Span]:
    """Numbers of payment cards."""
    return _longest_in(_DIGIT_RUN, text, _is_card, 13)


def identities_in(text: str) -> Iterator[Span]:
    """Numbers for taxes, insurance and of papers: by their check digits, or behind a word that announces them."""
    for module, form in _CHECKED:
        for match in form.finditer(text):
            if _valid(module)(match[0].upper()) and sum(c.isdigit() for c in match[0]) >= 5:
                yield match.span()
    yield from (match.span() for match in _NINO.finditer(text))
    for match in _CUED.finditer(text):
        if sum(letter.isdigit() for letter in match["secret"]) >= 6:
            yield match.span("secret")


@cache
def _valid(module: str) -> Callable[[str], bool]:
    return import_module(f"stdnum.{module}").is_valid  # type: ignore[no-any-return]


def _longest_in(form: re.Pattern[str], text: str, valid: Callable[[str], bool], shortest: int) -> Iterator[Span]:
    """The longest valid number in each place that has the form; what stands around it stays."""
    for match in form.finditer(text):
        places = [place for place in range(*match.span()) if text[place].isalnum()]
        spans = (
            (places[first], places[first + length - 1] + 1)
            for length in range(min(len(places), 34), shortest - 1, -1)
            for first in range(len(places) - length + 1)
        )
        whole = (span for span in spans if _is_whole(text, *span))
        found = next((span for span in whole if valid(_BETWEEN.sub("", text[slice(*span)]))), None)
        if found:
            yield found


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a span neither begins nor ends inside a group of letters or digits."""
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def _is_iban(text: str) -> bool:
    return text[:2].isalpha() and text[2:4].isdigit() and bool(iban.is_valid(text.upper(), check_country=False))


def _is_card(text: str) -> bool:
    return 13 <= len(text) <= 19 and text[0] in "23456" and bool(luhn.is_valid(text))
