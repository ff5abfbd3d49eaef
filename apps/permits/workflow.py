"""The transition table of permit requests (3-domain §4.5). Pure. Nothing else changes a status."""

from apps.cases.workflow import Transition, only_applicant

DRAFT = "draft"
CANCELLED = "cancelled"

TABLE: tuple[Transition, ...] = (
    Transition(verb="cancel", sources=frozenset({DRAFT}), target=CANCELLED, guards=(only_applicant,)),
)
