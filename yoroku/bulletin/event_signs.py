"""Every date of the text that may be an event's, with the points that the words around it give or take."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from yoroku import patterns
from yoroku.bulletin.dates import Stamp, stamps
from yoroku.bulletin.dates_known import Known, resolve
from yoroku.bulletin.facts_pattern import lazy, searched
from yoroku.bulletin.facts_text import Passage, pieces
from yoroku.bulletin.published import Published
from yoroku.records import dataclass, replace

# What follows or precedes a date in its sentence, and the points it gives.
_HELD = searched(
    r"会談|会合|会議|協議|開催|開か|行[っわい]|実施|署名|採択|閉幕|開幕|発生|観測|会見|設置|開所|開通|開業|開店|"
    r"提供|就航|発売|開始|施行|決定|"
    r"訪問|訪れ|視察|表敬|着陸|打ち上げ|発射|感じ|揺れ|閉庁|休館|休業|休み|就任|逮捕|死去|出席|記念|式典|訓練|演習|"
    r"演説|可決|成立|上陸|地震|大雪|大雨|接近|通行止め|工事|中止|延期|再開|完了|運休|断水|募集|受付|受け付け|始ま|"
    r"開き|開く|開い|執行|言渡|落成|着工|完成|解除|破裂|出火|火災|事故|衝突|噴火|はねら|死亡|停電|墜落|転覆|沈没|爆発|崩落|倒壊|浸水|氾濫|脱線|刺さ|襲わ|見つか|盗ま|逃げ|と110番|と119番|해제|"
    r"举行|召开|会见|会谈|签署|发生|开幕|访问|通过|宣布|主持|出席|启动|贯通|放假|舉行|召開|宣布|開幕|起試|營運|动工|"
    r"通车|完工|竣工|合龙|投产|揭牌|封闭|開工|발표|개최|열[렸린]|회담|만나|체결|실시|발생|방문|가졌|참석|개막|서명|실시한|점검|진화|통행|"
    r"재개|시작|열었|밝혔|"
    r"\b(?:met|meets?|held|hosted|opened|opens|established|signed|convened|took place|takes? place|hold|begins?|"
    r"began|launch(?:ed|es)?|spoke|"
    r"visited|attended|adopted|announced|struck|sank|closed|closes|release|released|agreed|collided|signed|occurred|"
    r"approved|decided|voted|arrived|launched|discussed|concluded|inaugurated|unveiled)\b"
)
_LABEL = lazy(
    r"(?:^|[\s■●・○◆【()「、.．])(?:\w{0,4}日 *時|就任予定日|効力発生日|実施日|適用日|開始日|"
    r"開催日時?|開催期間|会期|(?:\w{2,6})?期 ?間|と *き|発生時刻|発生日時|"
    r"発生日|検知時刻|日程|開会日時|発効日|打上げ日時|"
    r"时间|会议时间|일 ?시|기 ?간|发生时间|When|Date and time|Dates?|Time|Delivered on|Held on|Date of "
    r"(?:meeting|event))[】)]? ?[::]? ?$",
    re.IGNORECASE,
)
# 6月1日上午9:00—12:00开放部分窗口: opening hours.
_HOURS = lazy(r"^(?:[开開]放|[办辦]理|受理|营业|營業|服[务務])")
_HAPPENED = lazy(r"(?:出火|発災|事故発生|発生|墜落|脱線|衝突)(?:日 ?時|時刻)[】)]? ?[::]? ?$")
_STARTS = lazy(
    r"(?:就航|開始|開催|施行|発売|実施|開所|開業|開店|公開|発効|適用|開会|供用開始|運用開始|提供開始|サービス開始|"
    r"オープン|発生|休業|休館|閉館|予定)(?:予定)?(?:日時|日|時期|時刻|(?=は))(?:を|は|が|[::])[ 、]?$"
)
_SPAN_WORD = lazy(r"(?:年末年始|期間|会期|夏季休業|大型連休|お盆)[^。]{0,6}[(はをに、]?$")
_AGAINST_BEFORE = lazy(
    r"(?:創業|設立|生まれ|以来|前回|次回|前年|締切|締め切り|期限|申込|応募|毎年|毎月|例年|版|資料|現在|時点|法律第|"
    r"最終更新日?|更新日|公表日?|登録日?|掲載日?)[^。、]{0,6}$"
    r"|(?:since|until|by|as of|deadline|effective|born|"
    r"founded in|published|last updated) $",
    re.IGNORECASE,
)
_AGAINST_AFTER = lazy(
    r"^(?:の?見込み|までの\d+時間|の\d+時間|付け?|現在|時点|以降|以前|までに|まで[、にの。]|以来|に生まれ|法律|に発表|に公表|"
    r": (?:Initial|First|Original)|に掲載|に更新|[电電讯訊](?:[（(]|\s)|[^。]{0,12}(?:締切|締め切|必着|転載|配信|年度))"
)
# approves the minutes of the meeting held on …
_OF_MINUTES = lazy(r"minutes of the (?:\w+ )?meetings? (?:held )?(?:on|of) $", re.IGNORECASE)
_PLANNED = lazy(r"\b(?:will|would|plans? to|due to|is to)\b")
# 本日開催の取締役会において, 29日未明の会見で: where it was decided or told, not what.
_BOARD = lazy(r"^に?開催(?:の|された)(?:当社|臨時)?取締役会|^(?:未明|夜|朝|夕方|午[前後])の(?:記者|閣議後)?会見で")
_WIRED = lazy(r"^[A-Z]{3,}[A-Za-z0-9 ,.'-]{0,40}\([A-Z][A-Za-z ]+\) ?-")
_EXECUTED = lazy(r"^(?:に)?(?:執行|開催|実施|言渡|開会|施行|開議)")
# 第12回大会が9日、…開かれた: how a Japanese report tells its day.
_LEDE = lazy(r"(?:[はがで]|では|[^\s、。]{2}の|[가-힣](?:은|는|이|가|을|를|에서) )$")
_PAST = lazy(r"た(?:と発表した|という)?[。」)]|た$|ました|です。|よていです|했다|였다|었다|렸다|났다|혔다|졌다")
_IS = lazy(r"^(?:\([^()]{1,8}\))?[^、。]{0,10}です")
_FORECAST = lazy(r"^の\d+時間(?:に予想|の)|^までの\d+時間")
# ８日０４時１７分　見本県東方沖　深さ１０ｋｍ: the quake inside a telegram.
_QUAKE = lazy(r"^(?:頃|ごろ|ころ)? ?[^。]{2,20} ?(?:深さ|マグニチュード|M\d)")
_TOLD = lazy(r"^(?:\([^()]*\))?、?(?:[^。、]{0,8}で)?、?(?:発表|公表|明らかに)し(?:た|ました)")
_ANNOUNCED = lazy(r"と(?:発表|公表|明らかに)(?:した|しました)|ことが分かった")
_TOPIC = lazy(r"^[^、。]{1,24}は$")
_IN_FULL = lazy(r"^.{20,}[。.!?」)\"”]\s*$|^.{60,}")
_OTHER_DAY = lazy(r"(?<![\d月])(?P<d>\d{1,2})日(?!間|以内|後|連続|本)|昨日|前日")
_KOREAN_LEDE = lazy(r"께|경|쯤")
_EASTERN = lazy(r"[\u3040-\u9fff\uac00-\ud7a3]")
_YESTERDAY = frozenset({"昨日", "きのう", "昨天", "어제", "yesterday"})
_LONGEST_LABEL = 60  # characters before a date in which its label begins
TODAY = frozenset({"本日", "今日", "きょう", "今天", "오늘", "today"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date of the text that may be the event's."""

    points: int
    stamp: Stamp
    known: Known | None
    passage: Passage
    sentence: str
    start: int

    @property
    def words(self) -> str:
        """The date as written."""
        return self.passage.text[self.stamp.start : self.stamp.end]

    def words_folded(self) -> str:
        """The date alone, folded, without brackets after it."""
        return self.passage.folded[self.stamp.start : self.stamp.end].split("(")[0]


def candidates(passages: tuple[Passage, ...], published: Published) -> list[Candidate]:
    """Every date of the kept text that is no sign of publication, weighed."""
    found: list[Candidate] = []
    labelled = {
        (id(sign.passage), sign.stamp.start) for sign in published.signs if sign.rule != "event" and sign.weight >= 58
    }
    prose = [p for p in passages if p.place in {"paragraph", "turn", "item"}]
    # A line that a menu left behind does not begin the text.
    wired = next((p.span.first for p in prose if _WIRED.match(p.folded)), 0)
    first_prose = wired or next((p.span.first for p in (*(p for p in prose if _IN_FULL.search(p.folded)), *prose)), 0)
    previous: date | None = None
    label = ""
    for passage in passages:
        if passage.place in {"dropped", "reference"} or "://" in passage.folded:
            continue
        above, label = label, passage.folded if len(passage.folded) <= 14 else ""
        anchor = (
            published.part_anchors[passage.part] if 0 <= passage.part < len(published.part_anchors) else None
        ) or published.anchor
        for piece in pieces(passage):
            folded = piece.folded
            for stamp in stamps(folded):
                known = resolve(stamp, anchor, previous)
                moved = replace(stamp, start=stamp.start + piece.start, end=stamp.end + piece.start)
                if known is not None and known.assumed != "chained":
                    previous = known.day
                if stamp.day is None and not stamp.relative:
                    continue
                under = bool(above) and stamp.start < 4 and bool(_LABEL.search(above))
                told = under or _EXECUTED.match(folded[stamp.end :])
                told = told or _HAPPENED.search(folded, max(0, stamp.start - 16), stamp.start)
                if (id(passage), moved.start) in labelled and not told:
                    continue
                points = _weigh(stamp, folded, passage, near=passage.span.first - first_prose) + 60 * under
                found.append(Candidate(points, moved, known, passage, folded, piece.start))
    timed: dict[int, list[Candidate]] = {}
    for item in found:
        if item.known is not None and item.stamp.clock is not None and item.points >= 30:
            timed.setdefault(item.passage.span.first, []).append(item)
    return [_after_all(item, timed) for item in found]


def _earlier_day(stamp: Stamp, after: str) -> bool:
    """Whether the sentence goes on to a day before the one at its head: 5日、4日夜に…; not 31日、…4月1日に廃止する."""
    found = _OTHER_DAY.search(after)
    if found is None:
        return False
    return found["d"] is None or (stamp.day is not None and int(found["d"]) < stamp.day)


def _after_all(item: Candidate, timed: dict[int, list[Candidate]]) -> Candidate:
    """An announcement's day yields to the moment that the next sentences tell of: 27日午前3時18分に電圧が下がり.

    `timed` are the likely candidates with a time, by their first line.
    """
    if item.known is None or item.stamp.clock is not None or not _announced(item.sentence):
        return item
    line, day = item.passage.span.first, item.known.day
    near = (*timed.get(line, ()), *timed.get(line + 1, ()))
    told = any(other.known is not None and other.known.day < day for other in near)
    return replace(item, points=item.points - 30) if told else item


@lru_cache(maxsize=256)
def _announced(sentence: str) -> bool:
    return bool(_ANNOUNCED.search(sentence))


def _weigh(stamp: Stamp, sentence: str, passage: Passage, *, near: int) -> int:
    before, after = sentence[: stamp.start], sentence[stamp.end :]
    points = 0
    points += (
        45
        if stamp.minutes or (stamp.until is not None and stamp.until.clock is not None and stamp.clock is not None)
        else 0
    )
    points += 25 if (stamp.until is not None or stamp.days) and not stamp.minutes else 0
    points += 15 if stamp.clock is not None else 0
    points += 20 if stamp.twin is not None else 15 if stamp.zone else 0
    points += 30 if passage.place == "title" else 0
    points += (
        60
        if _LABEL.search(sentence, max(0, stamp.start - _LONGEST_LABEL), stamp.start)
        else 45
        if _STARTS.search(before[-16:])
        else 30
        if _SPAN_WORD.search(before[-14:])
        else 0
    )
    points += 20 if _HELD.search(after[:140]) or _HELD.search(before if before.isascii() else before[-14:]) else 0
    points += 25 if stamp.relative in TODAY and passage.place != "title" else 0
    points += 15 if stamp.start <= 4 and passage.place in {"paragraph", "dateline"} else 0
    points += 10 if 0 <= near <= 1 else 5 if 0 <= near <= 4 else 0
    points += (
        35
        if near <= 2 and _LEDE.search(before[-8:]) and _PAST.search(sentence) and passage.place in {"paragraph", "item"}
        else 0
    )
    points += 25 if near <= 4 and stamp.clock and _KOREAN_LEDE.match(after) else 0
    points += 25 if near <= 2 and stamp.relative in _YESTERDAY else 0
    points += (
        15
        if near <= 1 and not _EASTERN.search(sentence) and stamp.month and patterns.search(r"\b\w+ed\b", sentence)
        else 0
    )
    # Western reports tell their day by its weekday: …, officials said on Tuesday.
    weekday = stamp.weekday is not None and stamp.month is None and not _EASTERN.search(sentence)
    points += (
        35 if weekday and near <= 2 and patterns.search(r"\b(?:\w+ed|said|held|met|rose|fell|won)\b", sentence) else 0
    )
    points += 20 if before.endswith("は") and _IS.match(after) else 0
    points += 15 if passage.place == "title" and before.endswith("(") else 0
    points += 10 if passage.place == "dateline" and stamp.until is not None else 0
    points -= 40 if _AGAINST_BEFORE.search(before[-24:]) or _AGAINST_AFTER.match(after) else 0
    # 市は5日、4日夜に…と発表した: the day of the announcement, and another one is told.
    points -= 30 if _TOPIC.match(before) and _announced(sentence) and _earlier_day(stamp, after) else 0
    points += 15 if stamp.clock is not None and stamp.start <= 8 and near <= 1 and passage.place == "paragraph" else 0
    points -= 25 if before.count("「") > before.count("」") or before.count("“") > before.count("”") else 0
    points -= 20 if passage.place in {"row", "caption", "byline", "remark"} else 0
    points -= 15 if passage.place == "turn" else 0
    points -= 10 if stamp.relative and stamp.relative not in TODAY and not weekday else 0
    points -= 40 if _FORECAST.match(after) else 0
    points += 40 if stamp.clock is not None and _QUAKE.match(after) else 0
    points -= 30 if (stamp.relative not in TODAY and _TOLD.match(after)) else 0
    points -= 30 if _HOURS.match(after) else 0
    board = _BOARD.match(after)
    points -= (10 if "取締役会" in board.group() else 25) if board else 0
    points -= 35 if weekday and _PLANNED.search(before[-80:]) else 0
    points -= 80 if _OF_MINUTES.search(before[-60:]) else 0
    return points
