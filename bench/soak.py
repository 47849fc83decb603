"""Many random edits under a running preview with two browsers open, and what is left afterwards.

    python bench/soak.py --edits 500 --briefings 60 --seed 1

Bodies, titles, renames, new and deleted briefings, new folders, broken and mended front matter, broken, deleted and
mended templates, styles, settings. Afterwards everything is mended, and: the served tree must be a clean build's, byte
for byte; both browsers must show the last version of their page; memory must not have grown by 20 MB since the
first 50 edits; nothing may be left running after Ctrl-C. Ends with status 1 when one of these does not hold.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus import samples, write
from playwright.sync_api import sync_playwright
from serve import CHROMIUM, FLAGS, free_port

ROOT = Path(__file__).resolve().parent.parent
WARM = 50
ALLOWED_MB = 20


@dataclass(slots=True)
class Site:
    """A project that is edited at random; `damage` holds what must be mended, by path."""

    root: Path
    pick: random.Random
    damage: dict[Path, bytes] = field(default_factory=dict)
    count: int = 0

    def edit(self) -> str:
        """One random edit; its name."""
        if self.damage and self.pick.random() < 0.5:
            path, data = self.damage.popitem()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            return "mend"
        return self.pick.choices(EDITS, weights=[weight for _, weight in WEIGHTS])[0](self)

    def briefing(self) -> Path:
        """Any briefing that is whole."""
        return self.pick.choice([path for path in self.briefings() if path not in self.damage])

    def briefings(self) -> list[Path]:
        """All briefings."""
        return sorted((self.root / "content/briefings").rglob("*.md"))

    def mend_all(self) -> None:
        """Put right whatever is broken."""
        for path, data in self.damage.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        self.damage.clear()


def body(site: Site) -> str:
    path = site.briefing()
    path.write_text(f"{path.read_text('utf-8')}\n追記 {site.pick.random()}\n", "utf-8")
    return "body"


def atomic(site: Site) -> str:
    path = site.briefing()
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(f"{path.read_text('utf-8')}\n置換 {site.pick.random()}\n", "utf-8")
    temporary.replace(path)
    return "atomic save"


def title(site: Site) -> str:
    path = site.briefing()
    text = path.read_text("utf-8")
    path.write_text(text.replace('title: "', f'title: "版{site.pick.randrange(1000)} ', 1), "utf-8")
    return "title"


def rename(site: Site) -> str:
    path = site.briefing()
    site.count += 1
    path.rename(path.with_name(f"{path.stem[:17]}-r{site.count}.md"))
    return "rename"


def folder(site: Site) -> str:
    path = site.briefing()
    site.count += 1
    target = site.root / f"content/briefings/f{site.count}"
    target.mkdir()
    path.rename(target / path.name)
    return "move to a new folder"


def copy(site: Site) -> str:
    path = site.briefing()
    site.count += 1
    shutil.copy(path, path.with_name(f"{path.stem[:17]}-c{site.count}.md"))
    return "new"


def delete(site: Site) -> str:
    if len(site.briefings()) > 20:
        site.briefing().unlink()
    return "delete"


def break_front(site: Site) -> str:
    path = site.briefing()
    site.damage[path] = path.read_bytes()
    path.write_bytes(site.pick.choice([b"---\ntitle: [\n---\n", b"---\ntitel: x\n---\n", b"\xff\xfe---", b""]))
    return "break a briefing"


def break_template(site: Site) -> str:
    path = site.root / "templates/briefing.html"
    if path not in site.damage:
        site.damage[path] = path.read_bytes()
    if site.pick.random() < 0.5:
        path.unlink(missing_ok=True)
    else:
        path.write_text("{% if %}", "utf-8")
    return "break a template"


def break_settings(site: Site) -> str:
    path = site.root / "site.yaml"
    site.damage.setdefault(path, path.read_bytes())
    path.write_text("titel: x\n: :", "utf-8")
    return "break the settings"


def style(site: Site) -> str:
    path = site.root / "templates/assets/site.css"
    path.write_text(f"{path.read_text('utf-8')}\n/* {site.pick.random()} */\n", "utf-8")
    return "style"


WEIGHTS: tuple[tuple[Callable[[Site], str], int], ...] = (
    (body, 30), (atomic, 15), (title, 12), (rename, 6), (folder, 3), (copy, 6), (delete, 5),
    (break_front, 10), (break_template, 3), (break_settings, 3), (style, 3),
)  # fmt: skip
EDITS = [edit for edit, _ in WEIGHTS]


def memory_mb(leader: int) -> float:
    """Resident memory of a process group in MB; Linux only."""
    pages = 0
    for pid in filter(str.isdecimal, os.listdir("/proc")):
        try:
            group = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[2]
            pages += int(Path(f"/proc/{pid}/statm").read_text("utf-8").split()[1]) if group == str(leader) else 0
        except OSError:
            continue
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_048_576


def state(port: int) -> dict[str, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", "/__/state")
    found: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    return found


def answers(port: int) -> bool:
    try:
        return bool(state(port))
    except OSError:
        return False


def settle(port: int, *, quiet: float = 0.15) -> dict[str, Any]:
    """Wait until every save is worked in and nothing more comes."""
    end, since = time.monotonic() + 600, time.monotonic()
    known = state(port)
    while time.monotonic() < end:
        time.sleep(0.03)
        now = state(port)
        if now["wanted"] != now["visible"] or now["wanted"] != known["wanted"] or now["building"]:
            known, since = now, time.monotonic()
        elif time.monotonic() - since > quiet:
            return now
    raise SystemExit("it never came to rest")


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def build_clean(root: Path, work: Path) -> dict[str, bytes]:
    clean = work / "clean"
    shutil.copytree(root, clean, ignore=shutil.ignore_patterns("output", ".yoroku"))
    subprocess.run([sys.executable, str(ROOT / "build.py"), "-C", str(clean), "build", "--no-search"], check=True)
    return tree(clean / "output")


def soak(options: argparse.Namespace, work: Path) -> list[str]:
    """Run it; what did not hold, in words."""
    root, port, wrong = work / "site", free_port(), []
    shutil.copytree(ROOT / "templates", root / "templates")
    shutil.copy(ROOT / "site.yaml", root)
    write(options.briefings, root / "content/briefings", form="yoroku")
    site = Site(root, random.Random(options.seed))
    newest = max(samples(options.briefings), key=lambda item: item.at)
    command = [sys.executable, str(ROOT / "build.py"), "-C", str(root), "serve", "--port", str(port), "--no-search"]
    process = subprocess.Popen(command, stderr=(work / "log").open("wb"), start_new_session=True)
    early, failures = 0.0, 0
    try:
        end = time.monotonic() + 60
        while not answers(port) and time.monotonic() < end:
            time.sleep(0.1)
        settle(port, quiet=1.0)
        with sync_playwright() as playwright:
            program = next(filter(None, map(shutil.which, CHROMIUM)))
            browsers = [playwright.chromium.launch(executable_path=program, args=FLAGS) for _ in range(2)]
            pages = [browser.new_page() for browser in browsers]
            for page, path in zip(pages, ("/", f"/briefings/{newest.slug}/"), strict=True):
                page.goto(f"http://localhost:{port}{path}")
            for number in range(options.edits):
                site.edit()
                if site.pick.random() < 0.7:
                    failures += bool(settle(port)["problem"])
                if number == min(WARM, options.edits // 5):
                    early = memory_mb(process.pid)
                if process.poll() is not None:
                    return [f"the preview ended after {number} edits"]
            site.mend_all()
            final = settle(port, quiet=1.5)
            if final["problem"]:
                wrong.append("a mended site still shows an error page")
            for page in pages:
                page.wait_for_timeout(500)
                shown = page.evaluate("document.querySelector('main')?.innerText")
                page.reload()
                if shown != page.evaluate("document.querySelector('main')?.innerText"):
                    wrong.append(f"a browser shows an old version of {page.url}")
            for browser in browsers:
                browser.close()
        late = memory_mb(process.pid)
        print(f"{options.edits} edits, {failures} error pages, {early:.0f} MB then {late:.0f} MB")
        if late - early > ALLOWED_MB:
            wrong.append(f"memory grew by {late - early:.0f} MB")
    finally:
        os.kill(process.pid, signal.SIGINT)
        status = process.wait(120)
    if status != 0:
        wrong.append(f"it ended with status {status}")
    left = subprocess.run(["pgrep", "-g", str(process.pid)], capture_output=True, text=True, check=False).stdout.split()
    wrong += [f"process {pid} is still there" for pid in left]
    served, clean = tree(root / "output"), build_clean(root, work)
    differing = sorted(name for name in served.keys() | clean.keys() if served.get(name) != clean.get(name))
    if differing:
        wrong.append(f"{len(differing)} files are not a clean build's, such as {differing[:5]}")
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=500)
    parser.add_argument("--briefings", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        wrong = soak(options, Path(work))
    print("\n".join(wrong) or "everything held")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
