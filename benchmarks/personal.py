"""Invented personal data in five languages: values with valid check digits, from a seeded generator."""

# ruff: noqa: E501 (lists read best whole)

from __future__ import annotations

import string
from collections.abc import Callable
from random import Random

import phonenumbers
from stdnum import iban, luhn
from stdnum.de import idnr
from stdnum.de import vat as de_vat
from stdnum.es import dni, nie, nif
from stdnum.fr import nir, tva
from stdnum.gb import nhs
from stdnum.gb import vat as gb_vat
from stdnum.it import codicefiscale, iva
from stdnum.us import ssn

LANGUAGES = ("en", "de", "fr", "es", "it")
GIVEN = {
    "en": "Oliver Amelia Harry Isla Noah Freya Liam Poppy Tariq Shanice Deirdre Callum Siobhan Kwame Priya".split(),
    "de": "Jürgen Annika Detlef Heike Sören Wiebke Torsten Ayşe Käthe Björn Ulrike Mehmet Silke Holger Gudrun".split(),
    "fr": "Benoît Océane Thierry Mireille Jean-Luc Aurélie Yanis Chloé Gaëlle Mathieu Solène Karim Élodie".split(),
    "es": "Íñigo Rocío Javier Lucía Ramón Begoña Xavier Nuria Andrés Marisol Gonzalo Itziar Pilar Joaquín".split(),
    "it": "Giuseppe Chiara Niccolò Fiorella Matteo Ludovica Salvatore Ilaria Ettore Donatella Raffaele Noemi".split(),
}
FAMILY = {
    "en": "Hargreaves Okonkwo O'Donnell Patel Whitcombe McAllister Featherstone Nguyen Blackwood Singh".split(),
    "de": "Müller-Lüdenscheidt Krüger Özdemir Weißenborn Schäfer Brandstetter Kowalski Niemeyer Grünwald".split(),
    "fr": "Lefèvre Deschamps Benali Beaumont N'Diaye Charpentier Girard-Petit Rousselot Marchand".split(),
    "es": "Echeverría Muñoz Castellanos Ibáñez Zubizarreta Quintero Fernández Peñalver Carrasco".split(),
    "it": "D'Angelo Esposito Colombo Bevilacqua Santoro Pellegrini Guidi Ferrari Montanari Lombardi".split(),
}
REGION = {"en": ("GB", "US"), "de": ("DE", "AT", "CH"), "fr": ("FR",), "es": ("ES",), "it": ("IT",)}
_TOWN = {
    "en": ("Leeds", "Bristol", "Norwich"),
    "de": ("Köln", "Bremen", "Halle"),
    "fr": ("Lyon", "Nîmes", "Tours"),
    "es": ("Málaga", "Vigo", "León"),
    "it": ("Torino", "Forlì", "Lecce"),
}
_KEYS: tuple[tuple[str, int], ...] = (
    ("sk_live_", 24),
    ("AKIA", 16),
    ("ghp_", 36),
    ("glpat-", 20),
    ("xoxb-2345678901-2345678901-", 24),
    ("SG.aBcD3fGhIjKlMnOpQrStUv.", 43),
    ("AIza", 35),
    ("npm_", 36),
    ("", 40),
)


def digits(rng: Random, count: int) -> str:
    return "".join(rng.choice(string.digits) for _ in range(count))


def letters(rng: Random, count: int) -> str:
    return "".join(rng.choice(string.ascii_uppercase) for _ in range(count))


def until(make: Callable[[], str], valid: Callable[[str], object]) -> str:
    """The first made value that is valid."""
    while not valid(value := make()):
        pass
    return value


def name(rng: Random, lang: str) -> str:
    return f"{rng.choice(GIVEN[lang])} {rng.choice(FAMILY[lang])}"


def given(rng: Random, lang: str) -> str:
    return rng.choice(GIVEN[lang])


def email(rng: Random, lang: str) -> str:
    first, last = (part.lower().replace("'", "") for part in name(rng, lang).split())
    local = rng.choice((f"{first}.{last}", f"{first[0]}{last}", f"{last}+help", f"{first}_{rng.randint(1, 99)}"))
    return f"{local}@{rng.choice(('mail.example', 'firma.example.com', 'posta.example.org', 'web-shop.example'))}"


def phone(rng: Random, lang: str) -> str:
    region = rng.choice(REGION[lang])
    pattern = phonenumbers.example_number_for_type(
        region, rng.choice((phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE))
    )
    base = str(pattern.national_number)

    def made() -> str:
        return base[:4] + digits(rng, len(base) - 4)

    def parsed(value: str) -> phonenumbers.PhoneNumber:
        return (
            phonenumbers.parse(value, region)
            if region != "IT" or value[0] == "3"
            else phonenumbers.parse(f"+39{'0' if not value.startswith('0') else ''}{value}")
        )

    value = parsed(until(made, lambda text: phonenumbers.is_valid_number(parsed(text))))
    style = rng.choice(
        (
            phonenumbers.PhoneNumberFormat.INTERNATIONAL,
            phonenumbers.PhoneNumberFormat.NATIONAL,
            phonenumbers.PhoneNumberFormat.E164,
        )
    )
    return phonenumbers.format_number(value, style)


def card(rng: Random, _: str) -> str:
    prefix, length = rng.choice((("4", 16), ("52", 16), ("2221", 16), ("37", 15), ("6011", 16)))
    body = prefix + digits(rng, length - len(prefix) - 1)
    number = body + luhn.calc_check_digit(body)
    groups = (4, 6, 5) if length == 15 else (4, 4, 4, 4)
    return grouped(number, groups, rng.choice((" ", "-", "")))


def grouped(text: str, sizes: tuple[int, ...], between: str) -> str:
    parts, start = [], 0
    for size in sizes:
        parts.append(text[start : start + size])
        start += size
    return between.join(part for part in [*parts, text[start:]] if part)


def bank(rng: Random, lang: str) -> str:
    country = {
        "en": "GB",
        "de": rng.choice(("DE", "AT", "CH")),
        "fr": rng.choice(("FR", "BE")),
        "es": "ES",
        "it": "IT",
    }[lang]
    body = {
        "GB": lambda: letters(rng, 4) + digits(rng, 14),
        "DE": lambda: digits(rng, 18),
        "AT": lambda: digits(rng, 16),
        "CH": lambda: digits(rng, 17),
        "FR": lambda: digits(rng, 23),
        "BE": lambda: digits(rng, 12),
        "ES": lambda: digits(rng, 20),
        "IT": lambda: letters(rng, 1) + digits(rng, 22),
    }[country]()
    number = country + iban.calc_check_digits(f"{country}00{body}") + body
    return number if rng.random() < 0.4 else grouped(number, (4,) * 8, " ")


def identity(rng: Random, lang: str) -> str:
    """A tax, social insurance or identity number with its check digits."""
    makers: dict[str, tuple[tuple[Callable[[], str], Callable[[str], object]], ...]] = {
        "en": (
            (lambda: f"GB{digits(rng, 9)}", gb_vat.is_valid),
            (lambda: grouped(digits(rng, 10), (3, 3, 4), " "), nhs.is_valid),
            (lambda: grouped(digits(rng, 9), (3, 2, 4), "-"), ssn.is_valid),
        ),
        "de": (
            (lambda: f"DE{digits(rng, 9)}", de_vat.is_valid),
            (lambda: grouped(digits(rng, 11), (2, 3, 3, 3), " "), idnr.is_valid),
        ),
        "fr": (
            (lambda: f"FR{digits(rng, 11)}", tva.is_valid),
            (lambda: f"{rng.choice('12')} {digits(rng, 2)} {rng.randint(1, 12):02} 75 {digits(rng, 3)} "
             f"{digits(rng, 3)} {digits(rng, 2)}", nir.is_valid),
        ),
        "es": (
            (lambda: f"{digits(rng, 8)}{letters(rng, 1)}", dni.is_valid),
            (lambda: f"{rng.choice('XYZ')}{digits(rng, 7)}{letters(rng, 1)}", nie.is_valid),
            (lambda: f"ESB{digits(rng, 8)}", nif.is_valid),
        ),
        "it": (
            (lambda: f"IT{digits(rng, 11)}", iva.is_valid),
            (lambda: f"{letters(rng, 6)}{rng.randint(40, 99)}{rng.choice('ABCDEHLMPRST')}{rng.randint(1, 28):02}H501"
             f"{letters(rng, 1)}", codicefiscale.is_valid),
        ),
    }  # fmt: skip
    make, valid = rng.choice(makers[lang])
    return until(make, valid)


def key(rng: Random, _: str) -> str:
    prefix, length = rng.choice(_KEYS)
    alphabet = string.ascii_uppercase + string.digits if prefix == "AKIA" else string.ascii_letters + string.digits
    body = "".join(rng.choice(alphabet) for _ in range(length - 2))
    return f"{prefix}{body[:5]}7{body[5:]}A"


def password(rng: Random, _: str) -> str:
    return rng.choice(("Sommer", "tiger", "Qu1x", "blau")) + rng.choice("!$_#") + digits(rng, rng.randint(2, 4))


def link(rng: Random, lang: str) -> str:
    token = "".join(rng.choice(string.ascii_letters + string.digits) for _ in range(18))
    person = given(rng, lang).lower()
    return rng.choice(
        (
            f"https://app.example.com/reset?token={token}",
            f"https://{person}:{token[:8]}@files.example.org/x.zip",
            f"https://login.example.com/magic/{token}",
            f"http://shop.example.net/invoices/9.pdf?sig={token}&exp=17",
            f"www.example.com/u/{person}",
        )
    )


def number(rng: Random, _: str) -> str:
    return rng.choice(
        (
            digits(rng, 6),
            f"{letters(rng, 2)}-{digits(rng, 6)}",
            f"#{digits(rng, 5)}",
            f"{letters(rng, 3)}{digits(rng, 7)}",
        )
    )


def birthday(rng: Random, lang: str) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1940, 2008)
    if lang == "de":
        return f"{day:02}.{month:02}.{year}"
    return rng.choice((f"{day:02}/{month:02}/{year}", f"{year}-{month:02}-{day:02}"))


def ip(rng: Random, _: str) -> str:
    four = f"{rng.choice((81, 203, 91, 178))}.{rng.randint(0, 255)}.{rng.randint(0, 255)}.{rng.randint(1, 254)}"
    six = ":".join(["2001", "db8", *(f"{rng.randint(1, 65535):x}" for _ in range(6))])
    return rng.choice((four, four, six, f"2a02:8109::{rng.randint(4096, 65535):x}"))


def mac(rng: Random, _: str) -> str:
    between = rng.choice(":-")
    text = between.join(f"{rng.randint(0, 255):02x}" for _ in range(6))
    return rng.choice((text, text.upper()))


def place(rng: Random, _: str) -> str:
    return f"{rng.uniform(36, 59):.5f}, {rng.uniform(-9, 18):.5f}"


def plate(rng: Random, lang: str) -> str:
    return {
        "en": f"{letters(rng, 2)}{rng.randint(51, 74)} {letters(rng, 3)}",
        "de": f"{rng.choice(('B', 'HH', 'KÖ'))}-{letters(rng, 2)} {rng.randint(10, 9999)}",
        "fr": f"{letters(rng, 2)}-{rng.randint(100, 999)}-{letters(rng, 2)}",
        "es": f"{rng.randint(1000, 9999)} {rng.choice(('BCD', 'KLM', 'FGH'))}",
        "it": f"{letters(rng, 2)}{rng.randint(100, 999)}{letters(rng, 2)}",
    }[lang]


def address(rng: Random, lang: str) -> str:
    house, town, family = rng.randint(1, 180), rng.choice(_TOWN[lang]), rng.choice(("Linden", "Rosen", "Garten"))
    return {
        "en": lambda: f"{house} {rng.choice(('Harbour', 'Station', 'Mill', 'Queen Anne'))} "
        f"{rng.choice(('Street', 'Road', 'Lane', 'Close', 'Avenue'))}, {town} {letters(rng, 1)}S{rng.randint(1, 9)} "
        f"{rng.randint(1, 9)}{rng.choice(('AB', 'QX', 'TZ'))}",
        "de": lambda: f"{family}{rng.choice(('straße', 'weg', 'allee', 'gasse'))} {house}, {digits(rng, 5)} {town}",
        "fr": lambda: f"{house} {rng.choice(('rue', 'avenue', 'boulevard'))} {rng.choice(('Victor Hugo', 'de la Gare', 'des Lilas', 'Pasteur'))}, {digits(rng, 5)} {town}",
        "es": lambda: f"{rng.choice(('Calle', 'C/', 'Avenida', 'Plaza'))} {rng.choice(('Mayor', 'de Alcalá', 'San Juan', 'del Sol'))} {house}, {digits(rng, 5)} {town}",
        "it": lambda: f"{rng.choice(('Via', 'Viale', 'Corso', 'Piazza'))} {rng.choice(('Garibaldi', 'Roma', 'Giuseppe Verdi', 'dei Mille'))} {house}, {digits(rng, 5)} {town}",
    }[lang]()  # fmt: skip


VALUES: dict[str, Callable[[Random, str], str]] = {
    "address": address,
    "birthday": birthday,
    "card": card,
    "email": email,
    "given": given,
    "iban": bank,
    "id": identity,
    "ip": ip,
    "key": key,
    "link": link,
    "mac": mac,
    "name": name,
    "number": number,
    "password": password,
    "phone": phone,
    "place": place,
    "plate": plate,
    "free": name,
}
"""What can stand in braces in a sentence: its maker. `free` is a name that nothing announces."""
