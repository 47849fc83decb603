"""Small invented content for the tests of the site. Every name and event here is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from yoroku.briefing.authority import Authority, KnownOrganisation, KnownPerson, KnownPlace, Role
from yoroku.briefing.model import (
    Briefing,
    Decision,
    Dropped,
    Event,
    Evidence,
    Mention,
    Note,
    Person,
    Provenance,
    Reference,
    Review,
    Sentence,
    Source,
    Span,
    StandingPage,
    Statement,
)
from yoroku.config import KindName, Settings, Topic
from yoroku.site import urls
from yoroku.site.catalogue import Content, PlainReader
from yoroku.site.pages import PAGE_KINDS
from yoroku.site.theme import Theme

TEMPLATES = Path(__file__).parent.parent / "templates"
TODAY = date(2026, 5, 1)

SETTINGS = Settings(
    title="見本要録",
    tagline="見本のための要録",
    author="見本編集部",
    languages=("en",),
    base_url="https://example.org/sub",
    repository="https://example.org/repo",
    kinds=(KindName("meeting", "会談", "Meeting"),),
    topics=(Topic("海の観測", "Ocean watching", ("観測",)),),
)
AUTHORITY = Authority(
    people=(
        KnownPerson(
            "kirihara",
            "桐原澄江",
            "きりはら すみえ",
            "KIRIHARA Sumie",
            ("桐原大臣",),
            (Role("海洋大臣", "見本海洋省"),),
        ),
    ),
    organisations=(
        KnownOrganisation(
            "kaiyo",
            "見本海洋省",
            "みほんかいようしょう",
            hosts=("kaiyo.example",),
            policy="full",
            attribution="出典：見本海洋省",
            kind="primary",
        ),
        KnownOrganisation("tsushin", "見本通信", "みほんつうしん", hosts=("tsushin.example",), kind="report"),
    ),
    places=(KnownPlace("vernas", "ベルナス", "べるなす", "Vernas", timezone="America/New_York"),),
)
# One sentence a line, so that a test can say which line must be where.
OFFICIAL = (
    "両大臣は、波の高さの観測値を毎日交換することで合意した。",
    "桐原大臣は、観測ブイを十二基に増やす計画を説明した。",
)
PRESS = (
    "両大臣は波の高さの値を毎日やり取りする方針で一致しました。",
    "会談の部屋には両国の国旗と観測ブイの模型が飾られていました。",
    "桐原大臣は「来年の春には全部の海岸で予測を出せるようにしたい」と述べました。",
    "同行した記者によりますと会談は予定より長く続いたということです。",
)
LINKED = "この段落は題名と住所だけを載せる約束の資料から写したものです。"
PRIVATE = "これは外に出してはならない非公開の資料にだけ書いてある一文です。"


def briefing(**changes: Any) -> Briefing:
    """A briefing with a full, an excerpted, a linked and a private source."""
    body = "\n\n".join(
        [
            "## 見本海洋省の発表 ^L2",
            *(f"{text} ^L{3 + at}" for at, text in enumerate(OFFICIAL)),
            *(f"{text} ^L{11 + at}" for at, text in enumerate(PRESS)),
            f"- {LINKED} ^L21\n- {PRIVATE} ^L31",
            "編集部が書き足した段落です。",
        ]
    )
    made = Briefing(
        title="見本海洋大臣会談の概要",
        kind="meeting",
        date=date(2023, 1, 13),
        events=(
            Event(
                start=datetime.fromisoformat("2023-01-12T16:00-05:00"),
                duration_minutes=60,
                place="ベルナス",
                timezone="America/New_York",
                lines=(Span(3, 3),),
            ),
        ),
        sources=(
            Source(
                "見本海洋省", "会談の概要", "https://www.kaiyo.example/1.html", date(2023, 1, 13), lines=(Span(2, 9),)
            ),
            Source("見本通信", "海洋相が会談", "https://tsushin.example/2", date(2023, 1, 14), lines=(Span(11, 19),)),
            Source("見本出版", "海の本", "https://shuppan.example/3", policy="link", lines=(Span(21, 29),)),
            Source("見本社内報", "内輪の話", "https://shanai.example/4", policy="private", lines=(Span(31, 39),)),
        ),
        people=(
            Person("桐原澄江", "海洋大臣", as_written=("桐原大臣",), lines=(Span(4, 4), Span(13, 13))),
            Person("非公開太郎", lines=(Span(31, 31),)),
        ),
        organisations=(Mention("見本海洋省", lines=(Span(2, 2),)),),
        places=(Mention("ベルナス", lines=(Span(3, 3),)),),
        topics=(Mention("海の観測"),),
        summary=(Sentence(OFFICIAL[0], (Span(3, 3),)), Sentence(PRESS[0], (Span(11, 11),))),
        decisions=(
            Decision(OFFICIAL[0], "合意", heading="観測値の交換", lines=(Span(3, 3),)),
            Decision(LINKED, "確認", lines=(Span(21, 21),)),
            Decision(PRIVATE, "確認", lines=(Span(31, 31),)),
        ),
        statements=(
            Statement(
                "桐原大臣",
                "来年の春には全部の海岸で予測を出せるようにしたい",
                "direct",
                "述べました",
                lines=(Span(13, 13),),
            ),
            Statement("桐原大臣", OFFICIAL[1], "reported", lines=(Span(4, 4),)),
            Statement("桐原大臣", PRIVATE, "direct", lines=(Span(31, 31),)),
        ),
        references=(Reference("https://shanai.example/5", "内輪の続き", (Span(32, 32),)),),
        review=(
            Review("event.start", "日付の書き方が二通りあります", PRESS[3], (Span(14, 14),)),
            Review("people", "一人目かもしれません", PRIVATE, (Span(31, 31),)),
        ),
        provenance=Provenance(
            bulletin="content/bulletins/mihon.txt",
            sha256="0" * 64,
            evidence=(Evidence("title", (Span(12, 12),), "medium", f"「{PRESS[1]}」とある"),),
            dropped=(Dropped((Span(32, 32),), f"飾り: {PRESS[3]}"),),
        ),
        body=body,
    )
    return replace(made, **changes)


def plain_briefing(number: int) -> Briefing:
    """One of many: enough for lists and pages of lists."""
    day = date(2024, 1 + number % 12, 1 + number % 28)
    return Briefing(
        title=f"見本の会合 第{number}回",
        kind="meeting",
        date=day,
        events=(Event(start=day),),
        people=(Person("桐原澄江"),),
        sources=(Source("見本海洋省", "会合", "https://kaiyo.example/", day, lines=(Span(1, 3),)),),
        summary=(Sentence(f"第{number}回の会合を開いた。", (Span(1, 1),)),),
        body=f"第{number}回の会合を開いた。 ^L1",
    )


def content(*briefings: tuple[str, Briefing], **changes: Any) -> Content:
    """Content with these briefings, two notes and an about page."""
    made = Content(
        settings=SETTINGS,
        authority=AUTHORITY,
        briefings=briefings or (("content/briefings/2023-01-12-mihon.md", briefing()),),
        notes=(
            (
                "content/notes/teisei.md",
                Note(
                    "数の訂正",
                    "correction",
                    "ja",
                    date(2023, 1, 16),
                    author="見本編集部",
                    on="2023-01-12-mihon",
                    was="十基",
                    now="十二基",
                    reason="数え違い",
                    body="数を直しました。\n",
                ),
            ),
            (
                "content/notes/hajime.md",
                Note("はじめに", date=date(2023, 1, 1), body="読み方の説明です。\n", aliases=("old",)),
            ),
        ),
        pages=(("content/pages/about.md", StandingPage("見本要録について", body="見本です。\n")),),
    )
    return replace(made, **changes)


def reader(made: Content | None = None, **options: Any) -> PlainReader:
    """A reader of that content on a fixed day."""
    return PlainReader(made or content(), today=options.pop("today", TODAY), **options)


def pages(made: Content | None = None, kinds: tuple[str, ...] = (), **options: Any) -> dict[str, str]:
    """Every output of a site as text, by output path; or those of some page kinds."""
    asked = reader(made, **options)
    theme = Theme(TEMPLATES)
    found: dict[str, str] = {}
    for kind in PAGE_KINDS:
        if kinds and kind.name not in kinds:
            continue
        for address in kind.addresses(asked):
            view = kind.view(asked, address)
            if kind.encode is not None:
                text = kind.encode(view).decode("utf-8", "replace")
            else:
                base = asked.settings().base_url
                text = theme.render(kind.template, view, page_url=address.url, lang=address.lang, base_url=base)
            assert urls.output_path(address.url) not in found, address.url
            found[urls.output_path(address.url)] = text
    return found
