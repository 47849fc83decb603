"""Citations: lines of the bulletin as the chips that readers press."""

from __future__ import annotations

from yoroku.briefing.model import Lines, Span
from yoroku.records import dataclass
from yoroku.site.rights import Public, PublicLine, PublicSource

# More chips than this beside one sentence help nobody; a longer text is what the source view is for.
MAX_CHIPS = 4
MAX_TEXT = 360
BULLETIN = "L"


@dataclass(frozen=True, slots=True)
class Chip:
    """One citation. `label` is what is read on it (``A25``); `where` its lines; `text` what they say, if shown.

    `url` is the briefing's, `anchor` the element there that holds the line, empty when no element does.
    `scope` keeps ids apart on pages that cite several briefings.
    """

    label: str
    letter: str
    where: str
    who: str
    title: str
    primary: bool
    text: str = ""
    url: str = ""
    anchor: str = ""
    lang: str = ""
    scope: str = ""

    @property
    def id(self) -> str:
        """The id of its popover."""
        return f"p{self.scope}-{self.label}"


def cite(public: Public, lines: Lines, *, url: str) -> tuple[Chip, ...]:
    """The chips of those lines, in order, at most `MAX_CHIPS`."""
    chips: dict[str, Chip] = {}
    for span in lines:
        chip = _chip(public, span, url)
        chips.setdefault(chip.label, chip)
    return tuple(chips.values())[:MAX_CHIPS]


def _chip(public: Public, span: Span, url: str) -> Chip:
    found = [line for line in public.lines if line.first <= span.last and span.first <= line.last]
    source = _source(public, span, found)
    letter = source.letter if source else ""
    where = str(span).replace("-", "–")
    text = " ".join(line.text for line in found)
    placed = next((line for line in found if line.placed), None)
    return Chip(
        label=f"{letter or BULLETIN}{where}",
        letter=letter,
        where=where,
        who=(source.publisher or source.source.title) if source else "",
        title=source.source.title if source else "",
        primary=bool(source and source.kind == "primary"),
        text=text if len(text) <= MAX_TEXT else text[:MAX_TEXT].rstrip() + "…",
        url=url,
        anchor=f"L{placed.first}" if placed else (f"source-{letter}" if letter else ""),
        lang=public.briefing.lang,
    )


def _source(public: Public, span: Span, found: list[PublicLine]) -> PublicSource | None:
    if found:
        return next((source for source in public.sources if source.letter == found[0].letter), None)
    for source in public.sources:
        if any(lines.first <= span.last and span.first <= lines.last for lines in source.source.lines):
            return source
    return None
