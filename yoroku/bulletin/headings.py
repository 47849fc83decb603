"""Headings, lists and notes by their marks, and headings that carry none.

One sign can mean a heading in one bulletin and a list item in the next. Marks of one style are therefore judged
together: a style whose lines follow each other at once, or are sentences, is a list; one whose lines stand over text is
a heading.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from yoroku import patterns
from yoroku.bulletin.facts_pattern import Lazy, lazy
from yoroku.bulletin.lines import URL, Look
from yoroku.bulletin.matter import dated, issuer, release
from yoroku.bulletin.title_patterns import DATE_LABEL

# (style, pattern at half width): the mark, then white space or text.
MARKS: tuple[tuple[str, Lazy], ...] = (
    ("markdown", lazy(r"#{1,6}\s+(?=\S)")),
    ("part number", lazy(r"第\s?[\d一二三四五六七八九十]{1,3}(?:[章節部編項]|\s|、|(?=[\s ]))[\s ]*(?=\S)")),
    ("square", lazy(r"[■□▪◼]\s*(?=\S)")),
    ("diamond", lazy(r"[◆◇]\s*(?=\S)")),
    ("triangle", lazy(r"[▼▲]\s*(?=\S)")),
    ("star", lazy(r"[★☆✦]\s*(?=\S)")),
    ("circle", lazy(r"[○〇◯]\s*(?=\S)")),
    ("full circle", lazy(r"[●⚫]\s*(?=\S)")),
    ("double circle", lazy(r"◎\s*(?=\S)")),
    ("roman", lazy(r"(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|(?:I{1,3}|IV|VI{0,3}|IX|X))(?:[.．、]\s?|\s+)(?=\S)")),
    ("number", lazy(r"\d{1,2}(?:[.．、]\s?(?!\d(?!\d{3}年))|\s+|\)\s?)(?=\S)")),
    ("dotted number", lazy(r"\d{1,2}(?:[-－.]\d{1,2}){1,3}\.?\s*(?=[^\d\s.,])")),
    ("bracketed number", lazy(r"[（(]\d{1,2}[)）]\s*(?=\S)")),
    ("circled number", lazy(r"[①-⑳㉑-㉟❶-❿]\s*(?=\S)")),
    ("kanji number", lazy(r"[一二三四五六七八九十]{1,3}(?:[、．.]|\s+)\s*(?=\S)")),
    ("bracketed kanji", lazy(r"[（(][一二三四五六七八九十]{1,3}[)）]\s*(?=\S)")),
    ("kana", lazy(r"(?:[アイウエオカキクケコ]|[ア-ン](?=[.．]))(?:[.．、)）]|[\s]+)\s*(?=\S)")),
    ("bracketed kana", lazy(r"[（(][ア-ンa-z][)）]\s*(?=\S)")),
    ("letter", lazy(r"[A-Ha-h][.)]\s+(?=\S)")),
)
ITEM = lazy(r"(?:[・･▽▷‣•◦⚫➢✓✔►▸⁃∙]\s*|[\-‐–−]\s+|[\-‐−](?=[\u3040-\u9fff「])|\*\s+|[+]\s+|[·]\s*)(?=\S)")
LIST_ONLY = frozenset({"circled number", "bracketed kana", "letter"})
BRACKETED = lazy(
    r"(?:【[^【】]{1,40}】|〈[^〈〉]{1,40}〉|<[^<>]{1,40}>|《[^《》]{1,40}》|≪[^≪≫]{1,40}≫|\[[^\[\]]{2,40}\]|"
    r"［[^［］]{1,40}］|〔[^〔〕]{1,30}〕)"
)
SUBHEADLINE = lazy(r"[^“”。]{0,30}“[^“”]{4,60}”[^“”。、]{0,12}$")
NOTE_HEAD = lazy(r"[（(][^（）()]{0,14}(?:問い?合わ?せ|連絡先|参考|備考|冒頭|質疑)[^（）()]{0,8}[)）]$")
ATTACHED = lazy(r"^【?(?:別添|別紙|添付|資料|参考資料)[\d１-９]?】?")
# Words that head a section whatever the text is about, and endings that often do.
SECTION = lazy(
    r"(?:概要|背景(?:と.{1,8})?|経緯|目的|趣旨|内容|要旨|要点|ポイント|骨子|対象(?:者|製品|地域|品)?|日時|開催日時|場所|会場|"
    r"開催方法|主催|共催|後援|登壇者|講師|定員|参加費|料金|費用|申込方法|申し込み方法|応募方法|スケジュール|プログラム|日程|"
    r"影響(?:範囲|を受ける.{1,10})?|想定される影響|対策(?:方法)?|回避策|対応(?:策|方法|状況)?|原因|再発防止策?|ベンダ情報|"
    r"参考(?:情報|資料|リンク|文献|URL)?|関連(?:リンク|情報|資料|サイト|文書|ファイル)|詳細(?:情報)?|更新履歴|改訂履歴|公表日|"
    r"登録日|最終更新日|公開日|公開日時|はじめに|おわりに|まとめ|結論|質疑応答|質疑|主な質疑|冒頭発言|発言要旨|発表項目|発表事項|"
    r"出席者|参加者|議題|議事|議事日程|次第|内訳|今後の(?:予定|対応|展開|見通し|課題|スケジュール|取組|取り組み)|"
    r"(?:本件に関する|報道(?:機関)?(?:の)?(?:方|関係者)?(?:から|の|向け)?)?(?:お)?(?:問い?合わ?せ|連絡)先?|添付(?:資料|ファイル)|"
    r"別紙|付記|備考|注意事項|留意事項|会社概要|ダウンロード|お知らせ|お願い|謝辞|略歴|開示情報|解説|評価方法|分析結果)"
    r"(?:\s*[（(].{1,24}[)）])?"
)
WORDS = lazy(
    r"(?:■|●)?(?:.{0,8}情報|主な.{1,14}|.{0,6}コメント|共通脆弱性識別子.{0,8}|.{1,16}(?:について|とは|の概要|の背景|の特長|"
    r"の特徴|の状況|の見通し|のお願い|の方法|の内容|の対象|の経緯|の予定|による深刻度|の詳細|による脆弱性.{0,8}))"
    r"(?:\s*[（(].{1,24}[)）]|\s+.{1,20}とは[?？])?"
)
ENGLISH_WORDS = lazy(
    r"(?:about (?:the )?.{2,50}|(?:media|press|news|investor)? ?(?:contacts?|inquiries|enquiries)|background|"
    r"key (?:facts|points|findings|takeaways)|highlights|summary|overview|notes? (?:to|for) editors|"
    r"introduction|conclusion|questions? and answers|q ?& ?a|opening remarks|next steps|what.s new|impact|"
    r"mitigations?|solution|references?|further information|related links|description|credits?|timeline|"
    r"attachments?|resources|details|products? affected|affected (?:products?|versions?))\s?:?",
    re.I,
)
CHINESE_WORDS = lazy(r"[一-鿿]{2,12}[:：]?$")
PARTICLE = lazy(r"[はがをにとのもやへで、,]$")
VALUE = lazy(
    r"[\d,.]+\s?(?:円|人|件|回|%|％|名|社|台|棟|個|本|km|kg|m|cm|℃|度|年|月|日|時|分|秒|点|位|歳)?|"
    r".{0,3}\d{2,4}-\d{2,4}-\d{3,4}.*|[\d:：～〜~\-/.年月日時分()（）月火水木金土日曜 ]+"
)
CAPTION = lazy(
    r"(?:.{2,60}(?:[（(＝=][^（）()]{1,40}(?:撮影|提供|写真|で|にて|より|から|資料|イメージ)[)）]?|"
    r"[=＝].{1,30}(?:撮影|提供|で))|(?:写真|図|図表|画像|イラスト|Photo|Image|"
    r"Credit)\s?[\d１-９]{0,2}\s?[:：＝=／/].{2,80}|.{5,220}\b(?:photo(?:graph)?|image|picture|"
    r"credit)s?(?: by| courtesy)?\s?[:/]\s?.{2,60}|.{2,80}\((?:photo|image|file|credit|ap|reuters|afp|"
    r"getty)[^()]{0,60}\)|\(?photo(?:graph)? (?:by|courtesy|credit).{2,60}|[（(](?:写真|画像|撮影|"
    r"提供).{1,40}[)）])$",
    re.I,
)
PERSONAL = lazy(
    r".{2,40}(?:大臣|長官|総裁|社長|知事|市長|町長|大統領|首相|国家主席|議員|氏|さん|君|委員長|会長|代表|選手|"
    r"監督|両首脳|両大臣|両外相|両氏|ら)$"
)
BYLINE = lazy(
    r"(?:[【（(\[＝=](?:[^。【】（）()]{1,24})?(?:記者|編集委員|論説委員|特派員|通信員|支局長|編集部|共同|"
    r"時事|ロイター|AFP|AP|AP通信|新華社|聯合ニュース)(?:[^。【】（）()]{0,16})?[】）)\]]?|(?:文|取材|執筆|"
    r"撮影|聞き手|構成|編集|翻訳|訳|記者|编辑|責任編輯|责任编辑|来源|记者)\s?[・:：／/=＝].{1,40}|"
    r"by [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3}(?:(?:,| and| in| for).{2,60})?|[（(]?(?:责任编辑|責任編輯|"
    r"编辑|校对|記者|记者|작성자)\s?[:：].{1,30}|.{2,20}\s?(?:記者|기자)(?:\s.{0,40})?|"
    r"[^\s。、]{2,10}[　 ][^\s。、]{1,6}[　 ]?記者)$",
    re.I,
)
# （復興）: a speech's sub-headings, when several stand over text.
ROUND_HEAD = lazy(r"[（(](?!拍手|笑|了|以上|略|中略|注|※|別紙|休憩|文責)[^（）()\d。、:：]{2,14}[)）]")
SIGNED = lazy(r"[\[［][^\[\]［］]{2,10}[，,／/][^\[\]［］]{2,16}[\]］]")
NAMES = lazy(r"[\u4e00-\u9fff々]{2,6}(?:[　 、・][\u4e00-\u9fff々]{1,6}){1,4}")
END = lazy(
    r"[「（(【\[\s]*(?:了|以\s*上|終|終わり|おわり|完|end|#(?:\s?#){1,4}|-\s?30\s?-|e\.?n\.?d\.?|끝|"
    r"以上、?お知らせ(?:いた)?します)[」）)】\]。\s]*$",
    re.I,
)
REMARK = lazy(
    r"(?:※|[（(]\s?(?:注|註|※|\*|note)[^（）()]{0,8}[)）]|[（(](?:注|註)[\d:：]|注[\d)）:：\s]|＊|\*\d|"
    r"\*{1,3}(?=\S)|(?:ただし|なお)書き|備考[:：]|NOTE:|Note:|Notes?:|P\.?S\.?)"
)
# 〔「異議なし」と呼ぶ者あり〕, 午後2時15分散会: what minutes tell of the sitting; nobody says it.
SITTING = lazy(
    r"〔[^〔〕]{1,80}〕|[\s(（〔―─-]*(?:午前|午後|正午)?\s*(?:[\d一二三四五六七八九十]{1,3}時)?\s*"
    r"(?:[\d一二三四五六七八九十]{1,3}分|半)?\s*(?:開議|開会|休憩|再開|散会|閉会|延会|閉議)[\s)）〕―─-]*"
)
TRAILING_COMMA = lazy(r"[、,]$")
COLON = lazy(r"[:：]")
ROUNDED = lazy(r"[（(].*[)）]")
PUNCTUATED = lazy(r"[、，。,;；!！]|[:：].")
LONG_FIGURE = lazy(r"\d{3,}|@|電話|℡")


def mark(look: Look) -> tuple[str, str]:
    """The style and the mark at the head of a line, both empty when it has none."""
    for style, pattern in MARKS:
        match = pattern.match(look.flat)
        if match is not None:
            return style, look.text[: match.end()]
    return "", ""


def styles(looks: tuple[Look, ...], free: list[int]) -> dict[int, tuple[str, str, bool]]:
    """Every marked line (position → style, mark, whether it is a heading), each style judged as a whole."""
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for at in free:
        style, sign = mark(looks[at])
        if style:
            groups[style].append((at, sign))
    found: dict[int, tuple[str, str, bool]] = {}
    for style, members in groups.items():
        places = {at for at, _ in members}
        for at, sign in members:
            found[at] = (style, sign, _heads(looks, at, sign, style, places))
        if style in ("markdown", "square", "diamond"):
            continue
        heading = sum(1 for at, _ in members if found[at][2])
        if style.endswith("circle") and any(at + 1 in places for at in places):
            heading = 0
        if heading * 2 < len(members) or (style in LIST_ONLY and heading < len(members)):
            for at, sign in members:
                found[at] = (style, sign, False)
    return found


def _heads(looks: tuple[Look, ...], at: int, sign: str, style: str, places: set[int]) -> bool:
    """Whether a marked line could stand over text: short, no sentence, not followed at once by its own kind."""
    look = looks[at]
    if style == "markdown":
        return True
    rest = look.flat[len(sign) :]
    if (
        look.stops
        or look.sentence
        or len(rest) > (48 if look.cjk else 90)
        or ("://" in rest and URL.search(rest))
        or dated(look)
    ):
        return False
    if style in ("number", "bracketed number") and VALUE.fullmatch(rest):
        return False
    if TRAILING_COMMA.search(rest) or patterns.match(r"[^:：]{1,14}[:：]\s*\S", rest):
        return False
    if at + 1 in places and (style not in ("square", "diamond") or at - 1 in places):
        return False
    if at - 1 in places and style not in ("square", "diamond"):
        return False
    return at + 1 < len(looks) or style in ("square", "diamond")


def bracketed(looks: tuple[Look, ...], at: int) -> bool:
    """Whether a line in brackets, or with a bracketed word before a few others, is a heading."""
    look = looks[at]
    if release(look) or BYLINE.match(look.flat) or dated(look):
        return False
    if NOTE_HEAD.fullmatch(look.text):
        return True
    if SIGNED.fullmatch(look.text):
        return False
    match = BRACKETED.match(look.text)
    if (
        match is None
        or "。" in look.text
        or patterns.search(r"引用|ここまで|ここから|以下|以上|終わり|省略|中略", look.text)
    ):
        return False
    rest = look.text[match.end() :].strip()
    if not rest:
        return at + 1 < len(looks)
    if (
        len(patterns.findall(r"\d+|[①-⑳]", rest)) > 2
        or look.stops
        or look.sentence
        or look.size > 48
        or ATTACHED.match(look.text)
        or PARTICLE.search(rest)
    ):
        return False
    return (
        look.text.startswith("【")
        and at + 1 < len(looks)
        and not BRACKETED.match(looks[at + 1].text)
        and not COLON.search(rest)
    )


def subheadline(looks: tuple[Look, ...], at: int) -> bool:
    """A news text's sub-headline: a few words with “…” in them, between paragraphs."""
    look = looks[at]
    return (
        bool(SUBHEADLINE.fullmatch(look.text))
        and look.cjk
        and not look.stops
        and look.size <= 60
        and at + 1 < len(looks)
    )


def known_words(look: Look) -> bool:
    """Whether the line is one of the words that head a section in notices and releases."""
    return look.size <= 40 and _known_words(look.flat)


@lru_cache(maxsize=4096)
def _known_words(flat: str) -> bool:
    return bool(SECTION.fullmatch(flat) or WORDS.fullmatch(flat) or ENGLISH_WORDS.fullmatch(flat))


# From:, Location:, 담당부서: labels whose value stands on the next line.
TOPIC = lazy(r"(?:from|to|location|topics?|delivered on|담당부서|조회수|첨부|alert code|last updated)\s?:?", re.I)


def plain(looks: tuple[Look, ...], at: int, *, after: str, before: str, headline: int | None) -> bool:
    """Whether an unmarked line is a heading. `before` and `after` say what its neighbours are."""
    look = looks[at]
    text, level = look.text, look.flat
    known = known_words(look)
    if ("://" in text and URL.search(text)) or (not known and (look.stops or look.sentence or look.indent)):
        return False
    if look.size > (30 if look.cjk else 60) or (not known and look.size < 2):
        return False
    if (
        VALUE.fullmatch(level)
        or dated(look)
        or ROUNDED.fullmatch(level)
        or sum(char.isdigit() for char in level) * 3 > len(level)
        or BYLINE.fullmatch(level)
        or CAPTION.fullmatch(level)
        or PERSONAL.fullmatch(text)
        or (not look.cjk and (DATE_LABEL.fullmatch(level) or TOPIC.fullmatch(level)))
    ):
        return False
    if known:
        return after not in ("", "end") and before != "open"
    if before not in ("start", "closed") or after not in ("sentence", "item", "row", "pair", "turn", "numbered"):
        return False
    if PUNCTUATED.search(level) or PARTICLE.search(level) or issuer(look):
        return False
    if not look.cjk:
        words = text.split()
        return (
            len(words) <= (4 if text.endswith(":") else 8)
            and text[:1].isupper()
            and not patterns.search(r"\d{3}|@", text)
            and after in ("sentence", "item", "numbered")
            and not text.endswith(".")
            and (_titled(words) or words[0] in ("Who", "What", "How", "Why", "When", "Where"))
        )
    if headline is not None and look.number == headline + 1 and after == "sentence" and look.size > 14:
        return False
    return not LONG_FIGURE.search(level) and not patterns.search(
        r"(?:です|ます|した|する|こと|ため|から|まで|より|など|へ)$", text
    )


def _titled(words: list[str]) -> bool:
    """Whether Latin words are written as a heading: a few words, most of them with a capital, or one short phrase."""
    long = [word for word in words if len(word) > 3]
    return sum(word[:1].isupper() for word in long) * 2 >= len(long)
