"""The bundle: modules joined into one classic script, since browsers load no modules from a disk."""

from __future__ import annotations

import re
from collections.abc import Mapping

_IMPORT = re.compile(r"^import \{(?P<names>[^}]*)\} from \"\./(?P<module>[\w-]+\.js)\";$", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) (?P<name>\w+))", re.MULTILINE)
_OTHER = re.compile(r"^\s*(?:import\b(?!\()|export\b).*$", re.MULTILINE)
_START = """\
"use strict";
(() => {
const $modules = {}, $made = {};
const $need = (name) => ($made[name] ??= $modules[name]());
const $load = async (path) => $need(path.slice(2));
"""


def bundle(modules: Mapping[str, str], entry: str) -> str:
    """One script that does what the module `entry` does; the modules are its own and those it loads, by name.

    It knows the forms of import and export that the theme's modules use; raises a `ValueError` for any other.
    """
    made = [f'$modules["{name}"] = () => {{\n{_as_function(name, modules[name])}\n}};\n' for name in sorted(modules)]
    return f'{_START}{"".join(made)}$need("{entry}");\n}})();\n'


def _as_function(name: str, text: str) -> str:
    exported = [found["name"] for found in _EXPORT.finditer(text)]
    body = _IMPORT.sub(_needed, _EXPORT.sub("", text)).replace("import(", "$load(")
    if other := _OTHER.search(body):
        raise ValueError(f"{name}: '{other[0].strip()}' cannot be bundled")
    return f"{body}\nreturn {{ {', '.join(exported)} }};"


def _needed(found: re.Match[str]) -> str:
    return f'const {{{found["names"].replace(" as ", ": ")}}} = $need("{found["module"]}");'
