"""Statements in English, Chinese and Korean: a quotation, a verb of saying, a person beside it."""

from __future__ import annotations

import re

from yoroku import patterns
from yoroku.briefing.model import Review, Statement
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.facts_text import PROSE, Passage, pieces
from yoroku.bulletin.people import People
from yoroku.bulletin.review import review

_QUOTE = {
    "en": lazy(r"[“\"](?P<q>[^“”\"]{3,}?)[”\"]"),
    "zh": lazy(r"[“「](?P<q>[^“”「」]{3,}?)[”」]"),
    "ko": lazy(r"[“\"](?P<q>[^“”\"]{3,}?)[”\"]"),
}
_EN = (
    "said|says|added|told|stated|noted|explained|wrote|warned|stressed|urged|argued|commented|replied|asked|"
    "continued|concluded|declared|insisted|"
    "emphasized|emphasised|recalled|remarked|tweeted|announced|acknowledged|promised|pledged|testified|responded"
)
_VERB = {
    "en": lazy(rf"\b(?:{_EN})\b"),
    "zh": lazy(r"表示|说|說|强调|指出|称|介绍|回应|认为|问|答|宣布|呼吁|写道|告诉|谈到|评价"),
    "ko": lazy(
        r"말했|밝혔|강조했|설명했|전했|덧붙였|지적했|주장했|답했|평가했|당부했|언급했|비판했|물었|말하|밝히|호소했|"
        r"약속했"
    ),
}
_PRONOUN = lazy(
    r"\b(?:he|she|they|the (?:minister|secretary|president|governor|mayor|spokesperson|chief executive|director|"
    r"chairman))\b",
    re.IGNORECASE,
)
# Rural Minister Odile Farnworth said: — and the next paragraph is what was said, without marks.
_SAYS = lazy(r"\b(?:said|says|added|commented):\s*$")
_REPORTED = lazy(
    r"\b(?:reiterated|reaffirmed|emphasi[sz]ed|underscored|stressed|thanked|expressed|welcomed|condemned|said that|"
    r"noted that|urged|highlighted|"
    r"conveyed|praised|commended|pledged|warned|reassured|called (?:on|for))\b"
)


def statements(passages: tuple[Passage, ...], people: People, lang: str) -> tuple[list[Statement], list[Review]]:
    """Direct quotations with their speakers, and reporting sentences whose subject is a person."""
    made: list[Statement] = []
    reviews: list[Review] = []
    last = ""
    part = None
    announced: str | None = None
    for passage in passages:
        if passage.part != part:
            last, part, announced = "", passage.part, None
        if passage.place not in PROSE or passage.place == "turn":
            continue
        here = ""
        if announced is not None and passage.folded.strip()[:1] not in "\"“'":
            made.append(Statement(announced, passage.text, verb="said", lines=passage.lines))
            if not announced:
                reviews.append(review("statements", "no-speaker", passage.text[:60], passage.lines, lang))
        announced = None
        if lang == "en" and len(passage.folded) < 160 and _SAYS.search(passage.folded):
            heads = people.named_in(passage, 0, len(passage.text))
            announced = people.persons[heads[-1][1]].name if heads else ""
        for found in _QUOTE[lang].finditer(passage.folded):
            verb, speaker, pronoun = _beside(passage, found, people, lang)
            whole = len(found["q"].split()) > 3 or found["q"].rstrip().endswith((".", "!", "?", ","))
            follows = here and whole and made and made[-1].lines == passage.lines
            opens = passage.folded.strip().startswith(found.group()) and len(found["q"]) > 40
            if not (verb or follows or opens):
                continue
            doubt = ""
            if not speaker:
                speaker = here
                if not speaker:
                    speaker, doubt = last, "speaker-inherited" if last else "no-speaker"
                elif pronoun:
                    doubt = ""
            text = passage.text[found.start("q") : found.end("q")]
            made.append(Statement(speaker, text, verb=verb, lines=passage.lines))
            here = speaker or here
            last = here or last
            if doubt:
                reviews.append(review("statements", doubt, text[:60], passage.lines, lang))
        if lang == "en":
            made += _reported(passage, people)
        named = people.named_in(passage, 0, len(passage.text))
        last = here or (people.persons[named[-1][1]].name if named else last)
    return made, reviews


def _beside(passage: Passage, found: re.Match[str], people: People, lang: str) -> tuple[str, str, bool]:
    """(verb, speaker, whether only a pronoun) next to a quotation."""
    folded = passage.folded
    after_end = min(len(folded), found.end() + 90)
    next_quote = folded.find("“", found.end())
    if 0 <= next_quote < after_end:
        after_end = next_quote
    after = patterns.split(r"(?<=[a-z\)])\. |[。]", folded[found.end() : after_end])[0]
    start = max((folded.rfind(mark, 0, found.start()) for mark in (". ", "。", "”", "! ", "? ")), default=0)
    before = folded[max(start, found.start() - 160, 0) : found.start()]
    verb = _VERB[lang].search(after[:60] if lang != "ko" else after[:40])
    if verb and (lang in {"en", "ko"}):
        named = people.named_in(passage, found.end(), found.end() + len(after))
        if named and lang == "en":
            return verb.group(), people.persons[named[0][1]].name, False
        if lang == "en" and (alone := _surname_beside(after, verb, people)):
            return verb.group(), alone, False
        if lang == "ko":
            named = people.named_in(passage, max(start, 0), found.start())
            return verb.group(), people.persons[named[-1][1]].name if named else "", False
        return verb.group(), "", bool(_PRONOUN.search(after))
    verbs = list(_VERB[lang].finditer(before))
    if verbs and len(before) - verbs[-1].end() < (40 if lang == "en" else 6):
        named = people.named_in(passage, found.start() - len(before), found.start())
        return verbs[-1].group(), people.persons[named[-1][1]].name if named else "", bool(_PRONOUN.search(before))
    return "", "", False


def _surname_beside(after: str, verb: re.Match[str], people: People) -> str:
    """The one person whose last name stands right before or after the verb: Whitcombe said; said Whitcombe."""
    found = patterns.search(r"([A-Z][\w'-]+) $", after[: verb.start()]) or patterns.match(
        r" ([A-Z][\w'-]+)", after[verb.end() :]
    )
    if found is None:
        return ""
    last = found[1].removesuffix("'s")
    fits = [
        one.name
        for one in people.persons
        if last in patterns.sub(r" (?:Jr|Sr|I{2,3}|IV)\.?$", "", one.name).split()[-1:]
    ]
    return fits[0] if len(fits) == 1 else ""


def _reported(passage: Passage, people: People) -> list[Statement]:
    made: list[Statement] = []
    for piece in pieces(passage):
        verb = _REPORTED.search(piece.folded)
        if not verb or "“" in piece.folded or '"' in piece.folded:
            continue
        named = people.named_in(passage, piece.start, piece.start + verb.start())
        if len({index for _, index in named}) == 1 and named[0][0] - piece.start < 60:
            made.append(
                Statement(people.persons[named[0][1]].name, piece.text, "reported", verb.group(), lines=piece.lines)
            )
    return made
