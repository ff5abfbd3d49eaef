"""A parcel's history in plain words, the citizen's question first: how many storeys, since when, by which act. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from apps.common.calendar import MONTHS_EN, day_en, jalali_fa
from apps.common.city import current_city
from apps.common.text import Text, isolated, persian_digits
from apps.extracts.history_plain import PlainAnswer
from apps.extracts.history_values import NO_RULE, NOT_KNOWN, Names, value_of, written
from apps.extracts.pieces import value as plain_value
from apps.legal.acts import ActKind, Authority

__all__ = ["NOT_KNOWN", "NO_RULE", "Names", "value_of", "written"]

if TYPE_CHECKING:
    from apps.extracts.compose import Change, Pending
    from apps.extracts.history_read import HistoryAct

_NO_PARCEL = Text("چنین قطعه‌ای نیست", "there is no such parcel")
_UNKNOWN = Text("ضابطهٔ آن معلوم نیست", "its rules are not known")
_NAMED_ACTS = 2
_DID = {
    ActKind.APPROVE: Text("تصویب «{title}»", "approval of “{title}”"),
    ActKind.PROMULGATE: Text("ابلاغ «{title}»", "promulgation of “{title}”"),
    ActKind.SUSPEND: Text("توقف «{title}»", "suspension of “{title}”"),
    ActKind.LIFT: Text("رفع توقف «{title}»", "lifting of the suspension of “{title}”"),
    ActKind.ANNUL: Text("ابطال «{title}»", "annulment of “{title}”"),
    ActKind.REPEAL: Text("لغو «{title}»", "repeal of “{title}”"),
    ActKind.REPLACE: Text("جایگزینی «{title}»", "replacement of “{title}”"),
}
_STANDING = {
    "approved_not_promulgated": Text("تصویب شده در {day}، هنوز ابلاغ نشده", "approved on {day}, not yet in force"),
    "promulgated_not_yet_effective": Text(
        "ابلاغ شده، از {effective} لازم‌الاجرا می‌شود", "promulgated, in force from {effective}"
    ),
    "suspended": Text("متوقف از {effective}", "suspended since {effective}"),
}


def day(value: date) -> Text:
    """A legal day in the city's calendar: '۱ آذر ۱۴۰۴', '22 November 2025 (1404/09/01)'."""
    if current_city().calendar == "jalali":
        return Text(jalali_fa(value), day_en(value))
    plain = f"{value.day} {MONTHS_EN[value.month - 1]} {value.year}"
    return Text(persian_digits(plain), plain)


def act(did: "HistoryAct") -> Text:
    """'promulgation of “Height code 1402”, no. 12 of the Commission, 1 June 2023 (a court order)'."""
    what, signed = _DID[ActKind(did.kind)], day(did.act_date)
    court = did.authority == Authority.COURT
    fa = f"{what.fa.format(title=did.title.fa)}، شمارهٔ {isolated(did.number)} {did.body.fa}، {signed.fa}"
    en = f"{what.en.format(title=did.title.en)}, no. {did.number} of {did.body.en}, {signed.en}"
    text = Text(f"{fa} (حکم دادگاه)" if court else fa, f"{en} (a court order)" if court else en)
    if did.kind != ActKind.SUSPEND or did.status != "suspended":
        return text
    since, until = day(did.effective_on), None if did.until is None else day(did.until)
    if until is None:
        return Text(f"{text.fa}؛ متوقف از {since.fa}", f"{text.en}; suspended since {since.en}")
    return Text(f"{text.fa}؛ متوقف از {since.fa} تا {until.fa}", f"{text.en}; suspended from {since.en} to {until.en}")


def days(since: date | None, until: date | None, *, when: str) -> Text:
    """'since …', 'from … to …', 'until …'; of a day to come 'from … on'."""
    start, end = (None if d is None else day(d) for d in (since, until))
    if start is None:
        return Text("همیشه", "at all times") if end is None else Text(f"تا {end.fa}", f"until {end.en}")
    if end is None:
        return Text(f"از {start.fa}", f"from {start.en} on" if when == "future" else f"since {start.en}")
    return Text(f"از {start.fa} تا {end.fa}", f"from {start.en} to {end.en}")


def stretch(
    since: date | None,
    until: date | None,
    answer: PlainAnswer | None,
    acts: Sequence["HistoryAct"],
    *,
    when: str,
    names: Names,
) -> Text:
    """The sentence of one stretch: its days, its main values, the acts that began it."""
    what = _NO_PARCEL if answer is None else _listed(_values(answer, names))
    said_days = days(since, until, when=when)
    by = _joined([act(a) for a in acts[:_NAMED_ACTS]], more=len(acts) - _NAMED_ACTS)
    fa = f"{said_days.fa}: {what.fa}" + (f"؛ با {by.fa}" if acts else "")
    en = f"{said_days.en}: {what.en}" + (f"; by {by.en}" if acts else "")
    return Text(fa + ".", en[:1].upper() + en[1:] + ".")


def announced(pending: "Pending") -> Text:
    """'“Height code 1404”: approved on …, not yet in force; storeys, at most: 5 storeys (now 4 storeys)'."""
    edition = pending.edition
    made = edition.act
    status = _STANDING[edition.status]
    days = {"day": day(made.act_date), "effective": day(made.effective_on)} if made else {}
    fa = status.fa.format(**{name: text.fa for name, text in days.items()})
    en = status.en.format(**{name: text.en for name, text in days.items()})
    if made:
        fa += f"، به شمارهٔ {isolated(made.number)} {made.body.fa}"
        en += f", by no. {made.number} of {made.body.en}"
    would = _listed([_would(c) for c in pending.changes if c.would_be.subject.headline and _is_number(c)])
    nothing = Text("مقدارهای اصلی این قطعه را تغییر نمی‌دهد", "it would not change the main values here")
    told = would if would.en else nothing
    return Text(f"«{edition.title.fa}»: {fa}؛ {told.fa}.", f"“{edition.title.en}”: {en}; {told.en}.")


def _values(answer: PlainAnswer, names: Names) -> list[Text]:
    told = [s for s in answer.said if s.outcome != "none"]
    if all(s.outcome == "not_known" and s.bound is None for s in told):
        return [_UNKNOWN]
    forbidden = [d.text for d in answer.duties if d.kind == "forbidden"]
    return [*(_pair(s.label, value_of(s, names)) for s in told), *forbidden]


def _pair(label: Text, value: Text) -> Text:
    return Text(f"{label.fa} {value.fa}", f"{label.en} {value.en}")


def _is_number(change: "Change") -> bool:
    return not isinstance(plain_value(change.would_be.value), list)


def _would(change: "Change") -> Text:
    then, now = change.would_be, change.now
    label, unit = then.subject.label, then.subject.unit
    would, is_now = (_simple(None if g is None else plain_value(g.value), unit) for g in (then, now))
    return Text(f"{label.fa} {would.fa} (اکنون {is_now.fa})", f"{label.en} {would.en} (now {is_now.en})")


def _simple(value: object, unit: str) -> Text:
    return NOT_KNOWN if value is None else written(value, unit, {})


def _listed(texts: Iterable[Text]) -> Text:
    kept = [(t.fa.rstrip("."), t.en.rstrip(".")) for t in texts]
    return Text("؛ ".join(fa for fa, _ in kept), "; ".join(en for _, en in kept))


def _joined(texts: Sequence[Text], *, more: int) -> Text:
    fa, en = "؛ و ".join(t.fa for t in texts), "; and ".join(t.en for t in texts)
    if more <= 0:
        return Text(fa, en)
    return Text(f"{fa}؛ و {persian_digits(more)} سند دیگر", f"{en}; and {more} more")
