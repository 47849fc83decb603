"""Pictures for shared links: made only where asked for, Japanese on them, the same bytes each time."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from machine_site import BASE, CASES, ROOT, build_site
from selectolax.lexbor import LexborHTMLParser

from yoroku.build.pipeline import Options, build
from yoroku.site.feeds import fonts
from yoroku.site.feeds.og_image import HEIGHT, WIDTH, Picture, broken, encode

Image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
needs_font = pytest.mark.skipif(fonts.japanese_font() is None, reason="no Japanese font on this machine")


@needs_font
def test_each_briefing_has_a_picture_and_says_so(tmp_path: Path) -> None:
    site = build_site(CASES / "feeds" / "site", tmp_path / "site", settings="og_images: true\n")
    pages = sorted(site.glob("briefings/2*/index.html"))
    assert pages
    for page in pages:
        data = page.with_name("card.png").read_bytes()
        assert data.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">II", data[16:24]) == (WIDTH, HEIGHT)
        head = LexborHTMLParser(page.read_text(encoding="utf-8"))
        found = {meta.attributes["property"]: meta.attributes["content"] for meta in head.css("meta[property]")}
        where = page.parent.relative_to(site).as_posix()
        assert found["og:image"] == f"{BASE}/{where}/card.png"
        assert found["og:image:alt"]
        english = LexborHTMLParser((site / "en" / where / "index.html").read_text(encoding="utf-8"))
        assert english.css_first('meta[property="og:image"]').attributes["content"] == found["og:image"]


@needs_font
def test_japanese_is_drawn_not_boxes() -> None:
    def title(text: str) -> bytes:
        image = Image.open(BytesIO(encode(Picture(text, "", "", "")))).convert("L").crop((60, 130, 1140, 500))
        return bytes(image.tobytes())

    shapes = {title(mark) for mark in "会談観測防衛相海洋"}
    assert len(shapes) == len("会談観測防衛相海洋"), "characters without a glyph would all be the same box"


@needs_font
def test_the_same_words_make_the_same_bytes() -> None:
    shown = Picture("見本会談で、観測を広げることで一致", "会談  2031年3月4日", "見本省", "要録")
    assert encode(shown) == encode(shown)
    assert encode(shown) != encode(Picture("別の題名", shown.above, shown.below, shown.site))


@needs_font
@pytest.mark.parametrize(
    "title", ["", "あ" * 400, "W" * 300, "A long title of many words " * 30, "「" * 90, "😀\u200d\x00"]
)
def test_any_title_can_be_drawn(title: str) -> None:
    assert Image.open(BytesIO(encode(Picture(title, title, title, title)))).size == (WIDTH, HEIGHT)


@given(st.text(alphabet="あいう、。「」（）ー漢字 abc-", max_size=80), st.integers(3, 20))
def test_lines_hold_everything_and_fit(text: str, room: int) -> None:
    lines = broken(text, [1.0] * len(text), room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= room for line in lines)


def test_kinsoku() -> None:
    text = "観測を広げることで一致した。「次」も開く"
    for room in range(6, 20):
        lines = broken(text, [1.0] * len(text), room)
        assert not any(line[0] in "。」、" for line in lines)
        assert not any(line[-1] == "「" for line in lines)


@pytest.mark.parametrize(("settings", "base_url"), [("", BASE), ("og_images: true\n", "")])
def test_none_are_made_unless_asked_for_and_of_use(tmp_path: Path, settings: str, base_url: str) -> None:
    site = build_site(CASES / "feeds" / "site", tmp_path / "site", settings=settings, base_url=base_url)
    assert not list(site.rglob("*.png"))
    assert "og:image" not in (site / "briefings" / "2031-03-04-talks" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("missing", ["font", "Pillow"])
def test_one_warning_where_they_cannot_be_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    if missing == "font":
        monkeypatch.setattr(fonts, "japanese_font", lambda: None)
    else:
        monkeypatch.setattr(fonts, "pillow", lambda: False)
    root = tmp_path / "site"
    site = build_site(CASES / "feeds" / "site", root, settings="og_images: true\n")
    assert not list(site.rglob("*.png"))
    (root / "content" / "notes" / "free.md").unlink()
    outcome = build(root, Options(base_url=BASE, search=False, jobs=1))
    assert outcome.ok
    warnings = [problem for problem in outcome.problems if problem.code == "no-pictures"]
    assert len(warnings) == 1
    assert missing in warnings[0].what
    assert ROOT.name not in str(warnings[0])
