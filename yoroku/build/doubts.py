"""Which answers about all documents an edit of a few of them can have changed.

Most of what documents show each other is untouched by a new title, and a new date touches one place in the order. For
each question it is said here which parts of a summary its answer is made of; a question that is not named here may be
made of anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from yoroku.build import codec
from yoroku.build.documents import Card, kind_of
from yoroku.build.graph import Question
from yoroku.build.memory import Read
from yoroku.records import dataclass
from yoroku.site.catalogue import AROUND
from yoroku.site.values import Summary

FEW = 64  # edited briefings beyond which everything is in doubt


@dataclass(frozen=True, slots=True)
class Edits:
    """What a few edited briefings, shown before and after, can have changed in the answers about all of them."""

    moved: bool
    counted: bool
    published: bool
    sourced: bool
    aliased: bool
    near: frozenset[str]
    entities: frozenset[tuple[str, str]]
    linking: frozenset[str]
    tagged: bool
    telling: bool
    notes: bool

    def touch(self, question: Question) -> bool:
        """Whether the answer to a question may be another one."""
        rule = _RULES.get(question[0])
        return rule is None or rule(self, question)


def edits(
    keys: Iterable[str],
    old: Mapping[str, Read],
    new: Mapping[str, Read],
    *,
    linking: frozenset[str],
    telling: bool,
    order: Callable[[Mapping[str, Read]], tuple[str, ...]],
) -> Edits | None:
    """What the edits of these briefings can have changed; None when more than their summaries may differ.

    `linking` are the documents whose texts look others up, `telling` says that notes or pages do; `order` gives the
    listed briefings by day.
    """
    pairs = [(_card(old[key]), _card(new[key])) for key in keys]
    found = [(was.summary, now.summary) for was, now in pairs]
    if not all(_alike(was, now) for was, now in pairs):
        return None
    summaries = [(was, now) for was, now in found if was is not None and now is not None]
    if len(summaries) != len(pairs):
        return None
    moved = _differ(summaries, "on")
    shown = [was.key for was, now in summaries if (was.title, was.lang, was.on) != (now.title, now.lang, now.on)]
    near = _near(shown, order(new)) if shown else frozenset()
    if moved:
        near |= _near(shown, order(old))
    spoken = {now.summary.key: was.spoken == now.spoken for was, now in pairs if now.summary is not None}
    named = (
        ref
        for was, now in summaries
        if (was.entities, was.on) != (now.entities, now.on) or not spoken[now.key]
        for ref in (*was.entities, *now.entities)
    )
    return Edits(
        moved=moved,
        counted=_differ(summaries, "published", "updated") or any(len(a.sources) != len(b.sources) for a, b in found),  # type: ignore[union-attr]
        published=_differ(summaries, "published"),
        sourced=_differ(summaries, "sources"),
        aliased=any(card.stub.aliases for pair in pairs for card in pair),
        near=near,
        entities=frozenset((ref.kind, ref.slug) for ref in named),
        linking=linking,
        tagged=_differ(summaries, "tags"),
        telling=telling,
        notes=any(kind_of(key) == "note" for key in new),
    )


def _card(read: Read) -> Card:
    found: Card = codec.decode(read.card)
    return found


def _alike(was: Card, now: Card) -> bool:
    """Whether two states of a briefing stand at the same address and are shown alike."""
    if was.summary is None or now.summary is None or was.summary.url != now.summary.url:
        return False
    before, after = was.stub, now.stub
    return (before.slug, before.aliases, before.state) == (after.slug, after.aliases, after.state)


def _differ(summaries: list[tuple[Summary, Summary]], *names: str) -> bool:
    return any(getattr(was, name) != getattr(now, name) for was, now in summaries for name in names)


def _near(keys: list[str], order: tuple[str, ...]) -> frozenset[str]:
    """Those that stand around any of `keys`, and these themselves."""
    wanted, found = set(keys), set(keys)
    for at in [at for at, key in enumerate(order) if key in wanted]:
        found.update(order[max(0, at - AROUND) : at + AROUND + 1])
    return frozenset(found)


def _never(_: Edits, __: Question) -> bool:
    return False


def _moved(edits: Edits, _: Question) -> bool:
    return edits.moved


def _published(edits: Edits, _: Question) -> bool:
    return edits.moved or edits.published


_RULES: dict[str, Callable[[Edits, Question], bool]] = {
    "settings": _never,
    "published": _never,
    "pages": _never,
    "notes": _never,
    "all_notes": _never,
    "order": _moved,
    "undated": _moved,
    "months": _moved,
    "month": _moved,
    "published_months": _published,
    "published_in": _published,
    "around": lambda edits, question: question[1] in edits.near,
    "entries": lambda edits, question: any(kind == question[1] for kind, _ in edits.entities),
    "entity": lambda edits, question: (question[1], question[2]) in edits.entities,
    "totals": lambda edits, _: edits.counted,
    "publishers": lambda edits, _: edits.sourced,
    "redirects": lambda edits, _: edits.aliased,
    "body": lambda edits, question: question[1] in edits.linking,
    "tags": lambda edits, _: edits.moved or edits.tagged,
    # A note names its subject by a slug or a title.
    "notes_on": lambda edits, _: edits.notes,
    "linked_from": lambda edits, _: edits.telling,
}
