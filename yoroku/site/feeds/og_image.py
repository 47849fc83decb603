"""The picture that a shared link to a briefing shows: its title, kind and date on white, 1200 × 630 pixels.

The same title and the same font give the same bytes. Pixels are numbers of a palette with two ramps, paper to ink and
paper to vermilion, so that antialiased text blends to the right colours and the file stays small.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from yoroku.records import dataclass
from yoroku.site.dates import Formatter
from yoroku.site.feeds.fonts import japanese_font, pictures
from yoroku.site.reader import SiteReader
from yoroku.site.views.frame import Address, kind_label

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
NAME = "card.png"
_MARGIN = 80
_SIZES = (68, 60, 54, 48, 42)
# The room for the title, in pixels, and what a line takes of it at size 1.
_TOP, _BOTTOM, _LEADING = 140, 500, 1.4
_PAPER, _GREY, _INK = 0, 120, 200
_SHU_PAPER, _SHU = 210, 255
_INK_RGB, _SHU_RGB = (0x15, 0x18, 0x1E), (0xB3, 0x26, 0x1A)
# 行頭禁則 and 行末禁則: what must not begin or end a line.
_NOT_FIRST = frozenset("、。，．・：；？！）」』】〕〉》ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ…‥,.!?)]}:;%％”’")
_NOT_LAST = frozenset("（「『【〔〈《([{“‘")


@dataclass(frozen=True, slots=True)
class Picture:
    """What is written on a picture."""

    title: str
    above: str
    below: str
    site: str


def addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/briefings/<slug>/card.png` where the site asks for pictures and they can be drawn."""
    settings = reader.settings()
    if not pictures(settings):
        return ()
    return tuple(Address(reader.signpost(key).url + NAME, settings.language, key) for key in reader.published())


def picture(reader: SiteReader, address: Address) -> Picture:
    """What stands on the picture of one briefing."""
    settings, summary = reader.settings(), reader.summary(address.key)
    kind = kind_label(settings, summary.kind, settings.language)
    day = Formatter(settings.language).day(summary.at) if summary.at else ""
    who = dict.fromkeys(tag.publisher or tag.title for tag in summary.sources)
    return Picture(
        title=summary.title,
        above="  ".join(part for part in (kind, day) if part),
        below=Formatter(settings.language).names([name for name in who if name][:4]),
        site=settings.title,
    )


def encode(shown: Picture) -> bytes:
    """The picture as PNG."""
    # Not at the top: a site without pictures needs no Pillow.
    from PIL import Image, ImageDraw  # noqa: PLC0415

    image = Image.new("L", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 7), fill=_INK)
    draw.rectangle((0, 12, WIDTH, 13), fill=_INK)
    draw.text((_MARGIN, 74), _clipped(shown.above, _font(30), WIDTH - 2 * _MARGIN), font=_font(30), fill=_GREY)
    size, lines = _fitted(shown.title)
    for number, line in enumerate(lines):
        draw.text((_MARGIN, _TOP + number * round(size * _LEADING)), line, font=_font(size), fill=_INK)
    draw.rectangle((_MARGIN, 508, WIDTH - _MARGIN, 509), fill=_INK)
    draw.rectangle((_MARGIN, 534, _MARGIN + 52, 586), fill=_SHU)
    draw.text((_MARGIN + 26, 560), shown.site[:1], font=_font(36), fill=_SHU_PAPER, anchor="mm")
    draw.text((_MARGIN + 72, 560), _clipped(shown.site, _font(34), 480), font=_font(34), fill=_INK, anchor="lm")
    draw.text((WIDTH - _MARGIN, 560), _clipped(shown.below, _font(26), 480), font=_font(26), fill=_GREY, anchor="rm")
    image.putpalette(_palette())
    out = BytesIO()
    image.save(out, "PNG", compress_level=3)
    return out.getvalue()


@lru_cache(maxsize=1)
def _palette() -> bytes:
    rows = [_mixed(_INK_RGB, at / _INK) for at in range(_INK + 1)]
    rows += [(255, 255, 255)] * (_SHU_PAPER - len(rows))
    rows += [_mixed(_SHU_RGB, at / (_SHU - _SHU_PAPER)) for at in range(_SHU - _SHU_PAPER + 1)]
    return bytes(value for row in rows for value in row)


def _mixed(colour: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    red, green, blue = (round(255 + (value - 255) * share) for value in colour)
    return red, green, blue


@lru_cache(maxsize=16)
def _font(size: int) -> FreeTypeFont:
    from PIL import ImageFont  # noqa: PLC0415

    path = japanese_font()
    assert path is not None, "pictures are made only where a font was found"
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8192)
def _width(mark: str, size: int) -> float:
    return _font(size).getlength(mark)


def _fitted(title: str) -> tuple[int, list[str]]:
    """The largest size at which the title fits, and its lines; at the smallest its end is cut off."""
    for size in _SIZES:
        widths, room = [_width(mark, size) for mark in title], WIDTH - 2 * _MARGIN
        lines = broken(title, widths, room)
        most = int((_BOTTOM - _TOP) / (size * _LEADING))
        if len(lines) <= most:
            # Lines of like length: as narrow as they can be without becoming more.
            while len(closer := broken(title, widths, room := room - size // 2)) == len(lines) > 1:
                lines = closer
            return size, lines
    return _SIZES[-1], [*lines[: most - 1], lines[most - 1].rstrip()[:-1] + "…"]


def broken(text: str, widths: list[float], room: float) -> list[str]:
    """`text` in lines no wider than `room`: between Japanese characters by 禁則, between words at spaces."""
    lines = []
    start = 0
    while start < len(text):
        end, used = start, 0.0
        while end < len(text) and used + widths[end] <= room:
            used += widths[end]
            end += 1
        end = max(end, start + 1)
        if end < len(text):
            end = _break(text, start, end)
        lines.append(text[start:end].strip())
        start = end
        while start < len(text) and text[start] == " ":
            start += 1
    return lines or [""]


def _break(text: str, start: int, end: int) -> int:
    """The last place before `end` where a line may end; `end` itself when there is none in its second half."""
    for at in range(end, start + (end - start) // 2, -1):
        before, after = text[at - 1], text[at]
        in_word = before.isascii() and after.isascii() and before != " " and after != " " and before != "-"
        if not in_word and after not in _NOT_FIRST and before not in _NOT_LAST:
            return at
    return end


def _clipped(text: str, font: FreeTypeFont, room: int) -> str:
    while text and font.getlength(text) > room:
        text = text.rstrip("…")[:-1] + "…" if len(text.rstrip("…")) > 1 else ""
    return text
