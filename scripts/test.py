"""Install what tests need, Chromium included, and pass them: the second of the two commands.

Further arguments go to pytest, e.g. `python3 scripts/test.py tests/test_markdown.py -k ruby`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from environment import ROOT, prepare

APT_PACKAGES = ("chromium", "fonts-noto-cjk")
NO_CHROMIUM = """\
Chromium is not installed and apt is not to be had here: tests of pages and search in a browser will be skipped.
Install Chromium or Chrome, or name one in the variable CHROMIUM, and run this again to have them too."""


def browser() -> str | None:
    """The browser that tests drive: $CHROMIUM, else what is installed."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)


def install_browser() -> None:
    """Install Debian's Chromium and a Japanese font by apt, where that is possible without asking anyone."""
    if browser():
        return
    prefix: list[str] = []
    if not shutil.which("apt-get"):
        print(NO_CHROMIUM, flush=True)
        return
    if os.geteuid() != 0:
        if (
            not shutil.which("sudo")
            or subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode
        ):
            print(f"{NO_CHROMIUM}\n  sudo apt-get install {' '.join(APT_PACKAGES)}", flush=True)
            return
        prefix = ["sudo", "-n"]
    print("installing Chromium by apt (only the first time) …", flush=True)
    # An unreachable third-party list makes the update fail; whether the install works is what counts.
    subprocess.run([*prefix, "apt-get", "update", "-qq"], check=False, stdout=subprocess.DEVNULL)
    install = [*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *APT_PACKAGES]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(install, env=environment, check=False, stdout=subprocess.DEVNULL)
    if not browser():
        print(NO_CHROMIUM, flush=True)


def main() -> int:
    """Run every check; the exit code of the first that fails, else 0."""
    python = str(prepare("test"))
    install_browser()
    checks = [
        [python, "-m", "ruff", "format", "--check", "--quiet", "."],
        [python, "-m", "ruff", "check", "--quiet", "."],
        [python, "-m", "mypy"],
    ]
    if sys.argv[1:]:
        checks = []
    for command in (*checks, [python, "-m", "pytest", *sys.argv[1:]]):
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
