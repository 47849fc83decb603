"""The facts of an event cite the lines that say them: the hour its own line, not the headline above it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from site_content import content, pages, plain_briefing

from yoroku.briefing.model import Event, Mention, Source, Span

HEADLINE = "見本海洋大臣会談の結果について"
DATED = "令和5年1月12日"
LONG_TITLE = "12日に開かれた会談の要点"
TOLD = "会談は現地時間の12日午後四時から、ベルナスの見本海洋省の庁舎で約60分間行われた。"
LATER = "大臣は翌13日に帰国した。"


def facts(lines: dict[int, str], event: Event, *, lang: str = "ja") -> dict[str, list[str]]:
    """Label of each fact → its chips, of a briefing whose body has these lines."""
    made = replace(
        plain_briefing(1),
        lang=lang,
        events=(event,),
        places=(Mention("ベルナス"),),
        sources=(Source("見本海洋省", "会合", policy="full", lines=(Span(1, max(lines)),)),),
        summary=(),
        body="\n\n".join(f"{text} ^L{number}" for number, text in lines.items()),
    )
    return chips(pages(content(("content/briefings/b.md", made)), kinds=("briefing",))["briefings/b/index.html"])


def chips(html: str) -> dict[str, list[str]]:
    """Label of each fact → its chips; the local clock is ``clock``."""
    tree = HTMLParser(html)
    found = {
        row.css_first("dt").text(): [chip.text() for chip in row.css("dd .pv")]  # type: ignore[union-attr]
        for row in tree.css(".facts dl > div")
    }
    found["clock"] = [chip.text() for chip in tree.css(".clock .pv")]
    return found


def spans(*lines: int) -> tuple[Span, ...]:
    return tuple(Span(line, line) for line in lines)


def test_each_fact_cites_the_line_that_says_it() -> None:
    event = Event(
        datetime.fromisoformat("2023-01-12T16:00-05:00"), None, 60, "ベルナス", "America/New_York", spans(1, 2, 3, 18)
    )
    found = facts({1: HEADLINE, 2: DATED, 3: LONG_TITLE, 18: TOLD, 19: LATER}, event)
    assert found["clock"] == ["A18"]
    assert found["所要"] == ["A18"]
    assert found["場所"] == ["A18"]
    assert found["日付"] == ["A18"]


def test_facts_of_different_lines_cite_different_lines() -> None:
    at = Event(datetime.fromisoformat("2023-01-12T09:30+09:00"), None, 75, "ベルナス", "Asia/Tokyo", spans(1, 2, 4, 6))
    lines = {1: HEADLINE, 2: "日時 2023年1月12日(木)9時半から", 4: "場所 ベルナス会議場", 6: "所要時間 1時間15分"}
    found = facts(lines, at)
    assert {key: found[key] for key in ("日付", "時刻", "所要", "場所")} == {
        "日付": ["A2"],
        "時刻": ["A2"],
        "所要": ["A6"],
        "場所": ["A4"],
    }


@pytest.mark.parametrize(
    ("said", "start", "minutes"),
    [
        ("The two sides met on January 12, 2023 at 4:00 p.m. for an hour.", "2023-01-12T16:00", 60),
        ("They met on 12 January at noon for one hour and 30 minutes.", "2023-01-12T12:00", 90),
        ("一月十二日午前零時、九十分にわたり行われた。", "2023-01-12T00:00", 90),
        ("1月12日16時30分から2時間半行われた。", "2023-01-12T16:30", 150),
        ("１月１２日（木）１６：３０から４５分間", "2023-01-12T16:30", 45),
        ("회담은 1월 12일 오후 4시부터 1시간 열렸다.", "2023-01-12T16:00", 60),
        ("会谈于1月12日16点举行，历时90分钟。", "2023-01-12T16:00", 90),
        ("Das Treffen am 12. Januar um 16 Uhr dauerte 30 min.", "2023-01-12T16:00", 30),
    ],
)
def test_hours_are_read_as_they_are_written(said: str, start: str, minutes: int) -> None:
    event = Event(datetime.fromisoformat(f"{start}+09:00"), None, minutes, "", "Asia/Tokyo", spans(1, 5))
    found = facts({1: "A headline 2024 no. 3 会談", 5: said}, event)
    assert {tuple(found[key]) for key in ("日付", "時刻", "所要")} == {("A5",)}


def test_what_no_line_spells_out_cites_the_line_of_the_rest() -> None:
    event = Event(date(2023, 1, 12), None, None, "海辺の町", "", spans(1, 7))
    found = facts({1: HEADLINE, 7: "会合は12日に開かれた。"}, event)
    assert found["場所"] == found["日付"] == ["A7"]
    again = facts({1: HEADLINE, 7: "会合はきのう開かれた。"}, event)
    assert again["場所"] == again["日付"] == ["A1"]
