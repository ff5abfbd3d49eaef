"""Who looks at a case, what of it they look at, and as what: read once for the whole page."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse

from apps.cases.capacities import AGENT, CO_OWNER, VIEWER, acting_as, capacities, side_of
from apps.cases.guards import check_of
from apps.cases.models import Case, CaseEvent, CaseParty
from apps.cases.selectors import history, visible_case
from apps.cases.types.definition import CaseType
from apps.cases.types.registry import definition_of
from apps.cases.workflow import OWNER, Check, Transition
from apps.common.text import Text
from apps.parties.memberships import bound_by
from apps.parties.models import Person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

OFFICE = "office"


@dataclass(frozen=True)
class Look:
    """A case as one reader sees it. `kind`: applicant, agent, co_owner, viewer, or office. `seen_because`: why."""

    case: Case
    definition: CaseType
    person: Person
    held: frozenset[str]
    kind: str
    seen_because: str

    @property
    def owner_side(self) -> bool:
        """Whether the reader is on the owner's side, whatever they may do."""
        return self.kind != OFFICE

    @property
    def may_act(self) -> bool:
        """Whether the reader may act for the owner's side."""
        return OWNER in self.held

    @property
    def in_hands(self) -> bool:
        """Whether the owner's side may change the case now."""
        return self.definition.state(self.case.status).form_open

    @property
    def may_write(self) -> bool:
        """Whether the reader may write in the conversation."""
        return bool(self.held) and self.held != frozenset({VIEWER}) and not self.closed

    @property
    def closed(self) -> bool:
        """Whether the case is over."""
        return self.definition.state(self.case.status).closed

    @property
    def in_name_of(self) -> Text | None:
        """For whom an agent or a viewer looks: the applicant's name; None for everybody else."""
        return name_of(self.case.applicant) if self.kind in (AGENT, VIEWER) else None

    @cached_property
    def check(self) -> Check:
        """What the guards say of the case, each asked once."""
        return cache(check_of(self.case))

    def leads(self, step: Transition) -> bool:
        """Whether this edge is there for this case (its `when` holds); what nobody can tell is not."""
        try:
            return not step.when or self.check(step.when) is None
        except KeyError:
            return False

    @cached_property
    def events(self) -> list[CaseEvent]:
        """The history, oldest first."""
        return history(self.case)

    @cached_property
    def parties(self) -> list[CaseParty]:
        """Co-owners that stand on the case."""
        return list(self.case.parties.filter(removed_at__isnull=True).select_related("person", "organisation"))

    @cached_property
    def binds(self) -> frozenset[int]:
        """Legal persons among the co-owners in whose name the reader acts."""
        legal = {party.organisation_id for party in self.parties if party.organisation_id is not None}
        return frozenset(legal.intersection(bound_by(self.person))) if legal else frozenset()


def look_at(*, tracking: str, person: "Person | AnonymousUser") -> Look:
    """The case for this reader. Raises NotFoundError for what they may not see."""
    case = visible_case(tracking=tracking, person=person)
    assert isinstance(person, Person)  # nobody else sees a case  # noqa: S101
    held = capacities(case, person)
    kind = acting_as(held) if side_of(held) == "owner" else OFFICE
    seen = getattr(case, "seen_because", "")
    return Look(case=case, definition=definition_of(case), person=person, held=held, kind=kind, seen_because=seen)


def name_of(person: Person) -> Text:
    """A person's name in both languages; the account's own word for one without a name."""
    name = person.name_fa or person.name_en or str(person)
    return Text(name, person.name_en or name)


def link(name: str, *args: Any) -> str:
    """The address of a page, '' while this installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


CAPACITY_NAMES = {
    "applicant": Text("متقاضی", "the applicant"),
    AGENT: Text("نمایندهٔ مالک", "the owner's agent"),
    CO_OWNER: Text("شریک ملک", "a co-owner"),
    VIEWER: Text("بینندهٔ پرونده", "a viewer"),
    "owner": Text("مالک", "the owner"),
}
