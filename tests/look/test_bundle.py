"""The bundle: modules as one classic script, for pages on a disk."""

from __future__ import annotations

import pytest
from centres import ROOT

from kbgen.look.bundle import bundle

A = 'import { two as second } from "./b.js";\n\nexport const one = () => second();\n'
B = "export function two() {\n  return 2;\n}\n"


def test_modules_become_functions() -> None:
    """Imports ask for what the other module hands out; the first module is run."""
    script = bundle({"a.js": A, "b.js": B}, "a.js")
    assert 'const { two: second } = $need("b.js");' in script
    assert "return { two };" in script
    assert script.endswith('$need("a.js");\n})();\n')
    assert "import" not in script
    assert "export" not in script


def test_modules_are_loaded_when_they_are_wanted() -> None:
    """A module that is imported when it is wanted is found in the bundle."""
    assert "const load = (name) => $load(`./${name}.js`);" in bundle(
        {"a.js": "const load = (name) => import(`./${name}.js`);\n"}, "a.js"
    )


@pytest.mark.parametrize("line", ["export default 7;", 'import x from "./b.js";', "export { a };", 'import "./b.js";'])
def test_other_forms_are_refused(line: str) -> None:
    """A form that nobody has taught it stops the build, with the file and the line."""
    with pytest.raises(ValueError, match=r"a\.js"):
        bundle({"a.js": f"{line}\n"}, "a.js")


def test_every_module_of_the_theme_can_be_bundled() -> None:
    """The theme keeps to the forms that the bundle knows."""
    places = [*(ROOT / "theme/assets/kbgen").glob("*.js"), *(ROOT / "theme/offline").glob("*.js")]
    assert (
        bundle({path.name: path.read_text() for path in places}, "main.js").count("$modules[")
        == len({p.name for p in places}) + 1
    )
