"""Hostile texts of every kind go through import, build and a real browser: nothing runs, leaves, escapes or breaks.

The cases lie in `cases/attacks/`, one family a file, separated by lines of `%%`.
"""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from sample_site import begin, tree, write

from yoroku.build.pipeline import Options, build, check
from yoroku.markdown import render
from yoroku.problems import Severity
from yoroku.site.resolver import SiteResolver

CASES = Path(__file__).parent / "cases/attacks"
CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Attributes of our own pages that hold an address.
ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "xlink:href", "srcset")
SAFE = {"", "http", "https", "mailto"}
# The properties that our calendars have; one more would be a title that broke out of its line.
CALENDAR = {
    "BEGIN",
    "END",
    "VERSION",
    "PRODID",
    "CALSCALE",
    "METHOD",
    "NAME",
    "X-WR-CALNAME",
    "X-WR-TIMEZONE",
    "TZID",
    "TZOFFSETFROM",
    "TZOFFSETTO",
    "TZNAME",
    "RRULE",
    "RDATE",
    "UID",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "DURATION",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "URL",
    "CATEGORIES",
    "STATUS",
    "TRANSP",
    "LAST-MODIFIED",
    "SEQUENCE",
    "CLASS",
    "REFRESH-INTERVAL",
    "X-PUBLISHED-TTL",
    "SOURCE",
}


def cases(name: str) -> list[str]:
    with (CASES / f"{name}.txt").open(encoding="utf-8", newline="") as file:
        return file.read().removesuffix("\n").split("\n%%\n")


TEXTS = {name: cases(name) for name in ("html", "svg", "urls", "markdown", "templates", "bidi", "paths")}


def is_sound(text: str) -> bool:
    """Whether an editor's note with this text would be built at all."""
    found = render(text, path="x.md", resolve=SiteResolver({}, exists=lambda url: False))
    return not any(problem.severity is Severity.ERROR for problem in found.problems)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A site of nothing but attacks, built, and what lay around it before."""
    outer = tmp_path_factory.mktemp("outer")
    root = begin(outer / "site")
    shutil.rmtree(root / "content/bulletins")
    (root / "content/notes/first-note.md").unlink()
    for name, texts in TEXTS.items():
        write(root / f"content/bulletins/2024-01-01-{name}.txt", f"{texts[0]}\n\n" + "\n\n".join(texts) + "\n")
        page = "".join(f"<p>2024年1月1日の項目{number}</p><div>{text}</div>\n" for number, text in enumerate(texts))
        write(root / f"content/bulletins/2024-01-02-{name}.html", f"<title>{texts[0]}</title><body>{page}")
        sound = [text for text in texts if is_sound(text)]
        quoted = texts[0].replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\t", " ")
        write(
            root / f"content/notes/{name}.md",
            f'---\ntitle: "{quoted}"\ndate: 2024-01-03\nauthor: "{quoted}"\ntags: ["{quoted}"]\n'
            f'kind: correction\nwas: "{quoted}"\nnow: "{quoted}"\nreason: "{quoted}"\n---\n'
            + "\n\n".join(sound)
            + "\n",
        )
        fields = f'[{{name: "{quoted}", role: "{quoted}", lines: [1]}}]'
        write(
            root / f"content/briefings/2024/2024-01-04-{name}.md",
            f'---\ntitle: "{quoted}"\nlang: ja\nkind: "{quoted}"\ndate: 2024-01-04\n'
            f'event: {{start: 2024-01-04, place: "{quoted}", lines: [1]}}\n'
            f'sources: [{{publisher: "{quoted}", title: "{quoted}", url: "javascript:window.owned=1", policy: full}}]\n'
            f"people: {fields}\n"
            f'organisations: ["{quoted}"]\nplaces: ["{quoted}"]\ntopics: ["{quoted}"]\n'
            f'summary: [{{text: "{quoted}", lines: [1]}}]\n'
            f'decisions: [{{text: "{quoted}", by: ["{quoted}"], lines: [1]}}]\n'
            f'statements: [{{speaker: "{quoted}", text: "{quoted}", lines: [1]}}]\n'
            'references: [{url: "javascript:window.owned=1", title: x}, {url: "data:text/html,x", title: y}]\n'
            "---\n" + "\n\n".join(f"{text} ^L{number}" for number, text in enumerate(sound, 1)) + "\n",
        )
    write(outer / "secret.txt", "a secret that nothing may copy")
    before = {name: data for name, data in tree(outer).items() if not name.startswith("site/")}
    outcome = build(root, Options(base_url="https://site.example/repo"))
    assert outcome.ok, "\n".join(map(str, outcome.errors))
    return root, before


class Audit(HTMLParser):
    """Gathers what of a page could run, load or lead away."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.forms: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag in ("iframe", "object", "embed", "base", "frame", "applet", "style", "template", "foreignobject"):
            self.wrong.append(f"<{tag}>")
        for name, value in found.items():
            scheme = urlsplit(re.sub(r"[\x00-\x20]", "", value)).scheme if name in ADDRESSES else ""
            if name.startswith("on") or name in ("style", "srcdoc") or scheme not in SAFE:
                self.wrong.append(f"<{tag} {name}={value!r}>")
        loaded = found.get("src") or (
            found.get("href") if tag == "link" and "canonical" not in found.get("rel", "") else ""
        )
        if loaded and urlsplit(loaded).netloc and found.get("rel") not in ("alternate",):
            self.wrong.append(f"<{tag}> loads {loaded}")
        if (
            tag == "script"
            and "src" not in found
            and found.get("type") not in ("application/ld+json", "application/json")
        ):
            self.wrong.append("<script> of its own")


def test_there_are_enough_of_them() -> None:
    assert sum(map(len, TEXTS.values())) + len(cases("front-matter")) >= 150


def test_no_page_has_anything_that_could_run_or_load(hostile: tuple[Path, dict[str, bytes]]) -> None:
    root, _ = hostile
    pages = sorted((root / "output").rglob("*.html"))
    assert len(pages) > 100
    for page in pages:
        audit = Audit()
        audit.feed(page.read_text("utf-8"))
        assert audit.wrong == [], page


def test_templates_in_texts_stay_texts(hostile: tuple[Path, dict[str, bytes]]) -> None:
    root, _ = hostile
    for name, data in tree(root / "output").items():
        assert b"9359" not in data or b"7*7*191" not in data, name
        assert b"root:x:0:0" not in data, name
        assert b"<class '" not in data, name


def test_nothing_was_written_outside_and_nothing_outside_was_read(hostile: tuple[Path, dict[str, bytes]]) -> None:
    root, before = hostile
    assert {name: data for name, data in tree(root.parent).items() if not name.startswith("site/")} == before
    assert not list(root.parent.rglob("owned*"))
    assert {path.name for path in root.iterdir()} == {".yoroku", "content", "output", "site.yaml", "templates"}
    for name, data in tree(root / "output", search=True).items():
        assert b"a secret that nothing may copy" not in data, name
        assert ".." not in name.split("/")


def test_every_attack_as_a_title_leaves_feeds_calendars_maps_and_data_well_formed(tmp_path: Path) -> None:
    root = begin(tmp_path / "site")
    shutil.rmtree(root / "content/bulletins")
    (root / "content/notes/first-note.md").unlink()
    titles = {" ".join(text.split()) for texts in TEXTS.values() for text in texts} - {""}
    # A text that looks too deep to be YAML is refused as such before it is read.
    for number, title in enumerate(sorted(title for title in titles if len(re.findall(r"[\[{]", title)) < 20)):
        # A string of JSON is one of YAML too.
        quoted = json.dumps(re.sub("[\x00-\x1f\x7f]", "", title), ensure_ascii=False)
        write(
            root / f"content/briefings/2024/2024-01-04-t{number}.md",
            f"---\ntitle: {quoted}\nlang: ja\nkind: {quoted}\ndate: 2024-01-04\n"
            f"event: {{start: 2024-01-04T10:00+09:00, place: {quoted}, lines: [1]}}\n"
            f"sources: [{{publisher: {quoted}, title: {quoted}, policy: full}}]\n"
            f"people: [{{name: {quoted}, role: {quoted}, lines: [1]}}]\ntopics: [{quoted}]\n---\n本文。 ^L1\n",
        )
    outcome = build(root, Options(base_url="https://site.example/repo", search=False))
    assert outcome.ok, "\n".join(map(str, outcome.errors))
    output = root / "output"
    for path in (*output.rglob("*.xml"), *output.rglob("*.svg")):
        ElementTree.parse(path)
    for path in (*output.rglob("*.json"), *output.rglob("*.webmanifest")):
        json.loads(path.read_text("utf-8"))
    for path in output.rglob("*.ics"):
        data = path.read_bytes()
        assert b"\n" not in data.replace(b"\r\n", b""), path
        names = {line.split(":")[0].split(";")[0] for line in data.replace(b"\r\n ", b"").decode().splitlines()}
        assert names <= CALENDAR, (path, names - CALENDAR)
    blocks = 0
    for path in output.rglob("*.html"):
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script', path.read_text("utf-8"), re.S):
            json.loads(block)
            assert "<" not in block, path
            blocks += 1
    assert blocks > len(titles)
    shown = [item["title"] for item in json.loads((output / "feed.json").read_text("utf-8"))["items"]]
    assert shown
    assert not any(BIDI.search(title) for title in shown)


def test_file_names_of_the_output_are_safe_everywhere(hostile: tuple[Path, dict[str, bytes]]) -> None:
    root, _ = hostile
    seen: set[str] = set()
    for name in tree(root / "output"):
        assert not re.search(r'[\\<>:"|?*\x00-\x1f]', name), name
        assert all(len(part.encode()) <= 255 and part[-1] not in ". " for part in name.split("/")), name
        folded = unicodedata.normalize("NFC", name).casefold()
        assert folded not in seen, name
        seen.add(folded)


def test_a_browser_runs_nothing_asks_nobody_and_keeps_its_layout(hostile: tuple[Path, dict[str, bytes]]) -> None:
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    api = pytest.importorskip("playwright.sync_api")
    output = hostile[0] / "output"
    pages = [path for kind in ("briefings", "notes") for path in sorted((output / kind).glob("*/index.html"))]
    pages += [output / "index.html", output / "corrections/index.html", output / "people/index.html"]
    dialogs: list[str] = []
    asked: list[str] = []
    with api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_context(viewport={"width": 1000, "height": 800}).new_page()
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))

        def answer(route: object) -> None:
            parts = urlsplit(route.request.url)  # type: ignore[attr-defined]
            path = output / unquote(parts.path).removeprefix("/repo/")
            path = path / "index.html" if path.is_dir() else path
            if parts.netloc != "site.example" or not path.is_file():
                asked.append(route.request.url)  # type: ignore[attr-defined]
                route.abort()  # type: ignore[attr-defined]
            else:
                route.fulfill(path=str(path))  # type: ignore[attr-defined]

        page.route("**/*", answer)
        assert len(pages) > 25
        for path in pages:
            url = f"https://site.example/repo/{path.relative_to(output).as_posix().removesuffix('index.html')}"
            page.goto(url, wait_until="load")
            state = page.evaluate(STATE)
            where = path.relative_to(output).as_posix()
            assert state["owned"] is None, where
            assert state["url"] == url, where
            assert state["landmarks"] == [1, 1, 1], where
            assert state["foreign"] == 0, where
            assert state["covering"] == 0, where
            assert state["wide"] <= 1, (where, state["wide"])
            assert state["direction"] == "ltr", where
            assert state["footer"] == "ltr-order", where
        browser.close()
    assert dialogs == []
    assert [url for url in asked if not url.endswith("/favicon.ico")] == []


# What a page that was broken out of would show: another owner, missing landmarks, foreign elements, a sideways scroll,
# a footer whose letters run the other way.
STATE = """() => {
  const range = document.createRange();
  const walker = document.createTreeWalker(document.querySelector('footer'), NodeFilter.SHOW_TEXT);
  let order = 'ltr-order';
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.search(/\\S\\S/);
    if (at < 0) continue;
    range.setStart(node, at); range.setEnd(node, at + 1); const first = range.getBoundingClientRect();
    range.setStart(node, at + 1); range.setEnd(node, at + 2); const second = range.getBoundingClientRect();
    if (first.top === second.top && first.left > second.left) order = 'rtl-order';
  }
  return {
    owned: window.owned ?? null,
    url: location.href,
    landmarks: ['main', 'body > header', 'body > footer'].map((one) => document.querySelectorAll(one).length),
    foreign: document.querySelectorAll('iframe,object,embed,base,style,marquee,plaintext,'
      + '[onerror],[onload],[onclick]').length,
    covering: [...document.querySelectorAll('main *')].filter((e) => getComputedStyle(e).position === 'fixed'
      && e.getBoundingClientRect().width > 500 && getComputedStyle(e).visibility === 'visible').length,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    direction: getComputedStyle(document.documentElement).direction,
    footer: order,
  };
}"""


@pytest.mark.parametrize("front", cases("front-matter"))
def test_hostile_front_matter_is_a_problem_or_only_text(tmp_path: Path, front: str) -> None:
    root = tmp_path / "site"
    shutil.copytree(begin(tmp_path / "sample") / "templates", root / "templates")
    write(root / "site.yaml", "title: 見本\n")
    write(root / "content/notes/attack.md", f"---\n{front}\n---\n本文。\n")
    outcome = build(root, Options(search=False))
    assert outcome.ok or {problem.at.path for problem in outcome.errors} == {"content/notes/attack.md"}, (
        outcome.problems
    )
    assert {path.name for path in tmp_path.iterdir()} == {"site", "sample"}
    assert not list(tmp_path.rglob("owned*"))
    for page in root.glob("output/**/*.html"):
        audit = Audit()
        audit.feed(page.read_text("utf-8"))
        assert audit.wrong == [], page


@pytest.mark.parametrize("text", [text for text in TEXTS["paths"] if not is_sound(text)])
def test_links_that_leave_the_site_are_problems_with_their_place(text: str) -> None:
    found = render(text, path="x.md", resolve=SiteResolver({}, exists=lambda url: False), first_line=9)
    assert {(problem.at.path, problem.at.line) for problem in found.problems} == {("x.md", 9)}
    assert "/etc/passwd" not in re.sub(
        r"<[^>]*>", lambda tag: unquote(tag[0]) if "href" in tag[0] else "", found.html
    ) or ("href" not in found.html)


def test_the_check_finds_what_hides_in_review(hostile: tuple[Path, dict[str, bytes]]) -> None:
    outcome = check(hostile[0])
    assert [str(problem) for problem in outcome.problems if problem.severity is Severity.ERROR] == []
