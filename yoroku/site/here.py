"""The page that is being rendered: where it stands, and what its links were asked for."""

from __future__ import annotations

from contextvars import ContextVar
from urllib.parse import urlsplit

from yoroku.site import urls

NOT_FOUND = "/404.html"


class Here:
    """One page while it is rendered. `asked` gathers the targets of its links where somebody wants to know them."""

    __slots__ = ("_links", "asked", "base_url", "folder", "page_url")

    def __init__(self, page_url: str, base_url: str) -> None:
        self.page_url = page_url
        self.base_url = base_url
        self.folder = page_url[: page_url.rfind("/") + 1]
        self.asked: list[str] | None = None
        self._links: dict[str, str] = {}

    def link(self, target: str) -> str:
        """`target` as a link from this page."""
        if self.asked is not None:
            self.asked.append(target)
        found = self._links.get(target)
        if found is None:
            found = self._links[target] = self._link(target)
        return found

    def _link(self, target: str) -> str:
        if self.page_url == NOT_FOUND and target.startswith("/"):
            # The host answers any wrong address with this one page, so its links cannot be relative.
            return urlsplit(self.base_url).path.rstrip("/") + target
        return urls.relative(target, self.page_url)

    @property
    def parent(self) -> str:
        """The folder above the page's own: pages with the same one link alike to all that is in neither of them."""
        return self.folder[: self.folder.rstrip("/").rfind("/") + 1]


# Macros are compiled once for all pages, so the page that is being rendered is told to the filters this way.
HERE: ContextVar[Here] = ContextVar("page", default=Here("/", ""))  # noqa: B039 (nobody asks it what was asked)
