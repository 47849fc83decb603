"""The same input gives the same bytes, whatever the process, machine settings and order of things."""

from __future__ import annotations

import os
import random
import shutil
import sys
from pathlib import Path

import pytest
from sample_site import begin, run, tree

Variant = tuple[tuple[str, ...], dict[str, str]]
VARIANTS: dict[str, Variant] = {
    "one worker, Turkish": (("--jobs", "1"), {"PYTHONHASHSEED": "0", "LC_ALL": "tr_TR.UTF-8", "PYTHONOPTIMIZE": "1"}),
    "five workers far east": (("--jobs", "5"), {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati"}),
    "no UTF-8 far west": ((), {"LC_ALL": "C", "LANG": "C", "TZ": "America/Los_Angeles", "PYTHONUTF8": "0"}),
}


def made(root: Path, words: tuple[str, ...], environment: dict[str, str], cwd: Path | None = None) -> dict[str, bytes]:
    ran = run(root, "build", "--no-search", "--quiet", *words, cwd=cwd, **environment)
    assert ran.returncode == 0, ran.stderr + ran.stdout
    return tree(root / "output") | {f"content/{name}": data for name, data in tree(root / "content").items()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    root = begin(tmp_path_factory.mktemp("first") / "site")
    return root, made(root, (), {"PYTHONHASHSEED": "random"})


def assert_same(found: dict[str, bytes], expected: dict[str, bytes]) -> None:
    assert sorted(found) == sorted(expected)
    assert [name for name in expected if found[name] != expected[name]] == []


@pytest.mark.parametrize("name", VARIANTS)
def test_same_bytes(first: tuple[Path, dict[str, bytes]], tmp_path: Path, name: str) -> None:
    root = begin(tmp_path / "elsewhere" / "別の 場所")
    assert_same(made(root, *VARIANTS[name]), first[1])


def test_order_of_files_and_working_directory_do_not_matter(
    first: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    sample = begin(tmp_path / "sample")
    files = [path for path in sample.rglob("*") if path.is_file()]
    random.Random(7).shuffle(files)
    root = tmp_path / "shuffled"
    for number, path in enumerate(files):
        target = root / path.relative_to(sample)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        os.utime(target, (10**9 + number * 1000, 10**9 + number * 1000))
    assert_same(made(root, (), {}, cwd=Path(sys.prefix)), first[1])


def test_an_edit_and_its_undoing_leave_no_trace(first: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    root = tmp_path / "edited"
    shutil.copytree(first[0], root)
    note, settings = root / "content/notes/first-note.md", root / "site.yaml"
    before = note.read_bytes(), settings.read_bytes()
    note.write_bytes(before[0] + "\n追記。\n".encode())
    settings.write_bytes(before[1].replace("要録".encode(), "別の要録".encode()))
    assert made(root, (), {}) != first[1]
    note.write_bytes(before[0])
    settings.write_bytes(before[1])
    assert_same(made(root, ("--jobs", "3"), {}), first[1])
