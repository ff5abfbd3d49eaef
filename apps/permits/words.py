"""Sentences about holds on requests: what changed, and what the owner and the officer are told. Pure."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from apps.common.calendar import day_en, jalali_fa
from apps.common.text import Text, isolated
from apps.extracts.differing import Differing, Document, What
from apps.legal.tables.wording import joined, quantity

_SHOWN = 3
_NOT_KNOWN = Text("معلوم نیست", "not known")
_NONE = Text("بدون محدودیت", "no limit")
_WHOLE = Text("اکنون همهٔ پاسخ معلوم است", "the whole answer is known now")
_PARTLY = Text("بخشی از پاسخ معلوم نیست", "a part of the answer is not known")
_NEW = {
    What.CONSULTATION: Text("استعلام لازم می‌شود", "must be asked"),
    What.FORBIDDEN: Text("ممنوع می‌شود", "becomes forbidden"),
}
_OVER = {
    What.CONSULTATION: Text("استعلام دیگر لازم نیست", "need not be asked any more"),
    What.FORBIDDEN: Text("دیگر ممنوع نیست", "is not forbidden any more"),
}
_IN_DOUBT = {
    What.CONSULTATION: Text("معلوم نیست استعلام لازم است یا نه", "not known whether it must be asked"),
    What.FORBIDDEN: Text("معلوم نیست ممنوع است یا نه", "not known whether it is forbidden"),
}
_OUTCOMES = {
    "applies": Text("شامل می‌شود", "applies"),
    "does_not_apply": Text("شامل نمی‌شود", "does not apply"),
    "not_known": _NOT_KNOWN,
}


def summary(differences: Sequence[Differing]) -> Text:
    """The first few differences in one sentence: 'Storeys over pilotis, at most: 5 storeys → 4 storeys.'"""
    told = [difference for difference in differences if difference.what is not What.COMPLETE] or list(differences)
    parts = [_difference(difference) for difference in _headlines_first(told)[:_SHOWN]]
    return joined(parts) if parts else Text("", "")


def gone(parcel_code: str) -> Text:
    """Why a request whose parcel was split or merged cannot go on."""
    return Text(
        fa=f"قطعهٔ {isolated(parcel_code)} دیگر به این شکل نیست (تفکیک یا تجمیع شده است) و پاسخی برای آن ساخته نمی‌شود. "
        "درخواست را پس بگیرید و برای قطعهٔ تازه درخواست دهید.",
        en=f"Parcel {parcel_code} no longer stands as it was (it was split or merged), so there is no answer for it. "
        "Withdraw the request and start one on the new parcel.",
    )


def signed(number: str, dated: date, body: Text) -> Text:
    """'No. 12 of 22 November 2025 (1404/09/01), Commission'."""
    return Text(
        fa=f"شمارهٔ {_code(number)} به تاریخ {jalali_fa(dated)}، {body.fa}",
        en=f"No. {number} of {day_en(dated)}, {body.en}",
    )


def told_held(tracking: str, by: Text, reason: Text) -> Text:
    """To the owner: the request is held."""
    return Text(
        fa=f"درخواست {_code(tracking)} با سند {by.fa} متوقف شد. {reason.fa} تفاوت‌ها و انتخاب‌های شما در صفحهٔ "
        "درخواست است.",
        en=f"Request {tracking} is held by {by.en}. {reason.en} Its page shows the difference and what you may choose.",
    )


def told_warned(tracking: str, by: Text, reason: Text, day: date) -> Text:
    """To the owner: from a day on the request will be held."""
    return Text(
        fa=f"از {jalali_fa(day)} سند {by.fa} بر درخواست {_code(tracking)} اثر می‌گذارد: {reason.fa} تا آن روز "
        "درخواست متوقف نیست.",
        en=f"From {day_en(day)} on, {by.en} works on request {tracking}: {reason.en} Until then it is not held.",
    )


def told_released(tracking: str, number: str) -> Text:
    """To the owner: a hold is gone."""
    return Text(
        fa=f"توقف یا هشدار شمارهٔ {_code(number)} از درخواست {_code(tracking)} برداشته شد.",
        en=f"The hold or warning No. {number} on request {tracking} is released.",
    )


def told_chosen(tracking: str, choice: str) -> Text:
    """To the officer: what the owner chose."""
    names = {
        "continue": Text("ادامه با پاسخ نگه‌داشته‌شده", "to go on under the kept answer"),
        "recompose": Text("سنجش دوباره با قانون امروز", "to be judged by the law of now"),
        "withdraw": Text("پس گرفتن درخواست", "to withdraw"),
    }
    return Text(
        fa=f"مالک درخواست {_code(tracking)} انتخاب کرد: {names[choice].fa}.",
        en=f"The owner of request {tracking} chose {names[choice].en}.",
    )


def _code(raw: str) -> str:
    """A number as it was given, kept left to right inside a Persian sentence."""
    return f"\u2066{raw}\u2069"


def _headlines_first(differences: Sequence[Differing]) -> list[Differing]:
    return sorted(differences, key=lambda d: not (d.then or d.now or {}).get("headline", False))


def _difference(difference: Differing) -> Text:
    if difference.what is What.SUBJECT:
        then, now = _subject(difference.then), _subject(difference.now)
        return _from_to(difference.label, then, now)
    if difference.what is What.THEME:
        then, now = (_theme(side) for side in (difference.then, difference.now))
        return _from_to(difference.label, then, now)
    if difference.what is What.COMPLETE:
        return _WHOLE if difference.now and difference.now["complete"] else _PARTLY
    if difference.now is not None and difference.now.get("outcome") == "not_known":
        told = _IN_DOUBT[difference.what]
    else:
        told = (_NEW if difference.now is not None else _OVER)[difference.what]
    return Text(f"{difference.label.fa}: {told.fa}", f"{difference.label.en}: {told.en}")


def _from_to(label: Text, then: Text, now: Text) -> Text:
    if then == now:  # a change of parts or of a schedule's rows
        return Text(f"{label.fa} عوض می‌شود", f"{label.en} changes")
    return Text(f"{label.fa}: از {then.fa} به {now.fa}", f"{label.en}: {then.en} → {now.en}")


def _subject(side: Document | None) -> Text:
    if side is None or side["outcome"] == "none":
        return _NONE
    if side["outcome"] == "not_known":
        return _NOT_KNOWN
    value = side["value"]
    if isinstance(value, int | float):
        return quantity(Decimal(str(value)), side["unit"])
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return Text("، ".join(value), ", ".join(value))
    return Text.of(str(value)) if isinstance(value, str) else Text("چند حالت", "several cases")


def _theme(side: Document | None) -> Text:
    return _NOT_KNOWN if side is None else _OUTCOMES[side["outcome"]]
