"""Where a copied page's text lies: the stretch with the most sentences, and what ties short lines to it."""

from __future__ import annotations

import re

from yoroku.bulletin.facts_pattern import lazy, searched
from yoroku.bulletin.headings import NAMES, known_words
from yoroku.bulletin.lines import URL, Look

FAR = -10_000
PARTED = -100  # what the head of a list of teasers weighs between two stretches of text
DATE = searched(
    r"(?:\d{4}|平成|令和|昭和)\s?(?:年|[-/.])?\s?(?:\d{1,2}|元)\s?[年月/.-]|\d{1,2}月\s?\d{1,2}日|"
    r"\d{1,2}:\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}",
    re.I,
)
CONTACT = searched(
    r"(?:電話|tel|ｔｅｌ|fax|ファクス|メール|e-?mail|内線)\s?[.:：)）]?\s?.{0,30}[\d@]|問い?合わ?せ|連絡先|"
    r"担当|\d{2,4}-\d{2,4}-\d{3,4}|media contact|press contact",
    re.I,
)
MARKED = lazy(
    r"[・●○◎■□◆◇▼▽△◯※①-⑳【\[<〈《「『“(]|[-*#|]\s|\d{1,2}\s?[.)、．]|\(?\d{1,2}\)|"
    r"[一二三四五六七八九十]{1,2}[、 　]|第\s?[\d一二三四五六七八九十]+"
)
PAIR = lazy(r"^[^。]{1,20}\s?[:：]\s?\S")
CREDIT = searched(
    r"転載|配信|提供|撮影|記者|編集委員|より引用|by [A-Z]|[(（][^()（）]{1,12}(?:共同|時事|通信|新聞|放送|"
    r"ロイター|AFP|AP)[)）]?|^[(（【][^()（）【】]{1,20}[)）】]$"
)
# 新工場の完成予想図（熊本県合志市）; Image caption, …
CAPTION = lazy(r"^(?:image|picture|photo) caption\b|[(=][^()=\d]{3,20}\)?$|\((?:photo|picture|image): [^()]+\)$", re.I)


def _weight(look: Look, dropped: bool) -> int:
    if dropped:
        return 0
    if look.line.hint.startswith("h") or look.line.hint == "tr":
        return 0
    if look.sentence:
        return min(look.size, 200) - 12
    if (
        MARKED.match(look.text)
        or PAIR.match(look.flat)
        or DATE.search(look.flat)
        or URL.match(look.text)
        or CONTACT.search(look.flat)
    ):
        return -1
    return -4


def stretch_of(looks: tuple[Look, ...], reasons: dict[int, str], starts: dict[int, str]) -> tuple[int, int]:
    """The run of lines with the most text in it, links and menus counting against (Kadane's algorithm)."""
    best, best_at = FAR, (0, len(looks) - 1)
    total, start = 0, 0
    for at, look in enumerate(looks):
        weight = PARTED if at in starts else _weight(look, look.number in reasons)
        if total <= 0:
            total, start = 0, at
        total += weight
        if total > best:
            best, best_at = total, (start, at)
    return _reaching(looks, reasons, starts, best_at)


# １　訂正箇所, 午後７時30分から午後８時30分まで, 会場　見本ホール: short, but of the text.
TIED = lazy(
    r"[・●○◎■□◆◇▼▽①-⑳※]|\(?\d{1,2}[).、．\s](?=\D)|\([正誤注]|[一二三四五六七八九十]{1,2}[、 ]|"
    r"第\s?[\d一二三四五六七八九十]+[条章節回]|"
    r"(?:開催)?(?:日時|日程|場所|会場|期間|対象|定員|費用|参加費|料金|内容|講師|"
    r"議題|議事|出席者|欠席者|傍聴者?|委員|申込(?:方法)?|配布資料)[\s:：]|"
    r".{0,24}\d{1,2}[時:](?:\d{2})?.{0,4}(?:から|~|～|〜|-).{0,6}\d{1,2}[時:]"
)
_GAP = 3  # loose lines that a text may have between two tied ones


def _reaching(
    looks: tuple[Look, ...], reasons: dict[int, str], starts: dict[int, str], stretch: tuple[int, int]
) -> tuple[int, int]:
    """The stretch with the short lines on either side that belong to it, up to the first that is dropped."""
    first, last = stretch
    for step, edge in ((1, last), (-1, first)):
        gap, at = 0, edge + step
        while 0 <= at < len(looks) and gap <= _GAP and looks[at].number not in reasons and at not in starts:
            look = looks[at]
            if (look.sentence and look.size >= 15) or TIED.match(look.flat):
                first, last, gap = min(first, at), max(last, at), 0
            else:
                gap += 1
            at += step
    return first, last


def loose(looks: tuple[Look, ...], at: int) -> bool:
    """Whether a line has nothing that ties it to a text: no sentence, date, mark, credit or address."""
    look = looks[at]
    if (
        look.sentence
        or NAMES.fullmatch(look.text)
        or DATE.search(look.flat)
        or CREDIT.search(look.text)
        or MARKED.match(look.text)
        or CONTACT.search(look.flat)
        or (look.size >= 12 and CAPTION.search(look.flat))
    ):
        return False
    if (
        URL.match(look.text)
        or known_words(look)
        or look.line.hint in ("h1", "h2", "h3", "tr", "figcaption")
        or look.line.quoted
    ):
        return False
    return not (at + 1 < len(looks) and URL.match(looks[at + 1].text)) and not PAIR.match(look.flat)
