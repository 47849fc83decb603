"""The help of the commands in Japanese, by its English form. Loaded only when somebody asks for it."""

# One text a line, beside its English form.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Mapping

HELP: Mapping[str, str] = {
    "options": "オプション",
    "positional arguments": "引数",
    "everywhere": "共通",
    "show this help message and exit": "この説明を表示して終わる",
    "show program's version number and exit": "版を表示して終わる",
    "work on the site in DIR instead of here": "ここではなく DIR のサイトを扱う",
    "print problems only": "指摘だけを表示する",
    "print one JSON object at the end, for other programs": "最後に JSON を一つ出す(ほかのプログラム用。言葉は英語)",
    "language of messages (default: $YOROKU_LANG, then the locale)": "表示の言語(既定: $YOROKU_LANG、なければロケール)",
    # build, serve
    "import new bulletins and make the site": "新しい速報を取り込み、サイトを作る",
    "Import every new bulletin of content/bulletins/, make the pages that changed, and bring the search index\nup to date. When anything is wrong, all problems are listed and the output stays as it was.": "content/bulletins/ の新しい速報をすべて取り込み、変わったページを作り、検索の索引を更新します。\n誤りがあればすべて表示し、output/ は元のままにします。",
    "worker processes for a cold build (default: as many as help)": "初めて作るときのプロセスの数(既定: 役に立つ数)",
    "say why each page was made again": "ページを作り直した理由を表示する",
    "where the pages go (default: output)": "ページの置き場(既定: output)",
    "public address of the site, e.g. https://you.github.io/repo (default: $YOROKU_BASE_URL, then site.yaml)": "公開する URL。例 https://you.github.io/repo(既定: $YOROKU_BASE_URL、なければ site.yaml)",
    "also make pages of drafts and scheduled documents, marked": "下書きや予約の文書も、印をつけて作る",
    "leave the search index out": "検索の索引を作らない",
    "preview with live reload": "書きながら見るプレビュー",
    "Serve the site on this machine and show every edit in the browser at once. Mistakes appear over the page\nand go away when they are mended. Ctrl-C ends it.": "この機械でサイトを開き、編集をすぐにブラウザーに映します。誤りはページの上に表示され、直すと消えます。\nCtrl-C で終わります。",
    "port (default: 8000)": "ポート(既定: 8000)",
    "address to listen on (default: this machine only)": "待ち受けるアドレス(既定: この機械だけ)",
    "open the home page in the browser": "ブラウザーでトップページを開く",
    "look for changes by time stamps (network drives, containers)": "更新時刻で変更を探す(ネットワークドライブ、コンテナー)",
    "repeat all problems after each change, between 'changed' and 'ready'": "変更のたびに、'changed' と 'ready' の間で問題をすべて繰り返す",
    # import, new
    "turn bulletins into briefings": "速報をブリーフィングにする",
    "Turn the given bulletins into Markdown briefings in content/briefings/. An existing briefing is updated\nonly where nobody has edited it.\n\n  import news.txt              write the briefing\n  import news.txt --stdout     print it\n  import news.txt --explain    show what became of each line": "速報を content/briefings/ の Markdown にします。すでにあるブリーフィングは、人が手を入れていない所だけを更新します。\n\n  import news.txt              ブリーフィングを書く\n  import news.txt --stdout     画面に出す\n  import news.txt --explain    それぞれの行がどうなったかを表示する",
    "bulletins or folders of them; - is standard input": "速報か、そのフォルダー。- は標準入力",
    "print the briefing's Markdown and write nothing": "Markdown を画面に出し、何も書かない",
    "print what became of each line, and why; write nothing": "それぞれの行がどうなったか、なぜかを表示し、何も書かない",
    "worker processes for many bulletins": "速報が多いときのプロセスの数",
    "begin a note or a briefing": "注かブリーフィングを始める",
    'Write a file with its front matter ready, and print its path.\n\n  new note "題名" --on 2023-01-12-japan-us-defence-ministers\n  new note "題名" --on … --kind correction': 'フロントマターを整えたファイルを書き、そのパスを表示します。\n\n  new note "題名" --on 2023-01-12-japan-us-defence-ministers\n  new note "題名" --on … --kind correction',
    "what to begin": "始めるもの",
    "its title": "題名",
    "the briefing that the note is about: slug, path, address or part of its title": "注の対象のブリーフィング: slug、パス、URL、題名の一部",
    "kind of note": "注の種類",
    "open the file in the editor that $VISUAL or $EDITOR names": "$VISUAL か $EDITOR のエディターで開く",
    # check and the rest
    "find mistakes without writing anything": "何も書かずに誤りを探す",
    "Read everything, follow every link, and list what is wrong with place and remedy.": "すべてを読み、すべてのリンクをたどり、誤りを場所と直し方とともに表示します。",
    "also list every open review item; warnings fail": "要確認の項目もすべて表示する。警告も失敗とする",
    "also ask other sites whether their pages are still there": "ほかのサイトのページがまだあるかも尋ねる",
    "begin a site of your own": "自分のサイトを始める",
    "the new site's folder": "新しいサイトのフォルダー",
    "Write settings, templates, workflows for GitHub Pages, marked samples and this program itself (a wheel in\nvendor/) into DIR. A file that is there already is never overwritten.": "設定、テンプレート、GitHub Pages のワークフロー、見本、このプログラム自身(vendor/ の wheel)を DIR に書きます。\nすでにあるファイルは書き換えません。",
    "bring a site to this version of the program": "サイトをこの版のプログラムに合わせる",
    "Renew the program that the site carries in vendor/ with the one that runs now, and the templates, workflows\nand schemas that nobody changed. A file that you changed or removed is never touched.\n\n  yoroku -C my-site upgrade": "サイトの vendor/ のプログラムと、だれも手を入れていないテンプレート、ワークフロー、スキーマを新しくします。\n手を入れたファイル、消したファイルには触れません。\n\n  yoroku -C my-site upgrade",
    "show what the new version changed in files that you changed too": "手を入れたファイルについて、新しい版での変更を表示する",
    "tell what a page was made from": "ページが何から作られたかを示す",
    "List what a page was made from.": "ページが何から作られたかを表示します。",
    "an address (/briefings/x/) or a file in output/": "URL(/briefings/x/)か、output/ のファイル",
    "remove the output and the memory of builds": "書き出しと作業の記憶を消す",
    "Remove the files that the build made in output/, and the cache in .yoroku/. Content is never touched.": "build が作った output/ のファイルと、.yoroku/ の記憶を消します。content/ には触れません。",
    "the output to remove (default: output)": "消す書き出し(既定: output)",
}

# What argparse says of a command line; `{}` are its own values, in this order. Python's versions quote differently.
USAGE: Mapping[str, str] = {
    "argument {}: {}": "{0}: {1}",
    "the following arguments are required: {}": "{0} が足りません",
    "unrecognized arguments: {}": "{0} という引数はありません",
    "ambiguous option: {} could match {}": "{0} は {1} のどれか分かりません",
    "expected one argument": "値を一つ書いてください",
    "expected at least one argument": "値を書いてください",
    "expected at most one argument": "値は一つまでです",
    "ignored explicit argument {}": "値 {0} は要りません",
    "not allowed with argument {}": "{0} と一緒には使えません",
    "invalid choice: {} (choose from {})": "{0} はありません({1} から選びます)",
    "invalid choice: {}, maybe you meant {}? (choose from {})": "{0} はありません。{1} ではありませんか({2} から選びます)",
    "invalid int value: {}": "{0} は整数ではありません",
    "invalid _jobs value: {}": "{0} は整数ではありません",
    "must be from 1 to 256": "1 から 256 の整数を書きます",
}


def usage(english: str) -> str:
    """What argparse says, in Japanese as far as it is known."""
    for said, japanese in USAGE.items():
        pattern = re.escape(said).replace(r"\{\}", "(.*?)")
        if found := re.fullmatch(pattern, english, re.DOTALL):
            return japanese.format(*map(usage, found.groups()))
    return english
