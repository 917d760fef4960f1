"""Makes an export of invented support conversations, as a help desk would give it.

    python tests/exports/make_export.py OUT --tickets 5000 --format zendesk --seed 1
    python tests/exports/make_export.py FOLDER --centre

The first writes OUT and OUT.labels.csv; the second a small help centre of the same product.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from export_conversations import conversations
from export_files import FORMATS, write_export
from sample_centre import make_help_centre


def main(arguments: list[str]) -> int:
    """Write what the command line asks for; the exit code."""
    parser = argparse.ArgumentParser(description="Make an export of invented support conversations.")
    parser.add_argument("out", type=Path, help="file to write, or a folder with --centre")
    parser.add_argument("--tickets", type=int, default=5000, help="how many conversations (default 5000)")
    parser.add_argument("--format", choices=FORMATS, default="zendesk", help="form of the file (default zendesk)")
    parser.add_argument("--seed", type=int, default=1, help="another number makes other conversations (default 1)")
    parser.add_argument("--centre", action="store_true", help="make the help centre of the product instead")
    chosen = parser.parse_args(arguments)
    if chosen.centre:
        made: Path = make_help_centre(chosen.out)
    else:
        made = write_export(chosen.out, chosen.format, conversations(chosen.tickets, chosen.seed))
    sys.stdout.write(f"Wrote {chosen.out} and {made}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
