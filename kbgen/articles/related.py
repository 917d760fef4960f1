"""Related articles: what a reader of one article may want next."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict

from kbgen.articles.article import Article, posix
from kbgen.articles.library import Library

_WORD = re.compile(r"[^\W\d_]{3,}")


def related(library: Library, *, most: int = 4) -> dict[str, tuple[Article, ...]]:
    """Up to `most` related articles for each published one, by path.

    What the writer names under `related:` comes first; the rest shares rare words of title, answer phrases and
    tags (cosine over inverse document frequency), never fewer than two of them.
    """
    articles = [article for article in library.published if not article.is_index]
    words = {article.path: _words(article) for article in articles}
    holders: dict[str, set[str]] = defaultdict(set)
    for path, own in words.items():
        for word in own:
            holders[word].add(path)
    weight = {word: math.log(len(articles) / len(paths)) ** 2 for word, paths in holders.items()}
    norm = {path: math.sqrt(sum(weight[w] for w in own)) or 1.0 for path, own in words.items()}

    def near(article: Article) -> list[str]:
        telling = [(weight[word], holders[word]) for word in words[article.path] if len(holders[word]) <= 50]
        shared = Counter(path for _, paths in telling for path in paths)
        score = {path: 0.0 for path, count in shared.items() if count > 1 and path != article.path}
        for value, paths in telling if score else ():
            for path in score.keys() & paths:
                score[path] += value
        return sorted(score, key=lambda path: (-score[path] / norm[path], path))

    result = {}
    for article in articles:
        named = [posix("", path) or "" for path in article.meta.related]
        paths = dict.fromkeys([*named, *near(article)])
        known = [library.by_path[path] for path in paths if path in words and path != article.path]
        result[article.path] = tuple(known[:most])
    return result


def _words(article: Article) -> list[str]:
    """Beginnings of words, in an order that is the same in every process: sums of fractions depend on it."""
    text = " ".join([article.title, *article.meta.answers, *article.meta.tags, *article.meta.products])
    return sorted({word[:7] for word in _WORD.findall(text.casefold())})
