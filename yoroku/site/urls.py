"""Addresses: one place where URLs are made. A page's URL is site-relative, such as ``/briefings/x/``."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from yoroku.config import Settings


@lru_cache(maxsize=65536)
def _relative(target: str, folder: str) -> str:
    here = folder.split("/")[1:-1]
    there = target.split("/")[1:]
    shared = 0
    while shared < len(here) and shared < len(there) - 1 and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:]) or "./"


def relative(target: str, page_url: str) -> str:
    """`target` as a link from `page_url`: works under any base path and from disk. Fragments and queries stay."""
    if not target.startswith("/"):
        return target
    folder = page_url[: page_url.rfind("/") + 1]
    if "#" not in target and "?" not in target:
        return _relative(target, folder)
    cut = min(at for mark in "#?" if (at := target.find(mark)) >= 0)
    path, rest = target[:cut], target[cut:]
    if path == page_url and rest.startswith("#"):
        return rest
    return _relative(path, folder) + rest


def absolute(target: str, base_url: str) -> str:
    """`target` with the site's public address in front; unchanged when there is none."""
    return base_url + quote(target, safe="/%#?=&:;,+~@!$'()*") if base_url and target.startswith("/") else target


def output_path(url: str) -> str:
    """The file that a page's URL is served from."""
    path = url.lstrip("/")
    return path + "index.html" if path == "" or path.endswith("/") else path


def localised(url: str, lang: str, settings: Settings) -> str:
    """The same page in another interface language."""
    return url if lang == settings.language else f"/{lang}{url}"


def all_languages(settings: Settings) -> tuple[str, ...]:
    """The interface languages of a site, its own first."""
    return (settings.language, *(lang for lang in settings.languages if lang != settings.language))
