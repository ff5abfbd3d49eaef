"""Who may do what for the city: roles with their themes and districts, and who counts as the same person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from apps.common import clock
from apps.common.errors import ForbiddenError
from apps.common.text import Text
from apps.parties.models import Assignment, Person, Role

if TYPE_CHECKING:
    from collections.abc import Collection

ROLE_NAMES = {
    Role.RULE_EDITOR: Text("ویرایشگر ضوابط", "Rule editor"),
    Role.RULE_APPROVER: Text("تأییدکنندهٔ ضوابط", "Rule approver"),
    Role.CASE_OFFICER: Text("کارشناس پرونده", "Case officer"),
    Role.INSPECTOR: Text("مأمور بازدید", "Inspector"),
    Role.ZONING_OFFICER: Text("کارشناس دستور نقشه", "Zoning officer"),
    Role.DRAWING_OFFICER: Text("کارشناس کنترل نقشه", "Drawing officer"),
    Role.REVENUE_OFFICER: Text("کارشناس درآمد", "Revenue officer"),
    Role.DISTRICT_HEAD: Text("رئیس شهرسازی منطقه", "District planning head"),
    Role.HERITAGE_RESPONDER: Text("پاسخگوی میراث فرهنگی", "Heritage responder"),
    Role.FIRE_RESPONDER: Text("پاسخگوی آتش‌نشانی", "Fire responder"),
    Role.UTILITY_RESPONDER: Text("پاسخگوی شرکت‌های آب، برق، گاز و مخابرات", "Utility responder"),
    Role.ENGINEERING_OPERATOR: Text("کاربر سازمان نظام مهندسی", "Engineering organisation operator"),
    Role.DEPUTY_MAYOR: Text("معاون شهردار", "Deputy mayor"),
    Role.ARTICLE5_SECRETARY: Text("دبیر کمیسیون مادهٔ ۵", "Article 5 secretary"),
    Role.ARTICLE100_CLERK: Text("دبیرخانهٔ کمیسیون مادهٔ ۱۰۰", "Article 100 clerk"),
    Role.ARTICLE77_CLERK: Text("دبیرخانهٔ کمیسیون مادهٔ ۷۷", "Article 77 clerk"),
    Role.NOTARY: Text("دفتر اسناد رسمی (تنها اصالت‌سنجی)", "Notary (verification only)"),
    Role.OPERATOR_137: Text("کاربر مرکز ۱۳۷", "137 operator"),
    Role.AUDITOR: Text("بازرس", "Auditor"),
}
# People who work for an office: they need a second factor, and a case shows them by what their role may see.
# A notary works for nobody here: they look whether a document is genuine.
OFFICE_ROLES = frozenset(Role) - {Role.NOTARY}


def office_roles_of(person: "Person | AnonymousUser", *, on: date | None = None) -> frozenset[Role]:
    """The office roles that the person holds on a day (today), however far they go."""
    if not isinstance(person, Person) or not person.is_active:
        return frozenset()
    day = on or clock.today()
    held = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
    rows = Assignment.objects.filter(held, person=person, role__in=sorted(OFFICE_ROLES))
    return frozenset(Role(role) for role in rows.values_list("role", flat=True))


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a role of a person goes. None = everywhere; an empty set = nowhere."""

    themes: frozenset[str] | None = frozenset()
    districts: frozenset[int] | None = frozenset()

    def holds(self, *, themes: Iterable[str] = (), districts: Iterable[int] = ()) -> bool:
        """Whether every one of these themes and districts lies within."""
        in_themes = self.themes is None or frozenset(themes) <= self.themes
        return in_themes and (self.districts is None or frozenset(districts) <= self.districts)


def assignments_of(person: "Person | AnonymousUser", role: Role, *, on: date | None = None) -> QuerySet[Assignment]:
    """The person's assignments of a role that hold on a day (today); none for who is switched off."""
    day = on or clock.today()
    if not isinstance(person, Person) or not person.is_active:
        return Assignment.objects.none()
    held = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
    return Assignment.objects.filter(held, person=person, role=role)


def has_role(person: "Person | AnonymousUser", role: Role) -> bool:
    """Whether the person holds the role today, however far it goes."""
    return assignments_of(person, role).exists()


def may(
    person: "Person | AnonymousUser", role: Role, *, themes: "Collection[str]" = (), districts: "Collection[int]" = ()
) -> bool:
    """Whether one assignment of the role reaches all of these themes and districts today."""
    return any(reach.holds(themes=themes, districts=districts) for reach in reaches(person, role))


def reaches(person: "Person | AnonymousUser", role: Role) -> tuple[Reach, ...]:
    """How far each assignment of the role goes."""
    rows = assignments_of(person, role).values_list("themes", "districts")
    return tuple(Reach(None if t is None else frozenset(t), None if d is None else frozenset(d)) for t, d in rows)


def require(
    person: "Person | AnonymousUser", role: Role, *, themes: "Collection[str]" = (), districts: "Collection[int]" = ()
) -> None:
    """Raises ForbiddenError that names the role and what it would have to reach."""
    if may(person, role, themes=themes, districts=districts):
        return
    name, what = ROLE_NAMES[role], ", ".join([*sorted(themes), *map(str, sorted(districts))])
    raise ForbiddenError(
        fa=f"این کار نقش «{name.fa}» می‌خواهد{f' برای {what}' if what else ''}. آن را از مدیر سامانه بخواهید.",
        en=f"This needs the role “{name.en}”{f' for {what}' if what else ''}. Ask the administrator to give it to you.",
        role=role.value,
    )


def people_with(
    role: Role, *, themes: "Collection[str]" = (), districts: "Collection[int]" = (), citywide: bool = False
) -> list[Person]:
    """Active people whose assignment of the role reaches all of these today, each once; `citywide`: every district."""
    day = clock.today()
    held = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
    rows = Assignment.objects.filter(held, role=role, person__is_active=True).select_related("person")
    found = {}
    for row in rows:
        reach = Reach(
            None if row.themes is None else frozenset(row.themes),
            None if row.districts is None else frozenset(row.districts),
        )
        if reach.holds(themes=themes, districts=districts) and not (citywide and reach.districts is not None):
            found[row.person_id] = row.person
    return list(found.values())


def same_natural_person(one: Person, other: Person) -> bool:
    """Whether two accounts are one human being: the same account, or the same national ID."""
    return one.pk == other.pk or (bool(one.national_id) and one.national_id == other.national_id)
