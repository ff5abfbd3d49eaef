"""Why an act cannot go its way for what it acts on: the layer, the place, the overlay. The law's own order: legal."""

from collections.abc import Iterable

from django.contrib.gis.geos import GEOSGeometry

from apps.common.errors import BadInputError, ConflictError
from apps.common.text import Text
from apps.extracts.overlays import overlays_owed
from apps.legal.acts import ActKind, Authority, Status
from apps.legal.drafts import DraftFacts
from apps.legal.models import ActDraft, Instrument, InstrumentKind
from apps.legal.selectors import ActFacts, PlaceStatus, statuses_at
from gis_layers.models import Edition, IntakeState, Quarantined

_NOISE_M2 = 1.0
_BRINGS = frozenset({ActKind.APPROVE, ActKind.PROMULGATE})
_OF_COURTS = frozenset({ActKind.SUSPEND, ActKind.LIFT, ActKind.ANNUL})


def check_facts(facts: DraftFacts) -> None:
    """Raise BadInputError or ConflictError for what is wrong already while it is written."""
    _check_authority(facts)
    for target in facts.targets:
        brought = target.instrument if facts.kind in _BRINGS else target.replaced_by
        if brought is not None:
            _check_layer(brought)
        if facts.scope is not None:
            _check_scope(facts, target.instrument)


def check_signature(draft: ActDraft) -> None:
    """Raise ConflictError for what only time mends: a promulgation waits for the overlay of its layer."""
    missing = unfinished(draft)
    if not missing:
        return
    names = ", ".join(missing)
    raise ConflictError(
        fa=f"انطباق قطعه‌ها با لایهٔ {names} هنوز کامل نیست و تا آن هنگام ابلاغ امضا نمی‌شود، "
        "چون پاسخ قطعه‌ها «نامعلوم» می‌شد. چند دقیقهٔ دیگر دوباره بیایید.",
        en=f"The parcels are not yet fully laid over {names}; until then its promulgation is not signed, "
        "because parcels would answer “not known”. Come back in some minutes.",
        instruments=list(missing),
    )


def unfinished(draft: ActDraft) -> tuple[str, ...]:
    """Codes of the layers that this draft would promulgate and that owe overlays still."""
    if draft.kind != ActKind.PROMULGATE:
        return ()
    named = draft.targets.values_list("instrument", flat=True)
    codes = dict(Edition.objects.filter(instrument__in=list(named)).values_list("pk", "instrument__code"))
    owed = {pk for debt in overlays_owed(edition_ids=list(codes)) for pk in debt.edition_ids}
    return tuple(sorted(codes[pk] for pk in owed))


def _check_authority(facts: DraftFacts) -> None:
    if facts.authority is Authority.COURT and facts.kind not in _OF_COURTS:
        raise BadInputError(
            fa="دادگاه توقف می‌دهد، توقف را رفع می‌کند یا باطل می‌کند؛ این سند را مرجع اداری صادر می‌کند.",
            en="A court suspends, lifts or annuls; an act of this kind comes from an administrative body.",
        )


def _check_layer(instrument: Instrument) -> None:
    if instrument.kind != InstrumentKind.EDITION:
        return
    if not Edition.objects.filter(instrument=instrument, state=IntakeState.TAKEN_IN).exists():
        raise ConflictError(
            fa=f"برای «{instrument.title_fa}» هنوز پرونده‌ای پذیرفته نشده است. نخست لایه را بارگذاری کنید.",
            en=f"No file has been taken in for “{instrument.title_en}” yet. Upload the layer first.",
            instrument=instrument.code,
        )


def _check_scope(facts: DraftFacts, instrument: Instrument) -> None:
    edition = Edition.objects.filter(instrument=instrument).first()
    if edition is None or facts.scope is None:
        return  # the law itself refuses a scope for what has no place
    outside = _beyond(facts.scope, edition)
    if outside > _NOISE_M2:
        raise ConflictError(
            fa=f"{outside:.0f} متر مربع از محدوده بیرون از جایی است که «{instrument.title_fa}» دربارهٔ آن سخن می‌گوید. "
            "محدوده را به آن کوچک کنید.",
            en=f"{outside:.0f} m² of the scope lie outside the place that “{instrument.title_en}” speaks of. "
            "Draw the scope inside it.",
            outside_m2=round(outside),
        )
    _check_overlap(facts, instrument)


def _beyond(scope: GEOSGeometry, edition: Edition) -> float:
    """m² of the scope where the layer neither speaks nor would, were its quarantined rows sound."""
    left = scope.difference(edition.coverage)
    for row in Quarantined.objects.filter(edition=edition, footprint__intersects=scope):
        left = left if row.footprint is None else left.difference(row.footprint)
    return float(left.area)


def _check_overlap(facts: DraftFacts, instrument: Instrument) -> None:
    """A drawn place that is annulled or, for a stop, stopped already. A court may stop what an office has stopped."""
    taken = {ActKind.ANNUL: {Status.ANNULLED}, ActKind.SUSPEND: {Status.ANNULLED, Status.SUSPENDED}}.get(facts.kind)
    if taken is None or facts.scope is None:
        return
    for part in statuses_at(instrument=instrument, place=facts.scope, on=facts.effective_on):
        area = part.share * facts.scope.area
        beaten = part.status is Status.SUSPENDED and _beats(facts.authority, part.act)
        if part.status in taken and area > _NOISE_M2 and not beaten:
            raise _overlap(area, part)


def _beats(authority: Authority, act: ActFacts | None) -> bool:
    """Whether a stop of this authority stands beside the one there: it holds on when the lower one is lifted."""
    return authority is Authority.COURT and act is not None and act.authority is not Authority.COURT


def _overlap(area: float, part: PlaceStatus) -> ConflictError:
    word, number = _STATES[part.status], part.act.number if part.act else "-"
    return ConflictError(
        fa=f"{area:.0f} متر مربع از محدوده پیش‌تر با سند شمارهٔ {number} {word.fa} شده است. آن بخش را از محدوده بردارید.",
        en=f"{area:.0f} m² of the scope are already {word.en} by act No. {number}. Take that part out of the scope.",
        overlap_m2=round(area),
    )


_STATES = {Status.ANNULLED: Text("باطل", "annulled"), Status.SUSPENDED: Text("متوقف", "suspended")}


def instruments_of(facts: DraftFacts) -> Iterable[Instrument]:
    """Every instrument that the act names, successors included."""
    for target in facts.targets:
        yield target.instrument
        if target.replaced_by is not None:
            yield target.replaced_by
