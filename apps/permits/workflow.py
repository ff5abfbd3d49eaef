"""The transition table of permit requests (3-domain §4.5). Pure. Nothing else changes a status."""

from apps.cases.workflow import Transition, only_applicant

DRAFT = "draft"
SUBMITTED = "submitted"
CANCELLED = "cancelled"
ISSUED: frozenset[str] = frozenset()  # statuses after a permit was issued; such requests are listed, never touched

TABLE: tuple[Transition, ...] = (
    Transition(verb="cancel", sources=frozenset({DRAFT}), target=CANCELLED, guards=(only_applicant,), forward=False),
    Transition(verb="submit", sources=frozenset({DRAFT}), target=SUBMITTED, guards=(only_applicant,)),
    Transition(
        verb="withdraw", sources=frozenset({SUBMITTED}), target=CANCELLED, guards=(only_applicant,), forward=False
    ),
)
