"""Calls to 137: an operator files for whoever is on the phone, in one go: opened and sent in, or nothing at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from apps.cases import forms
from apps.cases.models import Case
from apps.cases.opening import Where, open_service
from apps.cases.opening_checks import check_offered, check_operator
from apps.cases.steps import step_as
from apps.cases.telling import tell
from apps.cases.types.definition import CaseType
from apps.cases.types.registry import case_type
from apps.cases.workflow import Transition
from apps.common.errors import BadInputError, ConflictError, NotFoundError
from apps.common.text import Text, has_controls
from apps.parties.models import Person, Role
from apps.parties.services import ensure_person

CHANNEL = "call_137"
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is on the phone: mobile in any spelling; the name as they say it, "" = not asked."""

    mobile: str
    name: str = ""


@transaction.atomic
def file_call(*, operator: Person, code: str, caller: Caller, where: Where, answers: Mapping[str, Any]) -> Case:
    """The case that a call makes, sent in. The caller is the person with that number, made unverified when new.

    Raises ForbiddenError (no operator), ConflictError (not offered by phone or there), NotFoundError, and
    BadInputError with `details.errors` by field; nothing is written then.
    """
    check_operator(operator, CHANNEL)
    definition = case_type(code)
    check_offered(definition, channel=CHANNEL)
    step = sending_in(definition, Role.OPERATOR_137)
    wrong = forms.judge(definition, answers).errors
    if wrong:
        raise BadInputError(
            fa="پاسخ‌هایی که نشان داده شده کامل یا درست نیست.",
            en="The answers that are marked are missing or not right.",
            errors={field: text.as_dict() for field, text in wrong.items()},
        )
    case = open_service(
        person=operator, code=code, where=where, answers=answers, channel=CHANNEL, applicant=_person(caller)
    )
    if case.status not in step.sources:
        return case  # the same call a moment ago: filed already
    filed = step_as(case=case, actor=operator, capacity=Role.OPERATOR_137, verb=step.verb)
    tell(filed, [filed.applicant], _told(filed, definition))
    return filed


def filed_by(*, operator: Person, tracking: str) -> Case:
    """A case that this operator filed on the phone, to read its number and code aloud. Raises NotFoundError."""
    case = Case.objects.filter(tracking=tracking, opened_by=operator, channel=CHANNEL).first()
    if case is None:
        raise NotFoundError(fa="شما چنین تماسی ثبت نکرده‌اید.", en="You filed no such call.")
    return case


def sending_in(definition: CaseType, role: str) -> Transition:
    """The step from a draft that this role may take. Raises ConflictError when the type has none."""
    found = next((s for s in definition.steps if "draft" in s.sources and role in s.actors and s.forward), None)
    if found is None:
        raise ConflictError(
            fa=f"خدمت «{definition.name.fa}» تلفنی فرستاده نمی‌شود.",
            en=f"The service “{definition.name.en}” cannot be sent in by phone.",
        )
    return found


def _person(caller: Caller) -> Person:
    name = " ".join(caller.name.split())
    if len(name) > _LONGEST_NAME or has_controls(name):
        raise BadInputError(fa="نام را کوتاه‌تر بنویسید.", en="Write a shorter name.", fields=["name"])
    return ensure_person(mobile=caller.mobile, name_fa=name, name_en=name)


def _told(case: Case, definition: CaseType) -> Text:
    return Text(
        fa=f"درخواست «{definition.name.fa}» شما با تماس با ۱۳۷ ثبت شد. شمارهٔ پیگیری {_latin(case.tracking)} و کد "
        f"{_latin(case.public_code)}؛ وضعیت را بی ورود به سامانه با همین دو ببینید.",
        en=f"Your request “{definition.name.en}” was filed by your call to 137. Tracking number {case.tracking}, code "
        f"{case.public_code}: with these two you see where it stands without signing in.",
    )


def _latin(code: str) -> str:
    """Between marks that keep it left to right, in the digits that are typed again."""
    return f"\u2066{code}\u2069"
