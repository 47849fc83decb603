"""What happened when and where: dates of the text weighed by the words around them.

Words add or take points (see `event_signs`); days that several sentences name gain. Nothing under `ENOUGH` becomes an
event, and what stays under `SURE` is in review.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from yoroku.briefing.model import Event, Evidence, Lines, Review, Sure
from yoroku.bulletin.clock import Clock, clock_at, find_clock, find_length
from yoroku.bulletin.dates import Stamp, stamps
from yoroku.bulletin.dates_known import Known, resolve
from yoroku.bulletin.event_place import Venue, venue
from yoroku.bulletin.event_signs import TODAY, Candidate, candidates
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.facts_text import Passage, pieces, spans
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.published import Published
from yoroku.bulletin.review import review
from yoroku.bulletin.zones import HOME, JAPAN, Zone, is_local, moment, named_zone, pair_offset, tz
from yoroku.records import dataclass, replace

ENOUGH = 40
ONLY = 25
SURE = 58
_SEVERAL = 50
_OF_ITS_DATE = frozenset({"minutes", "speech", "press-conference"})
_OPENED = lazy(
    r"(?:午前|午後)[^ 、。]{2,9} ?(?:開会|開議|開始|開式)|(?:開会|開議|開始)[ :：]*(?:午前|午後)[^ 、。]{2,9}"
)
_OWN_CLOCK = lazy(
    r"(?P<z>現地時間|日本時間)?の?(?P<c>(?:午前|午後)? ?\d{1,2}時(?:\d{1,2}分|半)?|\d{1,2}:\d{2}(?=から|より)|"
    r"正午)(?:頃|ごろ|すぎ|"
    r"過ぎ)?(?P<p>\([^()]{3,30}\))?(?=[、にからより頃ごす過、])"
)


# 会談は16:30から約40分間行われた: the next sentence says when.
_MEETING_IS = lazy(r"(?:会談|会合|会議|会見|協議|式典|開会式|訓練|試験)は、?$")


@dataclass(frozen=True, slots=True)
class Events:
    """The events found, what is unsure about them, and the evidence."""

    events: tuple[Event, ...] = ()
    review: tuple[Review, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def events(
    passages: tuple[Passage, ...],
    published: Published,
    gazetteer: Gazetteer,
    lang: str,
    *,
    zone: str = "",
    kind: str = "",
) -> Events:
    """Weigh every date. `zone` is the issuer's zone when its address says it; some kinds are of their date."""
    found = candidates(passages, published)
    settled = [item for item in found if item.known is not None]
    days: dict[date, list[Candidate]] = {}
    for item in settled:
        if item.known is not None:
            days.setdefault(item.known.day, []).append(item)
    # Days in the order of the text, so that the earlier of two equal ones stays first.
    ranked = sorted(days.items(), key=lambda pair: -_points(pair[1]))
    made: list[Event] = []
    reviews: list[Review] = []
    evidence: list[Evidence] = []
    lone = len(ranked) == 1 or (len(ranked) > 1 and _points(ranked[1][1]) <= 0)
    for rank, (_, group) in enumerate(ranked[:3]):
        points = _points(group)
        if points < ((ONLY if lone else ENOUGH) if rank == 0 else _SEVERAL):
            break
        if rank and any(_covers(event, group[0].known.day if group[0].known else None) for event in made):
            continue
        event, doubts = _event(group, found, passages, gazetteer, lang=lang, zone=zone)
        made.append(event)
        if points < SURE or rank:
            reviews.append(review("event", "event-unsure", _best(group).words, event.lines, lang))
        reviews += doubts
        sure: Sure = (
            "high" if points >= SURE and len(group) > 1 and not doubts else "medium" if points >= SURE else "low"
        )
        evidence.append(Evidence("event", event.lines, sure, _best(group).words))
    if made:
        reviews += _rivals(ranked, made, lang)
    weak = not ranked or _points(ranked[0][1]) < SURE or _in_passing(_best(ranked[0][1]))
    if kind in _OF_ITS_DATE and (not made or weak or _is_announced(made[0], published)):
        held = _on_its_date(passages, published, gazetteer, lang, zone)
        if held.events or not made:
            return held
    if not made:
        return _unsettled(found, lang)
    return Events(tuple(made), tuple(reviews), tuple(evidence))


def _in_passing(item: Candidate) -> bool:
    """Whether only a weekday or a speaker's words give the day: minutes and conferences are of their own date."""
    return item.passage.place == "turn" or (item.known is not None and item.known.assumed == "weekday-only")


def _is_announced(event: Event, published: Published) -> bool:
    """Whether an event lies after the date at the head: a speech tells of it, it is not the speech."""
    anchor = published.anchor
    start = event.start.date() if isinstance(event.start, datetime) else event.start
    return anchor is not None and start is not None and start > anchor


def _rivals(ranked: list[tuple[date, list[Candidate]]], made: list[Event], lang: str) -> tuple[Review, ...]:
    """The strongest day that was passed over, if its words are strong enough to be an event's."""
    for day, group in ranked:
        if _points(group) >= ENOUGH and not any(_within(event, day) or _in_japan(event, day) for event in made):
            return (review("event", "event-rival", _best(group).words, _best(group).passage.lines, lang),)
    return ()


def _on_its_date(
    passages: tuple[Passage, ...], published: Published, gazetteer: Gazetteer, lang: str, zone: str
) -> Events:
    """Minutes, speeches and press conferences: the date at the head is when they were held."""
    dated = [sign for sign in published.signs if sign.day == published.anchor and not sign.updated]
    if not dated:
        return Events()
    sign = next((sign for sign in dated if sign.stamp.clock is not None), dated[0])
    place = venue(sign.passage, 0, sign.passage.folded, gazetteer, passages)
    item = Candidate(SURE, sign.stamp, Known(sign.day), sign.passage, sign.passage.folded, 0)
    clock, lines = sign.stamp.clock, sign.passage.lines
    if clock is None and (opened := _opening(passages)):
        clock, lines = opened[0], spans(lines, opened[1])
    elif clock is None and (beside := _beside(passages, sign.passage)):
        clock, lines = beside[0], spans(lines, beside[1])
        item = replace(item, stamp=replace(sign.stamp, clock=clock, zone=beside[2]))
    where = _zone(item, sign.day, place, gazetteer, lang=lang, issuer=zone)
    doubts = [review("event", "event-unsure", item.words, lines, lang)]
    start: date = sign.day
    if clock is not None and where.name:
        start = moment(sign.day, clock, where.name)
        doubts += [review("event", where.doubt, item.words, lines, lang)] if where.doubt else []
    event = Event(start, None, None, place.name, where.name if start is not sign.day else "", lines)
    return Events((event,), tuple(doubts), (Evidence("event", lines, "low", item.words),))


_CLOCK_LINE = lazy(r"^ *(?P<c>\d{1,2}[:.]\d\d ?[APap]\.?[Mm]\.?)(?: (?P<z>[A-Z]{2,4}))?[ .]*$")


def _beside(passages: tuple[Passage, ...], dated: Passage) -> tuple[Clock, Lines, str] | None:
    """1:06 P.M. EST on a line of its own, within two lines of the date."""
    for passage in passages:
        if abs(passage.span.first - dated.span.first) <= 4 and (found := _CLOCK_LINE.match(passage.folded)):
            clock = clock_at(passage.folded, found.start("c"))
            return (clock, passage.lines, found["z"] or "") if clock else None
    return None


def _opening(passages: tuple[Passage, ...]) -> tuple[Clock, Lines] | None:
    """午前九時三十分開会: the time of the opening on a line of its own."""
    for passage in passages:
        found = _OPENED.search(passage.folded) if len(passage.folded) < 60 else None
        clock = find_clock(passage.folded, found.start(), found.end()) if found else None
        if clock:
            return clock, passage.lines
    return None


def _points(group: list[Candidate]) -> int:
    best = max(item.points for item in group)
    return best + min(30, 12 * (sum(item.points > 0 for item in group) - 1))


def _best(group: list[Candidate]) -> Candidate:
    return max(group, key=lambda item: (item.points, item.stamp.clock is not None))


def _covers(event: Event, day: date | None) -> bool:
    """Whether a day is the event's or next to it: reports of one event differ by a day around the world."""
    return day is None or _within(event, day, margin=1)


def _in_japan(event: Event, day: date) -> bool:
    """Whether a day is the event's by the clock in Japan: 12日16時 in Washington is the 13th there."""
    return isinstance(event.start, datetime) and event.start.astimezone(tz(JAPAN)).date() == day


def _within(event: Event, day: date, *, margin: int = 0) -> bool:
    if event.start is None:
        return True
    first = event.start.date() if isinstance(event.start, datetime) else event.start
    last = first if event.end is None else event.end.date() if isinstance(event.end, datetime) else event.end
    return first - timedelta(margin) <= day <= last + timedelta(margin)


def _event(
    group: list[Candidate],
    found: list[Candidate],
    passages: tuple[Passage, ...],
    gazetteer: Gazetteer,
    *,
    lang: str,
    zone: str,
) -> tuple[Event, list[Review]]:
    best = _best(group)
    timed = best if best.stamp.clock else next((item for item in group if item.stamp.clock and item.points > 0), best)
    stamp = _with_sentence_clock(timed, passages)
    timed = replace(timed, stamp=stamp)
    if stamp.clock is None and (below := _clock_below(timed, passages)):
        stamp = replace(stamp, clock=below)
        timed = replace(timed, stamp=stamp)
    if stamp.clock is None and (opened := _opening(passages)) and best.stamp.relative in TODAY:
        stamp = replace(stamp, clock=opened[0])
        timed = replace(timed, stamp=stamp)
    day = best.known.day if best.known else date.min
    reviews: list[Review] = []
    lines = spans(best.passage.lines, *(item.passage.lines for item in group if item.points >= 30))
    place = venue(best.passage, best.start, best.sentence, gazetteer, passages)
    if best.known and best.known.assumed and not any(item.stamp.full for item in group):
        reviews.append(review("event", best.known.assumed, best.words, best.passage.lines, lang))
    known_zone = _zone(timed, day, place, gazetteer, lang=lang, issuer=zone)
    start: date = day
    if stamp.clock is not None:
        if stamp.clock.doubt:
            reviews.append(review("event", "clock-doubt", timed.words, timed.passage.lines, lang))
        if known_zone.doubt:
            reviews.append(review("event", known_zone.doubt, timed.words, timed.passage.lines, lang))
        if known_zone.name:
            start = moment(day, stamp.clock, known_zone.name)
    length, length_lines = _length(stamp, timed, passages)
    source = next((item for item in (timed, best, *group) if item.stamp.until or item.stamp.days), timed)
    end = _end(start, day, source.stamp, length, known_zone.name)
    if end is not None and _before(end, start):
        reviews.append(review("event", "end-before-start", source.words, source.passage.lines, lang))
        end = None
    name = known_zone.name if stamp.clock is not None else ""
    reviews += _cross_check(start, day, found, best, lang)
    return (
        Event(start, end, length, place.name, name, spans(lines, place.lines if place.name else (), length_lines)),
        reviews,
    )


def _clock_below(item: Candidate, passages: tuple[Passage, ...]) -> Clock | None:
    """The time on the line under a line that is only a date: 令和6年10月4日（金）から… / 午前9時30分～午後4時."""
    if len(item.passage.folded.strip()) > item.stamp.end - item.stamp.start + 4:
        return None
    for passage in passages:
        if 0 < passage.span.first - item.passage.span.last <= 2 and passage.place != "dropped":
            return clock_at(passage.folded, len(passage.folded) - len(passage.folded.lstrip()))
    return None


def _with_sentence_clock(item: Candidate, passages: tuple[Passage, ...]) -> Stamp:
    """The stamp with the time that stands later: 11日、…会談を行いました。会談は現地時間10時50分から約1時間15分間….

    Within the sentence any time that begins something will do; after it only one that names its clock.
    """
    stamp = item.stamp
    if stamp.clock is not None or stamp.until is not None or stamp.days:
        return stamp
    after = item.passage.span.last
    below = [p.folded for p in passages if p.place == "paragraph" and 0 < p.span.first - after <= 1]
    rest = "\n".join((item.passage.folded[stamp.end :], *below))
    inside = len(item.sentence) - (stamp.end - item.start)
    for found in _OWN_CLOCK.finditer(rest):
        if found.start() > 80 and not found["z"]:
            return stamp
        if stamps(rest[: found.start("c")]) and not found["z"]:
            return stamp
        if found.start() >= inside and not found["z"] and not _MEETING_IS.search(rest, 0, found.start()):
            continue
        again = next(iter(stamps(f"{item.words_folded()}{rest[found.start('c') :]}")), None)
        if again is None or again.clock is None:
            return stamp
        twin = replace(again.twin, relative=again.twin.relative or "同日") if again.twin else stamp.twin
        return replace(stamp, clock=again.clock, zone=found["z"] or stamp.zone, minutes=again.minutes, twin=twin)
    return stamp


def _before(one: date, other: date) -> bool:
    if type(one) is type(other):
        return one < other
    return (one.date() if hasattr(one, "date") else one) < (other.date() if hasattr(other, "date") else other)


def _zone(item: Candidate, day: date, place: Venue, gazetteer: Gazetteer, *, lang: str, issuer: str) -> Zone:
    """The clock's zone: the words beside it, a stated pair, the venue, then the issuer's or the language's country."""
    stamp = item.stamp
    named = named_zone(stamp.zone, gazetteer)
    if named and not (stamp.twin and stamp.twin.clock):
        return Zone(named)
    if stamp.twin is not None and stamp.twin.clock is not None and stamp.clock is not None:
        there = resolve(replace(stamp.twin, twin=None), day, day)
        offset = pair_offset((day, stamp.clock), (there.day, stamp.twin.clock)) if there else ""
        if offset and place.zone and _offset(day, stamp.clock, place.zone) != offset:
            return Zone(offset, "twin-differs")
        return Zone(offset) if offset else Zone(place.zone, "twin-differs")
    if is_local(stamp.zone) or (stamp.twin is not None and stamp.clock is not None):
        if not place.zone:
            return Zone("", "no-zone")
        return Zone(place.zone, place.doubt)
    if place.zone and place.zone != HOME.get(lang, ""):
        return Zone(place.zone, "zone-venue")
    if place.zone:
        return Zone(place.zone)
    if lang in HOME:
        return Zone(HOME[lang], "" if issuer == HOME[lang] or place.home else "zone-assumed")
    return Zone(issuer, "zone-host" if issuer else "no-zone")


def _offset(day: date, clock: Clock, zone: str) -> str:
    return moment(day, clock, zone).strftime("%z")[:3] + ":" + moment(day, clock, zone).strftime("%z")[3:5]


_MEETING = lazy(r"会談|会合|会見|会議|協議|meeting|talks|회담")


def _length(stamp: Stamp, item: Candidate, passages: tuple[Passage, ...]) -> tuple[int | None, Lines]:
    if stamp.minutes:
        return stamp.minutes, ()
    if stamp.clock is None:
        return None, ()
    for passage in passages:
        if passage.place in {"paragraph", "item"} and abs(passage.span.first - item.passage.span.first) <= 3:
            for piece in pieces(passage):
                if _MEETING.search(piece.folded) and (found := find_length(piece.folded)):
                    return found[0], passage.lines
    return None, ()


def _end(start: date, day: date, stamp: Stamp, minutes: int | None, zone: str) -> date | None:
    aware = hasattr(start, "hour")
    if stamp.days:
        return day + timedelta(stamp.days - 1)
    until = stamp.until
    if until is not None:
        last = day
        if until.day is not None:
            month = until.month or day.month
            year = until.year or day.year + (1 if (month, until.day) < (day.month, day.day) and until.month else 0)
            try:
                last = date(year, month, until.day)
            except ValueError:
                return None
        if until.clock is None or not aware or not zone:
            return last if until.day is not None else None
        clock = until.clock
        if (
            stamp.clock
            and last == day
            and clock.shift == 0
            and clock.hour < stamp.clock.hour
            and clock.hour < 12 <= stamp.clock.hour
        ):
            clock = replace(clock, hour=clock.hour + 12)
        return moment(last, clock, zone)
    if minutes and aware:
        return start + timedelta(minutes=minutes)
    return None


def _cross_check(start: date, day: date, found: list[Candidate], best: Candidate, lang: str) -> list[Review]:
    """日本時間の13日 elsewhere must be the same moment: it confirms the zone, or is told."""
    for item in found:
        if item.known is None or item.passage is best.passage or item.stamp.zone not in {"日本時間"}:
            continue
        if not _MEETING.search(item.sentence) or not hasattr(start, "astimezone"):
            continue
        there = start.astimezone(tz(JAPAN)).date()
        if item.known.day != there and abs((item.known.day - day).days) <= 2:
            return [review("event", "reported-day", item.words, item.passage.lines, lang)]
    return []


def _unsettled(found: list[Candidate], lang: str) -> Events:
    """No day can be told: keep a stated length, and say what is missing."""
    for item in sorted(found, key=lambda item: -item.points):
        if item.points < ENOUGH - 10 or item.known is not None:
            continue
        stamp = item.stamp
        key = stamp.wrong or (
            "relative-only"
            if stamp.relative and stamp.day is None
            else "no-year"
            if stamp.month is not None
            else "no-month"
        )
        doubt = review("event", key, item.words, item.passage.lines, lang)
        if stamp.minutes:
            return Events((Event(duration_minutes=stamp.minutes, lines=item.passage.lines),), (doubt,))
        return Events((), (doubt,))
    return Events()
