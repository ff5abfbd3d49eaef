"""Signing in as tests need it: an officer's client has given its second factor, as an officer must."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from apps.parties import second_factor, second_factor_codes, second_factor_store
from apps.parties.models import Factor, Person

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
RECOVERY = "ABCD-EFGH-JKMN"


def give_authenticator(person: Person, *, secret: str = SECRET) -> Authenticator:
    """An authenticator with a known secret, and one known recovery code."""
    return second_factor_store.store(person=person, secret=secret, recovery=[RECOVERY])


def code_now(secret: str = SECRET, *, later: int = 0) -> str:
    """What the authenticator shows; `later`: so many half minutes from now."""
    return second_factor_codes.code_at(secret, second_factor_codes.current_step() + later)


def office_client(person: Person, client: Client | None = None) -> Client:
    """A client of this person, signed in, with the second factor given in its session."""
    client = client or Client()
    client.force_login(person)
    authenticator = second_factor.authenticator_of(person) or give_authenticator(person)
    request = HttpRequest()
    request.session = client.session
    second_factor.remember(request, authenticator=authenticator, factor=Factor.AUTHENTICATOR)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
    return client
