"""Messages: how customers put their question, from one line on a phone to a rambling, forwarded or angry mail."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from random import Random

from export_people import CRAFTS, KINDS, Person, person, phone
from export_topics import ExportTopic, Words, topics
from export_wording import bare, filled, hasty, mistyped, say, spoken, table

STYLES = {
    "plain": 27,
    "short": 16,
    "rambling": 17,
    "angry": 7,
    "typos": 12,
    "mobile": 9,
    "forwarded": 4,
    "two": 5,
    "vague": 3,
}
"""How often each way of writing occurs, of 100."""
VAGUE = (
    "Question",
    "Help",
    "help please",
    "Quick question",
    "URGENT",
    "Problem",
    "support",
    "(no subject)",
    "Kilnroom",
)
Slots = Mapping[str, str]


def question(topic: ExportTopic, lang: str, filling: Slots, customer: Person, random: Random) -> tuple[str, str]:
    """Subject and first message of a ticket on the topic."""
    words, style = topic.words[lang], random.choices([*STYLES], [*STYLES.values()])[0]
    subject = _subject(words, filling, random)
    body = bare(_body(words, lang, style, filling, random), random)
    if style == "forwarded":
        return f"{random.choice(('Fwd', 'FW', 'WG'))}: {subject}", _forwarded(body, subject, lang, customer, random)
    if style in {"typos", "mobile"} and random.random() < 0.6:
        subject = subject.lower()
    return subject, _signed(body, lang, style, filling, customer, random)


def _subject(words: Words, filling: Slots, random: Random) -> str:
    """A subject line: vague, the beginning of the question, or one of the topic's own."""
    drawn = random.random()
    if drawn < 0.25:
        return random.choice(VAGUE)
    if drawn < 0.5:
        start = bare(say(words.asks, random, filling), random).split()[: random.randrange(3, 9)]
        return " ".join(start).rstrip(",.:?")
    return say(words.subjects, random, filling)


@cache
def _tables(lang: str) -> Mapping[str, tuple[str, ...]]:
    """The common tables in the language."""
    tables = table("common.yml")
    start = "" if lang == "en" else f"{lang}."
    return {key.removeprefix(start): value for key, value in tables.items() if key.startswith(start)}


def _body(words: Words, lang: str, style: str, filling: Slots, random: Random) -> str:
    """The question and what is said around it, without greeting and signature."""
    common, some = _tables(lang), partial(_some, random=random, filling=filling)
    if style == "vague":
        return some(common.get("vague", common["urges"]), 1.0)
    ask = filled(_ask(words, style, random), filling)
    lead = some(common.get("leads", common["contexts"]), 0.3)
    elsewhere = _elsewhere(lang, words, filling, random)
    details = [filled(spoken(line, random), filling) for line in random.sample(words.details, k=2)]
    parts = {
        "plain": [
            some(common["contexts"], 0.4),
            lead,
            ask,
            elsewhere,
            some([details[0]], 0.55),
            some(common["tried"], 0.25),
        ],
        "short": [ask, some([details[0]], 0.2)],
        "typos": [ask, some([details[0].lower()], 0.4)],
        "mobile": [lead, ask, some([details[0]], 0.35)],
        "angry": [some(common["anger"], 0.7), ask, elsewhere, some([details[0]], 0.5), some(common["anger"], 0.5)],
        "forwarded": [ask, some([details[0]], 0.5)],
        "two": [ask, *details, _other(lang, filling, random)],
        "rambling": [
            some(common["contexts"], 0.9),
            some(common.get("asides", common["urges"]), 0.6),
            *random.sample([ask, details[0], some(common["tried"], 0.8)], k=3),
            details[1],
            elsewhere,
            some(common["urges"], 0.5),
            some(common.get("asides", common["thanks"]), 0.3),
        ],
    }[style]
    between = "\n\n" if style == "rambling" and random.random() < 0.5 else " "
    return between.join(part for part in parts if part)


def _ask(words: Words, style: str, random: Random) -> str:
    """The question itself; in three of ten messages a second side of the same matter follows."""
    chosen = random.sample(words.asks, k=2 if style != "short" and random.random() < 0.3 else 1)
    ask = " ".join(spoken(line, random) for line in chosen)
    if style in {"typos", "mobile"}:
        ask = mistyped(ask, random)
    return hasty(ask) if style == "typos" else ask


def _elsewhere(lang: str, words: Words, filling: Slots, random: Random) -> str:
    """Now and then a remark on another matter, which this ticket is not about."""
    if lang != "en" or random.random() > 0.15:
        return ""
    others = [topic for topic in topics() if topic.words["en"] != words]
    other = say(random.choice(others).words["en"].subjects, random, filling)
    return say(table("common.yml")["elsewhere"], random, {**filling, "other": f'"{other}"'})


def _some(choices: tuple[str, ...] | list[str], share: float, *, random: Random, filling: Slots) -> str:
    return say(choices, random, filling) if random.random() < share else ""


def _other(lang: str, filling: Slots, random: Random) -> str:
    """A second question in the same mail, about something else."""
    other = random.choice([topic for topic in topics() if lang in topic.words])
    lead = {"en": "Another thing:", "de": "Noch etwas:", "fr": "Autre chose :"}[lang]
    return f"{lead} {say(other.words[lang].asks, random, filling)}"


def _signed(body: str, lang: str, style: str, filling: Slots, customer: Person, random: Random) -> str:
    """The body with greeting, thanks and signature, as far as this way of writing has them."""
    common = _tables(lang)
    bare_one = style in {"short", "typos"} and random.random() < 0.6
    greeting = "" if bare_one or random.random() < 0.15 else say(common["greetings"], random, filling)
    thanks = "" if bare_one else say(common["thanks"], random, filling)
    name = random.choice((customer.first, customer.name, customer.name)) if not bare_one else ""
    end = f"{thanks}\n{name}".strip()
    if style == "mobile":
        end = f"{end}\n\n{say(common['mobile'], random, filling)}"
    elif style in {"plain", "rambling", "two"} and random.random() < 0.35:
        company = f"{random.choice(CRAFTS)} {random.choice(KINDS)}"
        end = f"{end}\n\n-- \n{customer.name}\n{company}\n{filling['address']}\n{phone(lang, random)}\n{customer.email}"
        if lang == "en" and random.random() < 0.3:
            end = f"{end}\n\n{say(common['disclaimers'], random, filling)}"
    return "\n\n".join(part for part in (greeting, body, end) if part)


def _forwarded(body: str, subject: str, lang: str, customer: Person, random: Random) -> str:
    """A mail that somebody else wrote, passed on."""
    writer = person(lang, random)
    lead = {
        "en": ("see below, can you help?", "FYI, what do I tell them?", "Please have a look at this."),
        "de": ("siehe unten, können Sie helfen?", "Bitte unten lesen."),
        "fr": ("voir ci-dessous, pouvez-vous aider ?",),
    }[lang]
    head = f"From: {writer.name} <{writer.email}>\nSubject: {subject}\nTo: {customer.email}"
    top = f"{random.choice(lead)}\n{customer.first}\n\n---------- Forwarded message ---------"
    return f"{top}\n{head}\n\n{body}\n\n{writer.name}"


def oneoff(kind: str, number: int, filling: Slots, customer: Person, random: Random) -> tuple[str, str]:
    """Subject and message of a ticket that belongs to no topic: a whole one while they last, then a combination."""
    tables = table("oneoffs.yml")
    if kind != "one-off":
        return _parted(random.choice(tables["spam" if kind == "spam" else "automatic"]), filling, random)
    wholes = tables["wholes"]
    if number % 4 == 0 and number // 4 < 4 * len(wholes):
        line = wholes[number // 4 % len(wholes)]
    else:
        line = random.choice(tables["frames"])
    extra = _cast(filling, random)
    subject, text = _parted(line, {**filling, **extra}, random)
    text = f"{text} {say(tables['remarks'], random, {**filling, **extra})}" if random.random() < 0.6 else text
    return subject, _signed(text, "en", random.choice(("plain", "short", "mobile")), filling, customer, random)


def _cast(filling: Slots, random: Random) -> Slots:
    """Who did what to which things, in a ticket that comes once."""
    tables = table("oneoffs.yml")
    noun, other = random.sample([word.replace("-", " ") for line in tables["nouns"] for word in line.split()], k=2)
    deed, wish = random.choice(tables["deeds"]), random.choice(tables["wishes"])
    return {"noun": noun, "other": other, "actor": say(tables["actors"], random, filling), "deed": deed, "wish": wish}


def _parted(line: str, filling: Slots, random: Random) -> tuple[str, str]:
    subject, _, text = filled(spoken(line, random), {"subject": "your message", **filling}).partition(" || ")
    return subject.strip(), text.strip()
