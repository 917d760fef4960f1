"""The files for running the service: each can be read, and names only what there is."""

from __future__ import annotations

import configparser
import re
import shlex
import textwrap
from pathlib import Path

import click
import pytest
import yaml
from centres import ROOT

from kbgen.cli import main
from kbgen.service.contact import LARGEST
from kbgen.service.settings import ServiceSettings, from_environment

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("kbgen-*"))
PROXIES = [DEPLOY / name for name in ("nginx.conf", "Caddyfile", "apache.conf")]
ARTICLES = [
    ROOT / "content" / name
    for name in (
        "feedback/run-the-service.md",
        "feedback/run-with-docker.md",
        "feedback/put-a-proxy-in-front.md",
        "feedback/back-up-and-restore.md",
        "feedback/how-big-a-machine.md",
        "contact/receive-messages.md",
    )
]
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
VARIABLES = set(ServiceSettings().as_environment())


def unit(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=False, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(path.read_text())
    return parser


def environment(text: str) -> dict[str, str]:
    """The variables in a file as systemd reads it, with those that are switched off."""
    lines = [line.removeprefix("#") for line in text.splitlines() if re.match(r"#?KBGEN_", line)]
    return {name: shlex.split(value)[0] if value else "" for name, _, value in (line.partition("=") for line in lines)}


def commands(text: str) -> list[list[str]]:
    """The `kbgen …` commands in a file, in words."""
    found = re.findall(r"(?m)(?:/opt/kbgen/bin/|^ *|\bservice |`)kbgen ([a-z]+(?: [^`\n|;\\]*)?)", text)
    return [shlex.split(command.replace("'", "").replace('"', "")) for command in found]


@pytest.mark.parametrize("path", [*FILES, *ARTICLES], ids=lambda path: path.name)
def test_every_variable_is_one_of_the_service(path: Path) -> None:
    """A `KBGEN_…` that is named is read by the service."""
    assert set(re.findall(r"KBGEN_[A-Z_]+", path.read_text())) <= VARIABLES


@pytest.mark.parametrize("path", [*FILES, *ARTICLES], ids=lambda path: path.name)
def test_every_command_is_one_of_kbgen(path: Path) -> None:
    """A `kbgen …` that is named exists, with its options."""
    for words in commands(path.read_text()):
        command: click.Command = main
        rest = list(words)
        while isinstance(command, click.Group):
            assert rest, words
            assert rest[0] in command.commands, words
            command = command.commands[rest.pop(0)]
        known = {option for each in command.params for option in each.opts} | {"--help"}
        assert {word.partition("=")[0] for word in rest if word.startswith("--")} <= known, words


def test_the_settings_file_has_every_variable() -> None:
    """Each setting of the service stands there, and all of them together are settings that can be read."""
    found = environment((DEPLOY / "systemd/service.env").read_text())
    assert set(found) == VARIABLES
    settings = from_environment(found)
    assert (settings.host, settings.port) == (ServiceSettings().host, ServiceSettings().port)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_can_be_read(path: Path) -> None:
    """Each has its sections; what runs has no more rights than it needs."""
    sections = unit(path)
    assert sections["Unit"]["Description"]
    if path.suffix == ".service":
        service = sections["Service"]
        assert service["User"] == "kbgen"
        assert (service["NoNewPrivileges"], service["ProtectSystem"]) == ("yes", "strict")
        assert service["StateDirectory"] == "kbgen"
        assert "kbgen " in service["ExecStart"]
    else:
        assert path.with_suffix(".service") in UNITS
        assert sections["Timer"]["OnCalendar"]


def test_the_image_runs_as_nobody_special() -> None:
    """Its last user is not root, it says whether it is well, and what it is made of is there."""
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER")] == ["USER 10001"]
    assert "/healthz" in "".join(lines)
    named = [word for line in lines if line.startswith("COPY ") for word in line.split()[1:-1] if word[0] not in "-/"]
    allowed = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    for name in named:
        assert (ROOT / name).exists(), name
        assert f"!{name}" in allowed, name


def test_compose_starts_the_service_after_its_database() -> None:
    """The service waits for PostgreSQL, listens on this machine alone and cannot write into its image."""
    services = yaml.safe_load((DEPLOY / "compose.yml").read_text())["services"]
    service = services["service"]
    assert service["depends_on"]["database"]["condition"] == "service_healthy"
    assert "pg_isready" in services["database"]["healthcheck"]["test"]
    assert service["ports"] == [f"127.0.0.1:{ServiceSettings().port}:{ServiceSettings().port}"]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["environment"]["KBGEN_DATABASE"].startswith("postgresql://")
    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()


@pytest.mark.parametrize("path", PROXIES, ids=lambda path: path.name)
def test_proxies_pass_on_the_interface_alone(path: Path) -> None:
    """Only `/v1/` is reached from outside: measures and health are the machine's own business."""
    text = path.read_text()
    assert f"127.0.0.1:{ServiceSettings().port}" in text
    assert "/v1/" in text
    assert "/metrics" not in text
    assert text.count("{") == text.count("}")


def test_the_longest_message_passes_the_proxies() -> None:
    """The limits of nginx and Caddy are those of the service."""
    assert f"client_max_body_size {LARGEST // 1024}k;" in (DEPLOY / "nginx.conf").read_text()
    assert f"max_size {LARGEST // 1024}KiB" in (DEPLOY / "Caddyfile").read_text()


def shown(name: str, article: str) -> bool:
    """Whether an article shows a file as it is."""
    text = "\n".join(line for line in (DEPLOY / name).read_text().splitlines() if line)
    manual = "\n".join(line for line in (ROOT / "content" / article).read_text().splitlines() if line)
    return text in manual or textwrap.indent(text, "    ") in manual


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("systemd/kbgen-votes.service", "feedback/run-the-service.md"),
        ("systemd/service.env", "feedback/run-the-service.md"),
        ("systemd/kbgen-backup.service", "feedback/back-up-and-restore.md"),
        ("systemd/kbgen-backup.timer", "feedback/back-up-and-restore.md"),
        ("compose.yml", "feedback/run-with-docker.md"),
        ("nginx.conf", "feedback/put-a-proxy-in-front.md"),
        ("Caddyfile", "feedback/put-a-proxy-in-front.md"),
        ("apache.conf", "feedback/put-a-proxy-in-front.md"),
    ],
)
def test_the_manual_shows_the_files_as_they_are(name: str, article: str) -> None:
    """What people copy from an article is what was tried."""
    assert shown(name, article)
