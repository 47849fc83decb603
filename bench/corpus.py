"""A corpus of invented briefings for measurements: `python bench/corpus.py 1000 DIR --for yoroku`.

Every briefing has 2 to 4 KB: a title, a date, three topics out of sixty, two people out of forty, a source, headings,
paragraphs, lists, a quotation, links, every fifth a table. The same number gives the same text on every machine, and a
corpus of 1,000 is the beginning of one of 10,000. All names are made up (見本).
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

JST = timezone(timedelta(hours=9))
BEGIN = datetime(2021, 4, 1, 6, 0, tzinfo=JST)
SEED = 20_210_401

_TOPIC_HEADS = [
    "海洋",
    "港湾",
    "防災",
    "観測",
    "通信",
    "農業",
    "漁業",
    "林業",
    "教育",
    "医療",
    "交通",
    "観光",
    "予算",
    "統計",
    "気象",
]
_TOPIC_TAILS = ["計画", "協力", "調査", "対策"]
TOPICS = [head + tail for head in _TOPIC_HEADS for tail in _TOPIC_TAILS]
_FAMILY = ["汐見", "波切", "凪沢", "潮田", "浜名井", "磯貝野", "灘波戸", "湊川原", "渚本", "沖津山"]
_GIVEN = ["一海", "澪子", "岬人", "汀"]
PEOPLE = [family + given for family in _FAMILY for given in _GIVEN]
_PUBLISHERS = ("汐見市", "凪海洋庁", "波音通信", "東灘新報", "港湾連絡会議")
_NOUNS = [
    "観測ブイ",
    "防波堤",
    "港内水位",
    "避難所",
    "海底地図",
    "潮位計",
    "連絡協議会",
    "実務者会合",
    "共通様式",
    "訓練計画",
    "沿岸道路",
    "定期航路",
    "冷凍倉庫",
    "学校給食",
    "河川敷",
    "住民説明会",
    "補正予算",
    "年次報告",
    "通信回線",
    "予備電源",
    "救難艇",
    "灯台",
    "水産加工場",
    "データ交換",
    "気象衛星",
    "送電設備",
    "救護班",
    "広域応援",
    "備蓄品",
    "公共施設",
    "図書館",
    "駅前広場",
    "観光案内所",
    "農業用水",
    "植林地",
    "林道",
    "診療所",
    "保健師",
    "統計調査",
    "行程表",
]
_VERBS = [
    "確認した",
    "合意した",
    "説明した",
    "検討するとした",
    "公表した",
    "歓迎した",
    "求めた",
    "始めた",
    "延期した",
    "見直すとした",
    "引き継いだ",
    "点検した",
]
_WHERE = ["汐見市で", "凪港で", "東灘の会議室で", "現地の庁舎で", "オンラインで", "北岸地区で"]
_WHY = [
    "昨年の高波を受けて",
    "利用者の声を踏まえ",
    "三年間の試行の結果から",
    "予算の範囲で",
    "関係機関と調整のうえ",
    "安全を優先し",
    "季節の変化に合わせて",
    "住民への聞き取りをもとに",
]
_CODES = ("SB-7", "港21", "WAVE/2", "第3版")


@dataclass(frozen=True, slots=True)
class Sample:
    """One invented briefing. `blocks` are Markdown blocks without line marks."""

    number: int
    at: datetime
    title: str
    topics: tuple[str, ...]
    people: tuple[str, ...]
    publisher: str
    url: str
    blocks: tuple[str, ...]

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return f"{self.at:%Y-%m-%d}-{self.number:06d}"

    @property
    def body(self) -> str:
        """The Markdown that every generator gets."""
        return "\n\n".join(self.blocks) + "\n"


def samples(count: int) -> Iterator[Sample]:
    """The first `count` briefings."""
    return (sample(number) for number in range(count))


def sample(number: int) -> Sample:
    """Briefing `number`, whatever came before it."""
    pick = random.Random(SEED * 1_000_003 + number)
    at = BEGIN + timedelta(minutes=144 * number + pick.randrange(0, 120))
    people = tuple(pick.sample(PEOPLE, 2))
    title = f"{pick.choice(_NOUNS)}と{pick.choice(_NOUNS)}、{at.month}月{at.day}日の会合で{pick.choice(_VERBS)}"
    publisher = pick.choice(_PUBLISHERS)
    url = _url(pick, at)
    return Sample(
        number, at, title, tuple(pick.sample(TOPICS, 3)), people, publisher, url, _blocks(pick, at, number, people)
    )


def _blocks(pick: random.Random, at: datetime, number: int, people: tuple[str, ...]) -> tuple[str, ...]:
    blocks = [_paragraph(pick, at, people), f"## 1 {pick.choice(_NOUNS)}の{pick.choice(_NOUNS)}"]
    blocks += [_paragraph(pick, at, people)]
    blocks += ["\n".join(f"- {_sentence(pick, people)}" for _ in range(pick.randint(2, 4)))]
    blocks += ["\n>\n".join(f"> {_sentence(pick, people)}" for _ in range(pick.randint(1, 2)))]
    if number % 5 == 0:
        rows = [f"| {pick.choice(_NOUNS)} | {pick.choice(_WHY)} | {pick.randrange(1, 9999):,} |" for _ in range(5)]
        blocks.append("\n".join(["| 項目 | 理由 | 数 |", "| --- | --- | ---: |", *rows]))
    tail = ["## 参考", "\n".join(f"- [{pick.choice(_NOUNS)}の概要]({_url(pick, at)})" for _ in range(2))]
    wanted = pick.uniform(1500, 3400)
    part = 2
    while sum(len(block.encode()) + 2 for block in blocks + tail) < wanted:
        if part % 3 == 0:
            blocks.append(f"### {pick.choice(_NOUNS)}について")
        blocks.append(_paragraph(pick, at, people))
        part += 1
    return (*blocks, *tail)


def _sentence(pick: random.Random, people: tuple[str, ...]) -> str:
    words = [
        pick.choice(_WHERE),
        pick.choice(_WHY),
        f"{pick.choice(_NOUNS)}と{pick.choice(_NOUNS)}の{pick.choice(_NOUNS)}を",
    ]
    if pick.random() < 0.3:
        words.insert(0, f"{pick.choice(people)}氏は")
    if pick.random() < 0.2:
        return "、".join(words[:-1]) + f"「{words[-1]}{pick.choice(_VERBS)}」と述べた。"
    return "、".join(words) + f"{pick.choice(_VERBS)}。"


def _paragraph(pick: random.Random, at: datetime, people: tuple[str, ...]) -> str:
    parts = [_sentence(pick, people) for _ in range(pick.randint(1, 3))]
    if pick.random() < 0.35:
        parts.append(f"詳しくは[{pick.choice(_NOUNS)}の発表]({_url(pick, at)})にある。")
    if pick.random() < 0.3:
        parts[0] = f"**{pick.choice(_NOUNS)}**のうち、{parts[0]}"
    if pick.random() < 0.1:
        parts.append(f"担当者は *{pick.choice(_NOUNS)}* と `{pick.choice(_CODES)}` に触れた。")
    return "".join(parts)


def _url(pick: random.Random, at: datetime) -> str:
    return f"https://news{pick.randrange(1, 9)}.example.jp/{at:%Y/%m%d}/{pick.randrange(10**6):06d}.html"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _listed(words: tuple[str, ...]) -> str:
    return "[" + ", ".join(map(_quoted, words)) + "]"


def for_yoroku(item: Sample) -> tuple[str, str]:
    """Path and text of a briefing for this project, line marks included, as an import would have written them."""
    line = 3
    blocks = []
    for block in item.blocks:
        marked = []
        for row in block.split("\n"):
            is_text = row.strip("> ") != "" and not row.startswith("|")
            marked.append(f"{row} ^L{line}" if is_text else row)
            line += is_text
        blocks.append("\n".join(marked))
    front = (
        f"title: {_quoted(item.title)}\ndate: {item.at.isoformat()}\n"
        f"sources:\n  - publisher: {item.publisher}\n    title: {_quoted(item.title)}\n    url: {item.url}\n"
        f"people: {_listed(item.people)}\ntopics: {_listed(item.topics)}\n"
    )
    return f"{item.at:%Y}/{item.slug}.md", f"---\n{front}---\n" + "\n\n".join(blocks) + "\n"


def for_yaml(item: Sample) -> tuple[str, str]:
    """The same for generators that read YAML front matter with tags."""
    front = (
        f"title: {_quoted(item.title)}\ndate: {item.at.isoformat()}\nsource: {item.url}\npublisher: {item.publisher}\n"
        f"people: {_listed(item.people)}\ntags: {_listed(item.topics)}\n"
        f"permalink: briefings/{item.slug}/index.html\n"
    )
    return f"briefings/{item.slug}.md", f"---\n{front}---\n\n{item.body}"


def for_pelican(item: Sample) -> tuple[str, str]:
    """The same with Pelican's own header."""
    front = (
        f"Title: {item.title}\nDate: {item.at.isoformat()}\nTags: {', '.join(item.topics)}\nSlug: {item.slug}\n"
        f"Source: {item.url}\nPublisher: {item.publisher}\nPeople: {', '.join(item.people)}\n"
    )
    return f"briefings/{item.slug}.md", f"{front}\n{item.body}"


FORMS = {"yoroku": for_yoroku, "yaml": for_yaml, "pelican": for_pelican}


def write(count: int, folder: Path, *, form: str) -> int:
    """Write a corpus into an empty or new folder. Returns its size in bytes."""
    shutil.rmtree(folder, ignore_errors=True)
    size = 0
    for item in samples(count):
        path, text = FORMS[form](item)
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        size += len(text.encode())
    return size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--for", dest="form", choices=FORMS, default="yoroku")
    options = parser.parse_args()
    size = write(options.count, options.folder, form=options.form)
    print(f"{options.count} briefings, {size / 1e6:.1f} MB, {size // max(options.count, 1)} bytes each")


if __name__ == "__main__":
    main()
