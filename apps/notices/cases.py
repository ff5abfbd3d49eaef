"""What people were told about a case, forwarded as notices: each sentence once, whichever event brings it."""

from apps.cases.capacities import told_of
from apps.cases.events import CaseHeld, CaseReleased, CaseTold
from apps.cases.models import Case, CaseMessage
from apps.common import clock
from apps.common.events import Event
from apps.notices.models import Notice
from apps.notices.ways import ways_of

KIND = "case"


def on_case(event: Event) -> None:
    """Something was said about a case: forward what its people were told and nobody forwarded yet."""
    if isinstance(event, CaseHeld | CaseReleased | CaseTold):
        forward(event.case_id)


def forward(case_id: int) -> int:
    """Write a notice for each message of the case that has none; returns how many were written."""
    case = Case.objects.select_related("applicant").get(pk=case_id)
    messages = list(CaseMessage.objects.filter(case=case).order_by("pk"))
    keys = {message: f"message/{message.pk}" for message in messages}
    told = set(Notice.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    fresh = [message for message, key in keys.items() if key not in told]
    ways = ways_of(message.person_id for message in fresh)
    owners = {person.pk for person in told_of(case)} if fresh else set()
    now = clock.now()
    rows = []
    for message in fresh:
        way = ways[message.person_id]
        by_message, by_mail = way.due(way.cases, now)
        rows.append(
            Notice(
                key=keys[message],
                person_id=message.person_id,
                kind=KIND,
                text_fa=message.text_fa,
                text_en=message.text_en,
                link=_link(case, own=message.person_id in owners),
                created_at=now,
                due_at=by_message,
                mail_due_at=by_mail,
            )
        )
    return len(Notice.objects.bulk_create(rows, ignore_conflicts=True))


def _link(case: Case, *, own: bool) -> str:
    """The case as its owners or as an officer sees it."""
    return f"/requests/{case.tracking}/" if own else f"/officer/cases/{case.tracking}/"
