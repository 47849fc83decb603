"""The facts side of the importer: cases as files, dates as written, and what must hold for every bulletin."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yoroku.briefing.authority import Authority, KnownPerson, Role, read_authority
from yoroku.bulletin.dates import stamps
from yoroku.bulletin.dates_known import resolve
from yoroku.bulletin.eras import common_year, in_era, number
from yoroku.bulletin.facts import Facts, extract
from yoroku.bulletin.facts_text import fold
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.importer import import_bulletin
from yoroku.bulletin.outline import Outline
from yoroku.bulletin.people import same_office
from yoroku.bulletin.read import read_bulletin
from yoroku.bulletin.statements import quotations
from yoroku.problems import Problems

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases" / "import-facts").glob("*.txt"))
SHARED = HERE.parent.parent / "shared" / "corpus"
BULLETINS = [
    path
    for folder in (
        HERE / "cases" / "bulletins",
        HERE / "cases" / "bulletins-2",
        HERE / "cases" / "bulletins-3",
        HERE / "cases" / "bulletins-4",
        HERE / "cases" / "bulletins-5",
        HERE / "cases" / "bulletins-7",
        HERE.parent / "content" / "bulletins",
        SHARED / "real",
        SHARED / "synthetic" / "in",
    )
    for path in sorted(folder.glob("*"))
    if path.suffix in {".txt", ".html"}
]
KNOWN = Gazetteer.built_in()


def read(text: str) -> tuple[Outline, Facts]:
    outline = read_bulletin(text.encode(), name="case.txt")
    return outline, extract(outline, KNOWN)


def moment(value: object) -> str:
    return re.sub(r":00(?=[+-]|$)(?!$)", "", str(value).replace(" ", "T"), count=1) if value is not None else ""


def told(facts: Facts) -> Iterator[str]:
    """The facts as the lines of a case file."""
    yield f"date: {moment(facts.date) or '-'}"
    yield f"updated: {moment(facts.updated) or '-'}"
    yield f"kind: {facts.kind}"
    for event in facts.events:
        line = moment(event.start)
        line += f" .. {moment(event.end)}" if event.end else ""
        yield f"event: {line}" + (f" | {event.duration_minutes}" if event.duration_minutes else "")
    if not facts.events:
        yield "event: -"
    for person in facts.people:
        yield f"person: {person.name} | {person.role}".rstrip()
    for one in facts.statements:
        yield f"statement: {one.mode} | {one.speaker} | {one.text}"
    if not facts.statements:
        yield "statement: -"
    for decision in facts.decisions:
        yield f"decision: {decision.verb} | {'、'.join(decision.by)}".rstrip()
    for item in facts.review:
        yield f"review: {item.field} {item.reason}"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    text, _, expected = path.read_text(encoding="utf-8").partition("=====\n")
    wanted = [line.rstrip() for line in expected.splitlines() if line.strip()]
    got = list(told(read(text)[1]))
    reviews = [line for line in wanted if line.startswith("review: ")]
    keys = {line.split(": ")[0] for line in wanted} - {"review"}
    for key in sorted(keys):
        assert [line for line in got if line.startswith(f"{key}:")] == [
            line for line in wanted if line.startswith(f"{key}:")
        ]
    assert [line for line in reviews if line not in got] == []


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("大正15年12月24日", date(1926, 12, 24)),
        ("明治45年7月29日", date(1912, 7, 29)),
        ("2 0 1 8 年 9 月 1 9 日", date(2018, 9, 19)),
        ("２０２１年（令和３年）５月２７日", date(2021, 5, 27)),
        ("平成三十一年四月三十日", date(2019, 4, 30)),
        ("二〇二三年一月十二日", date(2023, 1, 12)),
        ("2019/02/22", date(2019, 2, 22)),
        ("2023.01.13", date(2023, 1, 13)),
        ("R5.1.12", date(2023, 1, 12)),
        ("Fri, 29 Jul 2022 20:52:16 +0000", date(2022, 7, 29)),
        ("Sept. 17, 2019", date(2019, 9, 17)),
        ("NOVEMBER 4, 2025", date(2025, 11, 4)),
        ("2023년 1월 12일", date(2023, 1, 12)),
        ("中華民國114年2月26日", date(2025, 2, 26)),
        ("2024年(ねん)8月(がつ)27日(にち)", date(2024, 8, 27)),
    ],
)
def test_full_dates(written: str, day: date) -> None:
    (stamp,) = stamps(fold(written))
    assert (stamp.date(), stamp.wrong) == (day, "")


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("昭和64年1月8日", "era-over"),
        ("平成31年5月1日", "era-over"),
        ("明治45年7月31日", "era-over"),
        ("2月30日", "impossible"),
        ("2023年13月1日", "impossible"),
        ("令和5年（2022年）1月12日", "years-differ"),
    ],
)
def test_dates_that_never_were(written: str, wrong: str) -> None:
    (stamp,) = stamps(fold(written))
    assert stamp.wrong == wrong


@pytest.mark.parametrize(
    ("written", "anchor", "day", "assumed"),
    [
        ("12日", date(2023, 1, 13), date(2023, 1, 12), "month-filled"),
        ("31日", date(2023, 2, 1), date(2023, 1, 31), "month-filled"),
        ("12月29日", date(2023, 1, 4), date(2022, 12, 29), "year-filled"),
        ("1月3日", date(2022, 12, 5), date(2023, 1, 3), "year-filled"),
        ("先月26日", date(2023, 1, 4), date(2022, 12, 26), ""),
        ("来年2月3日", date(2023, 1, 4), date(2024, 2, 3), ""),
        ("昨日", date(2023, 3, 1), date(2023, 2, 28), ""),
        ("明日", date(2024, 2, 28), date(2024, 2, 29), ""),
        ("on Tuesday", date(2026, 1, 14), date(2026, 1, 13), "weekday-only"),
        ("2023年1月12日（金）", None, date(2023, 1, 12), "weekday"),
    ],
)
def test_missing_parts_come_from_the_text(written: str, anchor: date | None, day: date, assumed: str) -> None:
    (stamp,) = stamps(fold(written))
    known = resolve(stamp, anchor)
    assert known is not None
    assert (known.day, known.assumed) == (day, assumed)


@pytest.mark.parametrize("written", ["12日", "1月12日", "昨日", "先月26日", "on Tuesday", "today"])
def test_nothing_is_filled_without_evidence(written: str) -> None:
    (stamp,) = stamps(fold(written))
    assert resolve(stamp, None) is None


@pytest.mark.parametrize(
    "written",
    ["1日4往復", "最長12時間", "3日間", "20日以内", "令和4年度", "5日連続", "100日目", "2,300者", "電話000-12-3456"],
)
def test_what_is_no_date(written: str) -> None:
    assert [stamp for stamp in stamps(fold(written)) if stamp.day or stamp.relative] == []


@pytest.mark.parametrize(
    ("written", "hour", "minute", "shift", "doubt"),
    [
        ("1月5日25時", 1, 0, 1, False),
        ("1月5日正午", 12, 0, 0, False),
        ("1月5日午後0時15分", 12, 15, 0, False),
        ("1月5日午後1時半", 13, 30, 0, False),
        ("1月5日午前12時", 0, 0, 0, True),
        ("1月5日（木）10:42", 10, 42, 0, False),
        ("1월 5일 오후 3시 30분", 15, 30, 0, False),
        ("1月5日下午3时15分", 15, 15, 0, False),
        ("At 9:05 a.m. on January 5", 9, 5, 0, False),
    ],
)
def test_times(written: str, hour: int, minute: int, shift: int, doubt: bool) -> None:
    (stamp,) = stamps(fold(written))
    assert stamp.clock is not None
    assert (stamp.clock.hour, stamp.clock.minute, stamp.clock.shift, stamp.clock.doubt) == (hour, minute, shift, doubt)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("1月5日16時(現地時間)から60分間", 60),
        ("1月5日午後6時10分から約30分間", 30),
        ("1月5日9時から1時間半", 90),
        ("1月5日10時から約1時間15分間", 75),
    ],
)
def test_lengths(written: str, minutes: int) -> None:
    (stamp,) = stamps(fold(written))
    assert stamp.minutes == minutes


def test_eras_and_numbers() -> None:
    assert (common_year("令和", 1), common_year("S", 64)) == (2019, 1989)
    assert not in_era("昭和", date(1989, 1, 8))
    assert [number(word) for word in ("元", "十", "二十一", "1 9", "二〇二三", "百二十")] == [1, 10, 21, 19, 2023, 120]


def test_folding_keeps_the_length() -> None:
    text = "ＭＱ−９（１２，３４５）　ｶﾞｽ〜"
    assert len(fold(text)) == len(text)
    assert "MQ-9" in fold(text)


def test_quotations_nest() -> None:
    text = "大臣は「我々の「見本宣言」を守る」と述べ、「次は秋だ」と語った。"
    assert [text[start:end] for start, end in quotations(text)] == ["我々の「見本宣言」を守る", "次は秋だ"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("防衛相", "防衛大臣", True),
        ("米国防長官", "国防長官", True),
        ("首相", "内閣総理大臣", True),
        ("大臣", "外務大臣", True),
        ("外務大臣", "防衛大臣", False),
        ("市長", "議長", False),
        ("Secretary of State", "Secretary", True),
        ("Foreign Minister", "Governor", False),
    ],
)
def test_offices_that_are_one(one: str, other: str, same: bool) -> None:
    assert same_office(one, other) is same


def test_authority_completes_a_surname_only_when_office_and_day_fit() -> None:
    person = KnownPerson("k", "桐野澄江", roles=(Role("海洋政策大臣", "", date(2022, 8, 1), date(2024, 9, 30)),))
    gazetteer = KNOWN.with_entities(Authority(people=(person,)))
    inside = read_bulletin("会見の概要\n令和5年6月9日\n桐野海洋政策大臣は、会見を行いました。".encode(), name="x")
    after = read_bulletin("会見の概要\n令和7年6月9日\n桐野海洋政策大臣は、会見を行いました。".encode(), name="x")
    assert [one.name for one in extract(inside, gazetteer).people] == ["桐野澄江"]
    late = extract(after, gazetteer)
    assert [one.name for one in late.people] == ["桐野"]
    assert "people" in {item.field for item in late.review}


def spaceless(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def strings(facts: Facts) -> Iterator[str]:
    for person in facts.people:
        yield from (person.name, person.role, person.organisation, *person.as_written)
    for mention in (*facts.organisations, *facts.places, *facts.topics):
        yield from (mention.name, *mention.as_written)
    for one in facts.statements:
        yield from (one.speaker, one.text, one.verb, one.context)
    for decision in facts.decisions:
        yield from (decision.text, decision.verb, decision.heading, *decision.by)
    yield from (sentence.text for sentence in facts.summary)
    yield from (event.place for event in facts.events)
    yield from (item.value for item in facts.review if item.field != "date")


@pytest.mark.parametrize("path", BULLETINS, ids=lambda path: path.name)
def test_every_string_stands_in_the_bulletin(path: Path) -> None:
    outline = read_bulletin(path.read_bytes(), name=path.name)
    facts = extract(outline, KNOWN)
    text = spaceless("".join(line.text for line in outline.lines))
    blocks = spaceless("".join(block.text for block in outline.blocks))
    vocabulary = {"記者"}
    made_up = [one for one in strings(facts) if spaceless(one) not in text and spaceless(one) not in blocks]
    assert [one for one in made_up if one not in vocabulary] == []


@pytest.mark.parametrize("path", BULLETINS, ids=lambda path: path.name)
def test_every_value_has_its_lines(path: Path) -> None:
    outline = read_bulletin(path.read_bytes(), name=path.name)
    facts = extract(outline, KNOWN)
    last = max((line.number for line in outline.lines), default=0)
    valued = (
        *facts.people,
        *facts.organisations,
        *facts.places,
        *facts.topics,
        *facts.statements,
        *facts.decisions,
        *facts.summary,
        *facts.events,
    )
    assert all(value.lines and all(1 <= span.first <= span.last <= last for span in value.lines) for value in valued)
    assert len(facts.source_dates) == len(outline.parts)


def test_same_under_any_seed_locale_and_zone() -> None:
    program = (
        "import sys; from pathlib import Path; from yoroku.bulletin.read import read_bulletin; "
        "from yoroku.bulletin.facts import extract; from yoroku.bulletin.gazetteer import Gazetteer; "
        "sys.stdout.reconfigure(encoding='utf-8'); known = Gazetteer.built_in(); "
        "[print(extract(read_bulletin(Path(p).read_bytes(), name='x'), known)) for p in sys.argv[1:]]"
    )
    outputs = set()
    for seed, zone, locale in (("0", "UTC", "C"), ("1", "Asia/Tokyo", "C.UTF-8"), ("77", "America/New_York", "C")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONUTF8": "1"}
        command = [sys.executable, "-c", program, *map(str, BULLETINS[:25])]
        done = subprocess.run(command, capture_output=True, env=env, cwd=HERE.parent, check=True)
        outputs.add(done.stdout)
    assert len(outputs) == 1


WORDS = st.sampled_from(
    [
        "見本市長の深田一郎氏は",
        "「来年も続けたい」と述べた。",
        "12日（日本時間13日）",
        "令和5年1月12日16時(現地時間)から",
        "60分間、",
        "両大臣は",
        "一致した。",
        "「",
        "」",
        "昭和64年1月8日",
        "Secretary Vane said",
        "“Quiet,” he added.",
        "2月30日",
        "オースティン米国防長官",
        "|氏名|",
        "株式会社見本",
        "議長（岩本早苗君）",
        "\n",
        "\n",
        "　",
        "0:99",
        "25時",
    ]
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(WORDS, st.text(max_size=20)), min_size=1, max_size=30).map("".join))
def test_any_text_gives_facts(text: str) -> None:
    try:
        outline = read_bulletin(text.encode("utf-8", "ignore"), name="x")
    except Problems:
        return
    facts = extract(outline, KNOWN)
    assert extract(outline, KNOWN) == facts


@pytest.mark.skipif(not SHARED.is_dir(), reason="the development corpus is not beside this checkout")
def test_no_silent_error_on_the_development_corpus() -> None:
    """A date, an event or a person that is wrong must at least be in review."""
    silent: list[str] = []
    for gold_path in sorted(SHARED.glob("*/*.gold.json")):
        gold = json.loads(gold_path.read_text(encoding="utf-8"))
        folder = gold_path.parent / "in" if (gold_path.parent / "in").is_dir() else gold_path.parent
        source = next(path for path in folder.glob(f"{gold['id']}.*") if path.suffix in {".txt", ".html"})
        facts = extract(read_bulletin(source.read_bytes(), name=source.name), KNOWN)
        flagged = {item.field for item in facts.review}
        dates = {str(value)[:10] for value in (gold["published"], *(gold.get("published_alt") or ())) if value}
        if dates and facts.date and str(facts.date)[:10] not in dates and "date" not in flagged:
            silent.append(f"{gold['id']} date {facts.date}")
        days = {event["start"][:10] for event in gold["event_dates"] or ()}
        found = {str(event.start)[:10] for event in facts.events if event.start}
        if days and found and not found & days and "event" not in flagged:
            silent.append(f"{gold['id']} event {found}")
        if gold["people"] is not None and not gold.get("people_partial"):
            names = {spaceless(person["name"]) for person in gold["people"]}
            doubted = {item.value for item in facts.review if item.field == "people"}
            silent += [
                f"{gold['id']} person {one.name}"
                for one in facts.people
                if spaceless(one.name) not in names and not doubted & set(one.as_written)
            ]
    assert silent == []


def test_a_publisher_is_called_as_the_authority_file_calls_it() -> None:
    entities = "- id: minato\n  name: 湊放送\n  aliases: [湊放送ニュース]\n  kind: report\n"
    known = KNOWN.with_entities(read_authority([("content/entities/organisations.yaml", entities)]))
    text = "朝市が再開\nhttps://minato.example/1\n2023年1月13日の湊放送ニュースより転載\n朝市が12日、再開しました。\n"
    for gazetteer, name in ((KNOWN, "湊放送ニュース"), (known, "湊放送")):
        briefing = import_bulletin(text.encode(), name="case.txt", gazetteer=gazetteer).briefing
        assert [source.publisher for source in briefing.sources] == [name]


@pytest.mark.parametrize(
    ("text", "title", "publisher"),
    [
        (
            "Skip to content\nHome\nNews\nSport\nMenu\nTern Valley Tribune\nMore menu\nBakery reopens after flood\n"
            "Bakery in Tern Valley reopens after the autumn flood\nBy Ilse Brandt\n3 hours ago\nShare\nCopy link\n"
            "Image caption, The oven had to be replaced\n"
            "The bakery reopened its doors on Monday, and people queued round the block for bread.\n"
            "Its owner, who had lost every oven, thanked the neighbours for their help.\n"
            "Most read\nTerms of Use\nTern Valley Tribune\n",
            "Bakery in Tern Valley reopens after the autumn flood",
            "Tern Valley Tribune",
        ),
        (
            "潟渡放送\nホーム\n番組\n天気\nお知らせ\nトップ > ニュース > 社会\n"
            "朝市の屋根、海風で破れる\n2024年2月19日 17時51分\n"
            "ツイート\n19日午前、潟渡港の朝市で屋根の布が破れ、店が早じまいしました。けが人はいませんでした。\n"
            "ランキング\nCopyright Katawatari Broadcasting Corp.\n潟渡放送について\n",
            "朝市の屋根、海風で破れる",
            "潟渡放送",
        ),
    ],
    ids=["byline-below-the-headline", "native-name-before-the-foot"],
)
def test_a_copied_page_says_its_headline_and_its_owner(text: str, title: str, publisher: str) -> None:
    briefing = import_bulletin(text.encode(), name="case.txt", gazetteer=KNOWN).briefing
    assert (briefing.title, [source.publisher for source in briefing.sources]) == (title, [publisher])
