"""The states of a permit request up to the fee (3-domain §4.5 #1 to #10): whose turn, what the owner reads, until when.

Every number of days is a sample. VIOLATION_HOLD and what follows the fee come with later issues.
"""

from apps.cases.types.definition import State, Term, Turn
from apps.common.text import Text

DRAFT, SUBMITTED, NEEDS_DOCS = "draft", "submitted", "needs_docs"
INSPECTION, RULES, ARTICLE5 = "inspection", "rules", "article5"
DESIGN, DRAWING_REVIEW = "design", "drawing_review"
INQUIRIES, FEE_CALC = "inquiries", "fee_calc"
CANCELLED, REJECTED, ARCHIVED, CLOSED = "cancelled", "rejected", "archived", "closed"
ISSUED: frozenset[str] = frozenset()
"""Statuses after a permit was issued; such requests are listed, never touched."""

ROLE_OF = {
    SUBMITTED: "case_officer",
    INSPECTION: "inspector",
    RULES: "zoning_officer",
    ARTICLE5: "article5_secretary",
    DRAWING_REVIEW: "drawing_officer",
    INQUIRIES: "case_officer",
    FEE_CALC: "revenue_officer",
}
"""The office that holds the ball in each of its states."""


def _days(amount: int, row: str) -> Term:
    return Term(amount, "working_days", f"3-domain 4.5 {row}, SAMPLE")


def _office(code: str, name: Text, says: Text, term: Term) -> State:
    return State(code=code, name=name, turn=Turn.OFFICE, role=ROLE_OF[code], says=says, term=term)


def _over(code: str, name: Text) -> State:
    return State(code=code, name=name, turn=Turn.NOBODY, closed=True)


STATES: tuple[State, ...] = (
    State(
        code=DRAFT,
        name=Text("پیش‌نویس", "Draft"),
        turn=Turn.OWNER,
        says=Text(
            "درخواست هنوز فرستاده نشده است. فرم، مدارک و طرح را کامل کنید و بفرستید.",
            "The request has not been sent in yet. Complete form, documents and proposal, then send it in.",
        ),
        form_open=True,
    ),
    _office(
        SUBMITTED,
        Text("ثبت‌شده", "Sent in"),
        Text("کارشناس منطقه کامل بودن پرونده را بررسی می‌کند.", "The district's officer checks that it is complete."),
        _days(2, "#2"),
    ),
    State(
        code=NEEDS_DOCS,
        name=Text("نقص مدرک", "Documents are missing"),
        turn=Turn.OWNER,
        says=Text(
            "از شما چیزی خواسته شده است. تا پاسخ ندهید مهلت شهرداری نمی‌گذرد؛ پس از ۳۰ روز پرونده بایگانی می‌شود.",
            "Something is asked of you. Until you answer the office's time stands still; after 30 days the case is "
            "archived.",
        ),
        term=Term(30, "days", "3-domain 4.5 #3, SAMPLE", then="archive"),
        stops_clock=True,
        form_open=True,
    ),
    _office(
        INSPECTION,
        Text("بازدید", "Inspection"),
        Text(
            "وقت بازدید را از تقویم منطقه بردارید؛ بازرس زمین را اندازه می‌گیرد و گزارش می‌دهد.",
            "Book a slot in the district's calendar; the inspector measures the land and reports.",
        ),
        _days(5, "#4"),
    ),
    _office(
        RULES,
        Text("اعلام ضابطه", "Rules"),
        Text(
            "کارشناس شهرسازی ضابطهٔ همین قطعه را با قانون امروز نگه می‌دارد و دستور نقشه می‌دهد.",
            "The zoning officer keeps the rules of this parcel by the law of the day and gives the zoning order.",
        ),
        _days(5, "#5"),
    ),
    _office(
        ARTICLE5,
        Text("کمیسیون ماده ۵", "Article 5 Commission"),
        Text(
            "درخواست با طرح تفصیلی مغایر است و کمیسیون ماده ۵ دربارهٔ آن تصمیم می‌گیرد.",
            "The request conflicts with the detailed plan; the Article 5 Commission decides about it.",
        ),
        _days(30, "#6"),
    ),
    State(
        code=DESIGN,
        name=Text("تهیهٔ نقشه", "Drawings are made"),
        turn=Turn.OWNER,
        says=Text(
            "دستور نقشه صادر شد. طرح را بر پایهٔ آن کامل کنید و برای کنترل بفرستید.",
            "The zoning order is given. Complete the proposal by it and send it for review.",
        ),
        term=Term(90, "days", "3-domain 4.5 #7, SAMPLE"),
        form_open=True,
    ),
    _office(
        DRAWING_REVIEW,
        Text("کنترل نقشه", "Drawing review"),
        Text(
            "نقشه با پاسخ نگه‌داشته‌شدهٔ دستور نقشه سنجیده می‌شود.",
            "The drawings are held against the rules that were kept with the zoning order.",
        ),
        _days(5, "#8"),
    ),
    _office(
        INQUIRIES,
        Text("استعلام‌ها", "Inquiries"),
        Text(
            "نهادهایی که قانون نام برده پاسخ می‌دهند. سکوت هیچ‌کدام موافقت به شمار نمی‌آید.",
            "The offices that the law names give their answers. Nobody's silence counts as consent.",
        ),
        _days(15, "#9"),
    ),
    _office(
        FEE_CALC,
        Text("محاسبهٔ عوارض", "Fees"),
        Text("عوارض پروانه محاسبه می‌شود.", "The fees of the permit are worked out."),
        _days(2, "#10"),
    ),
    _over(CANCELLED, Text("لغوشده", "Cancelled")),
    _over(REJECTED, Text("ردشده", "Rejected")),
    _over(ARCHIVED, Text("بایگانی‌شده", "Archived")),
    _over(CLOSED, Text("بسته", "Closed")),
)
