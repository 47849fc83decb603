"""Dates as they are written: where they stand and what they say, nothing filled in.

A `Stamp` holds only what the words give; `dates_known` settles the day it means.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from yoroku import patterns
from yoroku.bulletin.clock import Clock, clock_at, length_at
from yoroku.bulletin.eras import common_year, in_era, number
from yoroku.bulletin.facts_pattern import lazy, searched
from yoroku.records import dataclass, replace

_KANJI = "一二三四五六七八九十"
# 民國元年 is 1912.
_ROC = 1911
_DATE = searched(
    r"(?:"
    # 令和5年(2023年)1月12日, 2 0 1 8 年 9 月 1 9 日, 昨年3月4日, 1月12日, 2023년 1월 12일
    r"(?:(?:(?P<era>明治|大正|昭和|平成|令和) ?(?P<ey>元|\d ?\d|\d|"
    r"[一二三四五六七八九十]{1,3}) ?年(?: ?\((?P<gy>\d{4})年?\))?"
    r"|(?P<y>\d{4}|\d \d \d \d|[一二][〇零一二三四五六七八九]{3}) ?[年년](?:\(ねん\))?(?!度)(?: ?\((?P<gera>明治|"
    r"大正|昭和|平成|令和)(?P<gey>元|\d\d?)年?\))?"
    r"|(?:中華|中华)?民[國国] ?(?P<roc>\d{2,3}) ?年|(?<!\d)(?P<roc2>1[01]\d)年(?=1?\d月\d)"
    r"|(?P<ry>今年|本年|ことし|昨年|去年|来年|明年|同年|翌年|前年|올해|지난해|작년|내년)の?) ?)?"
    r"(?P<m>\d ?\d(?!\d)|\d|十[一二]?|[一二三四五六七八九]) ?[月월](?:\(がつ\))?(?! ?(?:[間額例報次刊曜]|期|中旬|"
    r"上旬|下旬)) ?"
    r"(?:(?P<d>\d ?\d(?!\d)|\d|[二三]?十?[一二三四五六七八九]|"
    r"[二三]?十) ?(?:[日号](?:\([ぁ-ん]{1,5}\))?(?![間目本])|일(?![간째본]))|(?P<monthly>))"
    r"|(?P<rm>今月|本月|先月|上月|前月|来月|翌月|同月|上月|下月|지난달|이달|내달|지난|"
    r"오는) ?(?P<md>\d\d?) ?(?:日(?![間目本])|일(?![간째본]))"
    r"|(?<![\d月年第/.:월년])(?P<od>\d\d?) ?(?:日(?![間目本前後数立産替帰米中韓仏英独印豪露系経銀分以連もあ程ぶ])|"
    r"일(?![간째본전후이]))(?! ?(?:以内|連続|\d+ ?[回便本往]))"
    r"|(?<![\d/.-])(?P<iy>(?:19|20)\d\d|(?<=:)1[01]\d(?=-\d\d-\d\d))"
    r"(?P<sep>[-/.]) ?(?P<im>\d\d?)(?P=sep) ?(?P<id>\d\d?)\.?(?!\d|"
    r"[-/.]\d{1,2}(?![:\d]))(?:T(?=\d))?"
    r"|(?<![A-Za-z\d])(?P<se>[MTSHR])(?P<sey>\d\d?)\.(?P<sem>\d\d?)\.(?P<sed>\d\d?)(?!\d)"
    r"|(?<![\d/.])(?P<slm>1[0-2]|0?[1-9])[/.] ?"
    r"(?P<sld>[12]\d|3[01]|0?[1-9])\.?(?= ?\([月火水木金土日월화수목금토일][)曜・])"
    r"|今 ?[(]?(?P<today>\d\d?)[)]? ?日"
    r"|(?P<rel>本日|今日(?!的|的)|きょう|昨日|きのう|一昨日|おととい|明日|あす(?=[、のはに])|明後日|翌日|前日|同日|"
    r"今天|昨天|明天|当天|오늘|어제|내일)"
    r")"
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<mon{n}>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|"
    r"JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
)
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_WEEKDAY = r"(?:(?P<wd{n}>Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:[a-z]*)?\.?,? )?"
_ENGLISH = lazy(
    r"\b(?:"
    + _WEEKDAY.format(n=1)
    + _MONTH.format(n=1)
    + r" (?P<d1>\d{1,2})(?:st|nd|rd|th)?(?!\d|:)(?: ?(?:-|to|through|and) ?(?P<e1>\d{1,2})(?!\d|:))?"
    + r"(?:,? (?P<y1>(?:19|20)\d\d)\b)?"
    + r"|"
    + _WEEKDAY.format(n=2)
    + r"(?<![:\d])(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?: ?(?:-|to|and) ?(?P<e2>\d{1,2})(?!\d))? (?:of )?"
    + _MONTH.format(n=2)
    + r"\b(?:,? (?P<y2>(?:19|20)\d\d)\b)?"
    + r"|"
    + _MONTH.format(n=3)
    + r" (?P<y3>(?:19|20)\d\d)\b"
    + r"|(?P<rel>[Tt]oday|[Yy]esterday|[Tt]omorrow)\b(?!'s)"
    + r"|(?P<pre>[Ll]ast |[Nn]ext |[Tt]his |[Oo]n |[Ff]rom |[Ss]aid )"
    + r"(?P<name>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
    # On Tuesday 14 May 2024 is one date.
    + r"(?!,? (?:\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2}|"
    + r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d))"
    + r")"
)
# Without one of these no date can stand in a text; most sentences have none.
_MAYBE = lazy(
    r"\d|[本今昨明翌前同当来先一][日月年天昨]|[一二三四五六七八九十元] ?[年月日]|きょう|きのう|おととい|あす|오늘|"
    r"어제|내일|[dD]ay\b|to(?:day|morrow)|yesterday"
)
# Without one of these `_DATE` finds none.
_EAST = lazy(r"[月월日일天]|\d[-/.]|きょう|きのう|おととい|あす|오늘|어제")
_REACH = 24
_LATIN = lazy(r"[A-Za-z]{3}")
_WEEK = lazy(
    r" ?(?:\((?P<a>[月火水木金土日월화수목금토일])(?:曜日?)?(?:[・、]? ?(?:祝日?|休日?|振休))?\)|"
    r"(?P<b>[月火水木金土日])曜日?|\((?:星期|周)(?P<c>[一二三四五六日天])\)|(?P<e>[월화수목금토일])요일|\((?P<n>Mon|"
    r"Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\))"
)
_WEEKDAYS = {
    char: at for row in ("月火水木金土日", "월화수목금토일", "一二三四五六日") for at, char in enumerate(row)
} | {"天": 6}
_GAP = lazy(
    r"(?:、?(?:現地時間|日本時間|当地時間)(?:の|で|、)?|-(?=\d\d:)|\([ぁ-ん]{1,8}\)|\((?:現地時間|日本時間|"
    r"現地|当地時間)\)|[のに、,]|夜の?|[ ]|T|at |:)*"
)
# 13:00-13:45 is a range: an hour west of Greenwich has T13:00, seconds or a blank before it.
_ZONE = lazy(
    r" ?\(?(?P<z>Z|(?:UTC|GMT) ?[+-]\d\d?(?::?\d\d)?|\+\d\d:?\d\d|(?:(?<=T\d\d:\d\d)|(?<=\d:\d\d:\d\d))-\d\d:?\d\d|"
    r"(?<= )-\d{4}|UTC|GMT|JST|KST|E[SD]T|C[SD]T|M[SD]T|P[SD]T|ET|"
    r"BST|CES?T|AE[SD]T)(?![A-Za-z\d])\)?"
)
_PAREN = lazy(r" ?\((?P<in>[^()]{2,32})\)")
_AFTER_TIME = lazy(r"(?:頃|ごろ|ころ|すぎ|過ぎ|前|現在)?(?: ?\((?:現地時間|日本時間|現地|[^()]{1,8}時間)\))?")
_TO = lazy(
    r" ?(?:未明|明け方|朝|昼前|昼過ぎ|昼|夕方|夜遅く|夜のはじめ頃|夜)?(?:\([ぁ-ん]+\))?(?:の夜|"
    r"の朝)?(?:\([ぁ-ん]+\))? ?(?:~|-|から|より|부터|至|到|to|until)(?:翌日|同日)?[ 、]*(?:\([^()]{1,6}\))?"
)
_UNTIL = lazy(r"まで|까지")
_SINCE = lazy(r"(?:から|より|、|で|부터)?")
_DAY_COUNT = lazy(r"(?:から|より)(?P<n>\d\d?|[二三四五六七八九十]) ?日間")
# 本日（2月19日）午前6時52分: the day once more, in brackets.
_AGAIN = lazy(r" ?\((?:\d{1,2}月)?\d{1,2}日(?:[・(]?[月火水木金土日][)曜]?)?\)")
_LOCAL = lazy(r"(?:(?P<z>[^\s、。「」()（）]{1,8}時間|北京时间|日本時間|当地时间)[)）]?(?:の|で|、|では|、?の)?)$")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as written at `start`–`end` of a folded text; what the words do not give is None.

    `relative` is the word (昨日, today, last Monday), `wrong` a key of the review table when the value cannot be,
    `zone` what the words say of the clock (日本時間, 現地時間, +09:00), `twin` the same moment by another clock.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    clock: Clock | None = None
    zone: str = ""
    relative: str = ""
    weekday: int | None = None
    wrong: str = ""
    until: Stamp | None = None
    minutes: int | None = None
    days: int | None = None
    twin: Stamp | None = None

    @property
    def full(self) -> bool:
        """Whether year, month and day are all written."""
        return self.year is not None and self.month is not None and self.day is not None

    def date(self) -> date | None:
        """The day when it is fully written and possible."""
        return day_of(self.year, self.month, self.day)


def day_of(year: int | None, month: int | None, day: int | None) -> date | None:
    """The day of a calendar, or None when a part is missing or no calendar has it."""
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=8192)
def stamps(folded: str) -> tuple[Stamp, ...]:
    """All dates written in `folded`, in order; a range is one with `until`, 12日（日本時間13日） one with `twin`."""
    found: list[Stamp] = []
    if not (first := _MAYBE.search(folded)):
        return ()
    latin = bool(_LATIN.search(folded))
    at = 0
    while first is not None:
        # The big patterns are tried only where a date may begin: an era, a month's name or a weekday before a figure.
        stamp = _next(folded, max(at, first.start() - _REACH), latin=latin)
        if stamp is None:
            break
        found.append(stamp)
        at = max(stamp.end, at + 1)
        first = _MAYBE.search(folded, at)
    return tuple(_both(folded, found) if "日" in folded else found)


_BOTH = lazy(r"(?<![\d.])(?:(?P<m>\d\d?)月)?(?P<a>\d\d?)日?[、・と](?P<b>\d\d?)(?:日?の?(?P<p>両日)|日(?![間目以]))")


def _both(folded: str, found: list[Stamp]) -> list[Stamp]:
    """The stamps with two days that are named as a pair, 7、8の両日 or 4月27、28日: one with `until`."""
    for pair in _BOTH.finditer(folded):
        if not pair["p"] and not (pair["m"] and int(pair["b"]) == int(pair["a"]) + 1):
            continue
        inside = [one for one in found if one.end > pair.start() and one.start < pair.end()]
        year = next((one.year for one in inside if one.year is not None), None)
        first = Stamp(min([pair.start(), *(one.start for one in inside)]), pair.end(), year, day=int(pair["a"]))
        first = replace(first, month=int(pair["m"]) if pair["m"] else None)
        whole = replace(first, until=replace(first, start=pair.start("b"), year=None, day=int(pair["b"])))
        found = sorted([one for one in found if one not in inside] + [whole], key=lambda one: one.start)
    return found


def _next(folded: str, at: int, *, latin: bool) -> Stamp | None:
    east = _DATE.search(folded, at) if _EAST.search(folded, at) else None
    west = _ENGLISH.search(folded, at) if latin else None
    if east and (not west or east.start() <= west.start()):
        stamp = _from_east(east)
    elif west:
        stamp = _from_west(west, folded)
    else:
        return None
    return _tail(folded, _head(folded, stamp))


def _from_east(found: re.Match[str]) -> Stamp:
    start, end = found.span()
    if found["iy"]:
        # 發布日期：113-10-21 counts from 1912.
        year = int(found["iy"]) + (_ROC if len(found["iy"]) == 3 else 0)
        return _checked(Stamp(start, end, year, int(found["im"]), int(found["id"])))
    if found["se"]:
        era, year = found["se"], common_year(found["se"], int(found["sey"]))
        return _checked(Stamp(start, end, year, int(found["sem"]), int(found["sed"])), era)
    if found["slm"]:
        return Stamp(start, end, None, int(found["slm"]), int(found["sld"]))
    if found["rel"]:
        return Stamp(start, end, relative=found["rel"])
    if found["today"]:
        return _plausible(Stamp(start, end, day=int(found["today"]), relative="今日"))
    if found["od"]:
        return _plausible(Stamp(start, end, day=int(found["od"])))
    if found["rm"]:
        return _plausible(Stamp(start, end, day=int(found["md"]), relative=found["rm"]))
    month = number(found["m"])
    day = number(found["d"]) if found["d"] else None
    if found["era"]:
        year = common_year(found["era"], number(found["ey"]))
        stamp = _checked(Stamp(start, end, year, month, day), found["era"])
        return replace(stamp, wrong="years-differ") if found["gy"] and int(found["gy"]) != year else stamp
    if found["roc"] or found["roc2"]:
        return _checked(Stamp(start, end, int(found["roc"] or found["roc2"]) + _ROC, month, day))
    if found["y"]:
        year = number(found["y"])
        stamp = _checked(Stamp(start, end, year, month, day))
        given = found["gera"] and common_year(found["gera"], number(found["gey"]))
        return replace(stamp, wrong="years-differ") if given and given != year else stamp
    return _plausible(Stamp(start, end, None, month, day, relative=found["ry"] or ""))


def _plausible(stamp: Stamp) -> Stamp:
    """Flags a month or day that no year has."""
    known = day_of(2024, stamp.month or 1, stamp.day or 1)
    return stamp if known else replace(stamp, wrong="impossible")


def _checked(stamp: Stamp, era: str = "") -> Stamp:
    day = day_of(stamp.year, stamp.month, stamp.day or 1)
    if day is None:
        return replace(stamp, wrong="impossible")
    if era and stamp.day and not in_era(era, day):
        return replace(stamp, wrong="era-over")
    return stamp


def _from_west(found: re.Match[str], _folded: str) -> Stamp:
    start, end = found.span()
    if found["rel"]:
        return Stamp(start, end, relative=found["rel"].lower())
    if found["name"]:
        word = f"{found['pre'].strip().lower()} {found['name'].lower()}"
        return Stamp(found.start("name"), end, relative=word, weekday=_DAYS.index(found["name"].lower()))
    which = "1" if found["d1"] else "2" if found["d2"] else "3"
    month = _MONTHS.index(found[f"mon{which}"][:3].lower()) + 1
    year = int(found[f"y{which}"]) if found[f"y{which}"] else None
    if which == "3":
        return Stamp(start, end, year, month)
    stamp = Stamp(start, end, year, month, int(found[f"d{which}"]))
    name = found[f"wd{which}"]
    if name:
        stamp = replace(stamp, weekday=next(at for at, day in enumerate(_DAYS) if day.startswith(name.lower())))
    if found[f"e{which}"]:
        stamp = replace(stamp, until=Stamp(start, end, year, month, int(found[f"e{which}"])))
    return _checked(stamp) if year else _plausible(stamp)


_BEFORE_CLOCK = lazy(
    r"(?<![\d:])(?:at )?(?P<c>\d{1,2}(?::\d\d)? ?(?:[ap]\.?m\.?|AM|PM)|\d{1,2}:\d\d|noon)(?: \w{2,4})?,? (?:on )?$"
)


def _head(folded: str, stamp: Stamp) -> Stamp:
    """Adds what stands right before the date: the clock's name, an English time."""
    before = folded[max(0, stamp.start - 24) : stamp.start]
    local = _LOCAL.search(before)
    if local:
        stamp = replace(stamp, zone=local["z"])
    early = _BEFORE_CLOCK.search(before)
    if early:
        clock = clock_at(folded, stamp.start - len(before) + early.start("c"))
        if clock:
            stamp = replace(stamp, clock=clock, start=clock.start)
    return stamp


def _tail(folded: str, stamp: Stamp) -> Stamp:
    """Reads on after the date: weekday, time, zone, twin, range, length."""
    end = stamp.end
    week = _WEEK.match(folded, end)
    if week:
        stamp, end = replace(stamp, weekday=_weekday_of(week)), week.end()
    again = _AGAIN.match(folded, end) if stamp.relative else None
    end = again.end() if again else end
    twin, end = _twin(folded, end)
    if stamp.clock is None and (stamp.day or stamp.relative):
        gap = _GAP.match(folded, end)
        clock = clock_at(folded, gap.end() if gap else end)
        if clock:
            stamp, end = replace(stamp, clock=clock, zone=stamp.zone or _named(folded[end : clock.start])), clock.end
            zone = _ZONE.match(folded, end)
            if zone:
                stamp, end = replace(stamp, zone=zone["z"]), zone.end()
            after = _AFTER_TIME.match(folded, end)
            if after:
                stamp, end = replace(stamp, zone=stamp.zone or _named(after.group())), after.end()
            if twin is None:
                twin, end = _twin(folded, end)
    stamp = replace(stamp, twin=twin, end=end)
    return _range(folded, stamp) if stamp.until is None else stamp


def _weekday_of(week: re.Match[str]) -> int:
    if week["n"]:
        return next(at for at, day in enumerate(_DAYS) if day.startswith(week["n"].lower()))
    return _WEEKDAYS[week["a"] or week["b"] or week["c"] or week["e"]]


def _named(words: str) -> str:
    found = patterns.search(r"\(([^()]{1,8}時間|現地)\)|(現地時間|日本時間|当地時間)", words)
    return (found[1] or found[2]) if found else ""


def _twin(folded: str, end: int) -> tuple[Stamp | None, int]:
    """（日本時間13日） after a date, or after a time: the same moment by another clock."""
    paren = _PAREN.match(folded, end)
    if not paren or not patterns.match(r"日本時間|現地時間|日本时间|[^\d]{1,6}時間|Japan time|JST", paren["in"]):
        return None, end
    inner = _DATE.search(paren["in"])
    name = patterns.match(r"[^\d午正同翌前の、]+", paren["in"])
    zone = name.group() if name else ""
    if inner is None:
        word = patterns.match(r"日本時間(同日|翌日|前日)?の?", paren["in"])
        clock = clock_at(paren["in"], word.end()) if word else None
        if word and clock:
            return Stamp(
                paren.start(), paren.end(), clock=clock, relative=word[1] or "同日", zone="日本時間"
            ), paren.end()
        return None, end
    stamp = _tail(paren["in"], _from_east(inner))
    return replace(stamp, zone=zone, start=paren.start(), end=paren.end(), twin=None), paren.end()


def _range(folded: str, stamp: Stamp) -> Stamp:
    end = stamp.end
    count = _DAY_COUNT.match(folded, end)
    if count:
        return replace(stamp, days=number(count["n"]), end=count.end())
    since = _SINCE.match(folded, end)
    length = length_at(folded, since.end() if since else end) if stamp.clock else None
    if length:
        return replace(stamp, minutes=length[0], end=length[1])
    to = _TO.match(folded, end)
    if not to:
        return stamp
    clock = clock_at(folded, to.end()) if stamp.clock else None
    if clock:
        until = Stamp(to.end(), clock.end, clock=clock)
        return replace(stamp, until=until, end=clock.end)
    west = _ENGLISH.match(folded, to.end())
    if west and (west["d1"] or west["d2"]):
        last = _from_west(west, folded)
        gap = _GAP.match(folded, last.end)
        clock = clock_at(folded, gap.end() if gap else last.end)
        last = replace(last, clock=clock, end=clock.end if clock else last.end)
        return replace(stamp, until=last, end=last.end)
    second = _DATE.match(folded, to.end())
    if not second or (second["rel"] and to.group().strip() not in {"~", "-"}):
        return stamp
    last = _tail_simple(folded, _from_east(second))
    if to.group().strip() in {"から", "より", "부터"} and not patterns.match(
        r"[^、。]{0,8}(?:まで|にかけて|까지|の間)|、|~", folded[last.end : last.end + 14]
    ):
        return stamp
    close = _UNTIL.match(folded, last.end)
    return replace(stamp, until=last, end=close.end() if close else last.end)


def _tail_simple(folded: str, stamp: Stamp) -> Stamp:
    week = _WEEK.match(folded, stamp.end)
    end = week.end() if week else stamp.end
    gap = _GAP.match(folded, end)
    clock = clock_at(folded, gap.end() if gap else end)
    if week:
        stamp = replace(stamp, weekday=_weekday_of(week))
    return replace(stamp, clock=clock, end=clock.end if clock else end)
