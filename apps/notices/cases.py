"""What people were told about a request, forwarded as notices: each sentence once, whichever event brings it."""

from apps.cases.events import CaseHeld, CaseReleased
from apps.cases.models import Case, CaseMessage
from apps.common import clock
from apps.common.events import Event
from apps.notices.models import Notice

KIND = "case"


def on_case(event: Event) -> None:
    """A request was held or released: forward what its people were told and nobody forwarded yet."""
    if isinstance(event, CaseHeld | CaseReleased):
        forward(event.case_id)


def forward(case_id: int) -> int:
    """Write a notice for each message of the case that has none; returns how many messages were looked at."""
    case = Case.objects.get(pk=case_id)
    messages = list(CaseMessage.objects.filter(case=case).order_by("pk"))
    keys = {message: f"message/{message.pk}" for message in messages}
    told = set(Notice.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    now = clock.now()
    rows = [
        Notice(
            key=key,
            person_id=message.person_id,
            kind=KIND,
            text_fa=message.text_fa,
            text_en=message.text_en,
            link=_link(case, message),
            created_at=now,
            due_at=now,
        )
        for message, key in keys.items()
        if key not in told
    ]
    return len(Notice.objects.bulk_create(rows, ignore_conflicts=True))


def _link(case: Case, message: CaseMessage) -> str:
    """The request as its applicant or as an officer sees it."""
    mine = message.person_id == case.applicant_id
    return f"/requests/{case.tracking}/" if mine else f"/officer/cases/{case.tracking}/"
