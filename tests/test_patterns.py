"""Patterns from memory are those that the library compiles; a file that is not whole is no memory."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from pathlib import Path

import pytest

from yoroku import bulletin
from yoroku.bulletin.facts_pattern import Lazy
from yoroku.patterns import Memory

SOURCES = (
    ("会談", 0),
    (r"(?P<year>\d{4})年(?P<month>\d{1,2})月", 0),
    (r"[\u3400-\u9fff々]{2,5}(?:大臣|長官)(?=は|が)", 0),
    (r"\b(?P<word>said|told)\b(?:.(?P=word))?", re.IGNORECASE),
    (r"^(?:■|(?P<mark>[●○]))\s*(?(mark)\S|.)", re.MULTILINE),
    (r"(?s:a.b)|[^\x00-\U0001ffff]|ſ", re.IGNORECASE),
)


# All that the modules of the importer define.
LAZY = sorted(
    {
        (value._text, int(value._flags))
        for module in pkgutil.iter_modules(bulletin.__path__, "yoroku.bulletin.")
        for value in vars(importlib.import_module(module.name)).values()
        if isinstance(value, Lazy)
    }
)


@pytest.fixture(autouse=True)
def _may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def kept(file: Path) -> Path:
    """The file, written by one start of the program."""
    memory = Memory(file)
    for source, flags in SOURCES:
        memory.pattern(source, flags)
    memory.write()
    return file


def check(file: Path, *, remembered: bool) -> None:
    """The next start gets what `re.compile` gives: two patterns are equal when flags, groups and code are."""
    memory = Memory(file)
    for source, flags in SOURCES:
        found, meant = memory.pattern(source, flags), re.compile(source, flags)
        assert found == meant
        assert (found.groups, dict(found.groupindex)) == (meant.groups, dict(meant.groupindex))
    file.unlink(missing_ok=True)
    memory.write()
    assert file.exists() != remembered, "only what had to be compiled is written"


def test_the_next_start_gets_the_same_patterns(tmp_path: Path) -> None:
    check(kept(tmp_path / "memory"), remembered=True)


def test_a_file_that_is_not_whole_is_no_memory(tmp_path: Path) -> None:
    file = tmp_path / "memory"
    check(file, remembered=False)
    whole = kept(file).read_bytes()
    for torn in (
        b"",
        whole[:40],
        whole[:-1],
        whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:],
        b"x" + whole,
        b"\0" * len(whole),
    ):
        file.write_bytes(torn)
        check(file, remembered=False)


def test_nothing_is_written_where_python_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert not kept(tmp_path / "memory").exists()


def test_a_folder_that_cannot_be_written_to_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    kept(tmp_path / "file" / "memory")


def test_a_pattern_with_a_mistake_is_told_as_by_the_library(tmp_path: Path) -> None:
    with pytest.raises(re.error, match="unterminated"):
        Memory(tmp_path / "memory").pattern("(a", 0)


def test_every_pattern_of_the_importer_is_the_library_s(tmp_path: Path) -> None:
    file = tmp_path / "memory"
    first, patterns = Memory(file), LAZY
    for source, flags in patterns:
        first.pattern(source, flags)
    first.write()
    second = Memory(file)
    for source, flags in patterns:
        assert second.pattern(source, flags) == re.compile(source, flags)
