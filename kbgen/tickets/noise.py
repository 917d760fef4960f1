"""Noise: what machines add to messages, and messages that only machines wrote."""

# ruff: noqa: E501 (a pattern that is cut in two is harder to read)

from __future__ import annotations

import re

_LINES = re.compile(
    r"^[ \t]*(?:"
    r"#{2}-.{0,120}-#{2}"
    r"|[-—=_ ]*(?:please )?(?:type|write|reply|enter) (?:your )?(?:reply|response|answer|message)? ?(?:above|below) this line.*"
    r"|[-—=_ ]*bitte (?:geben|schreiben) sie ihre antwort (?:über|oberhalb).*"
    r"|[-—=_ ]*(?:répondez|veuillez (?:saisir|écrire) votre réponse) au-dessus.*"
    r"|[-—=_ ]*(?:escriba|responda) (?:su respuesta )?(?:por )?encima de esta línea.*"
    r"|[-—=_ ]*(?:scrivi|rispondi) (?:la (?:tua )?risposta )?sopra (?:a )?questa (?:riga|linea).*"
    r"|.{0,30}(?:view (?:this (?:e-?mail|message) )?in (?:your |a )?(?:web )?browser|im browser (?:öffnen|ansehen|anzeigen)"
    r"|(?:voir|afficher|ouvrir) .{0,30}dans (?:votre|le|un) navigateur|ver .{0,30}en (?:el|tu|su) navegador"
    r"|(?:visualizza|apri) .{0,30}nel (?:tuo )?browser).{0,40}"
    r"|(?:\W*(?:unsubscribe|abmelden|newsletter abbestellen|se désabonner|se désinscrire|darse de baja|cancelar (?:la )?suscripción"
    r"|annulla l['’]iscrizione|disiscriviti)\b.{0,60})"
    r"|(?:caution|warning|achtung|attention): (?:this (?:e-?mail|message) (?:originated|is|came)|external|diese e-?mail).{0,200}"
    r"|\[external\]|\[image: [^\]]*\]|\[cid:[^\]]*\]|!\[[^\]]*\]\([^)]*\)|<https?://[^>]*>"
    r"|[-—=_ ]*(?:this (?:e-?mail|message)|der inhalt dieser e-?mail|ce (?:message|courriel|mail)|este (?:mensaje|correo)|questo (?:messaggio|e-?mail))"
    r" ?\(?.{0,200}(?:confidential|intended (?:solely|only)|vertraulich|confidentiel|confidencial|riservat).*"
    r"|.{0,60}(?:before printing this|bevor sie diese (?:e-?mail|mail) (?:ausdrucken|drucken)|avant d['’]imprimer|antes de imprimir|prima di stampare).{0,80}"
    r"|(?:virus[- ]free|virenfrei)\b.{0,60}"
    r")[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_INLINE = re.compile(r"\[(?:cid:|image: )[^\]]{0,120}\]|!\[[^\]]{0,120}\]\([^)]{0,300}\)")
_HINT = re.compile(
    r"##-|this line|antwort|réponse|respuesta|risposta|navig|browser|subscri|abmeld|abbestell|désabonn|désinscri|baja|iscri|"
    r"caution|warning|achtung|attention|external|\[cid:|\[image|!\[|<http|confiden|intended|vertraulich|riservat|print|druck|"
    r"imprim|stampa|vir(?:us|en)",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"^\W*(?:(?:re|aw|fwd?|antwort|rép|rif)\s?: ?)*(?:automatic(?:ally generated)? reply|auto(?:matic)?[- ]?(?:reply|response|antwort)|"
    r"automatische antwort|abwesenheits(?:notiz|nachricht|assistent)|out of (?:the )?office|réponse automatique|absence du bureau|"
    r"respuesta automática|fuera de (?:la )?oficina|risposta automatica|fuori ufficio|i am out of (?:the )?office)",
    re.IGNORECASE,
)
_ABSENT_TEXT = re.compile(
    r"\b(?:i am|i['’]m|i will be) (?:currently |now )?(?:out of (?:the )?office|on (?:annual |parental |sick )?(?:leave|vacation|holiday))\b|"
    r"\bich bin (?:derzeit|zur ?zeit|momentan|bis|vom|ab|aktuell)\b.{0,60}\b(?:nicht (?:im büro|erreichbar)|abwesend|im urlaub)\b|"
    r"\bje suis (?:actuellement )?(?:absente?|en congés?)\b|\b(?:estoy|estaré) (?:actualmente )?(?:fuera de la oficina|de vacaciones)\b|"
    r"\b(?:sono|sarò) (?:attualmente )?(?:fuori ufficio|in ferie|assente)\b|\bthis is an automat(?:ed|ic) (?:reply|response|message)\b|"
    r"\bdies ist eine automatische (?:antwort|nachricht)\b|\bceci est une réponse automatique\b|\besta es una respuesta automática\b|"
    r"\bquesta è una risposta automatica\b",
    re.IGNORECASE,
)
_BOUNCE = re.compile(
    r"^\W*(?:undeliver(?:able|ed)|mail delivery (?:failed|system|subsystem|failure)|delivery status notification|"
    r"delivery (?:has )?failed|returned mail|failure notice|unzustellbar|message non (?:remis|distribué)|"
    r"no se puede entregar|mensaje no entregado|mancato recapito|impossibile recapitare)",
    re.IGNORECASE,
)
_BOUNCE_TEXT = re.compile(
    r"this (?:is the mail system at host|message was created automatically by mail delivery software)|"
    r"could not be delivered to one or more recipients|\b5[05]\d[ -]5\.\d\.\d\b.{0,80}(?:user|mailbox|recipient|address)",
    re.IGNORECASE,
)
LONGEST_ABSENCE = 60
"""Words up to which a message that says its writer is away says nothing else."""


def without_noise(text: str) -> str:
    """The text without the marks of help desks, links of newsletters, legal lines and remains of pictures."""
    if not _HINT.search(text):
        return text
    return re.sub(r"\n{3,}", "\n\n", _INLINE.sub("", _LINES.sub("", text)))


def noise_of(subject: str, text: str) -> str:
    """Why a whole message is noise: "auto-reply", "bounce" or "empty"; `""` for a message of a person."""
    if not any(letter.isalnum() for letter in subject + text):
        return "empty"
    if _BOUNCE.search(subject) or _BOUNCE_TEXT.search(text[:600]):
        return "bounce"
    if _ABSENT.search(subject):
        return "auto-reply"
    short = "?" not in text and len(text.split()) <= LONGEST_ABSENCE
    return "auto-reply" if short and _ABSENT_TEXT.search(text) else ""
