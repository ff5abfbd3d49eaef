"""The demo's convenience: invented officers have an authenticator, and the outbox page shows its code.

Nothing here works outside the demo and the tests, nor for a real person.
"""

import base64
import hashlib
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.conf import settings

from apps.common import clock
from apps.parties import second_factor, second_factor_codes
from apps.parties.models import Person
from apps.parties.second_factor_store import store

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class SampleCode:
    """What the authenticator of an invented person shows now, and for how many seconds."""

    person: Person
    code: str
    seconds: int


def ensure_sample(person: Person) -> None:
    """Give an invented person who needs a second factor an authenticator with a fixed secret. Idempotent."""
    if not (settings.OUTBOX_SHOWN and person.synthetic and second_factor.required_for(person)):
        return
    if second_factor.authenticator_of(person) is None:
        store(person=person, secret=sample_secret(person), recovery=[])


def sample_secret(person: Person) -> str:
    """The same in every demo: no secret at all."""
    digest = hashlib.sha256(f"parvaneh sample {person.mobile}".encode()).digest()
    return base64.b32encode(digest[:20]).decode()


def sample_codes() -> list[SampleCode]:
    """What the authenticators of invented people show now; none outside the demo."""
    if not settings.OUTBOX_SHOWN:
        return []
    step = second_factor_codes.current_step()
    left = second_factor_codes.STEP_SECONDS - int(clock.now().timestamp()) % second_factor_codes.STEP_SECONDS
    rows = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__synthetic=True).select_related("user")
    return [
        SampleCode(row.user, second_factor_codes.code_at(decrypt(row.data["secret"]), step), left)
        for row in rows.order_by("user__mobile")[:_SHOWN]
    ]
