"""Odd states of a project that a build must live with: damage, links, settings said in rare ways."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from builds import build_anew, copy_of, difference
from centres import CONFIG, TODAY, Centre, article, tree, write_files
from rebuilding import built, edit

from kbgen.generator.safe_pickle import TROUBLE, dumps, loads
from kbgen.generator.sync import Staging

ARTICLES = {"a.md": article("A", kind="faq"), "b.md": article("B", kind="faq")}
OWN_THEME = CONFIG.replace("name: kbgen", "name: kbgen\n  custom_dir: overrides")
FOOTER = {"overrides/partials/kbgen/footer.html": "<footer>{{ config.copyright }}</footer>\n"}


def _same_as_anew(folder: Path, tmp_path: Path) -> None:
    anew = build_anew(copy_of(folder, tmp_path / "anew"), date.fromisoformat(TODAY))
    assert anew.error == ""
    assert difference(tree(folder / "site"), anew.site) == ""


def test_a_journal_of_a_lost_site(centre: Centre) -> None:
    """A journal whose site and staging folder somebody removed is forgotten."""
    folder = centre(ARTICLES)
    built(folder)
    shutil.rmtree(folder / "site")
    Staging(folder / "site").journal.write_text(json.dumps({"write": ["a/index.html"], "remove": []}))
    built(folder)
    assert (folder / "site/a/index.html").exists()


@pytest.mark.parametrize("text", ["", '{"wri', "[]", "{}"])
def test_a_damaged_journal(centre: Centre, text: str) -> None:
    """A journal that cannot be read, as a power cut may leave it, costs no more than a look at the whole site."""
    folder = centre(ARTICLES)
    built(folder)
    Staging(folder / "site").journal.write_text(text)
    built(folder)
    assert not Staging(folder / "site").journal.exists()


@pytest.mark.parametrize(
    "setting",
    ["copyright: !ENV [\n  HELP_HOLDER,\n  Nobody]\n", "copyright: !ENV\n  - HELP_HOLDER\n  - Nobody\n"],
    ids=["a list on lines", "a list of dashes"],
)
def test_variables_on_lines_of_their_own(centre: Centre, setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that stands on another line than its !ENV counts as well."""
    monkeypatch.setenv("HELP_HOLDER", "Acme")
    folder = centre(ARTICLES, config=OWN_THEME + setting)
    write_files(folder, FOOTER)
    built(folder)
    monkeypatch.setenv("HELP_HOLDER", "Bolt")
    built(folder)
    assert "<footer>Bolt</footer>" in (folder / "site/a/index.html").read_text()


@pytest.mark.parametrize("line", ["INHERIT: 'my base.yml'\n", '"INHERIT": my base.yml\n', "INHERIT: my base.yml\n"])
def test_bases_of_any_name(centre: Centre, tmp_path: Path, line: str) -> None:
    """A file that mkdocs.yml inherits from counts, whatever it is called, and however YAML lets one say so."""
    folder = centre(ARTICLES, config=line + CONFIG)
    write_files(folder, {"my base.yml": "site_description: One\n"})
    built(folder)
    write_files(folder, {"my base.yml": "site_description: Two\n"})
    built(folder)
    _same_as_anew(folder, tmp_path)


def test_settings_that_name_the_folder_of_mkdocs_yml(centre: Centre) -> None:
    """`!relative $config_dir` is MkDocs' own way to name a folder, and nothing to object to."""
    extension = "markdown_extensions:\n  - pymdownx.snippets: {base_path: [!relative $config_dir/includes]}\n"
    assert built(centre(ARTICLES, config=CONFIG + extension)).notes == ()


@pytest.mark.parametrize("spoil", [lambda d: d[: len(d) // 2], lambda _: b"\xa5" * 5000], ids=["half", "garbage"])
def test_a_damaged_store_is_noted(centre: Centre, spoil: Callable[[bytes], bytes]) -> None:
    """Damage to the store is noted also where only a text has changed, as the build takes longer than usual."""
    folder = centre(ARTICLES)
    built(folder)
    file = folder / ".kbgen/build/pages.sqlite"
    file.write_bytes(spoil(file.read_bytes()))
    edit(folder / "content/a.md", "Words", "More words")
    assert any("damaged" in note for note in built(folder).notes)


def test_zones_can_be_kept() -> None:
    """A zone is among what may be kept, so it comes back."""
    assert loads(dumps(ZoneInfo("Europe/Berlin"))) == ZoneInfo("Europe/Berlin")


def test_every_kind_of_damage_is_trouble() -> None:
    """A length that no machine can hold is trouble like any other."""
    with pytest.raises(TROUBLE):
        loads(b"\x95\x00\x00\x00\x00\x00\x00\x00\x80")
