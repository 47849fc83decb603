"""A virtual environment in `.venv`, filled from a lock file; made once, reused after that, also offline."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def prepare(lock: str) -> Path:
    """The environment's Python, with everything in `requirements/<lock>.lock` installed.

    Exits with a plain sentence when this Python is too old, has no pip, or the packages cannot be had.
    """
    if sys.version_info < (3, 11):  # noqa: UP036 - this very script may be started by an older Python
        sys.exit(f"Yoroku needs Python 3.11 or newer; this is {sys.version.split()[0]} ({sys.executable}).")
    file = ROOT / "requirements" / f"{lock}.lock"
    stamp = FOLDER / f"{lock}.stamp"
    wanted = hashlib.sha256(file.read_bytes() + sys.version.encode()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return PYTHON
    print(f"setting up {FOLDER.name} from {file.relative_to(ROOT).as_posix()} (only the first time) …", flush=True)
    if not _works(PYTHON):
        # Without pip: Debian's Python has no ensurepip, but the pip beside it can install into another environment.
        venv.create(FOLDER, clear=True, with_pip=False, symlinks=os.name != "nt")
    _install(file)
    stamp.write_text(wanted)
    return PYTHON


def _works(python: Path) -> bool:
    return python.exists() and subprocess.run([str(python), "-c", "pass"], check=False).returncode == 0


def _install(file: Path) -> None:
    pip = [sys.executable, "-m", "pip"]
    if subprocess.run([*pip, "--version"], check=False, capture_output=True).returncode:
        sys.exit("There is no pip beside this Python. On Debian or Ubuntu: sudo apt install python3-pip")
    command = [*pip, "--python", str(PYTHON), "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    if subprocess.run([*command, "-r", str(file)], check=False).returncode:
        sys.exit("The packages could not be installed (see above). Check the network, then run this again.")
