"""Safety: whether a site may be built the fast way, which skips what has not changed.

The fast way keeps what Markdown and templates made of each article. That is right only where everything that has a
say in it is known: the plugins, the Markdown extensions, and what the templates look at.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from jinja2 import TemplateError, meta, nodes

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig

SAFE_PLUGINS = frozenset({"kbgen/articles", "kbgen/search", "kbgen/redirects"})
SAFE_EXTENSIONS = frozenset(
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em md_in_html meta "
    "nl2br sane_lists smarty tables toc wikilinks".split()
)
UNSAFE_EXTENSIONS = frozenset({"pymdownx.b64"})
"""Those of the packages below that look for files without opening them."""
SAFE_PACKAGES = ("markdown.extensions.", "pymdownx.", "material.extensions.")
"""Where Markdown extensions and the functions that settings name may come from."""
WHOLE_SITE = frozenset({"nav", "pages"})
"""Names with which a template looks at every page of the site."""
ICONS = (".icons/", "partials/kbgen/kinds/")
"""Where templates lie that hold nothing but an icon."""
NEIGHBOURS = frozenset({"parent", "ancestors", "children", "previous_page", "next_page"})
"""What a template may ask a page for that is kept of no other page."""


def objection(config: MkDocsConfig) -> str:
    """Why a site is built the full way, by MkDocs itself, each time; `""` where it need not be."""
    return next(_objections(config), "")


def _objections(config: MkDocsConfig) -> Iterator[str]:
    if config.hooks:
        yield "'hooks' may look at any page at any time"
    for plugin in config.plugins:
        if plugin not in SAFE_PLUGINS:
            yield f"the plugin '{plugin}' may look at any page at any time"
    if config.extra_templates:
        yield "'extra_templates' may list any page"
    yield from _objections_to_markdown(config.markdown_extensions, config.mdx_configs)


def _objections_to_markdown(extensions: list[str], options: dict[str, dict[str, object]]) -> Iterator[str]:
    for name in extensions:
        if name in UNSAFE_EXTENSIONS or not (name in SAFE_EXTENSIONS or name.startswith(SAFE_PACKAGES)):
            yield f"the Markdown extension '{name}' may read what nobody knows of"
    for function in _functions(options):
        if not function.startswith(SAFE_PACKAGES):
            yield f"the settings of Markdown name the function '{function}'"
    if options.get("pymdownx.snippets", {}).get("url_download"):
        yield "'pymdownx.snippets' includes text from the web"
    if any(options.get(name, {}).get("UNIQUE_IDS") for name in ("footnotes", "markdown.extensions.footnotes")):
        yield "'footnotes' with UNIQUE_IDS counts from page to page"


def _functions(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _functions(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _functions(item)
    elif isinstance(value, partial):
        yield from _functions((value.func, value.args, value.keywords))
    elif isinstance(value, os.PathLike):
        try:
            os.fspath(value)  # `!relative` names a folder, which may be another one for each page
        except Exception:  # noqa: BLE001 - MkDocs has no name for what it raises then
            yield "!relative"
    elif callable(value) or not isinstance(value, str | int | float | bool | None):
        owner = value if callable(value) else type(value)
        yield f"{getattr(owner, '__module__', '')}.{getattr(owner, '__qualname__', '')}"


@dataclass(frozen=True, kw_only=True)
class Looks:
    """What one template looks at."""

    objection: str
    """Why a page with this template depends on the whole site; `""` where it does not."""
    at: tuple[str, ...] | None
    """The attributes of `kbgen_site` that it may read; `None` where it may read any."""


class Templates:
    """What the templates of a theme look at, with every template that they name."""

    def __init__(self, env: Environment, known: dict[str, Looks] | None = None) -> None:
        """`known` is what was found of the same templates before."""
        self.env = env
        self.known = known if known is not None else {}
        self._parts: dict[str, tuple[Looks, set[str]]] = {}

    def looks(self, name: str) -> Looks:
        """What a template looks at."""
        if name not in self.known:
            parts = list(self._reached(name))
            at = [part.at for part in parts]
            self.known[name] = Looks(
                objection=next((part.objection for part in parts if part.objection), ""),
                at=None if None in at else tuple(sorted({attribute for some in at for attribute in some or ()})),
            )
        return self.known[name]

    def _reached(self, name: str) -> Iterator[Looks]:
        """The template and every template that it names; names made while rendering are those of icons."""
        waiting, seen = [name], {name}
        while waiting:
            looks, names = self._part(waiting.pop())
            yield looks
            waiting.extend(sorted(names - seen))
            seen |= names

    def _part(self, name: str) -> tuple[Looks, set[str]]:
        if name not in self._parts:
            tree = self._parsed(name)
            found = (_looks(name, tree), set(filter(None, meta.find_referenced_templates(tree)))) if tree else _NOTHING
            self._parts[name] = found
        return self._parts[name]

    def _parsed(self, name: str) -> nodes.Template | None:
        if name.startswith(".icons/") or self.env.loader is None:
            return None
        try:
            source, _, _ = self.env.loader.get_source(self.env, name)
            return self.env.parse(source, name)
        except TemplateError:
            return None  # whoever renders it says what is wrong


_NOTHING: tuple[Looks, set[str]] = (Looks(objection="", at=()), set())


def _looks(name: str, tree: nodes.Template) -> Looks:
    handed_on = set(_handed_on(tree))
    asked = tuple(_attributes(tree, "kbgen_site"))
    return Looks(objection=_template_objection(name, tree, handed_on), at=None if "kbgen_site" in handed_on else asked)


def _template_objection(name: str, tree: nodes.Template, handed_on: set[str]) -> str:
    read = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    if "build_date_utc" in read:
        return f"the template '{name}' shows the time of the build"
    if WHOLE_SITE & read or "plugins" in _attributes(tree, "config"):
        return f"the template '{name}' looks at the whole navigation"
    if "page" in handed_on or NEIGHBOURS & set(_attributes(tree, "page")):
        return f"the template '{name}' looks at a page's place in the navigation"
    kinds = (nodes.Include, nodes.Import, nodes.FromImport)
    named = [node.template for kind in kinds for node in tree.find_all(kind)]  # type: ignore[attr-defined]
    if not all(map(_is_icon, named)):
        return f"the template '{name}' chooses another one while it is rendered"
    return ""


def _is_icon(named: nodes.Expr) -> bool:
    """Whether the template that is named is known, or one of those that hold nothing but an icon."""
    while isinstance(named, nodes.Concat | nodes.Add):
        named = named.nodes[0] if isinstance(named, nodes.Concat) else named.left
        if isinstance(named, nodes.Const):
            return str(named.value).startswith(ICONS)
    return isinstance(named, nodes.Const | nodes.List | nodes.Tuple)


_HARMLESS = (nodes.Getattr, nodes.If, nodes.CondExpr, nodes.And, nodes.Or, nodes.Not, nodes.Test)
"""Where a name may stand without its value going anywhere else."""


def _handed_on(tree: nodes.Node) -> Iterator[str]:
    """The names whose values a template gives another name, hands to a macro, or looks into with brackets."""
    for child in tree.iter_child_nodes():
        if isinstance(child, nodes.Name) and child.ctx == "load" and not isinstance(tree, _HARMLESS):
            yield child.name
        yield from _handed_on(child)


def _attributes(tree: nodes.Template, variable: str) -> Iterator[str]:
    for node in tree.find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name) and node.node.name == variable:
            yield node.attr
