"""When a bulletin was published and updated: signs, each with a weight; two that agree make it sure.

A sign is a labelled date, a credit line, a line that is only a date, an agency's dateline, a time stamp, an address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime

from yoroku import patterns
from yoroku.briefing.model import Event, Evidence, Review, Sure
from yoroku.bulletin.dates import Stamp, day_of, stamps
from yoroku.bulletin.dates_known import Known, resolve
from yoroku.bulletin.facts_pattern import lazy, searched
from yoroku.bulletin.facts_text import Passage, spans
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.review import review
from yoroku.bulletin.zones import HOME, host_zone, moment, named_zone
from yoroku.fields import Moment
from yoroku.records import dataclass, replace

Day = date


@dataclass(frozen=True, slots=True)
class Sign:
    """A date that may be the one of publication. `weight` orders signs; `rule` names the sign."""

    weight: int
    rule: str
    day: date
    stamp: Stamp
    passage: Passage
    updated: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """The answer: the dates, a date for each part of the outline, what is unsure, and what each came from."""

    date: Moment | None = None
    updated: Moment | None = None
    parts: tuple[Moment | None, ...] = ()
    review: tuple[Review, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    anchor: Day | None = None
    part_anchors: tuple[Day | None, ...] = ()
    signs: tuple[Sign, ...] = ()


_PUBLISHED = (
    r"公表日時?|公開日時?|掲載日時?|発表日時?|発表時刻|発行日|配信日時?|投稿日時?|作成日|公示日|登録日時?|"
    r"記事公開日?|初版公開日?|初回公開日?|更新日時・公開日|"
    r"発布日期|发布时间|發稿日期|發布日期|發佈日期|發稿時間|发布日期|发表时间|時間|时间|日期|등록일|작성일|게시일|"
    r"입력|발행일|보도일시|배포일|등록|송고시간|기사입력|승인|发稿时间|"
    r"Published|Date published|Posted|Posted on|Publication date|Release date|Released|Issued|Date issued|Date|"
    r"First published|Initial release(?: date)?"
)
_UPDATED = (
    r"最終更新日時?|更新日時?|最終更新|改訂日|改定日|修正日|最終改訂日?|更新时间|修改时间|更新日期|최종수정일?|"
    r"수정일?|수정|업데이트|"
    r"Last updated|Updated|Last modified|Last revised|Modified|Date updated|Revised|Last Revised"
)
_LABEL = lazy(rf"(?:^|[\s|/　(【・])(?:(?P<u>{_UPDATED})|(?P<p>{_PUBLISHED}))[】)]? ?[::]? ?$", re.IGNORECASE)
_LABEL_LINE = lazy(rf"^[■●【\[]?(?:(?P<u>{_UPDATED})|(?P<p>{_PUBLISHED}))[】\]]? ?[::]?$", re.IGNORECASE)
_SECONDARY = lazy(r"登録|등록|Date$|^時間|^时间|日期", re.IGNORECASE)
_AFTER_UPDATED = lazy(r"^[ 、]*(?:\(更新\)|(?:に)?(?:最終)?(?:更新|改訂|改定|修正)(?:\)|$| |しました|版))")
_AFTER_PUBLISHED = lazy(
    r"^[ 、]*(?:\((?:新規|公開|初版|掲載)\)|(?:に)?(?:付け?で?)?"
    r"(?:公表|公開|掲載|配信|発表|発行|投稿|登録|作成|発信|発出|送信|放送|송고|입력)(?:\)|$| |日))"
)
_DATED = lazy(r"^付け?(?:、|の|\)|$| )")
_SOURCED = lazy(r"^ *(?:\|? *)?(?:来源|來源|记者|記者|出处|出處|字号|责编|責編|기자|출처|配信|発表|発信|公開|掲載)")
_CREDIT = lazy(
    r"^[ ]*(?:付け?)?(?:の|、)? ?(?:[^\s。、「」]{1,30}?)(?:より転載|から転載|より引用|から引用|より抜粋|より$|"
    r"からの転載|掲載|配信)"
)
_RELEASED = lazy(r"\b(?:RELEASED?|PUBLISHED|POSTED|UPDATED)\b", re.IGNORECASE)
_ONLY_DATE = lazy(
    r"^[ (\[【<《]*(?:発行|日付|平日)?[ )\]】>》|、。.・:,()／/\-]*(?:現在|発表|公表|付|付け|更新|配信|時点|作成|"
    r"改訂|版|\(仮訳\)|UTC|JST|KST|GMT|\+\d\d:?\d\d|Z|[A-Z]{2,4})?[ )\]】>》]*$"
)
_OFFICE_LINE = lazy(r"^[ |/、／・]*[^。]{0,30}$")
_ENGLISH_DATELINE = lazy(r"^\(?[A-Z][A-Za-z.,' /]{2,48}?[,(] ?$")
_AGENCY = lazy(r"^[\u3400-\u9fff·]{2,10}(?:社|网)?[\u3400-\u9fff]{2,8}$")
_REPORT_AT = lazy(r"^.{0,40}(?:現在|時点)")
_IN_URL = lazy(r"(?<!\d)(20[0-4]\d|19[89]\d)[-/_]?(0[1-9]|1[0-2])(?:[-/_]?(0[1-9]|[12]\d|3[01]))(?!\d)")
_SHORT_IN_URL = lazy(r"[/n](\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
# （共同）2025/02/08 22:41
_OWNED = lazy(r"[ (【\[]{1,2}[^()【】\[\]]{1,16}[)】\]] ?")
_BYLINED = lazy(r"[\u3041-\u3096\u30a1-\u30fc\u3400-\u9fff々 ・]{2,14}(?:記者)?")
_TOLD = lazy(r"[。~〜」]|(?:から|より|まで|開催|会談|について)")
_AFTER_BAR = lazy(r"[ |/](?:[^ ]{0,3})$")
_OPENING = lazy(r"^[ (]*(?:日時[::]? ?)?$")
_HEAD_LINES, _BELOW_TITLE = 12, 8


def _label(
    passage: Passage, stamp: Stamp, before: str, previous: Passage | None, _near: bool
) -> Iterator[tuple[int, str, bool]]:
    """公表日：2018/12/23, also with the label on the line before."""
    if stamp.until is not None or stamp.days:
        return
    found = _LABEL.search(before[-40:])
    if not found and not before.strip() and previous is not None and passage.span.first - previous.span.last <= 2:
        found = _LABEL_LINE.match(previous.folded.strip())
        if found and len(passage.folded.strip()) > stamp.end - stamp.start + 8:
            found = None
    after = passage.folded[stamp.end : stamp.end + 12]
    if found:
        word = found["u"] or found["p"]
        weight = 60 if found["u"] else 72 if _SECONDARY.search(word) else 95
        yield weight, "label", bool(found["u"])
    elif _AFTER_UPDATED.match(after) and len(passage.folded) < 60:
        yield 60, "label", True
    elif _AFTER_PUBLISHED.match(after) and len(passage.folded) < 60:
        yield 90, "label", False


def _credit(
    passage: Passage, stamp: Stamp, before: str, _previous: Passage | None, _near: bool
) -> Iterator[tuple[int, str, bool]]:
    """A credit line that dates what it reprints: 「○年○月○日の○○新聞より転載」."""
    if (len(passage.folded) <= 70 and passage.place != "paragraph") or len(passage.folded) <= 40:
        named = patterns.search(r"(?:転載|引用|出典|配信)", passage.folded) and "。" not in passage.folded
        if named or _CREDIT.match(passage.folded[stamp.end :]):
            yield 88, "credit", False
    after = passage.folded[stamp.end :]
    if _SOURCED.match(after) and not before.strip(" ◆■●○◎(【[") and len(passage.folded) < 80:
        yield 86, "credit", False
    elif _DATED.match(after) and not before.strip(" =(（【[-") and len(passage.folded) < 60:
        yield 84, "credit", False


def _alone(
    passage: Passage, stamp: Stamp, before: str, _previous: Passage | None, near: bool
) -> Iterator[tuple[int, str, bool]]:
    """A line that is only a date, or a date and an office."""
    if stamp.until is not None or stamp.minutes:
        return
    rest = f"{before} {passage.folded[stamp.end :]}"
    if _ONLY_DATE.match(rest.strip()) or (
        passage.place == "dateline" and "。" not in passage.folded and len(passage.folded) < 60
    ):
        yield (84 if near or passage.span.first <= _HEAD_LINES * 3 else 62), "dateline", False
    elif passage.place in {"matter", "dateline", "byline", "title"} and len(rest) < 46 and "。" not in rest:
        yield 70, "head line", False
    elif (
        (near and len(rest.strip()) <= 40 and not _TOLD.search(rest))
        and not before.endswith(("on ", "held "))
        and (not before.strip(" (【[|/・") or _AFTER_BAR.search(before) or _OWNED.fullmatch(before))
    ):
        yield 66, "head line", False
    elif stamp.clock and _BYLINED.fullmatch(before) and not passage.folded[stamp.end :].strip():
        # 槙野あかり2025年6月4日 18時22分
        yield 76, "byline", False
    elif stamp.clock and before.endswith("(") and passage.folded[stamp.end :].strip() == ")":
        # A report's last words: …。（2024/04/16-17:08）
        yield 78, "time stamp", False


def _dateline(
    passage: Passage, stamp: Stamp, before: str, _previous: Passage | None, _near: bool
) -> Iterator[tuple[int, str, bool]]:
    """PORT ELLERY, May 6, 2021 — ; 新华社北京1月13日电; 【ワシントン12日】."""
    after = passage.folded[stamp.end : stamp.end + 12]
    if _ENGLISH_DATELINE.match(before) and patterns.match(r"\)? ?(?:\([^)]{2,20}\) ?)?(?:-|:|/)", after):
        yield 86, "dateline", False
    elif _AGENCY.match(before.strip("（( ")) and patterns.match(r" ?(?:电|電|讯|訊)", after):
        yield 80, "dateline", False


def _report(
    passage: Passage, _stamp: Stamp, before: str, _previous: Passage | None, near: bool
) -> Iterator[tuple[int, str, bool]]:
    """（令和4年9月13日（火） 10:42～11:03 於：本省会見室）: the day of what is reported."""
    if (
        near and passage.place != "title" and _OPENING.match(before) and len(passage.folded) < 90
    ) and "。" not in passage.folded:
        yield 40, "event", False


_SIGNS: tuple[
    tuple[str, Callable[[Passage, Stamp, str, Passage | None, bool], Iterator[tuple[int, str, bool]]]], ...
] = (
    ("label", _label),
    ("credit", _credit),
    ("alone", _alone),
    ("dateline", _dateline),
    ("report", _report),
)


def signs(passages: tuple[Passage, ...]) -> tuple[Sign, ...]:
    """Every date that may be one of publication or update, heaviest first, then in the order of the text."""
    found: list[Sign] = []
    previous: Passage | None = None
    years = _years(passages)
    title = next((passage.span.first for passage in passages if passage.place == "title"), 0)
    for passage in passages:
        for written in stamps(passage.folded) if len(passage.folded) < 4000 else stamps(passage.folded[:400]):
            stamp, known = written, resolve(written, None)
            if known is None and stamp.month and stamp.day and stamp.year is None and years and not stamp.relative:
                # 12/2(火) 16:57配信: the year stands elsewhere on the page, and the weekday agrees.
                stamp, known = _with_year(written, years)
            if known is None or not stamp.full:
                continue
            before = passage.folded[: stamp.start]
            near = passage.span.first <= _HEAD_LINES or title < passage.span.first <= title + _BELOW_TITLE
            light = 15 if passage.place == "dropped" else 0
            here = [
                Sign(weight - (0 if name in {"label", "credit"} else light), name, known.day, stamp, passage, updated)
                for _, rule in _SIGNS
                for weight, name, updated in rule(passage, stamp, before, previous, near)
            ]
            # 更新日：2022年12月5日 is a line of its own too, but no date of publication.
            found += [sign for sign in here if sign.updated] or here
        previous = passage
    order = {id(sign): at for at, sign in enumerate(found)}
    return tuple(sorted(found, key=lambda sign: (-sign.weight, order[id(sign)])))


_RIGHTS_YEAR = searched(r"(?:©|\([Cc]\)|[Cc]opyright|ⓒ)[^\d]{0,24}(?:(?:19|20)\d\d ?[-~] ?)?(?P<y>(?:19|20)\d\d)")


def _years(passages: tuple[Passage, ...]) -> tuple[int, ...]:
    """Years that the page gives for itself: of its copyright line, and of the dates with a time on it; newest first."""
    found: set[int] = set()
    for passage in passages:
        # Without a figure of the year 1900 or 2000 and after there is none.
        dated = ("19" in passage.folded or "20" in passage.folded) and len(passage.folded) < 160
        rights = _RIGHTS_YEAR.search(passage.folded) if dated else None
        if rights:
            found.add(int(rights["y"]))
    return tuple(sorted(found, reverse=True))


def _with_year(stamp: Stamp, years: tuple[int, ...]) -> tuple[Stamp, Known | None]:
    """The stamp with the one year that its weekday fits; a stamp without a weekday gets none."""
    if stamp.weekday is None or stamp.clock is None:
        return stamp, None
    fits = [
        year
        for near in years
        for year in (near, near - 1, near + 1)
        if (day := day_of(year, stamp.month, stamp.day)) and day.weekday() == stamp.weekday
    ]
    if not fits:
        return stamp, None
    whole = replace(stamp, year=fits[0], wrong="")
    return whole, Known(date(fits[0], stamp.month or 1, stamp.day or 1), "year-filled")


def published(
    passages: tuple[Passage, ...], urls: tuple[str, ...], gazetteer: Gazetteer, lang: str, *, parts: int
) -> Published:
    """The dates of publication and update, and one for each of the outline's `parts` documents."""
    found = signs(passages)
    news = [sign for sign in found if not sign.updated]
    updates = [sign for sign in found if sign.updated]
    reviews: list[Review] = []
    zone = next((known for url in urls if (known := host_zone(url))), "") or HOME.get(lang, "")
    evidence: list[Evidence] = []
    of_part = _part_signs(found)
    part_days = tuple(of_part.get(part) for part in range(parts))
    part_moments = tuple(_moment(sign, gazetteer, zone) if sign else None for sign in part_days)
    newest = _best([sign for sign in found if not sign.updated])
    matter_days = _matter_days(passages, newest.day if newest else None)
    anchors = tuple(sign.day if sign else matter_days.get(part) for part, sign in enumerate(part_days))
    updated = _moment(updates[0], gazetteer, zone) if updates else None
    best = _best(news)
    if updates and (best is None or best.rule == "event"):
        best = updates[0]
        reviews.append(review("date", "date-from-update", _words(best), best.passage.lines, lang))
    if best is None:
        day = _from_urls(urls)
        lines = spans(*(passage.lines for passage in passages if "://" in passage.text))[:1]
        if day is None:
            reviews.append(review("date", "no-date", "", (), lang))
            return Published(None, updated, part_moments, tuple(reviews), (), None, anchors, found)
        reviews.append(review("date", "date-from-url", day.isoformat(), lines, lang))
        evidence.append(Evidence("date", lines, "low", "url"))
        return Published(day, updated, part_moments, tuple(reviews), tuple(evidence), day, anchors, found)
    timed = _with_clock(best, news)
    value = _moment(timed, gazetteer, zone)
    if best.rule == "event":
        reviews.append(review("date", "date-from-event", _words(best), best.passage.lines, lang))
    if best.stamp.wrong or (best.stamp.weekday is not None and best.day.weekday() != best.stamp.weekday):
        reviews.append(review("date", best.stamp.wrong or "weekday", _words(best), best.passage.lines, lang))
    if str(best.day.year) not in best.passage.folded and patterns.match(r"\d{1,2}/", _words(best)):
        reviews.append(review("date", "year-filled", _words(best), best.passage.lines, lang))
    agreeing = [sign for sign in found if sign.day == best.day and sign.passage is not best.passage]
    url_day = _from_urls(urls)
    sure: Sure = "high" if agreeing or url_day == best.day else "medium" if best.weight >= 60 else "low"
    evidence.append(
        Evidence("date", spans(best.passage.lines, *(sign.passage.lines for sign in agreeing[:3])), sure, best.rule)
    )
    rivals = [
        sign
        for sign in news
        if sign.day != best.day and sign.weight >= max(80, best.weight - 6) and sign.passage.part == best.passage.part
    ]
    if rivals and not agreeing:
        reviews.append(
            review("date", "dates-differ", _words(rivals[0]), spans(best.passage.lines, rivals[0].passage.lines), lang)
        )
    if updates and updates[0] is not best:
        evidence.append(Evidence("updated", updates[0].passage.lines, "medium", updates[0].rule))
        if updates[0].day < best.day and best.rule != "event":
            reviews.append(review("updated", "date-order", _words(updates[0]), updates[0].passage.lines, lang))
    return Published(value, updated, part_moments, tuple(reviews), tuple(evidence), best.day, anchors, found)


def dated_by_event(days: Published, held: tuple[Event, ...], kind: str, lang: str) -> Published:
    """Minutes and speeches without a date of publication are dated by what they record, and that is said."""
    if (
        days.date is not None
        or kind not in {"minutes", "speech", "press-conference"}
        or not held
        or held[0].start is None
    ):
        return days
    start = held[0].start
    day = start.date() if isinstance(start, datetime) else start
    doubts = tuple(item for item in days.review if item.field != "date")
    doubt = review("date", "date-from-event", day.isoformat(), held[0].lines, lang)
    return replace(days, date=day, review=(*doubts, doubt), evidence=(Evidence("date", held[0].lines, "low", "event"),))


def _best(news: list[Sign]) -> Sign | None:
    """The heaviest sign; of time stamps of one telegram the local one; a bare date in the head before one below."""
    if not news:
        return None
    top = news[0]
    same = [sign for sign in news if sign.weight == top.weight]
    local = [sign for sign in same if sign.stamp.zone and sign.stamp.zone not in {"Z", "UTC", "+00:00"}]
    return local[0] if local and top.stamp.zone in {"Z", "UTC"} else top


_MET = lazy(r"[於開会議場召招]|held|meeting")


def _with_clock(best: Sign, news: list[Sign]) -> Sign:
    """The sign of the same day that gives the time too: Oct. 3 in the dateline, Oct 03, 2024, 08:00 ET above it."""
    if best.stamp.clock is not None or best.rule == "event":
        return best
    same = (sign for sign in news if sign.day == best.day and sign.weight >= 60 and sign.stamp.clock is not None)
    # The hour of a meeting is no hour of publication.
    return next((one for one in same if len(one.passage.folded) < 60 and not _MET.search(one.passage.folded)), best)


def _part_signs(found: tuple[Sign, ...]) -> dict[int, Sign]:
    """The heaviest sign of each document."""
    signs: dict[int, Sign] = {}
    for sign in found:
        if sign.passage.place != "dropped" and sign.weight >= 60:
            signs.setdefault(sign.passage.part, sign)
    return signs


def _matter_days(passages: tuple[Passage, ...], near: date | None) -> dict[int, date]:
    """◆雪代大学病院　5月11日発表: a document's own day without its year, which another document's gives."""
    days: dict[int, date] = {}
    for passage in passages:
        if near is not None and passage.place == "matter" and passage.part not in days:
            for stamp in stamps(passage.folded):
                known = resolve(stamp, near)
                if known is not None and stamp.month is not None:
                    days[passage.part] = known.day
                    break
    return days


def _moment(sign: Sign, gazetteer: Gazetteer, zone: str) -> Moment:
    if sign.stamp.clock is None:
        return sign.day
    name = named_zone(sign.stamp.zone, gazetteer) or zone
    return moment(sign.day, sign.stamp.clock, name) if name else sign.day


def _words(sign: Sign) -> str:
    return sign.passage.text[sign.stamp.start : sign.stamp.end]


def _from_urls(urls: tuple[str, ...]) -> date | None:
    """A day in an address: /20230113/, /2024/0112_07, 230113 after a slash; weak, and only if all agree."""
    days: set[date] = set()
    for url in urls:
        found = _IN_URL.search(url)
        short = _SHORT_IN_URL.search(url) if not found else None
        try:
            if found:
                days.add(date(int(found[1]), int(found[2]), int(found[3])))
            elif short:
                days.add(date(2000 + int(short[1]), int(short[2]), int(short[3])))
        except ValueError:
            continue
    return days.pop() if len(days) == 1 else None
