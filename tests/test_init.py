"""The package as people get it: a wheel, installed into an environment of its own, begins a site that builds."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from sample_site import PROJECT, tree

from yoroku.build.begin import begin

WHOLE = ("yoroku", "templates", "content", "schema", "editors", ".vscode", ".github", "scripts")
FILES = ("pyproject.toml", "README.md", "LICENSE", "site.yaml", "build.py", ".pages.yml")


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
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    built = ran(*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source), cwd=folder)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = folder.glob("yoroku-*.whl")
    made = ran(sys.executable, "-m", "venv", "--without-pip", str(folder / "env"), cwd=folder)
    assert made.returncode == 0, made.stderr
    (programs,) = (path for name in ("bin", "Scripts") if (path := folder / "env" / name).is_dir())
    packages = next((folder / "env").glob("[Ll]ib*/**/site-packages"))
    python = next(path for path in programs.iterdir() if path.stem == "python")
    put = ran(*pip, "--python", str(python), "install", "--no-deps", "--no-index", str(wheel), cwd=folder)
    assert put.returncode == 0, put.stdout + put.stderr
    # The libraries come from the environment of the tests: nothing is fetched.
    (packages / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return next(path for path in programs.iterdir() if path.stem == "yoroku")


def test_a_new_site_builds_with_the_installed_package(installed: Path, tmp_path: Path) -> None:
    begun = ran(str(installed), "init", "mine", cwd=tmp_path)
    assert begun.returncode == 0, begun.stderr
    site = tmp_path / "mine"
    for name in (
        "site.yaml",
        "build.py",
        "templates/base.html",
        ".github/workflows/pages.yml",
        ".vscode/settings.json",
        ".gitignore",
        ".pages.yml",
    ):
        assert (site / name).is_file(), name
    assert list((site / "content/bulletins").glob("*.txt"))
    built = ran(str(installed), "build", "--no-search", cwd=site)
    assert built.returncode == 0, built.stdout + built.stderr
    pages = list((site / "output").rglob("*.html"))
    assert len(pages) > 200
    assert (site / "output/404.html").is_file()
    assert "見本" in (site / "output/index.html").read_text("utf-8")
    again = ran(
        str(installed.with_name(installed.name.replace("yoroku", "python"))), "build.py", "--no-search", cwd=site
    )
    assert again.returncode == 0, again.stderr
    assert "0 written" in again.stdout + again.stderr
    checked = ran(str(installed), "check", cwd=site)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_second_init_keeps_every_file_that_is_there(tmp_path: Path) -> None:
    begin(tmp_path)
    (tmp_path / "site.yaml").write_text("title: 私の\n", "utf-8")
    (tmp_path / "templates/home.html").write_text("mine", "utf-8")
    (tmp_path / "templates/note.html").unlink()
    before = tree(tmp_path)
    begun = begin(tmp_path)
    assert begun.written == ("templates/note.html",)
    assert sorted(begun.kept) == sorted(before)
    after = tree(tmp_path)
    assert {name: after[name] for name in before} == before


def test_nothing_of_this_machine_is_in_a_new_site(tmp_path: Path) -> None:
    begin(tmp_path)
    for name, data in tree(tmp_path).items():
        assert str(PROJECT).encode() not in data, name
        assert "content/briefings" not in name
        assert "__pycache__" not in name
