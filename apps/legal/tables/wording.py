"""Numbers, units and sentences for explanations, in Persian and English. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from apps.common.city import current_city
from apps.common.text import Text, persian_digits
from apps.legal.answers import Fact, Provision, ZoneHit

_WORDS_FA = ("صفر", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه")
_WORDS_EN = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_UNITS = {
    "storey": Text("طبقه", "storey"),
    "m": Text("متر", "m"),
    "m²": Text("متر مربع", "m²"),
    "m² built": Text("متر مربع", "m²"),
    "%": Text("درصد", "%"),
    "ft": Text("فوت", "ft"),
    "ft²": Text("فوت مربع", "ft²"),
    "ac": Text("ایکر", "ac"),
}
_ENDS = ".؛; "


def number(value: Decimal) -> Text:
    """12.50 → '۱۲٫۵' and '12.5'."""
    plain = f"{value.normalize():f}" if value else "0"
    return Text(fa=persian_digits(plain).replace(".", "٫"), en=plain)


def quantity(value: Decimal, unit: str) -> Text:
    """Number and unit: '۸ متر' and '8 m'; 'storey' gets its English plural."""
    figure, name = number(value), _UNITS.get(unit, Text.of(unit))
    plural = "s" if unit == "storey" and value != 1 else ""
    return Text(fa=f"{figure.fa} {name.fa}".strip(), en=f"{figure.en} {name.en}{plural}".strip())


def counted(value: Decimal, unit: str) -> Text:
    """As `quantity`, with small whole numbers in words: 'یک طبقه' and 'one storey'."""
    if value != value.to_integral_value() or not 0 <= value < len(_WORDS_FA):
        return quantity(value, unit)
    figure, plain = number(value), quantity(value, unit)
    return Text(
        fa=plain.fa.replace(figure.fa, _WORDS_FA[int(value)], 1),
        en=plain.en.replace(figure.en, _WORDS_EN[int(value)], 1),
    )


def article(provision: Provision) -> Text:
    """'مادهٔ ۸-۳' and 'article 8-3'."""
    return Text(fa=f"مادهٔ {persian_digits(provision.article)}", en=f"article {provision.article}")


def joined(parts: Sequence[Text]) -> Text:
    """Clauses as one sentence: separated by semicolons, closed by one full stop."""
    return Text(
        fa="؛ ".join(p.fa.rstrip(_ENDS) for p in parts) + ".",
        en="; ".join(p.en.rstrip(_ENDS) for p in parts) + ".",
    )


def labels(names: Iterable[str], facts: Mapping[str, Fact]) -> Text:
    """Labels of facts in a row: 'عرض گذر و مساحت قطعه'. A fact nobody has heard of goes by its name."""
    known = [facts[n].label if n in facts else Text.of(n) for n in names]
    return Text(fa=" و ".join(k.fa for k in known), en=" and ".join(k.en for k in known))


def ground(hit: ZoneHit) -> Text:
    """How much of the parcel a zone holds."""
    size, unit = current_city().law.units.ground_of(hit.area_m2)
    area = quantity(Decimal(str(round(size, 1))), unit)
    share = number(Decimal(str(round(hit.share * 100, 1))))
    return Text(
        fa=f"این برای حدود {area.fa} از قطعه است ({share.fa} درصد)",
        en=f"this concerns about {area.en} of the parcel ({share.en} %)",
    )
