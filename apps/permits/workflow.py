"""The transition table of permit requests up to the fee (3-domain §4.5 #1 to #10). Pure. Nothing else moves a status.

Kinds that need no inspection or no proposal pass by those states on edges of their own: `when` names the condition,
the city's table of kinds answers it (apps.permits.guards).
"""

from apps.cases.workflow import OWNER, SYSTEM, Transition
from apps.common.text import Text
from apps.permits.states import (
    ARCHIVED,
    ARTICLE5,
    CANCELLED,
    DESIGN,
    DRAFT,
    DRAWING_REVIEW,
    FEE_CALC,
    INQUIRIES,
    INSPECTION,
    ISSUED,
    NEEDS_DOCS,
    REJECTED,
    ROLE_OF,
    RULES,
    STATES,
    SUBMITTED,
)

__all__ = ["DRAFT", "ISSUED", "STATES", "SUBMITTED", "TABLE"]

STANDS = ("examined", "land_stands")
"""Every step on: the evidence was held against all acts, and the land is the one that the request is about."""
COMPLETE = ("form_complete", "documents_complete", "owners_consent", "proposal_ready")
HELD_AGAINST_PAPERS = ("documents_complete", "owners_seen", "asks_settled", "former_checked")
FINISHED = ("owners_seen", "former_checked", "checks_pass", "inquiries_answered", "asks_settled")
UNDER_WAY = (SUBMITTED, NEEDS_DOCS, INSPECTION, RULES, ARTICLE5, DESIGN, DRAWING_REVIEW, INQUIRIES, FEE_CALC)
ASKING = (SUBMITTED, INSPECTION, RULES, DRAWING_REVIEW, INQUIRIES)
"""States in which the office may send the case back for documents, and to which it then returns."""
REFUSING = (SUBMITTED, RULES, ARTICLE5, DRAWING_REVIEW, INQUIRIES)

_SEND_BACK = Text("خواستن مدرک از مالک", "Ask the owner for documents")
_RETURN = Text("پاسخ داده شد؛ ادامهٔ رسیدگی", "Answered; let the office go on")
_REJECT = Text("رد درخواست", "Reject")
_CONFIRM = Text("تأیید کامل بودن", "Confirm that it is complete")
_ANNOUNCE = Text("صدور دستور نقشه", "Give the zoning order")


def _by_office(verb: str, source: str, target: str, ticket: str, name: Text, **more: object) -> Transition:
    """A step of the office that holds the ball in `source`."""
    edge = {"guards": STANDS, "ticket": ticket, "name": name, **more}
    return Transition(verb, frozenset({source}), target, frozenset({ROLE_OF[source]}), **edge)  # type: ignore[arg-type]


def _owner(verb: str, source: str, target: str, ticket: str, name: Text, **more: object) -> Transition:
    edge = {"ticket": ticket, "name": name, **more}
    return Transition(verb, frozenset({source}), target, frozenset({OWNER}), **edge)  # type: ignore[arg-type]


TABLE: tuple[Transition, ...] = (
    _owner("cancel", DRAFT, CANCELLED, "3-domain 4.5 #1: a draft is its owner's to give up",
           Text("صرف نظر از پیش‌نویس", "Give the draft up"), forward=False),
    _owner("submit", DRAFT, SUBMITTED, "3-domain 4.5 #1", Text("فرستادن درخواست", "Send in"),
           guards=(*STANDS, "one_open_case", *COMPLETE)),
    *(
        _owner("withdraw", source, CANCELLED, "3-domain 4.5, archived by the owner",
               Text("پس گرفتن درخواست", "Withdraw"), forward=False)
        for source in UNDER_WAY
    ),
    *(
        _owner("rebase", source, DRAFT, "issue 5: parcel split while a case is open",
               Text("ادامه روی قطعهٔ تازه", "Go on, on the new parcel"), forward=False, guards=("land_gone",))
        for source in (DRAFT, *UNDER_WAY)
    ),
    *(
        _by_office("send_back", source, NEEDS_DOCS, "3-domain 4.5 #3", _SEND_BACK,
                   forward=False, guards=(), says="reason")
        for source in ASKING
    ),
    *(
        _owner("return", NEEDS_DOCS, target, "3-domain 4.5 #3: back to the state it left", _RETURN,
               guards=(*STANDS, "asks_answered", *COMPLETE), when=f"left_{target}")
        for target in ASKING
    ),
    Transition("archive", frozenset({NEEDS_DOCS}), ARCHIVED, frozenset({SYSTEM}), forward=False,
               ticket="3-domain 4.5 #3: 30 days, SAMPLE", name=Text("بایگانی", "Archive")),
    _by_office("confirm", SUBMITTED, INSPECTION, "3-domain 4.5 #2", _CONFIRM, when="needs_inspection",
               guards=(*STANDS, *HELD_AGAINST_PAPERS)),
    _by_office("confirm", SUBMITTED, RULES, "3-domain 4.5 #2, a kind without inspection", _CONFIRM,
               when="needs_no_inspection", guards=(*STANDS, *HELD_AGAINST_PAPERS)),
    _by_office("inspected", INSPECTION, RULES, "3-domain 4.5 #4", Text("پایان بازدید", "Inspection is done"),
               guards=(*STANDS, "inspection_done")),
    _by_office("announce", RULES, DESIGN, "3-domain 4.5 #5", _ANNOUNCE, when="needs_proposal",
               guards=(*STANDS, "owners_seen", "former_checked", "rules_known")),
    _by_office("announce", RULES, INQUIRIES, "3-domain 4.5 #5, a kind without proposal", _ANNOUNCE,
               when="needs_no_proposal", guards=(*STANDS, "owners_seen", "former_checked", "rules_known")),
    _by_office("refer", RULES, ARTICLE5, "3-domain 4.5 #5, #6", Text("ارجاع به کمیسیون ماده ۵", "Refer to Article 5"),
               says="reason"),
    _by_office("decided", ARTICLE5, RULES, "3-domain 4.5 #6: number, approval and promulgation",
               Text("ثبت مصوبهٔ کمیسیون", "Record the decision")),
    _owner("send_drawings", DESIGN, DRAWING_REVIEW, "3-domain 4.5 #7",
           Text("فرستادن نقشه برای کنترل", "Send the drawings for review"),
           guards=(*STANDS, "asks_answered", *COMPLETE)),
    _by_office("return_drawings", DRAWING_REVIEW, DESIGN, "3-domain 4.5 #8", forward=False, guards=(), says="reason",
               name=Text("برگرداندن نقشه برای اصلاح", "Return the drawings")),
    _by_office("approve_drawings", DRAWING_REVIEW, INQUIRIES, "3-domain 4.5 #8",
               Text("تأیید نقشه", "Approve the drawings"),
               guards=(*STANDS, "owners_seen", "checks_pass", "asks_settled")),
    _by_office("inquiries_done", INQUIRIES, FEE_CALC, "3-domain 4.5 #9", Text("پایان استعلام‌ها", "Inquiries are done"),
               guards=(*STANDS, *FINISHED)),
    *(
        _by_office("reject", source, REJECTED, "3-domain 4.5 #6, #9: by the office whose turn it is", _REJECT,
                   says="article")
        for source in REFUSING
    ),
)  # fmt: skip
