"""What an impact table says, in Persian and English: values, themes, subjects, duties."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from apps.common.text import Text, persian_digits
from apps.legal.subjects import SUBJECTS
from apps.legal.tables.wording import quantity
from apps.parties.models import Office
from gis_layers.models import Theme

NOT_KNOWN = Text("نامعلوم", "not known")
NOTHING = Text("ضابطه‌ای نیست", "no rule")
NOT_HERE = Text("ندارد", "none")
_MOST_ROWS = 3
COURSES: Mapping[str, Text] = {
    "more": Text("بیشتر می‌شود", "becomes more"),
    "less": Text("کمتر می‌شود", "becomes less"),
    "opens": Text("نامعلوم می‌شود", "becomes not known"),
    "settles": Text("معلوم می‌شود", "becomes known"),
    "other": Text("عوض می‌شود", "changes"),
    "new": Text("لازم می‌شود", "appears"),
    "gone": Text("برداشته می‌شود", "vanishes"),
    "doubt": Text("معلوم نیست لازم باشد یا نه", "not known whether it stays"),
}
DUTIES: Mapping[str, Text] = {
    "consultation": Text("استعلام از", "Consultation:"),
    "forbidden": Text("کار ممنوع:", "Forbidden work:"),
    "document": Text("مدرک:", "Document:"),
    "duty": Text("تکلیف:", "Duty:"),
    "warning": Text("هشدار:", "Warning:"),
}
REASONS: Mapping[str, Text] = {
    "no_edition_in_force": Text("هیچ نسخه‌ای در اعتبار نیست", "no edition in force"),
    "outside_coverage": Text("بیرون از محدودهٔ نقشه", "outside the layer"),
    "partly_outside_coverage": Text("بخشی بیرون از محدودهٔ نقشه", "partly outside the layer"),
    "overlay_incomplete": Text("همپوشانی در حال محاسبه", "overlay being computed"),
    "gap_in_layer": Text("جای خالی در نقشه", "a gap in the layer"),
    "unplaced_quarantine": Text("عارضهٔ بررسی‌نشده", "unchecked features"),
    "fact_unknown": Text("چیزی در پرونده ثبت نشده است", "a fact is not on record"),
    "no_rule": Text("هیچ ضابطه‌ای این حالت را نمی‌گوید", "no rule for this case"),
    "needs_decision": Text("تصمیم دفتر مسئول لازم است", "an office must decide"),
    "failed": Text("ضابطه محاسبه نشد", "the rule could not be computed"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """Names of themes and offices by code."""

    themes: Mapping[str, Text]
    offices: Mapping[str, Text]


def names() -> Names:
    """As they are now."""
    return Names(
        themes={t.code: Text(t.label_fa, t.label_en) for t in Theme.objects.all()},
        offices={o.code: Text(o.name_fa, o.name_en) for o in Office.objects.all()},
    )


def name_of(what: str, name: str, known: Names) -> Text:
    """What a line is about."""
    if what == "theme":
        return known.themes.get(name, Text.of(name))
    if what == "subject":
        return SUBJECTS[name].label if name in SUBJECTS else Text.of(name)
    kind, _, code = name.partition(":")
    if what == "open":
        return name_of(kind, code, known)
    office = known.offices.get(code, Text.of(code)) if kind == "consultation" else Text.of(code)
    words = DUTIES.get(kind, Text.of(kind))
    return Text(f"{words.fa} {office.fa}", f"{words.en} {office.en}")


def told(what: str, name: str, value: Any) -> Text:
    """What was, or would be, said of a theme or subject."""
    if what == "theme":
        return _place(value)
    outcome = value["outcome"]
    if outcome == "none":
        return NOTHING
    unit = SUBJECTS[name].unit if name in SUBJECTS else ""
    if outcome == "not_known":
        bound = value.get("bound")
        if bound is None:
            return NOT_KNOWN
        most = _value(bound, unit)
        return Text(f"{NOT_KNOWN.fa} (در هر حال {most.fa})", f"{NOT_KNOWN.en} (in any case {most.en})")
    parts = value.get("parts")
    whole = _value(value["value"], unit)
    if not parts:
        return whole
    each = [(code, _value(part, unit)) for code, part in parts]
    return Text(
        f"{whole.fa} ({'، '.join(f'{code}: {v.fa}' for code, v in each)})",
        f"{whole.en} ({', '.join(f'{code}: {v.en}' for code, v in each)})",
    )


def _place(value: Mapping[str, Any]) -> Text:
    codes = " + ".join(value["codes"])
    if value["outcome"] == "not_known":
        more = f" ({codes})" if codes else ""
        return Text(NOT_KNOWN.fa + more, NOT_KNOWN.en + more)
    return Text.of(codes) if codes else NOT_HERE


def _value(value: Any, unit: str) -> Text:
    if value is None:
        return NOTHING
    if isinstance(value, list):
        return _listed(value, unit)
    return _one(value, unit)


@lru_cache(maxsize=4096)
def _one(value: float | str, unit: str) -> Text:
    if isinstance(value, str):
        return Text(persian_digits(value), value)
    return quantity(Decimal(str(value)), unit)


def _listed(rows: list[Any], unit: str) -> Text:
    """Codes, or rows of a schedule by their values."""
    told_rows = [_one(row[0] if isinstance(row, list) else row, "" if isinstance(row, str) else unit) for row in rows]
    shown, rest = told_rows[:_MOST_ROWS], len(told_rows) - _MOST_ROWS
    if not rows:
        return Text("هیچ", "nothing")
    more = Text(f" و {persian_digits(rest)} ردیف دیگر", f" and {rest} more") if rest > 0 else Text("", "")
    return Text("، ".join(t.fa for t in shown) + more.fa, ", ".join(t.en for t in shown) + more.en)
