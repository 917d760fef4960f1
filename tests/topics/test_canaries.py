"""Facts about privacy from end to end: personal data planted in tickets reaches no file that kbgen writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kbgen.cli import main
from kbgen.tickets.door import Door
from kbgen.tickets.store import TicketStore
from kbgen.tickets.ticket import RawTicket, Ticket

CANARIES = tuple(
    line.rsplit(" >> ", 1)
    for line in (Path(__file__).parents[1] / "data" / "canaries.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)
"""Personal data of every kind in five languages, and what must be nowhere afterwards."""
NAMES = "Ottoline Quillfeather Bartholomew Wigglesworth Cordelia Zephyrine Aldobrand Thistlewick".split()
"""A requester, who also signs; who is greeted by the agent; who signs the answer; and whom only the export names."""
PRIVATE = "privatenotecanary"
"""A word of a private note."""


def planted(ticket: Ticket, canaries: list[str]) -> dict[str, object]:
    """The ticket with canaries in each of its texts, and with names where people write them."""
    first, rest = canaries[0], "\n".join(canaries)
    return {
        "id": f"Quillfeather-{ticket.id[-2:]}1" if ticket.id.endswith("07") else ticket.id,
        "created": "2026-03-05",
        "subject": f"Ottoline asks, see {first}",
        "text": f"Dear Bartholomew Wigglesworth,\n{ticket.text} I add:\n{rest}\nor ask Bartholomew.\n\n"
        "Kind regards,\nOttoline Quillfeather",
        "replies": [
            f"Hi Ottoline,\nOpen the menu. Press Export as PDF.\n{rest}\n\nBest regards\nCordelia",
            {"author": "agent", "text": f"Press Export as PDF. Cordelia wrote:\n{rest}"},
            {"author": "agent", "private": True, "text": f"{PRIVATE} {first}"},
        ],
        "requester": f"ottoline.quillfeather.{ticket.id[-2:]}@canary.example",
        "tags": ["pdf", *canaries, "Quillfeather"],
    }


@pytest.fixture(scope="module")
def canary_centre(
    tmp_path_factory: pytest.TempPathFactory, recurring: tuple[Ticket, ...], one_offs: tuple[Ticket, ...]
) -> Path:
    """A help centre into which tickets full of personal data were imported, with a draft of every topic."""
    root = tmp_path_factory.mktemp("canaries")
    (root / "content").mkdir()
    (root / ".kbgen").mkdir()
    (root / ".kbgen" / "key").write_bytes(b"k" * 32)  # a random one could write 4111 into a hash by chance
    (root / "content" / "index.md").write_text("---\ntitle: Home\n---\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(
        (
            "site_name: x\nsite_url: https://x.example/\ndocs_dir: content\ntheme: {name: kbgen}\n"
            "plugins: [kbgen/articles, kbgen/search, kbgen/redirects]\n"
        ),
        encoding="utf-8",
    )
    tickets = (*recurring, *one_offs)
    texts = [text for text, _ in CANARIES]
    rows = [planted(ticket, texts[n :: len(tickets)]) for n, ticket in enumerate(tickets)]
    export = root / "tickets.jsonl"
    export.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    said = [run(root, "topics", "import", str(export), "--privacy-report", str(root / "report.json"))]
    export.unlink()
    topic = json.loads(run(root, "topics", "list", "--json"))["topics"][0]["id"]
    said += [
        run(root, "topics", "list"),
        run(root, "topics", "list", "--json"),
        run(root, "topics", "show", topic),
        run(root, "topics", "show", topic, "--json"),
        run(root, "topics", "draft"),
        run(root, "topics", "phrases"),
        run(root, "topics", "phrases", "--json"),
        run(root, "build"),
    ]
    (root / "said.txt").write_text("\n".join(said), encoding="utf-8")
    return root


def test_two_hundred_canaries_are_planted() -> None:
    """There are at least 200 different ones, and each is to be looked for by something that is in it."""
    assert len({text for text, _ in CANARIES}) >= 200
    assert all(trace in text.replace("\\n", "\n") for text, traces in CANARIES for trace in traces.split(" | "))


@pytest.mark.parametrize("place", ["names", "product", "plan", "lang", "url"])
def test_no_canary_passes_in_a_field_of_its_own(place: str) -> None:
    """Fields that only some exports have hold no canary behind the door."""
    for text, traces in CANARIES:
        value = (text,) if place == "names" else text
        kept = repr(Door(b"k" * 32).admit(RawTicket(id="1", subject="", text="How?", **{place: value})).ticket)
        assert [trace for trace in traces.split(" | ") if trace in kept] == []


def run(root: Path, *command: str) -> str:
    """What a command says, on both outputs; it must succeed."""
    done = CliRunner().invoke(main, [*command, "-f", str(root / "mkdocs.yml")])
    assert done.exit_code == 0, done.output
    return done.output + done.stderr if command[-1] != "--json" else done.stdout


def written(root: Path) -> dict[str, bytes]:
    """Every file below the help centre, and what the store holds when it is unpacked."""
    tickets = "\n".join(map(repr, TicketStore(root / ".kbgen").stream())).encode()
    return {"tickets": tickets} | {
        p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file() and p.name != "key"
    }


def test_every_kind_of_file_is_there(canary_centre: Path) -> None:
    """The store, the found topics, the lock file and a draft were written, so that there is something to look at."""
    files = written(canary_centre)
    assert {".kbgen/tickets.sqlite", ".kbgen/topics.json", "topics.lock"} <= set(files)
    assert any(name.startswith("content/drafts/t-") for name in files)
    assert b"Press Export as PDF" in files["tickets"]


@pytest.mark.parametrize(
    "trace", [trace for _, traces in CANARIES for trace in traces.split(" | ")] + [*NAMES, PRIVATE]
)
def test_no_canary_reaches_a_file(canary_centre: Path, trace: str) -> None:
    """Not a trace of planted personal data is in any file below the help centre, in whatever case or escape."""
    lowered, escaped = trace.casefold().encode(), json.dumps(trace).strip('"').casefold().encode()
    for name, data in written(canary_centre).items():
        if name != ".kbgen/vectors.sqlite" or len(trace) > 5:
            low = data.decode("utf-8", "replace").casefold().encode()
            assert lowered not in low, name
            assert escaped not in low, name


def test_no_mark_reaches_what_is_published(canary_centre: Path) -> None:
    """Sentences that held personal data are left out of drafts and of the lock file altogether."""
    for name, data in written(canary_centre).items():
        if name.startswith("content/") or name == "topics.lock":
            assert not any(
                f"[{mark}]".encode() in data for mark in ("email", "phone", "card", "iban", "name", "key")
            ), name
