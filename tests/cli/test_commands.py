"""The commands as a person types them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from centres import ROOT, Centre, article, build_site, kbgen, run

import kbgen as package


def test_help_names_every_command() -> None:
    """`kbgen --help` lists what there is, in one screen."""
    done = kbgen("--help", cwd=ROOT)
    assert done.code == 0
    for command in ("init", "build", "serve", "check", "search", "topics", "feedback", "service", "review"):
        assert command in done.out
    assert len(done.out.splitlines()) < 30


def test_version_is_the_package_version() -> None:
    """The version stands in one place."""
    assert package.__version__ in kbgen("--version", cwd=ROOT).out


def test_help_imports_nothing_heavy() -> None:
    """Asking for help loads neither MkDocs nor the libraries of topics."""
    code = "import sys, kbgen.cli; print(sorted({m.split('.')[0] for m in sys.modules} & set(sys.argv[1:])))"
    heavy = ("mkdocs", "whoosh", "numpy", "starlette", "onnxruntime", "yaml", "markdown", "jinja2")
    assert run(sys.executable, "-c", code, *heavy, cwd=ROOT).out.strip() == "[]"


def test_a_new_help_centre_builds_at_once(tmp_path: Path) -> None:
    """`kbgen init` without a terminal takes its defaults, and what it makes has neither error nor warning."""
    assert kbgen("init", "my-help", cwd=tmp_path).code == 0
    folder = tmp_path / "my-help"
    done = kbgen("build", "--strict", cwd=folder)
    assert (done.code, done.err) == (0, "")
    assert (folder / "site/getting-started/change-your-password/index.html").is_file()
    assert not (folder / "site/getting-started/watch-the-tour").exists(), "the video article is a draft"
    assert kbgen("check", cwd=folder).out.startswith("0 errors, 0 warnings")


def test_init_never_overwrites(tmp_path: Path) -> None:
    """A file that was there is kept and named."""
    (tmp_path / "mkdocs.yml").write_text("site_name: Mine\n")
    done = kbgen("init", "--name", 'My "own": help', cwd=tmp_path)
    assert "kept    mkdocs.yml" in done.out
    assert (tmp_path / "mkdocs.yml").read_text() == "site_name: Mine\n"
    assert (tmp_path / "content/index.md").is_file()


def test_init_writes_any_name_as_valid_settings(tmp_path: Path) -> None:
    """Quotes and colons in the name survive."""
    from kbgen.articles.settings import load_settings

    kbgen("init", "--name", 'My "own": help\\', "--url", "https://help.example.com/", cwd=tmp_path)
    settings = load_settings(tmp_path / "mkdocs.yml")
    assert (settings.site_name, settings.site_url) == ('My "own": help\\', "https://help.example.com/")


def test_check_prints_json_for_programs(centre: Centre) -> None:
    """`--json` carries the version of its schema and each finding with its place."""
    folder = centre({"a.md": article("A", "[b](b.md)\n", kind="faq")})
    done = kbgen("check", "--json", cwd=folder)
    data = json.loads(done.out)
    assert done.code == 1
    assert data["schema_version"] == 1
    assert [(f["id"], f["path"], f["line"]) for f in data["findings"]] == [("links", "content/a.md", 6)]


def test_check_runs_single_checks(centre: Centre) -> None:
    """`--only` leaves the other checks out; an unknown id is wrong usage."""
    folder = centre({"a.md": article("A", "[b](b.md)\n", kind="how-to")})
    assert kbgen("check", "--only", "structure", cwd=folder).code == 0
    assert kbgen("check", "--only", "lnks", cwd=folder).code == 2


def test_check_exports_the_schema(tmp_path: Path) -> None:
    """`--schema` needs no help centre and describes every key."""
    schema = json.loads(kbgen("check", "--schema", cwd=tmp_path).out)
    assert schema["required"] == ["title"]
    assert schema["properties"]["kind"]["enum"] == ["how-to", "troubleshooting", "faq", "video", "course"]
    assert all(key["description"] for key in schema["properties"].values())


def test_search_finds_a_question_in_a_customers_words(centre: Centre) -> None:
    """Answer phrases, stems and small slips lead to the article; the result has title, section, snippet and score."""
    folder = centre(
        {
            "billing/refund.md": article(
                "Get a refund", "Send it back in 30 days.\n", kind="faq", answers="[money back]"
            ),
            "billing/invoice.md": article("Find an invoice", "Open the list of invoices.\n", kind="faq"),
        }
    )
    build_site(folder)
    for question in ("how do I get my money back", "refunds", "refnud"):
        hits = json.loads(kbgen("search", *question.split(), "--json", cwd=folder).out)["hits"]
        assert hits[0]["title"] == "Get a refund", question
        assert hits[0]["section"] == "Billing"
        assert hits[0]["snippet"]
        assert hits[0]["score"] > 0
    assert "Nothing found" in kbgen("search", "qqqqq", cwd=folder).out


def test_search_before_the_first_build_says_what_to_do(centre: Centre) -> None:
    """There is nothing to search until something was built."""
    done = kbgen("search", "refund", cwd=centre({"a.md": article("A")}))
    assert (done.code, "kbgen build" in done.err) == (1, True)


def test_a_missing_extra_is_named_with_its_command(tmp_path: Path) -> None:
    """Where an extra is not installed the exit code is 3 and the hint installs it."""
    code = "import sys; sys.modules['watchfiles'] = None; from kbgen.cli import main; main(['serve'])"
    done = run(sys.executable, "-c", code, cwd=tmp_path)
    assert done.code == 3
    assert "pip install 'kbgen[service]'" in done.err


def test_a_summary_of_no_database_is_an_error(tmp_path: Path) -> None:
    """`feedback summary` makes no empty database where the name is wrong."""
    done = kbgen("feedback", "summary", "--database", "sqlite:///nope.sqlite", cwd=tmp_path)
    assert (done.code, "nope.sqlite" in done.err) == (1, True)
    assert not (tmp_path / "nope.sqlite").exists()
