"""The former permit that a request names: typed by its owner, compared with the archive by an officer.

Until certificates are issued and verified here, nothing in this platform knows old permits: a person looks them up.
"""

from typing import Any

from django.db import transaction

from apps.cases.capacities import acting_as, capacities
from apps.cases.models import Case
from apps.cases.recording import append_history, locked_case
from apps.common.errors import BadInputError, ConflictError, ForbiddenError
from apps.common.text import Text, has_controls
from apps.parties.models import Person
from apps.permits.kinds import needs_of_case
from apps.permits.states import ROLE_OF, SUBMITTED

CHECKED = "former_checked"
FIELDS = ("former_number", "former_day")
_MOST = 2000


@transaction.atomic
def check_former(*, person: Person, tracking: str, said: str) -> None:
    """The officer has found this permit in the archive; `said`: where and what it says. In history, under their name.

    Raises NotFoundError, ForbiddenError (not an officer of it), ConflictError (nothing to check), BadInputError.
    """
    case = locked_case(tracking=tracking, actor=person)
    held = capacities(case, person)
    if not held & {ROLE_OF[SUBMITTED], "zoning_officer"}:
        raise ForbiddenError(fa="این کار با کارشناس پرونده است.", en="This is for the officer of the case.")
    named = _named(case)
    if not needs_of_case(case).former or not all(named.values()):
        raise ConflictError(
            fa="این درخواست پروانهٔ پیشینی نام نبرده است.", en="This request names no former permit to check."
        )
    if not said.strip() or len(said) > _MOST or has_controls(said):
        raise BadInputError(
            fa="بنویسید پروانه را کجای بایگانی دیدید.", en="Write where in the archive you found the permit."
        )
    data = {**named, "said": said.strip(), "as": acting_as(held)}
    append_history(case=case, actor=person, kind=CHECKED, data=data)


def why_not_checked(case: Case) -> Text | None:
    """None when an officer has checked exactly the number and the day that the form names now."""
    last = case.events.filter(kind=CHECKED).order_by("-pk").first()
    if last is not None and {code: last.data.get(code) for code in FIELDS} == _named(case):
        return None
    return Text(
        "پروانهٔ پیشین هنوز با بایگانی سنجیده نشده است. کارشناس شماره و تاریخ آن را می‌بیند و تأیید می‌کند.",
        "The former permit has not been checked against the archive yet. An officer looks its number and day up.",
    )


def waiting_former(case: Case) -> dict[str, Any] | None:
    """Number and day of the former permit that an officer still has to look up; None = nothing to look up."""
    if not needs_of_case(case).former or not all(_named(case).values()) or why_not_checked(case) is None:
        return None
    return _named(case)


def _named(case: Case) -> dict[str, Any]:
    return {code: case.form.get(code) for code in FIELDS}
