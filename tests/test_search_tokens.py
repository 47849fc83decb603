"""The tokeniser: one in Python, one in the browser, equal on the shared vectors and on any Unicode."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_site import CASES, chromium, lay_out, served

from yoroku.search.era import western
from yoroku.search.tokens import GAP, VARIANTS, VERSION, coded, coded_line, fold, is_coded, spaced

VECTORS = json.loads((CASES / "tokens.json").read_text(encoding="utf-8"))
ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
COMMON = "aAzZ09-‐－ー〜、。「」 　\n\t一二三ｶﾞﾊﾟがぎ゙゚́アイ漢字髙﨑㍿①½"


@pytest.fixture(scope="module")
def browser_tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    root = tmp_path_factory.mktemp("tokens")
    lay_out(root, tmp_path_factory.mktemp("cache"), ())
    with chromium() as browser, served(root) as address:
        tab = browser.new_page()
        tab.goto(address)
        yield lambda texts: tab.evaluate(
            """async (texts) => {
              const { coded, fold, spaced, VERSION } = await import("/assets/search.0/tokens.js");
              return texts.map((text) => [fold(text), coded(text), spaced(text).map((word) => word.t), VERSION]);
            }""",
            texts,
        )


def ours(text: str) -> list[object]:
    return [fold(text), coded(text), list(spaced(text)), VERSION]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: repr(vector["text"])[:30])
def test_vectors(vector: dict[str, Any]) -> None:
    assert ours(vector["text"])[:3] == [vector["fold"], vector["coded"], vector["spaced"]]


def test_the_browser_agrees_on_the_vectors(browser_tokens: Any) -> None:
    texts = [vector["text"] for vector in VECTORS]
    assert browser_tokens(texts) == [ours(text) for text in texts]


def test_the_browser_agrees_on_every_character(browser_tokens: Any) -> None:
    points = [point for point in (*range(1, 0x30000), *range(0xE0000, 0xE0200)) if not 0xD800 <= point < 0xE000]
    texts = [chr(point) for point in points]
    differing = [
        (hex(ord(text)), theirs, ours(text))
        for text, theirs in zip(texts, browser_tokens(texts), strict=True)
        if theirs != ours(text)
    ]
    assert not differing, differing[:10]


@pytest.mark.parametrize("seed", range(3))
def test_the_browser_agrees_on_any_text(browser_tokens: Any, seed: int) -> None:
    chance = random.Random(seed)
    everything = [point for point in range(1, 0x30000) if not 0xD800 <= point < 0xE000]
    texts = [
        "".join(
            chance.choice(COMMON) if chance.random() < 0.6 else chr(chance.choice(everything))
            for _ in range(chance.randint(1, 10))
        )
        for _ in range(8000)
    ]
    differing = [
        (ascii(text), theirs, ours(text))
        for text, theirs in zip(texts, browser_tokens(texts), strict=True)
        if theirs != ours(text)
    ]
    assert not differing, differing[:5]


@given(ANY)
def test_one_word_for_every_unit(text: str) -> None:
    words, count = coded_line(text)
    assert words.split(" ")[:-1] == coded(text)
    assert count == len(coded(text)) == sum(len(line) for line in fold(text).split("\n"))
    with_gaps, more = coded_line(text, GAP)
    assert with_gaps.replace(f"{GAP} ", "") == words
    assert more - count == sum(1 for line in fold(text).split("\n") if line)
    assert all(word.isalnum() and word == word.lower() for word in coded(text))


@given(ANY, ANY)
def test_words_do_not_cross_lines(before: str, after: str) -> None:
    assert coded(f"{before}\n{after}") == coded(before) + coded(after)


@given(ANY)
def test_spaced_words_have_no_spaces(text: str) -> None:
    assert all(len(word.split()) == 1 for word in spaced(text) if word.isascii())


def test_no_variant_stands_twice() -> None:
    forms = [form for entry in VARIANTS.split() for form in entry[1:] if form != entry[0]]
    assert len(forms) == len(set(forms))
    kept = {entry[0] for entry in VARIANTS.split()}
    assert not kept & set(forms), "a kept form is folded to another"


@pytest.mark.parametrize(("lang", "yes"), [("ja", True), ("zh-Hant", True), ("en", False), ("fr-CA", False)])
def test_languages(lang: str, yes: bool) -> None:
    assert is_coded(lang) is yes


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("令和5年1月12日", ("2023年1月12日",)),
        ("令和元年度", ("2019年度",)),
        ("平成三十年七月", ("2018年7月", "平成30年7月")),
        ("昭和二十年八月十五日", ("1945年8月15日", "昭和20年8月15日")),
        ("明治２年", ("1869年",)),
        ("平和5年", ()),
    ],
)
def test_era_dates(text: str, dates: tuple[str, ...]) -> None:
    assert western(text) == dates
