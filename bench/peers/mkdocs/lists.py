"""Lists, tags, feed and sitemap for MkDocs, which has none of its own: Jinja, the same markup as the others."""

import html
from pathlib import Path

import jinja2

_PAGES = {}


def on_page_content(content, page, config, files):  # noqa: ARG001
    day = str(page.meta["date"])[:10]
    _PAGES[page.file.src_uri] = (day, "/" + page.url, page.meta["title"], page.meta["tags"], content)
    return content


def on_post_build(config):
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(config.theme.dirs), autoescape=True)
    template, out = env.get_template("list.html"), Path(config.site_dir)
    pages = sorted(_PAGES.values(), reverse=True)
    tags = {}
    for page in pages:
        for tag in page[3]:
            tags.setdefault(tag, []).append(page)

    def put(path, title, rows):
        target = out / path / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(template.render(title=title, items=[row[:3] for row in rows]), "utf-8")

    for number, start in enumerate(range(0, len(pages), 20), 1):
        put("" if number == 1 else f"page/{number}", f"一覧 {number}", pages[start : start + 20])
    for tag, rows in tags.items():
        put(f"tags/{tag}", tag, rows)
    put("tags", "主題", [(len(rows), f"/tags/{tag}/", tag) for tag, rows in sorted(tags.items())])
    entries = "".join(
        f"<entry><title>{html.escape(name)}</title><id>https://example.jp{url}</id><updated>{day}</updated>"
        f'<content type="html">{html.escape(content)}</content></entry>\n'
        for day, url, name, _, content in pages[:20]
    )
    (out / "feed.xml").write_text(f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>', "utf-8")
    places = "".join(f"<url><loc>https://example.jp{page[1]}</loc></url>\n" for page in pages)
    (out / "sitemap.xml").write_text(f"<urlset>{places}</urlset>", "utf-8")
