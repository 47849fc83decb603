"""The settings of one site: `site.yaml`, typed and checked; unknown keys are refused with a suggestion."""

from __future__ import annotations

import re
from datetime import tzinfo
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from yoroku.fields import Choice, Field, Reading, Record, Records, Text, Texts, Truth, Whole
from yoroku.problems import Place, Problem, Problems
from yoroku.records import dataclass, replace
from yoroku.remedies import meant_zone
from yoroku.strict_yaml import parse
from yoroku.yaml_nodes import Scalar, Table

FILE = "site.yaml"
LANGUAGES = ("ja", "en")
_POLICIES = ("full", "excerpt", "link", "private")


@dataclass(frozen=True, slots=True)
class KindName:
    """A kind of briefing: the word in the files and its labels."""

    name: str
    ja: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the controlled list; a bulletin that has one of `words` is about it."""

    name: str
    en: str = ""
    words: tuple[str, ...] = ()
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What `site.yaml` says. `base_url` is empty or absolute and ends without a slash."""

    title: str
    tagline: str = ""
    description: str = ""
    language: str = "ja"
    languages: tuple[str, ...] = ()
    timezone: str = "Asia/Tokyo"
    author: str = ""
    base_url: str = ""
    repository: str = ""
    branch: str = "main"
    report_url: str = ""
    kinds: tuple[KindName, ...] = ()
    topics: tuple[Topic, ...] = ()
    per_page: int = 20
    policy: str = "excerpt"
    quote_characters: int = 400
    quote_percent: int = 30
    publish_source_view: bool = True
    site_id: str = ""
    og_images: bool = False
    make: tuple[str, ...] = ()

    @property
    def zone(self) -> tzinfo:
        """The zone of dates that state none."""
        return ZoneInfo(self.timezone)

    @property
    def base_path(self) -> str:
        """The path part of the base URL: empty, or ``/repo``."""
        return urlsplit(self.base_url).path.rstrip("/")


_KIND = Record(
    KindName,
    (
        Field("name", "name", Text(), "The word in the files", "ファイルに書く名前", required=True),
        Field("ja", "ja", Text(), "Japanese label", "日本語の表示"),
        Field("en", "en", Text(), "English label", "英語の表示"),
    ),
    shorthand="name",
)
_TOPIC = Record(
    Topic,
    (
        Field("name", "name", Text(), "The topic", "主題", required=True),
        Field("en", "en", Text(), "English label", "英語の表示"),
        Field("words", "words", Texts(), "Words that show it", "手がかりの語"),
        Field("slug", "slug", Text(), "Last part of its address, ASCII", "URLの末尾"),
    ),
    shorthand="name",
)
SETTINGS = Record(
    Settings,
    (
        Field("title", "title", Text(), "Name of the site", "サイト名", required=True),
        Field("tagline", "tagline", Text(), "A few words beside the name", "ひとこと"),
        Field("description", "description", Text(), "One sentence for search engines", "説明"),
        Field("language", "language", Choice(LANGUAGES), "Language of the interface", "画面の言語"),
        Field("languages", "languages", Texts(), "Further interface languages", "ほかの画面の言語"),
        Field("timezone", "timezone", Text(), "IANA zone of dates that state none", "日時の時間帯"),
        Field("author", "author", Text(), "Who publishes the site", "発行者"),
        Field("base_url", "base_url", Text(), "Public address of the site", "公開先のURL"),
        Field("repository", "repository", Text(), "Address of the repository", "リポジトリのURL"),
        Field("branch", "branch", Text(), "Branch that is edited", "編集するブランチ"),
        Field("report_url", "report_url", Text(), "Where readers report an error", "誤りの連絡先"),
        Field("kinds", "kinds", Records(_KIND), "Kinds of briefings", "種別"),
        Field("topics", "topics", Records(_TOPIC), "Controlled list of topics", "主題の一覧"),
        Field("per_page", "per_page", Whole(), "Briefings on a list page", "一覧の件数"),
        Field("policy", "policy", Choice(_POLICIES), "Policy of sources that have none", "公開範囲の既定"),
        Field(
            "quote_characters", "quote_characters", Whole(), "Most characters quoted of one source", "引用の上限(字)"
        ),
        Field("quote_percent", "quote_percent", Whole(), "Most of a source's text that is quoted", "引用の上限(%)"),
        Field(
            "publish_source_view", "publish_source_view", Truth(default=True), "Make source views", "資料の行表示を作る"
        ),
        Field("site_id", "site_id", Text(), "A word that makes ids in feeds this site's own", "フィードの識別子のもと"),
        Field("make", "make", Texts(), "Kinds of pages to make; all of them when empty", "作るページの種類"),
        Field("og_images", "og_images", Truth(), "Make a picture for links to a briefing", "共有用の画像を作る"),
    ),
)


def read_settings(text: str, *, path: str = FILE) -> Settings:
    """The settings in `text`. Raises `Problems` with all mistakes at once."""
    node = parse(text.removeprefix("\ufeff"), path=path)
    if not isinstance(node, Table):
        fix = "write lines of 'key: value', at least 'title: …'"
        raise Problems(Problem(Place(path, 1, 1), "wrong-type", "the settings are not a mapping", fix))
    reading = Reading(path, ZoneInfo("UTC"))
    settings = SETTINGS.build(node, "", reading)
    _check(node, reading)
    if reading.problems or settings is None:
        raise Problems(*reading.problems)
    assert isinstance(settings, Settings)
    return replace(settings, base_url=settings.base_url.rstrip("/"))


def load_settings(root: Path) -> Settings:
    """The settings of the site in `root`. Raises `Problems`, also when there is no `site.yaml`."""
    try:
        text = (root / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        fix = "run this in a site's folder, name one with -C DIR, or start one with 'init DIR'"
        raise Problems(Problem(Place(FILE), "no-site", "there is no site.yaml here", fix)) from None
    except UnicodeDecodeError:
        raise Problems(Problem(Place(FILE), "not-utf8", "site.yaml is not UTF-8", "save it as UTF-8")) from None
    except OSError as error:
        what = f"site.yaml cannot be read: {error.strerror}"
        raise Problems(Problem(Place(FILE), "unreadable", what, "check the file's permissions")) from None
    return read_settings(text)


def _check(node: Table, reading: Reading) -> None:
    """What a field alone cannot know: zones that exist, addresses that are absolute, languages we have."""
    zone = node.get("timezone")
    if isinstance(zone, Scalar) and not zone.empty:
        try:
            ZoneInfo(zone.text)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            reading.problem(zone, "unknown-zone", f"timezone '{zone.text}' is not known", meant_zone(zone.text))
    for key in ("base_url", "repository", "report_url"):
        address = node.get(key)
        if isinstance(address, Scalar) and address.text and not _absolute(address.text, mail=key == "report_url"):
            reading.problem(address, "wrong-url", f"{key} '{address.text}' is not a web address", "begin with https://")
    base = node.get("base_url")
    if isinstance(base, Scalar) and ("?" in base.text or "#" in base.text):
        reading.problem(base, "wrong-url", f"base_url '{base.text}' has a query", "end it with the path")
    for key in ("per_page",):
        count = node.get(key)
        if isinstance(count, Scalar) and count.text.strip("0") == "" and not count.empty:
            reading.problem(count, "wrong-number", f"{key} must be at least 1", "write 20")
    languages = node.get("languages")
    for language in getattr(languages, "items", ()):
        if isinstance(language, Scalar) and language.text not in LANGUAGES:
            what = f"the interface is not translated into '{language.text}'"
            reading.problem(language, "unknown-value", what, f"use {' or '.join(LANGUAGES)}")
    for key in ("topics", "kinds"):
        _unique_names(node, key, reading)


def _absolute(text: str, *, mail: bool) -> bool:
    if mail and text.startswith("mailto:"):
        return True
    return bool(re.fullmatch(r"https?://[^\s/?#]+(?:[/?#]\S*)?", text))


def _unique_names(node: Table, key: str, reading: Reading) -> None:
    seen: set[str] = set()
    for item in getattr(node.get(key), "items", ()):
        name = item.get("name") if isinstance(item, Table) else item
        if isinstance(name, Scalar):
            if name.text in seen:
                reading.problem(name, "repeated-name", f"'{name.text}' stands twice in {key}", "keep one of them")
            seen.add(name.text)
