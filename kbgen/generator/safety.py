"""Safety: whether a site may be built the fast way, which skips what has not changed.

The fast way keeps what Markdown and templates made of each article. That is right only where everything that has a
say in it is known: the plugins, the Markdown extensions, and what the templates look at.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    for name in config.plugins:
        if name not in SAFE_PLUGINS:
            yield f"the plugin '{name}' may look at any page at any time"
    if config.hooks:
        yield "'hooks' may look at any page at any time"
    for name in config.markdown_extensions:
        if not isinstance(name, str) or not (name in SAFE_EXTENSIONS or name.startswith(SAFE_PACKAGES)):
            yield f"the Markdown extension '{name}' may read what nobody knows of"
    for function in _functions(config.mdx_configs):
        if not function.startswith(SAFE_PACKAGES):
            yield f"the settings of Markdown name the function '{function}'"
    if (config.mdx_configs.get("pymdownx.snippets") or {}).get("url_download"):
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


class Templates:
    """What the templates of a theme look at."""

    def __init__(self, env: Environment) -> None:
        self.env = env
        self._trees: dict[str, nodes.Template | None] = {}

    def objection(self, name: str) -> str:
        """Why a page with this template depends on the whole site; `""` where it does not."""
        for part, tree in self._reached(name):
            if WHOLE_SITE & meta.find_undeclared_variables(tree):
                return f"the template '{part}' looks at the whole navigation"
            if any(_asks(tree, "page", NEIGHBOURS)):
                return f"the template '{part}' looks at a page's place in the navigation"
        return ""

    def looks_at(self, name: str, variable: str) -> frozenset[str] | None:
        """The attributes of `variable` that a template may read; `None` where it may read any."""
        found: set[str] = set()
        for _, tree in self._reached(name):
            direct = sum(node.name == variable for node in tree.find_all(nodes.Name))
            asked = list(_asks(tree, variable))
            if len(asked) < direct:
                return None
            found.update(asked)
        return frozenset(found)

    def _reached(self, name: str) -> Iterator[tuple[str, nodes.Template]]:
        """The template and every template that it names, by whatever way; names made while rendering are icons."""
        waiting, seen = [name], {name}
        while waiting:
            part = waiting.pop()
            tree = self._tree(part)
            if tree is not None:
                yield part, tree
                new = {found for found in meta.find_referenced_templates(tree) if found} - seen
                seen |= new
                waiting.extend(sorted(new))

    def _tree(self, name: str) -> nodes.Template | None:
        if name not in self._trees:
            self._trees[name] = self._parsed(name)
        return self._trees[name]

    def _parsed(self, name: str) -> nodes.Template | None:
        if name.startswith(".icons/") or self.env.loader is None:
            return None
        try:
            source, _, _ = self.env.loader.get_source(self.env, name)
            return self.env.parse(source, name)
        except TemplateError:
            return None  # whoever renders it says what is wrong


def _asks(tree: nodes.Template, variable: str, attributes: frozenset[str] | None = None) -> Iterator[str]:
    for node in tree.find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name) and node.node.name == variable:
            if attributes is None or node.attr in attributes:
                yield node.attr
