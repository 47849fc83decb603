"""Every word of the interface, in Japanese and English, in one table. No string is glued from fragments.

A value may hold ``{n}`` and other names; English has ``one|many`` where a number decides.
"""

from __future__ import annotations

import hashlib

from markupsafe import Markup, escape

from yoroku.records import dataclass
from yoroku.site.search_strings import STRINGS

LANGUAGES = ("ja", "en")

TABLE: dict[str, tuple[str, str]] = {
    # the frame of every page
    "skip": ("本文へ移動", "Skip to content"),
    "home": ("ホーム", "Home"),
    "main-pages": ("主なページ", "Main pages"),
    "you-are-here": ("現在位置", "You are here"),
    "search": ("検索", "Search"),
    "close": ("閉じる", "Close"),
    "menu": ("メニュー", "Menu"),
    "theme": ("配色を切り替える(いまは{x})", "Change theme (now {x})"),
    "theme-auto": ("自動", "automatic"),
    "theme-light": ("明るい", "light"),
    "theme-dark": ("暗い", "dark"),
    "other-language": ("English", "日本語"),
    "other-language-short": ("EN", "日"),
    "content-language": (
        "画面の言葉は日本語ですが、資料の文は原文の言語のままです。",
        "The interface is in English; the text of the sources stays in its own language.",
    ),
    "briefings": ("ブリーフィング", "Briefings"),
    "timeline": ("年表", "Timeline"),
    "archive": ("月別アーカイブ", "Monthly archive"),
    "people": ("人物", "People"),
    "orgs": ("組織", "Organisations"),
    "places": ("場所", "Places"),
    "topics": ("主題", "Topics"),
    "kind-people": ("人物", "Person"),
    "kind-orgs": ("組織", "Organisation"),
    "kind-places": ("場所", "Place"),
    "kind-topics": ("主題", "Topic"),
    "tags": ("タグ", "Tags"),
    "tag-title": ("タグ「{name}」", "Tag: {name}"),
    "notes": ("ノート", "Notes"),
    "editors-notes": ("編集ノート", "Editors' notes"),
    "about": ("このサイトについて", "About"),
    "foot-find": ("さがす", "Find"),
    "foot-receive": ("受け取る", "Subscribe"),
    "foot-site": ("このサイト", "This site"),
    "foot-take-part": ("編集に参加", "Take part"),
    "foot-timeline": ("年表(できごとの日付順)", "Timeline (by date of event)"),
    "foot-policy": ("編集の方針と凡例", "Editorial policy and legend"),
    "foot-sources": ("資料と公開範囲", "Sources and rights"),
    "foot-corrections": ("訂正の一覧", "Corrections"),
    "foot-accessibility": ("アクセシビリティ", "Accessibility"),
    "foot-privacy": (
        "外部への通信、クッキー、アクセス解析は使いません。",
        "This site loads nothing from elsewhere, sets no cookies and counts no visits.",
    ),
    "foot-by": ("発行 {who}。", "Published by {who}."),
    "feed-atom": ("Atom フィード", "Atom feed"),
    "feed-json": ("JSON フィード", "JSON feed"),
    "feed-calendar": ("カレンダー(.ics)", "Calendar (.ics)"),
    "feed-api": ("JSON API", "JSON API"),
    "feed-title": ("{name}({site})", "{name} ({site})"),
    "feed-note": ("{kind}: {title}", "{kind}: {title}"),
    "unready": ("［{state}］{title}", "[{state}] {title}"),
    "state-draft": ("下書き", "Draft"),
    "state-scheduled": ("予約", "Scheduled"),
    "state-embargoed": ("解禁前", "Embargoed"),
    "state-expired": ("公開終了", "Expired"),
    "state-unlisted": ("一覧外", "Unlisted"),
    "feed-of": ("{name}のフィード", "Feed of {name}"),
    "edit-page": ("このページを編集", "Edit this page"),
    "report-error": ("誤りを知らせる", "Report an error"),
    # counts
    "n-briefings": ("ブリーフィング {n}件", "{n} briefing|{n} briefings"),
    "n-sources": ("資料 {n}点", "{n} source|{n} sources"),
    "n-corrections": ("訂正 {n}件", "{n} correction|{n} corrections"),
    "n-notes": ("ノート {n}件", "{n} note|{n} notes"),
    "n-statements": ("発言 {n}件", "{n} statement|{n} statements"),
    "n-points": ("要点 {n}件", "{n} point|{n} points"),
    "n-tags": ("タグ {n}件", "{n} tag|{n} tags"),
    "n-items": ("{n}件", "{n}"),
    "last-updated": ("最終更新", "Last updated"),
    # briefing
    "latest": ("最新のブリーフィング", "Latest briefings"),
    "recent": ("最近のブリーフィング", "Recent briefings"),
    "read-all": ("全文を読む", "Read in full"),
    "one-page": ("1枚で読む", "One page"),
    "one-page-of": ("{title}(1枚で読む)", "{title} (one page)"),
    "print": ("印刷する", "Print"),
    "cite": ("引用と共有", "Cite and share"),
    "cite-text": ("引用の書式", "Citation"),
    "cite-copy": ("書式を写す", "Copy the citation"),
    "cite-link": ("リンクを写す", "Copy the link"),
    "cite-done": ("写しました", "Copied"),
    "cite-form": (
        "{author}「{title}」『{site}』{date}、{url}",
        "{author}, “{title}”, {site}, {date}, {url}",
    ),
    "cite-form-undated": ("{author}「{title}」『{site}』{url}", "{author}, “{title}”, {site}, {url}"),
    "published": ("公開", "Published"),
    "updated": ("更新", "Updated"),
    "minutes-to-read": ("約{n}分", "{n} min"),
    "history": ("履歴", "History"),
    "history-n": ("履歴({n})", "History ({n})"),
    "facts": ("基本情報", "Key facts"),
    "wareki": ("和暦で表示", "Japanese era"),
    "local-time": ("現地({zone})", "Local ({zone})"),
    "japan-time": ("日本時間", "Japan time"),
    "site-time": ("{zone}の時間", "Time in {zone}"),
    "converted": ("換算", "converted"),
    "hours-apart": ("{n}時間", "{n} h"),
    "fact-date": ("日付", "Date"),
    "fact-time": ("時刻", "Time"),
    "fact-duration": ("所要", "Duration"),
    "fact-place": ("場所", "Place"),
    "fact-people": ("人物", "People"),
    "fact-sources": ("資料", "Sources"),
    "minutes": ("{n}分間", "{n} minute|{n} minutes"),
    "local-day": ("{day}(現地)", "{day} (local)"),
    "days-range": ("{first}–{last}", "{first} – {last}"),
    "event-n": ("できごと{n}", "Event {n}"),
    "toc": ("目次", "Contents"),
    "points": ("要点", "Key points"),
    "verbs-as-source": ("動詞は資料のまま", "Verbs as in the source"),
    "verb-4": ("文書や議決で確定", "settled by document or vote"),
    "verb-3": ("合意・一致", "agreed, concurred"),
    "verb-2": ("確認", "confirmed"),
    "verb-1": ("歓迎・表明", "welcomed, stated"),
    "planned": ("予定", "planned"),
    "by": ("{names}", "{names}"),
    "further-points": ("ほかの要点 {n}件", "{n} more point|{n} more points"),
    "statements": ("発言", "Statements"),
    "direct": ("直接引用", "Quotation"),
    "reported": ("要旨", "Paraphrase"),
    "direct-means": ("資料のかぎ括弧の中", "inside quotation marks in the source"),
    "reported-means": ("資料が地の文で伝えるもの", "told by the source in its own words"),
    "no-speaker": ("話し手の記載なし", "Speaker not named"),
    "compare": ("資料を比べる", "Compare sources"),
    "compare-caption": (
        "同じできごとを伝える資料の記述を、項目ごとに並べたものです。",
        "What the sources of the same event say, item by item.",
    ),
    "compare-item": ("項目", "Item"),
    "difference": ("違い", "Difference"),
    "not-mentioned": ("記載なし", "not mentioned"),
    "diff-same": ("同じ", "same"),
    "diff-wording": ("表し方", "wording"),
    "diff-only": ("{x}のみ", "only {x}"),
    "diff-some": ("{x}に記載", "in {x}"),
    "diff-differs": ("異なる", "differs"),
    "source-date": ("資料の日付", "Date of the source"),
    "event-day": ("できごとの日", "Day of the event"),
    "n-points-cell": ("{n}件", "{n}"),
    "other-points": ("ほかの要点", "Other points"),
    "body": ("本文", "Text"),
    "body-note": (
        "速報の文です。左の数字は速報の行です。",
        "The text of the bulletin; the numbers are its lines.",
    ),
    "body-cut": (
        "「…」は、資料の利用条件により載せていない部分です。",
        "“…” marks what the rights of a source do not let us show.",
    ),
    "sources": ("資料と出典", "Sources"),
    "rights": ("利用条件", "Rights"),
    "rights-full": (
        "全文を載せています。要点と構成は編集部が加工しました。",
        "Shown in full. Key points and structure were added by the editors.",
    ),
    "rights-excerpt": (
        "著作権は{who}にあります。必要な箇所だけを引用し、全文は載せません。",
        "Copyright {who}. Only the passages needed are quoted; the full text is not shown.",
    ),
    "rights-excerpt-nobody": (
        "必要な箇所だけを引用し、全文は載せません。",
        "Only the passages needed are quoted; the full text is not shown.",
    ),
    "rights-link": ("見出しとURLだけを載せています。", "Only title and address are shown."),
    "policy-full": ("全文", "Full text"),
    "policy-excerpt": ("抜粋", "Excerpt"),
    "policy-link": ("リンク", "Link only"),
    "policy-private": ("非公開", "Private"),
    "primary": ("一次資料", "Primary source"),
    "report": ("報道", "News report"),
    "untitled-source": ("題名のない資料", "Untitled source"),
    "no-sources": (
        "この速報には、資料の名前もURLも書かれていません。",
        "The bulletin names no source and gives no address.",
    ),
    "bulletin": ("速報", "Bulletin"),
    "bulletin-lines": ("速報の{lines}行", "Bulletin, line {lines}"),
    "read-lines": ("行番号つきで読む({n}か所)", "Read with line numbers ({n})"),
    "line-n": ("{n}行目", "line {n}"),
    "see-line": ("{label} 出典{who}の{n}行目を見る", "{label} Source: {who}, line {n}"),
    "go-to-line": ("資料の該当行へ", "Go to this line"),
    "go-to-source": ("資料の欄へ", "Go to the source"),
    "line-link": ("{label} この行へのリンク", "{label} Link to this line"),
    "line-withheld": (
        "この行の文は、資料の利用条件により載せていません。",
        "The rights of the source do not let us show this line.",
    ),
    "references": ("参考リンク", "Further reading"),
    "corrects": ("訂正の対象", "Corrects"),
    "unchecked": ("未確認", "unchecked"),
    "unchecked-list": ("確かめていないこと", "Not yet checked"),
    "unchecked-note": (
        "速報からは決めきれず、編集部がまだ確かめていない項目です。",
        "What the bulletin leaves open and the editors have not yet checked.",
    ),
    "note": ("編集注", "Editors' note"),
    "update": ("続報", "Update"),
    "correction": ("訂正", "Correction"),
    "note-n": ("編集注", "Editors' notes"),
    "note-about": ("注の箇所", "On"),
    "was": ("訂正前", "Before"),
    "now": ("訂正後", "After"),
    "reason": ("理由", "Reason"),
    "before-after": ("前後のできごと", "Before and after"),
    "this-page": ("{title}(このページ)", "{title} (this page)"),
    "entities": ("人物・組織・主題", "People, organisations, topics"),
    "made-from": (
        "速報 {name} から作成 (SHA-256 {sum})",
        "Made from bulletin {name} (SHA-256 {sum})",
    ),
    "folded": (
        "速報は同じ内容を繰り返しています。繰り返しの行({lines})は初出にまとめました。",
        "The bulletin repeats itself; the repeated lines ({lines}) are shown once.",
    ),
    "archived-copy": ("保存された写しを見る", "See an archived copy"),
    "copy-json": ("JSON", "JSON"),
    "copy-markdown": ("Markdown", "Markdown"),
    "unlisted": ("一覧に載せていないページです。", "This page is not listed."),
    "line-by-line": ("行番号つき", "Line by line"),
    "source-view": ("{title}(行番号つき)", "{title} (line by line)"),
    "source-view-note": (
        "速報の文を行番号の順に並べたものです。載せていない行があります。",
        "The text of the bulletin by line number. Lines that may not be shown are left out.",
    ),
    "back-to-briefing": ("ブリーフィングへ戻る", "Back to the briefing"),
    "lines-left-out": ("{lines}行は載せていません", "Line {lines} not shown"),
    # lists, calendars
    "previous": ("前へ", "Previous"),
    "next": ("次へ", "Next"),
    "pages-of": ("ページ", "Pages"),
    "page-n": ("{n}ページ", "Page {n}"),
    "list-order": ("できごとの新しい順です。", "Newest event first."),
    "events-of": ("{month}のできごと", "Events of {month}"),
    "events-on": ("{day} {n}件", "{day}: {n}"),
    "all-timeline": ("年表をすべて見る", "See the whole timeline"),
    "timeline-note": (
        "公開の日ではなく、できごとの日付の順です。",
        "By the date of the event, not of publication.",
    ),
    "people-more": ("ほか{n}人", "{n} more"),
    "years": ("年", "Years"),
    "months": ("月", "Months"),
    "archive-note": ("公開した月ごとの一覧です。", "By month of publication."),
    "published-in": ("{month}に公開", "Published in {month}"),
    "nothing-yet": ("まだありません。", "Nothing yet."),
    "undated": ("日付の記載なし", "Undated"),
    "of-sources": ("資料 {names}", "Sources: {names}"),
    "often": ("よく登場する", "Frequent names"),
    "see-all": ("一覧", "All"),
    "read-on": ("続きを読む", "Read on"),
    # entities
    "as-of-source": ("{role}({day}の資料による)", "{role} (in a source of {day})"),
    "as-of-editors": ("{role}(編集部の人名録による)", "{role} (from the editors' file)"),
    "stat-briefings": ("ブリーフィング", "Briefings"),
    "stat-statements": ("発言", "Statements"),
    "stat-direct": ("うち直接引用", "of which quoted"),
    "stat-latest": ("最新の登場", "Latest"),
    "stat-first": ("最初の登場", "First"),
    "stat-forms": ("資料での呼び方", "Forms in sources"),
    "unit-n": ("件", ""),
    "appears-in": ("登場するブリーフィング", "Briefings"),
    "events-here": ("できごと", "Events"),
    "also-present": ("ともに登場する人物", "Appears with"),
    "related": ("関わる組織と主題", "Related"),
    "forms": ("資料での呼び方", "Names in sources"),
    "form": ("表記", "Form"),
    "form-count": ("件数", "Briefings"),
    "reading-note": (
        "読みとローマ字は編集部が補いました。",
        "Readings and romanisation were added by the editors.",
    ),
    "roles": ("肩書", "Offices"),
    "index-note": ("読みの五十音順です。読みの分からない名前は後ろに置きます。", "In alphabetical order."),
    "no-reading": ("読みの記載なし", "Other"),
    "index-jump": ("頭文字", "Initials"),
    # search, about, errors
    "about-more": ("ほかのページ", "More"),
    "corrections": ("訂正の一覧", "Corrections"),
    "linked-from": ("被リンク", "Linked from"),
    "corrections-note": (
        "これまでの訂正をすべて残しています。",
        "Every correction ever made.",
    ),
    "sources-page": ("資料と公開範囲", "Sources and rights"),
    "sources-page-note": (
        "資料ごとに、どこまで載せるかを決めています。行に書いた決まりがなければ「{policy}」です。",
        "How much of each source is shown. Where nothing else is stated: {policy}.",
    ),
    "publisher": ("発行元", "Publisher"),
    "kind": ("種類", "Kind"),
    "policy": ("公開範囲", "Shown"),
    "attribution": ("出典の表示", "Attribution"),
    "accessibility-page": ("アクセシビリティ", "Accessibility"),
    "accessibility-aim": (
        "WCAG 2.2 の AA(ISO/IEC 40500:2025)と JIS X 8341-3:2016 の AA を目標にしています。",
        "The aim is WCAG 2.2 level AA (ISO/IEC 40500:2025), and so JIS X 8341-3:2016 AA.",
    ),
    "accessibility-keys": (
        "すべての操作はキーボードでできます。「/」のショートカットは検索の画面で止められます。",
        "Everything works by keyboard. The “/” shortcut can be turned off in the search dialog.",
    ),
    "accessibility-modes": (
        "明るい配色と暗い配色、強いコントラスト、動きの抑制、文字の拡大、印刷に対応しています。",
        "Light and dark, high contrast, reduced motion, larger text and print are supported.",
    ),
    "accessibility-js": (
        "JavaScript がなくても、検索を除くすべてを読めます。",
        "Without JavaScript everything but search can be read.",
    ),
    "accessibility-tested": (
        "全種類のページを、明暗の配色と 1280・390 px の幅で、axe-core により自動で試験しています(違反 0 件)。",
        "Every kind of page is tested with axe-core, light and dark, 1280 and 390 px wide: no violations.",
    ),
    "accessibility-untested": (
        "まだ試していないもの: スクリーンリーダーでの通し読み、Firefox と Safari。",
        "Not tried yet: reading through with a screen reader, Firefox and Safari.",
    ),
    "legend": ("凡例", "Legend"),
    "legend-inks": ("色の意味", "The three inks"),
    "legend-ink": ("墨は資料が述べていること", "Black: what the sources say"),
    "legend-ai": ("藍はリンクと操作", "Blue: links and controls"),
    "legend-shu": ("朱は編集部の言葉(編集注、訂正、換算)", "Red: what the editors say"),
    "legend-chip": (
        "A25 のような札は出典です。英字が資料、数字が速報の行で、押すとその行が読めます。",
        "A tag such as A25 is a source: the letter is the source, the number the line. Press it to read the line.",
    ),
    "missing-title": ("ページが見つかりません", "Page not found"),
    "missing-text": (
        "移されたか、削除されたか、アドレスに誤りがあります。",
        "It was moved or removed, or the address is wrong.",
    ),
    "moved-title": ("ページは移りました", "This page has moved"),
    "moved-text": ("新しいアドレス", "New address"),
}


@dataclass(frozen=True, slots=True)
class Strings:
    """The interface in one language. Templates call it: ``t("n-briefings", n=3)``."""

    lang: str

    def __call__(self, name: str, /, **values: object) -> str:
        """The words called `name`. A name that is not in the table is our bug and raises KeyError."""
        words = TABLE.get(name) or (STRINGS[name]["ja"], STRINGS[name]["en"])
        text = words[1 if self.lang == "en" else 0]
        if "|" in text:
            one, _, many = text.partition("|")
            text = one if values.get("n") in (1, "1") else many
        if not values:
            return text
        if any(isinstance(value, Markup) for value in values.values()):
            return Markup(escape(text)).format(**values)
        return text.format(**values)


def search_words(lang: str) -> dict[str, str]:
    """The words that the search's scripts use, in `lang`."""
    return {name: words["en" if lang == "en" else "ja"] for name, words in STRINGS.items()}


def words_digest(lang: str) -> str:
    """Changes whenever a word of the interface does."""
    own = (lang, sorted(TABLE.items()), sorted(search_words(lang).items()))
    return hashlib.sha256(repr(own).encode()).hexdigest()[:12]


def strings(lang: str) -> Strings:
    """The table in `lang`; Japanese for any language that is not translated."""
    return Strings(lang if lang in LANGUAGES else "ja")
