"""The log of sign-ins: written once at each entry, read by the person, kept for a stated time."""

from datetime import timedelta

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from apps.common import clock
from apps.common.addresses import client_address
from apps.parties import second_factor
from apps.parties.models import Person
from apps.parties.models_identity import SignIn, Way

_SHOWN = 20
_AT_ONCE = 5_000


def record(request: HttpRequest, *, person: Person, way: Way | None = None) -> SignIn:
    """Write that the person has just come in; without `way`, as the session remembers it."""
    return SignIn.objects.create(
        person=person,
        at=clock.now(),
        address=client_address(request),
        way=way or _way(request, person),
        factor=second_factor.given_by(request, person=person),
    )


def of_person(person: Person) -> list[SignIn]:
    """The newest sign-ins of a person."""
    return list(SignIn.objects.filter(person=person)[:_SHOWN])


def sweep() -> int:
    """Delete what is older than settings.SIGN_INS_KEPT_DAYS; how many rows went."""
    end = clock.now() - timedelta(days=settings.SIGN_INS_KEPT_DAYS)
    gone = 0
    while old := list(SignIn.objects.filter(at__lt=end).values_list("pk", flat=True)[:_AT_ONCE]):
        gone += SignIn.objects.filter(pk__in=old).delete()[0]
    return gone


def _way(request: HttpRequest, person: Person) -> Way:
    methods = {record["method"] for record in get_authentication_records(request, person)}
    return Way.PROVIDER if "socialaccount" in methods else Way.CODE
