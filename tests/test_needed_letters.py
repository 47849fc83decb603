"""A row of the boilerplate table that is not tried could not have matched: the letters it needs are read rightly."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoroku.bulletin.boilerplate_patterns import _DATA, _LEAD, lines, sections
from yoroku.bulletin.needed_letters import fence, letters, needed, same


@pytest.mark.parametrize(
    ("pattern", "first", "inside"),
    [
        ("戻る", "戻", "戻"),
        ("(?:この)?ページ", "こペ", "こペ"),
        (".{0,40}(?:copyright\\b|©).*", None, "c©"),
        ("[<«]?\\s?(?:next|older)", None, "no"),
        ("[^。>]{1,20}[>›]", None, ">›"),
        ("(?P<a>x|yy)z", "xy", "xy"),
        ("a?b?", None, None),
        ("(?!z)\\.pdf", ".", "."),
        ("ab|c?", None, None),
        ("[(\\[]x", "([", "(["),
        ("\\d+\\s?[km]b", None, "km"),
        ("(?<=a)q", "q", "q"),
    ],
)
def test_letters_of_a_pattern(pattern: str, first: str | None, inside: str | None) -> None:
    found = needed(pattern)
    assert found.first == (None if first is None else frozenset(first))
    assert found.inside == (None if inside is None else frozenset(inside))


def test_what_is_not_understood_is_always_tried() -> None:
    for pattern in ("(", "[a", "\\1", "a)b"):
        found = needed(pattern)
        assert found.first is None
        assert found.inside is None


def test_case_is_ignored_as_patterns_ignore_it() -> None:
    for wanted, written in (("i", "İIıi"), ("s", "SſS"), ("k", "\u212akK")):
        for char in written:
            if re.fullmatch(wanted, char, re.IGNORECASE):
                assert same(char) == wanted
                assert wanted in letters(f"x{char}")


_ROWS = [line.split("\t") for line in _DATA.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
_WORDS = sorted({word for _, _, row in _ROWS for word in re.findall(r"[^\W\d_]+|\d|[^\w\s\\?*+{}|]", row)})


@given(st.lists(st.sampled_from([*_WORDS, " ", "1", "2024", "年", "：", "【", "】", ">", "|"]), min_size=1, max_size=5))
def test_the_table_answers_as_all_its_rows_tried_in_turn(words: list[str]) -> None:
    line = "".join(words)
    for table in (lines(), sections()):
        lead = _LEAD.match(line)
        assert lead is not None
        tried = (
            reason
            for start in range(lead.end(), -1, -1)
            for reason, pattern in table.rows
            if pattern.fullmatch(line, start)
        )
        assert table.reason(line) == next(tried, "")


def test_a_fence_lets_every_match_through() -> None:
    for pattern, text in (
        ("(?:\\d{4}年|(?P<w>昨日)|[1-9]号)", "x昨日y2024年、3号"),
        ("(?<![a])(?:To|at|[ァ-ヴー]{2})", "To at ビル"),
    ):
        plain = [found.span() for found in re.finditer(pattern, text)]
        assert plain
        assert [found.span() for found in re.finditer(fence(pattern) + pattern, text)] == plain
    assert fence(".a") == ""
    assert fence("a?") == ""
    assert fence("[^a]b") == ""
