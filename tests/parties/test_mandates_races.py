"""A step taken by a mandate and its revocation come one after the other, whoever is first."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction  # noqa: TID251 - each thread closes its own connection

from apps.common.errors import ForbiddenError
from apps.parties import mandates, mandates_ending
from apps.parties.mandates_giving import Agent, give_mandate
from apps.parties.models import Mandate, Person, Scope
from apps.parties.services import ensure_person
from tests.parties.conftest import LAND
from tests.parties.test_mandates_doors import MONTH, clock_offer

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20


@pytest.fixture
def people() -> tuple[Person, Person]:
    owner = ensure_person(mobile="09120000001", name_fa="مالک", verified=True)
    return owner, ensure_person(mobile="09120000003", name_fa="نماینده", verified=True)


@pytest.fixture
def given(people: tuple[Person, Person]) -> Mandate:
    owner, agent = people
    return give_mandate(principal=owner, agent=Agent(person=agent), offer=clock_offer(MONTH))


def in_thread(work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def use(people: tuple[Person, Person]) -> Mandate:
    owner, agent = people
    return mandates.used_for(agent, Scope.ACT, principal_id=owner.pk, land_code=LAND)


def test_a_revocation_waits_for_the_step_that_is_being_taken(people: tuple[Person, Person], given: Mandate) -> None:
    began = threading.Event()
    revoked = threading.Event()

    def revoke() -> None:
        began.set()
        mandates_ending.revoke(person=people[0], mandate=given.pk)
        revoked.set()

    with transaction.atomic():
        assert use(people).pk == given.pk
        thread = in_thread(revoke)
        assert began.wait(PATIENCE)
        assert not revoked.wait(0.3)
        assert Mandate.objects.get(pk=given.pk).ended_at is None
    thread.join(PATIENCE)
    assert revoked.is_set()
    with transaction.atomic(), pytest.raises(ForbiddenError):
        use(people)


def test_a_step_waits_for_the_revocation_and_then_may_not(people: tuple[Person, Person], given: Mandate) -> None:
    refused = threading.Event()

    def act() -> None:
        try:
            with transaction.atomic():
                use(people)
        except ForbiddenError:
            refused.set()

    with transaction.atomic():
        mandates_ending.revoke(person=people[0], mandate=given.pk)
        thread = in_thread(act)
        assert not refused.wait(0.3)
    thread.join(PATIENCE)
    assert refused.is_set()


def test_two_presses_at_once_give_one(people: tuple[Person, Person]) -> None:
    owner, agent = people
    offer = clock_offer(MONTH)
    together = threading.Barrier(2)

    def give() -> None:
        together.wait(PATIENCE)
        give_mandate(principal=owner, agent=Agent(person=agent), offer=offer)

    threads = [in_thread(give) for _ in range(2)]
    for thread in threads:
        thread.join(PATIENCE)
    assert Mandate.objects.count() == 1


def test_a_step_without_the_scope_is_refused(people: tuple[Person, Person], given: Mandate) -> None:
    owner, agent = people
    with transaction.atomic(), pytest.raises(ForbiddenError, match="pay"):
        mandates.used_for(agent, Scope.PAY, principal_id=owner.pk, land_code=LAND)
