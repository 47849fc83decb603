"""People in Japanese text: names beside offices, in tables, in labels, and reporters who introduce themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from operator import add

from yoroku import patterns
from yoroku.briefing.model import Lines
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.facts_text import Passage
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.names import HAN, office_start, runs, split_name, surname_of
from yoroku.records import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """One mention of a person. `start`–`end` mask the name in its passage; `rule` names what found it."""

    name: str
    role: str
    organisation: str
    surface: str
    lines: Lines
    passage: Passage
    start: int
    end: int
    sure: bool
    rule: str


_STATE = lazy(r"^(.*?(?:共和国|王国|連邦|首長国|公国|合衆国|連合国))(.+)$")
KATAKANA_NAME = r"[ァ-ヴ][ァ-ヴー]*(?:[・=][ァ-ヴ][ァ-ヴー]*)+"
_AFTER = lazy(
    rf"(?:: ?| |\(|の|、(?=[{HAN}]{{1,4}} ))(?P<n>[{HAN}]{{1,4}} [{HAN}ぁ-んァ-ヴー]{{1,4}}|[{HAN}]{{2,5}}|"
    rf"{KATAKANA_NAME}|[{HAN}]{{1,4}}[ぁ-ん]{{2,4}}(?=[、)]))"
    r"(?P<polite>氏|さん|君)?(?=[、。)(「はが/／]|$| |以下|ほか|ら|による|です|でござ|と申)"
)
_HIRAGANA_GIVEN = lazy(rf"(?<![{HAN}ァ-ヴー])(?P<s>[{HAN}]{{1,3}}) ?(?P<g>[ぁ-ん]{{2,4}})$")
# 会長：別紙のとおり
_NO_GIVEN = lazy(rf"^[{HAN}]+(?:[のをはがにでへとも]|から|まで|など)")
_PARTICLES = frozenset(
    [
        "から",
        "まで",
        "など",
        "より",
        "とか",
        "って",
        "には",
        "では",
        "との",
        "への",
        "での",
        "という",
        "による",
        "である",
        "であり",
        "として",
        "ともに",
        "について",
    ]
)
_SPACED = lazy(rf"(?<![{HAN}])(?P<s>[{HAN}]{{1,4}}) (?P<g>[{HAN}ぁ-ん]{{1,4}}) $")
_SURNAME_BEFORE = lazy(rf"(?<![{HAN}])(?P<s>[{HAN}]{{1,4}}) $")
_OF = lazy(rf"(?P<o>[{HAN}ァ-ヴーA-Z・]{{3,20}})の$")
BODY = lazy(
    r"(?:公社|会社|大学|病院|研究所|機構|協会|連盟|連合会|銀行|県|市|町|村|区|都|府|省|庁|局|党|社|署|組合|財団|"
    r"センター|委員会|高校|会議所|新聞|テレビ|放送|通信)$"
)
_PRESS = (
    r"(?:新聞|テレビ|放送|通信社?|新報|タイムス|タイムズ|日報|時報|ラジオ|ニュース|社|NHK|TBS|"
    r"共同|時事|日経|読売|朝日|毎日|産経|フリー(?:ランス)?)"
)
# 汐留嘉一郎（しおどめ・かいちろう）さん
_READING = lazy(r"\([ぁ-ん・ ]{3,16}\)(?:さん|氏)")
_CALLED = frozenset("屋者師士員手生達方様家客婦娘役係職人主長")
_INTRODUCED = lazy(
    rf"(?P<o>[{HAN}ァ-ヴーA-Za-z]{{0,14}}?{_PRESS})(?:の|、| |記者の)(?P<n>[{HAN}]{{1,4}}|"
    rf"[ァ-ヴ][ァ-ヴー]+(?:・[ァ-ヴー]+)*)"
    r"(?:です|と申します|と言います|といいます|でございます)"
)
_OFFICE_NO = lazy(rf"(?P<w>[{HAN}ァ-ヴー・]+)の$")
_PAREN_OFFICE = lazy(r"^ ?\((?P<in>[^()]{2,40})\)")


@cache
def _office(words: frozenset[str], follow: frozenset[str]) -> re.Pattern[str]:
    offices = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    after = "|".join(sorted(follow, key=lambda word: (-len(word), word)))
    return patterns.compiled(rf"(?P<o>{offices})(?=(?:{after})|$|・)")


@cache
def _direct(words: frozenset[str]) -> re.Pattern[str]:
    offices = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return patterns.compiled(rf"(?P<o>{offices})(?P<n>[{HAN}]{{3,5}}|{KATAKANA_NAME})(?:氏|君)?$")


@cache
def _last_letters(words: frozenset[str]) -> frozenset[str]:
    """The last two letters of every office: a run without any of them holds none, and is not searched."""
    return frozenset(word[-2:] for word in words)


def office_pattern(gazetteer: Gazetteer) -> re.Pattern[str]:
    """Matches an office that ends a run of kanji and katakana."""
    return _office(gazetteer.words["office"], gazetteer.words["follow"])


def by_office(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """浜田靖一防衛大臣, モラベツ・カルダニア共和国外務大臣, 代表取締役社長　久我 理人, 日比野剛氏（総裁）."""
    pattern = office_pattern(gazetteer)
    ends = _last_letters(gazetteer.words["office"])
    folded = passage.folded
    for start, end, word in runs(folded):
        after = folded[end : end + 2]
        if word[-1] in "氏君" or after == "さん" or (after[:1] == "(" and _READING.match(folded, end)):
            yield from _polite(passage, start, end, word, gazetteer)
            if word[-1] != "氏":
                continue
        if len(word) < 2:
            continue
        known = False
        if not ends.isdisjoint(map(add, word, word[1:])):
            at = 0
            for found in pattern.finditer(word):
                known = True
                yield from _before(passage, start + at, start + found.start(), found["o"], gazetteer)
                if found.end() == len(word):
                    yield from _after(passage, start + at, end, found["o"], gazetteer)
                at = found.end() + (word[found.end() : found.end() + 1] == "・")
        if not known:
            yield from _concatenated(passage, start, word, gazetteer)


def _before(passage: Passage, start: int, at: int, office: str, gazetteer: Gazetteer) -> Iterator[Found]:
    head = passage.folded[start:at]
    split = split_name(head, office, gazetteer)
    before = passage.folded[max(0, start - 24) : start]
    if split is None and 0 < len(head) <= 2 and "・" not in head:
        lone = _SURNAME_BEFORE.search(before)
        if lone and _may_be_surname(lone["s"], head, before, gazetteer):
            role, organisation = office_of(office)
            organisation = organisation or _organisation_before(before[: lone.start()], gazetteer)
            first = start - len(lone["s"]) - 1
            sure = lone["s"] in gazetteer.words["surname-ja"]
            yield found_at(passage, (first, at), at + len(office), role, organisation, sure=sure, rule="office")
            return
    if split is None:
        yield from _apart(passage, start, at, office, gazetteer)
        return
    end = start + len(split.name)
    first = start
    whole = _SURNAME_BEFORE.search(before)
    if whole and "・" not in split.name and _may_be_surname(whole["s"], split.name, before, gazetteer):
        first = start - len(whole["s"]) - 1
        before = before[: whole.start()]
    role, organisation = office_of(split.between + office)
    if not organisation:
        organisation = _organisation_before(before, gazetteer)
    yield found_at(
        passage, (first, end), at + len(office), role, organisation, sure=split.sure or first != start, rule="office"
    )


def _may_be_surname(word: str, given: str, before: str, gazetteer: Gazetteer) -> bool:
    """与那嶺 亮准教授: a surname that no list has, where a blank and a short given name leave nothing else."""
    if word in gazetteer.words["surname-ja"]:
        return True
    lead = before[: len(before) - len(word) - 1][-1:]
    return (
        2 <= len(word) <= 3
        and len(given) <= 2
        and lead in {"の", "、", "・", "と"}
        and word not in gazetteer.words["notname"]
        and gazetteer.find(word) is None
    )


def _apart(passage: Passage, start: int, at: int, office: str, gazetteer: Gazetteer) -> Iterator[Found]:
    """A name before the office with a blank or in hiragana: 久我 理人 社長, 山本たろう議員."""
    before = passage.folded[max(0, start - 12) : start]
    surnames = gazetteer.words["surname-ja"]
    spaced = _SPACED.search(before)
    role, organisation = office_of(passage.folded[start:at] + office)
    if spaced and (spaced["s"] in surnames):
        first = start - len(before) + spaced.start()
        yield found_at(passage, (first, start - 1), at + len(office), role, organisation, sure=True, rule="office")
        return
    given = _HIRAGANA_GIVEN.search(before)
    if given and given["s"] in surnames and given["g"] not in _PARTICLES and at == start:
        first = start - len(before) + given.start()
        if not any(
            given["g"].endswith(word)
            for word in ("の", "は", "が", "を", "に", "と", "も", "で", "た", "る", "い", "から")
        ):
            yield found_at(passage, (first, start), at + len(office), role, organisation, sure=True, rule="office")


def _after(passage: Passage, start: int, end: int, office: str, gazetteer: Gazetteer) -> Iterator[Found]:
    """An office, then a name: 代表取締役社長：久我 理人、議長（山田太郎君）."""
    if split_name(passage.folded[start : end - len(office)], office, gazetteer):
        return
    found = _AFTER.match(passage.folded, end)
    if not found:
        return
    called = "君氏" if found["n"][-1] in "君氏" and len(found["n"]) > 3 else ""
    name = found["n"].rstrip(called) if called else found["n"]
    surnames = gazetteer.words["surname-ja"]
    spaced = " " in name
    surname = name.split(" ")[0] if spaced else surname_of(name, surnames)
    link = passage.folded[end]
    if name.replace(" ", "") in gazetteer.words["notname"] or office_pattern(gazetteer).search(name.replace(" ", "")):
        return
    fits = "・" in name or (surname in surnames and (spaced or len(name) - len(surname) in {1, 2}))
    # Who speaks in minutes stands in brackets behind the office, whatever the surname: ◯議長（葛籠貫治）.
    labelled = passage.place == "label" and link == "(" and 3 <= len(name) <= 6
    # 代表理事：宇治原さつき: unsure, but nothing else stands so behind an office.
    kana = link == ":" and "ぁ" <= name[-1] <= "ん" and not _NO_GIVEN.search(name)
    if (
        not fits
        and not labelled
        and not kana
        and not (called and link == "(")
        and not (spaced and link == ":" and len(name) <= 6)
    ):
        return
    told = passage.folded[found.end() : found.end() + 2] in {
        "によ",
        "が、",
        "は、",
        "らは",
        "らが",
        "です",
        "でご",
        "と申",
    } and len(name) in {
        4,
        5,
    }
    if link == "の" and not found["polite"] and not spaced and "・" not in name and not told:
        return
    cut = office_start(passage.folded[start : end - len(office)], gazetteer)
    words = passage.folded[start + cut : end]
    role, organisation = office_of(words)
    organisation = organisation or passage.text[start : start + cut]
    end = found.start("n") + len(name)
    yield found_at(
        passage, (found.start("n"), end), end, role, organisation, sure=fits or labelled or bool(called), rule="label"
    )


def _concatenated(passage: Passage, begin: int, run: str, gazetteer: Gazetteer) -> Iterator[Found]:
    """内閣総理大臣岸田文雄: an office and a full name without a blank."""
    found = _direct(gazetteer.words["office"]).search(run)
    after = begin + len(run)
    if not found or passage.folded[after : after + 1] not in {
        "",
        "、",
        "。",
        ")",
        "は",
        "が",
        "と",
        "を",
        " ",
        "(",
        "」",
    }:
        return
    name = found["n"]
    surname = surname_of(name, gazetteer.words["surname-ja"])
    if "・" not in name and not (len(surname) >= 2 and len(name) - len(surname) in {1, 2}):
        return
    if name in gazetteer.words["notname"] or any(
        name.endswith(word)
        for word in ("会", "部", "室", "選", "職", "的", "制", "国", "団", "級", "邸", "府", "書", "令", "案")
    ):
        return
    head = run[: found.start()]
    cut = office_start(head, gazetteer)
    role, organisation = office_of(head[cut:] + found["o"])
    start = begin + found.start("n")
    yield found_at(
        passage,
        (start, start + len(name)),
        start + len(name),
        role,
        organisation or head[:cut],
        sure=False,
        rule="joined",
    )


def _polite(passage: Passage, start: int, stop: int, run: str, gazetteer: Gazetteer) -> Iterator[Found]:
    """日比野剛氏, 山田さん: a name; its office stands right before with の, or in brackets after."""
    name = run.rstrip("氏君") if run[-1] in "氏君" else run
    joined = office_pattern(gazetteer).search(name)
    if not name or joined:
        return
    loan = patterns.match(r"^[ァ-ヴー]{3,}(?=[\u3400-\u9fff])", name)
    if loan and loan.group() in gazetteer.words["not-foreign"] | {"フリーランス", "フリー"}:
        name, start = name[loan.end() :], start + loan.end()
    full = _direct(gazetteer.words["office"]).search(name)
    role = organisation = ""
    if full:
        role, name, start = full["o"], full["n"], start + full.start("n")
    split = split_name(name, "氏", gazetteer)
    before = passage.folded[max(0, start - 30) : start]
    whole = _SURNAME_BEFORE.search(before)
    if whole and whole["s"] in gazetteer.words["surname-ja"]:
        start, name = start - len(whole["s"]) - 1, f"{whole['s']} {name}"
    elif split is None or split.between or (not split.sure and (not 3 <= len(name) <= 5 or name[-1] in _CALLED)):
        return
    end = start + len(name)
    before = passage.folded[max(0, start - 30) : start]
    office = _OFFICE_NO.search(before)
    if office and not role and (held := office_pattern(gazetteer).search(office["w"])):
        head = office["w"][: held.start()]
        cut = office_start(head, gazetteer)
        role, organisation = office_of(head[cut:] + held["o"])
        organisation = organisation or head[:cut]
    after = stop + (0 if run[-1] in "氏君" else 2)
    inside = _PAREN_OFFICE.match(passage.folded[after : after + 43])
    if inside and not role:
        words = patterns.split(r"[、・/]", inside["in"])[0]
        held = office_pattern(gazetteer).search(words.replace(" ", "")) if words else None
        if held:
            last = words.split(" ")[-1]
            cut = office_start(last[: -len(held["o"])], gazetteer) if last.endswith(held["o"]) else 0
            role = last[cut:] if last.endswith(held["o"]) else held["o"]
            organisation = words[: len(words) - len(role)].strip()
    yield found_at(passage, (start, end), end, role, organisation, sure=True, rule="polite")


def by_label(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """The label of a turn: ○鈴木委員, 【山田市長】, 議長（山田太郎君）."""
    if not passage.speaker:
        return
    label = Passage(passage.speaker, passage.speaker, passage.span, "label", passage.part)
    yield from by_office(label, gazetteer)


def by_introduction(passage: Passage, gazetteer: Gazetteer) -> Iterator[Found]:
    """○○新聞の三枝です: a reporter gives a name and a paper."""
    if passage.place != "turn" and "です" not in passage.folded and "申します" not in passage.folded:
        return
    for found in _INTRODUCED.finditer(passage.folded):
        name = found["n"]
        if name in gazetteer.words["notname"] or not _introduces(passage, found.start()):
            continue
        start, end = found.span("n")
        organisation = passage.text[found.start("o") : found.end("o")]
        yield Found(
            passage.text[start:end], "記者", organisation, passage.text[found.start("o") : end], passage.lines, passage,
            start, end, True,
            "introduced",
        )  # fmt: skip


def _introduces(passage: Passage, start: int) -> bool:
    before = passage.folded[:start].rstrip()
    return passage.place == "turn" or not before or before[-1] in ":。)」】、"


def office_of(words: str) -> tuple[str, str]:
    """(role, organisation) of the words of an office: a state in front of a portfolio is the organisation."""
    words = words.strip("・の ")
    state = _STATE.match(words)
    return (state[2].lstrip("の"), state[1]) if state else (words, "")


def _organisation_before(before: str, gazetteer: Gazetteer) -> str:
    found = _OF.search(before)
    if not found:
        return ""
    name = found["o"]
    return name if BODY.search(name) or gazetteer.find(name) else ""


def found_at(
    passage: Passage, span: tuple[int, int], last: int, role: str, organisation: str, *, sure: bool, rule: str
) -> Found:
    """A mention: `span` is the name, `last` where the words that name the person end."""
    text = passage.text
    start, end = span
    return Found(text[start:end], role, organisation, text[start:last], passage.lines, passage, start, end, sure, rule)


RULES = (
    ("office", by_office),
    ("label", by_label),
    ("introduced", by_introduction),
)
