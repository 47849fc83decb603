"""Pictures beside notes: found however they are written, copied, sized, and remade when they change."""

from __future__ import annotations

import struct
import unicodedata
from pathlib import Path

import pytest
from editors_site import BRIEFING, PAGE, Site, png

from yoroku.site.outlinks import files_named
from yoroku.site.pictures import size_of


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "site")


def note_page(site: Site, body: str) -> str:
    site.note("one", body)
    assert site.made() == []
    return site.page("notes/one/index.html")


@pytest.mark.parametrize(
    ("file", "written"),
    [
        ("content/notes/図.png", "![図](図.png)"),
        ("content/notes/図.png", "![図](%E5%9B%B3.png)"),
        ("content/notes/図.png", "![図](./図.png)"),
        ("content/notes/images/港 の図.png", "![図](<images/港 の図.png>)"),
        ("content/notes/images/港 の図.png", "![図](images/港%20の図.png)"),
        ("content/notes/images/港 の図.png", "![[港 の図.png|図]]"),
        ("content/notes/images/港 の図.png", "![[images/港 の図.png|図]]"),
        ("content/media/a.png", "![図](../media/a.png)"),
        ("content/media/a.png", "![図](/media/a.png)"),
        ("content/media/a.png", "![図](a.png)"),
        ("content/briefings/2024/b.png", "![図](../briefings/2024/b.png)"),
        ("content/notes/" + unicodedata.normalize("NFD", "がぞう.PNG"), "![図](がぞう.PNG)"),
    ],
)
def test_a_picture_is_found_however_it_is_written(site: Site, file: str, written: str) -> None:
    site.write(file, png(40, 30))
    page = note_page(site, written)
    below = file.removeprefix("content/media/").removeprefix("content/")
    copied = site.root / "output/media" / unicodedata.normalize("NFC", below)
    assert copied.read_bytes() == png(40, 30)
    image = page[page.index("<img src=") :]
    image = image[: image.index("/>")]
    assert image.isascii() or 'alt="図"' in image
    address = image.split('"')[1]
    assert address.isascii()
    assert " " not in address
    assert address.startswith("../../media/")
    assert 'width="40" height="30" loading="lazy"' in image


def test_obsidian_sizes_keep_the_proportions(site: Site) -> None:
    site.write("content/notes/a.png", png(40, 30))
    page = note_page(site, "![[a.png|説明|20]]\n")
    assert 'alt="説明" width="20" height="15"' in page


def test_a_picture_that_changes_its_size_remakes_what_shows_it(site: Site) -> None:
    site.write("content/notes/a.png", png(40, 30))
    site.note("two", "関係ない。")
    note_page(site, "![図](a.png)")
    site.write("content/notes/a.png", png(80, 20))
    outcome = site.build()
    assert "notes/one/index.html" in outcome.written
    assert "media/notes/a.png" in outcome.written
    assert "notes/two/index.html" not in outcome.written
    assert 'width="80" height="20"' in site.page("notes/one/index.html")
    site.write("content/notes/a.png", png(80, 20, grey=9))
    assert site.build().written == ("media/notes/a.png",)


def test_a_missing_picture_stops_the_build_with_a_suggestion(site: Site) -> None:
    site.write("content/notes/images/観測網.png", png(4, 3))
    site.note("one", "本文。\n\n![図](観測綱.png) と ![[観測糸.png]]")
    wrong = site.wrong()
    assert wrong == [
        "content/notes/one.md:7:6: error: there is no image '観測綱.png'; "
        "did you mean 'images/観測網.png'? [broken-image]",
        "content/notes/one.md:7:20: error: '![[観測糸.png]]' leads nowhere; "
        "did you mean '観測網.png'? [unresolved-embed]",
    ]
    assert not (site.root / "output").exists()


def test_a_picture_without_a_description_is_a_warning(site: Site) -> None:
    site.write("content/notes/a.png", png(4, 3))
    site.note("one", "![](a.png)")
    assert site.made() == [
        "content/notes/one.md:5:5: warning: the image 'a.png' has no alternative text; "
        "say between the brackets what it shows [missing-alt]"
    ]


def test_two_files_cannot_have_one_address(site: Site) -> None:
    site.write("content/media/notes/a.png", png(4, 3))
    site.write("content/notes/a.png", png(4, 3))
    wrong = site.wrong()
    assert len(wrong) == 1
    assert "would have the same address as content/media/notes/a.png" in wrong[0]


def test_pictures_on_a_briefing_work_in_both_languages(site: Site) -> None:
    site.write("content/briefings/2024/a.png", png(4, 3))
    file = site.root / "content/briefings/2024/2024-02-01-buoys.md"
    file.write_text(file.read_text("utf-8") + "\n![図](a.png)\n", "utf-8")
    assert site.made() == []
    assert 'src="../../media/briefings/2024/a.png"' in site.page(PAGE)
    assert 'src="../../../media/briefings/2024/a.png"' in site.page(f"en/{PAGE}")


def box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data) + 8) + kind + data


EXIF = b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0) + b"\0\0\0\0"
JPEG_FRAME = b"\xff\xc2" + struct.pack(">HBHHB", 11, 8, 30, 40, 1) + b"\x01\x11\x00"


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(40, 30), (40, 30)),
        (b"GIF89a" + struct.pack("<HH", 40, 30), (40, 30)),
        (b"\xff\xd8\xff\xe0" + struct.pack(">H", 4) + b"JF" + JPEG_FRAME, (40, 30)),
        (b"\xff\xd8\xff\xe1" + struct.pack(">H", len(EXIF) + 2) + EXIF + JPEG_FRAME, (30, 40)),
        (b"RIFF____WEBPVP8X" + b"\0" * 8 + b"\x27\0\0\x1d\0\0", (40, 30)),
        (b"RIFF____WEBPVP8L" + b"\0" * 4 + b"\x2f" + struct.pack("<I", 39 | 29 << 14), (40, 30)),
        (b"RIFF____WEBPVP8 " + b"\0" * 7 + b"\x9d\x01\x2a" + struct.pack("<HH", 40, 30), (40, 30)),
        (box(b"ftyp", b"avif") + box(b"ispe", struct.pack(">III", 0, 40, 30)), (40, 30)),
        (b"<?xml version='1.0'?><svg width='40px' height=\"30\"/>", (40, 30)),
        (b'<svg xmlns="x" viewBox="0 0 40 30" width="100%"/>', (40, 30)),
        (b"<svg/>", None),
        (b"", None),
        (b"\xff\xd8\xff", None),
        (b"\x89PNG\r\n\x1a\n", None),
    ],
)
def test_sizes(data: bytes, size: tuple[int, int] | None) -> None:
    assert size_of(data) == size


CLOSED = {
    "draft": "draft: true\n",
    "scheduled": "publish_at: 2999-01-01\n",
    "embargoed": "embargo_until: 2999-01-01\n",
    "expired": "expires_at: 2001-01-01\n",
}


def test_a_picture_is_withheld_with_the_only_text_that_shows_it(site: Site) -> None:
    site.note("open", "文だけ。")
    for name, state in CLOSED.items():
        site.write(f"content/notes/images/{name}.png", png(4, 3))
        site.note(name, f"![図](images/{name}.png)", state)
    for _ in range(2):  # a build that remembers says the same
        told = site.build().withheld  # type: ignore[attr-defined]
        assert {f"content/notes/images/{name}.png: only withheld texts show it" for name in CLOSED} <= set(told)
        assert not [path for path in site.tree() if path.endswith("d.png") or path.endswith("draft.png")]
    # An edit of a text that readers see brings one back, and leaves the rest alone.
    site.note("open", "![図](images/draft.png)")
    assert site.made() == []
    assert [path for path in site.tree() if path.startswith("media/")] == ["media/notes/images/draft.png"]
    site.note("open", "文だけ。")
    site.made()
    assert not [path for path in site.tree() if path.startswith("media/")]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("![図](images/a.png)", "images/a.png"),
        ("![図]( <images/港 の図.png> )", "images/港 の図.png"),
        ("![図](図(1).png)と", "図(1).png"),
        ("![[a.png|図|300]]", "a.png"),
        ("| ![[a.png\\|図]] |", "a.png"),
        ("> ![図][b]\n>\n> [b]: images/a.png", "images/a.png"),
        ("[資料](../media/a.pdf#page=2)", "../media/a.pdf"),
        ("![図](a.png?x=1)", "a.png"),
    ],
)
def test_what_a_text_calls_its_files(written: str, name: str) -> None:
    assert files_named(f"前。\n\n{written}\n\n後。") == (name,)


def test_a_preview_of_drafts_shows_their_pictures(site: Site) -> None:
    site.write("content/media/a.png", png(4, 3))
    site.note("closed", "![図](a.png)", "draft: true\n")
    site.made(drafts=True)
    assert (site.root / "output/media/a.png").exists()
    site.made()
    assert not (site.root / "output/media/a.png").exists()


def test_of_two_pictures_of_one_name_the_one_that_readers_see_is_published(site: Site) -> None:
    site.write("content/notes/a/zu.png", png(4, 3))
    site.write("content/notes/b/zu.png", png(4, 3, 9))
    site.note("open", "![図](a/zu.png)")
    site.note("closed", "![図](b/zu.png)", "draft: true\n")
    site.made()
    assert [path for path in site.tree() if path.endswith("zu.png")] == ["media/notes/a/zu.png"]


def test_a_picture_in_a_passage_that_rights_withhold_is_withheld(site: Site) -> None:
    site.write("content/media/a.png", png(4, 3))
    site.write("content/media/b.png", png(4, 3))
    site.write("content/media/c.png", png(4, 3))
    sources = (
        "sources: [{publisher: 汐見市, policy: full, lines: [1]}, {publisher: 北浜社, policy: private, lines: [2]}]\n"
    )
    head = f"---\ntitle: 二つの資料（見本）\ndate: 2024-02-01\n{sources}---\n"
    site.write(BRIEFING, f"{head}![図](../../media/a.png) ^L1\n\n![図](../../media/b.png) ^L2\n")
    site.write(
        "content/briefings/c.md",
        "---\ntitle: 非公開（見本）\nsources: [{publisher: 北浜社, policy: private}]\n---\n![図](../media/c.png)\n",
    )
    site.made()
    assert [path for path in site.tree() if path.startswith("media/")] == ["media/a.png"]


def test_a_file_that_no_text_names_is_published(site: Site) -> None:
    site.write("content/media/logo.png", png(4, 3))
    site.note("closed", "文だけ。", "draft: true\n")
    site.made()
    assert (site.root / "output/media/logo.png").exists()
