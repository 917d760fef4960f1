"""Patterns: how personal data looks in a text, by its kind. Needs nothing that has to be installed."""

# ruff: noqa: E501 (a pattern that is cut in two is harder to read)

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

from kbgen.tickets.addresses import ADDRESSES as ADDRESSES  # noqa: PLC0414 (exported)

_ISSUED_KEY = r"(?:sk|pk|rk|ghp|gho|ghs|github_pat|glpat|xox[abprs]|AKIA|ASIA|AIza|npm|pypi|hf|kb|key|tok|token)"
_BEFORE_A_KEY = (
    r"(?i:(?<![a-z])(?:pass(?:word|wd|phrase|wort|code)?|pwd?|pin(?:[ -]code)?|kennwort|zugangsdaten|mot de passe|mdp|"
    r"contraseña|clave(?: de acceso)?|parola d['’]ordine|secret(?:[ _-]?key)?|(?:api|private)[ _-]?key|api-schlüssel|"
    r"(?:access|auth)?[ _-]?token))"
    r"[\"']?"
)
_IS = r"(?i:is|was|ist|war|lautet|est|es|è|era|=)"
_NUMBERED = (
    r"(?:orders?|invoices?|accounts?|acct|customers?|contracts?|tickets?|cases?|references?|ref|licen[cs]es?|bookings?|"
    r"member(?:ship)?|policy|parcel|tracking|shipment|serial|transaction|"
    r"(?:bestell|rechnungs?|kunden|vertrags?|auftrags?|buchungs?|sendungs?|mitglieds?|konto|vorgangs?|serien|"
    r"transaktions?)-?(?:nummer|nr)?|bestellung|rechnung|auftrag|vertrag|buchung|sendung|vorgang|aktenzeichen|"
    r"commandes?|factures?|clients?|contrat|dossier|colis|réservation|abonnement|référence|réf|compte|"
    r"pedidos?|facturas?|clientes?|contrato|reserva|referencia|envío|cuenta|expediente|socio|"
    r"ordin[ei]|fattur[ae]|client[ei]|contratto|prenotazione|riferimento|spedizione|pratica|conto|tessera)"
)
_MONTH = (
    r"(?:jan|feb|mar|mär|apr|avr|abr|may|mai|mag|jun|juin|giu|jul|juil|lug|aug|aoû|ago|sep|set|oct|okt|ott|nov|dec|dez|"
    r"déc|dic|gen|ene|fév|fev|fév)[a-zäéûüç]*\.?"
)
_DATE = (
    r"(?i:\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{8}|"
    rf"\d{{1,2}}(?:st|nd|rd|th|\.|er|º|°)?\s(?:of |de |di )?{_MONTH},?\s(?:de |del )?\d{{2,4}}|"
    rf"{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}})"
)
_BORN = (
    r"(?i:\b(?:born|birth(?:day|date)?|d\.?o\.?b|geb(?:oren|urtsdatum|urtstag|\.)?|naissance|née?|nacimiento|nací|"
    r"nacid[oa]|cumpleaños|nascita|nat[oa]|compleanno)\b)"
)
_PLATE = (
    r"(?i:\b(?:(?:number|licen[cs]e|registration) ?plates?|(?:car|vehicle|van) (?:reg(?:istration)?|is registered as)|"
    r"reg(?:istration)? (?:no|number)|registered as|kfz-kennzeichen|kennzeichen|nummernschild|plaque(?: d['’]immatriculation)?|"
    r"immatricul(?:ation|ée?)|matrícula|targa|targat[oa])\b)"
)
_BETWEEN_PLATE = r"(?i:[ :]|\b(?:is|ist|est|es|è|lautet|no|nr|number)\b){1,8}"

LINKS = (
    ("link", r"(?i:\b(?:https?|ftps?|sftp|ssh)://[^\s<>\"')\]]+|\bwww\.[^\s<>\"')\]]+)"),
    (
        "link",
        r"(?<![\w@/.-])(?:[\w-]{1,40}\.){1,4}(?:com|net|org|io|app|dev|de|fr|es|it|uk|eu|ch|at)/[^\s<>\"')\]]{3,}",
    ),
)
EMAILS = (
    ("email", r"(?<![\w.+%'’-])[\w.+%'’-]{1,80}\s?@\s?[\w-]{1,80}(?:\.[\w-]{1,80})+"),
    (
        "email",
        r"(?<![\w.+%'’-])[\w.+%-]{1,80}\s?[(\[{]\s?(?:at|AT|ät|@)\s?[)\]}]\s?[\w-]{1,80}(?:\s?(?:\.|[(\[{]\s?(?:dot|DOT|punkt|\.)\s?[)\]}])\s?[\w-]{1,80})+",
    ),
)
KEYS = (
    ("key", r"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,30}-----|\Z)"),
    ("key", r"\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?"),
    ("key", rf"\b{_ISSUED_KEY}[_-]?(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{{12,}}\b"),
    ("key", rf"{_BEFORE_A_KEY}\s*{_IS}?\s*[:=]\s*[\"'`]?(?P<secret>[^\s\"'`,;]{{4,}})"),
    ("key", rf"{_BEFORE_A_KEY}\s+{_IS}\s+[\"'`]?(?P<secret>(?=\S*[\d!$%&#_])[^\s\"'`,;]{{4,}})"),
    ("key", rf"{_BEFORE_A_KEY}\s+[\"'`]?(?P<secret>(?=\S*\d)(?=\S*[A-Za-z])(?=\S*[!$%&#_*?])[^\s\"'`,;.]{{5,}})"),
    ("key", r"(?i:\bbearer\s+)(?P<secret>[\w.~+/-]{8,})"),
)
BIRTHDAYS = (
    ("birthday", rf"{_BORN}[^\d\n]{{0,25}}?(?<!\d)(?P<secret>{_DATE})(?!\d)"),
    ("birthday", rf"(?<!\d)(?P<secret>{_DATE})(?!\d)[^\d\n.]{{0,15}}\bgeboren\b"),
)
MACHINES = (
    ("mac", r"(?i:(?<![\w:-])(?:(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4})(?![\w:-]))"),
)
PLACES = (
    (
        "place",
        r"(?<![\w.,])[-+]?\d{1,2}[.,]\d{4,}\s?°?\s?[NS]?\s?[,;/ ]\s?[-+]?\d{1,3}[.,]\d{4,}(?:\s?°)?(?:\s?[EWO]\b)?",
    ),
    (
        "place",
        r"\d{1,2}\s?°\s?\d{1,2}\s?['′’]\s?(?:\d{1,2}(?:[.,]\d+)?\s?(?:[\"″”]|''))?\s?[NS][, ]+\d{1,3}\s?°\s?\d{1,2}\s?['′’]\s?(?:\d{1,2}(?:[.,]\d+)?\s?(?:[\"″”]|''))?\s?[EWO]\b",
    ),
)
PLATES = (
    (
        "plate",
        rf"{_PLATE}{_BETWEEN_PLATE}(?P<secret>(?=[A-ZÄÖÜ0-9 -]*\d)[A-ZÄÖÜ0-9]{{1,7}}(?:[ -][A-ZÄÖÜ0-9]{{1,7}}){{0,3}})(?![a-z])",
    ),
)
NUMBERS = (
    (
        "number",
        (
            r"(?<![\w.-])(?!(?:ERR|ERROR|HTTP|HTTPS|CVE|ISO|UTF|KB|RFC|DIN|EN|IEC|SHA|RTX|GTX|CODE|STOP|AES|RSA|TLS|SSL|WIN|EVENT)-?\d)"
            r"#?(?:[A-Z]{2,5}-\d{4,}(?:-\d+)*|[A-Z]{2,4}\d{6,}|[A-Z]{2,5}-\d{4}-\d{3,})\b"
        ),
    ),
    ("number", r"(?<![\w#&])#\d{4,}\b"),
)

PATTERNS = (*LINKS, *EMAILS, *KEYS, *BIRTHDAYS, *MACHINES, *PLACES, *PLATES, *ADDRESSES, *NUMBERS)
"""Kinds and how they look, tried in this order; where only a part is personal, the pattern calls it `secret`."""

COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)

IP = re.compile(r"(?<![\w:.])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?!\w|\.\d)")
"""What may be the address of a machine; `is_ip` tells."""

_OF = r"n[°º.]?|nº|num(?:éro|ero|\.)?|número|codice|code|código"
_BETWEEN = (
    rf"[ \u00a0.:#,&()°º-]|\b(?:numbers?|nummer|no|nr|id|ids|is|was|are|and|und|ist|sind|lautet|est|et|es|y|è|e|de|du|di|d['’]|"
    rf"client|cliente|{_OF})(?![^\W\d_])"
)
_AFTER_A_NUMBERED_WORD = re.compile(rf"(?i:\b{_NUMBERED}\b(?:{_BETWEEN}|[A-Z0-9/-]*\d[A-Z0-9/-]*)+)")
_NUMBER = re.compile(r"(?i:(?<![A-Z0-9/.,-])(?=(?:[A-Z/-]*\d){3})[A-Z0-9/-]{4,}(?![.,]\d))")


def is_ip(text: str) -> bool:
    """Whether it is an address of some machine, not of this one."""
    parts = text.split(".")
    plain = ".".join(str(int(part)) for part in parts) if len(parts) == 4 else text
    try:
        address = ipaddress.ip_address(plain)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified)


def numbers_marked(text: str, mark: Callable[[re.Match[str]], str]) -> str:
    """The text with the numbers of orders, accounts and the like replaced, where a word before them says so."""
    return _AFTER_A_NUMBERED_WORD.sub(lambda match: _NUMBER.sub(mark, match[0]), text)


def numbers_in(text: str) -> list[tuple[int, int]]:
    """Where the numbers of orders, accounts and the like stand, if a word before them says so."""
    found = _AFTER_A_NUMBERED_WORD.finditer(text)
    return [(n.start(), n.end()) for match in found for n in _NUMBER.finditer(text, match.start(), match.end())]
