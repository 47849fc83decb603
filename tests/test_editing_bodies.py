"""Broken texts of notes and the exact words that an editor gets: golden cases in cases/bodies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from editors_site import Site, png

CASES = Path(__file__).parent / "cases" / "bodies"


@pytest.mark.parametrize("case", sorted(CASES.glob("*.md")), ids=lambda case: case.stem)
def test_messages(tmp_path: Path, case: Path) -> None:
    site = Site(tmp_path / "site")
    site.write("content/notes/images/観測網.png", png(4, 3))
    site.write(f"content/notes/{case.stem}.md", case.read_bytes())
    outcome = site.build()
    told = "".join(f"{problem}\n" for problem in outcome.problems)
    if os.environ.get("YOROKU_WRITE_CASES"):
        case.with_suffix(".txt").write_text(told, "utf-8")
    assert told == case.with_suffix(".txt").read_text("utf-8")
    assert outcome.ok == (": error: " not in told)
    assert (site.root / "output").exists() == outcome.ok
