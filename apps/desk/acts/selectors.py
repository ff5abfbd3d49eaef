"""What waits for whom, and the history of acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from apps.common import clock
from apps.common.errors import NotFoundError
from apps.desk.acts.reach import may_all
from apps.desk.acts.services import subject_of
from apps.legal.acts import ActKind
from apps.legal.models import ActDraft, DraftState, DraftTarget, Instrument, LegalAct
from apps.parties.models import Person, Role
from apps.parties.roles import same_natural_person

_PER_PAGE = 30
_TARGETS = Prefetch("targets", DraftTarget.objects.select_related("instrument", "replaced_by", "lifts", "act"))


@dataclass(frozen=True, slots=True)
class ActFilter:
    """What of the history is wanted; empty = everything."""

    kind: str = ""
    instrument: str = ""
    authority: str = ""
    since: date | None = None
    until: date | None = None


def drafts() -> QuerySet[ActDraft]:
    """Drafts with what they name, without their shapes."""
    return ActDraft.objects.select_related("drafted_by", "closed_by", "document").prefetch_related(_TARGETS)


def draft_by_id(pk: int) -> ActDraft:
    """One draft. Raises NotFoundError."""
    found = drafts().filter(pk=pk).first()
    if found is None:
        raise NotFoundError(
            fa="چنین پیش‌نویسی نیست. از فهرست سندها آغاز کنید.",
            en="There is no such draft. Start from the list of acts.",
        )
    return found


def waiting_for(person: Person) -> list[ActDraft]:
    """Open drafts that this person may sign as the second hand, the oldest first."""
    open_ones = drafts().filter(state=DraftState.DRAFTED).order_by("drafted_at")
    return [draft for draft in open_ones if _may_sign(person, draft)]


def drafts_of(person: Person) -> list[ActDraft]:
    """The person's own drafts that are open, the newest first."""
    return list(drafts().filter(drafted_by=person, state=DraftState.DRAFTED))


def history(wanted: ActFilter, *, page: int) -> Page[LegalAct]:
    """Recorded acts, the newest first."""
    acts = LegalAct.objects.select_related("instrument", "replaced_by", "lifts").defer("scope").order_by("-recorded_at")
    exact = {"kind": wanted.kind, "authority": wanted.authority, "instrument__code": wanted.instrument}
    acts = acts.filter(**{name: value for name, value in exact.items() if value})
    if wanted.since:
        acts = acts.filter(effective_on__gte=wanted.since)
    if wanted.until:
        acts = acts.filter(effective_on__lte=wanted.until)
    return Paginator(acts, _PER_PAGE).get_page(page)


def act_by_id(pk: int) -> LegalAct:
    """One recorded act. Raises NotFoundError."""
    names = ("instrument", "replaced_by", "lifts", "recorded_by", "countersigned_by")
    found = LegalAct.objects.select_related(*names).filter(pk=pk).first()
    if found is None:
        raise NotFoundError(
            fa="چنین سندی ثبت نشده است. از فهرست سندها آغاز کنید.", en="No such act is recorded. Start from the list."
        )
    return found


def instruments_for(kind: ActKind) -> list[Instrument]:
    """Instruments that an act of this kind may be about, by what is recorded of them so far."""
    found = Instrument.objects.order_by("kind", "code")
    if kind in (ActKind.APPROVE, ActKind.PROMULGATE):
        found = found.exclude(_acted(kind=kind, scope__isnull=True))
    if kind is not ActKind.APPROVE:
        found = found.filter(_acted(kind=ActKind.APPROVE))
    over = {"kind__in": (ActKind.ANNUL, ActKind.REPEAL), "scope__isnull": True, "effective_on__lte": clock.today()}
    return list(found.exclude(_acted(**over)))


def _acted(**facts: Any) -> Exists:
    """Whether one act with all of these facts was recorded on the instrument."""
    return Exists(LegalAct.objects.filter(instrument=OuterRef("pk"), **facts))


def successors() -> list[Instrument]:
    """What may take another's place: whatever was approved."""
    return list(Instrument.objects.filter(_acted(kind=ActKind.APPROVE)).order_by("kind", "code"))


def open_suspensions() -> list[LegalAct]:
    """Suspensions that were not lifted everywhere, the newest first."""
    lifted = Exists(LegalAct.objects.filter(lifts=OuterRef("pk"), scope__isnull=True))
    stops = LegalAct.objects.filter(~lifted, kind=ActKind.SUSPEND).select_related("instrument").defer("scope")
    return list(stops.order_by("-recorded_at"))


def siblings(act: LegalAct) -> Sequence[LegalAct]:
    """The acts of the same order on other instruments."""
    same = {"number": act.number, "kind": act.kind, "act_date": act.act_date, "document": act.document}
    return list(LegalAct.objects.filter(**same).exclude(pk=act.pk).select_related("instrument").defer("scope"))


def _may_sign(person: Person, draft: ActDraft) -> bool:
    if same_natural_person(person, draft.drafted_by):
        return False
    return may_all(person, Role.RULE_APPROVER, subject_of(draft))
