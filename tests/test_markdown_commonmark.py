"""CommonMark's own examples, all of them: no difference but the intended ones, each listed with its reason.

The examples are under CC BY-SA and so not in this repository. markdown-it-py carries them in its source archive, which
pip fetches once into pytest's cache; `COMMONMARK_EXAMPLES` may name a copy of `commonmark.json` instead.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from yoroku.markdown import Embed, ImageInfo, Target, WikiRef, render

ARCHIVE = "markdown-it-py==4.3.0"
MEMBER = "tests/test_cmark_spec/commonmark.json"
# The examples of CommonMark 0.31.2.
SHA256 = "d431b29d97b6f73e69d547109cf5081578fac931e72afe95639ebe766c1b2a20"
COUNT = 652

PLAIN = MarkdownIt("commonmark", {"html": False})

RAW_HTML = frozenset(
    {
        21,
        31,
        148,
        149,
        150,
        151,
        152,
        153,
        154,
        155,
        156,
        157,
        158,
        159,
        160,
        161,
        162,
        163,
        164,
        165,
        166,
        167,
        168,
        169,
        170,
        171,
        172,
        173,
        174,
        175,
        176,
        177,
        178,
        179,
        180,
        181,
        182,
        183,
        184,
        185,
        186,
        187,
        188,
        189,
        190,
        191,
        201,
        308,
        309,
        344,
        475,
        476,
        477,
        491,
        494,
        524,
        536,
        613,
        614,
        615,
        616,
        617,
        623,
        625,
        626,
        627,
        628,
        629,
        630,
        631,
        642,
        643,
    }
)
OTHER_SCHEMES = frozenset({596, 598, 599, 601})
BARE_URLS = frozenset({602, 608, 611})
WIKILINKS = frozenset({548, 590})


class Anything:
    """A site in which every URL and image stands as it is written, and no note exists."""

    def link(self, ref: WikiRef) -> Target | None:
        return None

    def embed(self, ref: WikiRef) -> Embed | None:
        return None

    def url(self, href: str) -> str | None:
        return href

    def image(self, src: str) -> ImageInfo | None:
        return ImageInfo(src)

    def suggest(self, written: str, kind: str) -> str:
        return ""


def ours(source: str) -> str:
    """Our HTML without what we add to elements: ids of headings, `rel` of external links, loading of images."""
    html = render(source, path="spec.md", resolve=Anything()).html
    html = re.sub(r'(<h[1-6]) id="[^"]*"', r"\1", html)
    return html.replace(' rel="external noopener"', "").replace(' loading="lazy" decoding="async"', "")


def normal(html: str) -> str:
    """An empty block quote may be written on one line or two; CommonMark's own runner does not tell them apart."""
    return html.replace("<blockquote></blockquote>", "<blockquote>\n</blockquote>")


def fetch(folder: Path) -> bytes | None:
    """Have pip download the source archive; None when there is no pip or no network."""
    pythons = (sys.executable, getattr(sys, "_base_executable", ""), shutil.which("python3") or "")
    for python in dict.fromkeys(filter(None, pythons)):
        command = [python, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary=markdown-it-py"]
        done = subprocess.run([*command, f"--dest={folder}", ARCHIVE], check=False, capture_output=True, timeout=120)
        if done.returncode == 0:
            with tarfile.open(next(folder.glob("markdown_it_py-*.tar.gz"))) as archive:
                name = next(name for name in archive.getnames() if name.endswith(MEMBER))
                member = archive.extractfile(name)
                assert member is not None
                return member.read()
    return None


@pytest.fixture(scope="module")
def examples(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    named = os.environ.get("COMMONMARK_EXAMPLES")
    kept = Path(named) if named else request.config.cache.mkdir("commonmark") / "commonmark.json"
    if not kept.is_file():
        content = fetch(tmp_path_factory.mktemp("archive"))
        if content is None:
            message = f"CommonMark's examples could not be fetched: no pip or no network ({ARCHIVE})"
            (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
        kept.write_bytes(content)
    content = kept.read_bytes()
    assert hashlib.sha256(content).hexdigest() == SHA256
    return json.loads(content)


def test_no_difference_but_the_intended(examples: list[dict[str, Any]]) -> None:
    intended = RAW_HTML | OTHER_SCHEMES | BARE_URLS | WIKILINKS
    differ = {one["example"] for one in examples if normal(ours(one["markdown"])) != normal(one["html"])}
    assert len(examples) == COUNT
    assert differ == intended
    document = (Path(__file__).parent.parent / "docs" / "markdown.md").read_text(encoding="utf-8")
    assert f"{COUNT - len(intended)} come out as the specification has them. The other {len(intended)}," in document


def test_raw_html_is_text_as_in_markdown_it(examples: list[dict[str, Any]]) -> None:
    chosen = [one for one in examples if one["example"] in RAW_HTML]
    assert chosen
    for one in chosen:
        assert ours(one["markdown"]) == PLAIN.render(one["markdown"]), one["example"]


def test_other_schemes_stay_text(examples: list[dict[str, Any]]) -> None:
    for one in examples:
        if one["example"] in OTHER_SCHEMES:
            assert "<a " not in ours(one["markdown"]), one["example"]


def test_bare_urls_become_links(examples: list[dict[str, Any]]) -> None:
    for one in examples:
        if one["example"] in BARE_URLS:
            unlinked = re.sub(r'<a href="([^"]*)">\1</a>', r"\1", ours(one["markdown"]))
            assert unlinked == one["html"], one["example"]


def test_unresolved_wikilinks_keep_their_words(examples: list[dict[str, Any]]) -> None:
    for one in examples:
        if one["example"] in WIKILINKS:
            assert '<span class="broken-link">foo</span>' in ours(one["markdown"]), one["example"]
