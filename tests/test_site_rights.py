"""What a policy, a draft or an embargo withholds is in nothing that is published."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from site_content import (
    AUTHORITY,
    LINKED,
    OFFICIAL,
    PRESS,
    PRIVATE,
    SETTINGS,
    briefing,
    content,
    pages,
    plain_briefing,
    reader,
)

from yoroku.briefing.model import Decision, Policy, Sentence, Source, Span, State, Statement
from yoroku.site.blocks import split
from yoroku.site.names import gather
from yoroku.site.rights import Policies, policies, public, publishable, visibility

RIGHTS = policies(SETTINGS, gather(AUTHORITY, SETTINGS.topics))
WITHHELD = (PRESS[1], PRESS[3], LINKED, PRIVATE)


def test_the_body_keeps_full_text_quotes_excerpts_and_leaves_the_rest_out() -> None:
    shown = public(briefing(), RIGHTS).briefing.body
    assert all(text in shown for text in OFFICIAL)
    assert "…「来年の春には全部の海岸で予測を出せるようにしたい」…" in shown.replace("\\", "")
    assert "編集部が書き足した段落です。" in shown
    assert not any(text in shown for text in WITHHELD)


def test_line_numbers_of_the_body_stay() -> None:
    before = briefing()
    assert public(before, RIGHTS).briefing.body.count("\n") == before.body.count("\n")


def test_nothing_withheld_is_left_in_any_field() -> None:
    left = repr(public(briefing(), RIGHTS))
    assert not [text for text in WITHHELD if text in left]
    assert "shanai" not in left
    assert "非公開太郎" not in left
    assert "海の本" in left


def test_facts_stay_and_lines_of_private_sources_go() -> None:
    shown = public(briefing(), RIGHTS).briefing
    assert [person.name for person in shown.people] == ["桐原澄江"]
    assert shown.events[0].place == "ベルナス"
    assert [item.text for item in shown.decisions] == [OFFICIAL[0]]
    assert [source.publisher for source in shown.sources] == ["見本海洋省", "見本通信", "見本出版"]


def test_letters_count_public_sources_only() -> None:
    first = replace(briefing(), sources=tuple(reversed(briefing().sources)))
    assert [(item.letter, item.publisher) for item in public(first, RIGHTS).sources] == [
        ("A", "見本出版"),
        ("B", "見本通信"),
        ("C", "見本海洋省"),
    ]


def test_a_quotation_counts_once_and_the_bound_holds() -> None:
    tight = replace(RIGHTS, quote_characters=30)
    shown = public(briefing(), tight)
    quoted = [line for line in shown.lines if line.letter == "B"]
    assert sum(len(line.text.strip("…「」")) for line in quoted) <= 30
    assert public(briefing(), replace(RIGHTS, quote_characters=0)).briefing.statements == (briefing().statements[1],)


def test_lines_that_no_source_claims_are_as_closed_as_the_strictest() -> None:
    loose = replace(briefing(), body="どの資料のものか分からない長い一文がここに置いてあります。 ^L50")
    assert public(loose, RIGHTS).briefing.body.strip() == "…"


def test_one_source_that_names_no_lines_owns_everything() -> None:
    only = replace(
        briefing(),
        sources=(Source("見本海洋省", url="https://kaiyo.example/"),),
        body="ただ一つの資料の文です。 ^L5",
    )
    assert "ただ一つの資料の文です。" in public(only, RIGHTS).briefing.body


@pytest.mark.parametrize(
    ("source", "policy"),
    [
        (Source(url="https://www.kaiyo.example/x"), "full"),
        (Source(url="https://notkaiyo.example/x"), "excerpt"),
        (Source(publisher="見本海洋省"), "full"),
        (Source(url="https://kaiyo.example/", policy="link"), "link"),
        (Source(url="https://[broken"), "excerpt"),
    ],
)
def test_who_decides_a_policy(source: Source, policy: Policy) -> None:
    assert RIGHTS.terms(source).policy == policy


def test_a_briefing_of_private_sources_alone_is_not_published() -> None:
    secret = replace(briefing(), sources=briefing().sources[3:])
    assert not publishable(secret, RIGHTS)
    assert not [path for path in pages(content(("content/briefings/himitsu.md", secret))) if "himitsu" in path]


def test_no_withheld_sentence_is_in_any_output() -> None:
    for path, text in pages().items():
        plain = html.unescape(text).replace("\\", "")
        assert not [sentence for sentence in WITHHELD if sentence in plain or sentence[4:-4] in plain], path
        assert "shanai.example" not in plain, path


@pytest.mark.parametrize(
    ("state", "today", "expected"),
    [
        (State(), date(2026, 1, 1), "public"),
        (State(draft=True), date(2026, 1, 1), "draft"),
        (State(unlisted=True), date(2026, 1, 1), "unlisted"),
        (State(publish_at=date(2026, 1, 2)), date(2026, 1, 1), "scheduled"),
        (State(publish_at=date(2026, 1, 1)), date(2026, 1, 1), "public"),
        (State(expires_at=date(2026, 1, 1)), date(2026, 1, 1), "expired"),
        (State(expires_at=date(2026, 1, 2)), date(2026, 1, 1), "public"),
        (State(embargo_until=date(2026, 1, 2), publish_at=date(2020, 1, 1)), date(2026, 1, 1), "embargoed"),
        (State(publish_at=datetime(2026, 1, 1, 9, tzinfo=UTC)), datetime(2026, 1, 1, 8, tzinfo=UTC), "scheduled"),
        (State(publish_at=datetime(2026, 1, 1, 9, tzinfo=UTC)), datetime(2026, 1, 1, 9, tzinfo=UTC), "public"),
    ],
)
def test_visibility(state: State, today: date, expected: str) -> None:
    assert visibility(state, today=today) == expected


@pytest.mark.parametrize("state", [State(draft=True), State(embargo_until=date(2030, 1, 1))])
def test_what_is_not_published_is_nowhere(state: State) -> None:
    hidden = replace(plain_briefing(7), title="まだ秘密の会合", state=state)
    made = content(("content/briefings/a.md", plain_briefing(1)), ("content/briefings/himitsu.md", hidden))
    assert not [path for path, text in pages(made).items() if "himitsu" in path + text or "まだ秘密の会合" in text]
    assert any("まだ秘密の会合" in text for text in pages(made, drafts=True).values())


def test_an_unlisted_briefing_has_its_page_and_is_in_no_list() -> None:
    hidden = replace(plain_briefing(7), title="一覧にない会合", state=State(unlisted=True))
    made = content(("content/briefings/a.md", plain_briefing(1)), ("content/briefings/urayama.md", hidden))
    naming = [path for path, text in pages(made).items() if "一覧にない会合" in text]
    assert naming
    assert all("urayama" in path for path in naming)
    assert reader(made).order() == ("content/briefings/a.md",)


words = st.text(alphabet="観測波高会談国海港見本合意予定確認第一二三", min_size=24, max_size=60).map(
    lambda text: text + "。"
)
policy = st.sampled_from(["full", "excerpt", "link", "private"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(policy, st.lists(words, min_size=1, max_size=4)), min_size=1, max_size=4), st.data())
def test_any_mixture_of_policies_leaks_nothing(parts: list[tuple[str, list[str]]], data: st.DataObject) -> None:
    """Whatever is derived from whatever line: the sum of what is shown of a source keeps to its policy."""
    sources, rows, lines, line = [], [], {}, 1
    for chosen, texts in parts:
        first = line
        for text in texts:
            rows.append(f"{text} ^L{line}")
            lines[line] = (chosen, text)
            line += 1
        sources.append(Source(f"資料{first}", policy=cast(Policy, chosen), lines=(Span(first, line - 1),)))
    picked = data.draw(st.lists(st.sampled_from(sorted(lines)), max_size=6))
    made = replace(
        briefing(),
        sources=tuple(sources),
        people=(),
        review=(),
        provenance=None,
        references=(),
        summary=tuple(Sentence(lines[at][1], (Span(at, at),)) for at in picked[:2]),
        decisions=tuple(Decision(lines[at][1], lines=(Span(at, at),)) for at in picked[2:4]),
        statements=tuple(Statement("ある人", lines[at][1], lines=(Span(at, at),)) for at in picked[4:]),
        body="\n\n".join(rows),
    )
    shown = public(made, Policies(quote_characters=100, quote_percent=50))
    left = repr(
        (
            shown.briefing.body.replace("\\", ""),
            shown.briefing.summary,
            shown.briefing.decisions,
            shown.briefing.statements,
            shown.lines,
        )
    )
    free = "".join(text for chosen, text in lines.values() if chosen == "full")
    for chosen, text in lines.values():
        if chosen in ("link", "private") and text not in free and not _quoted_elsewhere(text, lines):
            assert text not in left
    for item in shown.sources:
        if item.policy == "excerpt":
            texts = {line.text for line in shown.lines if line.letter == item.letter}
            assert sum(len(text.strip("…")) for text in texts) <= min(100, item.length // 2)
    assert [block.text for block in split(made.body)] == [text for _, text in lines.values()]


def _quoted_elsewhere(text: str, lines: dict[int, tuple[str, str]]) -> bool:
    return any(chosen in ("full", "excerpt") and text in other for chosen, other in lines.values())
