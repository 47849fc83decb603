"""Set everything up and build the sample site: the first of the two commands."""

from __future__ import annotations

import subprocess
import sys

from environment import ROOT, prepare

if __name__ == "__main__":
    python = prepare("runtime")
    code = subprocess.run([str(python), "build.py", *sys.argv[1:]], cwd=ROOT, check=False).returncode
    if code == 0 and not sys.argv[1:]:
        name = python.relative_to(ROOT)
        print(f"The pages are in output/; open output/index.html.\nPreview them with: {name} build.py serve")
    sys.exit(code)
