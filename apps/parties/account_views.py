"""The account page: who I am here, which ways in I have, and when I came in."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.common.text import Text
from apps.parties import second_factor, sign_in_log
from apps.parties.models import Person
from apps.parties.models_identity import Factor, Way
from apps.parties.oidc_config import provider

WAYS = {
    Way.CODE: Text("کد پیامکی", "Code by text message"),
    Way.PROVIDER: Text("سامانهٔ ورود دیگر", "Another sign-in service"),
    Way.PASSWORD: Text("گذرواژهٔ مدیریت", "Password of the admin site"),
    Way.SECOND_FACTOR: Text("گام دوم در همان نشست", "Second step, in a session that had begun"),
}
FACTORS = {
    Factor.NONE: Text("بدون گام دوم", "no second step"),
    Factor.AUTHENTICATOR: Text("رمزساز", "authenticator"),
    Factor.RECOVERY_CODE: Text("کد بازیابی", "recovery code"),
}


@require_safe
@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """The signed-in person's own account."""
    person: Any = request.user
    said = [(row, WAYS[Way(row.way)], FACTORS[Factor(row.factor)]) for row in sign_in_log.of_person(person)]
    context = {
        "identities": list(person.identities.all()),
        "provider": provider(),
        "authenticator": second_factor.authenticator_of(person),
        "recovery_left": _recovery_left(person),
        "required": second_factor.required_for(person),
        "sign_ins": said,
        "kept_days": settings.SIGN_INS_KEPT_DAYS,
    }
    return render(request, "account/account.html", context)


def _recovery_left(person: Person) -> int:
    row = Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(row.data["sealed"]) if row else 0
