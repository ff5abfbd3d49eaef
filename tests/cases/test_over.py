"""A closed case stays as it is; a list of looks that nobody can push anybody out of; mandates that end meanwhile."""

import threading

import pytest
from django.db import connection, transaction  # noqa: TID251 - a thread closes its own

from apps.cases import access_log, asks, posts
from apps.cases.asked import Asked
from apps.cases.models import AccessRecord, CaseAsk, CasePost
from apps.cases.selectors import visible_case
from apps.common.errors import ConflictError
from apps.common.text import Text
from apps.parties.mandates_ending import revoke
from apps.parties.models import Scope
from tests.cases.conftest import Cast

pytestmark = pytest.mark.django_db
DEED = Asked("document", Text("سند", "Deed"), Text("ناخوانا", "Not readable"), code="deed", article="م ۴")


@pytest.mark.parametrize("status", ["closed", "rejected", "archived", "cancelled"])
def test_nothing_is_asked_answered_or_said_after_the_end(cast: Cast, status: str) -> None:
    """The pages show no form then; whoever posts one by hand changes nothing and tells nobody."""
    cast.stands("submitted")
    number = cast.case.tracking
    item = asks.ask(person=cast["officer"], tracking=number, asked=DEED)
    cast.stands(status)
    events = cast.case.events.count()
    for late in (
        lambda: asks.ask(person=cast["officer"], tracking=number, asked=DEED),
        lambda: asks.settle(person=cast["officer"], tracking=number, pk=item.pk, accepted=True),
        lambda: asks.answer(person=cast.owner, tracking=number, pk=item.pk, text="پیوست"),
        lambda: asks.dispute(person=cast.owner, tracking=number, pk=item.pk, text="نه"),
        lambda: posts.say(person=cast.owner, tracking=number, text="سلام"),
        lambda: posts.say(person=cast["officer"], tracking=number, text="سلام"),
    ):
        with pytest.raises(ConflictError, match="closed"):
            late()
    assert (CaseAsk.objects.get().state, CasePost.objects.count(), cast.case.events.count()) == ("open", 0, events)


def test_a_look_is_not_driven_out_of_the_list(cast: Cast) -> None:
    """Whoever looks a thousand times is one line with a thousand; the look before it still stands there."""
    cast.stands("submitted")
    case = visible_case(tracking=cast.case.tracking, person=cast.owner)
    access_log.record(case=case, person=cast["officer"], what="download", thing="deed v1")
    flood = [
        AccessRecord(case=case, person=cast["auditor"], capacity="auditor", what="view", at=case.opened_at)
        for _ in range(1000)
    ]
    AccessRecord.objects.bulk_create(flood)
    log = access_log.log_of(case=case, person=cast.owner)
    assert [(row.person, row.what, row.thing, row.times) for row in log] == [
        (cast["auditor"], "view", "", 1000),
        (cast["officer"], "download", "deed v1", 1),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_revocation_waits_for_the_sentence_that_is_being_written(cast: Cast) -> None:
    """What an agent says and the end of their mandate come one after the other."""
    cast.stands("submitted")
    mandate = cast.mandate(cast["agent"], Scope.VIEW, Scope.ACT)
    done: list[str] = []

    def take_back() -> None:
        revoke(person=cast.owner, mandate=mandate.pk)
        done.append("revoked")
        connection.close()

    other = threading.Thread(target=take_back)
    with transaction.atomic():
        posts.say(person=cast["agent"], tracking=cast.case.tracking, text="سلام")
        other.start()
        other.join(timeout=1)
        done.append("said")
    other.join()
    assert done == ["said", "revoked"]
