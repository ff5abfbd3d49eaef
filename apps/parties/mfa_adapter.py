"""settings.MFA_ADAPTER: secrets of authenticators are encrypted at rest with a key made from SECRET_KEY."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes

from apps.common.city import current_city
from apps.common.text import Text
from apps.parties.models import Person

_PURPOSE = b"parvaneh second factor:"


class SecretAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """A copy of the database alone gives nobody a second factor."""

    def encrypt(self, text: str) -> str:
        """With today's SECRET_KEY."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """With today's key or one of SECRET_KEY_FALLBACKS. Raises cryptography.fernet.InvalidToken."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: Person) -> str:
        """What the authenticator shows beside the code."""
        return user.mobile

    def get_totp_issuer(self) -> str:
        """Whose code it is. In Latin letters: many authenticators cannot show others."""
        return f"Parvaneh {Text.of(current_city().raw['name']).en}"


def _box() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(_PURPOSE + force_bytes(k)).digest())) for k in keys]
    )
