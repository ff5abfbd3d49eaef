"""Who may see a run and who may work on it."""

from uuid import UUID

from django.db.models import QuerySet

from apps.common.errors import NotFoundError
from apps.desk.models import IntakeRun
from apps.parties.models import Person, Role
from apps.parties.roles import reaches

SEE = (Role.RULE_EDITOR, Role.RULE_APPROVER, Role.AUDITOR)


def themes_of(person: Person, *roles: Role) -> frozenset[str] | None:
    """Codes of the themes that these roles reach; None = all of them."""
    found: set[str] = set()
    for role in roles or SEE:
        for reach in reaches(person, role):
            if reach.themes is None:
                return None
            found |= reach.themes
    return frozenset(found)


def districts_of(person: Person, theme: str) -> frozenset[int] | None:
    """Numbers of the districts in which the person may edit the theme; None = all of them."""
    found: set[int] = set()
    for reach in reaches(person, Role.RULE_EDITOR):
        if reach.holds(themes=[theme]):
            if reach.districts is None:
                return None
            found |= reach.districts
    return frozenset(found)


def visible(person: Person) -> QuerySet[IntakeRun]:
    """Runs of the person's own, and those on themes that a role of theirs at the desk reaches."""
    reach = themes_of(person)
    runs = IntakeRun.objects.select_related("theme", "edition__instrument", "person").defer("edition__coverage")
    own = runs.filter(person=person)
    return runs.all() if reach is None else own | runs.filter(theme__code__in=reach)


def seen(person: Person, run_id: UUID) -> IntakeRun:
    """A run that the person may look at. Raises NotFoundError, for hidden ones as for none."""
    found = visible(person).filter(pk=run_id).first()
    if found is None:
        raise _none()
    return found


def own(person: Person, run_id: UUID) -> IntakeRun:
    """A run of the person's own, locked for the transaction. Raises NotFoundError."""
    found = IntakeRun.objects.select_for_update(of=("self",)).select_related("theme", "corrects")
    run = found.filter(pk=run_id, person=person).first()
    if run is None:
        raise _none()
    return run


def _none() -> NotFoundError:
    return NotFoundError(
        fa="چنین کاری نیست، یا از آن شما نیست. از فهرست لایه‌ها آغاز کنید.",
        en="There is no such run, or it is not yours. Start from the list of layers.",
    )
