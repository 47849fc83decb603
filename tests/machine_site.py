"""Sites for the tests of what machines read: built once by the real pipeline, read as files."""

from __future__ import annotations

import shutil
from pathlib import Path

from yoroku.build.pipeline import Options, build

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(__file__).resolve().parent / "cases"
BASE = "https://example.org/below"


def build_site(source: Path, target: Path, *, base_url: str = BASE, settings: str = "") -> Path:
    """Copy a site of cases, give it the project's templates, build it, and return its output folder."""
    shutil.copytree(source, target, dirs_exist_ok=True)
    shutil.copytree(ROOT / "templates", target / "templates", dirs_exist_ok=True)
    if settings:
        with (target / "site.yaml").open("a", encoding="utf-8") as file:
            file.write(settings)
    outcome = build(target, Options(base_url=base_url or None, search=False, jobs=1))
    assert outcome.ok, [str(problem) for problem in outcome.problems]
    return target / "output"
