"""Conversations: what the export holds before it is written in the form of some help desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from export_answers import answer, first_answer_after
from export_calendar import moment
from export_messages import oneoff, question
from export_people import AGENTS, Person, person, slots
from export_topics import APPS, PLANS, ExportTopic, topics, weights
from export_wording import say, seeded, table

PEOPLE = 2500
"""How many customers of each language there are; some of them write more than once."""


@dataclass(frozen=True, kw_only=True)
class Comment:
    """One message of a conversation."""

    at: datetime
    author: Person
    role: str
    """customer or agent."""
    text: str
    public: bool = True


@dataclass(frozen=True, kw_only=True)
class Label:
    """What a conversation was made to be; no export holds it."""

    topic: str = ""
    """Key of the topic, or `""`."""
    kind: str
    """topic, one-off, spam or automatic."""
    product: str = ""
    plan: str = ""
    lang: str = "en"
    trend: str = ""
    coverage: str = ""
    """What the sample help centre holds on it: answered, partly, findable, contradicted or unanswered."""


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """One ticket with everything that was said in it."""

    id: int
    subject: str
    comments: tuple[Comment, ...]
    label: Label
    status: str
    tags: tuple[str, ...] = ()
    channel: str = "email"
    reopens: int = 0
    satisfied: bool | None = None
    merged_into: int = 0
    """Id of the ticket that this one repeats, or 0."""

    @property
    def customer(self) -> Person:
        """Who asked."""
        return self.comments[0].author

    @property
    def created(self) -> datetime:
        """When it arrived."""
        return self.comments[0].at

    @property
    def first_reply(self) -> int | None:
        """Minutes to the first public answer of a person, or None."""
        said = [comment.at for comment in self.comments if comment.role == "agent" and comment.public]
        return round((said[0] - self.created).total_seconds() / 60) if said else None


def conversations(tickets: int, seed: int) -> tuple[Conversation, ...]:
    """That many conversations, oldest first; the same for the same numbers."""
    made: list[Conversation] = []
    number = 0
    while len(made) < tickets:
        made += list(_made(seeded(f"{seed}/{number}"), number, seed))
        number += 1
    made = sorted(made[:tickets], key=lambda one: (one.created, one.id))
    ids = {one.id: 20001 + 2 * place + one.id % 2 for place, one in enumerate(made)}
    return tuple(replace(_merged(one, ids), id=ids[one.id]) for one in made)


def _made(random: Random, number: int, seed: int) -> Iterator[Conversation]:
    """The conversation, and now and then a second one of the same person about the same."""
    kind = random.choices(("topic", "one-off", "spam", "automatic"), (79.5, 17.5, 1.2, 1.8))[0]
    if kind != "topic":
        yield _apart(kind, number, random, seed)
        return
    topic = random.choices(topics(), weights())[0]
    first = _on_topic(topic, 2 * number, random, seed)
    yield first
    if random.random() < 0.015:
        yield _again(topic, first, random)


def _language(topic: ExportTopic, random: Random) -> str:
    drawn = random.choices(("de", "fr", "en"), (23, 13, 64))[0]
    return drawn if drawn in topic.words else "en"


def _customer(lang: str, random: Random, seed: int) -> Person:
    return person(lang, seeded(f"{seed}/person/{lang}/{random.randrange(PEOPLE)}"))


def _on_topic(topic: ExportTopic, number: int, random: Random, seed: int) -> Conversation:
    lang, agent = _language(topic, random), random.choice(AGENTS)
    customer, at = _customer(lang, random, seed), moment(topic.trend, random)
    weights = [(5, 3, 2)[PLANS.index(plan)] for plan in topic.plans]
    label = Label(
        topic=topic.key,
        kind="topic",
        product=random.choices(APPS, (3, 2))[0] if topic.product == "both" else topic.product,
        plan=random.choices(topic.plans, weights)[0],
        lang=lang,
        trend=topic.trend,
        coverage=topic.coverage,
    )
    filling = slots(lang, random, customer=customer, agent=agent)
    subject, text = question(topic, lang, filling, customer, random)
    asked = Comment(at=at, author=customer, role="customer", text=text)
    return _continued(topic, label, agent, asked, (number, subject), random)


def _continued(
    topic: ExportTopic, label: Label, agent: Person, asked: Comment, name: tuple[int, str], random: Random
) -> Conversation:
    """The whole conversation that begins with this question; `name` is number and subject."""
    filling = slots(label.lang, random, customer=asked.author, agent=agent)
    replies, reopens, happy = answer(topic, label, agent, asked, filling, random)
    comments = (asked, *(Comment(**reply) for reply in replies))
    answered = any(comment.role == "agent" and comment.public for comment in comments)
    return Conversation(
        id=name[0],
        subject=name[1],
        comments=comments,
        label=label,
        status=random.choice(("solved", "closed", "closed")) if answered else random.choice(("new", "open", "pending")),
        tags=tuple(random.sample((label.product.lower(), "support", f"plan_{label.plan.lower()}", "mail"), 2)),
        channel=random.choice(("email", "email", "web", "chat")),
        reopens=reopens,
        satisfied=happy,
    )


def _again(topic: ExportTopic, first: Conversation, random: Random) -> Conversation:
    """The same person writes again before an answer came, and an agent merges the two."""
    agent = random.choice(AGENTS)
    filling = slots(first.label.lang, random, customer=first.customer, agent=agent)
    subject, text = question(topic, first.label.lang, filling, first.customer, random)
    at = first.created + timedelta(minutes=random.randrange(20, 900))
    note = 'This request was closed and merged into request #{target} "{subject}".'
    comments = (
        Comment(at=at, author=first.customer, role="customer", text=text),
        Comment(at=at + timedelta(minutes=30), author=agent, role="agent", text=note, public=False),
    )
    return replace(
        first,
        id=first.id + 1,
        subject=subject,
        comments=comments,
        status="closed",
        tags=("closed_by_merge",),
        reopens=0,
        satisfied=None,
        merged_into=first.id,
    )


def _merged(one: Conversation, ids: dict[int, int]) -> Conversation:
    if not one.merged_into:
        return one
    target = ids.get(one.merged_into, 0)
    note = one.comments[1].text.format(target=target, subject=one.subject)
    return replace(one, merged_into=target, comments=(one.comments[0], replace(one.comments[1], text=note)))


def _apart(kind: str, number: int, random: Random, seed: int) -> Conversation:
    """A conversation on nothing that recurs."""
    agent, customer = random.choice(AGENTS), _customer("en", random, seed)
    filling = slots("en", random, customer=customer, agent=agent)
    subject, text = oneoff(kind, number, filling, customer, random)
    asked = Comment(at=moment("steady", random), author=customer, role="customer", text=text)
    after = asked.at + timedelta(minutes=first_answer_after(random))
    replied = kind == "one-off" and random.random() < 0.8
    opening = say(table("common.yml")["agent_openings"], random, filling)
    words = f"{opening} {say(table('oneoffs.yml')['replies'], random, filling)}"
    reply = (Comment(at=after, author=agent, role="agent", text=f"{words}\n\n{agent.first}"),) if replied else ()
    named = kind == "one-off" and random.random() < 0.6
    return Conversation(
        id=2 * number,
        subject=subject,
        comments=(asked, *reply),
        label=Label(
            kind=kind,
            product=random.choice(APPS) if named else "",
            plan=random.choice(PLANS) if named else "",
            lang="de" if subject.startswith("Abwesen") else "fr" if subject.startswith("Réponse") else "en",
        ),
        status="solved" if reply else "open" if kind == "one-off" else "deleted" if kind == "spam" else "closed",
        channel="email",
        satisfied=random.choice((None, None, True)) if reply else None,
    )
