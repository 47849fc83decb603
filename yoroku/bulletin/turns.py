"""Speakers' turns in press conferences, interviews and minutes: how each label is written."""

from __future__ import annotations

from collections import Counter

from yoroku.bulletin.facts_pattern import Lazy, lazy
from yoroku.bulletin.lines import Look
from yoroku.records import dataclass

ROLES = (
    r"記者|外国プレス(?:記者)?|幹事社|総理|首相|大臣|副大臣|政務官|長官|副長官|官房長官|官房副長官|報道官|"
    r"広報官|内閣広報官|外務報道官|知事|副知事|市長|副市長|町長|村長|区長|"
    r"総裁|会長|社長|議長|副議長|委員長|座長|理事長|理事|学長|教授|局長|部長|課長|室長|次長|審議官|参事官|"
    r"事務方|事務局|事務次官|次官|司会(?:者)?|進行|質問者|回答(?:者)?|発言者|"
    r"補足|委員|議員|参考人|公述人|本部長|監督|選手|代表|党首|幹事長|政調会長|大使|スポークスマン|"
    r"インタビュアー|聞き手|主席|部长|发言人|记者|主持人|기자|장관|대변인|사회자|대통령"
)
_QA = r"(?:[QA]|問|答|질문|답변|문|답|问|答)\s?[\d.\-]{0,3}"
# RESOLVED: That the minutes …; COUNTRIES/AREAS DEPLOYED: Worldwide
_NO_SPEAKER = (
    r"(?:RESOLVED|AGREED|ACTION|NOTES?|ATTENTION|WARNING|IMPORTANT|UPDATE|SUMMARY|CRITICAL|COUNTRIES|COMPANY|CV[ES]S?|"
    r"TITLE|DATE|TIME|PRESENT|APOLOGIES|CONTACT|SOURCE|MEDIA|WHAT|WHEN|WHERE|WHO|WHY|HOW)\b"
)
_NAME = r"(?:[^\s:：。、（）()「」【】]{1,14})"

# (name, pattern): `label` as shown, `who` the speaker's words, `text` what is said on the same line.
LABELS: tuple[tuple[str, Lazy], ...] = (
    # Q（河北テレビ）　…, A（市長）　…: who asks stays with the question, who answers speaks.
    (
        "question mark and colon",
        lazy(r"(?P<label>(?P<who>[Q問])\s?\d{0,2}\s?[（(][^（）()]{1,16}[)）][\s:：]*)(?P<text>\S.*)$"),
    ),
    (
        "question mark and colon",
        lazy(r"(?P<label>[A答]\s?\d{0,2}\s?[（(](?P<who>[^（）()]{1,16})[)）][\s:：]*)(?P<text>\S.*)$"),
    ),
    (
        "question mark and colon",
        lazy(rf"(?P<label>(?P<who>{_QA})\s?(?:[:：.．)）〉>、]|\s(?=\S))\s*)(?P<text>.*)$"),
    ),
    (
        "bracketed question mark",
        lazy(rf"(?P<label>[（(【\[［<〈](?P<who>{_QA})[)）】\]］>〉]\s?[:：]?\s*)(?P<text>.*)$"),
    ),
    (
        "bracketed role",
        lazy(
            rf"(?P<label>[（(【\[［〈<](?P<who>(?:(?:{_NAME}[　 ]+){{0,2}}{_NAME}?(?:{ROLES}|氏|さん)|"
            rf"(?:{ROLES}){_NAME}?)(?:[　 ]?{_NAME})?)[)）】\]］〉>]\s?[:：]?\s*)(?P<text>.*)$"
        ),
    ),
    (
        "minutes circle",
        lazy(
            rf"(?P<label>[○◯〇●]\s?(?P<who>\d{{0,3}}番?[^\s。、:：]{{0,12}}?(?:{ROLES}|君|さん|"
            rf"氏)(?:[（(][^（）()]{{1,20}}[)）])?|[^\s。、:：]{{1,12}}[（(][^（）()]{{1,14}}(?:君|さん|氏|"
            rf"議員)[)）])(?:[\s:：]+|$))(?P<text>.*)$"
        ),
    ),
    (
        "minutes circle, full name",
        lazy(r"(?P<label>[○◯〇]\s?(?P<who>[\u4e00-\u9fff々ヶァ-ヶー]{2,10})(?:　+|\s{1,3}))(?P<text>\S.*)$"),
    ),
    (
        "role and colon",
        lazy(rf"(?P<label>(?P<who>{_NAME}?(?:{ROLES})(?:[（(][^（）()]{{1,16}}[)）])?)\s?[:：]\s*)(?P<text>.*)$"),
    ),
    (
        "capitals and colon",
        lazy(
            rf"(?P<label>(?!{_NO_SPEAKER})(?P<who>[A-Z][A-Z’'\-]+(?:[ .,’'\-]+(?:[A-Z][A-Z’'\-.]*|de|van|von|of|"
            r"the)){0,6}(?: \([^)]{1,40}\))?|Q|A)\s?[:：]\s+)(?P<text>.*)$"
        ),
    ),
    (
        "title, name and colon",
        lazy(
            r"(?P<label>(?P<who>(?:(?:Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Prof|Secretary|Minister|President|Ambassador|"
            r"Commissioner|Moderator|Question(?:er)?|Reporter|Interviewer|Operator|Host|Chair(?:man|woman|"
            r"person)?)\b\.?(?: [A-Z][\w’'\-]+){0,3}))\s?[:：]\s+)(?P<text>.*)$"
        ),
    ),
)
_WITH_COLON = frozenset({"role and colon", "capitals and colon", "title, name and colon"})
# A bare name and a colon is a label only where the same name speaks again among other turns.
NAMED = lazy(
    r"(?P<label>(?P<who>[\u4e00-\u9fff々ヶァ-ヶー・·]{2,10}|"
    r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2})\s?[:：]\s*)(?P<text>\S.{3,})$"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the head of a line. `shown` is as written, `who` the speaker's words, `rest` the position after it."""

    shown: str
    who: str
    rest: int
    rule: str


def find(looks: tuple[Look, ...]) -> dict[int, Label]:
    """The labelled lines (position → label), when there are enough of one sort to be turns."""
    found: dict[int, Label] = {}
    for at, look in enumerate(looks):
        label = _label(look)
        if label is not None:
            found[at] = label
    rules: dict[str, int] = {}
    for label in found.values():
        rules[label.rule] = rules.get(label.rule, 0) + 1
    known = {
        at: label
        for at, label in found.items()
        if rules[label.rule] >= 2
        or (label.rule == "question mark and colon" and (_paired(found) or rules.get("capitals and colon")))
    }
    speakers = {label.who for label in known.values()}
    if known:
        known = dict(sorted((known | _named(looks, known)).items()))
        speakers = {label.who for label in known.values()}
    # Two labels make turns only if somebody answers or speaks again: a list of posts is no conversation.
    if (
        len(known) < 2
        or (len(known) < 3 and len(speakers) < 2)
        or (len(known) >= 4 and len(speakers) == len(known) and not _talk(looks, known))
    ):
        return {}
    return known


def _named(looks: tuple[Look, ...], known: dict[int, Label]) -> dict[int, Label]:
    found: dict[int, Label] = {}
    for at, look in enumerate(looks):
        match = NAMED.match(look.flat) if at not in known and look.stops else None
        if match is not None:
            rest = match.start("text")
            found[at] = Label(look.text[:rest].strip(), match.group("who"), rest, "name and colon")
    often = Counter(label.who for label in found.values())
    return {at: label for at, label in found.items() if often[label.who] > 1}


def _talk(looks: tuple[Look, ...], known: dict[int, Label]) -> bool:
    return sum(1 for at in known if looks[at].sentence) * 2 >= len(known)


def _paired(found: dict[int, Label]) -> bool:
    heads = {label.who[:1] for label in found.values()}
    return {"Q", "A"} <= heads or {"問", "答"} <= heads or {"问", "答"} <= heads


def _label(look: Look) -> Label | None:
    if look.line.hint in ("tr", "title") or look.line.hint.startswith("h"):
        return None
    colon = ":" in look.flat
    for rule, pattern in LABELS:
        if not colon and rule in _WITH_COLON:
            continue
        match = pattern.match(look.flat)
        if match is None:
            continue
        rest = match.start("text")
        if rule == "question mark and colon" and not match.group("text") and look.size > 3:
            continue
        return Label(look.text[:rest].strip(), look.text[match.start("who") : match.end("who")].strip(), rest, rule)
    return None
