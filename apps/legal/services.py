"""The only door through which law is written: instruments are registered, acts are appended."""

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.db import transaction

from apps.common.errors import BadInputError, ConflictError
from apps.common.events import publish
from apps.common.text import has_controls
from apps.legal import admission
from apps.legal.acts import ActKind, Authority
from apps.legal.atoms import clean_scope
from apps.legal.events import ActRecorded
from apps.legal.models import Instrument, InstrumentKind, LegalAct, Rank
from apps.legal.projecting import group_of, lock_law, reproject
from apps.legal.stamping import check_signed_before, stamp_of
from apps.legal.transition import Clause
from apps.parties.models import Person


@transaction.atomic
def register_instrument(
    *,
    code: str,
    kind: InstrumentKind,
    title_fa: str,
    title_en: str,
    rank: Rank = Rank.CITY_PLAN,
    sample: bool = True,
) -> Instrument:
    """A new instrument; the standing one when it was registered with the same facts. Raises ConflictError, and
    BadInputError for a title with control characters.
    """
    if has_controls(title_fa + title_en):
        raise admission.unprintable()
    facts = {"kind": kind, "rank": rank, "title_fa": title_fa, "title_en": title_en, "sample": sample}
    instrument, made = Instrument.objects.get_or_create(code=code, defaults=facts)
    if not made and any(getattr(instrument, name) != value for name, value in facts.items()):
        raise ConflictError(
            fa=f"سندی با کد «{code}» با مشخصات دیگری ثبت شده است. کد دیگری برگزینید.",
            en=f"An instrument with the code “{code}” is registered with other facts. Choose another code.",
            code=code,
        )
    return instrument


@transaction.atomic
def record_act(
    *,
    instrument: Instrument,
    kind: ActKind | str,
    number: str,
    act_date: date,
    body_fa: str,
    body_en: str,
    document: str,
    effective_on: date,
    recorded_by: Person,
    countersigned_by: Person,
    scope: GEOSGeometry | None = None,
    lifts: LegalAct | None = None,
    replaced_by: Instrument | None = None,
    reason_fa: str = "",
    reason_en: str = "",
    authority: Authority | str = Authority.ADMINISTRATIVE,
    transition: Sequence[Clause] = (),
    recorded_at: datetime | None = None,
) -> LegalAct:
    """Append one act and project its group anew, in one small transaction; others are told after commit.

    `scope`: MultiPolygon or Polygon in the city's CRS, editions only; None = everywhere. `recorded_at` only when
    history is loaded: later than every act of the group and not in the future. `transition`: what open requests may
    choose, the first clause that fits one holds for it. Raises BadInputError for what cannot be read, ConflictError
    for an act that cannot work at its place among the others.
    """
    lock_law()
    act = LegalAct(
        instrument=instrument,
        kind=_kind(kind),
        number=number.strip(),
        act_date=act_date,
        body_fa=body_fa.strip(),
        body_en=body_en.strip(),
        document=document.strip(),
        reason_fa=reason_fa,
        reason_en=reason_en,
        effective_on=effective_on,
        recorded_by=recorded_by,
        countersigned_by=countersigned_by,
        scope=None if scope is None else _scope(instrument, scope),
        authority=Authority(authority).value,
        transition=[clause.as_json() for clause in transition],
        lifts=lifts,
        replaced_by=replaced_by,
    )
    group = group_of(instrument.pk) | (group_of(replaced_by.pk) if replaced_by else frozenset())
    act.recorded_at = stamp_of(recorded_at, group)
    check_signed_before(act)
    admission.check(act, group)
    act.save(force_insert=True)
    reproject(group)
    publish(_event(act, group))
    return act


def _kind(kind: ActKind | str) -> ActKind:
    try:
        return ActKind(kind)
    except ValueError as error:
        raise BadInputError(
            fa=f"نوع سند حقوقی «{kind}» شناخته نیست. یکی از اینها را بنویسید: {'، '.join(ActKind)}.",
            en=f"“{kind}” is no kind of act. Use one of: {', '.join(ActKind)}.",
        ) from error


def _scope(instrument: Instrument, scope: GEOSGeometry) -> MultiPolygon:
    # A rulebook has no place of its own: its rows name zones, and where it binds follows from the editions.
    if instrument.kind != InstrumentKind.EDITION:
        raise BadInputError(
            fa="محدوده فقط برای ویرایش لایه است. برای دفتر ضوابط، ضابطه را به پهنه‌ای در لایه پیوند دهید.",
            en="Only an act on a layer edition may have a scope. In a rulebook bind the row to a zone instead.",
        )
    return clean_scope(scope)


def _event(act: LegalAct, group: frozenset[int]) -> ActRecorded:
    return ActRecorded(
        act=act.pk,
        instrument=act.instrument_id,
        kind=str(act.kind),
        effective_on=act.effective_on,
        recorded_at=act.recorded_at,
        scoped=act.scope is not None,
        group=tuple(sorted(group)),
    )
