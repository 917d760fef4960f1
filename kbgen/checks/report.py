"""How findings are told: lines for a terminal, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kbgen.checks.interface import Finding, Level


def as_text(finding: Finding) -> str:
    """One finding as an editor's terminal understands it: file:line:column: level: message."""
    place = ":".join([finding.path, *(str(n) for n in (finding.line, finding.column) if n)])
    hint = f"\n  hint: {finding.hint}" if finding.hint else ""
    return f"{place}: {finding.level}: {finding.message} [{finding.id}]{hint}"


def count(found: Sequence[Finding]) -> str:
    """The counts in words: '2 errors, 1 warning'; notes are not counted."""
    errors = sum(finding.level is Level.ERROR for finding in found)
    warnings = sum(finding.level is Level.WARNING for finding in found)
    return f"{_number(errors, 'error')}, {_number(warnings, 'warning')}"


def _number(amount: int, noun: str) -> str:
    return f"{amount} {noun}{'' if amount == 1 else 's'}"


def as_json(found: Sequence[Finding]) -> str:
    """Every finding for programs."""
    return json.dumps({"schema_version": 1, "findings": [f.as_json() for f in found]}, indent=2)
