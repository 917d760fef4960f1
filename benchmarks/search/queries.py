"""The queries: what is typed, and the articles that would answer it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

Split = Literal["dev", "test"]


@dataclass(frozen=True, kw_only=True)
class Query:
    """A text that is typed, and the paths of all articles that answer it."""

    text: str
    relevant: frozenset[str]

    @property
    def split(self) -> Split:
        """Settings are chosen on one half of the queries and judged on the other."""
        return "test" if sha256(self.text.encode()).digest()[0] % 2 else "dev"


def read_queries(file: Path) -> list[Query]:
    """Queries that people wrote or `write_queries` did."""
    found = json.loads(file.read_text(encoding="utf-8"))
    return [Query(text=each["query"], relevant=frozenset(each["relevant"])) for each in found]


def write_queries(file: Path, queries: Iterable[Query]) -> None:
    """For other programs, with the half to which each query belongs."""
    rows = [{"query": each.text, "relevant": sorted(each.relevant), "split": each.split} for each in queries]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
