"""Whether an act may be recorded: its form, its people, its place among the recorded acts."""

from apps.common.errors import BadInputError, ConflictError
from apps.common.text import has_controls
from apps.legal.acts import ActKind, Authority
from apps.legal.atoms import cut
from apps.legal.legality import check_days, check_effect, check_successor, with_pretended_id
from apps.legal.models import InstrumentKind, LegalAct, Rulebook
from apps.legal.projecting import record_of, records_of, scopes_of
from apps.parties.roles import same_natural_person

_NEEDED = ("number", "body_fa", "body_en", "document")
_WRITTEN = (*_NEEDED, "reason_fa", "reason_en")


def check(act: LegalAct, group: frozenset[int]) -> None:
    """Raise BadInputError or ConflictError when the unsaved act may not be appended. Call under `lock_law`."""
    _check_text(act)
    _check_people(act)
    _check_links(act)
    _check_authority(act)
    _check_new(act)
    _check_table(act)
    candidate = with_pretended_id(record_of(act, scoped=False), scoped=act.scope is not None)
    check_days(candidate)
    records = records_of(group)
    check_successor(candidate, records)
    scopes = scopes_of(r for r in records if r.instrument == act.instrument_id)
    if act.scope is not None:
        scopes[-1] = act.scope
    check_effect(candidate, records, cut(scopes))


def _check_text(act: LegalAct) -> None:
    missing = [name for name in _NEEDED if not getattr(act, name)]
    if missing:
        raise BadInputError(
            fa=f"سند بدون شماره، مرجع (به هر دو زبان) و نشانی متن امضاشده ثبت نمی‌شود. جای خالی: {'، '.join(missing)}",
            en=f"An act needs a number, its body in both languages and where the signed text is. Empty: {missing}",
            missing=missing,
        )
    if any(has_controls(getattr(act, name)) for name in _WRITTEN):
        raise unprintable()


def unprintable() -> BadInputError:
    """What stands in the law for ever must be fit for feeds, records and spreadsheets."""
    return BadInputError(
        fa="در متن نویسه‌ای کنترلی هست که در خوراک خبری و پرونده‌ها جا نمی‌گیرد. متن را دوباره و ساده بنویسید.",
        en="The text has control characters, which feeds and files cannot hold. Write it again as plain text.",
    )


def _check_people(act: LegalAct) -> None:
    if same_natural_person(act.recorded_by, act.countersigned_by):
        raise BadInputError(
            fa="هر سند را دو نفر ثبت می‌کنند. یک همکار دیگر باید آن را تأیید کند.",
            en="Every act needs two people. Ask another officer to countersign it.",
        )


def _check_authority(act: LegalAct) -> None:
    """A court's order beats an administrative act: its suspension is lifted by a court only."""
    if act.lifts is None or act.lifts.authority != Authority.COURT or act.authority == Authority.COURT:
        return
    raise ConflictError(
        fa=f"توقف شمارهٔ {act.lifts.number} دستور دادگاه است و تنها با دستور دادگاه رفع می‌شود.",
        en=f"Suspension No. {act.lifts.number} is a court's order; only an order of a court lifts it.",
        lifts=act.lifts.number,
    )


def _check_links(act: LegalAct) -> None:
    if (act.kind == ActKind.LIFT) != (act.lifts is not None) or not _lifts_own_suspension(act):
        raise BadInputError(
            fa="رفع توقف، و فقط رفع توقف، باید توقفِ همین سند را نام ببرد.",
            en="A lift, and only a lift, must name a suspension of the same instrument.",
        )
    if (act.kind == ActKind.REPLACE) != (act.replaced_by is not None) or not _successor_of_same_kind(act):
        raise BadInputError(
            fa="جایگزینی، و فقط جایگزینی، باید سند جانشین را نام ببرد و جانشین باید از همان نوع باشد.",
            en="A replacement, and only a replacement, must name its successor, an instrument of the same kind.",
        )


def _lifts_own_suspension(act: LegalAct) -> bool:
    return act.lifts is None or (act.lifts.kind == ActKind.SUSPEND and act.lifts.instrument_id == act.instrument_id)


def _successor_of_same_kind(act: LegalAct) -> bool:
    return act.replaced_by is None or act.replaced_by.kind == act.instrument.kind


def _check_new(act: LegalAct) -> None:
    twin = LegalAct.objects.filter(
        instrument=act.instrument, kind=act.kind, number=act.number, act_date=act.act_date
    ).exists()
    if twin:
        raise ConflictError(
            fa=f"سند شمارهٔ {act.number} پیش‌تر ثبت شده است.",
            en=f"Act No. {act.number} of this kind and date is already recorded for this instrument.",
            number=act.number,
        )


def _check_table(act: LegalAct) -> None:
    if act.instrument.kind != InstrumentKind.RULEBOOK or Rulebook.objects.filter(instrument=act.instrument).exists():
        return
    raise ConflictError(
        fa="این دفتر ضوابط هنوز جدولی ندارد و پس از نخستین سند دیگر نمی‌توان آن را پر کرد. نخست جدول را بارگذاری کنید.",
        en="This rulebook holds no table yet, and after its first act none can be loaded. Load the table first.",
        instrument=act.instrument.code,
    )
