"""Secrets: keys, tokens and passwords, by the rules of detect-secrets and by how random a word looks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from math import log2

_RULES = {
    "artifactory": "ArtifactoryDetector",
    "aws": "AWSKeyDetector",
    "azure_storage_key": "AzureStorageKeyDetector",
    "discord": "DiscordBotTokenDetector",
    "github_token": "GitHubTokenDetector",
    "gitlab_token": "GitLabTokenDetector",
    "jwt": "JwtTokenDetector",
    "mailchimp": "MailchimpDetector",
    "openai": "OpenAIDetector",
    "pypi_token": "PypiTokenDetector",
    "sendgrid": "SendGridDetector",
    "slack": "SlackDetector",
    "square_oauth": "SquareOAuthDetector",
    "stripe": "StripeDetector",
    "telegram_token": "TelegramBotTokenDetector",
    "twilio": "TwilioKeyDetector",
}
"""Modules and classes of detect-secrets' plugins that match a secret by its form alone."""

_LONG = re.compile(r"(?<![\w+/=.-])[\w+/=.:-]{20,}")
_RANDOM = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{20,}={0,2}")
_PARTS = re.compile(r"[-/_+]")
SHORTEST = 28
"""Letters from which a random word is a key although it is in one case: hashes, UUIDs."""


def keys_in(text: str) -> Iterator[tuple[int, int]]:
    """Where keys stand in a text, first those whose form a rule of detect-secrets knows."""
    for found in _LONG.finditer(text):
        for rule in _rules():
            yield from ((found.start() + m.start(), found.start() + m.end()) for m in rule.finditer(found[0]))
    yield from (match.span() for match in _RANDOM.finditer(text) if is_random(match[0]))


@lru_cache(maxsize=1)
def _rules() -> tuple[re.Pattern[str], ...]:
    classes = (getattr(import_module(f"detect_secrets.plugins.{module}"), name) for module, name in _RULES.items())
    return tuple(rule for plugin in classes for rule in plugin.denylist)


def is_random(word: str) -> bool:
    """Whether a word of 20 letters and more looks drawn by lot, not made of words as a path or a file name is."""
    digits = sum(letter.isdigit() for letter in word)
    if digits < 3 or digits == len(word) or not any(letter.isalpha() for letter in word):
        return False
    parts = [part for part in _PARTS.split(word) if part]
    told = sum(len(part) for part in parts if part.isalpha() or (part.isdigit() and len(part) < 9))
    if len(parts) > 2 and told >= 0.6 * sum(map(len, parts)):
        return False
    mixed = any(letter.isupper() for letter in word) and any(letter.islower() for letter in word)
    return bits(word) >= 3 and (len(word) >= SHORTEST or mixed)


def bits(word: str) -> float:
    """Shannon's entropy of the letters of a word, in bits a letter."""
    counts = Counter(word).values()
    return -sum(count / len(word) * log2(count / len(word)) for count in counts)
