"""`kbgen feedback`: look after the database, take votes out and in, and decide on those held back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from ballots import a_ballot
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbgen.cli import main
from kbgen.feedback.store.table import open_store
from kbgen.feedback.takeover.table import SERVICES
from kbgen.feedback.token import digest_of

EXPORTS = Path(__file__).parents[1] / "feedback" / "takeover" / "exports"
DAY = date(2026, 11, 23)


@dataclass(frozen=True, kw_only=True)
class Ended:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command of `kbgen feedback` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")

    def command(*arguments: str, answer: str = "") -> Ended:
        done = CliRunner().invoke(main, ["feedback", *arguments], input=answer)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Ended(code=done.exit_code, out=done.stdout, err=done.stderr)

    return command


def fill(ballots: Sequence[object], url: str = "sqlite:///votes.sqlite") -> None:
    with closing(open_store(url)) as store:
        store.save(ballots, DAY)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_out_and_in(run: Run, form: str) -> None:
    """What was exported comes back into an empty database as it was, and a second time adds nothing."""
    fill([a_ballot(1, comment="=1+1\nno"), a_ballot(2, helpful=False, held="links"), a_ballot(3, helpful=None)])
    exported = run("export", "--format", form)
    assert exported.code == 0
    Path(f"all.{form}").write_text(exported.out, newline="")
    done = run("import", f"all.{form}", "--database", "sqlite:///other.sqlite")
    assert (done.code, done.out) == (0, "3 votes taken in, 0 were there already.\n")
    assert run("export", "--format", form, "--database", "sqlite:///other.sqlite").out == exported.out
    assert run("import", f"all.{form}").out == "0 votes taken in, 3 were there already.\n"


def test_export_of_no_database(run: Run) -> None:
    """A database that is not there is an error, and none is made."""
    done = run("export")
    assert (done.code, "there is no vote database" in done.err) == (1, True)
    assert not Path("votes.sqlite").exists()


def test_import_from_a_service(run: Run) -> None:
    """The votes of another service are taken in; rows that are none are told with their lines."""
    done = run("import", str(EXPORTS / "ga4.csv"))
    assert (done.code, done.out) == (0, "19 votes taken in, 0 were there already.\n")
    assert done.err.splitlines() == [
        "1 rows skipped:",
        "  ga4.csv:14: 'article' is not the path of an article below content/",
    ]
    assert run("import", str(EXPORTS / "ga4.csv"), "--format", "ga4").out.startswith("0 votes taken in, 19 were")


def test_import_of_a_longer_time(run: Run) -> None:
    """An export of a longer time adds only what is new, and the reasons that came later give no second vote."""
    text = (EXPORTS / "ga4.csv").read_text()
    lines = text.splitlines(keepends=True)
    Path("first.csv").write_text("".join(lines[:9]))
    Path("longer.csv").write_text(text.replace(",12\n", ",14\n"))
    assert run("import", "first.csv").out == "16 votes taken in, 0 were there already.\n"
    assert run("import", "longer.csv").out == "6 votes taken in, 15 were there already.\n"


def test_import_of_broken_rows(run: Run) -> None:
    """Ten broken rows are shown, without what would steer a terminal; where no row is a vote, it is an error."""
    rows = "".join(f"\x1b[31mno{n},a.md,0123456789abcdef,yes,1\n" for n in range(12))
    Path("broken.csv").write_text(f"Date,article,revision,helpful,Event count\n{rows}")
    done = run("import", "broken.csv", "--format", "ga4")
    assert (done.code, "no column for name" in done.err) == (1, True)
    named = rows.replace("\x1b", "article_vote,\x1b")
    Path("broken.csv").write_text(f"Event name,Date,article,revision,helpful,Event count\n{named}")
    done = run("import", "broken.csv")
    assert done.code == 1
    assert "12 rows skipped:" in done.err
    assert "broken.csv:11:" in done.err
    assert "broken.csv:12:" not in done.err
    assert "… and 2 more" in done.err
    assert "no vote could be read from 'broken.csv'" in done.err
    assert "\x1b" not in done.err
    assert not Path("votes.sqlite").exists()


def test_import_without_days(run: Run) -> None:
    """Where a file has no days, one is asked for."""
    Path("form.csv").write_text("article,revision,helpful\na.md,0123456789abcdef,true\n")
    done = run("import", "form.csv")
    assert (done.code, "--day" in done.err) == (1, True)
    assert run("import", "form.csv", "--day", "2026-11-20").out.startswith("1 votes taken in")
    assert "2026-11-20" in run("export").out
    assert run("import", "form.csv", "--day", "20.11.").code == 2


def test_import_of_an_unknown_file(run: Run) -> None:
    """A file that is nothing known is an error that names its columns; one that is not there is misuse."""
    Path("fruit.csv").write_text("fruit,taste\napple,sweet\n")
    done = run("import", "fruit.csv")
    assert done.code == 1
    assert "fruit.csv: kbgen does not know this file by its columns: fruit, taste" in done.err
    assert "Google Analytics" in done.err
    assert run("import", "none.csv").code == 2


def test_every_service_can_be_named(run: Run) -> None:
    """`--format` takes each service that there is."""
    assert f"[{'|'.join(SERVICES)}]" in run("import", "--help").out.replace("\n", "").replace(" ", "")


def test_erase(run: Run) -> None:
    """All votes on one article are deleted, after a question; a no leaves them."""
    fill([a_ballot(1, article="a.md"), a_ballot(2, article="b.md"), a_ballot(3, article="a.md")])
    refused = run("erase", "a.md", answer="n\n")
    assert refused.code == 1
    assert "Delete 2 votes on a.md?" in refused.out
    assert run("erase", "content/a.md", "--yes").out == "2 votes deleted.\n"
    gone = run("erase", "a.md")
    assert (gone.code, "there is no vote on 'a.md'" in gone.err) == (1, True)
    assert run("check").out == "1 votes, all as they were stored.\n"


def test_forget(run: Run) -> None:
    """Comments older than so many days are deleted, and their votes stay."""
    fill([a_ballot(1, comment="old", day=date(2025, 1, 1)), a_ballot(2, comment="new")])
    assert run("forget").out == "1 comments and searches deleted.\n"
    exported = run("export").out
    assert "new" in exported
    assert "old" not in exported
    assert run("check").out == "2 votes, all as they were stored.\n"
    assert run("forget", "--comments", "-1").code == 2


def test_held(run: Run) -> None:
    """Votes held back are listed with why, and count once released."""
    fill([a_ballot(1, held="links", comment="buy\x1b now"), a_ballot(2)])
    listed = run("held").out
    assert "links" in listed
    assert "\x1b" not in listed
    assert "kbgen feedback release" in listed
    told = json.loads(run("held", "--json").out)["held"]
    assert [(row["id"], row["held"], row["day"]) for row in told] == [(told[0]["id"], "links", "2026-11-23")]
    assert run("release", told[0]["id"], "no-id").out == "1 votes count from now on.\n"
    assert run("held").out == "No vote is held back.\n"
    assert run("release").code == 2


def test_backup_and_restore(run: Run) -> None:
    """A backup put back is what was there, and what was there before is kept aside."""
    fill([a_ballot(1), a_ballot(2)])
    assert run("backup", "copy.sqlite").out == "2 votes copied to copy.sqlite.\n"
    fill([a_ballot(3)])
    done = run("restore", "copy.sqlite")
    assert done.out.startswith("2 votes are in place.\nWhat was there before: ")
    assert run("check").out == "2 votes, all as they were stored.\n"
    missing = run("restore", "none.sqlite")
    assert (missing.code, "there is no backup at 'none.sqlite'" in missing.err) == (1, True)


def test_check(run: Run) -> None:
    """A vote that is not as it was stored is told, with what to do."""
    fill([a_ballot(1), a_ballot(2)])
    with closing(sqlite3.connect("votes.sqlite")) as db:
        db.execute("UPDATE vote SET helpful = 0 WHERE rowid = 1")
        db.commit()
    done = run("check")
    assert done.code == 1
    assert "Restore a backup" in done.err
    assert done.out


def test_token(run: Run) -> None:
    """A token is new each time, and the digest is its own."""
    lines = run("token").out.splitlines()
    fresh, digest = (line.partition(":")[2].strip() for line in lines[:2])
    assert digest == digest_of(fresh)
    assert fresh not in run("token").out


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_file(run: Run, data: bytes) -> None:
    """Whatever a file holds, a person gets a sentence and never a traceback."""
    Path("any.csv").write_bytes(data)
    assert run("import", "any.csv").code in {0, 1}
