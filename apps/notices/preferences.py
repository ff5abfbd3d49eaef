"""How a person wants to be told: read it, change it, and prove an e-mail address before anything is sent to it."""

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, NotFoundError
from apps.common.text import Text
from apps.notices.mail import mail_is_offered, send_mail
from apps.notices.models import Mode, Notice, Preference
from apps.parties.models import Person

_SALT = "apps.notices.preferences"
_GOOD_FOR = 24 * 3600


def preference_of(person: Person) -> Preference:
    """The person's row, or what holds for everybody who never changed anything (unsaved)."""
    return Preference.objects.filter(person=person).first() or Preference(person=person)


@transaction.atomic
def change(*, person: Person, cases: str, sms: bool) -> Preference:
    """At once or as a digest, with or without messages. Raises BadInputError for another word."""
    if cases not in Mode.values:
        raise BadInputError(
            fa="زمان خبر را «همان لحظه» یا «خلاصهٔ روزانه» برگزینید.", en="Choose news at once or as a daily digest."
        )
    row, _ = Preference.objects.update_or_create(person=person, defaults={"cases": cases, "sms": sms})
    return row


def ask_email(*, person: Person, email: str) -> str:
    """Send a link that proves the address; until it is opened by this person nothing changes. Returns the address.

    '' takes the address back at once. Raises BadInputError, ConflictError (no e-mail here), UnavailableError.
    """
    address = email.strip()
    if not address:
        _forget(person)
        return ""
    if not mail_is_offered():
        raise ConflictError(fa="این سامانه نامه نمی‌فرستد.", en="This site sends no e-mail.")
    try:
        validate_email(address)
    except ValidationError as error:
        raise BadInputError(
            fa="نشانی رایانامه خوانا نیست. آن را مانند name@example.org بنویسید.",
            en="The e-mail address cannot be read. Write it like name@example.org.",
        ) from error
    token = signing.dumps({"person": person.pk, "email": address}, salt=_SALT)
    link = f"{settings.PUBLIC_URL}{reverse('confirm_email', args=[token])}"
    send_mail(to=address, subject=Text("تأیید رایانامه", "Confirm your e-mail"), body=_letter(link))
    return address


@transaction.atomic
def confirm_email(*, person: Person, token: str) -> Preference:
    """The person who asked opened the link. Raises NotFoundError for a link that is old, broken or somebody else's."""
    try:
        said = signing.loads(token, salt=_SALT, max_age=_GOOD_FOR)
    except signing.BadSignature as error:
        raise _no_such_link() from error
    if said["person"] != person.pk:
        raise _no_such_link()
    row, _ = Preference.objects.update_or_create(
        person=person, defaults={"email": said["email"], "email_confirmed_at": clock.now()}
    )
    return row


def _forget(person: Person) -> None:
    Preference.objects.filter(person=person).update(email="", email_confirmed_at=None)
    Notice.objects.filter(person=person, mail_due_at__isnull=False).update(mail_due_at=None)


def _letter(link: str) -> Text:
    return Text(
        fa=f"برای دریافت خبرهای پروانه به این نشانی، پیوند را باز کنید (یک روز اعتبار دارد):\n{link}\n"
        "اگر شما نخواسته‌اید، کاری لازم نیست.",
        en=f"To get news from Parvaneh at this address, open the link (good for one day):\n{link}\n"
        "If you did not ask for it, do nothing.",
    )


def _no_such_link() -> NotFoundError:
    return NotFoundError(
        fa="این پیوند کار نمی‌کند: زمانش گذشته یا برای کس دیگری است. از «خبرها» پیوند تازه بخواهید.",
        en="This link does not work: it is too old, or somebody else's. Ask for a new one under “Notices”.",
    )
