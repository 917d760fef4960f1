"""The instruction: one sentence of an agent's answer that tells the reader to do something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbgen.tickets.privacy import MARK

SHORTEST, LONGEST = 2, 40
"""Words of an instruction."""

_ITEM = re.compile(r"(?:^|\s)(?:\(?\d{1,2}[.)]|[-*•])\s+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ`\"„“])|\n+|;\s+")
_LEAD = re.compile(
    r"^(?:(?:first(?:ly)?|second(?:ly)?|then|next|now|please|finally|last(?:ly)?|after (?:that|this)|afterwards|and|"
    r"so|also|just|simply|instead|to fix (?:it|this)|either|yes|no|ok(?:ay)?|sure|of course|right|kindly|go ahead and|"
    r"(?:you|you'll|we recommend that you)\s+(?:can|could|should|must|need to|have to|may want to|just|will need to)|"
    r"you just need to|try to|make sure to|be sure to|what helps|"
    r"zuerst|zunächst|erst|dann|danach|anschließend|nun|jetzt|bitte|zum schluss|schließlich|zuletzt|und|auch|einfach|"
    r"ja|nein|gerne?|als erstes|als nächstes|im anschluss|sie (?:können|müssen|sollten))"
    r"(?:[,:]\s*|\s+))+",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^(?:in|at|on|under|from|with|for|if|when|once|to|after|before|unless|wenn|falls|sobald|im|unter|auf|bei|um)\b"
    r"[^,:]{2,70}[,:]\s*(?:then\s+|please\s+|dann\s+|bitte\s+)?(?P<verb>[\w-]+)",
    re.IGNORECASE,
)
"""An instruction that first says where, when or what for: 'In Settings, enter …'."""
_CONDITION = re.compile(r"^(?:if|when|once|unless|wenn|falls|sobald)\b", re.IGNORECASE)

VERBS = frozenset(
    (
        "accept activate add adjust allow apply approve archive ask assign attach back build buy call cancel change "
        "check choose clear click clone close commit compare complete configure confirm connect contact convert copy "
        "create deactivate delete deploy disable disconnect download drag drop duplicate edit enable enter exclude "
        "exit expand export fill filter find follow forbid generate give go grant hide hold hover import include "
        "increase indent insert install invite keep leave let link list load log look make mark match merge move name "
        "navigate open paste pause pick place point press print publish pull push put quote reauthorise reauthorize "
        "rebuild reconnect redirect reduce refresh register reinstall reload remove rename renew repeat replace reply "
        "request rerun reset resize resend restart restore resume retry run save scan schedule scroll search select "
        "send serve set share shrink sign start stop submit switch sync tap test tick toggle transfer try turn type "
        "unblock uninstall unlink unlock unpack unplug unsubscribe untick update upgrade upload use verify visit wait "
        "whitelist write"
    ).split()
)
_DE_STEMS = (
    "öffn wähl klick tipp drück gib geb speicher lad starte start lösch entfern füg setz stell prüf überprüf "
    "aktivier deaktivier schalt melde meld trag änder exportier importier kopier aktualisier installier deinstallier "
    "verbind trenn wart such benutz verwend nutz ruf schick send nenn antwort lege leg erstell schließ wechsel geh "
    "scann bestätig hak entsperr erneuer lass bring druck führ entkoppel koppel buch teil wiederhol versuch"
).split()
_DE_VERB = re.compile(
    rf"^(?:ab|an|auf|aus|ein|ent|frei|her|hin|hoch|herunter|neu|um|zurück|weg|zu)?(?:{'|'.join(_DE_STEMS)})(?:e?n|e|t)?$",
    re.IGNORECASE,
)
_DE_INFINITIVE = re.compile(
    rf"\b(?:ab|an|auf|aus|ein|ent|frei|her|hin|hoch|herunter|neu|um|zurück|weg|zu)?(?:{'|'.join(_DE_STEMS)})e?n[.!]?$",
    re.IGNORECASE,
)
"""A German instruction often ends with its verb: 'Neues Terminal öffnen'."""

_SPLIT = re.compile(r",?\s+(?:and then|and|then|und dann|und|dann)\s+(?=(?P<a>[\w-]+))|,\s+(?=(?P<b>[\w-]+))")
_COURTESY = re.compile(
    r"\b(?:let (?:me|us) know|feel free|have a (?:nice|good|great)|take care|any time|look forward|hope (?:this|that)|"
    r"write again|it opens again|keep (?:me|us) posted|see (?:our|the) (?:article|docs?|help)|hear from you|"
    r"wait for (?:our|my|a) (?:answer|reply)|bear with|give us (?:a moment|some time)|"
    r"melden sie sich|zögern sie|einen schönen)\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"^(?:send|attach|share|reply|tell|contact|call|write to|forward|give|schick|schicken|send(?:en)?|nenn|nennen|"
    r"antwort|antworten|rufen)\b(?:\W+\w+){0,3}\W+(?:us|me|support|our|with|uns|mir|sie uns|them to us)\b",
    re.IGNORECASE,
)
_TO_US = re.compile(r"\b(?:call|phone|contact|mail|e-mail|tell|send|write to|get in touch with) us\b", re.IGNORECASE)
_COMMAND = re.compile(r"^[a-z][\w./\\-]*(?: [^\s.!?]+)*? --?\w")
"""A command line that nobody put into quotes: 'py -m venv .venv'."""
_CODE_FIRST = re.compile(r"^`[^`]* [^`]*`(?!\s+(?:\w+s|will|would|can|are|was|does|did|have|ist|sind|wird|kann)\b)")
_BEFORE_COLON = re.compile(r"^[^:`.]{3,60}:\s+(?=\w)")
_MENU = re.compile(r"\w+ (?:→|->|›|>) \w+")
_PLAIN_WORD = re.compile(r"^[^\W\d_]+(?![\w./\\]| --?\w)")
_OBJECT = re.compile(r"`[^`\n]+`|\"[^\"\n]{2,40}\"|“[^”\n]{2,40}”|„[^“\n]{2,40}“|\S+\.\w{2,4}\b|--?\w[\w-]+|\w+_\w+")


def sentences(reply: str) -> Iterator[str]:
    """The sentences and list items of an answer, in their order, without bullets and numbers."""
    for item in _ITEM.split(reply):
        for sentence in _SENTENCE.split(item):
            if tidy := sentence.strip(" -–*•\t"):
                yield tidy


def parts(sentence: str) -> list[str]:
    """The instructions that one sentence strings together: 'Open A, choose B and press C' are three.

    What hangs on a condition stays together, and so does a verb without anything to do it to.
    """
    bare = _LEAD.sub("", sentence).strip()
    after = _LEAD.sub("", _BEFORE_COLON.sub("", bare))
    if after != bare and not _begins_with_verb(bare) and _begins_with_verb(after):
        bare = sentence = after
    if _CONDITION.match(bare) or not _begins_with_verb(bare):
        return [sentence]
    found, start = [], 0
    for match in _SPLIT.finditer(bare):
        piece = bare[start : match.start()]
        if _is_verb(match["a"] or match["b"]) and len(piece.split()) >= SHORTEST and _balanced(piece):
            found.append(piece)
            start = match.end()
    last = bare[start:]
    if found and len(last.strip(".! ").split()) < SHORTEST:
        return [*found[:-1], bare[bare.rindex(found[-1]) :]]
    return [*found, last]


def instruction(sentence: str) -> str:
    """The sentence as an instruction, or `""` where it is none, is a courtesy, or names something personal."""
    text = _LEAD.sub("", sentence.strip(" -–*•\t")).strip()
    if not SHORTEST <= len(text.split()) <= LONGEST or MARK.search(text) or text.endswith("?"):
        return ""
    if _COURTESY.search(text):
        return ""
    if _COMMAND.match(text) and "`" not in text:
        return f"`{text.rstrip('.,; ')}`"
    tells = _begins_with_verb(text) or _DE_INFINITIVE.search(text) or _CODE_FIRST.match(text) or _MENU.search(text)
    return finished(text) if tells else ""


def finished(text: str) -> str:
    """The text as a sentence: with an end, and with a capital letter unless it begins with code."""
    text = text.rstrip(" ,;")
    if _PLAIN_WORD.match(text):
        text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", ":", "…", "`")) else f"{text}."


def is_request(text: str) -> bool:
    """Whether an instruction asks the reader to send or tell support something."""
    return _REQUEST.search(text) is not None or _TO_US.search(text) is not None


def is_courtesy(text: str) -> bool:
    """Whether a sentence is said to be kind, not to help."""
    return _COURTESY.search(text) is not None


def objects(text: str) -> frozenset[str]:
    """The exact things that a sentence names: code, quoted words, files, options."""
    return frozenset(match.strip('`"“”„.,:').casefold() for match in _OBJECT.findall(text))


def _begins_with_verb(text: str) -> bool:
    place = _PLACE.match(text)
    words = text.split()
    first = words[0].strip(",:.") if words else ""
    if place and not _is_verb(first):
        return _is_verb(place["verb"])
    return _is_verb(first)


def _is_verb(word: str) -> bool:
    return word.lower() in VERBS or (_DE_VERB.match(word) is not None and word.lower() not in _NOUNS)


_NOUNS = frozenset("such leg legs hat test teil teile start druck suche karte seite buch nutzen lade tage".split())


def _balanced(text: str) -> bool:
    return text.count("(") == text.count(")") and text.count("`") % 2 == 0 and text.count('"') % 2 == 0
