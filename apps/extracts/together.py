"""Limits that are true each by itself and misleading side by side. Pure.

Height and density stand in the plan for the storeys that the plan gives; where something stricter governs storeys or
coverage, they promise more than anyone may build. The value stays what the law says; its reason says the rest.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from apps.common.text import Text
from apps.extracts.rules import Governing
from apps.legal.answers import Strength
from apps.legal.decision_table import Between, parse_condition
from apps.legal.tables.wording import number, quantity

_STOREYS, _COVERAGE = "max_storeys", "max_coverage"
_STOREYS_FACT = "storeys"


def honest(governing: tuple[Governing, ...]) -> tuple[Governing, ...]:
    """The same answers; a height or density that the other limits take back says so."""
    by_code = {g.subject.code: g for g in governing}
    voices = {"max_density": _density, "max_height": _height}
    return tuple(_told(g, voices[g.subject.code](g, by_code)) if g.subject.code in voices else g for g in governing)


def _told(governing: Governing, cautions: tuple[Text, ...]) -> Governing:
    reason = governing.reason
    for text in reversed(cautions):
        reason = Text(fa=f"{text.fa} {reason.fa}", en=f"{text.en} {reason.en}")
    return replace(governing, reason=reason)


def _density(density: Governing, others: Mapping[str, Governing]) -> tuple[Text, ...]:
    limit = _known(density)
    if not limit:
        return ()
    storeys, coverage = _known(others.get(_STOREYS)), _known(others.get(_COVERAGE))
    if storeys is None or coverage is None:
        return (_REST_OPEN,)
    reach = max(storeys, Decimal(1)) * coverage  # without any storey over pilotis there may still be a ground floor
    if limit == reach:
        return ()
    template = _TIGHTER if limit < reach else _FEWER if storeys else _NO_STOREY
    return (_filled(template, storeys=quantity(storeys, "storey"), coverage=number(coverage), reach=number(reach)),)


def _height(height: Governing, others: Mapping[str, Governing]) -> tuple[Text, ...]:
    """A plan's height that is below a hard cap is measured by the plan's way: the cap is measured by its own."""
    if not _known(height):
        return ()
    winner = height.candidates[0].candidate
    caps = [j.candidate for j in height.candidates if j.candidate.strength is Strength.CAP]
    found = []
    storeys = _known(others.get(_STOREYS))
    meant = parse_condition(winner.provision.when.get(_STOREYS_FACT, ""))
    if storeys is not None and isinstance(meant, Between) and not meant.holds(storeys):
        found.append(_filled(_OTHER_STOREYS, storeys=quantity(storeys, "storey")))
    if caps and winner.strength is not Strength.CAP:
        found.append(_filled(_CAP_STANDS, cap=caps[0].explain))
    return tuple(found)


def _known(governing: Governing | None) -> Decimal | None:
    """A number that governs; None when there is none or it is not known."""
    settled = governing is not None and governing.outcome == "value"
    return governing.value if governing and settled and isinstance(governing.value, Decimal) else None


def _filled(template: Text, **words: Text) -> Text:
    return Text(
        fa=template.fa.format(**{name: text.fa for name, text in words.items()}),
        en=template.en.format(**{name: text.en for name, text in words.items()}),
    )


_REST_OPEN = Text(
    fa="این سقف به‌تنهایی اجازه نیست: تا طبقات و سطح اشغال معلوم نشود، نمی‌توان گفت چقدر از آن به دست می‌آید.",
    en="This limit alone allows nothing: how much of it can be reached is not known before storeys and coverage are.",
)
_FEWER = Text(
    fa="در این قطعه به این تراکم نمی‌رسید: {storeys} روی پیلوت با سطح اشغال {coverage} درصد، روی هم {reach} درصد می‌شود.",
    en="This parcel cannot reach this density: {storeys} over pilotis at {coverage} % coverage make {reach} % in all.",
)
_NO_STOREY = Text(
    fa="در این قطعه به این تراکم نمی‌رسید: طبقه‌ای روی پیلوت نیست و یک طبقهٔ هم‌کف با سطح اشغال {coverage} درصد"
    " به {reach} درصد می‌رسد.",
    en="This parcel cannot reach this density: there is no storey over pilotis, and one floor on the ground at"
    " {coverage} % coverage makes {reach} %.",
)
_TIGHTER = Text(
    fa="طبقات و سطح اشغال را نمی‌توان با هم کامل ساخت: {storeys} روی پیلوت با سطح اشغال {coverage} درصد، {reach} درصد"
    " می‌شود و تراکم از آن کمتر است.",
    en="Storeys and coverage cannot both be used in full: {storeys} over pilotis at {coverage} % coverage would make"
    " {reach} %, and the density is less.",
)
_OTHER_STOREYS = Text(
    fa="این متر برای شمار دیگری از طبقات نوشته شده است و طبقه‌ای نمی‌افزاید: اینجا {storeys} روی پیلوت حاکم است.",
    en="These metres are written for another number of storeys and add none: {storeys} over pilotis govern here.",
)
_CAP_STANDS = Text(fa="این سقف هم در هر حال پابرجاست: {cap}", en="This limit stands in any case: {cap}")
