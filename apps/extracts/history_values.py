"""Values of a parcel's history in words: numbers with units, uses by name, what is not known. Pure."""

from collections.abc import Mapping
from decimal import Decimal

from apps.common.text import Text
from apps.extracts.history_plain import Said
from apps.legal.tables.wording import quantity

Names = Mapping[str, Text]  # what the codes of plans (uses) are called
NOT_KNOWN = Text("معلوم نیست", "not known")
NO_RULE = Text("ضابطه‌ای گفته نشده", "no rule says anything")


def value_of(said: Said, names: Names) -> Text:
    """'۴ طبقه' and '4 storeys', names of uses, 'not known (at most …)'."""
    if said.outcome == "none":
        return NO_RULE
    if said.outcome == "value":
        return written(said.value, said.unit, names)
    if said.bound is None:
        return NOT_KNOWN
    bound = written(said.bound, said.unit, names)
    return Text(f"معلوم نیست (در هر حال نه بیش از {bound.fa})", f"not known (in any case not beyond {bound.en})")


def written(value: object, unit: str, names: Names) -> Text:
    """A value with its unit; codes by their names."""
    if isinstance(value, int | float):
        return quantity(Decimal(str(value)), unit)
    codes = value if isinstance(value, list | tuple) else (value,)
    named = [names.get(str(code)) or Text.of(str(code)) for code in codes]
    if not named:
        return Text("هیچ", "none")
    return Text("، ".join(n.fa for n in named), ", ".join(n.en for n in named))
