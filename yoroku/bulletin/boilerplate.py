"""Which lines are not the bulletin's text, and why.

Signs, weakest last: what a saved page marks itself, patterns, sections that run on (rankings, teasers), lines that
recur across one host's bulletins, and, in a page that was plainly copied whole, what lies before the headline and after
the text. A line that reads as text, dates it, names its issuer or says whom to call never goes for its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from yoroku import patterns
from yoroku.bulletin.boilerplate_patterns import LONGEST, lines, menu_words, sections
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.lines import URL, Look
from yoroku.bulletin.matter import issuer, release
from yoroku.bulletin.stretch import CONTACT, CREDIT, DATE, MARKED, loose, stretch_of
from yoroku.records import dataclass

WHOLE_PAGE = 5  # pattern hits that show a page was copied whole
BEFORE = 12  # short lines before the first sentence that do, with one hit
LOOSE = 4  # loose lines together that end a copied page's text
EDGE = 4  # lines from either end where a single hit counts
FIRST = 10  # lines in which a page leads back to its first
HEADS = 4  # short lines among them that make a menu
HOME = frozenset({"ホーム", "トップ", "トップページ", "home", "首页", "首頁", "홈"})
TRAIL = "パンくずリスト"
RIGHTS = "著作権表示"
MENU_REASON = "案内の語"
TOP = "ページの先頭へ"
COOKIES = "Cookieの案内"
MEMBERS = "会員・購読の案内"
STAMPED = lazy(r"\d{4}\s?[年/.-]\s?\d{1,2}\s?[月/.-]\s?\d{1,2}日?\s")
RIGHTS_WORDS = lazy(
    r"cookie|クッキー|copyright|©|ⓒ|\(c\)|著作権|無断|rights? reserved|版权|授权|许可|允许|저작권|전재", re.I
)
NEAR_TITLE = 4  # lines above the headline in which a sentence is text
MENU = 40  # lines before the first sentence that are a menu whatever they say
# A mail's own frame says nothing of a page.
LETTER = frozenset({"署名つきメールの枠", "タグ"})
FORMS = frozenset({"コメント欄", "ブログの付帯情報", "共有ボタン"})

POSTAL = lazy(r"(?:〒\s?)\d{3}-\d{4}")
CODE = lazy(r"(?!\d\.\d$)[\d._]{1,20}|[+\-\d./]{6,40}")
# A weather telegram's abbreviated heading, and the code lines that stand with one.
WMO = lazy(r"[A-Z]{4}\d{2} [A-Z]{4} \d{6}(?: [A-Z]{3})?")
WMO_LINES = lazy(r"\d{3}|[A-Z0-9]{5,6}|[A-Z]{2}[ZC]\d{3}[-\d>A-Z]*-?|\$\$|&&")
ISO = lazy(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)")
TEASER = lazy(r"^[▶►▷➡→»≫>]\s?\S")


OWN_HEADING = lazy(r"[■□◆◇●]|第?[\d一二三四五六七八九十]{1,2}[.、．\s]|\(\d{1,2}\)")


@dataclass(frozen=True, slots=True)
class Dirt:
    """Which lines are dropped (number → reason), and whether the bulletin is a page that was copied whole.

    `first` and `last` are the positions, among the looks given, of the stretch that reads as text.
    """

    reasons: dict[int, str]
    page: bool
    first: int
    last: int


def find(looks: tuple[Look, ...], *, recurring: frozenset[str]) -> Dirt:
    """The lines that are dropped whatever the headline is."""
    hits = {at: reason for at, look in enumerate(looks) if (reason := _hit(look))}
    starts = {at: reason for at, look in enumerate(looks) if at not in hits and (reason := _section(look))}
    marked = {at: look.line.hint[5:] for at, look in enumerate(looks) if look.line.hint.startswith("drop:")}
    menus = _menus(looks, hits)
    counted = sum(reason not in LETTER for reason in hits.values()) + len(starts) + len(menus)
    if counted == 1 and not marked:
        only = next(iter(hits or starts))
        if EDGE <= only < len(looks) - EDGE:
            hits, starts, counted = {}, {}, 0
    prose = next((at for at, look in enumerate(looks) if look.sentence and look.size >= 25), len(looks))
    short = sum(1 for at in range(prose) if _menu_like(looks[at]))
    heads = sum(1 for at in range(min(FIRST, prose)) if _menu_like(looks[at]) and looks[at].size <= 16)
    home = heads >= HEADS and any(look.key in HOME or hits.get(at) == TRAIL for at, look in enumerate(looks[:FIRST]))
    page = counted >= WHOLE_PAGE or (short >= BEFORE and counted >= 2) or short >= MENU or (home and counted >= 2)
    hits |= dict.fromkeys(menus, MENU_REASON) if page else {}
    reasons = {looks[at].number: reason for at, reason in sorted({**hits, **marked}.items())}
    told = [at for at, look in enumerate(looks) if look.sentence and look.size >= 25]
    for at, look in enumerate(looks) if recurring else ():
        outside = not told or not told[0] < at < told[-1]
        # Within the text a line that recurs is a publisher's usual heading.
        if outside and look.key in recurring and look.number not in reasons and not look.sentence:
            reasons[look.number] = "同じサイトの他の原文にも繰り返し現れる行"
    for before, look in pairwise(looks):
        counts = look.key.isdigit() and look.size < 6 and reasons.get(before.number) == "共有ボタン"
        if counts or (reasons.get(before.number) in FORMS and URL.fullmatch(look.text)):
            reasons.setdefault(look.number, reasons[before.number])
    reasons.update(_codes(looks, reasons))
    reasons.update(_archives(looks, reasons))
    reasons.update(dict.fromkeys(_signature(looks), "署名つきメールの枠"))
    reasons.update(_readers(looks, reasons))
    first, last = stretch_of(looks, reasons, starts) if page else (0, len(looks) - 1)
    reasons.update(_sections(looks, starts, reasons, page=page, stretch=(first, last)))
    reasons.update(_address(looks, reasons, counted))
    return Dirt(reasons, page, first, last)


def _menus(looks: tuple[Look, ...], hits: dict[int, str]) -> list[int]:
    """Lines that are only a menu's word, outside the sentences of the text; a lone one says nothing."""
    told = [at for at, look in enumerate(looks) if look.sentence and look.size >= 25 and at not in hits]
    first, last = (told[0], told[-1]) if told else (len(looks), len(looks))
    found = [
        at
        for at, look in enumerate(looks)
        if not first <= at <= last and at not in hits and look.key in menu_words() and look.line.hint != "h1"
    ]
    return found if len(found) > 1 else []


# What a site says of its page, above the headline.
AGENDA = lazy(r"日程第|議案第|報告第|請願第|陳情第|\d{1,2}番\s|.*君(?:\s|$)|.{0,6}氏\s?名|出席|欠席")
CHANGED = lazy(
    r"(?:最終)?更新(?:日時?|日期)\s?[:：\s]\s?(?:\d{2,4}[-/.年]|令和|平成)[\d\s/.:：年月日時分()曜月火水木金土日-]{3,24}"
)
UPDATED = lazy(r"(?:最終)?更新日?時?\s?[:：\s]|更新日期\s?[:：]", re.I)
MONTH = lazy(r"(?:19|20)\d\d年\s?\d{1,2}月(?:\s?\(\d+\))?|[A-Z][a-z]{2,8} (?:19|20)\d\d(?: \(\d+\))?")
# ※投稿は個人の見解です: what readers and commentators wrote stands below it.
DISCLAIMED = lazy(r"※.{0,12}投稿.{0,30}(?:見解|意見|もの|関わり|責任).{0,30}")
_READERS = 40


def _archives(looks: tuple[Look, ...], reasons: dict[int, str]) -> dict[int, str]:
    """A blog's or station's list of months: three or more in a row."""
    found: dict[int, str] = {}
    run: list[Look] = []
    for look in (*looks, None):
        if look is not None and look.number not in reasons and MONTH.fullmatch(look.flat):
            run.append(look)
            continue
        if len(run) >= 3:
            found.update({item.number: "月別の一覧" for item in run})
        run = []
    return found


def _readers(looks: tuple[Look, ...], reasons: dict[int, str]) -> dict[int, str]:
    """What readers or commentators say of the text, from the page's own disclaimer to its next heading of teasers."""
    found: dict[int, str] = {}
    start = next((at for at, look in enumerate(looks) if DISCLAIMED.fullmatch(look.flat)), None)
    if start is None:
        return found
    for at, look in enumerate(looks[start : start + _READERS], start):
        if at > start and (_section(look) or (look.text[:1] in "【■◆" and not look.sentence)):
            break
        if look.number not in reasons:
            found[look.number] = "コメント欄"
    above = looks[start - 1] if start else None
    if above is not None and above.size <= 12 and not above.sentence and above.number not in reasons:
        found[above.number] = "コメント欄"
    return found


def _menu_like(look: Look) -> bool:
    """Whether a line could stand in a menu: no sentence, no mark, no figure."""
    return not (look.sentence or MARKED.match(look.text) or any(char.isdigit() for char in look.flat))


def around(looks: tuple[Look, ...], dirt: Dirt, headline: int | None) -> dict[int, str]:
    """In a page copied whole: what lies before the headline (its line number) and after the text."""
    if not dirt.page:
        return {}
    found: dict[int, str] = {}
    head = next((at for at, look in enumerate(looks) if look.number == headline), None)
    start = head if head is not None else 0
    cut = _cut(looks, dirt)
    # Below the way back to the top stands the site's own foot, its address and telephone too.
    beyond = next(
        (at for at in range(dirt.last + 1, len(looks)) if dirt.reasons.get(looks[at].number) == TOP), len(looks)
    )
    for at, look in enumerate(looks):
        if look.number in dirt.reasons or at == head:
            continue
        near_text = start - at <= NEAR_TITLE
        if at < start and not _names(look, near=start - at <= 6) and not (near_text and _told(look)):
            found[look.number] = "見出しより前の案内"
        elif start < at and CHANGED.fullmatch(look.flat):
            found[look.number] = "更新日の表示"
        elif start < at < dirt.first and loose(looks, at) and dirt.first - start > 8 and not _worded(look):
            found[look.number] = "見出しと本文の間の案内"
        elif at >= beyond or (at >= cut and not _protected(looks, at)):
            found[look.number] = "本文より後の案内"
    return found


def _told(look: Look) -> bool:
    """A whole Japanese sentence right above the headline: if that is not the headline, it is text."""
    return look.cjk and look.sentence and look.size >= 20 and look.text.endswith("。")


def _worded(look: Look) -> bool:
    """Ports resume work from the evening shift; 日程第２ …: a summary, an agenda below the headline is no menu."""
    return bool(AGENDA.match(look.flat)) or (
        not look.cjk and len(look.flat.split()) >= 5 and not look.flat.startswith(("By ", "Updated "))
    )


def _cut(looks: tuple[Look, ...], dirt: Dirt) -> int:
    """Where the page goes on after its text: several loose lines together, or loose lines among dropped ones."""
    last = _last_heading(looks, dirt)
    live = [at for at in range(last + 1, len(looks)) if looks[at].number not in dirt.reasons]
    run = 0
    for at in live:
        if not loose(looks, at):
            run = 0
            continue
        run += 1
        among = any(looks[other].number in dirt.reasons for other in range(max(last, at - 2), min(len(looks), at + 3)))
        if run >= LOOSE or among:
            return live[max(0, live.index(at) - run + 1)]
    return len(looks)


def _last_heading(looks: tuple[Look, ...], dirt: Dirt) -> int:
    """The last line of the text, or a later one marked as its own headings are: ■今後の展開 after ■新会社の概要."""
    signs = {
        look.text[0] for look in looks[dirt.first : dirt.last + 1] if look.text[:1] in "■□◆◇●▼" and look.size <= 40
    }
    later = [
        at
        for at in range(dirt.last + 1, len(looks))
        if looks[at].text[:1] in signs and looks[at].size <= 40 and looks[at].number not in dirt.reasons
    ]
    return later[-1] if later else dirt.last


def _names(look: Look, *, near: bool) -> bool:
    """Whether a line before the headline may date or name the bulletin, rather than lead elsewhere."""
    if UPDATED.match(look.flat):
        return False
    if near and (release(look) or issuer(look) or (look.size <= 30 and DATE.search(look.flat) and not look.sentence)):
        return True
    return look.size <= 40 and bool(
        patterns.fullmatch(
            r"[^。]{0,12}(?:更新日|公開日|掲載日|発表日|日付)?\s?[:：]?\s?\d{4}\s?[年/.-].{1,24}", look.flat
        )
    )


def _hit(look: Look) -> str:
    long = look.size > LONGEST or (look.sentence and look.size > 60)
    if look.size > 2 * LONGEST or (long and not RIGHTS_WORDS.search(look.flat)):
        return ""
    reason = lines().reason(look.flat)
    if reason == MEMBERS and STAMPED.match(look.flat):
        return ""  # 2026年1月23日 19:30 [会員限定記事] dates the text
    # A notice of rights may run to some sentences; anything else that long is text.
    return reason if not long or reason in (RIGHTS, COOKIES) else ""


def _section(look: Look) -> str:
    return "" if look.size > 40 or look.sentence else sections().reason(look.flat)


def _sections(
    looks: tuple[Look, ...], starts: dict[int, str], reasons: dict[int, str], *, page: bool, stretch: tuple[int, int]
) -> dict[int, str]:
    """Headings of teasers and what runs on below them, up to the next line that is text of the bulletin.

    Before the text (`stretch`) only the heading goes: a headline may follow at once. Inside it loose lines run on;
    below it, everything that does not plainly return.
    """
    found: dict[int, str] = {}
    running = ""
    for at, look in enumerate(looks):
        if at in starts:
            running = starts[at] if at >= stretch[0] or not page else ""
            found[look.number] = starts[at]
        elif look.number in reasons:
            continue
        elif running:
            if _returns(looks, at, page=page, inside=page and at <= stretch[1]):
                running = ""
            else:
                found[look.number] = running
    return found


def _returns(looks: tuple[Look, ...], at: int, *, page: bool, inside: bool) -> bool:
    """Whether the bulletin's own text goes on here, after teasers."""
    look = looks[at]
    if look.line.hint in ("h1", "h2", "tr", "figcaption"):
        return True
    if TEASER.match(look.text):
        return False
    if CONTACT.search(look.flat) and look.size < 120:
        return True
    if inside:
        return look.sentence or not loose(looks, at)
    if not look.sentence:
        return bool(OWN_HEADING.match(look.flat)) and not page
    # A teaser's own sentence is short and stands alone; text has length or company.
    nearby = sum(1 for other in looks[at : at + 3] if other.sentence and other.size >= 30)
    return look.size >= 60 if not page else (look.size >= 80 and nearby >= 2)


def _signature(looks: tuple[Look, ...]) -> Iterator[int]:
    """The letters of a mail's signature, between the two lines that frame it."""
    inside = False
    for look in looks:
        if look.flat.startswith("-----BEGIN PGP SIGNATURE"):
            inside = True
        elif look.flat.startswith("-----END PGP"):
            inside = False
        elif inside:
            yield look.number


def _codes(looks: tuple[Look, ...], reasons: dict[int, str]) -> dict[int, str]:
    """A telegram's machine codes: in a text that carries several time stamps on lines of their own."""
    if any(WMO.fullmatch(look.text) for look in looks[:4]):
        codes = (look for look in looks if WMO.fullmatch(look.text) or WMO_LINES.fullmatch(look.text))
        return {look.number: "電文の機械用コード" for look in codes}
    if sum(1 for look in looks if ISO.fullmatch(look.text)) < 2:
        return {}
    return {
        look.number: "電文の機械用コード"
        for look in looks
        if CODE.fullmatch(look.flat) and look.size > 2 and look.number not in reasons
    }


def _address(looks: tuple[Look, ...], reasons: dict[int, str], counted: int) -> dict[int, str]:
    """The office's own address at the foot of a page; not the address that a notice gives its readers."""
    found: dict[int, str] = {}
    for at in range(max(0, len(looks) - 12), len(looks)):
        look = looks[at]
        before = " ".join(other.flat for other in looks[max(0, at - 3) : at])
        around_it = any(other.number in reasons for other in looks[max(0, at - 2) : at + 3])
        if (
            POSTAL.search(look.flat)
            and counted >= 2
            and around_it
            and (not CONTACT.search(look.flat) or "代表)" in look.flat)
            and not patterns.search("問い?合わ?せ|連絡先|申込|送付|提出|会場|場所", before[-60:])
        ):
            found[look.number] = "ページの下部の所在地"
    return {number: reason for number, reason in found.items() if number not in reasons}


def _protected(looks: tuple[Look, ...], at: int) -> bool:
    """Whether a line after the text belongs to it all the same: whom to call, a credit, a table."""
    look = looks[at]
    if CONTACT.search(look.flat) or (CREDIT.search(look.text) and look.size < 40):
        return True
    return look.line.hint in ("tr", "figcaption", "h2", "h3")
