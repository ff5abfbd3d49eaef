"""The states and the transition table of permit requests (3-domain §4.5). Pure. Nothing else changes a status."""

from apps.cases.types.definition import State, Term, Turn
from apps.cases.workflow import OWNER, Transition
from apps.common.text import Text

DRAFT = "draft"
SUBMITTED = "submitted"
CANCELLED = "cancelled"
ISSUED: frozenset[str] = frozenset()  # statuses after a permit was issued; such requests are listed, never touched

_OFFICER = "case_officer"

STATES: tuple[State, ...] = (
    State(
        code=DRAFT,
        name=Text("پیش‌نویس", "Draft"),
        turn=Turn.OWNER,
        says=Text("درخواست هنوز فرستاده نشده است.", "The request has not been sent in yet."),
    ),
    State(
        code=SUBMITTED,
        name=Text("ثبت‌شده", "Sent in"),
        turn=Turn.OFFICE,
        role=_OFFICER,
        says=Text(
            "کارشناس منطقه کامل بودن پرونده را بررسی می‌کند.", "The district's officer checks that it is complete."
        ),
        term=Term(2, "working_days", "3-domain 4.5 #2, SAMPLE"),
    ),
    State(code=CANCELLED, name=Text("لغوشده", "Cancelled"), turn=Turn.NOBODY, closed=True),
    State(code="rejected", name=Text("ردشده", "Rejected"), turn=Turn.NOBODY, closed=True),
    State(code="archived", name=Text("بایگانی‌شده", "Archived"), turn=Turn.NOBODY, closed=True),
    State(code="closed", name=Text("بسته", "Closed"), turn=Turn.NOBODY, closed=True),
)

TABLE: tuple[Transition, ...] = (
    Transition(
        verb="cancel",
        sources=frozenset({DRAFT}),
        target=CANCELLED,
        forward=False,
        ticket="3-domain 4.5 #1: a draft is its owner's to give up",
        name=Text("صرف نظر از پیش‌نویس", "Give the draft up"),
    ),
    Transition(
        verb="submit",
        sources=frozenset({DRAFT}),
        target=SUBMITTED,
        ticket="3-domain 4.5 #1",
        name=Text("فرستادن درخواست", "Send in"),
    ),
    Transition(
        verb="withdraw",
        sources=frozenset({SUBMITTED}),
        target=CANCELLED,
        actors=frozenset({OWNER}),
        forward=False,
        ticket="3-domain 4.5, archived by the owner",
        name=Text("پس گرفتن درخواست", "Withdraw"),
    ),
)
