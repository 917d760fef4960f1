"""The answer list: the `answers:` of an article's file, made longer while every other byte stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace

import yaml

from kbgen.articles import front_matter
from kbgen.articles.front_matter import FrontMatter
from kbgen.articles.yaml_tree import compose, is_null, pairs_of
from kbgen.errors import KbgenError, Where

KEY = "answers"
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_CHARACTER = re.compile(r"\r\n|[\s\S]")
_DASH = re.compile(r"[ ]*-[ ]+")
_BOM = "\ufeff"

Edit = tuple[int, int, str]
"""From where to where the front matter is replaced, and by what."""


def with_answers(text: str, phrases: Sequence[str], *, shown: str) -> str:
    """The text of an article with more answer phrases.

    Raises a `KbgenError` where it holds a merge conflict, or where its list is written in a way that cannot be made
    longer safely.
    """
    conflict = _CONFLICT.search(text)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        raise KbgenError("the file holds a merge conflict", where=Where(path=shown, line=line), hint="resolve it first")
    mark, raw = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    plain = raw.replace("\r\n", "\n").replace("\r", "\n")
    source = front_matter.split(plain)
    before = _meta(plain, shown)
    start = plain.index("\n") + 1
    ending = "\r\n" if raw[start - 1 : start + 1] == "\r\n" else raw[start - 1]
    longer, head = raw, source.yaml or ""
    for first, last, new in reversed(_edits(compose(head, shown, first_line=2), head, phrases)):
        begin, end = _place(raw, start + first), _place(raw, start + last)
        longer = longer[:begin] + new.replace("\n", ending) + longer[end:]
    _verify(before, longer, source, phrases, shown)
    return mark + longer


def _edits(root: yaml.Node | None, text: str, phrases: Sequence[str]) -> list[Edit]:
    pairs = pairs_of(root)
    indent = " " * next((key.start_mark.column for key, _ in pairs.values()), 0)
    if KEY not in pairs:
        return [(len(text), len(text), f"\n{indent}{KEY}:{_items(f'{indent}  - ', phrases)}")]
    key, node = pairs[KEY]
    flow = ", ".join(json.dumps(phrase, ensure_ascii=False) for phrase in phrases)
    if isinstance(node, yaml.SequenceNode) and not node.flow_style:
        return [_after(text, node, phrases)]
    if isinstance(node, yaml.SequenceNode):
        end = node.value[-1].end_mark.index if node.value else node.start_mark.index + 1
        return [(end, end, f", {flow}" if node.value else flow)]
    if is_null(node) and not node.value:
        end = _line_end(text, key.end_mark.index)
        return [(end, end, _items(f"{indent}  - ", phrases))]
    begin, end = node.start_mark.index, node.end_mark.index
    return [(begin, end, f"[{flow}]")] if is_null(node) else [(begin, begin, "["), (end, end, f", {flow}]")]


def _after(text: str, node: yaml.SequenceNode, phrases: Sequence[str]) -> Edit:
    """The edit that adds items below the last one, indented like the first."""
    first, last = node.value[0], node.value[-1]
    begin = text.rfind("\n", 0, first.start_mark.index) + 1
    dash = _DASH.match(text, begin)
    end = _line_end(text, len(text[: last.end_mark.index].rstrip()))
    return end, end, _items(dash[0] if dash else "  - ", phrases)


def _items(before: str, phrases: Sequence[str]) -> str:
    scalars = (yaml.safe_dump(phrase, allow_unicode=True, width=10_000).split("\n")[0] for phrase in phrases)
    return "".join(f"\n{before}{scalar}" for scalar in scalars)


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return end if end >= 0 else len(text)


def _place(raw: str, place: int) -> int:
    """Where a character of the text with plain line ends stands in the text as it is."""
    if "\r\n" not in raw:
        return place
    for count, found in enumerate(_CHARACTER.finditer(raw)):
        if count == place:
            return found.start()
    return len(raw)


def _verify(before: FrontMatter, longer: str, source: front_matter.Source, phrases: Sequence[str], shown: str) -> None:
    """Raise where the new text says anything else than the old one with more phrases."""
    plain = longer.replace("\r\n", "\n").replace("\r", "\n")
    made = front_matter.split(plain)
    try:
        same = _meta(plain, shown) == replace(before, answers=(*before.answers, *phrases))
        kept = _others(made, shown) == _others(source, shown) and made.body == source.body
    except KbgenError:
        same = kept = False
    if not (same and kept):
        raise KbgenError(
            "its answer phrases are written in a way that cannot be added to",
            where=Where(path=shown),
            hint="write 'answers:' and one '- …' line for each phrase below it",
        )


def _meta(plain: str, shown: str) -> FrontMatter:
    problems: list[KbgenError] = []
    meta = front_matter.read(front_matter.split(plain), shown, problems.append)
    if problems or meta is None:
        raise problems[0]
    return meta


def _others(source: front_matter.Source, shown: str) -> list[tuple[str, str]]:
    """Every other key, in its order, with its value as YAML."""
    pairs = pairs_of(compose(source.yaml or "", shown, first_line=2))
    return [(name, yaml.serialize(node)) for name, (_, node) in pairs.items() if name != KEY]
