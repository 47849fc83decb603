"""Our own reader of front matter gives PyYAML's answer, places included, or none at all."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_front_matter import briefings

from yoroku import full_yaml, quick_yaml
from yoroku.briefing import model
from yoroku.briefing.file import dump
from yoroku.problems import Problems
from yoroku.yaml_nodes import Node

PIECES = (
    *("a", "key", "title:", "lines:", "people: ", "- ", "-", "--", "---", "...", ": ", ":", " ", "  ", "    ", "\n"),
    *('"', '""', '"a b"', '"a\\"b"', '"\\\\"', '"\\n"', "'", "'x'", "[", "]", "[]", "[a, b]", '["a", 9-10]', ", ", ","),
    *("{", "}", "{a: b}", "#", " #", "&a", "*a", "!t", "!!str", "|", ">", "%", "@", "`", "?", "? ", "~", "null", "<<"),
    *(
        "汐見",
        "　",
        "・",
        "「波」",
        "2024-02-01T09:00+09:00",
        "https://a.example/b#c",
        "\t",
        "\u2028",
        "\x85",
        "\ufeff",
    ),
    *("on", "true", "=", "\\", "é", "\U0001f30a", "\xa0", "\u3000x"),
)


def by_pyyaml(text: str) -> Node | None:
    """What PyYAML reads; None for a mistake or a key that stands twice."""
    try:
        found, repeated = full_yaml.read(text, path="x.md", first_line=2)
    except Problems:
        return None
    return None if repeated else found


def check(text: str) -> None:
    quick = quick_yaml.read(text, first_line=2)
    assert quick is None or quick == by_pyyaml(text)


def front(briefing: model.Briefing) -> str:
    text = dump(briefing)
    return text[4 : text.index("\n---\n", 3) + 1]


@settings(max_examples=30)
@given(briefings)
def test_what_the_writer_writes(briefing: model.Briefing) -> None:
    check(front(briefing))


@settings(max_examples=80)
@given(briefings, st.data())
def test_what_an_editor_may_make_of_it(briefing: model.Briefing, data: st.DataObject) -> None:
    text = front(briefing)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from(PIECES)) + text[at + data.draw(st.integers(0, 3)) :]
    check(text)


@settings(max_examples=700)
@example("a:\n- b\n")
@example("a:\n  - b: c\n    d: e\n  - f\n")
@example("a:\n   b: c\n d: e\n")
@example("a: b\n  c\n")
@example("a: [b, c\n  ]\n")
@example("a: [b:c, d]\n")
@example("a: [b c , d  e]\n")
@example("a:\n  - - b\n")
@example("a: b: c\n")
@example('a: {b: c, d: [e, f], g: "h"}\n')
@example("a: {b: c, b: d}\n")
@example("a: {b: c} \n")
@example("a: {b: c,}\n")
@example("a: {b: {c: d}}\n")
@example("a: {b: [c]d}\n")
@example("- {a: b}\n- {c: d}\n")
@example("- a\n\n# b\n  c\n")
@example("a: b\n # c\n  d\n")
@example("a:\n # b\n\n  c: d\n# e\n")
@example("#\n")
@given(st.lists(st.sampled_from(PIECES), max_size=14).map(lambda parts: "".join(parts) + "\n"))
def test_anything_else(text: str) -> None:
    check(text)


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("", "  ", "    ", "  - ", "    - ", "- ", "      ", "# ", "\n", "  #\n", "- {a: b, c: ")),
            st.sampled_from(("title:", "lines:", "name:", "text:", "")),
            st.sampled_from(PIECES),
            st.sampled_from((*PIECES, "", "", "")),
        ).map(lambda row: f"{row[0]}{row[1]} {row[2]}{row[3]}" if row[2] != "\n" else f"{row[0]}{row[1]}"),
        max_size=5,
    ).map(lambda rows: "".join(row + "\n" for row in rows))
)
def test_lines_that_look_like_front_matter(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        'title: "波: 高い"\ndate: 2024-02-01T09:00+09:00\nlang: ja\n',
        "people:\n  - name: 汐見澪子\n    as_written: [澪子, 汐見氏]\n    lines: [6, 9-10]\n  - 凪沢一海\n",
        "event:\n  start: 2024-02-01\n  place: 凪港\nprovenance:\n  dropped:\n    - lines: [3]\n      reason: 広告\n",
        'topics: ["海洋調査", "防災 計画"]\nsources:\n  - publisher: 波音通信\n    url: https://a.example/x#y\n',
        'title: "「波\\"の\\\\」"\ntags: []\n',
        "# 設定\n\ntitle: 波\n  # 種別\nkinds:\n\n  - {name: wave, ja: 高い 波, words: [波高, wave heights]}\n\n",
        '# 人物\n- id: nagi\n  roles:\n    - {title: 町長, from: "2022-08-01"}\n# 見本\n- {id: mio}\n',
    ],
)
def test_ordinary_front_matter_needs_no_pyyaml(text: str) -> None:
    quick = quick_yaml.read(text, first_line=2)
    assert quick is not None
    assert quick == by_pyyaml(text)
