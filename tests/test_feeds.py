"""Feeds, calendar, sitemap and what pages say of them: read by the programs' own parsers, on built sites."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import feedparser
import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from machine_site import BASE, CASES, build_site
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from yoroku.site.feeds import site_files
from yoroku.site.feeds.calendar import folded, text
from yoroku.site.feeds.ids import rfc3339, xml
from yoroku.site.feeds.json_ld import safe

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
UUID = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(CASES / "feeds" / "site", tmp_path_factory.mktemp("feeds") / "site")


@pytest.fixture(scope="module")
def rootless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site, built by somebody who does not know yet where it will stand."""
    return build_site(CASES / "feeds" / "site", tmp_path_factory.mktemp("rootless") / "site", base_url="")


def atom_feeds(site: Path) -> list[Path]:
    return sorted(site.rglob("feed.xml"))


def entries(path: Path) -> list[ElementTree.Element]:
    return ElementTree.parse(path).getroot().findall(f"{ATOM}entry")


def titles(path: Path) -> list[str]:
    return [entry.findtext(f"{ATOM}title", "") for entry in entries(path)]


# Atom


def test_the_english_feed_leads_to_english_pages(site: Path) -> None:
    own, english = (feedparser.parse((site / name).read_bytes()) for name in ("feed.xml", "en/feed.xml"))
    assert own.feed.id != english.feed.id
    assert [entry.id for entry in own.entries] == [entry.id for entry in english.entries]
    assert len(english.entries) > 0
    assert all("/en/" in entry.link for entry in english.entries)
    assert not any("/en/" in entry.link for entry in own.entries)
    head = (site / "en/index.html").read_text(encoding="utf-8")
    assert 'type="application/atom+xml" href="feed.xml"' in head


def test_there_is_a_feed_for_the_site_and_every_entity(site: Path) -> None:
    found = {path.relative_to(site).as_posix() for path in atom_feeds(site)}
    pages = {
        path.relative_to(site).as_posix()
        for kind in ("people", "orgs", "places", "topics")
        for path in (site / kind).glob("*/index.html")
    }
    assert len(pages) > 4
    assert found == {"feed.xml", "en/feed.xml"} | {page.replace("index.html", "feed.xml") for page in pages}


def test_a_feed_reader_takes_every_feed(site: Path) -> None:
    for path in atom_feeds(site):
        parsed = feedparser.parse(path.read_bytes())
        assert not parsed.bozo, (path, parsed.get("bozo_exception"))
        assert parsed.version == "atom10"
        assert parsed.feed.title
        for entry in parsed.entries:
            assert entry.link.startswith(BASE + "/")
            assert entry.updated_parsed


def test_atom_has_what_the_format_demands(site: Path, rootless: Path) -> None:
    for path in (*atom_feeds(site), *atom_feeds(rootless)):
        root = ElementTree.parse(path).getroot()
        for element in (root, *root.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(element.findall(ATOM + name)) == 1, (path, name)
            assert UUID.fullmatch(element.findtext(f"{ATOM}id", ""))
            for name in ("updated", "published"):
                for found in element.findall(ATOM + name):
                    assert RFC3339.fullmatch(found.text or "")
            alternates = [link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
            assert len(alternates) == 1
        assert root.find(f"{ATOM}author/{ATOM}name") is not None
        ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
        assert len(ids) == len(set(ids))


def test_ids_do_not_depend_on_where_the_site_stands(site: Path, rootless: Path) -> None:
    for path in atom_feeds(site):
        other = rootless / path.relative_to(site)
        assert [entry.findtext(f"{ATOM}id") for entry in entries(path)] == [
            entry.findtext(f"{ATOM}id") for entry in entries(other)
        ]
    # What readers remember: a change here would show every entry of every site as new.
    talks = next(entry for entry in entries(site / "feed.xml") if "見本会談" in entry.findtext(f"{ATOM}title", ""))
    assert talks.findtext(f"{ATOM}id") == "urn:uuid:b9e678f3-c0a3-5b92-8ec7-d40ee7becdab"


def test_newest_first_and_only_what_is_to_be_told(site: Path) -> None:
    found = titles(site / "feed.xml")
    assert found[:2] == ["三日間の見本会議", "訂正: 席の数を改めました"]
    assert found[-1] == "Sample call at an odd offset"
    assert "編集注: 編集部より" in found
    assert not any("句点" in title for title in found), "a minor note is not told"
    assert not any("一覧に出ない" in title for title in found), "an unlisted briefing is not told"
    assert not any("日付のない" in title for title in found), "a briefing without any date cannot be told when"


def test_times_of_an_entry(site: Path) -> None:
    talks = next(entry for entry in entries(site / "feed.xml") if "見本会談" in entry.findtext(f"{ATOM}title", ""))
    assert talks.findtext(f"{ATOM}published") == "2031-03-05T10:30:00+09:00"
    assert talks.findtext(f"{ATOM}updated") == "2031-03-08T00:00:00+09:00"
    call = entries(site / "feed.xml")[-1]
    assert call.find(f"{ATOM}published") is None, "no date of publication is made up from the event's"
    assert call.findtext(f"{ATOM}updated") == "2030-01-02T08:15:00+05:45"
    assert call.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_an_entity_has_its_own_entries_and_the_corrections_on_them(site: Path) -> None:
    found = titles(site / "people" / "mihon-taro" / "feed.xml")
    assert [title[:8] for title in found] == ["訂正: 席の数を", "見本会談 <b>"]
    topic = titles(site / "topics" / "ocean-observation" / "feed.xml")
    assert "三日間の見本会議" in topic
    assert not any("編集部より" in title for title in topic)


def test_titles_and_contents_are_escaped_once(site: Path) -> None:
    parsed = feedparser.parse((site / "feed.xml").read_bytes(), sanitize_html=False)
    talks = next(entry for entry in parsed.entries if "会談" in entry.title and "訂正" not in entry.title)
    tree = HTMLParser(talks.content[0].value)
    assert tree.css_first("script") is None
    assert tree.css_first("b") is None
    assert "観測を<広げる>こと" in tree.text()
    assert "https://mihon.example.jp/a?x=1&y=2" in [link.attributes["href"] for link in tree.css("a")]


@pytest.mark.parametrize("where", ["feed.xml", "people/mihon-taro/feed.xml"])
def test_links_inside_contents_lead_to_pages(site: Path, rootless: Path, where: str) -> None:
    for output, address in ((site, f"{BASE}/{where}"), (rootless, f"http://localhost/{where}")):
        root = address.removesuffix(where)
        for entry in entries(output / where):
            tree = HTMLParser(entry.findtext(f"{ATOM}content", ""))
            links = [str(link.attributes["href"]) for link in tree.css("a")]
            links += [str(link.get("href")) for link in entry.findall(f"{ATOM}link")]
            assert links
            for link in links:
                target = urljoin(address, link)
                if target.startswith(root):
                    path = target.removeprefix(root).partition("#")[0]
                    assert (output / path / "index.html").is_file(), link


# JSON Feed


def test_both_forms_tell_the_same(site: Path) -> None:
    for path in atom_feeds(site):
        shown = json.loads(path.with_name("feed.json").read_text(encoding="utf-8"))
        assert [item["id"] for item in shown["items"]] == [entry.findtext(f"{ATOM}id") for entry in entries(path)]
        assert [item["url"] for item in shown["items"]] == [
            str(entry.find(f"{ATOM}link").get("href"))  # type: ignore[union-attr]
            for entry in entries(path)
        ]
        assert shown["feed_url"] == f"{BASE}/{path.with_name('feed.json').relative_to(site).as_posix()}"


def test_a_json_feed_without_public_address_claims_none(rootless: Path) -> None:
    shown = json.loads((rootless / "feed.json").read_text(encoding="utf-8"))
    assert "feed_url" not in shown
    assert "home_page_url" not in shown
    assert shown["items"]
    assert not any("url" in item for item in shown["items"])


# Calendar


def events(path: Path) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"))


def test_the_calendar_has_every_event_with_its_time(site: Path) -> None:
    found = events(site / "calendar.ics")
    times = [(event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None) for event in found]
    assert times == [
        (datetime(2030, 1, 2, 2, 30, tzinfo=UTC), None),
        (datetime(2031, 3, 4, 21, 0, tzinfo=UTC), datetime(2031, 3, 4, 22, 30, tzinfo=UTC)),
        # Three days: the end is the first day that is not part of it.
        (date(2031, 4, 10), date(2031, 4, 13)),
        (datetime(2031, 4, 12, 0, 0, tzinfo=UTC), datetime(2031, 4, 12, 0, 45, tzinfo=UTC)),
    ]
    assert len({str(event["UID"]) for event in found}) == 4
    assert str(found[1]["SUMMARY"]).startswith('見本会談 <b>観測</b> & "波", 海; \\n の件')
    assert found[1]["DTSTAMP"].dt == datetime(2031, 3, 6, 15, 0, tzinfo=UTC)
    assert str(found[1]["URL"]) == f"{BASE}/briefings/2031-03-04-talks/"


def test_each_year_has_its_calendar(site: Path) -> None:
    found = {path.parent.name: len(events(path)) for path in (site / "timeline").glob("*/calendar.ics")}
    assert found == {"2030": 1, "2031": 3}


def test_calendar_lines_are_short_and_end_in_crlf(site: Path) -> None:
    data = (site / "calendar.ics").read_bytes()
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")
    assert b"\r\n " in data


@given(st.text(max_size=300))
def test_folding_and_escaping_can_be_undone(value: str) -> None:
    data = folded(f"SUMMARY:{text(value)}")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    unfolded = data.replace(b"\r\n ", b"").removesuffix(b"\r\n").decode("utf-8")
    assert "\n" not in unfolded
    back = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], unfolded.removeprefix("SUMMARY:"))
    kept = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", value.replace("\r\n", "\n").replace("\r", "\n"))
    assert back == kept.encode("utf-8", "replace").decode("utf-8")


# Times and texts


@given(st.datetimes(), st.integers(-14 * 60, 14 * 60))
def test_rfc3339_keeps_the_instant(moment: datetime, minutes: int) -> None:
    from datetime import timezone

    moment = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    written = rfc3339(moment, UTC)
    assert RFC3339.fullmatch(written)
    assert datetime.fromisoformat(written) == moment


@given(st.text())
def test_any_text_can_stand_in_xml(value: str) -> None:
    parsed = ElementTree.fromstring(f'<a b="{xml(value)}">{xml(value)}</a>')
    kept = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]", "", value)
    assert (parsed.text or "") == kept.replace("\r\n", "\n").replace("\r", "\n")


# Sitemap, robots, search description


def test_the_sitemap_lists_every_page_that_may_be_found(site: Path) -> None:
    root = ElementTree.parse(site / "sitemap.xml").getroot()
    assert root.tag == f"{MAP}urlset"
    listed = [url.findtext(f"{MAP}loc", "") for url in root]
    assert len(listed) == len(set(listed))
    expected = set()
    for path in site.rglob("*.html"):
        tree = HTMLParser(path.read_text(encoding="utf-8"))
        where = path.relative_to(site).as_posix()
        silent = tree.css_first('meta[name="robots"][content="noindex"]') or where == "404.html"
        address = f"{BASE}/" + where.removesuffix("index.html")
        if not silent and "search/" not in where:
            canonical = tree.css_first('link[rel="canonical"]').attributes["href"]
            if where.endswith(("/brief/index.html", "/source/index.html")):
                assert canonical == address.rsplit("/", 2)[0] + "/"
            else:
                assert canonical == address
                expected.add(address)
    assert set(listed) == expected
    for url in root:
        assert re.fullmatch(r"|\d{4}-\d\d-\d\d(T.*(Z|[+-]\d\d:\d\d))?", url.findtext(f"{MAP}lastmod", ""))
    changed = {url.findtext(f"{MAP}loc"): url.findtext(f"{MAP}lastmod") for url in root}
    assert changed[f"{BASE}/briefings/2031-03-04-talks/"] == "2031-03-08"
    assert changed[f"{BASE}/briefings/no-date/"] is None


def test_a_sitemap_of_sitemaps(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert site_files.URLS == 50_000
    monkeypatch.setattr(site_files, "URLS", 20)
    output = build_site(CASES / "feeds" / "site", tmp_path / "site")
    index = ElementTree.parse(output / "sitemap.xml").getroot()
    assert index.tag == f"{MAP}sitemapindex"
    parts = [part.findtext(f"{MAP}loc", "") for part in index]
    assert len(parts) > 2
    listed = []
    for part in parts:
        root = ElementTree.parse(output / part.removeprefix(f"{BASE}/")).getroot()
        assert root.tag == f"{MAP}urlset"
        assert 0 < len(root) <= 20
        listed += [url.findtext(f"{MAP}loc") for url in root]
    whole = ElementTree.parse(site / "sitemap.xml").getroot()
    assert listed == [url.findtext(f"{MAP}loc") for url in whole]


def test_robots_and_opensearch(site: Path, rootless: Path) -> None:
    assert f"Sitemap: {BASE}/sitemap.xml" in (site / "robots.txt").read_text()
    root = ElementTree.parse(site / "opensearch.xml").getroot()
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.tag == f"{space}OpenSearchDescription"
    assert 0 < len(root.findtext(f"{space}ShortName", "")) <= 16
    assert root.find(f"{space}Url").get("template") == f"{BASE}/search/?q={{searchTerms}}"  # type: ignore[union-attr]
    # What needs an absolute address is not made without one.
    assert "Sitemap" not in (rootless / "robots.txt").read_text()
    assert not (rootless / "sitemap.xml").exists()
    assert not (rootless / "opensearch.xml").exists()


# Heads of pages


def test_search_engines_are_kept_from_unlisted_pages_and_need_not_be_from_what_is_missing(site: Path) -> None:
    def kept_away(where: str) -> bool:
        tree = HTMLParser((site / where).read_text(encoding="utf-8"))
        return tree.css_first('meta[name="robots"][content="noindex"]') is not None

    assert kept_away("briefings/2031-05-01-unlisted/index.html")
    assert kept_away("briefings/2031-05-01-unlisted/brief/index.html")
    # It is served with a status that no index takes.
    assert not kept_away("404.html")


def test_chips_bear_the_name_in_the_letters_of_the_interface(site: Path) -> None:
    words = {}
    for root in ("", "en/"):
        tree = HTMLParser((site / root / "briefings/2031-03-04-talks/index.html").read_text(encoding="utf-8"))
        links = [link for link in tree.css(".kicker a, #entities .chip") if "/topics/" in str(link.attributes["href"])]
        words[root] = [(link.text(strip=True), len(link.css("[lang]"))) for link in links]
    assert words == {"": [("海洋観測", 0)] * 2, "en/": [("Ocean observation", 0)] * 2}


def graph(path: Path) -> dict[str, dict[str, object]]:
    tree = HTMLParser(path.read_text(encoding="utf-8"))
    blocks = tree.css('script[type="application/ld+json"]')
    assert len(blocks) == 1, path
    value = json.loads(blocks[0].text())
    assert value["@context"] == "https://schema.org"
    return {node["@type"]: node for node in value["@graph"]}


def test_every_link_of_a_head_leads_to_a_file(site: Path, rootless: Path) -> None:
    for output in (site, rootless):
        for path in output.rglob("*.html"):
            if path.name == "404.html":
                continue
            tree = HTMLParser(path.read_text(encoding="utf-8"))
            for link in tree.css('link[rel="alternate"][type], link[rel="search"]'):
                target = (path.parent / urlsplit(str(link.attributes["href"])).path).resolve()
                assert target.is_file(), (path, link.html)
            if output is rootless:
                assert tree.css_first('link[rel="search"]') is None
                assert tree.css_first('meta[property="og:url"]') is None


def test_a_briefing_in_the_words_of_schema_org(site: Path) -> None:
    nodes = graph(site / "briefings" / "2031-03-04-talks" / "index.html")
    article = nodes["Report"]
    assert article["url"] == f"{BASE}/briefings/2031-03-04-talks/"
    assert article["datePublished"] == "2031-03-05T10:30+09:00"
    assert article["dateModified"] == "2031-03-08"  # the day of its correction
    assert article["headline"].startswith("見本会談 <b>")  # type: ignore[attr-defined]
    assert article["correction"][0]["@type"] == "CorrectionComment"  # type: ignore[index]
    event = nodes["Event"]
    assert event["startDate"] == "2031-03-04T16:00-05:00"
    assert article["about"] == [{"@id": event["@id"]}]
    crumbs = nodes["BreadcrumbList"]["itemListElement"]
    assert [crumb["position"] for crumb in crumbs] == list(range(1, len(crumbs) + 1))  # type: ignore[attr-defined,arg-type]
    assert "NewsArticle" in graph(site / "briefings" / "2030-01-02-offset" / "index.html")


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("people/mihon-taro", "Person"),
        ("orgs/mihon-ministry", "Organization"),
        ("places/mihon-hall", "Place"),
        ("topics/ocean-observation", "DefinedTerm"),
        ("notes/fix", "CorrectionComment"),
        ("notes/free", "Article"),
        ("corrections", "CorrectionComment"),
        ("", "WebSite"),
        ("en/people/mihon-taro", "Person"),
    ],
)
def test_each_page_says_what_it_is_about(site: Path, page: str, kind: str) -> None:
    assert kind in graph(site / page / "index.html")


def test_the_same_person_has_one_id_everywhere(site: Path) -> None:
    ja, en = (graph(site / page / "people" / "mihon-taro" / "index.html")["Person"] for page in ("", "en"))
    assert ja["@id"] == en["@id"] == f"{BASE}/people/mihon-taro/#entity"
    mentioned = graph(site / "briefings" / "2031-03-04-talks" / "index.html")["Report"]["mentions"]
    assert ja["@id"] in [node["@id"] for node in mentioned]  # type: ignore[attr-defined]


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=40), max_size=4))
def test_no_text_can_leave_the_data_block(value: dict[str, str]) -> None:
    written = safe(value)
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == value


def test_open_graph(site: Path) -> None:
    tree = HTMLParser((site / "briefings" / "2031-03-04-talks" / "index.html").read_text(encoding="utf-8"))
    found = {meta.attributes["property"]: meta.attributes["content"] for meta in tree.css("meta[property]")}
    assert found["og:type"] == "article"
    assert found["og:url"] == f"{BASE}/briefings/2031-03-04-talks/"
    assert str(found["og:title"]).startswith("見本会談 <b>観測</b>")
    assert found["og:locale"] == "ja_JP"
    assert "og:image" not in found, "pictures are made only where a site asks for them"


def test_two_builds_make_the_same_bytes(site: Path, tmp_path: Path) -> None:
    again = build_site(CASES / "feeds" / "site", tmp_path / "again")
    for path in site.rglob("*"):
        if path.suffix in (".xml", ".json", ".ics", ".md", ".ndjson", ".txt"):
            assert (again / path.relative_to(site)).read_bytes() == path.read_bytes()
