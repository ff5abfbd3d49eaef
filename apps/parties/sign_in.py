"""One door: a mobile number, a code, in. The number is looked up only after its code was confirmed.

So there is nothing to enumerate: until then a known and an unknown number cost the same work, get the same
answer and leave the same trace (a code in the visitor's own session, on the server). A person comes into being
only by proof of holding the number, so there are no unproved accounts to purge or to squat.

Built on allauth's login stages; its own flow would look the number up first, and send an unknown one nothing.
"""

import uuid
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from apps.common.addresses import client_address
from apps.common.errors import TooManyCallsError
from apps.common.limits import Limit, spend
from apps.parties import oidc_entry
from apps.parties.oidc_claims import Claims
from apps.parties.services import person_of_confirmed_mobile

# A number may be asked for by anybody, so its own limits are what stands between a stranger and a phone that
# rings all night. Guesses: at most 3 per code, so at most 60 a day in a million.
PER_NUMBER = (
    Limit("code-number-minute", 2, 60),
    Limit("code-number-hour", 6, 3600),
    Limit("code-number-day", 20, 86_400),
)
PER_ADDRESS = (Limit("code-address-minute", 10, 60), Limit("code-address-hour", 60, 3600))
GUESSES_PER_ADDRESS = Limit("guess-address", 30, 600)
PASSWORDS_PER_ADDRESS = Limit("password-address", 10, 600)
PASSWORDS_PER_ACCOUNT = Limit("password-account", 20, 3600)


class OneDoor(LoginCodeVerificationProcess):  # type: ignore[misc]  # allauth has no types
    """allauth's process without its question 'who has this number?'."""

    @classmethod
    def resume(cls, stage: LoginByCodeStage) -> "OneDoor | None":
        """The process this visitor has begun; None when its time is over."""
        process: OneDoor | None = cls(stage=stage).abort_if_invalid()
        return process

    def generate_code(self) -> str:
        """A new code, in the visitor's session on the server."""
        code: str = get_adapter().generate_login_code()
        self.state["code"] = code
        return code

    def send_by_phone(self, phone: str, **_kwargs: object) -> None:
        """Send a code, whoever has the number; over the limits, TooManyCallsError (429)."""
        spend_code(self.request, mobile=phone)
        get_adapter().send_verification_code_sms(user=None, phone=phone, code=self.generate_code())
        self.add_sent_message({"recipient": phone, "phone": phone})

    def resend(self) -> None:
        """Another code to the same number; the first one stops working, its time starts anew."""
        self.state.update(process=uuid.uuid4().hex, failed_attempts=0)
        self.send(skip_enumeration_mails=True)
        self.record_resend()
        self.persist()

    def finish(self, redirect_url: str | None) -> HttpResponse:
        """The code was right: now find or make the person and sign them in, in a session with a new key.

        With an identity that waited for this number, the two are bound; ConflictError when they cannot be.
        """
        said = self.state.get("claims")
        self._user = (
            oidc_entry.bind_confirmed(self.request, claims=Claims(**said), mobile=self.state["phone"])
            if said
            else person_of_confirmed_mobile(mobile=self.state["phone"])
        )
        response: HttpResponse = super().finish(redirect_url)
        return response


def begin(request: HttpRequest, *, mobile: str, claims: Claims | None = None) -> None:
    """Send a code to `mobile` (canonical) and remember it in this visitor's session.

    `claims`: an identity at the provider to be bound to the person of this number once the code is confirmed.
    Raises TooManyCallsError (429) or UnavailableError (503, nothing remembered).
    """
    login = Login(user=None, phone=mobile)
    login.state["stages"] = {"current": LoginByCodeStage.key}
    stage = LoginByCodeStage(LoginStageController(request, login), request, login)
    stage.state.update(OneDoor.initial_state(user=None, phone=mobile))
    stage.state.update(initiated_by_user=True, process=uuid.uuid4().hex)
    if claims is not None:
        stage.state["claims"] = claims.as_dict()
    process = OneDoor(stage=stage)
    process.send()
    process.persist()


def spend_code(request: HttpRequest, *, mobile: str) -> None:
    """Count one code for this address and this number. Raises TooManyCallsError when either is used up."""
    address = client_address(request)
    for limit in PER_ADDRESS:
        spend(request, limit=limit, key=address)
    for limit in PER_NUMBER:
        spend(request, limit=limit, key=mobile)


def spend_password(request: HttpRequest, *, name: str) -> None:
    """Count one try at a password, for this address and for this account. Raises TooManyCallsError."""
    for limit, key in ((PASSWORDS_PER_ADDRESS, client_address(request)), (PASSWORDS_PER_ACCOUNT, name)):
        spend(request, limit=limit, key=key)


def spend_guess(request: HttpRequest, *, state: dict[str, Any]) -> None:
    """Count one guess at a code, atomically and outside the session.

    allauth counts in the session, which requests sent side by side each read before any of them writes.
    Raises TooManyCallsError, and the code is void, after ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS guesses.
    """
    per_code = Limit(
        "guess-code", settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS, 2 * settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
    )
    try:
        spend(request, limit=GUESSES_PER_ADDRESS, key=client_address(request))
        spend(request, limit=per_code, key=str(state["process"]))
    except TooManyCallsError:
        clear_login(request)
        raise
