"""Who issued a text is one of its bodies: a release's ministry, council or company, and the town that it is of."""

from __future__ import annotations

import re

from yoroku.briefing.model import Lines, Mention, Source
from yoroku.bulletin.facts_text import fold
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.matter import ISSUER
from yoroku.bulletin.outline import Outline
from yoroku.bulletin.sources import Found

_OUTLET = re.compile(
    r"(?:新聞|新報|日報|通信|時報|放送|テレビ|ニュース|タイムズ|タイムス|ラジオ|オンライン|ブログ|日記|"
    r"News|Times|Post|Herald|Tribune|Press|Journal|日报|晚报|新聞網|新闻网|通讯社|社|신문|일보|뉴스|통신|방송)$"
)
_TOWN = re.compile(r"\S{1,6}(?:[^都]市|[^地]区|町|村|県|北海道|東京都|京都府|大阪府)")


def issuers(
    found: Found, outline: Outline, bodies: tuple[Mention, ...], places: tuple[Mention, ...], gazetteer: Gazetteer
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """`bodies` and `places` with the publishers that are bodies, and the towns among them, each once.

    A paper or an agency that reports is a source and no body of the matter.
    """
    known = {form for body in bodies for form in (body.name, *body.as_written)}
    named = {form for place in places for form in (place.name, *place.as_written)}
    whole = ""
    more: list[Mention] = []
    towns: list[Mention] = []
    for at, source in enumerate(found.sources):
        name = source.publisher
        if not name or not _is_body(name, gazetteer):
            continue
        whole = whole or "\n".join(line.text for line in outline.lines)
        lines = next((item.lines for item in found.evidence if item.field == f"sources[{at}].publisher"), _head(source))
        if name not in whole:
            continue
        if name not in known:
            more.append(Mention(name, (name,), lines))
            known.add(name)
        if _TOWN.fullmatch(name) and name not in named:
            towns.append(Mention(name, (name,), lines))
            named.add(name)
    return (*bodies, *more), (*places, *towns)


def _head(source: Source) -> Lines:
    return source.lines[:1]


def _is_body(name: str, gazetteer: Gazetteer) -> bool:
    entry = gazetteer.find(fold(name))
    if entry is not None:
        return entry.kind != "news"
    return not _OUTLET.search(name) and bool(ISSUER.fullmatch(name) or _TOWN.fullmatch(name))
