"""How titles, sites' names after them, and lines that are no titles are written."""

from __future__ import annotations

import re

from yoroku.bulletin.facts_pattern import lazy, searched

SUFFIX = lazy(r"\s*(?:[|｜]|_(?=[^_]{1,16}$)|\s[-–—‐―:：/／]\s|\s?[<＜«]\s?|\s::\s|\s?【(?=[^【】]{1,20}】$))\s*")
# Between a headline and a site's name, where another line repeats the headline: then a bare colon is enough.
PAGE_EDGE = lazy(r"\s*(?:[|｜_]|\s[-–—‐―:：/／]\s|\s?[<＜«]\s?|：|\s::\s|\s?【(?=[^【】]{1,20}】$))\s*")
# Without one of these neither of the two above finds anything.
SEPARATED = lazy(r"[|｜_<＜«：【]|\s[-–—‐―:：/／]")
LABEL = lazy(
    r"^(?:件名|題名|表題|標題|タイトル|見出し|subject|title|headline|标题|標題|제목)\s*[:：]\s*(?P<title>\S.*)$", re.I
)
MARKDOWN = lazy(r"^(#{1,6})\s+(?P<title>\S.*?)(?:\s+#+)?$")
WRAPPED = lazy(r"^(?:「(?P<a>[^「」]+)」|『(?P<b>[^『』]+)』)$")
TITULAR = searched(
    r"(?:について|に関して|お知らせ|概要|開催|発表|会談|会見|決定|結果|開始|締結|要旨|議事録|会議録|談話|声明|"
    r"演説|挨拶|あいさつ|報告|注意喚起|方針|計画|訂正|状況|情報|注意|案内|募集|公表|第[一二三四五六七八九十百\d]+(?:報|"
    r"号|回)|"
    r"会議録|会見録|会見記録|記録|議事要旨|要録|公告|予報|定例会|臨時会|総会|協議会|"
    r"へ|か|も|に|を|は|meeting|statement|readout|briefing|release|report|announce[sd]?|remarks|call|"
    r"visit)(?:[（(][^（）()]{1,14}(?:[（(][^（）()]{1,6}[)）])?[)）]){0,2}[)）」』]?$|"
    r"定例会[（(]第\d+回[)）]-\d+月\d+日",
    re.I,
)


OPENING = lazy(
    r"(?:joint )?(?:remarks|statement|readout|transcript|press|briefing|notice|correction|fact sheet|"
    r"communiqu|speech|address|"
    r"announcement|update)\b|【(?:訂正|お知らせ|訃報|重要|速報|まとめ|号外|続報|更新|第\d+報)】|\[[^\[\]]{2,16}\]\s?\S",
    re.I,
)
BRACKETS = "■□◆◇●○▼【】[]＜＞<>〈〉"
PERSON = lazy(
    r"(?:[A-Z][\w.’'-]+ ){0,4}(?:Secretary|Minister|President|Spokesperson|Spokesman|Spokeswoman|Director|"
    r"Chair\w*|Ambassador|"
    r"Governor|Mayor|Commissioner|Chancellor|Premier)(?: (?:[A-Z][\w.’'-]+|of|for|and|the)){1,6}|"
    r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3}, (?:[A-Z][\w’'-]+ ?){1,4}"
)
NAMED = lazy(
    r"(?:ブログ|新聞|日記|ホームページ|公式サイト|ニュース|ポータル|新報|タイムズ|通信|テレビ|放送|役場|市役所|県庁|ドットコム|オンライン|デジタル|"
    r"電子版|プラス|NEWS)$"
)
DECORATED = lazy(r"[■□◆◇●★☆▼◎=＝*＊―─━]")
ROUND = lazy(r"[（(]")
ROUND_END = lazy(r"[)）]$")
DASHED = lazy(r"[～〜~―—–─-].+[～〜~―—–─-]$")
COLON_END = lazy(r"[:：]\s?$")
LABELLED = lazy(r"[^「『]{1,8}[:：]\s?\S")
SPACED_CELLS = lazy(r"\S[ 　]{2,}(?=\S)")
KANA_PAIR = lazy(r"[\u3040-\u309f、。「」]{2}")
# 日時　令和３年11月24日…, 出席者　…: what a notice says of itself below its title.
DETAIL = lazy(
    r"(?:(?:開催)?(?:日 ?時|日程|場 ?所|会 ?場|期 ?間)|対 ?象|定員|参加費|講師|議題|出席(?:者|委員|議員)|"
    r"欠席(?:者|委員|議員)|傍聴者?|"
    r"更新日|ページ番号|ページid|担当)\s?[:：\s]|(?:令和|平成|昭和)\s?[\d元]{1,2}\s?年.{0,24}(?:発表|現在)$|"
    r"\d{4}年.{4,24}(?:発表|現在)$",
    re.I,
)
# 北方日報　令和元年5月7日　朝刊　27面; CSIRT-AT-2022-0031; おはようございます.
EDITION = lazy(
    r"\d日\s*(?:付\s*)?(?:朝刊|夕刊|電子版)(?:\s*第?\d+[面版])?$|[＝=].{0,24}(?:撮影|提供|写真)$|[＝=]\d{1,2}日"
)
# Image caption, …; By …; (LEAD) …: what English pages put around a headline.
CAPTIONED = lazy(r"(?:image (?:source|caption)|photo(?:graph)?|picture|file photo|caption|credit)\b[,:]? ?", re.I)
# By Ilse Brandreth; 3 hours ago; All News 16:30 November 11, 2024: what stands right below an English headline.
SIGNED_EN = lazy(
    r"(?:published|updated)?:? ?\d{1,2} (?:minutes?|hours?|days?) ago|published|"
    r"by [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3}"
    r"(?:(?:,| and) [A-Z].{2,40})?|.{0,14}\b\d{1,2}:\d{2}.{0,12}[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|"
    r"(?:published |updated )?[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4},? .{0,6}\d{1,2}:\d{2}.{0,12}",
    re.I,
)
# 令和6年3月5日（火）午前　内閣官房長官記者会見: the matter with its day before it.
DATED_MATTER = lazy(
    r"(?:(?:令和|平成|昭和)\s?[\d元]{1,2}|\d{4})\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?"
    r"(?:[（(].{1,4}[)）])?(?:午前|午後)?[ 　の、]*"
    r"[^。、]{2,24}(?:会見|会見録|会議録|議事録|議事概要|演説|談話)(?:[（(][^（）()]{1,16}[)）])?$"
)
DOCUMENT = lazy(r"[A-Z]{2,10}(?:[-#/][A-Z0-9]{1,12}){2,4}")
GREETING = lazy(r"(?:皆(?:様|さん)、?)?(?:おはよう|こんにちは|こんばんは|ありがとうござい)")
# 槙野あかり2025年6月4日 18時22分, 12/2(火) 16:57配信: a date with a time, on a line that is no sentence.
STAMPED = searched(
    r"(?:\d{4}\s?[年/.-]\s?\d{1,2}\s?[月/.-]\s?\d{1,2}日?|\d{1,2}/\d{1,2}\([月火水木金土日]\)|\d{1,2}月\d{1,2}日)[^。]{0,6}?\s?\d{1,2}[:時]\d{2}"
)
# 公開日　令和7年11月28日, ページ番号 1002345: what a page says of itself.
OF_PAGE = lazy(
    r"(?:公開日|公表日|掲載日|発表日|配信日|登録日|作成日|発行日|(?:最終)?更新日|ページ番号|ページID)[\s:：]*[\d令平昭R][^。]{0,30}"
)
# ○海洋環境省告示第四十二号: the number of an act, with its title below.
ACT = lazy(
    r"[○◯]?\s?[^\s。、]{1,20}(?:告示|公告|訓令|規則|省令|府令|政令|条例|通達)第[\d一二三四五六七八九十百千〇]+号"
)
# 海洋環境大臣　鵜飼　仁志: who signs.
SIGNED = lazy(
    r"\S{1,16}(?:大臣|長官|知事|市長|町長|村長|区長|委員長|総裁|会長|理事長|社長|所長|局長|学長|総長)"
    r"[ 　]+\S{1,4}(?:[ 　]+\S{1,5})?"
)
GLUED = lazy(r"^([^。．、，\s「」]{4,40})。(?=.{12,})")
VERBAL = lazy(r"(?:です|ます|ました|ません|した|する|った|いる|ある|れる|ない|だ|た|る)$")
COLUMN = lazy(
    r"経済|政治|社会|国際|地域|スポーツ|エンタメ|文化|暮らし|生活|科学|IT|国内|海外|ビジネス|トップ|ニュース|"
    r"記事|速報|特集|コラム|.{1,6}(?:面|版|欄)|news|world|politics|business|sports?|opinion",
    re.I,
)
SITE = lazy(
    r"新聞|ニュース|news|ドットコム|電子版|放送|テレビ|通信社|オンライン|online|サイト|site|ホームページ|公式|official|ブログ|"
    r"blog|日記|web|ウェブ|ジャーナル|journal|times|タイムズ|"
    r"ポータル|portal|\.(?:com|jp|net|org|info)|(?:省|庁|県|府|都|市|区|町|村|大学|協会|機構|研究所|センター|"
    r"会社|委員会)$|^(?:株式会社|nhk|bbc|cnn|afp|reuters|ロイター|共同|時事)|"
    r"database|データベース|gazette|post$|herald|tribune|press$|magazine|マガジン|wire|today|department of|"
    r"ministry of|office of|government|网$|网站|新闻|뉴스|일보",
    re.I,
)
DAY_ONLY = lazy(
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December) \d|\d{4}[年/.-]\d|"
    r"(?:令和|平成|昭和)\s?[\d元])"
)
# Release Date, 등록일, 發布日期: a label on a line of its own, right below a headline.
DATE_LABEL = lazy(
    r"(?:news provided by|release date|published|date published|first published|posted|issued|date|date issued|"
    r"公開日|公表日|掲載日|発表日|配信日|登録日|更新日|등록일|작성일|게시일|발행일|입력|보도일시|부서명|发布时间|发布日期|發布日期|發布單位)\s?[:：]?",
    re.I,
)
# WASHINGTON, D.C.; Vendor: …: where, and a value with its label.
PLACE_LINE = lazy(r"[A-Z][A-Z .'-]{2,24}, (?:(?:[A-Z]\.){1,3}[A-Z]?\.?|[A-Z][A-Z. ]+)")
VALUE_EN = lazy(
    r"(?:vendor|equipment|product|vulnerability|severity|status|contacts?|from|to|re|date|time|location|venue|where|"
    r"when|attention|cvss|tags?|topics?|share|follow|type|author|editor|source|category|section)\s?[:：]",
    re.I,
)
# U.S. DEPARTMENT of STATE: a banner; 令和７年３月１３日判決言渡: the registry's note above a judgment.
RULED = lazy(
    r"(?i:(?:U\.S\. )?Department of [A-Za-z ]{4,30})$|"
    r"(?:令和|平成|昭和)\s?[\d元]{1,2}年\d{1,2}月\d{1,2}日\s?(?:判決言渡|決定|宣告)"
)
