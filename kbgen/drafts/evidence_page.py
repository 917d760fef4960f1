"""The page of the evidence: one file that needs nothing else, and that only its owner may read."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kbgen.drafts.evidence import Evidence, title_of_view
from kbgen.errors import KbgenError
from kbgen.look.tokens import read_tokens, theme_folder
from kbgen.outputs.files import write_whole

FOLDER = "evidence"
FIRST = 5
"""Tickets of a line that are shown at once; the others are folded away."""


def page_of(shown: Evidence) -> str:
    """The view as HTML."""
    tokens = read_tokens(theme_folder() / "tokens.yml")
    environment = Environment(
        loader=PackageLoader("kbgen.drafts", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("evidence.html").render(
        title=title_of_view(shown),
        light=Markup(tokens.colours(dark=False)),  # noqa: S704 - custom properties from the theme's own file
        dark=Markup(tokens.colours(dark=True)),  # noqa: S704
        topic=shown.draft.topic,
        kind=shown.draft.kind.value,
        lines=shown.lines,
        left_out=shown.left_out,
        questions=shown.questions,
        first=FIRST,
    )


def write_page(state: Path, shown: Evidence) -> Path:
    """Write the view below `.kbgen/evidence/`, for the eyes of its owner alone, and say where."""
    folder = state / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        path = folder / f"{shown.draft.topic.id}.html"
        write_whole(path, page_of(shown))
        path.chmod(0o600)
    except OSError as error:
        raise KbgenError(
            f"the folder '{folder}' cannot be used: {error.strerror}", hint="check who may write there"
        ) from error
    return path
