"""Links between texts: aliases, texts shown in others, suggestions, and that a mistake stops the build."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from editors_site import BRIEFING, HEADER, PAGE, Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "site")


def test_mistakes_in_texts_stop_the_build_all_at_once(site: Site) -> None:
    site.made()
    before = site.tree()
    site.note("one", "[[2024-02-01-buoy]] を見る。")
    site.note("two", "[案内](annai.md) と\n![図](zu.png)")
    site.write(BRIEFING, f"---\n{HEADER}---\n書き直した本文。![[無い]] ^L3\n")
    assert site.wrong() == [
        f"{BRIEFING}:9:12: error: '![[無い]]' leads nowhere; "
        "correct the name or remove the brackets [unresolved-embed]",
        "content/notes/one.md:5:3: error: '[[2024-02-01-buoy]]' leads nowhere; "
        "did you mean '2024-02-01-buoys'? [unresolved-wikilink]",
        "content/notes/two.md:5:6: error: 'annai.md' leads nowhere; correct or remove it [broken-link]",
        "content/notes/two.md:6:6: error: there is no image 'zu.png'; correct the path [broken-image]",
    ]
    assert site.tree() == before


def test_an_alias_is_a_name_or_an_old_address(site: Site) -> None:
    site.note("one", "本文。", "aliases: [別の名前, /2019/古い頁.html, former-name, Bouées en mer]\n")
    site.note("two", "[[別の名前]] [[bouées en mer|浮標]] [[former-name]]")
    site.made()
    assert site.page("notes/two/index.html").count('<a class="wikilink" href="../../notes/one/">') == 3
    redirects = [path for path, data in site.tree().items() if b'http-equiv="refresh"' in data and "en/" not in path]
    assert sorted(redirects) == ["2019/古い頁.html", "notes/former-name/index.html"]


def test_an_unlisted_page_can_be_linked_to(site: Site) -> None:
    site.note("one", "本文。", "unlisted: true\n")
    site.note("two", "[[注 one]] と [一](one.md)")
    site.made()
    assert site.page("notes/two/index.html").count('href="../../notes/one/"') == 2


def test_a_note_is_shown_in_another_under_its_title_and_author(site: Site) -> None:
    site.note("one", "# 章\n\n注の本文。[^1] ![[two]]\n\n[^1]: 脚注。", "author: 見本編集部\n")
    site.note("two", "二つ目。")
    site.write(BRIEFING, f"---\n{HEADER}---\n本文。 ^L3\n\n![[one]]\n\n![[one]]\n")
    site.made()
    page = site.page(PAGE)
    head = '<p class="embed-head"><a href="../../notes/one/">注 one</a> <span class="embed-by">見本編集部</span></p>'
    assert page.count(f'<div class="embed">\n{head}') == 2
    assert page.count("注の本文。") == 2
    assert "<p><div" not in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {link for link in re.findall(r'href="#([^"]+)"', page) if "fn" in link} <= set(ids)


def test_a_section_and_a_block_are_shown_alone(site: Site) -> None:
    site.note("one", "# 一\n\n甲。\n\n## 一の二\n\n乙。[^a]\n\n# 二\n\n丙。 ^ref-1\n\n丁。\n\n[^a]: 脚注。")
    site.note("two", "![[one#一]]\n\n![[one#^ref-1]]")
    site.made()
    page = site.page("notes/two/index.html")
    assert page.count('<div class="embed">') == 2
    assert all(word in page for word in ("甲。", "乙。", "脚注。", "丙。"))
    assert "丁。" not in page
    site.note("two", "![[one#無い章]]")
    assert site.wrong() == [
        "content/notes/two.md:5:4: error: '![[one#無い章]]' leads nowhere; "
        "'注 one' has no such heading [unresolved-embed]"
    ]


def test_notes_that_show_each_other_are_told_and_end(site: Site) -> None:
    site.note("one", "![[two]]")
    site.note("two", "![[one]]")
    assert site.wrong() == [
        "content/notes/one.md:5:4: error: '注 two' leads back to itself and cannot be shown here; "
        "link to it instead: [[...]] [embed-cycle]",
        "content/notes/two.md:5:4: error: '注 one' leads back to itself and cannot be shown here; "
        "link to it instead: [[...]] [embed-cycle]",
    ]
    site.note("two", "![[two]]")
    assert [line.split(":")[0] for line in site.wrong()] == ["content/notes/one.md", "content/notes/two.md"]


def test_a_shown_text_that_changes_remakes_what_shows_it(site: Site) -> None:
    site.note("one", "初め。")
    site.note("two", "![[one]]")
    site.note("three", "![[two]]")
    site.note("four", "関係ない。")
    site.made()
    site.note("one", "次。")
    outcome = site.build()
    assert {"notes/one/index.html", "notes/two/index.html", "notes/three/index.html"} <= set(outcome.written)
    assert "notes/four/index.html" not in outcome.written
    assert "次。" in site.page("notes/three/index.html")


def test_what_is_not_published_is_not_shown_inside_another_text(site: Site) -> None:
    site.note("one", "秘密の本文。", "draft: true\n")
    site.note("two", "![[one]]")
    assert site.wrong() == [
        "content/notes/two.md:5:4: error: '![[one]]' leads nowhere; content/notes/one.md is withheld: draft "
        "[unresolved-embed]"
    ]
    assert not (site.root / "output").exists()


def test_a_link_to_what_is_not_published_yet_says_until_when(site: Site) -> None:
    site.note("one", "本文。", "publish_at: 2999-01-01 09:00\naliases: [先の話]\n")
    site.note("two", "[[先の話]] と [一](one.md)")
    assert [line.partition("nowhere; ")[2] for line in site.wrong()] == [
        "content/notes/one.md is withheld: scheduled until 2999-01-01 09:00 +09:00 [unresolved-wikilink]",
        "content/notes/one.md is withheld: scheduled until 2999-01-01 09:00 +09:00 [broken-link]",
    ]


def test_an_alias_of_two_pages_names_both(site: Site) -> None:
    site.note("one", "本文。", "aliases: [浮標]\n")
    site.note("two", "本文。", "aliases: [浮標]\n")
    site.note("three", "[[浮標]]")
    assert site.wrong() == [
        "content/notes/three.md:5:3: error: '[[浮標]]' leads nowhere; it is the name of content/notes/one.md and "
        "content/notes/two.md: write the name of the file [unresolved-wikilink]"
    ]


def test_a_briefing_is_linked_to_and_not_copied(site: Site) -> None:
    site.note("one", "![[2024-02-01-buoys]]")
    site.made()
    page = site.page("notes/one/index.html")
    assert '<a class="wikilink" href="../../briefings/2024-02-01-buoys/">観測ブイの会合（見本）</a>' in page
    assert "観測値を毎日交換する" not in page


def test_pages_tell_which_notes_link_to_them(site: Site) -> None:
    site.write("content/entities/people.yaml", "- {id: izumi, name: 朝霧いずみ}\n")
    front = HEADER + 'people: ["朝霧いずみ"]\n'
    site.write(BRIEFING, f"---\n{front}---\n朝霧いずみが話した。 ^L3\n")
    site.note(
        "one",
        "前の段落。\n\n- {観測|かんそく}は**[[2024-02-01-buoys|会合]]**で[[朝霧いずみ]]が話した。 ^x\n- 別の項目。",
    )
    site.note("two", "[一](one.md) を読む。`[[2024-02-01-buoys]]`", "unlisted: true\n")
    site.note("three", "[一](one.md) と[[注 one]]を読む。", "lang: en\n")
    site.made()
    for page, title, context in (
        (PAGE, "注 one", "観測は会合で朝霧いずみが話した。"),
        ("people/izumi/index.html", "注 one", "観測は会合で朝霧いずみが話した。"),
        ("notes/one/index.html", "注 three", "一 と注 oneを読む。"),
    ):
        section = site.page(page).partition('aria-labelledby="linked-h"')[2].partition("</section>")[0]
        assert "被リンク" in section
        assert section.count("<li") == 1
        assert f"{title}</a><p>{context}</p>" in section
    assert "Linked from" in site.page(f"en/{PAGE}")
    assert 'id="linked-h"' not in site.page("notes/three/index.html")
    site.note("one", "もう誰にも触れない。")
    outcome = site.build()
    assert {PAGE, "people/izumi/index.html"} <= set(outcome.written)
    assert 'id="linked-h"' not in site.page(PAGE)


SECOND = "content/briefings/2024/2024-03-02-pier.md"


def _second(site: Site, body: str, front: str = "") -> None:
    header = HEADER.replace("観測ブイの会合", "桟橋の会合").replace("2024-02-01", "2024-03-02")
    site.write(SECOND, f"---\n{header}{front}---\n{body}\n")


def _linked(site: Site, page: str) -> str:
    return site.page(page).partition('aria-labelledby="linked-h"')[2].partition("</section>")[0]


def test_a_briefing_tells_of_the_links_in_its_text(site: Site) -> None:
    _second(site, "前の段落。 ^L3\n\n編集部の言葉。[[2024-02-01-buoys|前の会合]]も参照。")
    site.note("one", "[会合](../briefings/2024/2024-02-01-buoys.md)の注。")
    site.made()
    section = _linked(site, PAGE)
    assert re.findall(r"<a [^>]*>(.*?)</a><p>(.*?)</p>", section) == [
        ("注 one", "会合の注。"),
        ("桟橋の会合（見本）", "編集部の言葉。前の会合も参照。"),
    ]
    _second(site, "[[2024-02-01-buoys]]", "unlisted: true\n")
    site.made()
    assert "桟橋" not in _linked(site, PAGE)


def test_a_link_without_words_around_it_shows_no_file_name(site: Site) -> None:
    site.note("one", "![[2024-02-01-buoys]]\n")
    site.made()
    section = _linked(site, PAGE)
    assert "注 one</a></li>" in section


def test_words_that_rights_withhold_are_not_told_by_a_link(site: Site) -> None:
    kept = "[会合](2024-02-01-buoys.md)は秘密の言葉です。" + "とても長い文が続きます。" * 60
    _second(site, f"{kept} ^L3\n\n{kept} ^L4")
    text = (site.root / SECOND).read_text("utf-8").replace("policy: full", "policy: link")
    site.write(SECOND, text)
    site.made()
    assert "秘密" not in "".join(data.decode("utf-8", "replace") for data in site.tree().values())


def test_an_edit_that_leaves_links_alone_remakes_nothing_that_is_linked_to(site: Site) -> None:
    _second(site, "初めの段落。 ^L3\n\n[[2024-02-01-buoys]]も参照。")
    site.note("one", "初め。\n\n[[2024-02-01-buoys]]の注。")
    site.made()
    _second(site, "書き直した段落。 ^L3\n\n[[2024-02-01-buoys]]も参照。")
    assert PAGE not in site.build().written
    site.note("one", "次。\n\n[[2024-02-01-buoys]]の注。")
    assert PAGE not in site.build().written
    _second(site, "書き直した段落。 ^L3\n\n[[2024-02-01-buoys]]をまず参照。")
    assert PAGE in site.build().written
    assert "をまず参照。" in _linked(site, PAGE)
    _second(site, "書き直した段落。 ^L3")
    assert PAGE in site.build().written
    assert "桟橋" not in _linked(site, PAGE)
    title = (site.root / SECOND).read_text("utf-8").replace("桟橋の会合", "桟橋の会議")
    site.write(SECOND, title + "\n[[2024-02-01-buoys]]\n")
    assert PAGE in site.build().written
    assert "桟橋の会議" in _linked(site, PAGE)
