"""The door of the room: ask for a report, ask again, stop it, delete it. Work is done by a worker (running.py)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from apps.common import clock
from apps.common.errors import BadInputError, ConflictError
from apps.common.text import Text
from apps.impact.access import require_ask, themes_of
from apps.impact.acts_json import acts_json, fingerprint
from apps.impact.models import ImpactChange, ImpactParcel, ImpactReport, ImpactRequest, ReportState
from apps.legal.acts import ActKind, Status
from apps.legal.drafts_facts import acts_of as drafted_acts
from apps.legal.drafts_models import ActDraft
from apps.legal.models import Instrument, InstrumentKind, LegalAct
from apps.legal.selectors import law_snapshot
from apps.parties.models import Person
from apps.permits.models import PermitKind
from gis_layers.models import Edition, IntakeState

DEFAULT_KINDS = ("NEW",)
SWEEP_DAYS = timedelta(days=30)
LIVING = (ReportState.QUEUED, ReportState.WAITING, ReportState.RUNNING)
_ASSUMED = Text("فرض گزارش اثر", "Assumed for an impact report")
_OPEN_STATUSES = frozenset({Status.DRAFT, Status.APPROVED, Status.PROMULGATED})


@transaction.atomic
def request_report(
    *,
    acts: Sequence[Mapping[str, Any]],
    on: date,
    person: Person,
    label: Text,
    kinds: Sequence[str] = DEFAULT_KINDS,
    subject: str = "",
) -> ImpactReport:
    """What these acts would change on a day, for these permit kinds; a worker takes it up after commit.

    `acts`: arguments of `record_act`, the second person apart. `subject`: what the report is found by ('draft:12').
    The same question under the same law gets the standing report back. Raises ForbiddenError, BadInputError for what
    cannot be asked, ConflictError for a layer that was not taken in.
    """
    if not acts:
        raise BadInputError(
            fa="گزارش دست‌کم یک سند می‌خواهد. سندی را که باید فرض شود بنویسید.",
            en="A report needs at least one act. Give the act that is to be assumed.",
        )
    _check_kinds(kinds)
    instruments = [i for act in acts for i in (act["instrument"], act.get("replaced_by")) if i is not None]
    themes = themes_of(instruments)
    require_ask(person, themes)
    _check_taken_in(instruments)
    raw = acts_json(acts)
    about = subject or "instruments:" + "+".join(sorted({i.code for i in instruments}))
    report = ImpactReport(
        subject=about[:200],
        label_fa=label.fa[:300],
        label_en=label.en[:300],
        acts=raw,
        fingerprint=fingerprint(raw, on=on, kinds=kinds),
        on=on,
        kinds=sorted(set(kinds)),
        themes=None if themes is None else sorted(themes),
        person=person,
        requested_at=clock.now(),
    )
    return _standing(report) or _queued(report)


def request_report_for_instruments(
    *,
    instruments: Sequence[Instrument],
    on: date,
    person: Person,
    label: Text,
    kinds: Sequence[str] = DEFAULT_KINDS,
    replacing: Iterable[tuple[Instrument, Instrument]] = (),
    subject: str = "",
) -> ImpactReport:
    """As `request_report`, assuming that these drafts are approved and promulgated for the day.

    `replacing`: (old, new) instruments, where the new one also takes the old one's place.
    """
    acts = [act for instrument in instruments for act in assumed_acts(instrument, on=on, person=person)]
    acts += [_act(old, ActKind.REPLACE, on=on, person=person, replaced_by=new) for old, new in replacing]
    return request_report(acts=acts, on=on, person=person, label=label, kinds=kinds, subject=subject)


def request_report_for_draft(*, draft: ActDraft, person: Person, kinds: Sequence[str] = DEFAULT_KINDS) -> ImpactReport:
    """As `request_report`, on a draft's acts as they are written now, on the day on which they work."""
    return request_report(
        acts=drafted_acts(draft),
        on=draft.effective_on,
        person=person,
        label=Text(f"{draft.number}", f"{draft.number}"),
        kinds=kinds,
        subject=subject_of(draft),
    )


def subject_of(draft: ActDraft) -> str:
    """What reports on a draft are found by."""
    return f"draft:{draft.pk}"


def answers_for(report: ImpactReport, draft: ActDraft) -> bool:
    """Whether the report is about the draft as it is written now."""
    raw = acts_json(drafted_acts(draft))
    return report.fingerprint == fingerprint(raw, on=draft.effective_on, kinds=report.kinds)


def assumed_acts(instrument: Instrument, *, on: date, person: Person) -> list[dict[str, Any]]:
    """Approval and promulgation of a draft, as far as they are missing. Raises ConflictError when it is law or was."""
    snapshot = law_snapshot(on=on)
    statuses = snapshot.statuses(instrument.pk)
    if not statuses <= _OPEN_STATUSES:
        raise ConflictError(
            fa=f"«{instrument.code}» پیش‌نویس نیست. برای سندی که در اعتبار است یا بوده، خود سندِ حقوقی را بنویسید.",
            en=f"“{instrument.code}” is no draft. For what is law, or was, give the act itself.",
            code=instrument.code,
        )
    done = set(LegalAct.objects.filter(instrument=instrument).values_list("kind", flat=True))
    wanted = [kind for kind in (ActKind.APPROVE, ActKind.PROMULGATE) if kind.value not in done]
    return [_act(instrument, kind, on=on, person=person) for kind in wanted]


@transaction.atomic
def again(*, report: ImpactReport, person: Person) -> ImpactReport:
    """The same question under the law of now. Raises ForbiddenError."""
    require_ask(person, None if report.themes is None else frozenset(report.themes))
    fresh = ImpactReport(
        subject=report.subject,
        label_fa=report.label_fa,
        label_en=report.label_en,
        acts=report.acts,
        fingerprint=report.fingerprint,
        on=report.on,
        kinds=report.kinds,
        themes=report.themes,
        person=person,
        requested_at=clock.now(),
    )
    return _standing(fresh) or _queued(fresh)


@transaction.atomic
def cancel(*, report: ImpactReport, person: Person) -> None:
    """Stop a report that is on its way; what it had found so far is deleted. Raises ForbiddenError."""
    require_ask(person, None if report.themes is None else frozenset(report.themes))
    held = ImpactReport.objects.select_for_update().get(pk=report.pk)
    if held.state == ReportState.RUNNING:
        held.state = ReportState.CANCELLING
    elif held.state in LIVING:
        held.state, held.finished_at = ReportState.CANCELLED, clock.now()
    held.save(update_fields=["state", "finished_at"])


def _standing(report: ImpactReport) -> ImpactReport | None:
    """A report that answers the same question: on its way, or done under the law of now."""
    from apps.legal.selectors import law_version

    same = ImpactReport.objects.filter(subject=report.subject, fingerprint=report.fingerprint)
    return (
        same.filter(state__in=LIVING).first() or same.filter(state=ReportState.DONE, law_version=law_version()).first()
    )


def _queued(report: ImpactReport) -> ImpactReport:
    from apps.impact.tasks import run_report

    report.save()
    transaction.on_commit(lambda: run_report.delay(report.pk))
    return report


def _check_kinds(kinds: Sequence[str]) -> None:
    unknown = sorted(set(kinds) - set(PermitKind.values))
    if unknown or not kinds:
        raise BadInputError(
            fa=f"نوع پروانه شناخته نیست. از اینها بنویسید: {'، '.join(PermitKind.values)}.",
            en=f"Permit kinds that are not known: {unknown}. Use some of: {', '.join(PermitKind.values)}.",
        )


def _check_taken_in(instruments: Sequence[Instrument]) -> None:
    layers = [i for i in instruments if i.kind == InstrumentKind.EDITION]
    taken_in = Edition.objects.filter(instrument__in=layers, state=IntakeState.TAKEN_IN)
    missing = {i.code for i in layers} - set(taken_in.values_list("instrument__code", flat=True))
    if missing:
        raise ConflictError(
            fa=f"لایهٔ {'، '.join(sorted(missing))} هنوز وارد سامانه نشده است. نخست پروندهٔ آن را بارگذاری کنید.",
            en=f"The layer of {', '.join(sorted(missing))} was not taken in yet. Upload its file first.",
        )


def _act(
    instrument: Instrument, kind: ActKind, *, on: date, person: Person, replaced_by: Instrument | None = None
) -> dict[str, Any]:
    signed = min(on, clock.today())
    return {
        "instrument": instrument,
        "kind": kind,
        "number": f"assumed-{kind.value}",
        "act_date": signed,
        "effective_on": signed if kind is ActKind.APPROVE else on,
        "body_fa": _ASSUMED.fa,
        "body_en": _ASSUMED.en,
        "document": "-",
        "recorded_by": person,
        "replaced_by": replaced_by,
    }


def sweep() -> int:
    """Delete reports older than SWEEP_DAYS that are not the newest on their subject; returns how many.

    A report of a whole city is a hundred thousand rows; what stays is what pages still show.
    """
    before = clock.now() - SWEEP_DAYS
    newest = ImpactReport.objects.order_by("subject", "-requested_at", "-pk").distinct("subject")
    kept = list(newest.values_list("pk", flat=True))
    old = ImpactReport.objects.filter(requested_at__lt=before).exclude(pk__in=kept)
    listed = list(old.exclude(state__in=LIVING).values_list("pk", flat=True))
    for model in (ImpactParcel, ImpactRequest, ImpactChange):
        model.objects.filter(report__in=listed).delete()
    ImpactReport.objects.filter(pk__in=listed).delete()
    return len(listed)
