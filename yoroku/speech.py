"""The program's own words on a terminal, in English and Japanese, and which of the two a person wants.

Light: a build with nothing to do says its two lines with this.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yoroku.problems import Problem

LANGUAGES = ("ja", "en")
_ASKED = ("YOROKU_LANG", "LC_ALL", "LC_MESSAGES", "LANG")

TABLE: dict[str, tuple[str, str]] = {
    # what was done
    "built": (
        "{output}/: 書き出し {written}、削除 {removed}、そのまま {unchanged}({seconds:.2f}秒)",
        "{output}/: {written} written, {removed} removed, {unchanged} unchanged in {seconds:.2f} s",
    ),
    "look": (
        "{output}/index.html を開くか、プレビュー: {program} serve",
        "open {output}/index.html, or preview with: {program} serve",
    ),
    "imported": ("取り込み {path}", "imported {path}"),
    "updated": ("更新 {path}", "updated {path}"),
    "imports": (
        "新規 {created}、更新 {updated}、そのまま {unchanged}、要確認の値 {review}",
        "{created} new, {updated} updated, {unchanged} as they were, {review} values to review",
    ),
    "withheld": ("非公開: {what}", "withheld {what}"),
    "unfinished": (
        "書き出しは終わっていません。上の指摘を直して、もう一度実行します",
        "the build did not finish: mend what is named above and run it again",
    ),
    "untouched": ("何も書き出していません。{output}/ は元のままです", "nothing was written: {output}/ is as it was"),
    "checked": (
        "文書 {documents}件を確かめました。指摘 {problems}件",
        "{documents} documents checked, {problems} problems",
    ),
    "kept": ("そのまま {path}", "kept {path}"),
    "removed": (
        "{count}件のファイルを削除しました。次の build は初めから作ります",
        "removed {count} files; the next build starts anew",
    ),
    "interrupted": ("中断しました。書き出したものは完全です", "interrupted; what was written is whole"),
    "preview-at": ("プレビュー {url} (Ctrl-C で終了)", "preview at {url} (stop with Ctrl-C)"),
    "refreshed": (
        "{at} {count}件を書き出し({seconds:.2f}秒、{cause})",
        "{at} {count} files in {seconds:.2f} s ({cause})",
    ),
    "mended": (
        "{at} 直りました。{count}件を書き出し({seconds:.2f}秒、{cause})",
        "{at} mended; {count} files in {seconds:.2f} s ({cause})",
    ),
    "everything": ("全体", "everything"),
    "and-more": ("{names} ほか{count}件", "{names} and {count} more"),
    "init-written": (
        "{folder}: {written}件を書き、{kept}件はそのままです",
        "{folder}: {written} files written, {kept} left as they were",
    ),
    "renewed": ("新しくしました {path}", "renewed {path}"),
    "yours": (
        "手を入れてあるので、そのままです。新しい版でも変わっています: {path}",
        "left as you changed it, though the new version changed it too: {path}",
    ),
    "carries": (
        "サイトのプログラムは Yoroku {after} です(前は {before})。新しくしたファイル {count}件",
        "the site carries Yoroku {after}; before, {before}. {count} files renewed",
    ),
    "next": ("次: {command}", "next: {command}"),
    "stopped": ("終了しました", "stopped"),
    # how far it is
    "asking other sites": ("ほかのサイトに確認", "asking other sites"),
    "following links": ("リンクの確認", "following links"),
    "importing": ("取り込み", "importing"),
    "pages": ("ページ", "pages"),
    "reading": ("読み込み", "reading"),
    "search": ("検索の索引", "search"),
    # help
    "description": (
        """\
速報の文を出典つきのブリーフィングに変え、検索できる静的サイトを作ります。

  速報            content/bulletins/   届いたままの文(.txt .html .md)。書き換えません
  ブリーフィング  content/briefings/   一件に一つの Markdown。取り込みが作り、人が直します
  注              content/notes/       編集者の言葉。ブリーフィングへの注、続報、訂正
  ページ          output/              できあがったサイト
""",
        """\
Turn raw bulletins into sourced briefings, and briefings into a static site that anyone can search.

  bulletins   content/bulletins/   texts as received (.txt, .html, .md); never changed
  briefings   content/briefings/   one Markdown file each, made by the import, yours to edit
  notes       content/notes/       your own words, on a briefing or free
  pages       output/              the finished site
""",
    ),
    "epilog": (
        """\
コマンドがなければ build を実行します。「コマンド --help」で詳しく説明します。
終了コード: 0 完了 · 1 内容、テンプレート、設定に指摘 · 2 コマンドの誤り ·
3 外部の失敗(Pagefind、ポート、ディスク) · 70 このプログラムの不具合 · 130 中断
""",
        """\
Without a command, 'build' runs. 'COMMAND --help' says more about each.
Exit codes: 0 done · 1 problems in content, templates or settings · 2 bad command line ·
3 something outside failed (Pagefind, port, disk) · 70 a bug of ours · 130 interrupted
""",
    ),
    "commands": ("コマンド", "commands"),
    # a command line that cannot be understood
    "usage": ("使い方: ", "usage: "),
    "usage-error": ("{program}: {what}\n", "{program}: error: {what}\n"),
}


def language(environment: Mapping[str, str], words: Sequence[str] = ()) -> str:
    """What was asked for on the command line or by YOROKU_LANG, else the locale's language; English by default."""
    for at, word in enumerate(words):
        name, _, value = word.partition("=")
        if name == "--lang":
            asked = value or (words[at + 1] if at + 1 < len(words) else "")
            return "ja" if asked == "ja" else "en"
    asked = next((found for name in _ASKED if (found := environment.get(name))), "")
    return "ja" if asked.lower().startswith("ja") else "en"


class Speech:
    """The words in one language: ``say("kept", path="…")``."""

    __slots__ = ("lang",)

    def __init__(self, lang: str = "en") -> None:
        self.lang = lang

    def __call__(self, name: str, **values: object) -> str:
        """The words called `name`. A name that is not in the table is our bug and raises KeyError."""
        return TABLE[name][self.lang != "ja"].format(**values)

    def told(self, problem: Problem) -> str:
        """A problem as a line."""
        if self.lang != "ja":
            return str(problem)
        # Not at the top, here and below: who reads English needs none of it.
        from yoroku import problems_ja  # noqa: PLC0415

        return problems_ja.told(problem)

    def of(self, problem: Problem) -> Problem:
        """A problem with its words in the language."""
        if self.lang != "ja":
            return problem
        from yoroku import problems_ja  # noqa: PLC0415

        return problems_ja.in_japanese(problem)

    def withheld(self, told: str) -> str:
        """What a build says of a document that it does not show, given as "path: why"."""
        if self.lang != "ja":
            return self("withheld", what=told)
        from yoroku import problems_ja  # noqa: PLC0415

        return self("withheld", what=problems_ja.withheld(told))

    def help(self, english: str) -> str:
        """A help text in the language, where there is one."""
        if self.lang != "ja":
            return english
        from yoroku.help_ja import HELP  # noqa: PLC0415

        return HELP.get(english, english)

    def usage(self, english: str) -> str:
        """What is wrong with a command line, given as argparse says it."""
        if self.lang != "ja":
            return english
        from yoroku.help_ja import usage  # noqa: PLC0415

        return usage(english)
