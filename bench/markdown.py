"""Milliseconds to render one body of 3 KB: plain markdown-it-py, our rules as they are, our rules with shortcuts.

    python bench/markdown.py [ROUNDS]

CPU time of the best and of the median round. Plain markdown-it-py makes HTML only; ours also makes links, headings,
sections, plain text and line marks.
"""

from __future__ import annotations

import gc
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from markdown_it import MarkdownIt

from yoroku.markdown import Embed, ImageInfo, Target, WikiRef, render
from yoroku.markdown.parser import Parser

PAGES_A_ROUND = 100


class _Site:
    """A site in which everything exists."""

    def link(self, ref: WikiRef) -> Target | None:
        return Target(f"/{ref.target}/", ref.target)

    def embed(self, ref: WikiRef) -> Embed | None:
        return Embed(url=f"/{ref.target}/", title=ref.target)

    def url(self, href: str) -> str | None:
        return href

    def image(self, src: str) -> ImageInfo | None:
        return ImageInfo(src)

    def suggest(self, _written: str, _kind: str) -> str:
        return ""


def body() -> str:
    """An invented body (見本) of about 3 KB with the mix of an imported briefing: line marks on every block."""
    lines = [
        "## 1 会談の概要",
        "見本の両大臣は、地域の協力について意見を交わし、**「連携の強化」**が重要だという認識で一致した。",
    ]
    for number in range(7):
        lines.append(
            f"第{number + 1}に、訓練の分野で協力を進めることを確認した。場所と時期は、実務者が引き続き詰める。"
        )
    lines.append("## 2 合意した事項")
    lines += [f"- 共同の訓練を年に{number}回行う。費用は双方が等しく負担する。" for number in range(1, 9)]
    lines.append("## 3 資料")
    for number in range(3):
        lines.append(f"発表の全文は https://www.example.jp/news/{number}.html に載っている（日本語）。")
    lines.append("> 我々は、これまでの取り組みを評価し、次の段階に進む。")
    for number in range(6):
        lines.append(
            f"記者団に対し、担当者は「準備は順調だ。説明も続ける」と述べた。次の会合は{number + 5}月に開かれる。"
        )
    marked = [f"{line} ^L{number}" for number, line in enumerate(lines, 3)]
    joined = "\n\n".join(marked)
    return joined.replace("\n\n- ", "\n- ").replace("事項 ^L12\n- ", "事項 ^L12\n\n- ") + "\n"


def measure(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The best and the median milliseconds a page."""
    work()
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        for _ in range(PAGES_A_ROUND):
            work()
        times.append((time.process_time() - begin) / PAGES_A_ROUND * 1000)
    return min(times), statistics.median(times)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    source = body()
    plain = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    unhurried, site = Parser(fast_paths=False), _Site()
    print(f"{len(source.encode()):,} bytes, {len(source):,} characters; Python {platform.python_version()}")
    gc.disable()
    for name, work in (
        ("plain markdown-it-py, HTML only", lambda: plain.render(source)),
        ("all rules, no shortcuts", lambda: render(source, path="x.md", resolve=site, parser=unhurried)),
        ("all rules, shortcuts", lambda: render(source, path="x.md", resolve=site)),
    ):
        best, median = measure(work, rounds)
        print(f"{name:34} best {best:.2f} ms, median {median:.2f} ms")


if __name__ == "__main__":
    main()
