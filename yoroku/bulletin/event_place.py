"""Where an event took place: a labelled venue, 「において」 or 「で」 after a place, a city after `in` or `at`."""

from __future__ import annotations

from yoroku import patterns
from yoroku.briefing.model import Lines
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.facts_text import Passage
from yoroku.bulletin.gazetteer import Gazetteer, Hit
from yoroku.bulletin.names import HAN
from yoroku.records import dataclass

_LABEL = lazy(
    r"(?:^|[\s(（・■●○◆【])(?:於|会 ?場|場 ?所|開催場所|開催地|開催会場|ところ|Venue|Location|Place|地点|"
    r"장소)[】)]?[::] ?(?P<p>[^、。,()（）:：]{2,40})"
)
_AT = lazy(rf"(?P<p>[{HAN}ァ-ヴーA-Za-z0-9・]{{2,24}})(?P<w>において|にて|で)(?=[^す])")
_SITE = lazy(
    r"(?:省|官邸|会館|会議場|会議所|ホール|センター|庁舎|市役所|県庁|都庁|府庁|役場|会見室|会議室|公邸|迎賓館|宮殿|"
    r"ホテル|大学|本社|本部|体育館|公園|学校|"
    r"基地|駐屯地|空港|港|駅|劇場|競技場|スタジアム|アリーナ|議事堂|公民館|博物館|美術館|図書館|病院|市|県|町|村|区|"
    r"島|国会|大使館|総領事館|国防総省|国務省|広場|プラザ|邸)$"
)
# 首都サントラにおいて: a town that no list has.
_CAPITAL = lazy(r"(?:首都|州都|県都|主都)(?:の)?(?P<n>[ァ-ヴー・]{2,})$")
_IN = lazy(r"\b(?:in|at) (?:the )?(?P<p>[A-Z][\w.'-]*(?:,? (?:(?:of|the|and) )?[A-Z][\w.'-]*){0,4})")
_CITY_ZONES = frozenset({"city", "place", "office-place", "organisation", "prefecture"})


@dataclass(frozen=True, slots=True)
class Venue:
    """The venue as written, its zone, `doubt` (a key of the review table), and whether the text is at home in Japan."""

    name: str = ""
    zone: str = ""
    doubt: str = ""
    lines: Lines = ()
    home: bool = False


def venue(passage: Passage, start: int, sentence: str, gazetteer: Gazetteer, passages: tuple[Passage, ...]) -> Venue:
    """The place of the event that `sentence` (at `start` of `passage`) tells of."""
    name, lines = "", passage.lines
    labelled = _LABEL.search(sentence)
    if labelled:
        at = start + labelled.start("p")
        name = passage.text[at : at + len(labelled["p"].strip())]
    name = name or _in_sentence(passage, start, sentence, gazetteer)
    if not labelled and not name:
        name, lines = _labelled_elsewhere(passage, passages)
    name = name.removeprefix("同国").removeprefix("同市")
    hits = tuple(gazetteer.hits(sentence))
    zone, doubt = _zone(name, hits, gazetteer)
    home = any(
        hit.entry.zone == "Asia/Tokyo"
        for other in passages
        if other.place != "dropped"
        for hit in gazetteer.hits(other.folded)
    )
    return Venue(name, zone, doubt, lines, home)


def _labelled_elsewhere(passage: Passage, passages: tuple[Passage, ...]) -> tuple[str, Lines]:
    for other in passages:
        if (
            other.place != "dropped"
            and abs(other.span.first - passage.span.first) <= 4
            and (found := _LABEL.search(other.folded))
        ):
            start, end = found.span("p")
            return other.text[start:end].strip(), other.lines
    return "", passage.lines


def _in_sentence(passage: Passage, start: int, sentence: str, gazetteer: Gazetteer) -> str:
    for found in _AT.finditer(sentence):
        first, last = found.span("p")
        hit = next(
            (
                hit
                for hit in gazetteer.hits(sentence[first:last])
                if hit.end == last - first and hit.entry.kind != "news"
            ),
            None,
        )
        if hit:
            return passage.text[start + first + hit.start : start + last]
        if named := _CAPITAL.search(found["p"]):
            return passage.text[start + first + named.start("n") : start + last]
        if _SITE.search(found["p"]) and not found["p"].endswith(("全国", "各国", "両国")):
            return passage.text[start + first : start + last]
    for found in _IN.finditer(sentence):
        first, last = found.span("p")
        hit = next((hit for hit in gazetteer.hits(sentence[first:]) if hit.start == 0), None)
        if hit:
            return passage.text[start + first : start + first + hit.end]
        if patterns.search(
            r"(?:House|Hall|Center|Centre|Building|Palace|Hotel|Museum|Stadium|University|Room|Park|Base|"
            r"Headquarters|City)$",
            found["p"],
        ):
            return passage.text[start + first : start + last]
    return ""


def _zone(name: str, hits: tuple[Hit, ...], gazetteer: Gazetteer) -> tuple[str, str]:
    """The zone of the venue: its own name, a city in the sentence, then a country with one zone."""
    own = tuple(gazetteer.hits(name)) if name else ()
    for hit in (*own, *hits):
        if (
            hit.entry.zone
            and hit.entry.kind in _CITY_ZONES
            and not (hit.entry.kind == "organisation" and hit not in own)
        ):
            return hit.entry.zone, ""
    zones = {hit.entry.zone: hit.entry for hit in (*own, *hits) if hit.entry.kind == "country" and hit.entry.zone}
    foreign = {zone: entry for zone, entry in zones.items() if zone != "Asia/Tokyo"}
    if len(foreign) == 1:
        zone, entry = next(iter(foreign.items()))
        return zone, "zone-country" if entry.several_zones else "zone-venue" if not own else ""
    return "", ""
