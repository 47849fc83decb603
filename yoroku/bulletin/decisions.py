"""What was agreed, confirmed, signed, welcomed or decided, by the source's own verb at the end of a clause."""

from __future__ import annotations

from collections.abc import Iterator

from yoroku.briefing.model import Decision, Review
from yoroku.bulletin.facts_pattern import lazy, searched
from yoroku.bulletin.facts_text import PROSE, Passage, Piece, pieces, unmarked
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.people import People
from yoroku.bulletin.review import review
from yoroku.bulletin.speakers import Subject, outside, subject_before
from yoroku.records import dataclass

_WEAK = frozenset(
    {
        "発表",
        "表明",
        "支持",
        "指示",
        "宣言",
        "約束",
        "命令",
        "中止",
        "解除",
        "設置",
        "施行",
        "延期",
        "廃止",
        "歓迎",
        "確認",
    }
)
_STEMS = (
    "閣議決定|再確認|原案どおり可決|一致|合意|同意|確認|署名|調印|締結|批准|歓迎|決定|採択|可決|否決|承認|了承|議決|"
    "決議|妥結|認定|任命|指名|選出|指示|"
    "発令|解除|公布|施行|設置|創設|延期|中止|廃止|改定|撤回|認可|許可|発表|表明|宣言|約束|支持"
)
_CLAUSE = searched(
    rf"(?:(?:で|を|に|と|が|は|も|へ|の)(?:改めて|全会一致で|速やかに|正式に|大筋で|基本的に|原則|おおむね|それぞれ|"
    rf"ともに|共に|強く|新たに)?|全会一致で|賛成多数で|[をに][^、。]{{0,6}}?)"
    rf"(?P<v>{_STEMS})(?P<t>(?:した|しました|いたしました|致しました|して(?=閉|終|散)|し、|し$|している|しており|しています|された|"
    rf"されました|され、|されている|されました|できた|に至った|に達した)(?=[。、)」閉終散]|$|が、|ので|ほか|上で|うえで|"
    rf"ところ|と発表|という|のを受け|ことを(?:明らか|発表))"
    r"|する(?:見通し|方針|予定|見込み|運び|考え|ことで調整|方向)|される(?:見通し|方針|予定|見込み|運び)|[。]|$)"
)
_DECIDED = lazy(
    r"(?:ことと|ことに)(?P<v>した|しました|なった|なりました|決めた|決めました)(?=[。、]|$)|(?P<v2>決めた|"
    r"決めました|取り決めた)(?=[。、]|$)"
)
_PLANNED = lazy(r"見通し|予定|見込み|運び|方針(?:です|だ|。|$|を示)|調整(?:し|に入)|目指(?:し|す)|される方向")
_EN = lazy(
    r"\b(?P<p>will |plans? to |(?:is|are) (?:expected|due|set) to |would |intends? to )?(?P<v>agreed|agree|signed|"
    r"sign|adopted|adopt|confirmed|reaffirmed|"
    r"welcomed|decided|approved|approve|endorsed|committed|pledged|ratified|concluded|voted|resolved|appointed|"
    r"established|launched)\b"
)
_GROUP = lazy(
    r"(?:[A-Z][^,.]{0,60}, )?(?P<s>(?:The|Both|All) (?:two |three |four )?(?:\w+ )?(?:ministers|secretaries|leaders|"
    r"sides|countries|parties|governments|"
    r"delegations|presidents|members|participants|committee|council|board|group)|They)\b"
)
_NOUNS = lazy(
    r"(?P<s>[A-Z][\w&'’-]*(?: (?:of |the |and |for )?[A-Z][\w&'’-]*){0,6}(?: plc| Inc\.?)?)(?: today| also| has|"
    r" have| yesterday)? $"
)
_OTHER = {
    "zh": lazy(r"(?P<v>同意|商定|签署|通过|决定|确认|批准|达成(?:一致|共识)|一致认为|欢迎|宣布|重申)"),
    "ko": lazy(
        r"(?P<v>합의했|합의하|서명했|체결했|채택했|결정했|확인했|재확인했|승인했|의결했|환영했|의견을 같이했|뜻을 모았)"
    ),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions in order, and what is unsure about them."""

    decisions: tuple[Decision, ...]
    review: tuple[Review, ...]


def decisions(passages: tuple[Passage, ...], people: People, _gazetteer: Gazetteer, lang: str) -> Decided:
    """Every decision of the kept text."""
    made: list[Decision] = []
    reviews: list[Review] = []
    heading, last, part = "", None, None
    for passage in passages:
        if passage.part != part:
            heading, last, part = "", None, passage.part
        if passage.place == "heading":
            heading = passage.text
        if passage.place == "turn":
            made += _put(passage, heading)
        if passage.place not in PROSE or passage.place == "turn":
            continue
        for piece in pieces(passage):
            found = _found(piece, lang)
            subject = _subject(piece, found, people, lang)
            if found and not _skip(found[0], subject):
                verb, planned, _ = found
                session = _SESSION.match(piece.folded)
                if subject is None and session:
                    subject = Subject(piece.text[session.start("s") : session.end("s")])
                by = subject or last
                text = piece.text if piece.start else unmarked(piece.text)
                made.append(Decision(text, verb, (by.words,) if by else (), planned, heading, piece.lines))
                if subject is None and by is not None:
                    reviews.append(review("decisions", "by-inherited", piece.text[:40], piece.lines, lang))
                elif by is None and "され" not in piece.folded[found[2] :]:
                    reviews.append(review("decisions", "no-by", piece.text[:40], piece.lines, lang))
            last = subject or last
    return Decided(tuple(made), tuple(reviews))


# 会議では、…を確認した: the assembly itself decides; a 会談 has two sides, whom the text names.
_SESSION = lazy(
    r"(?:この|同|本)?(?P<s>[^、。は]{0,12}?(?:会議|会合|委員会|協議会|検討会|部会|審議会|総会|懇談会))では、?"
)


# よって、議案第31号は原案のとおり可決されました: the result of a vote as the chair tells it. Whose it is, the text does
# not say there.
_CHAIR = lazy(r"議長|委員長|会長|座長|教育長|理事長|司会")
_RESULT = lazy(
    r"(?:は|を|も|、)[^。「」]{0,24}?(?P<v>可決|否決|承認|認定|同意|不採択|採択|決定|了承)"
    r"(?:され|と?すること(?:に|と)(?:決定?)?(?:し|いたし)|(?:と|に)?決定?(?:し|いたし|され))ました"
)


def _put(passage: Passage, heading: str) -> Iterator[Decision]:
    """The results of votes in a chair's turn."""
    if not _CHAIR.search(passage.speaker):
        return
    for piece in pieces(passage):
        found = _RESULT.search(_unquoted(piece.folded))
        if found:
            yield Decision(piece.text, found["v"], (), False, heading, piece.lines)


def _skip(verb: str, subject: Subject | None) -> bool:
    """決意を表明した is one person's statement."""
    return verb in {"表明", "支持", "約束", "発表"} and (subject is None or subject.person is not None)


def _found(piece: Piece, lang: str) -> tuple[str, bool, int] | None:
    """(verb, planned, where) of the last decision of a sentence."""
    text = _unquoted(piece.folded)
    if lang == "en":
        found = next(iter(_EN.finditer(text)), None)
        if (
            found is not None
            and found["v"] in {"established", "launched", "concluded", "committed"}
            and not _GROUP.match(text)
        ):
            return None
        if found is None or (found["v"] in {"agree", "sign", "adopt", "approve"} and not found["p"]):
            return None
        return found["v"], bool(found["p"]), found.start()
    if lang in _OTHER:
        other = _OTHER[lang].search(text)
        return (other["v"], False, other.start()) if other else None
    hits = [*_CLAUSE.finditer(text), *(_DECIDED.finditer(text) if "こと" in text or "決め" in text else ())]
    if not hits:
        return None
    hit = max(hits, key=lambda one: one.start("v") if one["v"] else one.start())
    verb = hit["v"] or hit.groupdict().get("v2") or ""
    if verb in {"した", "しました", "なった", "なりました"}:
        verb = hit.group()
    tail = text[hit.end("v") if hit["v"] else hit.end() :][:16]
    planned = bool(_PLANNED.search(tail))
    if hit.group().endswith(("。",)) and verb in _WEAK:
        return None
    return verb, planned, hit.start()


def _unquoted(folded: str) -> str:
    """The sentence with quoted letters blanked: what somebody says is no decision."""
    return outside(folded, 0, len(folded))


def _subject(piece: Piece, found: tuple[str, bool, int] | None, people: People, lang: str) -> Subject | None:
    passage = piece.passage
    if lang == "ja":
        end = piece.start + (found[2] if found else len(piece.folded))
        return subject_before(passage, piece.start, end, people, roles=False)
    if not found:
        return None
    named = [at for at in people.named_in(passage, piece.start, piece.start + found[2]) if at[0] - piece.start < 60]
    group = _GROUP.match(piece.folded)
    if group:
        return Subject(piece.text[group.start("s") : group.end("s")])
    if named:
        return Subject(people.persons[named[0][1]].name, named[0][1])
    before = _NOUNS.match(piece.text[: found[2]])
    return Subject(before["s"]) if before else None
