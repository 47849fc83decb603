"""What the preview says in the browser, in Japanese and English. The published site has none of these words."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "gap": "",
        "failed": "書き出せませんでした。",
        "line": "{line}行目",
        "column": "{column}文字目",
        "source": "該当箇所",
        "other_errors": "ほかにエラーが{count}件あります。",
        "other_warnings": "ほかに警告が{count}件あります。",
        "beneath": "画面の下には、最後に成功した版を表示しています。",
        "nothing_beneath": "まだ一度も書き出せていません。",
        "editor": "エディターで開く",
        "close": "閉じる(Esc)",
        "mends": "直すと自動で消えます。",
        "last_good": "最後の成功 {time}、書き出し {seconds}秒",
        "building": "書き出しています",
        "building_text": "ページができしだい、この画面に表示します。",
        "building_short": "書き出し中",
        "building_count": "書き出し中 {done}/{total}",
        "stale_search": "検索結果は、いまのページより古い版です(索引を作り直しています)",
        "lost": "プレビューにつながりません。再開を待っています",
        "not_found": "ページがありません",
        "not_found_text": "この URL に当たるファイルは書き出されていません。",
        "panel": "プレビュー",
        "site": "サイトを開く",
        "when": "時刻",
        "cause": "変わったファイル",
        "made": "書き出したページ",
        "took": "所要",
        "all_inputs": "全体を確認",
        "removed": "削除",
        "nothing": "変化なし",
        "more": "ほか{count}件",
        "result_failed": "失敗",
        "problems": "指摘",
        "no_problems": "指摘はありません。",
        "watching": "変更の監視",
        "watch_events": "通知(inotify など)",
        "watch_polling": "定期確認({seconds}秒ごと)",
        "search": "検索",
        "search_off": "なし(--no-search)",
        "search_stale": "作り直しています",
        "search_fresh": "ページと同じ版",
        "revision": "版",
    },
    "en": {
        "gap": " ",
        "failed": "The site could not be built: ",
        "line": "line {line}",
        "column": "column {column}",
        "source": "The place in question",
        "other_errors": "Other errors: {count}.",
        "other_warnings": "Other warnings: {count}.",
        "beneath": "The last good version stays beneath.",
        "nothing_beneath": "Nothing could be built yet.",
        "editor": "Open in the editor",
        "close": "Close (Esc)",
        "mends": "Goes away by itself when mended.",
        "last_good": "Last good build {time}, {seconds} s",
        "building": "Building the site",
        "building_text": "The page appears here as soon as it is made.",
        "building_short": "Building",
        "building_count": "Building {done}/{total}",
        "stale_search": "Search results are older than the pages (indexing again)",
        "lost": "The preview does not answer; waiting for it to come back",
        "not_found": "There is no such page",
        "not_found_text": "No file of the output has this address.",
        "panel": "Preview",
        "site": "Open the site",
        "when": "Time",
        "cause": "Changed files",
        "made": "Pages made",
        "took": "Took",
        "all_inputs": "everything checked",
        "removed": "removed",
        "nothing": "nothing changed",
        "more": "and {count} more",
        "result_failed": "failed",
        "problems": "Problems",
        "no_problems": "No problems.",
        "watching": "Watching for changes",
        "watch_events": "events of the system",
        "watch_polling": "looking every {seconds} s",
        "search": "Search",
        "search_off": "off (--no-search)",
        "search_stale": "indexing again",
        "search_fresh": "as new as the pages",
        "revision": "Revision",
    },
}


def interface(lang: str) -> str:
    """The language of the preview itself for a site's language: Japanese when it has no other."""
    found = lang.partition("-")[0]
    return found if found in WORDS else "ja"


def words(lang: str) -> Mapping[str, str]:
    """The words in a language."""
    return WORDS[interface(lang)]
