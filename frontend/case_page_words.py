"""Words for everything that a case's history may hold. A kind that has none gets a neutral sentence, never its data."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.cases.models import CaseEvent
from apps.cases.types.definition import CaseType
from apps.common.text import Text

STEPS, ASKS, DOCUMENTS, OWNERS, DEADLINES, MESSAGES = "steps", "asks", "documents", "owners", "deadlines", "messages"

GROUPS = {
    STEPS: Text("گام‌ها", "Steps"),
    ASKS: Text("خواسته‌ها و پاسخ‌ها", "Asked and answered"),
    DOCUMENTS: Text("مدارک", "Documents"),
    MESSAGES: Text("پیام‌ها", "Messages"),
    DEADLINES: Text("مهلت‌ها", "Deadlines"),
    OWNERS: Text("شرکا", "Co-owners"),
}
UNKNOWN = Text("رویدادی در پرونده ثبت شد", "Something was recorded in the case")


@dataclass(frozen=True, slots=True)
class Words:
    """A kind of history: its group (a filter of the page) and its sentence."""

    group: str
    text: Text


def _words(group: str, fa: str, en: str) -> Words:
    return Words(group, Text(fa, en))


KINDS: Mapping[str, Words] = {
    "open": _words(STEPS, "پرونده باز شد", "File opened"),
    "opened": _words(STEPS, "پرونده باز شد", "File opened"),
    "start": _words(STEPS, "پیش‌نویس آغاز شد", "Draft started"),
    "frozen": _words(STEPS, "پاسخ آن روز با پرونده نگه داشته شد", "The answer of that day was kept"),
    "proposal": _words(STEPS, "طرح پیشنهادی ذخیره شد", "Proposal saved"),
    "form": _words(STEPS, "پاسخ‌های فرم ذخیره شد", "Answers of the form saved"),
    "held": _words(STEPS, "درخواست متوقف شد", "Held"),
    "warned": _words(STEPS, "هشدار داده شد", "Warning"),
    "released": _words(STEPS, "توقف برداشته شد", "Released"),
    "choose_continue": _words(STEPS, "انتخاب شد: ادامه با پاسخ نگه‌داشته‌شده", "Chosen: go on under the kept answer"),
    "choose_recompose": _words(STEPS, "انتخاب شد: سنجش دوباره با قانون امروز", "Chosen: be judged by the law of now"),
    "choose_withdraw": _words(STEPS, "انتخاب شد: پس گرفتن درخواست", "Chosen: withdraw"),
    "taken": _words(STEPS, "کارشناسی پرونده را برداشت", "An officer took the case up"),
    "handed_over": _words(STEPS, "پرونده به همکاری سپرده شد", "The case was handed to a colleague"),
    "former_checked": _words(
        STEPS, "پروانهٔ پیشین با بایگانی سنجیده شد", "The former permit was compared with the archive"
    ),
    "check_reason": _words(
        STEPS, "دلیل پذیرش یک بررسی نوشته شد", "Why a check of the drawings is in order was written down"
    ),
    "visit_booked": _words(STEPS, "وقت بازدید گرفته شد", "Inspection visit booked"),
    "visit_moved": _words(STEPS, "وقت بازدید جابه‌جا شد", "Inspection visit moved"),
    "visit_cancelled": _words(STEPS, "وقت بازدید پس داده شد", "Inspection visit given back"),
    "visit_freed": _words(STEPS, "وقت بازدید آزاد شد", "The slot of the visit was freed"),
    "inspection_report": _words(STEPS, "گزارش بازدید نوشته شد", "Inspection report written"),
    "area_corrected": _words(STEPS, "مساحت ملک با اندازه‌گیری اصلاح شد", "The area was corrected by measuring"),
    "ask": _words(ASKS, "خواسته شد", "Asked for"),
    "answered": _words(ASKS, "پاسخ داده شد", "Answered"),
    "disputed": _words(ASKS, "پذیرفته نشد و دلیل آن نوشته شد", "Disputed, with a reason"),
    "settle": _words(ASKS, "نظر شهرداری دربارهٔ پاسخ", "The city's word on the answer"),
    "document": _words(DOCUMENTS, "مدرک فرستاده شد", "Document sent"),
    "co_owner": _words(OWNERS, "شریک ملک نام برده شد", "A co-owner was named"),
    "co_owner_confirmed": _words(OWNERS, "شهرداری شریک ملک را از روی سند تأیید کرد", "The city confirmed a co-owner"),
    "co_owner_reopened": _words(OWNERS, "تأیید شریک ملک برداشته شد", "The confirmation of a co-owner was taken back"),
    "co_owner_removed": _words(OWNERS, "نام شریک از پرونده برداشته شد", "A co-owner was taken off the list"),
    "consent": _words(OWNERS, "شریک ملک رضایت داد", "A co-owner consented"),
    "objection": _words(OWNERS, "شریک ملک اعتراض کرد", "A co-owner objected"),
    "consents_void": _words(
        OWNERS, "درخواست عوض شد و رضایت‌های پیشین باطل شد", "The request changed, so earlier consents are void"
    ),
    "deadline_passed": _words(DEADLINES, "مهلت به پایان رسید", "The time was over"),
    "deadline_escalated": _words(DEADLINES, "تأخیر به مقام بالاتر گفته شد", "Those above were told of the delay"),
    "deadline_moved": _words(DEADLINES, "تعطیلی‌ها عوض شد و مهلت جابه‌جا شد", "Days off changed, so the deadline moved"),
    "deadline_paused": _words(DEADLINES, "مهلت متوقف شد", "The deadline was paused"),
    "deadline_resumed": _words(DEADLINES, "مهلت از سر گرفته شد", "The deadline runs again"),
}


def words_of(event: CaseEvent, definition: CaseType) -> Words:
    """The group and sentence of one event. Steps are named by the type's own table."""
    if event.kind in KINDS:
        return KINDS[event.kind]
    step = next((step for step in definition.steps if step.verb == event.kind), None)
    if step is None or not step.name.fa:
        return Words(STEPS, UNKNOWN)
    return Words(STEPS, step.name)
