"""Safety: whether a site may be built the fast way, which skips what has not changed.

The fast way keeps what Markdown and templates made of each article. That is right only where everything that has a
say in it is known: the plugins, the Markdown extensions, and what the templates look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
SAFE_PACKAGES = ("markdown.extensions.", "pymdownx.", "material.extensions.")
"""Where Markdown extensions and the functions that settings name may come from."""
WHOLE_SITE = frozenset({"nav", "pages"})
"""Names with which a template looks at every page of the site."""
NEIGHBOURS = frozenset({"parent", "ancestors", "children", "previous_page", "next_page"})
"""What a template may ask a page for that is kept of no other page."""


def objection(config: MkDocsConfig) -> str:
    """Why a site is built the full way, by MkDocs itself, each time; `""` where it need not be."""
    return next(_objections(config), "")


def _objections(config: MkDocsConfig) -> Iterator[str]:
    if config.hooks:
        yield "'hooks' may look at any page at any time"
    for name in config.plugins:
        if name not in SAFE_PLUGINS:
            yield f"the plugin '{name}' may look at any page at any time"
    for name in config.markdown_extensions:
        if name not in SAFE_EXTENSIONS and not name.startswith(SAFE_PACKAGES):
            yield f"the Markdown extension '{name}' may read what nobody knows of"
    for function in _functions(config.mdx_configs):
        if not function.startswith(SAFE_PACKAGES):
            yield f"the settings of Markdown name the function '{function}'"
    if config.mdx_configs.get("pymdownx.snippets", {}).get("url_download"):
        yield "'pymdownx.snippets' includes text from the web"
    if config.extra_templates:
        yield "'extra_templates' may list any page"


def _functions(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _functions(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _functions(item)
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
    read: set[str] = set()
    own: set[str] = set()
    for node in tree.find_all(nodes.Name):
        (read if node.ctx == "load" else own).add(node.name)
    asked = list(_attributes(tree, "kbgen_site"))
    handed_on = set(_handed_on(tree))
    objection = ""
    if WHOLE_SITE & (read - own):
        objection = f"the template '{name}' looks at the whole navigation"
    elif "page" in handed_on or NEIGHBOURS & set(_attributes(tree, "page")):
        objection = f"the template '{name}' looks at a page's place in the navigation"
    return Looks(objection=objection, at=None if "kbgen_site" in handed_on else tuple(asked))


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
