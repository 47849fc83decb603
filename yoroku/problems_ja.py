"""Problems in Japanese: what stands in files of content and settings, for writers and their screens.

A problem is made, kept and compared in English; its Japanese words are found here when it is shown. The place, the
severity and the code stay as they are, so editors' problem matchers work in either language. A sentence that has no
Japanese form yet is shown in English. ``{}`` are the writer's own values, in the order of the English sentence.
"""

# One sentence a line, beside its English form: a table is read across.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from yoroku.problems import Problem
from yoroku.records import replace

_VALUE = re.compile(r"\{(\d)\}")
_WHATS: Mapping[str, str] = {
    # the fences and the YAML of the front matter
    "'{}' is not '---'": "「{0}」は「---」ではありません",
    "there is an empty line before the front matter": "フロントマターの前に空行があります",
    "front matter in TOML is not read": "TOML のフロントマターは読めません",
    "the file does not begin with front matter": "ファイルがフロントマターで始まっていません",
    "the front matter is never closed": "フロントマターが閉じられていません",
    "the front matter is not closed before this line": "この行より前でフロントマターが閉じられていません",
    "the front matter is not a mapping": "フロントマターが「キー: 値」の形になっていません",
    "the settings are not a mapping": "設定が「キー: 値」の形になっていません",
    "the file is not a list": "ファイルが一覧の形になっていません",
    "the file is not UTF-8: byte {}": "ファイルが UTF-8 ではありません(バイト {0})",
    "the file is not UTF-8": "ファイルが UTF-8 ではありません",
    "{} is not UTF-8": "{0} が UTF-8 ではありません",
    "after '{}' stands the wide colon '：'": "「{0}」の後のコロンが全角「：」です",
    "there is a wide space after '{}'": "「{0}」の後の空白が全角です",
    "there is no space after '{}'": "「{0}」の後に空白がありません",
    "a value that begins with '{}' needs quotes": "「{0}」で始まる値には引用符が要ります",
    "'{}' is indented below '{}', which has a value of its own": "「{1}」には値があるのに、「{0}」がその下に字下げされています",
    "aliases (*name) are not read here": "YAML のエイリアス(*名前)は使えません",
    "the tag '{}' is not read here": "YAML のタグ「{0}」は使えません",
    "a key must be plain text": "キーは文字でなければなりません",
    "the character {} is not allowed in YAML": "YAML に使えない文字 {0} があります",
    "the YAML is nested too deeply": "YAML の入れ子が深すぎます",
    "the YAML has {} characters": "YAML が長すぎます({0}字)",
    "the YAML cannot be read here: mapping values are not allowed in this context": "ここで YAML を読めません。値の中に「: 」があります",
    "the YAML cannot be read here: found character that cannot start any token": "ここで YAML を読めません。値を始められない文字です",
    "the YAML cannot be read here: found unexpected end of stream": "ここで始まる引用符が閉じられていません",
    "the YAML cannot be read here: could not find expected ':'": "ここで YAML を読めません。「:」がありません",
    "the YAML cannot be read here: {}": "ここで YAML を読めません({0})",
    "the YAML cannot be read here": "ここで YAML を読めません",
    # keys and values
    "the key '{}' stands twice": "キー「{0}」が2回書かれています",
    "the key '{}' is not known in '{}'": "「{1}」にキー「{0}」はありません",
    "the key '{}' is not known": "キー「{0}」はありません",
    "the key '{}' is missing in '{}'": "「{1}」にキー「{0}」がありません",
    "the key '{}' is missing": "キー「{0}」がありません",
    "'{}' is empty in '{}'": "「{1}」の「{0}」が空です",
    "'{}' is empty": "「{0}」が空です",
    "an item of '{}' must be text": "「{0}」の項目は文字でなければなりません",
    "'{}' must be one piece of text": "「{0}」はひと続きの文字でなければなりません",
    "'{}' must be true or false": "「{0}」は true か false でなければなりません",
    "'{}' must be a whole number": "「{0}」は整数でなければなりません",
    "'{}' must be a date": "「{0}」は日付でなければなりません",
    "'{}' must be a list": "「{0}」は一覧でなければなりません",
    "'{}' must be a mapping": "「{0}」は「キー: 値」の形でなければなりません",
    "'{}' must name lines of the bulletin": "「{0}」は速報の行番号でなければなりません",
    "'{}' in '{}' has the wide mark '{}'": "「{1}」の「{0}」に全角の「{2}」があります",
    "{} '{}' is not a date that exists": "{0}「{1}」という日付はありません",
    "{} '{}' is not written as a date": "{0}「{1}」は日付の書き方ではありません",
    "{} '{}' is not the code of a language": "{0}「{1}」は言語の符号ではありません",
    "{} '{}' is not a web address": "{0}「{1}」は URL ではありません",
    "{} '{}' is not known": "{0}「{1}」はありません",
    "{} '{}' contains '{}'": "{0}「{1}」に使えない文字「{2}」があります",
    "{} '{}' contains the invisible character {}": "{0}「{1}」に見えない文字 {2} があります",
    "{} '{}' is longer than {} characters": "{0}「{1}」は {2} 字を超えています",
    "{} '{}' has a part that {}": "{0}「{1}」の一部はファイル名にできません({2})",
    "{} '{}' has the part '{}', which Windows keeps for a device": "{0}「{1}」の「{2}」は Windows ではファイル名にできません",
    "{} '{}' lies in '{}', which belongs to the site's own files": "{0}「{1}」の「{2}」はサイト自身のファイルの場所です",
    "{} '{}' is a file that every site has": "{0}「{1}」はどのサイトにもあるファイルです",
    "it expires on {}, before it is published on {}": "公開終了 {0} が公開 {1} より前です",
    "it ends on {}, before it begins on {}": "終了 {0} が開始 {1} より前です",
    "nobody reads the file '{}'": "ファイル「{0}」は読まれません",
    "the id '{}' cannot be an address": "id「{0}」は URL にできません",
    "the id '{}' stands twice": "id「{0}」が2回書かれています",
    "'{}' stands twice in {}": "「{0}」が {1} に2回書かれています",
    # links, pictures, footnotes and other Markdown
    "'{}' leads nowhere": "「{0}」のリンク先がありません",
    "'#{}' leads to a heading that is not here": "「#{0}」という見出しはこのページにありません",
    "'{}' leads to a place that {} does not have": "「{0}」の示す場所は {1} にありません",
    "'{}' leads back to itself and cannot be shown here": "「{0}」は自分自身に戻るので、ここに表示できません",
    "there is no image '{}'": "画像「{0}」がありません",
    "the image '{}' has no alternative text": "画像「{0}」に代替テキストがありません",
    "the readings of '{}' do not fit its characters": "「{0}」の読みの数が字の数と合いません",
    "there is no footnote '{}'": "脚注「{0}」がありません",
    "nothing refers to the footnote '{}', so it is not shown": "脚注「{0}」はどこからも参照されていないので、表示されません",
    "the footnote '{}' is defined twice, and only the first is shown": "脚注「{0}」が2回定義されています。表示されるのは初めのものだけです",
    "there is no callout type '{}'": "コールアウトの種類「{0}」はありません",
    "this is nested too deeply and is not shown": "入れ子が深すぎるので表示されません",
    "the wide sign '＃' begins no heading": "全角の「＃」では見出しになりません",
    "there is no space after '{}', so this is no heading": "「{0}」の後に空白がないので、見出しになりません",
    "a wide space after '{}' begins no heading": "「{0}」の後の空白が全角なので、見出しになりません",
    "'{}' begins no callout here": "ここでは「{0}」はコールアウトになりません",
    "'{}' begins no callout": "「{0}」はコールアウトになりません",
    "'{}' is not closed, so this is no callout": "「{0}」が閉じていないので、コールアウトになりません",
    "there is no space after '{}', so this is no callout": "「{0}」の後に空白がないので、コールアウトになりません",
    "'{}' has a wide colon, so it defines no footnote": "「{0}」のコロンが全角なので、脚注になりません",
    "'{}' is no ruby": "「{0}」はルビになりません",
    "'{}' is no link": "「{0}」はリンクになりません",
    "'{}' is not closed, so it is no link": "「{0}」が閉じていないので、リンクになりません",
    "'{}' leads to a file of one machine": "「{0}」は一台の機械の中のファイルを指しています",
    "'{}' leads to no address that is allowed here": "「{0}」は使えない URL を指しています",
    "'{}' is not emphasised": "「{0}」は強調になりません",
    "'{}' is not marked here": "「{0}」はここでは目印になりません",
    "'**' neither begins nor ends emphasis here, and is shown": "ここの「**」は強調にならず、そのまま表示されます",
    "'{}' is shown to readers": "「{0}」は読者に見えます",
    "'{}' is HTML, which is shown as it is written": "「{0}」は HTML です。そのまま文字として表示されます",
    "'{}' begins no list": "「{0}」は箇条書きになりません",
    "lines that begin with '{}' become one paragraph": "「{0}」で始まる行は、つながって一つの段落になります",
    "the table lacks the line below its head, so it is no table": "見出しの下の行がないので、表になりません",
    "the table's head has {} cells and the line below it {}": "表の見出しは{0}列、その下の行は{1}列です",
    "the code that begins here is never closed: all that follows is code": "ここで始まるコードが閉じられていないので、以下すべてがコードになります",
    # notes, states, addresses, imports
    "the note is on '{}', and there is no such briefing": "注の対象「{0}」というブリーフィングはありません",
    "the note is on '{}', which is not shown now": "注の対象「{0}」は、いま公開されていません",
    "the note is at '{}', and '{}' has no such place that is shown": "注の場所「{0}」は、「{1}」の公開している部分にありません",
    "the note is at '{}', and '{}' has no such place": "注の場所「{0}」は「{1}」にありません",
    "the note is at '{}', and names no briefing": "注に場所「{0}」がありますが、対象のブリーフィングがありません",
    "the correction does not say {}": "訂正に {0} がありません",
    "this file is not read": "このファイルは読まれません",
    "the address {} is already that of {}": "URL {0} はすでに {1} のものです",
    "the address {} would be two pages: {}": "URL {0} が二つのページになります({1})",
    "the addresses {} and {} differ only in case": "URL {0} と {1} の違いは大文字と小文字だけです",
    "the address {} lies below the file of {}": "URL {0} が {1} のファイルの下にあります",
    "this file would have the same address as {}": "このファイルの URL が {0} と同じになります",
    "'{}' would be published where {} is": "「{0}」の公開先に、すでに {1} があります",
    "the new import and an editor changed the same {} place; the editor's version stands": "新しい取り込みと編集者が同じ箇所を変えました({0}か所)。編集者の版を残しています",
    "the new import and an editor changed the same {} places; the editor's version stands": "新しい取り込みと編集者が同じ箇所を変えました({0}か所)。編集者の版を残しています",
    "the bulletin '{}' has changed, but what was imported before is not there to compare with": "速報「{0}」が変わりましたが、前に取り込んだ内容がないので比べられません",
    "the briefing of this bulletin was deleted and is not made again (it was {})": "この速報のブリーフィング({0})は削除されたので、作り直しません",
    "no briefing has been made of this bulletin, as it is now": "この速報からは、まだブリーフィングが作られていません",
    "the file cannot be read: {}": "ファイルを読めません({0})",
    "the bulletin has no text": "速報に文がありません",
    "there is no site.yaml here": "ここに site.yaml がありません",
    "there is no such file or folder": "そのファイルやフォルダーはありません",
    "there is no briefing '{}'": "ブリーフィング「{0}」はありません",
    "'{}', the wheel in {}/ and '{}' are not all here": "「{0}」、{1}/ の wheel、「{2}」がそろっていません",
    "this file, which a site carries its program by, cannot be read": "サイトのプログラムを示すこのファイルを読めません",
    "the site could not be written: {}": "サイトに書けませんでした({0})",
    "'{}' may be {} briefings": "「{0}」に当たるブリーフィングが{1}件あります",
    # other sites
    "{} answers {}; readers are led to {}": "{0} の応答は {1} です。読者は {2} に導かれます",
    "{} has no such host any more; readers are led to {}": "{0} のホストはもうありません。読者は {1} に導かれます",
    "{} answers {}": "{0} の応答は {1} です",
    "{} has no such host any more": "{0} のホストはもうありません",
    "{} has moved for good to {}": "{0} は {1} に移りました",
    "{} was not asked for: the robots.txt of its site does not allow it": "{0} は、そのサイトの robots.txt が許していないため、尋ねていません",
    "{} was not asked for: its site wants to be asked later": "{0} は、後にしてほしいとサイトが答えたため、尋ねていません",
    "{} answered {}, which says nothing about the page": "{0} の応答は {1} で、ページの有無は分かりません",
    "{} did not answer ({}), which says nothing about the page": "{0} は応答せず({1})、ページの有無は分かりません",
    # templates, and what Jinja says of them
    "there is no template '{}'": "テンプレート「{0}」がありません",
    "there is no asset '{}'": "assets に「{0}」がありません",
    "there is no string '{}'": "文言「{0}」がありません",
    "'{}' is not defined": "「{0}」は定義されていません",
    "{} has no '{}'": "{0} に「{1}」はありません",
    "Unexpected end of template. Jinja was looking for the following tags: {}. The innermost block that needs to be closed is '{}'.": "テンプレートが途中で終わっています。「{1}」が閉じられていません({0} が要ります)",
    "Encountered unknown tag '{}'. Jinja was looking for the following tags: {}. The innermost block that needs to be closed is '{}'.": "ここにタグ「{0}」は置けません。「{2}」が閉じられていません({1} が要ります)",
    "Encountered unknown tag '{}'. You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for {}. The innermost block that needs to be closed is '{}'.": "入れ子が違います。「{0}」の前に「{2}」を閉じます({1} が要ります)",
    "Encountered unknown tag '{}'.": "タグ「{0}」はありません",
    "unexpected end of template, expected '{}'.": "テンプレートが途中で終わっています(「{0}」が要ります)",
    "expected token '{}', got '{}'": "「{1}」がありますが、ここには「{0}」が要ります",
    "unexpected '{}', expected '{}'": "「{0}」がありますが、ここには「{1}」が要ります",
    "unexpected '{}'": "ここに「{0}」は書けません",
    "unexpected char '{}' at {}": "ここに文字「{0}」は書けません(先頭から{1}字目)",
    "tag name expected": "「{%」の後にタグの名前がありません",
    "Expected an expression, got '{}'": "式が要りますが、「{0}」があります",
    "No filter named '{}'.": "フィルター「{0}」はありません",
    "No test named '{}'.": "テスト「{0}」はありません",
    "No test named '{}' found.": "テスト「{0}」はありません",
    "block '{}' defined twice": "ブロック「{0}」が2回あります",
}

_FIXES: Mapping[str, str] = {
    "did you mean '{}'?": "「{0}」ではありませんか",
    "use one of: {}": "次のどれかを書きます: {0}",
    "write three ASCII hyphens": "半角のハイフンを三つ書きます",
    "begin the file with '---'": "ファイルを「---」で始めます",
    "begin the file with a line '---', the keys, and another line '---'": "「---」の行、キー、もう一つの「---」の行で始めます",
    "write '---' and lines of 'key: value'": "「---」と「キー: 値」の行を書きます",
    "write lines of 'key: value'": "「キー: 値」の行を書きます",
    "close it with a line '---'": "「---」の行で閉じます",
    "put a line '---' above it": "この上に「---」の行を置きます",
    "begin it in the same column as '{}'": "「{0}」と行頭をそろえます",
    "write '{}', with an ASCII colon and a space": "「{0}」のように、半角のコロンと空白で書きます",
    "write {}, with the quotes": "{0} のように、引用符も書きます",
    "write the value out": "値をそのまま書きます",
    "flatten it": "入れ子を減らします",
    'remove it, or write it as "\\u…" in double quotes': '取り除くか、二重引用符の中に "\\u…" と書きます',
    "remove it": "取り除きます",
    "put it in quotes": "引用符で囲みます",
    "keep one of them": "どちらかを残します",
    "keep it under {}": "{0} 未満にします",
    "put a value that contains ': ' in quotes": "「: 」を含む値は引用符で囲みます",
    "write 'key: value', and indent the lines of a longer value": "「キー: 値」と書き、長い値の行は字下げします",
    "indent with spaces, and put a value that starts with a special character in quotes": "字下げは空白にし、記号で始まる値は引用符で囲みます",
    "check the indentation and the quotes": "字下げと引用符を確かめます",
    "add '{}: …'": "「{0}: …」を加えます",
    "add 'on: …'": "「on: …」を加えます",
    "write '{}: …', in quotes if it begins with #": "「{0}: …」と書きます。# で始まるなら引用符で囲みます",
    "write it on one line, in quotes": "引用符で囲み、一行で書きます",
    "write on: {}, with the quotes": "on: {0} のように、引用符も書きます",
    "write true or false": "true か false と書きます",
    "write digits only, such as 60": "60 のように数字だけを書きます",
    "write it as 2023-01-12 or 2023-01-12T16:00+09:00": "2023-01-12 か 2023-01-12T16:00+09:00 のように書きます",
    "write [one, two], or one '- item' a line": "[甲, 乙] か、一行に一つ「- 甲」と書きます",
    "write keys such as {}": "{0} などのキーを書きます",
    "write [6] or [6, 9-10]": "[6] か [6, 9-10] のように書きます",
    "write [{}] in ASCII, or put it in quotes if it is one tag": "半角で [{0}] と書きます。一つのタグなら引用符で囲みます",
    "write a code such as ja or en": "ja や en のような符号を書きます",
    "write a name such as Asia/Tokyo, or an offset such as +09:00": "Asia/Tokyo のような名前か、+09:00 のような時差を書きます",
    "write a name such as Asia/Tokyo": "Asia/Tokyo のような名前を書きます",
    "write small letters, digits and hyphens, such as 'old-name' or '/news/old-name'": "old-name や /news/old-name のように、英小文字、数字、ハイフンで書きます",
    "begin with https://": "https:// で始めます",
    "correct one of them": "どちらかを直します",
    "save it as UTF-8": "UTF-8 で保存します",
    "name it {}": "名前を {0} のどれかにします",
    "begin each entry with '- id: …'": "それぞれを「- id: …」で始めます",
    "use a-z, 0-9 and hyphens": "a-z、0-9、ハイフンだけにします",
    "give each entry its own": "別々の id にします",
    "correct or remove it": "直すか取り除きます",
    "correct the name or remove the brackets": "名前を直すか、括弧を取り除きます",
    "correct the path": "パスを直します",
    "correct the heading, or remove the link": "見出しの名を直すか、リンクを取り除きます",
    "correct the heading, or link to the page alone": "見出しの名を直すか、ページだけにリンクします",
    "its headings are {}": "見出しは {0} です",
    "it has no headings": "このページに見出しはありません",
    "'{}' has no such heading": "「{0}」にその見出しはありません",
    "it is the name of {}: write the name of the file": "{0} の名前です。ファイル名で書き分けます",
    "{} is withheld: draft": "{0} は下書きです",
    "{} is withheld: only withheld texts show it": "{0} は、公開していない文書だけが使っています",
    "{} is withheld: private": "{0} は資料の利用条件により公開していません",
    "{} is withheld: scheduled until {}": "{0} は {1} に公開されます",
    "{} is withheld: embargoed until {}": "{0} は {1} に解禁されます",
    "{} is withheld: expired since {}": "{0} は {1} に公開を終えました",
    "link to it instead: [[...]]": "[[...]] でリンクします",
    "say between the brackets what it shows": "何が写っているかを角括弧の中に書きます",
    "give one reading for the whole word, or one for each character": "語全体の読みを一つか、一字ずつの読みを書きます",
    "add a line '{}: ...' or put a backslash before it": "「{0}: …」の行を加えるか、前に「\\」を置きます",
    "refer to it or remove it": "参照するか取り除きます",
    "give each a name of its own": "別々の名前にします",
    "move it outwards": "外へ出します",
    "write '## ' in ASCII": "半角で「## 」と書きます",
    "write '{} ' before it": "前に「{0} 」と書きます",
    "write an ordinary space": "半角の空白にします",
    "begin the quote with '> [!note] title'": "引用を「> [!note] 題」で始めます",
    "write ':' in ASCII": "半角の「:」にします",
    "write {漢字|かんじ} in ASCII": "半角で {漢字|かんじ} と書きます",
    "write [[…]] in ASCII": "半角で [[…]] と書きます",
    "end it with ']]'": "「]]」で閉じます",
    "write (…) in ASCII": "半角で (…) と書きます",
    "remove the space before '('": "「(」の前の空白を取り除きます",
    "write the path as <…>": "パスを <…> と書きます",
    "put the file below content/ and write its path from here": "ファイルを content/ の下に置き、ここからのパスを書きます",
    "link to a page": "ページにリンクします",
    "write **…** in ASCII": "半角で **…** と書きます",
    "write **…**": "**…** と書きます",
    "write '**' at both ends, without a space inside": "両端に「**」を書き、内側に空白を置きません",
    "remove the comment": "覚え書きを取り除きます",
    "write it in Markdown": "Markdown で書きます",
    "write '1. '": "「1. 」と書きます",
    "begin each with '- '": "それぞれを「- 」で始めます",
    "add a line such as |---|---|": "|---|---| のような行を加えます",
    "give both as many": "同じ列数にします",
    "end it with a line of the same marks": "同じ記号の行で閉じます",
    "name a heading of its text, or a line as L12": "本文の見出しか、L12 のように行を書きます",
    "name a briefing by its slug or path": "ブリーフィングの slug かパスを書きます",
    "the note stands on its own until it is": "公開されるまで、注は単独で表示されます",
    "readers are told what was changed, when and why": "何を、いつ、なぜ変えたかを読者に伝えます",
    "move it to content/notes/, content/pages/ or content/briefings/": "content/notes/、content/pages/、content/briefings/ のどれかに移します",
    "a bulletin belongs in {}": "速報は {0} に置きます",
    "rename it to '{}'": "名前を「{0}」に変えます",
    "save its text as Markdown in '{}'": "本文を Markdown で「{0}」に保存します",
    "give one of them another 'slug' or 'alias'": "どちらかの slug か alias を変えます",
    "give one of them another 'slug'": "どちらかの slug を変えます",
    "give one of them another name": "どちらかの名前を変えます",
    "give the file another name": "ファイルの名前を変えます",
    "compare in {}, then delete that file": "{0} で見比べ、済んだらそのファイルを削除します",
    "bring the change in by hand, or delete the file and import '{}' again": "変更を手で写すか、ファイルを削除して「{0}」を取り込み直します",
    "to have it again: import {}; to forget it: delete the bulletin too": "作り直すなら import {0}、要らなければ速報も削除します",
    "the next build imports it": "次の build で取り込まれます",
    "look at the bulletin, correct the field if need be, then add 'done: true'": "速報を見て、要れば項目を直し、「done: true」を加えます",
    "see docs/templates.md": "docs/templates.md に書き方があります",
    "see yoroku/site/strings.py": "yoroku/site/strings.py を見ます",
    "nothing to do": "することはありません",
    "correct it, or name an archived copy with 'archive: https://…'": "直すか、「archive: https://…」で保存された写しを示します",
    "write the new address": "新しいアドレスを書きます",
    "look at it in a browser": "ブラウザーで確かめます",
    "check its permissions": "読み取りの許可を確かめます",
    "paste the text into it": "文を貼り付けます",
    "check the path": "パスを確かめます",
    "there are no briefings yet": "ブリーフィングはまだありません",
    "write more of one, such as {}": "{0} のように、もう少し詳しく書きます",
    "install Yoroku in the way that this file says, or remove it and run 'init' again": "このファイルのとおりに Yoroku を入れるか、消して init をもう一度実行します",
    "'init' writes it": "init が書くファイルです",
    "mend that, then run this again": "原因を直して、もう一度実行します",
    "run this in a site's folder, name one with -C DIR, or start one with 'init DIR'": "サイトのフォルダーで実行するか、-C DIR で示すか、init DIR で作ります",
    "write '{}'": "「{0}」と書きます",
    "write {}": "{0} と書きます",
}


def in_japanese(problem: Problem) -> Problem:
    """The same problem with its words in Japanese, as far as there are any."""
    return replace(problem, what=_said(problem.what, of="whats"), fix=_said(problem.fix, of="fixes"))


def told(problem: Problem) -> str:
    """The problem as a line, in the same form as the English one."""
    found = in_japanese(problem)
    what = f"{found.what}。{found.fix}" if found.fix else found.what
    return f"{found.at}: {found.severity.value}: {what} [{found.code}]"


def withheld(told: str) -> str:
    """Why a document is not shown, given as "path: why"."""
    path, _, why = told.partition(": ")
    return _said(f"{path} is withheld: {why}", of="fixes")


@lru_cache(maxsize=2)
def _sentences(of: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_pattern(english), ja) for english, ja in (_WHATS if of == "whats" else _FIXES).items())


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile(re.escape(english).replace(r"\{\}", "(.*?)"), re.DOTALL)


@lru_cache(maxsize=4096)
def _said(text: str, *, of: str) -> str:
    for pattern, japanese in _sentences(of):
        if found := pattern.fullmatch(text):
            return _filled(japanese, found.groups())
    return text


def _filled(japanese: str, values: tuple[str, ...]) -> str:
    return _VALUE.sub(lambda place: values[int(place[1])], japanese)
