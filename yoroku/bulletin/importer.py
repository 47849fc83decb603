"""A bulletin's bytes to a briefing. Pure: no file is read or written, nothing depends on the day or the machine."""

from __future__ import annotations

import hashlib

from yoroku import __version__
from yoroku.briefing.model import Briefing, Evidence, Provenance, Review
from yoroku.bulletin import body, corrections, references, sources
from yoroku.bulletin.facts import extract
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.issuers import issuers
from yoroku.bulletin.messages import reason, say
from yoroku.bulletin.outline import Outline
from yoroku.bulletin.read import read_bulletin
from yoroku.problems import Problem
from yoroku.records import dataclass

__all__ = ["IMPORTER", "Imported", "import_bulletin", "read_bulletin"]

IMPORTER = f"yoroku {__version__}"


@dataclass(frozen=True, slots=True)
class Imported:
    """A briefing made from a bulletin, and what should be told about it."""

    briefing: Briefing
    problems: tuple[Problem, ...] = ()


def import_bulletin(
    data: bytes, *, name: str, gazetteer: Gazetteer, recurring: frozenset[str] = frozenset()
) -> Imported:
    """The briefing of a bulletin. Raises `Problems` when the bytes are no text.

    `name` goes into the provenance; `recurring` are compared lines known to recur across bulletins of one host.
    """
    outline = read_bulletin(data, name=name, recurring=recurring)
    facts = extract(outline, gazetteer)
    found = sources.find(outline, gazetteer, dates=facts.source_dates)
    bodies, places = issuers(found, outline, facts.organisations, facts.places, gazetteer)
    corrects = corrections.find(outline)
    evidence = (*_evidence(outline), *facts.evidence, *found.evidence)
    briefing = Briefing(
        title=outline.title,
        lang=outline.lang,
        kind=facts.kind,
        date=facts.date,
        updated=facts.updated,
        events=facts.events,
        sources=found.sources,
        people=facts.people,
        organisations=bodies,
        places=places,
        topics=facts.topics,
        summary=facts.summary,
        decisions=facts.decisions,
        statements=facts.statements,
        references=references.find(outline),
        corrects=corrects,
        review=(*_review(outline, corrected=bool(corrects)), *facts.review, *found.review),
        provenance=_provenance(outline, data, name, evidence),
        body=body.write(outline),
    )
    return Imported(briefing)


def _provenance(outline: Outline, data: bytes, name: str, evidence: tuple[Evidence, ...]) -> Provenance:
    return Provenance(
        bulletin=name,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=outline.encoding,
        importer=IMPORTER,
        evidence=evidence,
        folded=outline.folded,
        dropped=outline.dropped,
    )


def _evidence(outline: Outline) -> tuple[Evidence, ...]:
    return (
        Evidence("title", lines=outline.title_lines, sure=outline.title_sure, why=outline.title_why),
        Evidence(
            "lang", sure="high" if len(outline.blocks) > 1 else "medium", why=reason("文字の種類と語", outline.lang)
        ),
    )


def _review(outline: Outline, *, corrected: bool) -> tuple[Review, ...]:
    lang, found = outline.lang, []
    if outline.title_sure == "low":
        found.append(Review("title", say("no-title", lang), outline.title, outline.title_lines))
    elif outline.title_sure == "medium":
        found.append(Review("title", say("unsure-title", lang), outline.title, outline.title_lines))
    if not outline.blocks:
        found.append(Review("body", say("no-text", lang)))
    if outline.damaged:
        found.append(Review("body", say("damaged", lang), str(outline.damaged)))
    if not outline.encoding.startswith(("utf", "iso-2022")):
        found.append(Review("provenance", say("guessed-encoding", lang), outline.encoding))
    if corrected:
        found.append(Review("corrects", say("corrects", lang), outline.title, outline.title_lines))
    return tuple(found)
