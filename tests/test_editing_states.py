"""Drafts, scheduled, embargoed, expired and unlisted documents, told in one readable form, on a fixed clock."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from editors_site import Site

from yoroku.build import inputs, manifest, session


class Clock(datetime):
    """A clock that stands still."""

    at = datetime(2029, 12, 31, 12, 0, tzinfo=UTC)

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return cls.at.astimezone(tz)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(session, "datetime", Clock)
    monkeypatch.setattr(Clock, "at", datetime(2029, 12, 31, 12, 0, tzinfo=UTC))
    return Site(tmp_path / "site")


def test_what_is_withheld_is_told_with_its_moment(site: Site) -> None:
    site.note("a", "甲", "draft: true\n")
    site.note("b", "乙", "publish_at: 2030-01-01 09:00\n")
    site.note("c", "丙", "embargo_until: 2030-06-01T10:00-05:00\n")
    site.note("d", "丁", "expires_at: 2029-12-01\n")
    site.note("e", "戊", "publish_at: 2030-01-02\n")
    site.note("f", "己", "unlisted: true\n")
    outcome = site.build()
    assert outcome.withheld == (
        "content/notes/a.md: draft",
        "content/notes/b.md: scheduled until 2030-01-01 09:00 +09:00",
        "content/notes/c.md: embargoed until 2030-06-01 10:00 -05:00",
        "content/notes/d.md: expired since 2029-12-01",
        "content/notes/e.md: scheduled until 2030-01-02",
    )
    made = site.tree()
    assert [name for name in "abcdef" if f"notes/{name}/index.html" in made] == ["f"]
    assert "注 f" not in site.page("notes/index.html")
    site.made(drafts=True)
    assert "notes/b/index.html" in site.tree()
    marked = {"a": "下書き", "b": "予約", "c": "解禁前", "d": "公開終了"}
    for name, word in marked.items():
        assert f"［{word}］" in site.page(f"notes/{name}/index.html")
    assert all(f"［{word}］" in site.page("notes/index.html") for word in marked.values())
    assert "［一覧外］" in site.page("notes/f/index.html")
    assert "注 f" not in site.page("notes/index.html")


def test_a_look_at_drafts_drops_the_word_when_the_moment_passes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.note("b", "乙", "publish_at: 2030-01-01 09:00\n")
    site.made(drafts=True)
    assert "［予約］" in site.page("notes/b/index.html")
    later = datetime(2030, 1, 1, 1, 0, tzinfo=UTC)
    monkeypatch.setattr(Clock, "at", later)
    monkeypatch.setattr(inputs, "now_ns", lambda: int(later.timestamp()) * 1_000_000_000)
    site.made(drafts=True)
    assert "［" not in site.page("notes/b/index.html") + site.page("notes/index.html")


def test_when_the_moment_passes_the_next_build_publishes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.note("b", "乙", "publish_at: 2030-01-01 09:00\n")
    site.note("d", "丁", "expires_at: 2030-02-01\n")
    site.made()
    found = manifest.load(str(site.root))
    assert found is not None
    assert found.until == int(datetime(2030, 1, 1, 0, 0, tzinfo=UTC).timestamp()) + 1
    assert "notes/d/index.html" in site.tree()
    for at, shown in ((datetime(2030, 1, 1, 0, 1, tzinfo=UTC), ["b", "d"]), (datetime(2030, 2, 1, tzinfo=UTC), ["b"])):
        monkeypatch.setattr(Clock, "at", at)
        monkeypatch.setattr(inputs, "now_ns", lambda at=at: int(at.timestamp()) * 1_000_000_000)
        site.made()
        assert [name for name in "bd" if f"notes/{name}/index.html" in site.tree()] == shown
