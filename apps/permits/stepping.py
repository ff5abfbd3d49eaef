"""The one door for any step of a permit request, and what each step asks for."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from apps.cases.models import Case
from apps.cases.steps import take_step
from apps.parties.models import Person
from apps.permits.examined import wake_if_behind
from apps.permits.selectors import visible_request


@transaction.atomic
def take(
    *,
    person: Person,
    tracking: str,
    verb: str,
    expected: str,
    said: str = "",
    article: str = "",
    data: Mapping[str, Any] | None = None,
) -> Case:
    """Take a step of the table on a permit request. `expected`: the status that the person saw.

    `data`: what the step asks for (`step_data.ASKS`). Raises NotFoundError (also for a case that is no permit
    request), ConflictError with the reason, BadInputError, AnswerChangedError.
    """
    visible_request(tracking=tracking, person=person)
    case = take_step(
        tracking=tracking, actor=person, verb=verb, data=data, said=said, article=article, expected=expected
    )
    transaction.on_commit(wake_if_behind, robust=True)
    return case
