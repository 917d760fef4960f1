"""Safety: which sites may be built the fast way, and what templates look at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from centres import write_files
from jinja2 import DictLoader, Environment
from mkdocs.config import load_config

from kbgen.generator.safety import Looks, Templates, objection

PLUGINS = ["kbgen/articles", "kbgen/search", "kbgen/redirects"]


def _objection(folder: Path, more: str = "", **settings: Any) -> str:  # noqa: ANN401 - whatever YAML can hold
    write_files(folder, {"content/index.md": "---\ntitle: A\n---\n"})
    config = {"site_name": "A", "docs_dir": "content", "theme": {"name": "kbgen"}, "plugins": PLUGINS, **settings}
    write_files(folder, {"mkdocs.yml": yaml.safe_dump(config) + more})
    return objection(load_config(str(folder / "mkdocs.yml")))


SAFE: dict[str, dict[str, Any]] = {
    "nothing special": {},
    "a plugin less": {"plugins": ["kbgen/articles"]},
    "a written navigation": {"nav": ["index.md"]},
    "extensions by short names": {
        "markdown_extensions": ["abbr", "admonition", "tables", {"toc": {"permalink": True}}]
    },
    "extensions by long names": {"markdown_extensions": ["markdown.extensions.def_list", "pymdownx.superfences"]},
    "snippets": {"markdown_extensions": [{"pymdownx.snippets": {"base_path": ["parts"], "url_download": False}}]},
    "styles and scripts of its own": {"extra_css": ["a.css"], "extra_javascript": ["a.js"]},
    "extra": {"extra": {"kbgen": {"home": {"intro": "Hi"}}}},
}


@pytest.mark.parametrize("case", SAFE)
def test_a_safe_site(tmp_path: Path, case: str) -> None:
    """Nothing is said against settings that name nothing but what is known."""
    assert _objection(tmp_path, **SAFE[case]) == ""


def test_functions_of_known_packages(tmp_path: Path) -> None:
    """Functions of the packages whose extensions are known may be named."""
    more = """
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - pymdownx.superfences:
      custom_fences: [{name: mermaid, class: mermaid, format: !!python/name:pymdownx.superfences.fence_code_format }]
"""
    assert _objection(tmp_path, more) == ""


UNSAFE: dict[str, tuple[dict[str, Any], str]] = {
    "a plugin": ({"plugins": [*PLUGINS, "glightbox"]}, "the plugin 'glightbox' may look at any page at any time"),
    "a plugin of another's": (
        {"plugins": [*PLUGINS, "macros"]},
        "the plugin 'macros' may look at any page at any time",
    ),
    "hooks": ({"hooks": ["hook.py"]}, "'hooks' may look at any page at any time"),
    "an extension": (
        {"markdown_extensions": ["own_extension"]},
        "the Markdown extension 'own_extension' may read what nobody knows of",
    ),
    "text from the web": (
        {"markdown_extensions": [{"pymdownx.snippets": {"url_download": True}}]},
        "'pymdownx.snippets' includes text from the web",
    ),
    "pictures in the page": (
        {"markdown_extensions": ["pymdownx.b64"]},
        "the Markdown extension 'pymdownx.b64' may read what nobody knows of",
    ),
    "footnotes that count": (
        {"markdown_extensions": [{"footnotes": {"UNIQUE_IDS": True}}]},
        "'footnotes' with UNIQUE_IDS counts from page to page",
    ),
    "templates": ({"extra_templates": ["list.html"]}, "'extra_templates' may list any page"),
}


@pytest.mark.parametrize("case", UNSAFE)
def test_an_unsafe_site(tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What may look further than anybody knows is named."""
    monkeypatch.syspath_prepend(tmp_path)
    own = "from markdown.extensions.abbr import makeExtension\n"
    write_files(tmp_path, {"hook.py": "", "content/list.html": "", "own_extension.py": own})
    settings, said = UNSAFE[case]
    assert _objection(tmp_path, **settings) == said


def test_a_function_of_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A function of the site's own, however deep in the settings it is named, is named in the objection."""
    monkeypatch.syspath_prepend(tmp_path)
    write_files(tmp_path, {"own_fences.py": "def fence(*a, **k):\n    return ''\n"})
    more = """
markdown_extensions:
  - pymdownx.superfences:
      custom_fences: [{name: own, class: own, format: !!python/name:own_fences.fence }]
"""
    assert _objection(tmp_path, more) == "the settings of Markdown name the function 'own_fences.fence'"


def _looks(name: str = "main.html", **templates: str) -> Looks:
    env = Environment(loader=DictLoader({f"{key}.html": text for key, text in templates.items()}))  # noqa: S701 - nothing is rendered
    return Templates(env).looks(name)


@pytest.mark.parametrize(
    "text",
    [
        "{{ nav }}",
        "{% for item in nav %}{{ item.title }}{% endfor %}",
        "{{ nav.homepage.url }}",
        "{% for page in pages %}{{ page }}{% endfor %}",
        "{% if nav|length > 2 %}x{% endif %}",
        "{% block content %}{% if x %}{{ pages }}{% endif %}{% endblock %}",
    ],
)
def test_a_template_that_looks_at_every_page(text: str) -> None:
    """A template that names the navigation or the list of pages depends on the whole site."""
    assert _looks(main=text).objection == "the template 'main.html' looks at the whole navigation"


@pytest.mark.parametrize("name", ["parent", "ancestors", "children", "previous_page", "next_page"])
def test_a_template_that_looks_at_other_pages(name: str) -> None:
    """A template that asks a page for its place among others depends on these."""
    said = "the template 'main.html' looks at a page's place in the navigation"
    assert _looks(main=f"{{% if page.{name} %}}x{{% endif %}}").objection == said
    assert _looks(main=f"{{{{ page.{name}.title }}}}").objection == said


@pytest.mark.parametrize(
    "text",
    [
        '{{ page["next_page"].title }}',
        "{{ (page|attr('next_page')).title }}",
        "{% set p = page %}{{ p.next_page.title }}",
        "{% macro m(q) %}{{ q.next_page.title }}{% endmacro %}{{ m(page) }}",
        "{% for p in [page] %}{{ p.parent.title }}{% endfor %}",
        "{% with p = page %}{{ p.parent.title }}{% endwith %}",
    ],
)
def test_a_template_that_may_look_at_other_pages(text: str) -> None:
    """The same is said where a page is handed on, as nobody can tell what it is asked under another name."""
    said = "the template 'main.html' looks at a page's place in the navigation"
    assert _looks(main=text).objection == said


@pytest.mark.parametrize(
    "text",
    [
        "{{ page.title }}{{ page.meta.parent }}{{ config.site_name }}",
        "{{ kbgen.pages }}{{ section.parent }}{{ 'nav' }}",
        "{# nav #}{{ x }}",
        '{% include ".icons/" ~ kbgen.section.icon ~ ".svg" %}',
        '{% include "partials/kbgen/kinds/" ~ kbgen.kind ~ ".html" %}',
    ],
)
def test_a_template_that_looks_at_its_page(text: str) -> None:
    """Attributes of other things, texts and comments are nothing to object to; nor are icons chosen by name."""
    assert _looks(main=text) == Looks(objection="", at=())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ build_date_utc }}", "shows the time of the build"),
        ("{{ config.plugins['kbgen/articles'].library }}", "looks at the whole navigation"),
        ('{% include page.meta.layout ~ ".html" %}', "chooses another one while it is rendered"),
        ('{% include "own/" ~ page.meta.layout %}', "chooses another one while it is rendered"),
        ("{% import name as m %}", "chooses another one while it is rendered"),
    ],
)
def test_a_template_that_nobody_can_tell(text: str, said: str) -> None:
    """A template that shows the time, asks plugins, or chooses others on the way is objected to."""
    assert _looks(main=text).objection == f"the template 'main.html' {said}"


WAYS = {
    "itself": {"main": "{{ kbgen_site.useful }}"},
    "an include": {"main": '{% include "part.html" %}', "part": "{% for c in kbgen_site.useful %}{{ c }}{% endfor %}"},
    "a list of includes": {"main": '{% include ["none.html", "part.html"] %}', "part": "{{ kbgen_site.useful }}"},
    "a macro": {
        "main": '{% import "m.html" as m %}{{ m.x() }}',
        "m": "{% macro x() %}{{ kbgen_site.useful }}{% endmacro %}",
    },
    "a macro by its name": {
        "main": '{% from "m.html" import x with context %}{{ x() }}',
        "m": "{% macro x() %}{{ kbgen_site.useful }}{% endmacro %}",
    },
    "what it extends": {"main": '{% extends "base.html" %}', "base": "{{ kbgen_site.useful|length }}"},
    "a chain": {
        "main": '{% extends "base.html" %}',
        "base": '{% block a %}{% include "part.html" %}{% endblock %}',
        "part": '{% import "m.html" as m %}',
        "m": "{{ kbgen_site.useful[0].title }}",
    },
    "a circle": {"main": '{% include "part.html" %}', "part": '{% include "main.html" %}{{ kbgen_site.useful }}'},
}


@pytest.mark.parametrize("way", WAYS)
def test_what_a_template_asks_of_the_site(way: str) -> None:
    """What a template shows of the whole site is found in every template that it names."""
    assert _looks(**WAYS[way]) == Looks(objection="", at=("useful",))


@pytest.mark.parametrize("way", [way for way in WAYS if way != "itself"])
def test_an_objection_anywhere(way: str) -> None:
    """An objection to a template that another names is one to both, and says which it was."""
    templates = {name: text.replace("kbgen_site.useful", "nav.items") for name, text in WAYS[way].items()}
    said = _looks(**templates).objection
    assert said.endswith("looks at the whole navigation")
    assert "main.html" not in said


def test_all_that_is_asked() -> None:
    """Each attribute is named once, in the order of the alphabet."""
    text = "{{ kbgen_site.useful }}{{ kbgen_site.frame.assets }}{% if kbgen_site.useful %}x{% endif %}"
    assert _looks(main=text).at == ("frame", "useful")


@pytest.mark.parametrize(
    "text",
    [
        "{{ kbgen_site }}",
        "{{ kbgen_site['useful'] }}",
        "{{ kbgen_site|attr('useful') }}",
        "{% set site = kbgen_site %}{{ site.useful }}",
        "{{ kbgen_site.frame }}{{ show(kbgen_site) }}",
    ],
)
def test_anything_may_be_asked(text: str) -> None:
    """Where nobody can tell what a template reads of the site, it may be anything."""
    assert _looks(main=text).at is None


def test_templates_that_cannot_be_read() -> None:
    """A template that is missing or broken is left to whoever renders it."""
    assert _looks(main='{% include "none.html" ignore missing %}') == Looks(objection="", at=())
    assert _looks(main="{% if %}") == Looks(objection="", at=())


def test_what_was_found_before_is_not_sought_again() -> None:
    """What an earlier build found of the same templates is taken as it is, and added to."""
    known = {"main.html": Looks(objection="", at=("frame",))}
    templates = Templates(Environment(loader=DictLoader({"main.html": "{{ nav }}", "b.html": ""})), known)  # noqa: S701
    assert templates.looks("main.html").at == ("frame",)
    assert templates.looks("b.html") == known["b.html"]
