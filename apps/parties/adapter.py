"""How allauth sees our persons: a phone, a code by message, no e-mail, no user name, no password door."""

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest

from apps.common.addresses import client_address
from apps.common.text import Text, persian_digits
from apps.parties import sign_in_log
from apps.parties.forms import MobileField
from apps.parties.messaging import send_message
from apps.parties.models import Person
from apps.parties.selectors import person_by_mobile


class PersonAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """settings.ACCOUNT_ADAPTER."""

    def phone_form_field(self, *, required: bool = True, **_kwargs: object) -> forms.Field:
        """The field that accepts every usual spelling."""
        return MobileField(required=required)

    def get_phone(self, user: Person) -> tuple[str, bool] | None:
        """(number, whether it was confirmed)."""
        return (user.mobile, user.mobile_verified) if user.mobile else None

    def set_phone(self, user: Person, phone: str, verified: bool) -> None:
        """Give the person this number."""
        user.mobile, user.mobile_verified = phone, verified
        user.save(update_fields=["mobile", "mobile_verified"])

    def set_phone_verified(self, user: Person, phone: str) -> None:
        """Remember that the person proved to hold `phone`; ignores any other number."""
        Person.objects.filter(pk=user.pk, mobile=phone).update(mobile_verified=True)

    def get_user_by_phone(self, phone: str) -> Person | None:
        """The person with this canonical number."""
        return person_by_mobile(phone)

    def send_verification_code_sms(self, *, phone: str, code: str, **_kwargs: object) -> None:
        """Send the code. The user plays no part: the message to a known and to an unknown number is the same."""
        body = Text(
            fa=f"کد ورود به پروانه: {persian_digits(code)} (سه دقیقه اعتبار دارد). این کد را به هیچ‌کس نگویید.",
            en=f"Parvaneh sign-in code: {code} (valid for three minutes). Tell it to nobody.",
        )
        send_message(to=phone, body=body)

    def login(self, request: HttpRequest, user: Person) -> None:
        """Every door but the admin site's ends here, after its last stage: the entry is written down."""
        super().login(request, user)
        sign_in_log.record(request, person=user)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address our limits count."""
        return client_address(request)

    def is_open_for_signup(self, *_: object) -> bool:
        """No: there is one door, and it makes a person when a code is confirmed."""
        return False
