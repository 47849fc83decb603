"""Signs of whose a text is: labels, datelines, feet, the first sentence; each rule says which sign it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from yoroku.briefing.model import Span
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.facts_text import fold
from yoroku.bulletin.lines import flat
from yoroku.bulletin.organisations_rules import AND_MINISTER
from yoroku.bulletin.outline import Block, Line, Outline
from yoroku.bulletin.page_owner import Sign
from yoroku.bulletin.publishers import ENGLISH
from yoroku.bulletin.source_patterns import ASSEMBLY, CORPORATE_NUMBER, EDITION, MINISTER

_HEAD = 60  # lines from the first in which a label stands over its publisher
_TAIL = 40
_LABEL = lazy(
    r"(?:news provided by|issued by|published by|発信元|発行元|提供元|配信元|发布机构|發布機關)\s?[:：]?", re.I
)
_FROM = lazy(r"from:?", re.I)
_SOURCE = lazy(r"SOURCE:?\s+(?P<n>[A-Z][^|]{2,50})")
_NAME_LINE = lazy(r"[^\s\d。:：][^。:：|]{1,60}")
_CAPITALS = lazy(
    r"[A-Z][A-Z ,&'-]{3,50}(?:COUNCIL|COMMITTEE|MINISTRY|DEPARTMENT|AUTHORITY|BOARD|COMMISSION|AGENCY|"
    r"UNIVERSITY|OFFICE)"
)
# 【カルタゴラ、ロムニア北斗】: a town in katakana, then an agency's two letters that no list has.
_FAR = lazy(r"^[\s　]*[【(（][^【】()（）]*[ァ-ヴー](?P<n>[\u4e00-\u9fff]{2})[】)）](?=\S)")
_NO_AGENCY = frozenset(
    str.split("時間 近郊 郊外 支局 市内 国内 以下 同市 首都 市長 代表 会長 社長 監督 選手 共和 王国 連邦 大会")
)
_KOREAN = lazy(
    r"^[□○■◇ㅇ\s]*(?P<n>[가-힣A-Za-z]{2,14})"
    r"\((?:대표|사장|회장|처장|청장|장관|이사장|원장|총장|위원장|본부장|시장|군수|도지사|소장|관장|구청장|행장)"
)
_RIGHTS_ZH = lazy(r"(?:\S{1,12} )?(?P<n>[\u4e00-\u9fff]{2,16})\s?(?:版權所有|版权所有)")
_RESIDENT_KO = lazy(
    r"^\(?(?:우\)?\s?)?\d{5}\)?\s.{6,60}\s(?P<n>[가-힣]{2,10}(?:부|처|청|원|공사|공단|위원회|시청|도청))$"
)
_SUBJECT = lazy(r"^(?:[\s　]*)(?P<n>[^\s　、。「」()（）]{3,20}?)(?:では?|は|が)、")
_TOGETHER = lazy(r"^(?P<a>\S{2,20})[\s　・]+(?P<b>\S{2,20})[\s　]+共同発表$")
# ○海洋環境省告示第四十二号, 財務省令第三号
_ACT = lazy(
    r"^[○◯]?\s?(?:(?P<n>[^\s。、第]{1,18}?(?:省|庁|府|県|都|道|市|町|村|区|委員会|院))(?:告示|公告|訓令)|(?P<m>[^\s。、第]{1,14}?[省府])令)第"
)
_PERSON = r"[\u3400-\u9fff々]{1,4}[ 　]*[\u3400-\u9fff々ぁ-んァ-ヴー]{1,4}"
_SIGNED = lazy(
    r"(?P<n>[^\s。、（）()]{2,24}(?:会|団|社|連合|組合|連盟|協会|機構|法人|大学|学校|病院|銀行|財団))[ 　]+"
    r"(?:代表取締役)?(?:会長|理事長|代表理事|代表|委員長|学長|校長|院長|社長|総裁|頭取|総長)[ 　]+" + _PERSON
)
_SIGNED_TOWN = lazy(r"(?P<n>[^\s。、（）()]{1,8}[市町村])長[ 　]+" + _PERSON)
# ＜問い合わせ＞ 稲荷原市 環境部 ごみ減量課
_ASK_TOWN = lazy(r"問い?合わ?せ(?:先|は)?[＞>】〉:：\s　]+(?P<n>[^\s　。、]{2,8}[市町村])[\s　]")


def labelled(outline: Outline, _: tuple[Block, ...]) -> Iterator[Sign]:
    """NEWS PROVIDED BY / Lumora Therapeutics, Inc.: the name stands below its label."""
    filled = [line for line in outline.lines if line.text.strip()][:_HEAD]
    for above, line in pairwise(filled):
        label, name = above.text.strip(), line.text.strip()
        if _LABEL.fullmatch(label) and _NAME_LINE.fullmatch(name):
            yield _sign(name, line, "連絡先")
        elif _FROM.fullmatch(label):
            cut = AND_MINISTER.search(name)
            name = name[: cut.start()] if cut else name
            if ENGLISH.fullmatch(name):
                yield _sign(name, line, "文頭の発表者")


def signed(outline: Outline, _: tuple[Block, ...]) -> Iterator[Sign]:
    """SOURCE Lumora Therapeutics, Inc.: a newswire's release ends with whose it is."""
    filled = [line for line in outline.lines if line.text.strip()][-_TAIL:]
    for line in filled:
        found = _SOURCE.fullmatch(line.text.strip())
        if found:
            yield _sign(found["n"], line, "文末の発表者")


def far_agency(_: Outline, blocks: tuple[Block, ...]) -> Iterator[Sign]:
    """An agency after a foreign town in the brackets of a dateline."""
    for block in blocks[:4]:
        found = _FAR.match(block.text)
        if found and found["n"] not in _NO_AGENCY:
            yield Sign(found["n"], (block.span,), "配信元の表示")


def together(_: Outline, blocks: tuple[Block, ...]) -> Iterator[Sign]:
    """見波県　見波地方気象台　共同発表: both issued it."""
    for block in blocks[:6]:
        found = _TOGETHER.match(block.text.strip())
        if found:
            yield Sign(found["a"], (block.span,), "文頭の発表者")
            yield Sign(found["b"], (block.span,), "文頭の発表者")


def headed(outline: Outline, blocks: tuple[Block, ...]) -> Iterator[Sign]:
    """A body in capitals over its minutes; a Korean body with who heads it at the head of the first sentence."""
    for line in [line for line in outline.lines if line.text.strip()][:2]:
        if _CAPITALS.fullmatch(line.text.strip()):
            yield _sign(line.text.strip(), line, "文頭の発表者")
    if outline.lang == "ko":
        for block in blocks[:6]:
            found = _KOREAN.match(block.text)
            if found:
                yield Sign(found["n"], (block.span,), "本文の書き出し")
                break


def footed(outline: Outline, _: tuple[Block, ...]) -> Iterator[Sign]:
    """海岸管理署 版權所有; (30000) … 해양안전처; ＜問い合わせ＞ 稲荷原市 …."""
    for line in [line for line in outline.lines if line.text.strip()][-14:]:
        text = line.text.strip()
        for pattern, why in ((_RIGHTS_ZH, "著作権表示"), (_RESIDENT_KO, "ページの下部の所在地")):
            found = pattern.fullmatch(text)
            if found:
                yield _sign(found["n"], line, why)
        town = _ASK_TOWN.search(text) if "問" in text else None
        if town:
            yield _sign(town["n"], line, "連絡先")


def signing(outline: Outline, _: tuple[Block, ...]) -> Iterator[Sign]:
    """見本期成同盟会　会長　稲荷山　悟, 南浦市長　大和田　潔: who signs a notice issues it for a body."""
    filled = [line for line in outline.lines if line.text.strip()]
    for line in (*filled[:8], *filled[-8:]):
        text = line.text.strip()
        found = (_SIGNED.fullmatch(text) or _SIGNED_TOWN.fullmatch(text)) if "長" in text or "代表" in text else None
        if found:
            yield _sign(found["n"], line, "文頭の発表者" if line in filled[:8] else "文末の発表者")


def acting_alone(outline: Outline, blocks: tuple[Block, ...]) -> Iterator[Sign]:
    """架空シーサートでは、…: what acts in the first sentence and stands alone on a line is whose the text is."""
    opening = next((block for block in blocks if len(block.text) > 25 and "。" in block.text), None)
    found = _SUBJECT.match(opening.text) if opening is not None else None
    if opening is None or found is None:
        return
    alone = next((line for line in outline.lines if line.text.strip() == found["n"]), None)
    if alone is not None:
        yield Sign(found["n"], (Span(alone.number, alone.number), opening.span), "本文の書き出し")


def issuing(outline: Outline, _: tuple[Block, ...]) -> Iterator[Sign]:
    """Whose a page is: 柏葉資源循環大臣記者会見録 and 資源循環省, ○○市議会定例会, the owner with its number."""
    for line in outline.lines:
        number = CORPORATE_NUMBER.match(line.text.strip()) if "法人番号" in line.text else None
        if number:
            yield _sign(number["name"], line, "ページの下部の所在地")
    for line in [line for line in outline.lines if line.text.strip()][:3]:
        act = _ACT.match(line.text.strip())
        if act:
            yield _sign(act["n"] or act["m"], line, "文頭の発表者")
    minister = MINISTER.search(outline.title)
    if minister:
        whole = "\n".join(line.text for line in outline.lines)
        words = minister["p"]
        for at in range(len(words) - 1):
            ministry = f"{words[at:]}省"
            if ministry in whole:
                yield _sign(ministry, next(line for line in outline.lines if ministry in line.text), "題に名のある機関")
                break
    for line in outline.lines[:20]:
        assembly = ASSEMBLY.search(line.text) if "議会" in line.text else None
        if assembly:
            yield _sign(assembly["name"], line, "題に名のある機関")
            break
    for span in outline.title_lines[:1]:
        for line in outline.lines[: span.first]:
            paper = "刊" in line.text or "電子版" in line.text
            edition = EDITION.match(flat(line.text.strip())) if paper else None
            if edition:
                yield _sign(line.text.strip()[: len(edition["name"])], line, "出典の記載")


_DATE_HEAD = lazy(r"^(?:(?:令和|平成|昭和)?\s?[\d元]{1,4}年\d{1,2}月(?:\d{1,2}日)?)[\s　]+(?=\S)")
_CREDITED = lazy(r"^【[^【】]{2,16}】(?=\S)")
_VERB_TAIL = lazy(
    r"(?<=[a-z]) (?:Announces|Releases|Launches|Opens|Issues|Publishes|Unveils|Names|Appoints|Awards|Hosts)$"
)


def cleaned(name: str) -> str:
    """A name without the date before it, a headline's verb after it, or a minister beside it."""
    folded = fold(name)
    head = _DATE_HEAD.match(folded) or _CREDITED.match(name)
    name = name[head.end() :] if head else name
    tail = _VERB_TAIL.search(name) or AND_MINISTER.search(name)
    return name[: tail.start()] if tail else name


def _sign(name: str, line: Line, why: str) -> Sign:
    return Sign(name, (Span(line.number, line.number),), why)
