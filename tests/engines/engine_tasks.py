"""Functions that tests give to engines; they stand here so that other processes can import them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from kbgen.errors import KbgenError, Where


def square(number: int) -> int:
    return number * number


def process_of(_: int) -> int:
    time.sleep(0.02)
    return os.getpid()


def refused(number: int) -> int:
    if number == 7:
        raise KbgenError("seven is refused", where=Where(path="numbers.csv", line=7), hint="take another")
    return number


def square_or_die_once(part: tuple[str, int]) -> int:
    """The square of a number; the process that first meets the number 5 is killed."""
    folder, number = part
    mark = Path(folder) / "died"
    if number == 5 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def die_at_five(number: int) -> int:
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return number
