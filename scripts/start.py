"""Set everything up and build the sample site: the first of the two commands."""

from __future__ import annotations

import subprocess
import sys

from environment import ROOT, prepare

if __name__ == "__main__":
    python = prepare("runtime")
    sys.exit(subprocess.run([str(python), "build.py", *sys.argv[1:]], cwd=ROOT, check=False).returncode)
