"""The YAML tree: a text composed into nodes that know their places, and how to look into them."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from kbgen.errors import KbgenError, Where

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Trees are composed, never constructed, so that tags of somebody else (`!ENV`, `!!python/name:…`) do no harm."""


DEEPEST = 50
"""Levels of nesting that a front matter or a settings file may have."""


def compose(text: str, path: str, *, first_line: int = 1) -> yaml.Node | None:
    """The YAML tree of `text`, whose first line is `first_line` of the file at `path`.

    Raises a `KbgenError` that points at the line YAML stumbled over.
    """
    try:
        _refuse_deep_nesting(text, path, first_line)
        return yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = _mark(error, text)
        raise KbgenError(
            f"this is not valid YAML: {error.problem or error.context}",
            where=Where(path=path, line=first_line + mark.line, column=mark.column + 1) if mark else Where(path=path),
            hint="check indentation and colons; put a text that holds ': ' or starts with a special "
            "character in quotes",
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise KbgenError(
            "this is not valid YAML: it holds a character that YAML does not allow",
            where=Where(path=path, line=first_line),
            hint="remove control characters from the file",
        ) from error


def _mark(error: yaml.MarkedYAMLError, text: str) -> yaml.Mark | None:
    """Where to look: what was begun, when the trouble shows only at the end of the text."""
    at_end = error.problem_mark is not None and error.problem_mark.line >= len(text.splitlines())
    return error.context_mark if at_end and error.context_mark else error.problem_mark or error.context_mark


def _refuse_deep_nesting(text: str, path: str, first_line: int) -> None:
    """Composing is recursive, in C without a limit; events are not."""
    if sum(map(text.count, "[{:-?")) < DEEPEST:
        return  # each level needs one of these
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST and event.start_mark:
            raise KbgenError(
                "this YAML is nested too deeply",
                where=Where(path=path, line=first_line + event.start_mark.line),
                hint="put text that begins with brackets in quotes",
            )


def pairs_of(node: yaml.Node | None) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """The keys of a mapping, each with its own node and that of its value; none where it is no mapping."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {str(k.value): (k, v) for k, v in node.value if isinstance(k, yaml.ScalarNode)}


def is_null(node: yaml.Node) -> bool:
    """Whether nothing was written for a key, or `~` or `null`."""
    return node.tag == "tag:yaml.org,2002:null" or (
        isinstance(node, yaml.ScalarNode) and not node.style and node.value in {"", "~", "null", "Null", "NULL"}
    )


def child(node: yaml.Node | None, *names: str) -> yaml.Node | None:
    """The node below `node` at `names`, or `None`."""
    for name in names:
        found = pairs_of(node).get(name)
        node = found[1] if found else None
    return node


def place(node: yaml.Node | None, names: Sequence[str | int], path: str, *, first_line: int = 1) -> Where:
    """Where a tree says something: keys, and numbers for items of a list; the whole file where it does not."""
    for name in names:
        if isinstance(name, str):
            node = child(node, name)
        else:  # one value that stands for a list is its first item
            items = node.value if isinstance(node, yaml.SequenceNode) else [node]
            node = items[name] if name < len(items) and not isinstance(node, yaml.MappingNode) else None
    if node is None:
        return Where(path=path)
    return Where(path=path, line=node.start_mark.line + first_line, column=node.start_mark.column + 1)
