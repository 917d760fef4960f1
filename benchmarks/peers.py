"""The same help centre built three times: by kbgen, by stock MkDocs with Material, by stock Starlight."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

CACHE = Path(__file__).parents[1] / ".kbgen/benchmarks"
"""Where the npm packages are kept between runs; git ignores it."""
PACKAGES = {"@astrojs/starlight": "0.42.4", "astro": "7.3.5", "lighthouse": "13.5.0", "node": "22.23.3"}
"""Node itself is among them: Astro and Lighthouse want a newer one than some systems have."""
LOCKED = "2026-11-22"
"""What the packages above want is taken as it was on this day, so that every install is the same."""
MANIFEST = json.dumps(
    {"private": True, "type": "module", "dependencies": PACKAGES, "allowScripts": {f"node@{PACKAGES['node']}": True}},
    indent=2,
)
QUIET = {
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
    "ASTRO_TELEMETRY_DISABLED": "1",
    "NO_COLOR": "1",
}
WORDS = (
    "account invoice refund payment card plan upgrade seat team role project folder export import token login session "
    "browser error message inbox report chart filter search profile region audit backup restore address button column "
    "contact customer device domain editor field guest holiday label language link list member minute mobile model "
    "month network note number offer order owner page partner password period phone picture print reader record "
    "remind request return sample screen server shift signal start step stock support switch table task template test "
    "ticket timer title total transfer trial update visit voucher watch window"
).split()
ENDINGS = ("", "", "", "s", "s", "ed", "ing", "er")
SMALL = "a the and of to in is you that it for on with as at be this your from or when can not by if has".split()
COUNT = 20
ADDRESS = "https://help.example.com"
STOCK = f"""\
site_name: Benchmark
site_url: {ADDRESS}/
docs_dir: content
theme: {{name: material}}
"""
ASTRO = f"""\
import {{ defineConfig }} from 'astro/config';
import starlight from '@astrojs/starlight';
export default defineConfig({{ site: '{ADDRESS}', integrations: [starlight({{ title: 'Benchmark' }})] }});
"""
COLLECTION = """\
import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
"""
ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4"/></svg>\n'


@dataclass(frozen=True, kw_only=True)
class Site:
    """A built site."""

    name: str
    folder: Path


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """What was left out, and why."""

    name: str
    reason: str


def words(pick: random.Random, count: int) -> str:
    """Half of them small words, the others of varied form, so that text packs about as well as prose."""
    return " ".join(
        pick.choice(SMALL) if pick.random() < 0.5 else pick.choice(WORDS) + pick.choice(ENDINGS) for _ in range(count)
    )


def front_matter(title: str, description: str) -> str:
    return f"---\ntitle: {title}\ndescription: {description}.\n---\n"


def article(number: int) -> str:
    """About 450 words under five headings, the same in every run."""
    pick = random.Random(number)  # noqa: S311 - text, not secrets
    parts = [front_matter(f"How to {words(pick, 4)} {number}", words(pick, 16).capitalize())]
    for _ in range(5):
        parts += [f"{words(pick, 30).capitalize()} **{words(pick, 2)}**.\n", f"## {words(pick, 3).capitalize()}\n"]
        parts += [f"{step}. {words(pick, 12).capitalize()}.\n" for step in range(1, 5)]
    return "\n".join([*parts, f"Read [{words(pick, 3)}](https://www.example.com/) for more.\n"])


def write_articles(folder: Path, count: int) -> None:
    """Five articles to a section, in twenty sections at most, and a home page."""
    pick = random.Random("home")  # noqa: S311 - text, not secrets
    sections = max(1, min(20, count // 5))
    files = {"index.md": front_matter("Help", words(pick, 16).capitalize()) + f"\n{words(pick, 40).capitalize()}.\n"}
    for number in range(sections):
        head = front_matter(words(pick, 2).capitalize(), words(pick, 12).capitalize())
        files[f"section-{number:02}/index.md"] = f"{head}\n{words(pick, 20).capitalize()}.\n"
    files |= {f"section-{number % sections:02}/article-{number:05}.md": article(number) for number in range(count)}
    write(folder, files)


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def run(*command: str | Path, cwd: Path, seconds: int = 600) -> str:
    """What a command printed; it ends, with whatever it started, when its time is up."""
    pipe = subprocess.PIPE
    environment = {**os.environ, **QUIET}
    process = subprocess.Popen(
        command, cwd=cwd, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    )
    try:
        out, complaint = process.communicate(timeout=seconds)
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, out, complaint)
    return out


def kbgen(folder: Path, count: int = COUNT) -> Site:
    """What `kbgen init` gives, with other articles."""
    run(sys.executable, "-m", "kbgen", "init", folder, "--name", "Benchmark", "--url", f"{ADDRESS}/", cwd=Path.cwd())
    shutil.rmtree(folder / "content")
    write_articles(folder / "content", count)
    run(sys.executable, "-m", "kbgen", "build", cwd=folder)
    return Site(name="kbgen" if count == COUNT else f"kbgen, {count:,} articles", folder=folder / "site")


def material(folder: Path) -> Site:
    """MkDocs with Material, nothing set but names."""
    write(folder, {"mkdocs.yml": STOCK})
    write_articles(folder / "content", COUNT)
    run(sys.executable, "-m", "mkdocs", "build", "-q", cwd=folder)
    return Site(name=f"Material {version('mkdocs-material')}", folder=folder / "site")


def starlight(folder: Path, cache: Path) -> Site:
    """Starlight, nothing set but names; it is built inside the cache, for there it finds its packages."""
    install(cache)
    files = {"package.json": MANIFEST, "astro.config.mjs": ASTRO, "src/content.config.ts": COLLECTION}
    with tempfile.TemporaryDirectory(dir=cache) as name:
        project = Path(name)
        write(project, {**files, "public/favicon.svg": ICON})
        write_articles(project / "src/content/docs", COUNT)
        run(*npm_command(cache, "astro"), "build", cwd=project)
        shutil.copytree(project / "dist", folder / "site")
    return Site(name=f"Starlight {PACKAGES['@astrojs/starlight']}", folder=folder / "site")


def install(cache: Path) -> None:
    """Bring the npm packages into the cache, unless they are there."""
    done = cache / "node_modules/.package-lock.json"
    if done.exists() and (cache / "package.json").read_text() == MANIFEST:
        return
    done.unlink(missing_ok=True)
    write(cache, {"package.json": MANIFEST})
    run("npm", "install", "--no-audit", "--no-fund", f"--before={LOCKED}", cwd=cache)


def npm_command(cache: Path, name: str) -> list[Path]:
    """A command of an installed package, run by the Node that was installed with it."""
    return [cache.absolute() / "node_modules/.bin" / part for part in ("node", name)]


def built(folder: Path, cache: Path) -> list[Site | Skipped]:
    """The three sites, ours first; Starlight is skipped where npm cannot bring it."""
    ours, stock = kbgen(folder / "kbgen"), material(folder / "material")
    try:
        return [ours, stock, starlight(folder / "starlight", cache)]
    except (OSError, subprocess.SubprocessError) as error:
        return [ours, stock, Skipped(name="Starlight", reason=reason(error))]


def reason(error: Exception) -> str:
    """Why a command failed, in one line: its first complaint of an error, or its last of anything."""
    if isinstance(error, FileNotFoundError):
        return f"there is no '{error.filename}'"
    if not isinstance(error, subprocess.SubprocessError):
        return str(error)
    command = " ".join(Path(part).name for part in error.cmd[:3])  # type: ignore[attr-defined]
    if isinstance(error, subprocess.TimeoutExpired):
        return f"'{command}' took more than {error.timeout} s"
    lines = str(error.stderr).strip().splitlines() or ["no word why"]  # type: ignore[attr-defined]
    return f"'{command}' failed: {next((line for line in lines if 'error' in line.lower()), lines[-1])}"
