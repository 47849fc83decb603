"""The text side of the importer: decoding, lines accounted for, spans, escaping, and the cases kept as files."""

from __future__ import annotations

import html
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yoroku.bulletin import body, messages
from yoroku.bulletin.explain import explain, fates
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.importer import import_bulletin
from yoroku.bulletin.outline import Outline
from yoroku.bulletin.read import read_bulletin
from yoroku.markdown import render
from yoroku.problems import Problems

CASES = sorted((Path(__file__).parent / "cases" / "import-text").glob("*.txt"))
LINE = st.sampled_from(
    [
        "港で訓練、参加者は120人",
        "令和3年9月1日",
        "浜辺町環境課",
        "■ 対象",
        "・清掃は10月に行う。",
        "1 概要",
        "(1) 手順",
        "① はじめに",
        "Q：いつからですか。",
        "A：来月からです。",
        "（記者）",
        "○議長（大塚茂君）　開会します。",
        "関連記事",
        "人気ランキング",
        "Copyright (C) Hamabe",
        "https://www.hamabe.example/1",
        "「町民の力だ。",
        "以上だ」",
        "| a | b |",
        "|---|---|",
        "種別\t日付",
        "==========",
        "※ 注意",
        "SECRETARY VANE: Good afternoon.",
        "QUESTION: Why?",
        "町は1日、海岸の清掃を10月に始めると発表しました。参加者を募集しています。",
        "町は1日、海岸の清掃を10月に始めると発表した。参加者を募集しています。",
        "The council said on Monday that the work would begin in spring.",
        "",
        "　",
        "(了)",
        "ログイン",
        "トップ > くらし > ごみ",
        "出典：浜辺日報",
        "［写真］作業の様子",
    ]
)
TAGS = [
    "<p>",
    "</p>",
    "<div>",
    "<ul><li>",
    "</li>",
    "<table><tr><td>",
    "</td></tr>",
    "<a",
    "href='javascript:x'>",
    "</a>",
    "<nav>",
    "<h1>",
    "</h1>",
    "<br>",
    "<script>",
    "<!--",
    "<td",
    "<blockquote>",
    "</blockquote>",
    "&lt;b&gt;",
    "&#0;",
    "<title>",
    "<style>",
    "</style>",
    "<li><li>",
]
ODD = list("ab港 \\`*_{}[]<>#+-.!|~=^:&$@/1)(　「」\t\"'x")
BULLETIN = st.lists(st.one_of(LINE, st.text(max_size=40)), min_size=1, max_size=40).map("\n".join)


class Nowhere:
    """A site with nothing in it."""

    def link(self, ref: object) -> None:
        return None

    embed = url = image = link


def spans_of(lines: object) -> list[int]:
    return [number for span in lines for number in range(span.first, span.last + 1)]  # type: ignore[attr-defined]


def accounted(outline: Outline) -> list[int]:
    """Every line number that some fate names, with repetition."""
    numbers = [number for block in outline.blocks for number in spans_of((block.span,))]
    numbers += [number for part in outline.parts for number in spans_of(part.matter)]
    numbers += [number for folded in outline.folded for number in spans_of(folded.repeats)]
    return numbers + [number for dropped in outline.dropped for number in spans_of(dropped.lines)]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def outline_or_none(data: bytes, name: str) -> Outline | None:
    """The outline, or None when the bytes gave a problem with a place and words."""
    try:
        return read_bulletin(data, name=name)
    except Problems as problems:
        if not all(item.code and item.what and item.at.path == name for item in problems.items):
            raise
        return None


def check_whole(data: bytes, name: str) -> None:
    """A problem, or an outline in which every line has one fate and every value is the bulletin's words."""
    outline = outline_or_none(data, name)
    if outline is None:
        return
    filled = [line.number for line in outline.lines if line.text.strip()]
    numbers = [number for number in accounted(outline) if number in set(filled)]
    assert sorted(numbers) == filled
    assert set(fates(outline)) >= set(filled)
    whole = squeezed("\n".join(line.text for line in outline.lines))
    for words in (outline.title, *(block.text for block in outline.blocks), *(part.title for part in outline.parts)):
        assert squeezed(words) in whole
    briefing = import_bulletin(data, name=name, gazetteer=Gazetteer.built_in()).briefing
    for words in (
        *(source.publisher for source in briefing.sources),
        *(source.title for source in briefing.sources),
        *(reference.url for reference in briefing.references),
    ):
        assert squeezed(words) in whole or words in set(Gazetteer.built_in().hosts.values()) or words.startswith("http")


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(BULLETIN)
def test_every_line_of_any_text_is_accounted_for_once(text: str) -> None:
    check_whole(text.encode("utf-8", "replace"), "any.txt")


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=400))
def test_any_bytes_import_or_give_a_problem(data: bytes) -> None:
    check_whole(data, "any.txt")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(st.sampled_from(TAGS), st.text(max_size=12)), max_size=30).map("".join))
def test_any_page_imports_or_gives_a_problem(page: str) -> None:
    check_whole(page.encode("utf-8", "replace"), "any.html")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from(ODD), min_size=1, max_size=40))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    shown = render(body.escape(text), path="a.md", resolve=Nowhere()).html if text.strip() else ""
    plain = re.sub(r"<wbr>|</?(?:p|a)(?: [^>]*)?>", "", shown)
    plain = html.unescape(plain)
    assert re.sub(r"\s+", "", plain) == re.sub(r"\s+", "", text)


@pytest.mark.parametrize(
    ("codec", "recorded"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8 (BOM)"),
        ("cp932", "cp932"),
        ("euc_jp", "euc-jp"),
        ("iso2022_jp", "iso-2022-jp"),
        ("utf-16", "utf-16 (BOM)"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_encoding_is_found_and_recorded(codec: str, recorded: str, end: str) -> None:
    lines = [
        "海岸清掃の結果について",
        "令和2年9月1日",
        "町は、海岸の清掃に420人が参加したと発表しました。",
        "問い合わせ：環境課",
    ]
    outline = read_bulletin(end.join(lines).encode(codec), name="a.txt")
    assert outline.encoding == recorded
    assert [line.text for line in outline.lines] == lines


@pytest.mark.parametrize(
    ("codec", "text", "lang"),
    [
        ("cp932", "大雨警報", "ja"),
        ("euc_jp", "港の工事が始まる", "ja"),
        ("cp932", "ﾊﾞｽの運休について", "ja"),
        ("gb18030", "临江市在东湖水库举行防汛应急演练，市长出席并讲话。", "zh"),
        ("big5", "市政府今天宣布，港口工程將於下月開始。", "zh"),
        ("cp949", "해양청은 오는 21일부터 안전점검을 실시한다고 밝혔다.", "ko"),
        ("cp1252", "The café said it would close.", "en"),
    ],
)
def test_one_line_is_enough_to_tell_the_encoding(codec: str, text: str, lang: str) -> None:
    outline = read_bulletin(text.encode(codec), name="a.txt")
    assert outline.lines[0].text == text
    assert outline.lang == lang


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-bulletin"),
        (b" \r\n\x00", "empty-bulletin"),
        (b"%PDF-1.4 x", "not-text"),
        (bytes(range(128, 256)) * 9, "unknown-encoding"),
    ],
)
def test_what_is_no_text_is_a_problem_with_a_place(data: bytes, code: str) -> None:
    with pytest.raises(Problems) as caught:
        read_bulletin(data, name="bad.txt")
    assert [(item.code, item.at.path) for item in caught.value.items] == [(code, "bad.txt")]


def shown(outline: Outline) -> str:
    """An outline as the case files write it."""
    rows = [f"title: {outline.title} [{outline.title_sure}]", f"lang: {outline.lang}"]
    rows += [
        f"part {at}: {part.title} | {part.publisher} | {part.url}"
        for at, part in enumerate(outline.parts)
        if at or part.url
    ]
    for block in outline.blocks:
        level = str(block.level) if block.level else ""
        quoted = " quoted" if block.quoted else ""
        who = f" {{{block.speaker}}}" if block.speaker else ""
        rows.append(f"{block.span} {block.kind}{level}{quoted}{who}: {' | '.join(block.cells) or block.text}")
    rows += [f"folded {','.join(map(str, f.lines))} <- {','.join(map(str, f.repeats))}" for f in outline.folded]
    rows += [f"dropped {','.join(map(str, d.lines))}: {d.reason}" for d in outline.dropped]
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    text, _, expected = path.read_text(encoding="utf-8").partition("\n=====\n")
    name = "case.html" if path.stem.startswith("html-") else "case.txt"
    assert shown(read_bulletin(text.encode("utf-8"), name=name)) == expected


def test_recurring_lines_are_dropped_with_the_reason() -> None:
    text = "港の工事が始まる\n町のたより編集室\n町は1日、港の工事を始めたと発表しました。完成は来春の見込みです。\n"
    outline = read_bulletin(text.encode(), name="a.txt", recurring=frozenset({"町のたより編集室"}))
    assert [str(span) for dropped in outline.dropped for span in dropped.lines] == ["2"]


def test_explain_has_a_row_for_every_line() -> None:
    text = "港の工事が始まる\n\n町は1日、港の工事を始めたと発表しました。\n関連記事\n桜が咲く\nログイン\n"
    rows = explain(text.encode(), name="a.txt", gazetteer=Gazetteer.built_in())
    numbered = {int(row.split()[0]): row for row in rows[: rows.index("")]}
    assert sorted(numbered) == [1, 3, 4, 5, 6]
    assert "unaccounted" not in "".join(rows)


def test_the_outcome_does_not_depend_on_hash_seed_or_zone() -> None:
    path = next(path for path in CASES)
    code = (
        "import sys;from yoroku.bulletin.importer import import_bulletin;"
        "from yoroku.bulletin.gazetteer import Gazetteer;"
        "from yoroku.briefing.file import dump;"
        "print(dump(import_bulletin(open(sys.argv[1],'rb').read(),name='a',gazetteer=Gazetteer.built_in()).briefing))"
    )
    root = Path(__file__).parent.parent
    outs = {
        subprocess.run(
            [sys.executable, "-c", code, str(path)],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(root), "PYTHONUTF8": "1", "LC_ALL": "C"},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Pacific/Apia"))
    }
    assert len(outs) == 1


def test_every_reason_for_dropping_a_line_is_known_in_english() -> None:
    data = Path(messages.__file__).parent / "data"
    rows = [line.split("\t") for line in (data / "boilerplate.tsv").read_text(encoding="utf-8").splitlines()]
    words = {row[1] for row in rows if row[0] in {"line", "section"}}
    parts = (line.split("\t") for line in (data / "page_parts.tsv").read_text(encoding="utf-8").splitlines())
    words |= {row[2] for row in parts if row[0] in {"dropped", "around"}}
    assert len(words) > 20
    assert {word for word in words if messages.reason(word, "en") == word} == set()
    assert {word for word in words if messages.reason(word, "ja") != word} == set()
