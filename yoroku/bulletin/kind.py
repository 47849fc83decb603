"""What kind of text a bulletin is: the first rule of the table that fits. The words are those of a site's settings."""

from __future__ import annotations

import re
from collections.abc import Callable

from yoroku import patterns
from yoroku.bulletin.facts_pattern import Lazy, lazy
from yoroku.bulletin.facts_text import Passage
from yoroku.bulletin.gazetteer import Gazetteer

_TITLE = lazy  # these are searched in the title alone
_CORRECTION = _TITLE(
    r"訂正|正誤|お詫びと訂正|お詫び|\b(?:Correction|Corrected|Erratum|Clarification)\b|更正|정정|바로잡습니다",
    re.IGNORECASE,
)
_SECURITY = _TITLE(
    r"脆弱性|セキュリティ(?:アップデート|更新|アドバイザリ|情報)|JVN|CVE-\d|CVSS|\b(?:vulnerabilit|"
    r"security (?:advisory|update|bulletin|notice))|漏洞|취약점",
    re.IGNORECASE,
)
_DISASTER = _TITLE(
    r"震度|地震|津波|噴火|台風|大雨|洪水|土砂|警報|注意報|特別警戒|避難(?:所|指示|情報|勧告)|気象情報|高波|竜巻|"
    r"暴風|大雪|被害状況|earthquake|tsunami|typhoon|hurricane|evacuation|eruption|地震|台风|暴雨|지진|태풍|호우",
    re.IGNORECASE,
)
_MINUTES = _TITLE(r"議事録|会議録|議事要旨|議事概要|会議要旨|一般質問|minutes\b|会议纪要|회의록", re.IGNORECASE)
_PRESS = _TITLE(
    r"記者会見|定例会見|会見(?:録|要旨|の概要|概要|に?ついて|$)|ぶら下がり|press (?:conference|briefing)|transcript|"
    r"Q&A|记者会|기자회견|브리핑",
    re.IGNORECASE,
)
_MEETING = _TITLE(
    r"会談|表敬|首脳会議|電話会議|協議(?:の|に|$)|会合|\b(?:meeting|readout|talks|summit|call)\b|会见|会谈|회담|통화",
    re.IGNORECASE,
)
_SPEECH = _TITLE(
    r"演説|所信表明|施政方針|講演|あいさつ|挨拶|式辞|スピーチ|\b(?:speech|remarks|address|keynote)\b|讲话|致辞|연설",
    re.IGNORECASE,
)
_STATEMENT = _TITLE(r"声明|談話|コメント(?:$|を)|宣言(?:$|文)|\bstatement\b|공동성명|성명|联合公报|声明", re.IGNORECASE)
_RELEASE_HEAD = lazy(
    r"プレスリリース|ニュースリリース|報道関係者各位|報道発表|新闻稿|보도자료|FOR IMMEDIATE RELEASE|PRESS RELEASE|"
    r"News Release",
    re.IGNORECASE,
)
_NOTICE = _TITLE(
    r"お知らせ|ご案内|御案内|について(?:\(.*\))?$|募集|注意喚起|開催(?:の|に)|実施(?:の|に)|変更(?:の|に)|休業|通知|"
    r"回収|\b(?:notice|announcement|reward offers?|advisory)\b|公告|通知|안내|공고|공지",
    re.IGNORECASE,
)


def _head(passages: tuple[Passage, ...]) -> str:
    return " ".join(passage.folded for passage in passages if passage.place != "dropped")[:1200]


def _turns(passages: tuple[Passage, ...]) -> int:
    return sum(passage.place == "turn" for passage in passages)


def _by_title(pattern: Lazy) -> Callable[[str, tuple[Passage, ...], Gazetteer], bool]:
    return lambda title, _passages, _gazetteer: bool(pattern.search(title))


def _release(_title: str, passages: tuple[Passage, ...], _gazetteer: Gazetteer) -> bool:
    head = (
        " ".join(passage.folded for passage in passages[:12])
        + " ".join(p.folded for p in passages if p.place == "dropped")[:400]
    )
    return bool(_RELEASE_HEAD.search(head)) or bool(patterns.search(r"株式会社.{0,60}(?:本社|代表取締役)", head))


def _speech(title: str, passages: tuple[Passage, ...], _gazetteer: Gazetteer) -> bool:
    if _SPEECH.search(title):
        return True
    text = _head(passages)
    return (
        "（拍手）" in text
        or "(拍手)" in text
        or bool(patterns.search(r"所信(?:の一端)?を(?:申し)?述べ|ご清聴|御清聴", text))
    )


def _minutes(title: str, passages: tuple[Passage, ...], _gazetteer: Gazetteer) -> bool:
    head = (passage.folded[:12].lower() for passage in passages[:5] if passage.place != "dropped")
    return bool(_MINUTES.search(title)) or any(words.startswith("minutes of") for words in head)


def _report(_title: str, passages: tuple[Passage, ...], gazetteer: Gazetteer) -> bool:
    text = _head(passages)
    if patterns.search(
        r"より転載|から転載|【[^】]{1,12}(?:共同|時事|AFP|ロイター)[^】]*】|\((?:共同|時事|AFP|ロイター)\)|(?:社|"
        r"网)[\u4e00-\u9fff]{2,6}\d+月\d+日电|기자",
        text,
    ):
        return True
    return any(
        hit.entry.kind == "news"
        for passage in passages
        if passage.place in {"matter", "title", "byline", "dateline"}
        for hit in gazetteer.hits(passage.folded)
    )


def _statement_text(title: str, _passages: tuple[Passage, ...], _gazetteer: Gazetteer) -> bool:
    return bool(_STATEMENT.search(title))


RULES: tuple[tuple[str, Callable[[str, tuple[Passage, ...], Gazetteer], bool]], ...] = (
    ("correction", _by_title(_CORRECTION)),
    ("minutes", _minutes),
    ("security", _by_title(_SECURITY)),
    ("press-conference", lambda title, passages, _gazetteer: bool(_PRESS.search(title)) or _turns(passages) >= 4),
    ("meeting", _by_title(_MEETING)),
    ("speech", _speech),
    ("disaster", _by_title(_DISASTER)),
    ("statement", _statement_text),
    ("report", _report),
    ("release", _release),
    ("notice", _by_title(_NOTICE)),
)


def kind(title: str, passages: tuple[Passage, ...], gazetteer: Gazetteer) -> str:
    """The kind, or an empty string when no rule fits."""
    return next((name for name, fits in RULES if fits(title, passages, gazetteer)), "")
