"""How heads, feet and first sentences say whose text this is."""

from __future__ import annotations

from yoroku.bulletin.facts_pattern import lazy

# 海洋政策省 〒000-0000 見本都中央町1-1: who lives there stands first; a ward or town of the capital issues nothing.
RESIDENT = lazy(
    r"^(?P<name>[^\s〒（(:：。、]{2,24}?(?:省|庁|委員会|機構|協会|銀行|大学|研究所|会社|市|町|村|県|府|都|議会|センター|本部|社))"
    r"[\s　（(][^。]{0,40}〒\s?\d{3}-\d{4}"
)
POSTAL = lazy(
    r"^(?!.{0,30}(?:省|庁)\s).*?〒\s?\d{3}-\d{4}\s*(?!\S{2,3}都)"
    r"(?P<name>(?:[^\s\d]{2,3}[道府県])?[^\s\d、]{1,8}?[市区町村])"
)
COMPANY = lazy(
    r"^(?:【[^【】]{2,16}】)?(?P<name>(?:株式会社|一般社団法人|公益財団法人|独立行政法人|国立研究開発法人|"
    r"学校法人)[^\s（(、。は]{1,24}|[^\s（(、。は【】]{1,24}(?:株式会社|大学|銀行|協会|機構))\s?[（(は]"
)
COMPANY_EN = lazy(
    r"(?:^|[—–-]\s)(?P<name>(?:[A-Z][\w&’'.-]*\s){1,5}(?:plc|Inc\.?|Ltd\.?|LLC|Corporation|Corp\.?|Company|"
    r"Limited|Group|AG|GmbH|Foundation|University|Institute))\b"
)
# 桑折町長（右）から…＝県庁: a picture's caption.
POINTED = lazy(r"[\s　]*(?:様|殿|御中|宛)$|[（(](?:右|左|中央|手前|奥)(?:から)?[^（）()]{0,6}[)）]|[＝=].{1,16}$")
ABOUT = lazy(r"^About (?:the )?(?P<name>[A-Z].{2,50})$")
CALLING = lazy(
    r"^(?P<name>[^\s。、「」:：]{2,16}(?:警察署|消防署|保健所|市役所|町役場|村役場|県庁|区役所|警察本部|"
    r"消防局|気象台|事務所))[\s　]*(?:[\d-]{6,}|電話|TEL|℡|$)"
)
DESK = lazy(r"(?:担当|問い?合わ?せ先?|連絡先|発信者?|発表者?)\s?[:：]\s?(?P<name>[^\s\d。:：（(]{2,30})")
# 広報担当：小田切: who answers, no body.
ANSWERS = lazy(r"担当者?\s?[:：]\s?[\u4e00-\u9fff々]{0,3}[^課室係部局班署所会社院庁省センター](?:[ 　]\S{1,4})?$")
SPOKEN = lazy(
    r"^(?P<name>(?:[A-Z][\w’'.-]*\s(?:(?:of|for|and|the)\s)?){1,5}(?:Ministry|Department|Office|Agency|"
    r"Command)(?: of(?: the)? [A-Z]\w+(?:\s[A-Z]\w+){0,3})?) (?:spokesperson|spokesman|spokeswoman|"
    r"press secretary)"
)
CREDIT_HEAD = lazy(r"^[\s　]*[【（(](?P<in>[^【】（）()\d]{3,16})[】）)](?=\S)")
CREDIT_TAIL = lazy(r"[。」][（(](?P<name>[^（）()\s。、]{2,8})[)）]$")
CORPORATE_NUMBER = lazy(r"^(?P<name>[^\s（(、。]{2,24})\s?[（(]法人番号\s?\d{13}[)）]")
MINISTER = lazy(r"(?P<p>[\u4e00-\u9fff]{3,12})(?:副)?大臣(?:臨時)?(?:閣議後)?(?:記者)?会見")
ASSEMBLY = lazy(
    r"(?:^|[年月日回号\s])(?P<name>[^\s年月日回号（）()]{1,7}[都道府県市区町村]議会)(?:定例会|臨時会|会議録)"
)
EDITION = lazy(r"^(?P<name>\S{2,14}?(?:新聞|新報|日報|タイムズ|タイムス|時報))\s.{6,24}?(?:朝刊|夕刊|電子版)")
ACTING_JA = lazy(
    r"^(?:本日、|この(?:たび|度)、?|(?:(?:令和|平成)?[\d元０-９]{1,4}年)?[\d０-９]{1,2}月[\d０-９]{1,2}日(?:[（(][^（）()]{1,4}[)）])?、?)?"
    r"(?P<name>[\u3400-\u9fff々ァ-ヴー]{1,14}(?:省|庁|委員会|都|府|県|市|区|町|村|機構|研究所|大学|銀行|協会|連盟|気象台|警察本部))"
    r"(?:[（(][^（）()]{1,30}[)）])?(?:では?|は)、?[^「」。]*(?:ます|ました|します|です)。"
)
ACTING_EN = lazy(
    r"^(?:Today, |On [A-Z][a-z]+ \d{1,2}(?:, \d{4})?, )?(?:The )?(?P<name>[A-Z][A-Z]{2,6}|(?:[A-Z][\w&’'.-]*,? "
    r"(?:(?:of|for|and|the) )*){1,6}"
    r"(?:Agency|Administration|Department|Commission|Office|Bureau|Authority|Institute|Command)(?: \([A-Z]{2,6}\))?) "
    r"(?:has |have |is |today |will )?(?:announced|announces|released|releases|added|adds|published|publishes|"
    r"issued|issues|imposed|warned|"
    r"warns|issuing|announcing|releasing|pleased)\b"
)
ACTING_KO = lazy(
    r"^[□○■\s]*(?P<name>[가-힣]{2,12}(?:부|처|청|원|위원회|공사|공단|시|도|군))(?:\([^()]{1,20}\))?[은는] "
    r".*(?:밝혔다|전했다|발표했다|했다)"
)
SITE_OF = lazy(
    r"^(?P<name>[^「」、。]{2,24}?)の(?:公式)?(?:発表|プレスリリース|ニュースリリース|リリース|資料|"
    r"声明)(?:は(?:こちら|以下)|[:：])"
)
SECTION_OF = lazy(r"[^\s市町村県都府省庁区]{1,10}[課室係部組组科處]|速報|号外|本紙|当社|同社")
