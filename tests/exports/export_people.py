"""People: invented customers and agents, and the personal data that they leave in their mails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

FIRST = {
    "en": "Alice Ben Carol Derek Ellen Frank Grace Hugh Imogen Jack Karen Liam Moira Nadia Owen Petra Quentin Rosa "
    "Sanjay Tessa Umar Vera Winston Yasmin Zoe Aisha Bruno Chidi Dilys Emeka Fiona Gareth",
    "de": "Anke Bernd Claudia Dirk Elke Friedrich Gudrun Heiko Ines Jörg Katrin Lars Maren Nils Ottilie Ruth Sönke Ute",
    "fr": "Aurélie Benoît Camille Didier Élodie François Gaëlle Hervé Inès Julien Laure Mathieu",
}
LAST = {
    "en": "Abara Birtwhistle Cartledge Dunmore Eastgate Fernsby Grantley Holloway Ingleby Jessop Kettlewell Lockridge "
    "Marchbank Nettleton Okonjo Pemberley Quayle Ravensdale Silverlock Thackray Underhill Villiers Wetherby Yardley",
    "de": "Ahrendt Brückner Clasen Dornbusch Eickhoff Fliedner Gerstung Hünecke Jessen Kaltwasser Lindhorst Möllering "
    "Nordmann Overbeck Petersdorf Quandel Rüsing Stoltenhoff",
    "fr": "Aubertin Bellanger Chastagnol Delacourt Estienne Fontanel Guérinot Hautecloque Jacquemin Larrivée",
}
CITIES = {
    "en": "Ludlow Whitby Hebden Kelso Falmouth Galway Dunkeld Stroud",
    "de": "Lübeck Görlitz Bamberg Leer Weimar Xanten",
    "fr": "Dinan Annecy Arles Cahors Vannes",
}
CRAFTS = "Clay Loom Willow Anvil Chisel Copper Indigo Birch Thistle Harbour Mill Orchard".split()
KINDS = "Pottery Workshops|Studio|Craft School|Makers|Guild|Atelier".split("|")
COURSES = (
    "Throwing for Beginners|Raku Weekend|Spoon Carving|Basket in a Day|Indigo Dyeing|Silver Ring|Kids' Clay Club|"
    "Bookbinding Basics|Woodturning Evening|Weaving Week|Glaze Lab|Lino Print|Felt Slippers|Stained Glass"
).split("|")
CARDS = ("4242 4242 4242 4242", "5555555555554444", "4000-0566-5566-5556", "3782 822463 10005", "6011 1111 1111 1117")
"""The numbers that payment companies publish for tests."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who writes; nobody of that name is meant."""

    first: str
    last: str
    email: str

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"


AGENTS = tuple(
    Person(first=first, last=last, email=f"{first.lower()}@support.kilnroom.example")
    for first, last in (
        ("Priya", "Nandakumar"),
        ("Tomasz", "Wielgosz"),
        ("Maeve", "Corrigan"),
        ("Jonas", "Feldhaus"),
        ("Lucille", "Marchetti"),
        ("Dafydd", "Penhallow"),
    )
)


def person(lang: str, random: Random) -> Person:
    """A customer with a name of the language and an address at one of the domains kept for examples."""
    first, last = random.choice(FIRST[lang].split()), random.choice(LAST[lang].split())
    local = random.choice(("{f}.{l}", "{f}{l}", "{f}_{n}", "info.{l}", "{l}.{f}")).format(
        f=_plain(first), l=_plain(last), n=random.randrange(10, 99)
    )
    host = random.choice(("example.com", "example.org", "example.net", f"{_plain(random.choice(CRAFTS))}.example"))
    return Person(first=first, last=last, email=f"{local}@{host}")


def _plain(name: str) -> str:
    folded = name.lower().translate(str.maketrans("äöüéèêëîïôçñ", "aoueeeeiiocn"))
    return "".join(letter for letter in folded.replace("ß", "ss") if letter.isalnum() and letter.isascii())


def slots(lang: str, random: Random, *, customer: Person, agent: Person) -> Mapping[str, str]:
    """What fills the slots of one conversation."""
    other, company = person(lang, random), f"{random.choice(CRAFTS)} {random.choice(KINDS)}"
    day = f"{random.randrange(1, 29)} {random.choice('January March April May June September October'.split())}"
    return {
        "account": f"KR-{random.randrange(10000, 99999)}-{random.choice('ABCDEF')}",
        "address": _address(lang, random),
        "agent": agent.first,
        "amount": f"{random.choice((12, 35, 48, 60, 89, 145, 220, 480))}{random.choice(('.00', '.50', ''))} "
        f"{random.choice(('EUR', 'euro', 'GBP', '€'))}",
        "birth": f"{random.randrange(1, 29):02}.{random.randrange(1, 13):02}.{random.randrange(1950, 2003)}",
        "card": random.choice(CARDS),
        "city": random.choice(CITIES[lang].split()),
        "code": f"GV-{_letters(random, 4)}-{random.randrange(1000, 9999)}",
        "company": company,
        "course": f"{random.choice(COURSES)}",
        "customer": random.choice((other.name, f"Mrs {other.last}", f"Mr {other.last}", other.first)),
        "date": day,
        "digits": str(random.randrange(100000, 999999)),
        "email": random.choice((customer.email, other.email)),
        "first": customer.first,
        "help": "https://help.kilnroom.example/",
        "iban": iban(random),
        "invoice": f"INV-2026-{random.randrange(1, 2000):04}",
        "ip": f"203.0.113.{random.randrange(1, 255)}",
        "key": f"kr_live_{_letters(random, 24)}",
        "magic": f"https://app.kilnroom.example/signin?token={_letters(random, 32)}",
        "n": str(random.randrange(3, 40)),
        "order": f"BK-{random.randrange(100000, 999999)}",
        "password": f"{random.choice(CRAFTS)}{random.randrange(10, 99)}!",
        "phone": phone(lang, random),
        "site": f"www.{_plain(company)}.example",
        "spamlink": f"http://offers.example.net/?id={random.randrange(10**6)}",
    }


def _letters(random: Random, count: int) -> str:
    return "".join(random.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(count))


def phone(lang: str, random: Random) -> str:
    """A number out of the ranges that regulators keep for films and books."""
    last = random.randrange(1000)
    if lang == "de":
        return random.choice((f"030 23125 {last:03}", f"+49 30 23125{last:03}"))
    if lang == "fr":
        return f"06 39 98 {last // 100:02} {last % 100:02}"
    return random.choice((f"020 7946 0{last:03}", f"+44 20 7946 0{last:03}", f"(202) 555-01{last % 100:02}"))


def iban(random: Random) -> str:
    """An IBAN of the codes used in the standard's own examples, with an invented account and right check digits."""
    country, body = random.choice(
        (
            ("GB", f"WEST123456{random.randrange(10**8):08}"),
            ("DE", f"37040044{random.randrange(10**10):010}"),
            ("FR", f"2004101005{random.randrange(10**7):07}M02606"),
        )
    )
    digits = "".join(str(int(letter, 36)) for letter in f"{body}{country}00")
    code = f"{country}{98 - int(digits) % 97:02}{body}"
    return " ".join(code[n : n + 4] for n in range(0, len(code), 4)) if random.random() < 0.6 else code


def _address(lang: str, random: Random) -> str:
    city, number = random.choice(CITIES[lang].split()), random.randrange(1, 120)
    if lang == "de":
        street, code = random.choice(("Töpferstraße", "Ahornweg", "Mühlengasse")), f"0{random.randrange(1000, 9999)}"
        return f"{street} {number}, {code} {city}"
    if lang == "fr":
        return f"{number} rue {random.choice(('des Potiers', 'du Moulin', 'des Tisserands'))}, {city}"
    return f"{number} {random.choice(('Kiln Lane', 'Weavers Row', 'Harbour Street'))}, {city}"
