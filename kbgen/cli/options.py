"""Options and helpers that several commands share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from kbgen.errors import MissingPartError

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day, as year-month-day."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """The date that the text names."""
        try:
            return datetime.fromisoformat(str(value)).date()
        except ValueError:
            self.fail(f"'{value}' is not a day; write year-month-day, for example 2026-11-23", param, ctx)


config_option: Callable[[F], F] = click.option(
    "-f",
    "--config",
    default=Path("mkdocs.yml"),
    show_default=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The help centre's settings.",
)
date_option: Callable[[F], F] = click.option(
    "--date", "today", type=Day(), help="The day that counts as today, for what is published. Default: today in UTC."
)
json_option: Callable[[F], F] = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def print_json(name: str, value: object) -> None:
    """Print one named value with the version of its schema."""
    click.echo(json.dumps({"schema_version": 1, name: value}, indent=2, ensure_ascii=False, default=str))


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Say how to install an extra where an import inside the block fails."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingPartError(
            f"this command needs the extra '{extra}' ({error.name} is not installed)",
            hint=f"pip install 'kbgen[{extra}]'",
        ) from error


def table(rows: Sequence[tuple[str, ...]], right: tuple[int, ...] = ()) -> None:
    """Print rows as columns; those numbered in `right` are set flush right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        click.echo("  ".join(cells).rstrip())
