"""The program as a wheel, carried by every site in `vendor/`: a push builds anywhere, whoever has Yoroku or not.

The wheel is made from the running program's own files. A checkout, an editable install and an installed package make
the same bytes: names are sorted, the date is fixed, and nothing is compressed (two versions of zlib need not agree on
their bytes, and git compresses what it keeps anyway).
"""

from __future__ import annotations

import hashlib
import io
import os
import tomllib
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from yoroku import __version__
from yoroku.problems import Place, Problem, Problems
from yoroku.records import dataclass

VENDOR = "vendor"
LOCK = "requirements/runtime.lock"
CHANGES = "CHANGELOG.md"

_PACKAGE = Path(__file__).resolve().parent.parent
_WITHIN = "yoroku/_site/"
# In the installed package the files of a site lie beside the code; in a checkout they are the checkout's own.
_PACKAGED = _PACKAGE / "_site"
_CHECKOUT = _PACKAGE.parent
# The first moment that a zip file can name.
_DATE = (1980, 1, 1, 0, 0, 0)
_PROJECT = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel: its file name, its bytes and their SHA-256 digest (hex)."""

    name: str
    data: bytes
    digest: str


def given() -> dict[str, bytes]:
    """What a site begins with, and what the wheel is described by: path in the project → bytes. Raises OSError."""
    root = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    sources = (root / source for source in _included(_project((root / _PROJECT).read_bytes())))
    return {file.relative_to(root).as_posix(): file.read_bytes() for source in sources for file in _below(source)}


def given_by(wheel: Path) -> dict[str, bytes]:
    """The same, of the version that a wheel holds. Raises `Problems` when it is not whole."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            names = (name for name in archive.namelist() if name.startswith(_WITHIN))
            return {name.removeprefix(_WITHIN): archive.read(name) for name in names}
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        what = f"the wheel cannot be read: {error}"
        fix = "take it back from version control, or remove it"
        raise Problems(Problem(Place(f"{VENDOR}/{wheel.name}"), "wheel-unreadable", what, fix)) from None


def wheel_of(files: Mapping[str, bytes]) -> Wheel:
    """The running program, with what `given` returned. Raises OSError."""
    project = _project(files[_PROJECT])
    code = {f"yoroku/{file.relative_to(_PACKAGE).as_posix()}": file for file in _below(_PACKAGE)}
    contents = {name: file.read_bytes() for name, file in code.items() if not name.startswith(_WITHIN)}
    contents |= {_WITHIN + path: data for path, data in files.items()}
    described = f"yoroku-{__version__}.dist-info"
    contents |= {f"{described}/{name}": data for name, data in _description(project["project"], files).items()}
    rows = [f"{name},{_recorded(data)},{len(data)}\n" for name, data in sorted(contents.items())]
    contents[f"{described}/RECORD"] = "".join([*rows, f"{described}/RECORD,,\n"]).encode()
    data = _zipped(contents)
    return Wheel(f"yoroku-{__version__}-py3-none-any.whl", data, hashlib.sha256(data).hexdigest())


def requirements(wheel: Wheel, lock: str) -> str:
    """The lines of `requirements.txt`: the carried wheel and what it needs, each with the digests that pip checks."""
    return f"./{VENDOR}/{wheel.name} \\\n    --hash=sha256:{wheel.digest}\n{lock}"


def _project(data: bytes) -> dict[str, Any]:
    return tomllib.loads(data.decode("utf-8"))


def _included(project: dict[str, Any]) -> list[str]:
    included: dict[str, str] = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    return sorted(included)


def _below(path: Path) -> list[Path]:
    """The file, or every file below the folder that people wrote; none when there is nothing."""
    if path.is_file():
        return [path]
    found = (Path(folder) / name for folder, _, names in os.walk(path) for name in names)
    return sorted(file for file in found if "__pycache__" not in file.parts and not file.name.startswith(".DS_"))


def _description(project: dict[str, Any], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a wheel's `.dist-info` folder, RECORD aside."""
    metadata = [
        "Metadata-Version: 2.4",
        f"Name: {project['name']}",
        f"Version: {__version__}",
        f"Summary: {project['description']}",
        f"License-Expression: {project['license']}",
        "License-File: LICENSE",
        f"Requires-Python: {project['requires-python']}",
        *(f"Requires-Dist: {needed}" for needed in project["dependencies"]),
    ]
    scripts = [f"{name} = {target}" for name, target in sorted(project["scripts"].items())]
    return {
        "METADATA": ("\n".join(metadata) + "\n").encode(),
        "WHEEL": b"Wheel-Version: 1.0\nGenerator: yoroku\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "entry_points.txt": ("[console_scripts]\n" + "\n".join(scripts) + "\n").encode(),
        "licenses/LICENSE": files["LICENSE"],
    }


def _recorded(data: bytes) -> str:
    return "sha256=" + urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def _zipped(contents: Mapping[str, bytes]) -> bytes:
    """A zip file of these, the description last, as the wheel format advises."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(contents, key=lambda name: (".dist-info/" in name, name)):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, contents[name])
    return held.getvalue()
