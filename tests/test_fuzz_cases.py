"""Inputs that once broke something, found by bench/fuzz.py, and every attack: what must hold for any bytes holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz_targets import TARGETS

CASES = Path(__file__).parent / "cases"
FOUND = [(path.parent.name, path) for path in sorted((CASES / "fuzz").glob("*/*")) if path.is_file()]
ATTACKS = sorted((CASES / "attacks").glob("*.txt"))


@pytest.mark.parametrize(("target", "path"), FOUND, ids=lambda value: getattr(value, "name", value))
def test_what_broke_once_holds(target: str, path: Path) -> None:
    TARGETS[target](path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: path.stem)
def test_attacks_hold_in_every_reader(target: str, path: Path) -> None:
    for case in path.read_bytes().split(b"\n%%\n"):
        TARGETS[target](case)
