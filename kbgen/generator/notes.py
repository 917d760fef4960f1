"""Notes: what MkDocs, its plugins and Markdown complain of while they work."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from jinja2 import TemplateError, TemplateSyntaxError
from mkdocs.exceptions import Abort, ConfigurationError, PluginError

from kbgen.errors import KbgenError, Where


class Notes(logging.Handler):
    """Collects what is logged under the name `mkdocs`."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        (self.errors if record.levelno >= logging.ERROR else self.warnings).append(record.getMessage())

    def take(self) -> list[str]:
        """The warnings since the last time."""
        taken, self.warnings = self.warnings, []
        return taken


@contextmanager
def noting(notes: Notes) -> Iterator[None]:
    """Collect warnings, and tell MkDocs' ways of failing as a `KbgenError`."""
    log = logging.getLogger("mkdocs")
    log.addHandler(notes)
    propagate, log.propagate = log.propagate, False
    try:
        yield
    except (PluginError, TemplateError, ConfigurationError, Abort) as error:
        raise as_kbgen_error(error, notes) from error
    finally:
        log.removeHandler(notes)
        log.propagate = propagate


def as_kbgen_error(error: Exception, notes: Notes) -> KbgenError:
    """An exception of MkDocs or of a template in our own words."""
    if isinstance(error, ConfigurationError):
        return KbgenError(f"mkdocs.yml cannot be used: {error}")
    if isinstance(error, Abort):
        return not_strict(notes.warnings) if not notes.errors else _not_built(notes.errors)
    if isinstance(error, TemplateError):
        where = (
            Where(path=error.filename or error.name or "", line=error.lineno)
            if isinstance(error, TemplateSyntaxError)
            else None
        )
        hint = "mend the template, or its name in the article"
        return KbgenError(f"a template cannot be used: {error}", where=where, hint=hint)
    return KbgenError(str(error))


def not_strict(warnings: list[str]) -> KbgenError:
    """What a build says that --strict stops."""
    return _not_built(["--strict lets these warnings fail the build:", *warnings])


def _not_built(complaints: list[str]) -> KbgenError:
    return KbgenError("\n".join(["the site was not built", *complaints]))
