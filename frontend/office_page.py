"""The page of one case at an office: how it stands, what was asked and answered, what the officer may do."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from apps.cases.asks import ANSWERED, DISPUTED, OPEN
from apps.cases.capacities import side_of
from apps.cases.hold_facts import all_holds
from apps.cases.hold_rules import Level
from apps.cases.kartabl import colleagues
from apps.cases.models import CaseAsk, KartablItem
from apps.cases.turns import open_turn
from apps.cases.types.definition import DocumentWanted
from apps.common.text import NOTHING, Text
from apps.parties.models import Person, Role
from frontend.case_files import documents_context
from frontend.case_page import Refused
from frontend.case_page_form import form_of
from frontend.case_page_log import visits
from frontend.case_page_map import place_of
from frontend.case_page_owners import owners
from frontend.case_page_reader import OFFICE, Look, look_at, name_of
from frontend.case_page_standing import whereabouts
from frontend.case_page_steps import possible
from frontend.case_page_time import filters_of, line_of
from frontend.office_permit import permit_at_office
from frontend.request_page import RANKS

PER_PAGE = 30
LEVELS = {
    Level.STOP: Text("توقف همهٔ گام‌ها", "Stops every step"),
    Level.STOP_ISSUANCE: Text("توقف صدور", "Stops the issue only"),
    Level.WARNING: Text("هشدار", "Warning"),
}


@dataclass(frozen=True, slots=True)
class InHand:
    """Whose hands the case is in at the office. `may_work`: the reader's role has the turn. `mine`: they took it.

    `holder`: who took it, empty = nobody. `others`: to whom it can be handed.
    """

    item: KartablItem | None
    may_work: bool = False
    mine: bool = False
    holder: Text = NOTHING
    others: tuple[tuple[int, Text], ...] = ()


def page_at_office(request: HttpRequest, tracking: str, *, refused: Refused | None = None) -> dict[str, Any]:
    """The context of the page. Raises NotFoundError for what the reader may not see by their office."""
    look = look_at(tracking=tracking, person=request.user)
    works = look.kind == OFFICE and side_of(look.held) == "office" and not look.closed
    asked = list(look.case.asks.select_related("document", "answered_by", "settled_by"))
    return {
        "look": look,
        "case": look.case,
        "works": works,
        "orders": works and Role.CASE_OFFICER.value in look.held,
        "where": whereabouts(look),
        "hand": _in_hand(look),
        "steps": [step for step in possible(look) if not step.held] if works else [],
        "asks": [ask for ask in asked if ask.state in (ANSWERED, DISPUTED)],
        "open_asks": [ask for ask in asked if ask.state == OPEN],
        "settled_asks": [ask for ask in asked if ask.state not in (OPEN, ANSWERED, DISPUTED)],
        "askable": askable(look, asked),
        "owners": owners(look, about=""),
        "permit": permit_at_office(look),
        "holds": [hold for hold in all_holds(look.case) if hold.released_at is None],
        "form_answers": form_of(look).answers,
        "visits": visits(look),
        "refused": refused,
        "ranks": RANKS,
        "levels": LEVELS,
        **documents_context(look.case, look.person, held=look.held),
        **place_of(look),
        **_line(look, request),
    }


def askable(look: Look, asked: list[CaseAsk]) -> tuple[DocumentWanted, ...]:
    """Documents of the type that can be asked for by name: those that nobody is waiting for already."""
    waiting = {ask.code for ask in asked if ask.state == OPEN}
    return tuple(wanted for wanted in look.definition.documents if wanted.code not in waiting)


def _in_hand(look: Look) -> InHand:
    item = open_turn(look.case)
    if item is None or item.side != "office" or item.role not in look.held:
        return InHand(item=item)
    able = colleagues(look.case, look.person, role=item.role)
    return InHand(
        item=item,
        may_work=True,
        mine=item.assignee_id == look.person.pk,
        holder=name_of(item.assignee) if isinstance(item.assignee, Person) else NOTHING,
        others=tuple((person.pk, name_of(person)) for person in able),
    )


def _line(look: Look, request: HttpRequest) -> dict[str, Any]:
    """The line of time, narrowed and paged by the address."""
    entries = line_of(look)
    filters = filters_of(entries)
    shown = request.GET.get("show", "")
    wanted = shown if shown in {f.code for f in filters} else ""
    listed = [entry for entry in entries if not wanted or entry.group == wanted]
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    return {"line": page, "filters": filters, "shown": wanted, "line_count": len(entries)}
