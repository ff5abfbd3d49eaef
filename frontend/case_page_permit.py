"""What a permit's page has besides: what holds it, what parts its answer from today's, what to choose, its proposal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from apps.common.text import Text
from apps.permits.case_type import CODE
from apps.permits.evidence import Evidence
from apps.permits.facts import RequestFacts, facts_of
from apps.permits.held import HeldFacts, held_facts
from apps.permits.inspection_calendar import standing_visit
from apps.permits.kinds import needs_of_case
from apps.permits.models_inspection import InspectionVisit
from apps.permits.proposals import latest
from apps.permits.selectors import visible_request
from apps.permits.states import DRAFT, INSPECTION
from frontend.case_page_checklist import Item, ask_of
from frontend.case_page_reader import Look, link
from frontend.case_page_steps import SUBMIT, Offered
from frontend.request_page import Offer, Row, offers, rows


@dataclass(frozen=True, slots=True)
class PermitPanel:
    """The panel of a permit; `item` None for every other type, then it offers and asks nothing of its own.

    `brought`: digests of what a co-owner consents to besides the form. `proposal`: address of the proposal's page.
    `visit`: the inspection that is booked, while the case waits for it.
    """

    item: RequestFacts | None = None
    held: HeldFacts | None = None
    rows: tuple[Row, ...] = ()
    offers: tuple[Offer, ...] = ()
    brought: tuple[str, ...] = ()
    version: int = 0
    proposal: str = ""
    visit: InspectionVisit | None = None

    @property
    def fresh(self) -> Evidence | None:
        """Today's answer, which a submission rests on."""
        return None if self.held is None else self.held.comparison.fresh

    def offers_step(self, step: Offered) -> bool:
        """Whether a step is a button now: nothing goes on under a hold, and sending in needs an answer of today."""
        if self.held is None or self.item is None:
            return not step.held
        if step.held or (self.offers and step.verb == "withdraw"):
            return False
        if step.verb != SUBMIT or self.item.status != DRAFT:
            return True
        return not self.held.examining and self.fresh is not None

    def asks(self, look: Look, until: date | None) -> Iterator[Item]:
        """The proposal, when this kind needs one and there is none yet; the visit, while none is booked."""
        tracking = look.case.tracking
        if look.case.status == INSPECTION and not _visit_booked(look):
            yield from ask_of("inspection", title=_VISIT, why=_BOOK, page="inspection", tracking=tracking, until=None)
        if self.item is None or not look.in_hands or self.version or not needs_of_case(look.case).proposal:
            return
        yield from ask_of("proposal", title=_PROPOSAL, why=_WHY, page="proposal", tracking=tracking, until=until)


NO_PERMIT = PermitPanel()


def permit_panel(look: Look) -> PermitPanel:
    """The panel of this case for this reader; `NO_PERMIT` for other types."""
    if look.case.case_type != CODE:
        return NO_PERMIT
    row = visible_request(tracking=look.case.tracking, person=look.person)
    facts, held, drawn = facts_of(row, seen_because=look.seen_because), held_facts(row), latest(row)
    return PermitPanel(
        item=facts,
        held=held,
        rows=tuple(rows(held.comparison.differences)),
        offers=tuple(offers(held, may_choose=look.may_act)),
        brought=(facts.kind.code, drawn.digest if drawn else ""),
        version=drawn.version if drawn else 0,
        proposal=link("proposal", look.case.tracking),
        visit=standing_visit(look.case) if look.case.status == INSPECTION else None,
    )


def _visit_booked(look: Look) -> bool:
    """Whether a visit stands or was made, by the last word of the history; who could not enter comes again."""
    said = [e for e in look.events if e.kind.startswith("visit_") or e.kind == "inspection_report"]
    if not said or said[-1].data.get("outcome") == "not_entered":
        return False
    return said[-1].kind in ("visit_booked", "visit_moved", "inspection_report")


_VISIT = Text("وقت بازدید", "A slot for the inspection")
_BOOK = Text(
    "بازدید تا وقتی نگیرید انجام نمی‌شود. وقتی را از تقویم منطقه بردارید.",
    "Nobody comes before you have booked. Take a slot in the district's calendar.",
)
_PROPOSAL = Text("طرح پیشنهادی: سطح اشغال و جدول طبقه‌ها", "The proposal: footprint and table of storeys")
_WHY = Text(
    "این نوع پروانه بر پایهٔ طرح رسیدگی می‌شود؛ طرح همان‌جا با ضوابط قطعه سنجیده می‌شود.",
    "This kind of permit is judged by a proposal, which is checked at once against the rules of the parcel.",
)
