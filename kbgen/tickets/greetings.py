"""Greetings: how messages begin and end in English, German, French, Spanish and Italian. Names stand beside them."""

# ruff: noqa: E501 (a pattern that is cut in two is harder to read)

from __future__ import annotations

HELLO = (
    r"(?:[Hh]i|[Hh]ey|[Hh]ello|[Dd]ear|HI|HEY|HELLO|DEAR|[Gg]ood (?:morning|afternoon|evening|day)|[Gg]reetings|"
    r"[Hh]allo|HALLO|[Ll]iebe[rs]?|[Gg]uten (?:Tag|Morgen|Abend)|[Mm]oin|[Ss]ervus|[Gg]rüezi|[Gg]rüß Gott|"
    r"[Ss]ehr geehrte[rs]?|[Ww]erte[rs]?|"
    r"[Bb]onjour|BONJOUR|[Bb]onsoir|[Ss]alut|[Cc]h(?:er|ère)s?|[Cc]oucou|"
    r"[¡]?[Hh]ola|HOLA|[Bb]uen(?:os|as) (?:días|tardes|noches)|[Bb]uen día|[Ee]stimad[oa]s?|[Qq]uerid[oa]s?|[Aa]preciad[oa]s?|"
    r"[Cc]iao|CIAO|[Bb]uongiorno|[Bb]uonasera|[Ss]alve|[Gg]entil(?:e|issim[oa])|[Ee]gregi[oa]|[Cc]ar[oa])"
)
"""Words that greet."""

TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Herrn?|Hr|Frau|Fr|Prof|Mme|Mlle|Monsieur|Madame|Mademoiselle|Docteur|Sr|Sra|Srta|"
    r"Señor(?:a|ita)?|Don|Doña|Sig|Sig\.ra|Sig\.na|Sig\.ri|Signor[ae]?|Signorina|Dott|Dott\.ssa|Dr\.ssa|Ing|Avv|Dra|"
    r"mr|mrs|herrn?|frau|madame|monsieur|señora?|signora?)"
)
"""Words before a surname."""

BYE = (
    r"(?i:\b(?:(?:many |kind |best |warm |with |very )*(?:thanks|thank you|thx|regards|wishes|cheers|greetings)"
    r"(?: again| in advance| so much| a lot| and regards| a million)?|"
    r"sincerely|best|all the best|yours(?: \w+)?|respectfully|take care|"
    r"(?:mit )?(?:freundliche[nr]?|beste[nr]?|viele[n]?|liebe[nr]?|herzliche[nr]?|schöne[nr]?|sonnige) (?:gr(?:ü|ue)(?:ß|ss)e[n]?|gr(?:u|ü)(?:ß|ss))"
    r"(?: aus \w+)?|gr(?:uß|üße|uss)|(?:vielen |herzlichen |besten )?dank(?:e)?(?: im voraus| schon mal| und gr(?:uß|üße))?|mfg|lg|vg|hochachtungsvoll|"
    r"(?:bien |très )?cordialement|bien à vous|(?:sincères |meilleures )?salutations(?: distinguées)?|amicalement|"
    r"bonne journée|merci(?: beaucoup| d['’]avance| par avance| bien)?|à bientôt|"
    r"(?:un |muchos )?(?:cordial(?:es)? )?saludos?(?: cordial(?:es)?)?|atentamente|(?:muchas |mil )?gracias(?: de antemano| por todo)?|"
    r"un abrazo|quedo a la espera|"
    r"(?:cordiali |distinti |cari |i miei |tanti )*saluti|un (?:caro |cordiale )?saluto|(?:mille |tante |molte )?grazie(?: mille| in anticipo)?|"
    r"cordialmente|a presto))"
)
"""Words that end a message."""
