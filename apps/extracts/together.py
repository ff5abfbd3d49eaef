"""Limits that are true each by itself and misleading side by side. Pure.

A density stands in the plan for the storeys that the plan gives; where something stricter governs the storeys or the
coverage, that density cannot be reached. The value stays what the law says, its reason says so first.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from apps.common.text import Text
from apps.extracts.rules import Governing
from apps.legal.tables.wording import number

_DENSITY, _STOREYS, _COVERAGE = "max_density", "max_storeys", "max_coverage"


def honest(governing: tuple[Governing, ...]) -> tuple[Governing, ...]:
    """The same answers; a density that storeys and coverage do not let anyone reach says so."""
    by_code = {g.subject.code: g for g in governing}
    return tuple(_density(g, by_code) if g.subject.code == _DENSITY else g for g in governing)


def _density(density: Governing, others: Mapping[str, Governing]) -> Governing:
    if density.outcome != "value" or not density.value:
        return density
    storeys, coverage = _known(others.get(_STOREYS)), _known(others.get(_COVERAGE))
    caution = _REST_OPEN if storeys is None or coverage is None else _reach(density.value, storeys, coverage)
    if caution is None:
        return density
    fa, en = f"{caution.fa} {density.reason.fa}", f"{caution.en} {density.reason.en}"
    return replace(density, reason=Text(fa=fa, en=en))


def _known(governing: Governing | None) -> Decimal | None:
    """A number that governs; None when there is none or it is not known."""
    settled = governing is not None and governing.outcome == "value"
    return governing.value if governing and settled and isinstance(governing.value, Decimal) else None


def _reach(density: object, storeys: Decimal, coverage: Decimal) -> Text | None:
    floors = max(storeys, Decimal(1))  # without any storey over pilotis there may still be a ground floor
    reach = floors * coverage
    if not isinstance(density, Decimal) or density <= reach:
        return None
    words = {"storeys": number(storeys), "coverage": number(coverage), "reach": number(reach)}
    template = _NO_STOREY if storeys == 0 else _FEWER
    return Text(
        fa=template.fa.format(**{name: text.fa for name, text in words.items()}),
        en=template.en.format(**{name: text.en for name, text in words.items()}),
    )


_REST_OPEN = Text(
    fa="این سقف به‌تنهایی اجازه نیست: تا طبقات و سطح اشغال معلوم نشود، نمی‌توان گفت چقدر از آن به دست می‌آید.",
    en="This limit alone allows nothing: how much of it can be reached is not known before storeys and coverage are.",
)
_FEWER = Text(
    fa="در این قطعه به این تراکم نمی‌رسید: {storeys} طبقه روی پیلوت با سطح اشغال {coverage} درصد"
    " روی هم {reach} درصد می‌شود.",
    en="This parcel cannot reach this density: {storeys} over pilotis at {coverage} % coverage come to {reach} %.",
)
_NO_STOREY = Text(
    fa="در این قطعه به این تراکم نمی‌رسید: طبقه‌ای روی پیلوت نیست و یک طبقهٔ هم‌کف با سطح اشغال {coverage} درصد"
    " به {reach} درصد می‌رسد.",
    en="This parcel cannot reach this density: there is no storey over pilotis, and one floor on the ground at"
    " {coverage} % coverage comes to {reach} %.",
)
