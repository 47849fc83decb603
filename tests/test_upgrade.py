"""An upgrade renews the program that a site carries and what nobody touched, and never what its owner changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sample_site import PROJECT, tree

from yoroku import __version__
from yoroku.build import begin as beginning
from yoroku.build import carried
from yoroku.build.upgrading import to_migrate, upgrade
from yoroku.cli import main
from yoroku.problems import Problems

Earlier = Callable[..., None]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site begun with an earlier version, whose templates were others."""
    files = carried.given()

    def earlier() -> dict[str, bytes]:
        old = dict(files)
        for name in ("home", "note", "notes", "tags"):
            old[f"templates/{name}.html"] = f"the {name} of before\n".encode()
        old.pop("templates/search.html")
        return old

    with monkeypatch.context() as patch:
        patch.setattr(beginning, "given", earlier)
        patch.setattr(carried, "__version__", "0.0.9")
        beginning.begin(tmp_path)
    assert [path.name for path in (tmp_path / "vendor").iterdir()] == ["yoroku-0.0.9-py3-none-any.whl"]
    return tmp_path


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_what_nobody_touched_is_renewed_and_the_owners_work_is_left(site: Path) -> None:
    note, tags = site / "templates/note.html", site / "templates/tags.html"
    note.write_text("my own note\n", encoding="utf-8")
    tags.unlink()
    (site / "templates/notes.html").write_bytes(b"the notes of before\r\n")
    (site / "templates/base.html").write_text("my own base\n", encoding="utf-8")
    (site / "site.yaml").write_text("title: 私の\n", encoding="utf-8")
    (site / "content/pages/about.md").unlink()
    requirements = site / "requirements.txt"
    requirements.write_text(text(requirements) + "mine==1 --hash=sha256:00\n", encoding="utf-8")
    before = tree(site)
    done = upgrade(site)
    assert (done.before, done.after) == ("0.0.9", __version__)
    assert done.renewed == ("templates/home.html", "templates/notes.html", "templates/search.html")
    ((path, difference),) = done.yours
    assert path == "templates/note.html"
    assert "-the note of before" in difference
    assert "my own note" not in difference
    after = tree(site)
    new = {name for name in after if after[name] != before.get(name)}
    assert new == {*done.renewed, "requirements.txt", f"vendor/yoroku-{__version__}-py3-none-any.whl"}
    assert before.keys() - after.keys() == {"vendor/yoroku-0.0.9-py3-none-any.whl"}
    for path in done.renewed:
        assert after[path] == (PROJECT / path).read_bytes()
    assert text(requirements).endswith("mine==1 --hash=sha256:00\n")
    assert "0.0.9" not in text(requirements)


def test_an_upgraded_site_is_one_that_was_begun_today_and_a_second_upgrade_does_nothing(
    site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    upgrade(site)
    fresh = tmp_path_factory.mktemp("fresh")
    beginning.begin(fresh)
    assert tree(site) == tree(fresh)
    times = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    again = upgrade(site)
    assert (again.renewed, again.yours, again.migrate) == ((), (), "")
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == times


def test_an_upgrade_that_was_killed_is_made_whole_by_the_next(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from yoroku.build import upgrading

    real, left = upgrading.write_whole, [0]

    class Killed(BaseException):
        pass

    def killed(path: Path, data: bytes, *, durable: bool = False) -> None:
        if left[0] == 0:
            raise Killed
        left[0] -= 1
        real(path, data, durable=durable)

    monkeypatch.setattr(upgrading, "write_whole", killed)
    for writes in range(8):
        left[0] = writes
        try:
            upgrade(site)
        except Killed:
            continue
        break
    else:
        pytest.fail("the upgrade was never done")
    assert sorted(path.name for path in (site / "vendor").iterdir()) == [f"yoroku-{__version__}-py3-none-any.whl"]
    assert text(site / "templates/home.html") == text(PROJECT / "templates/home.html")
    assert upgrade(site).renewed == ()


@pytest.mark.parametrize("what", ["no list", "a list of the owner's", "a torn wheel", "no wheel"])
def test_a_site_that_carries_nothing_whole_is_left_alone(site: Path, what: str) -> None:
    (wheel,) = (site / "vendor").iterdir()
    if what == "no list":
        (site / "requirements.txt").unlink()
    elif what == "a list of the owner's":
        (site / "requirements.txt").write_text("yoroku==0.0.9\n", encoding="utf-8")
    elif what == "a torn wheel":
        wheel.write_bytes(wheel.read_bytes()[:5000])
    else:
        wheel.unlink()
    before = tree(site)
    with pytest.raises(Problems) as caught:
        upgrade(site)
    (problem,) = caught.value.items
    assert problem.at.path == (f"vendor/{wheel.name}" if "wheel" in what else "requirements.txt")
    assert problem.fix
    assert tree(site) == before


def test_the_command_says_what_it_did(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "templates/note.html").write_text("my own note\n", encoding="utf-8")
    assert main(["-C", str(site), "upgrade", "--diff"]) == 0
    said = capsys.readouterr()
    assert "renewed templates/home.html" in said.err
    assert "changed it too: templates/note.html" in said.err
    assert f"carries Yoroku {__version__}; before, 0.0.9" in said.err
    assert "-the note of before" in said.out


def test_every_version_says_what_to_migrate() -> None:
    changes = text(PROJECT / "CHANGELOG.md")
    assert changes.count("\n## ") == changes.count("\n### To migrate\n")
    assert f"\n## {__version__}" in changes
    assert to_migrate(changes, since=__version__) == ""
    assert to_migrate(changes, since="0.0.9").startswith("to migrate to ")


def test_only_what_came_after_is_to_be_migrated() -> None:
    changes = (
        "# Changelog\n\n## 0.10.0\n\n- New.\n\n### To migrate\n\nRename x.\n\n"
        "## 0.9.0\n\n### To migrate\n\nMove y.\n\n### Other\n\nz\n\n## 0.8.0\n\n- None.\n"
    )
    assert to_migrate(changes, since="0.8.0") == "to migrate to 0.10.0:\nRename x.\nto migrate to 0.9.0:\nMove y.\n"
    assert to_migrate(changes, since="0.9.0") == "to migrate to 0.10.0:\nRename x.\n"
