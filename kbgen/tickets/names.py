"""Names: the words of people's names that a conversation gives away."""

# ruff: noqa: E501 (a pattern that is cut in two is harder to read)

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from kbgen.tickets.given import GIVEN
from kbgen.tickets.greetings import BYE, HELLO, TITLE

NAME = r"[^\W\d_a-zß-ÿ](?:[^\W\d_]|['’](?=[^\W\d_]))+(?:-[^\W\d_](?:[^\W\d_]|['’](?=[^\W\d_]))+)?"
"""One word of a name that begins with a capital, in any script, for use in patterns."""

_PARTICLE = r"(?:van|von|de|da|del|della|di|der|den|dos|du|la|le|bin|al|el|ter|zu)"
_FULL_NAME = rf"(?:{_PARTICLE}[ \t]+)*{NAME}(?:[ \t]+(?:[A-Z]\.[ \t]+)?(?:{_PARTICLE}[ \t]+)*{NAME}){{0,2}}"
_TWO = rf"{NAME}(?:[ \t]+{_PARTICLE})*[ \t]+{NAME}"
_AND = r"(?:,|&|\band\b|\bund\b|\bet\b|\by\b|\be\b)"
_NAMED = rf"(?P<name>{_FULL_NAME})"
_SEVERAL = rf"(?P<name>{_FULL_NAME}(?:[ \t]*{_AND}[ \t]*{_FULL_NAME})*)"
_LINE = r"(?:^|\n)\W*"
_IS_CALLED = (
    r"(?i:\b(?:my name is|my name['’]s|name:|i am called|mein name ist|ich hei(?:ß|ss)e|je m['’]\s?appelle|mon nom est|"
    r"me llamo|mi nombre es|mi chiamo|il mio nome (?:è|e['’])|nom ?:|nombre:|nome:))\s+"
)
_I_AM = (
    r"\b(?:[Tt]his is|[Hh]ier ist|[Hh]ier schreibt|[Ii]ci|[Aa]quí|[Qq]ui è|[Ii] am|[Ii]['’]m|[Ii]ch bin(?: der| die)?|"
    r"[Jj]e suis|[Ss]oy|[Ss]ono)\s+"
)
_ENDS = r"(?=[ \t.!]*(?:\n|\Z))"
_CALLED_WORDS = ("my name", "name:", "called", "name ist", "heiße", "heisse", "appelle", "nom", "llamo", "chiamo")
_I_AM_WORDS = ("this is", "hier ", "ici", "aquí", "qui è", "i am", "i'm", "i’m", "ich bin", "je suis", "soy", "sono")
_TITLE_WORDS = (
    "mr", "ms", "miss", "mx", "dr", "herr", "hr", "fr", "prof", "mme", "mlle", "monsieur", "madam", "mademoiselle", "docteur",
    "sr", "señor", "don", "doña", "sig", "dott", "ing", "avv",
)  # fmt: skip
_BYE_WORDS = (
    "thank", "thx", "regards", "wishes", "cheers", "greetings", "sincerely", "best", "yours", "respectful", "take care",
    "gruß", "grüß", "gruss", "grüss", "gruess", "grueß", "dank", "mfg", "lg", "vg", "hochacht", "cordial", "bien à", "salutations", "amicalement",
    "bonne", "merci", "bientôt", "salud", "atentamente", "gracias", "abrazo", "espera", "salut", "grazie", "presto",
)  # fmt: skip
"""Words of which a text must hold one, so that the pattern is worth a look."""
_CUES = tuple(
    (needs, re.compile(pattern))
    for needs, pattern in (
        (_CALLED_WORDS, _IS_CALLED + _NAMED),
        (
            _CALLED_WORDS,
            _IS_CALLED
            + r"(?P<name>[^\W\d_]{2,}(?: [^\W\d_]{2,})?)(?=[ \t]*(?:[,.!;\n]|\Z|\b(?:and|und|et|y|e|from|aus|de)\b))",
        ),
        (
            ("this is", "hier "),
            r"\b(?:[Tt]his is|[Hh]ier ist|[Hh]ier schreibt)\s+" + _NAMED + r"(?![ \t]+(?:[Ee]rror|is|was|Button))",
        ),
        (_I_AM_WORDS, _I_AM + rf"(?P<name>{_TWO})"),
        (_TITLE_WORDS, rf"(?<![\w.]){TITLE}\b\.?[ \t]+(?:(?:Dr|Prof|Ing|dott)\.?[ \t]+)*" + _NAMED),
        (("m.",), r"(?<![\w.])M\.[ \t]+" + _NAMED),
        ((), _LINE + HELLO + r"[ \t]*,?[ \t]+" + _SEVERAL),
        ((), _LINE + HELLO + r"[ \t]*,?[ \t]+(?P<name>[^\W\d_]{3,})(?=[ \t]*[,!:\n])"),
        (_BYE_WORDS, BYE + r"[ \t]*[,!.–-][ \t]*" + _NAMED + _ENDS),
        (_BYE_WORDS, BYE + r"[ \t]*[,!.–-]?[ \t]*\n\s*" + _NAMED + _ENDS),
        (_BYE_WORDS, BYE + r"[ \t]*[,!.–-]?[ \t]*\n\s*(?P<name>[^\W\d_]{3,}(?: [^\W\d_]{3,})?)" + r"[ \t.!]*\Z"),
        (_BYE_WORDS, BYE + r"[ \t]+" + _NAMED + _ENDS),
        (_BYE_WORDS, BYE + rf"[ \t]*,[ \t]*(?P<name>{NAME}[ \t]+{NAME})[ \t]*,"),
        (_BYE_WORDS, BYE + r"[ \t]*,[ \t]*(?P<name>[^\W\d_]{3,})" + _ENDS),
        (("@",), _NAMED + r"[ \t]*<[^<>\n]*@[^<>\n]*>"),
        (("here",), r"(?:^|\n|[.,!?] )(?:(?i:hi|hey|hello)[ ,]+)?" + _NAMED + r" here\b"),
        ((" from",), _LINE + r"(?:(?i:hi|hey|hello)[ ,]+)" + rf"(?P<name>{NAME})(?= from\b)"),
    )
)
_NEEDS = tuple(dict.fromkeys(needs for needs, _ in _CUES))
_PAIR = re.compile(rf"(?<!\w)(?P<given>{NAME})(?P<rest>(?:[ \t]+{_PARTICLE})*[ \t]+{NAME}(?:[ \t]+{NAME})?)")
_SIGNED = re.compile(rf"(?:^|\n)[-–—/~* ]*{_NAMED}[ \t]*(?:[,|(·].*)?(?=\n|\Z)")
WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*")
"""One word, whatever its first letter."""

_NOT_NAMES = frozenset(
    (
        "team support all everyone everybody there folks guys sir madam thanks thank regards best kind cheers help "
        "hello hi hey service sent damen herren grüße grüßen danke sales desk manager head senior lead office docs again "
        "writer customer success operations engineering product the this that greetings sincerely yours and und "
        "many warm ltd inc gmbh on from to subject just one is in advance so much you for your how what it we van von "
        "de da del der den di du la le bin al el ter pdf yes no not please sorry my our here he she they have can "
        "freundlichen viele beste besten liebe vielen dank herzlichen mit zusammen kundenservice kundendienst herr frau "
        "bonjour merci madame monsieur cordialement tous toutes équipe bien vous à messieurs mesdames service client "
        "hola gracias saludos todos todas equipo señor señora señores sr sra un saludo cordial atención al cliente "
        "ciao grazie tutti tutte saluti cordiali distinti staff gentile signor signora signori servizio clienti "
        "morning afternoon evening day good tag morgen abend guten gott buenos buenas días tardes noches día "
        "mr mrs ms dr prof wir ich sie ihr es ist das die ein eine je nous il elle est une les yo el los las una è lo "
        "error bei wie wo wann warum why when where who which does do did why are was i a an if since after before "
        "account admin user users login app application page website site button menu settings password version file "
        "windows google microsoft apple iphone android outlook chrome excel word"
    ).split()
)
_ROLES = frozenset(
    (
        "support service office hello contact sales admin webmaster team customer customers accounts account editor "
        "invoice invoices billing password info mail post help docs web site shop it hr press news email user users "
        "kontakt rechnung buchhaltung vertrieb kunde kunden noreply reply contacto ventas soporte facturas contatti "
        "vendite assistenza amministrazione comptabilité vente client clients accueil marketing orders order dev test"
    ).split()
)
_ALSO_WORDS = frozenset(
    (
        "mark will bill rose grace hope frank may june april august summer chase page grant drew rob pat sue art guy "
        "long short black white brown green young king price bell cook baker miller wood hill field best love rich "
        "klein gross lang kurz wolf koch bauer jung weiß schwarz stark petit grand blanc roy rey cruz luz sol paz mar "
        "reyes flores campos rosa bianca stella viola franco marco costa monte villa porta conti sala serra"
    ).split()
)
"""Names that in small letters are words like others."""


def names_in(texts: Iterable[str], tails: Iterable[str], requester: str, known: Iterable[str] = ()) -> frozenset[str]:
    """Words of people's names that the conversation gives away, in the spellings that may occur.

    By cues ("my name is …", "Dear …", "Mr …"), by a common given name before another capitalised word, by what stands
    below messages, by the requester's address, and by the names that the export itself gives.
    """
    texts, tails = list(texts), list(tails)
    spans = [span for text in (*texts, *tails) for span in _announced(text)]
    spans += [match["name"] for tail in tails for match in _SIGNED.finditer(tail)]
    cued = {word for span in spans for word in WORD.findall(span) if len(word) >= 2 and word.lower() not in _NOT_NAMES}
    own = _words_of_address(requester, " ".join([*texts, *tails])) if requester else set()
    given = {form for name in known for form in _spellings(name)}
    return frozenset({*cued, *(word.upper() for word in cued if len(word) > 3), *own, *given})


def _announced(text: str) -> Iterator[str]:
    low = text.lower()
    worth = {needs for needs in _NEEDS if not needs or any([word in low for word in needs])}  # noqa: C419 (twice as fast)
    for needs, cue in _CUES:
        if needs in worth:
            yield from (match["name"] for match in cue.finditer(text))
    for match in _PAIR.finditer(text):
        if match["given"].partition("-")[0].lower() in GIVEN and match["rest"].split()[-1].lower() not in _NOT_NAMES:
            yield match[0]


def _spellings(name: str) -> Iterator[str]:
    """The words of a name that the export gives, as written, with a capital, in capitals, without accents."""
    for word in WORD.findall(name.partition("@")[0] if "@" in name else name):
        if len(word) < 2 or word.lower() in _NOT_NAMES | _ROLES:
            continue
        for form in {word, _without_accents(word)}:
            yield from (form, form.upper(), form[0].upper() + form[1:])
            if len(form) > 3 and form.lower() not in _ALSO_WORDS:
                yield from (form.lower(), form.capitalize())


def _without_accents(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _words_of_address(requester: str, text: str) -> set[str]:
    """Parts of the requester's address, in every spelling, and words of the text that its parts are made of."""
    local = requester.partition("@")[0].lower()
    parts = {part for part in re.split(r"[^a-zß-ÿ]+", local) if len(part) >= 2} - _ROLES
    spelt = {form for part in parts if len(part) >= 3 for form in (part, part.capitalize(), part.upper())}
    spelt |= {part.capitalize() for part in parts if len(part) == 2}
    inside = {word for word in re.findall(NAME, text) if len(word) >= 4 and word.lower() in local}
    return spelt | {word for word in inside if word.lower() not in _ROLES | _NOT_NAMES}
