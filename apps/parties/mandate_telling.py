"""What a mandate or an ask allows, in one sentence; and its seal, that a code is bound to."""

import hashlib
from datetime import date, timedelta

from django.utils import timezone

from apps.common.calendar import day_en, jalali_fa
from apps.common.text import Text, isolated
from apps.parties.mandate_words import KIND_NAMES, SCOPE_NAMES
from apps.parties.models import Mandate, MandateAsk, MandateKind, Scope


def in_words(row: Mandate | MandateAsk) -> Text:
    """'«دیدن پرونده، پرداخت» در ملک ۳-۲-۱۴-۵ برای «دفتر نمونه» (دفتر پیشخوان) تا پایان ۱ آذر ۱۴۰۵'."""
    who, kind, what, where, day = (
        agent_name(row),
        KIND_NAMES[MandateKind(row.kind)],
        allowed(row),
        subject(row),
        last_day(row),
    )
    return Text(
        fa=f"«{what.fa}» در {where.fa} برای «{who.fa}» ({kind.fa}) تا پایان {jalali_fa(day)}",
        en=f"“{what.en}” on {where.en} for “{who.en}” ({kind.en}) until the end of {day_en(day)}",
    )


def allowed(row: Mandate | MandateAsk) -> Text:
    """The scopes by name."""
    names = [SCOPE_NAMES[Scope(scope)] for scope in row.scopes]
    return Text("، ".join(name.fa for name in names), ", ".join(name.en for name in names))


def subject(row: Mandate | MandateAsk) -> Text:
    """'ملک ۳-۲-۱۴-۵' or 'پروندهٔ PR-…'."""
    if row.land_code:
        return Text(f"ملک {isolated(row.land_code)}", f"parcel {row.land_code}")
    return Text(f"پروندهٔ {isolated(row.case_tracking)}", f"case {row.case_tracking}")


def agent_name(row: Mandate | MandateAsk) -> Text:
    """The agent as people call them; a person without a name by the end of their number."""
    if row.agent_organisation is not None:
        return _name(row.agent_organisation.name_fa, row.agent_organisation.name_en, "")
    return _name(row.agent.name_fa, row.agent.name_en, row.agent.mobile) if row.agent else Text("", "")


def principal_name(row: Mandate | MandateAsk) -> Text:
    """The principal, or the organisation in whose name it was given."""
    if row.principal_organisation is not None:
        return _name(row.principal_organisation.name_fa, row.principal_organisation.name_en, "")
    return _name(row.principal.name_fa, row.principal.name_en, row.principal.mobile)


def last_day(row: Mandate | MandateAsk) -> date:
    """The last day on which it still stands, in the city's time zone."""
    return timezone.localdate(row.until - timedelta(microseconds=1))


def seal_of(row: MandateAsk) -> str:
    """A digest of all that the ask would allow: a code for one ask confirms no other and no changed one."""
    said = (
        "mandate-ask", row.pk, row.principal_id, row.agent_id, row.agent_organisation_id, row.kind, *row.scopes,
        row.land_code, row.case_tracking, row.until.isoformat(), row.basis,
    )  # fmt: skip
    return hashlib.sha256("\0".join(str(part) for part in said).encode()).hexdigest()


def _name(fa: str, en: str, mobile: str) -> Text:
    shown = f"…{mobile[-4:]}" if mobile else ""
    return Text(fa or isolated(shown), en or fa or shown)
