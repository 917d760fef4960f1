"""The command `search` as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from centres import Centre, article, kbgen
from indexes import an_entry, write_index

REFUND = an_entry("billing/refund.md", "Get a refund", ("", "Send it back in 30 days."), answers=("money back",))
INVOICE = an_entry("billing/invoice.md", "Find an invoice", ("", "Open the list of invoices. It shows your money."))
GERMAN = an_entry("de/rechnung.md", "Rechnung finden", ("", "Die Liste der Rechnungen."), lang="de")


@pytest.fixture
def built(centre: Centre) -> Path:
    """The folder of a help centre in two languages, whose site holds what search reads."""
    folder = centre({"billing/refund.md": article("Get a refund")})
    write_index(folder / "site", [REFUND, INVOICE, GERMAN])
    return folder


def test_hits_are_told_to_a_writer(built: Path) -> None:
    """A hit is told with score, title, place, file and the words around those that were asked."""
    done = kbgen("search", "money", "back", cwd=built)
    lines = done.out.splitlines()
    assert (done.code, done.err) == (0, "")
    assert lines[0].endswith("  Get a refund  (Guide)")
    assert lines[1:3] == ["        content/billing/refund.md", "        Send it back in 30 days."]


def test_corrected_words_are_told(built: Path) -> None:
    """Where a word is in no article, the answer says what was looked for instead."""
    assert "Found for: refund\n" in kbgen("search", "refnud", cwd=built).out
    assert "Nothing found for: qqqqq" in kbgen("search", "qqqqq", cwd=built).out


@pytest.mark.parametrize("engine", ["whoosh", "index"])
def test_json(built: Path, engine: str) -> None:
    """`--json` carries its version, the language, what was corrected, and the same keys whichever engine answers."""
    data = json.loads(kbgen("search", "refnud", "--json", "--engine", engine, cwd=built).out)
    assert (data["schema_version"], data["language"], data["corrected"], data["total"]) == (1, "en", "refund", 1)
    (hit,) = data["hits"]
    assert (hit["article"], hit["section"], hit["snippet"]) == (
        "billing/refund.md",
        "Guide",
        "Send it back in 30 days.",
    )
    assert "explanation" not in hit


def test_synonyms(built: Path) -> None:
    """The synonyms of everyday support are searched, and those that stand beside the settings."""
    assert "billing/refund.md" in kbgen("search", "reimbursement", cwd=built).out
    assert "Nothing found" in kbgen("search", "chargeback", cwd=built).out
    (built / "synonyms.yml").write_text("- [refund, chargeback]\n")
    assert "billing/refund.md" in kbgen("search", "chargeback", cwd=built).out


def test_limit(built: Path) -> None:
    """`--limit` says how many articles there are at most."""
    assert kbgen("search", "money", "--limit", "1", cwd=built).out.count("content/") == 1


def test_languages(built: Path) -> None:
    """`--lang` searches another language than the site's; one without an index is refused with those there are."""
    assert "content/de/rechnung.md" in kbgen("search", "rechnungen", "--lang", "de", cwd=built).out
    done = kbgen("search", "rechnungen", "--lang", "fr", cwd=built)
    assert done.code == 1
    assert "no search index for 'fr'" in done.err
    assert "it has de, en" in done.err


def test_language_of_the_site(built: Path) -> None:
    """Without `--lang`, the language of the theme is searched, and where it has no index the first one."""
    settings = built / "mkdocs.yml"
    for language, found in {"de": True, "fr": True, "en": False}.items():
        settings.write_text(f"docs_dir: content\ntheme: {{name: kbgen, language: {language}}}\n")
        assert ("de/rechnung.md" in kbgen("search", "rechnung", cwd=built).out) is found, language


def test_explain(built: Path) -> None:
    """`--explain` says what each word counts in which field, and what else counts."""
    out = kbgen("search", "money", "back", "list", "--explain", cwd=built).out
    assert "money: answers " in out
    assert "without list" in out
    assert "asks the same by " in out


def test_explanations_in_json(built: Path) -> None:
    """With `--json` each hit carries its points, which add up to its score."""
    hits = json.loads(kbgen("search", "money", "back", "--explain", "--json", cwd=built).out)["hits"]
    for hit in hits:
        why = hit["explanation"]
        words = sum(word["points"] for word in why["words"])
        assert words + sum(why[name] for name in ("coverage", "question", "place", "prior")) == pytest.approx(
            why["score"]
        )
        assert hit["score"] == pytest.approx(why["score"], abs=0.006)


def test_explain_is_about_the_site(built: Path) -> None:
    """Whoosh's order cannot be explained, so asking for both is wrong usage."""
    assert kbgen("search", "money", "--explain", "--engine", "whoosh", cwd=built).code == 2


def test_damaged_catalogue_is_told(built: Path) -> None:
    """A damaged index of Whoosh is made anew with a note on standard error."""
    kbgen("search", "money", cwd=built)
    (segment,) = (built / ".kbgen/whoosh/en").glob("*.seg")
    segment.write_bytes(b"")
    done = kbgen("search", "money", cwd=built)
    assert done.code == 0
    assert done.err.startswith("note: ")
    assert "content/billing" in done.out
