"""The package as people get it: a wheel, installed into an environment of its own, begins a site that builds."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest
from sample_site import PROJECT, tree

from yoroku.build.begin import begin

WHOLE = ("yoroku", "templates", "content", "schema", "editors", ".vscode", ".github", "scripts", "requirements")
FILES = ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "site.yaml", "build.py", ".pages.yml")
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")


def ran(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment}
    env.pop("PYTHONPATH", None)
    return subprocess.run(
        words, cwd=cwd, env=env, capture_output=True, encoding="utf-8", errors="replace", timeout=300, check=False
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `yoroku` command of a fresh environment, whose only other packages are those of this one."""
    pytest.importorskip("hatchling", reason="the wheel is built without the network")
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for name in WHOLE:
        if (PROJECT / name).exists():
            left_out = shutil.ignore_patterns("__pycache__", "briefings", "_site")
            shutil.copytree(PROJECT / name, source / name, ignore=left_out if name == "content" else None)
    for name in FILES:
        if (PROJECT / name).exists():
            shutil.copy(PROJECT / name, source / name)
    if importlib.util.find_spec("pip") is None:
        pytest.skip("there is no pip in this environment to build and install the wheel with")
    built = ran(*PIP, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source), cwd=folder)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = folder.glob("yoroku-*.whl")
    return environment(folder, str(wheel))


def environment(folder: Path, *asked: str) -> Path:
    """The `yoroku` command of a fresh environment in `folder`, installed as `asked`; nothing is fetched."""
    made = ran(sys.executable, "-m", "venv", "--without-pip", str(folder / "env"), cwd=folder)
    assert made.returncode == 0, made.stderr
    (programs,) = (path for name in ("bin", "Scripts") if (path := folder / "env" / name).is_dir())
    packages = next((folder / "env").glob("[Ll]ib*/**/site-packages"))
    python = next(path for path in programs.iterdir() if path.stem == "python")
    put = ran(*PIP, "--python", str(python), "install", "--no-deps", "--no-index", *asked, cwd=folder)
    assert put.returncode == 0, put.stdout + put.stderr
    # The libraries come from the environment of the tests.
    (packages / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return next(path for path in programs.iterdir() if path.stem == "yoroku")


@pytest.fixture(scope="module")
def begun(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site as the installed package begins it."""
    folder = tmp_path_factory.mktemp("begun")
    done = ran(str(installed), "init", "mine", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "mine"


def test_a_checkout_and_an_installed_package_begin_the_same_site(begun: Path, tmp_path: Path) -> None:
    begin(tmp_path)
    found, expected = tree(begun), tree(tmp_path)
    assert sorted(found) == sorted(expected)
    assert [name for name in expected if found[name] != expected[name]] == []
    for name in (
        "site.yaml",
        "build.py",
        "templates/base.html",
        ".github/workflows/pages.yml",
        ".vscode/settings.json",
        ".gitignore",
        ".pages.yml",
    ):
        assert name in found, name


def test_what_is_pushed_of_a_new_site_builds_with_the_program_that_it_carries(begun: Path, tmp_path: Path) -> None:
    site = pushed(begun, tmp_path / "site")
    # As the workflow does, but for the libraries, which are here already.
    listed = (site / "requirements.txt").read_text("utf-8")
    own = re.search(r"^\./vendor/\S+ \\\n *--hash=sha256:[0-9a-f]{64}\n", listed, re.MULTILINE)
    assert own
    (tmp_path / "own.txt").write_text(own[0].replace("./vendor", str(site / "vendor")), encoding="utf-8")
    program = environment(tmp_path, "--require-hashes", "-r", str(tmp_path / "own.txt"))
    python = str(program.with_name(program.name.replace("yoroku", "python")))
    built = ran(python, "build.py", "--no-search", cwd=site)
    assert built.returncode == 0, built.stdout + built.stderr
    pages = list((site / "output").rglob("*.html"))
    assert len(pages) > 200
    assert (site / "output/404.html").is_file()
    assert "見本" in (site / "output/index.html").read_text("utf-8")
    again = ran(str(program), "build", "--no-search", cwd=site)
    assert again.returncode == 0, again.stderr
    assert "0 written" in again.stdout + again.stderr
    checked = ran(python, "build.py", "check", cwd=site)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    # It carries all that it needs to begin another site, which carries the same.
    assert ran(str(program), "init", "other", cwd=tmp_path).returncode == 0
    assert tree(tmp_path / "other") == tree(begun)


def pushed(site: Path, target: Path) -> Path:
    """What somebody else gets of a site that was put into git with all that it does not ignore."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("needs git")
    shutil.copytree(site, target)
    assert ran(git, "init", "-q", cwd=target).returncode == 0
    ignored = ran(git, "ls-files", "-z", "--others", "--ignored", "--exclude-standard", cwd=target)
    assert ignored.returncode == 0, ignored.stderr
    for name in filter(None, ignored.stdout.split("\0")):
        (target / name).unlink()
    return target


def test_the_wheel_is_one_that_installers_accept(tmp_path: Path) -> None:
    begin(tmp_path)
    (path,) = (tmp_path / "vendor").iterdir()
    with zipfile.ZipFile(path) as wheel:
        assert wheel.testzip() is None
        assert {entry.date_time for entry in wheel.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = wheel.namelist()
        assert len(names) == len(set(names))
        (record,) = (name for name in names if name.endswith(".dist-info/RECORD"))
        rows = [row.rsplit(",", 2) for row in wheel.read(record).decode().splitlines()]
        assert sorted(row[0] for row in rows) == sorted(names)
        for name, digest, size in rows:
            if digest:
                data = wheel.read(name)
                assert int(size) == len(data)
                found = urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
                assert digest == f"sha256={found}", name
        needed = re.findall(r"(?m)^Requires-Dist: ([\w.-]+)", wheel.read(record.replace("RECORD", "METADATA")).decode())
    locked = re.findall(r"(?m)^([\w.-]+)==", (tmp_path / "requirements.txt").read_text("utf-8"))
    assert needed
    assert set(needed) <= set(locked)


def test_a_second_init_keeps_every_file_that_is_there(tmp_path: Path) -> None:
    begin(tmp_path)
    (tmp_path / "site.yaml").write_text("title: 私の\n", "utf-8")
    (tmp_path / "templates/home.html").write_text("mine", "utf-8")
    (tmp_path / "templates/note.html").unlink()
    before = tree(tmp_path)
    begun = begin(tmp_path)
    assert begun.written == ("templates/note.html",)
    carried = {name for name in before if name.startswith("vendor/")}
    assert sorted(begun.kept) == sorted(before.keys() - carried)
    after = tree(tmp_path)
    assert {name: after[name] for name in before} == before


def test_nothing_of_this_machine_is_in_a_new_site(tmp_path: Path) -> None:
    begin(tmp_path)
    for name, data in tree(tmp_path).items():
        assert str(PROJECT).encode() not in data, name
        assert "content/briefings" not in name
        assert "__pycache__" not in name
