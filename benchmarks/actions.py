"""What happens to a help centre between two builds."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import place, vocabulary, write_articles
from generators import LEFT_BEHIND, Generator
from measures import Effort, effort
from peers import run, write


@dataclass(frozen=True, kw_only=True)
class Project:
    """A help centre in a folder, to be built by one generator."""

    generator: Generator
    folder: Path

    @property
    def content(self) -> Path:
        """The folder of its articles."""
        return self.folder / "content"

    def build(self, seconds: float) -> Effort:
        """Build the site; raises a `SubprocessError` where that fails or takes longer."""
        return effort(*self.generator.command, cwd=self.folder, seconds=seconds)


Action = Callable[[Project, int], Project]
"""Changes a project and says which one to build then; the number differs each time, and the change with it."""


def project(generator: Generator, folder: Path, count: int) -> Project:
    """A new project with so many articles."""
    made = Project(generator=generator, folder=folder)
    write(folder, generator.files)
    write_articles(made.content, count)
    generator.adapt(made.content)
    return made


def clear(project: Project, _turn: int) -> Project:
    """Remove all that builds left."""
    for name in LEFT_BEHIND:
        shutil.rmtree(project.folder / name, ignore_errors=True)
    return project


def leave(project: Project, _turn: int) -> Project:
    return project


def edit_body(project: Project, turn: int) -> Project:
    """Add a word at the end of an article."""
    path = project.content / place(3)
    path.write_text(f"{path.read_text().rstrip()} {vocabulary()[0][100 + turn]}\n")
    return project


def edit_title(project: Project, turn: int) -> Project:
    """Add a word to the title of an article."""
    path = project.content / place(7)
    text = re.sub(r"^(title: .*)$", rf"\1 {vocabulary()[0][200 + turn]}", path.read_text(), count=1, flags=re.MULTILINE)
    path.write_text(text)
    return project


def rename(project: Project, _turn: int) -> Project:
    """Give a file another name, and lead readers on from the old one: kbgen reads the first line, Hugo the other."""
    path = max(project.content.rglob("article-*.md"), key=lambda path: path.name)
    old = path.relative_to(project.content).with_suffix("")
    lines = f"---\nredirect_from: [{old}.md]\naliases: [/{old}/]\n"
    path.write_text(path.read_text().replace("---\n", lines, 1))
    path.rename(path.with_name(path.name.replace("article", "renamed")))
    return project


def rename_site(project: Project, turn: int) -> Project:
    """Give the site another name, which stands on every page."""
    path = project.folder / project.generator.settings
    path.write_text(re.sub(r"Benchmark \d+", f"Benchmark {turn + 1}", path.read_text()))
    return project


def clone(project: Project, turn: int) -> Project:
    """Copy the folder, with what builds left there; every file of the copy is new."""
    copy = project.folder.with_name(f"{project.folder.name}-{turn}")
    run("cp", "-r", project.folder, copy, cwd=project.folder)
    return replace(project, folder=copy)


ACTIONS: dict[str, Action] = {
    "cold": clear,
    "unchanged": leave,
    "body": edit_body,
    "title": edit_title,
    "rename": rename,
    "settings": rename_site,
    "clone": clone,
}
