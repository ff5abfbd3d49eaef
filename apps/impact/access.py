"""Who may ask for an impact report and who may read it: rule editors and approvers of its themes; auditors read."""

from collections.abc import Iterable

from django.db.models import QuerySet

from apps.common.errors import ForbiddenError, NotFoundError
from apps.impact.models import ImpactReport
from apps.legal.models import Instrument, InstrumentKind, ProvisionRow
from apps.parties.models import Person, Role
from apps.parties.roles import Reach, reaches
from gis_layers.models import Edition, Theme

ASK = (Role.RULE_EDITOR, Role.RULE_APPROVER)
READ = (*ASK, Role.AUDITOR)


def themes_of(instruments: Iterable[Instrument]) -> frozenset[str] | None:
    """Codes of the themes that instruments are about; None = all: a rulebook with rows that hang on no theme."""
    found: set[str] = set()
    for instrument in instruments:
        themes = _themes(instrument)
        if themes is None:
            return None
        found |= themes
    return frozenset(found)


def may_ask(person: Person, themes: frozenset[str] | None) -> bool:
    """Whether one assignment of a role that prepares law reaches all of these themes."""
    return _reaches(person, themes, ASK)


def require_ask(person: Person, themes: frozenset[str] | None) -> None:
    """Raises ForbiddenError that says whom to ask."""
    if not may_ask(person, themes):
        raise ForbiddenError(
            fa="گزارش اثر را ویرایشگر یا تأییدکنندهٔ ضوابطِ همین موضوع‌ها می‌خواهد. نقش را از مدیر سامانه بخواهید.",
            en="Rule editors and approvers of these themes ask for reports. Ask the administrator for the role.",
        )


def visible(person: Person) -> QuerySet[ImpactReport]:
    """Reports on themes that a role of the person reaches, newest first."""
    held = _held(person, READ)
    listed = ImpactReport.objects.values_list("pk", "themes")
    wanted = [pk for pk, themes in listed if any(_within(_set(themes), reach) for reach in held)]
    return ImpactReport.objects.select_related("person").filter(pk__in=wanted)


def seen(person: Person, report: int) -> ImpactReport:
    """A report that the person may read. Raises NotFoundError, for hidden ones as for none."""
    found = ImpactReport.objects.select_related("person").filter(pk=report).first()
    if found is None or not _reaches(person, _set(found.themes), READ):
        raise NotFoundError(
            fa="چنین گزارشی نیست، یا دربارهٔ موضوع‌های شما نیست. از فهرست گزارش‌ها آغاز کنید.",
            en="There is no such report, or it is not about your themes. Start from the list of reports.",
        )
    return found


def _reaches(person: Person, themes: frozenset[str] | None, roles: Iterable[Role]) -> bool:
    return any(_within(themes, reach) for reach in _held(person, roles))


def _held(person: Person, roles: Iterable[Role]) -> list[Reach]:
    return [reach for role in roles for reach in reaches(person, role)]


def _within(themes: frozenset[str] | None, reach: Reach) -> bool:
    return reach.themes is None or (themes is not None and themes <= reach.themes)


def _set(themes: list[str] | None) -> frozenset[str] | None:
    return None if themes is None else frozenset(themes)


def _themes(instrument: Instrument) -> set[str] | None:
    if instrument.kind == InstrumentKind.EDITION:
        theme = Edition.objects.filter(instrument=instrument).values_list("theme__code", flat=True).first()
        return None if theme is None else {theme}
    if instrument.kind != InstrumentKind.RULEBOOK:
        return None
    named = set(ProvisionRow.objects.filter(rulebook__instrument=instrument).values_list("theme", flat=True))
    return named if named and named <= set(Theme.objects.values_list("code", flat=True)) else None
