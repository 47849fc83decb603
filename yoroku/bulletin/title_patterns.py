"""How titles, sites' names after them, and lines that are no titles are written."""

from __future__ import annotations

import re

SUFFIX = re.compile(r"\s*(?:[|｜]|_(?=[^_]{1,16}$)|\s[-–—‐―:：/／]\s|\s?[<＜«]\s?|\s::\s|\s?【(?=[^【】]{1,20}】$))\s*")
# Between a headline and a site's name, where another line repeats the headline: then a bare colon is enough.
PAGE_EDGE = re.compile(r"\s*(?:[|｜_]|\s[-–—‐―:：/／]\s|\s?[<＜«]\s?|：|\s::\s|\s?【(?=[^【】]{1,20}】$))\s*")
LABEL = re.compile(
    r"^(?:件名|題名|表題|標題|タイトル|見出し|subject|title|headline|标题|標題|제목)\s*[:：]\s*(?P<title>\S.*)$", re.I
)
MARKDOWN = re.compile(r"^(#{1,6})\s+(?P<title>\S.*?)(?:\s+#+)?$")
WRAPPED = re.compile(r"^(?:「(?P<a>[^「」]+)」|『(?P<b>[^『』]+)』)$")
TITULAR = re.compile(
    r"(?:について|に関して|お知らせ|概要|開催|発表|会談|会見|決定|結果|開始|締結|要旨|議事録|会議録|談話|声明|"
    r"演説|挨拶|あいさつ|報告|注意喚起|方針|計画|訂正|状況|情報|注意|案内|募集|公表|第[一二三四五六七八九十百\d]+(?:報|"
    r"号|回)|"
    r"会議録|会見録|会見記録|記録|議事要旨|要録|公告|予報|定例会|臨時会|総会|協議会|"
    r"へ|か|も|に|を|は|meeting|statement|readout|briefing|release|report|announce[sd]?|remarks|call|"
    r"visit)(?:[（(][^（）()]{1,14}(?:[（(][^（）()]{1,6}[)）])?[)）]){0,2}[)）」』]?$|"
    r"定例会[（(]第\d+回[)）]-\d+月\d+日",
    re.I,
)


OPENING = re.compile(
    r"(?:joint )?(?:remarks|statement|readout|transcript|press|briefing|notice|correction|fact sheet|"
    r"communiqu|speech|address|"
    r"announcement|update)\b|【(?:訂正|お知らせ|訃報|重要|速報|まとめ|号外|続報|更新|第\d+報)】|\[[^\[\]]{2,16}\]\s?\S",
    re.I,
)
BRACKETS = "■□◆◇●○▼【】[]＜＞<>〈〉"
PERSON = re.compile(
    r"(?:[A-Z][\w.’'-]+ ){0,4}(?:Secretary|Minister|President|Spokesperson|Spokesman|Spokeswoman|Director|"
    r"Chair\w*|Ambassador|"
    r"Governor|Mayor|Commissioner|Chancellor|Premier)(?: (?:[A-Z][\w.’'-]+|of|for|and|the)){1,6}|"
    r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3}, (?:[A-Z][\w’'-]+ ?){1,4}"
)
NAMED = re.compile(
    r"(?:ブログ|新聞|日記|ホームページ|公式サイト|ニュース|ポータル|新報|タイムズ|通信|テレビ|放送|役場|市役所|県庁)$"
)
DECORATED = re.compile(r"[■□◆◇●★☆▼◎=＝*＊―─━]")
ROUND = re.compile(r"[（(]")
ROUND_END = re.compile(r"[)）]$")
DASHED = re.compile(r"[～〜~―—–─-].+[～〜~―—–─-]$")
COLON_END = re.compile(r"[:：]\s?$")
LABELLED = re.compile(r"[^「『]{1,8}[:：]\s?\S")
SPACED_CELLS = re.compile(r"\S[ 　]{2,}(?=\S)")
KANA_PAIR = re.compile(r"[\u3040-\u309f、。「」]{2}")
