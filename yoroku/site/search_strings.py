"""The words of the search in the interface's languages: key → {language: text}. `strings.py` serves them.

Pages carry their language's own as ``<script type="application/json" id="search-strings">``. `{n}`, `{q}` and the like
are filled in by the browser; keys in ``_one`` and ``_other`` are the forms for numbers.
"""

from __future__ import annotations

STRINGS: dict[str, dict[str, str]] = {
    "search_hint": {
        "ja": "語を入れると結果が出ます。",
        "en": "Results appear as you type.",
    },
    "search_working": {"ja": "検索しています…", "en": "Searching…"},
    "search_results_one": {"ja": "{n}件", "en": "{n} result"},
    "search_results_other": {"ja": "{n}件", "en": "{n} results"},
    "search_none": {"ja": "「{q}」に合うものはありません", "en": "Nothing matches “{q}”"},
    "search_none_filters": {"ja": "絞り込みに合うものはありません", "en": "Nothing matches these filters"},
    "search_widen": {
        "ja": "語を短くするか、絞り込みを外してください。",
        "en": "Try fewer words or clear filters.",
    },
    "search_loose": {
        "ja": "そのままの形では見つからないため、記号や長音を除いて探した結果です。",
        "en": "Nothing matches exactly; these results leave out punctuation and a final long vowel.",
    },
    "search_failed": {
        "ja": "検索の索引を読み込めませんでした。",
        "en": "The search index did not load.",
    },
    "search_retry": {"ja": "もう一度試す", "en": "Try again"},
    "search_lists": {"ja": "一覧からさがす", "en": "Browse the lists"},
    "search_more": {"ja": "さらに表示", "en": "Show more"},
    "search_clear": {"ja": "絞り込みをすべて外す", "en": "Clear all filters"},
    "search_all_values": {"ja": "すべて表示（{n}）", "en": "Show all ({n})"},
    "search_sort": {"ja": "並べ方", "en": "Sort by"},
    "search_sort_relevance": {"ja": "関連度の高い順", "en": "Relevance"},
    "search_sort_newest": {"ja": "できごとの新しい順", "en": "Newest event"},
    "search_sort_oldest": {"ja": "できごとの古い順", "en": "Oldest event"},
    "search_recent": {"ja": "最近の検索", "en": "Recent searches"},
    "search_keep_recent": {
        "ja": "検索した語をこのブラウザーに残す",
        "en": "Keep my searches in this browser",
    },
    "search_forget": {"ja": "消す", "en": "Forget"},
    "search_title_untitled": {"ja": "（題名なし）", "en": "(untitled)"},
    "search_facet_source": {"ja": "資料元", "en": "Source"},
    "search_facet_person": {"ja": "人物", "en": "Person"},
    "search_facet_organisation": {"ja": "組織", "en": "Organisation"},
    "search_facet_place": {"ja": "場所", "en": "Place"},
    "search_facet_topic": {"ja": "主題", "en": "Topic"},
    "search_facet_kind": {"ja": "種類", "en": "Kind"},
    "search_facet_year": {"ja": "年", "en": "Year"},
    "search_marks": {"ja": "検索した語", "en": "Searched words"},
    "search_mark_position": {"ja": "{i} / {n}", "en": "{i} of {n}"},
    "search_mark_none": {
        "ja": "このページの本文に検索した語はありません",
        "en": "The searched words are not in the text of this page",
    },
    "search_mark_next": {"ja": "次へ", "en": "Next"},
    "search_mark_previous": {"ja": "前へ", "en": "Previous"},
    "search_mark_close": {"ja": "印を消す", "en": "Remove marks"},
    "search_go": {"ja": "結果へ移る", "en": "Go to results"},
    "search_label": {"ja": "検索する語", "en": "Words to search for"},
    "search_placeholder": {"ja": "語、人名、日付でさがす", "en": "Search words, names, dates"},
    "search_filters": {"ja": "絞り込み", "en": "Filters"},
    "search_dialog": {"ja": "サイト内検索", "en": "Search this site"},
    "search_close": {"ja": "閉じる", "en": "Close"},
    "search_key_move": {"ja": "移動", "en": "Move"},
    "search_key_open": {"ja": "開く", "en": "Open"},
    "search_key_slash": {"ja": "で開く", "en": "opens search"},
    "search_page": {"ja": "検索ページ", "en": "Search page"},
    "search_no_script": {
        "ja": "検索には JavaScript を使います。使えない環境では、次の一覧からさがせます。",
        "en": "Search needs JavaScript. Without it, these lists lead to every page.",
    },
}
