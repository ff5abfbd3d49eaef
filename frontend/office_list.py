"""The worklist of an office: what waits for this person's roles, the most urgent first. Constant queries."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from apps.cases.kartabl import office_items
from apps.cases.models import Case, Hold, KartablItem
from apps.common.text import latin_digits, search_key
from apps.parties.models import Person, Role
from apps.parties.reaching import NOT_ON_CASES, reach_by_role
from apps.parties.roles import ROLE_NAMES
from frontend.office_lines import case_lines, item_lines

# The stubs have a generic class where Django has a plain one.
if TYPE_CHECKING:
    _Pages = Paginator[Any]
else:
    _Pages = Paginator

PER_PAGE = 25
_MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the reader narrowed the list to. `every`: all cases they may see, not only those that wait for them."""

    role: str = ""
    district: int | None = None
    mine: bool = False
    held: bool = False
    every: bool = False
    q: str = ""


def worklist(request: HttpRequest) -> dict[str, Any]:
    """The context of the worklist's page."""
    person: Any = request.user
    wish = narrowed(request)
    reached = {role: reach for role, reach in reach_by_role(person).items() if role not in NOT_ON_CASES}
    page = _page(request, _cases(person, wish) if wish.every else _items(person, wish))
    districts = sorted({number for reach in reached.values() if reach for number in reach})
    return {
        "page": page,
        "lines": case_lines(page.object_list, person) if wish.every else item_lines(page.object_list, person),
        "wish": wish,
        "roles": [(role, ROLE_NAMES[Role(role)]) for role in sorted(reached)],
        "districts": districts,
        "may_work": bool(reached),
    }


def narrowed(request: HttpRequest) -> Narrowed:
    """The wishes in the address; what cannot be read is as if it were not there."""
    asked = request.GET
    number = latin_digits(asked.get("district", ""))
    return Narrowed(
        role=asked.get("role", "") if asked.get("role", "") in Role.values else "",
        district=int(number) if number.isdecimal() and len(number) < 4 else None,  # noqa: PLR2004 - no city has 1000
        mine=asked.get("mine") == "1",
        held=asked.get("held") == "1",
        every=asked.get("all") == "1",
        q=asked.get("q", "")[:80],
    )


def _items(person: Person, wish: Narrowed) -> QuerySet[KartablItem]:
    found = office_items(person, role=wish.role, district=wish.district, mine=wish.mine, q=wish.q)
    held = Exists(Hold.objects.active().filter(case=OuterRef("case")))
    return found.filter(held) if wish.held else found


def _cases(person: Person, wish: Narrowed) -> QuerySet[Case]:
    """Everything the person may see by their offices, newest move first; found by number, parcel or applicant."""
    found = Case.objects.at_office_of(person).select_related("parcel", "applicant")
    if wish.district is not None:
        found = found.filter(district=wish.district)
    if wish.q.strip():
        found = found.filter(search__contains=search_key(wish.q))
    held = Exists(Hold.objects.active().filter(case=OuterRef("pk")))
    found = found.filter(held) if wish.held else found
    return found.order_by(F("moved_at").desc(nulls_last=True), "-pk")


class _Bounded(_Pages):
    """Counts no further than anybody pages: a count over the whole city is not worth its time."""

    @cached_property
    def count(self) -> int:
        """At most `_MOST_COUNTED`."""
        rows: Any = self.object_list
        return len(rows.order_by().values_list("pk")[:_MOST_COUNTED])


def _page(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    return _Bounded(rows, PER_PAGE).get_page(request.GET.get("page"))
