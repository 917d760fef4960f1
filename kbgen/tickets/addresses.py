"""Addresses: how streets, towns and post boxes are written in English, German, French, Spanish and Italian."""

# ruff: noqa: E501 (a pattern that is cut in two is harder to read)

from __future__ import annotations

_WORD = r"[A-ZÀ-ÖØ-Þ][\wÀ-ÿ'’-]*"
_TOWN = r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÿ'’-]+\b"
_POSTCODE = r"[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}"
_FIVE = rf"(?:,?\s+(?:[A-Z]{{1,2}}-)?\d{{4,5}}\s+{_WORD}(?:[ -]{_WORD})?)?"
_STREET = (
    r"(?:Street|Ct|Dr|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Square|Way|Close|Court|Terrace|Place|Boulevard|Blvd|Quay|Row|"
    r"Hill|Gardens|Crescent|Grove|Mews|Parkway|Walk)"
)
_STRASSE = r"(?:[Ss]tra(?:ß|ss)e|[Ss]tr\.?|weg|allee|platz|gasse|ring|ufer|damm|chaussee|steig)"
_RUE = (
    r"(?:[Rr]ue|[Aa]venue|[Aa]v\.|[Bb]oulevard|[Bb]d|[Pp]lace|[Aa]llées?|[Cc]hemin|[Ii]mpasse|[Qq]uai|[Rr]oute|"
    r"[Ss]quare|[Cc]ours|[Ff]aubourg)"
)
_CALLE = r"(?:[Cc]alle|C/|[Aa]venida|[Aa]vda\.?|[Pp]laza|[Pp]aseo|[Cc]amino|[Cc]arretera|[Rr]onda|[Tt]ravesía)"
_VIA = r"(?:[Vv]ia|[Vv]iale|[Cc]orso|[Pp]iazza|[Pp]iazzale|[Ll]argo|[Vv]icolo|[Ss]trada|[Ll]ungomare)"
_SMALL = r"(?:d(?:e|u|es|el|ei|i|ella|elle|egli|ell['’]|o|a)\s+(?:l[ao]s?\s+|l['’])?|l[ae]s?\s+|l['’]|d['’]|della\s+|delle\s+)"

ADDRESSES: tuple[tuple[str, str], ...] = (
    (
        "address",
        (
            rf"\b\d{{1,5}}[A-Za-z]?,? (?:[A-ZÀ-Þ0-9][\w'’-]* ){{1,3}}{_STREET}\b\.?(?:,? (?:Flat|Apt|Unit|Suite) \w+)?"
            rf"(?:, {_TOWN}(?: {_TOWN})?)?(?:,? {_POSTCODE}|,? [A-Z]{{2}},? \d{{5}}(?:-\d{{4}})?)?"
        ),
    ),
    ("address", r"\b\d{1,5}[a-z]? (?:[a-z'’]+ ){1,2}(?:street|road|avenue|lane|drive|boulevard)\b"),
    (
        "address",
        r"(?i:\bP\.? ?O\.? ?Box|\bPostfach|\bboîte postale|\bBP|\bapartado(?: de correos)?|\bcasella postale)\s+\d[\d ]*\d",
    ),
    (
        "address",
        (
            rf"\b(?:{_WORD} )?(?:[A-ZÄÖÜ][\wäöüß-]*)?{_STRASSE}\s+\d{{1,4}}(?:\s?[a-z]\b|\s?[-/]\s?\d{{1,4}})?\b"
            rf"{_FIVE}"
        ),
    ),
    (
        "address",
        rf"\b(?:[Aa]m|[Aa]n der|[Ii]m|[Zz]um|[Aa]uf dem|[Uu]nter den) {_WORD}\s+\d{{1,4}}[a-z]?,\s+\d{{5}}\s+{_WORD}",
    ),
    (
        "address",
        rf"\b\d{{1,4}}(?:\s?(?:bis|ter|[A-D]))?,?\s+{_RUE}\s+(?:{_SMALL})?{_WORD}(?:[ -](?:{_SMALL})?{_WORD}){{0,3}}{_FIVE}",
    ),
    (
        "address",
        (
            rf"(?<!\w)(?:{_CALLE}|{_VIA})\s+(?:{_SMALL})?{_WORD}(?:[ -](?:{_SMALL})?{_WORD}){{0,3}},?\s+"
            rf"(?:n[.º°]?\s?|núm\.?\s?)?\d{{1,4}}(?:\s?[a-z]\b|/[A-Za-z]\b|bis\b)?(?:,\s?\d{{1,2}}[º°ªo]?\s?[A-Z]?\b(?=,))?{_FIVE}"
        ),
    ),
    ("address", rf"\b{_POSTCODE}\b"),
)
"""Kind and pattern, as in `patterns`; each holds a digit."""
