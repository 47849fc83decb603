"""Why a person should look: every reason in plain words, Japanese for Japanese bulletins, English for the others."""

from __future__ import annotations

from yoroku.briefing.model import Lines, Review

REASONS: dict[str, tuple[str, str]] = {
    # dates
    "impossible": ("ありえない日付です。", "No calendar has this date."),
    "era-over": ("この元号の期間にない日付です。", "The era was not running on this day."),
    "years-differ": ("元号の年と西暦の年が合いません。", "The era's year and the common year disagree."),
    "weekday": ("日付と曜日が合いません。", "The date and the weekday disagree."),
    "year-filled": (
        "年は書かれていません。本文のほかの日付から補いました。",
        "The year is not written; it was filled in from another date of the text.",
    ),
    "year-far": (
        "年は書かれていません。補った年は確かではありません。",
        "The year is not written, and the one filled in is far from certain.",
    ),
    "month-filled": (
        "月が書かれていません。本文のほかの日付から補いました。",
        "The month is not written; it was filled in from another date of the text.",
    ),
    "month-far": (
        "月が書かれていません。補った月は確かではありません。",
        "The month is not written, and the one filled in is far from certain.",
    ),
    "no-year": ("年を示す手がかりが本文にありません。", "Nothing in the text says which year."),
    "no-month": ("年と月を示す手がかりが本文にありません。", "Nothing in the text says which year and month."),
    "relative-only": (
        "いつを基準にした言い方か、本文からは分かりません。",
        "The text does not say which day this is counted from.",
    ),
    "weekday-only": (
        "曜日だけが書かれています。近い日を当てました。",
        "Only a weekday is written; the nearest such day was taken.",
    ),
    "chained": ("前に出た日付から数えました。", "Counted from the date named before it."),
    "no-date": ("公表された日が見つかりません。", "No date of publication was found."),
    "date-from-update": (
        "公表日がないため、更新日を当てました。",
        "No date of publication; the date of the update was taken.",
    ),
    "date-from-event": (
        "公表日がないため、できごとの日を当てました。",
        "No date of publication; the day of the event was taken.",
    ),
    "date-from-source": (
        "公表日がないため、出典の日付を当てました。",
        "No date of publication; the date of a source was taken.",
    ),
    "date-from-url": ("公表日はURLの数字だけから読みました。", "The date of publication was read from the URL alone."),
    "dates-differ": ("公表日の手がかりが食い違っています。", "The signs of the date of publication disagree."),
    "date-order": ("更新日が公表日より前です。", "The update is dated before the publication."),
    # events
    "no-zone": ("現地時間とありますが、どこの時間か分かりません。", "The text gives a local time but not whose."),
    "zone-assumed": (
        "時間帯は書かれていません。日本時間とみなしました。",
        "No time zone is written; the country's own was assumed.",
    ),
    "zone-host": (
        "時間帯は書かれていません。発表元の国の時間とみなしました。",
        "No time zone is written; the issuer's was assumed.",
    ),
    "zone-venue": ("時間帯は開催地から当てました。", "The time zone was taken from the venue."),
    "zone-country": (
        "時間帯は国名だけから当てました。国内に時差があります。",
        "The time zone was taken from a country that has several.",
    ),
    "twin-differs": (
        "現地時間と日本時間の組が合いません。",
        "The local time and the time in Japan do not fit each other.",
    ),
    "clock-doubt": ("午前・午後12時は、正午か深夜か決まりません。", "12 a.m. or p.m. may be noon or midnight."),
    "reported-day": ("別の記述では日付が異なります。", "Another sentence gives a different day."),
    "end-before-start": ("終わりが始まりより前になります。", "The end comes before the start."),
    "event-rival": ("ほかの日付も、できごとの日と読めます。", "Another date may be the day it happened, too."),
    "event-unsure": ("できごとの日時かどうか確かではありません。", "It is not certain that this is when it happened."),
    # people
    "name-unsure": ("人名かどうか確かではありません。", "It is not certain that this is a name."),
    "no-role": ("肩書きが書かれていません。", "No office is written."),
    "two-persons": ("同じ姓の人が二人います。", "Two people have this surname."),
    "authority-unsure": (
        "人物一覧に候補がありますが、肩書きか時期が確かめられません。",
        "The authority file has a candidate, but office or time cannot be checked.",
    ),
    # statements
    "speaker-inherited": (
        "発言者は前の文から引き継ぎました。",
        "The speaker was carried over from an earlier sentence.",
    ),
    "no-speaker": ("発言者が分かりません。", "The speaker is not clear."),
    "speaker-unnamed": ("発言者の名前は書かれていません。", "The speaker is not named."),
    "open-quotation": ("かぎかっこが閉じていません。", "The quotation is not closed."),
    "by-inherited": (
        "だれの決定かは前の文から引き継ぎました。",
        "Whose decision it is was carried over from an earlier sentence.",
    ),
    "no-by": ("だれの決定か書かれていません。", "It is not written whose decision this is."),
    # kinds
    "no-kind": ("種別が分かりません。", "The kind of text is not clear."),
}


def reason(key: str, lang: str = "ja") -> str:
    """The sentence for `key`."""
    ja, en = REASONS[key]
    return ja if lang == "ja" else en


def review(field: str, key: str, value: str = "", lines: Lines = (), lang: str = "ja") -> Review:
    """A review item: which field, the reason from the table, the value as written."""
    return Review(field, reason(key, lang), value, lines)
