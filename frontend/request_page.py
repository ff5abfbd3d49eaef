"""A request's page for its template: what holds it, what parts the kept answer from today's, what to choose."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from apps.cases.hold_rules import OrderRank
from apps.cases.telling import messages_to
from apps.common.text import Text
from apps.extracts.differing import NOT_KNOWN, Differing, What
from apps.legal.transition import Choice
from apps.parties.models import Person
from apps.permits.choices import NAMES
from apps.permits.held import HeldFacts, held_facts
from apps.permits.selectors import request_facts, visible_request
from frontend.parcel_page import with_names

RANKS = {
    OrderRank.OFFICE: Text("اداره یا ناحیهٔ شهرداری", "Municipal office"),
    OrderRank.COMMISSION: Text("کمیسیون (مادهٔ ۵، ۷۷، ۱۰۰)", "Commission (Article 5, 77, 100)"),
    OrderRank.COURT: Text("دادگاه", "Court"),
    OrderRank.COURT_FINAL: Text("دادگاه، رأی قطعی", "Court, final ruling"),
}
_FOLLOWS = {
    Choice.CONTINUE: Text(
        "درخواست با همان پاسخ نگه‌داشته‌شده پیش می‌رود و در پرونده نوشته می‌شود که با کدام قانون.",
        "The request goes on with the answer that was kept, and its file says under which law.",
    ),
    Choice.RECOMPOSE: Text(
        "پاسخ امروز (ستون «امروز») جای پاسخ نگه‌داشته‌شده را می‌گیرد و درخواست آزاد می‌شود.",
        "Today's answer (the column “Today”) takes the place of the kept one, and the request is free again.",
    ),
    Choice.WITHDRAW: Text(
        "درخواست بسته می‌شود و برنمی‌گردد؛ زمین برای درخواست تازه آزاد می‌شود.",
        "The request is closed for good; the land is free for another one.",
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One difference. For a subject `then` and `now` are subjects, else they are sentences. `why`: reason and act."""

    label: Text
    subject: bool
    then: Any
    now: Any
    why: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that may be chosen: its code, its name, and what follows."""

    code: str
    name: Text
    follows: Text


def page_of(*, tracking: str, person: Person | AnonymousUser) -> dict[str, Any]:
    """The context of a request's page. Raises NotFoundError for what this person may not see."""
    facts = request_facts(tracking=tracking, person=person)
    row = visible_request(tracking=tracking, person=person)
    held = held_facts(row)
    return {
        "item": facts,
        "held": held,
        "rows": list(rows(held.comparison.differences)),
        "offers": offers(held, may_choose=facts.own),
        "told": messages_to(person, row.case),
        "fresh": held.comparison.fresh,
    }


def offers(held: HeldFacts, *, may_choose: bool) -> list[Offer]:
    """What the reader may choose; nothing for who may not act for the owner's side."""
    choices = held.choices if may_choose else ()
    return [Offer(choice.value, NAMES[choice], _FOLLOWS[choice]) for choice in choices]


def rows(differences: Sequence[Differing]) -> Iterator[Row]:
    """The differences as rows of a table; that a part is not known goes without a row when other rows say it."""
    told = [d for d in differences if d.what is not What.COMPLETE] or differences
    for difference in told:
        if difference.what is What.SUBJECT:
            sides = [with_names([s])[0] if s else _SILENT for s in (difference.then, difference.now)]
            yield Row(difference.label, True, sides[0], sides[1], _winning(difference.now))
        else:
            yield Row(difference.label, False, _words(difference, 0), _words(difference, 1), _reason(difference.now))


_SILENT: Mapping[str, Any] = {"outcome": "none", "value": None, "direction": "max", "unit": "", "candidates": []}
_OUTCOMES = {
    "applies": Text("شامل می‌شود", "applies"),
    "does_not_apply": Text("شامل نمی‌شود", "does not apply"),
    "not_known": Text("معلوم نیست", "not known"),
}
_THERE = {
    What.CONSULTATION: (Text("لازم نیست", "need not be asked"), Text("استعلام لازم است", "must be asked")),
    What.FORBIDDEN: (Text("ممنوع نیست", "not forbidden"), Text("ممنوع", "forbidden")),
    What.COMPLETE: (Text("بخشی معلوم نیست", "a part is not known"), Text("کامل", "complete")),
}


def _words(difference: Differing, side: int) -> Text:
    part = (difference.then, difference.now)[side]
    if difference.what is What.THEME:
        return _OUTCOMES[part["outcome"] if part else NOT_KNOWN]
    if part is not None and part.get("outcome") == NOT_KNOWN:
        return _OUTCOMES[NOT_KNOWN]
    there = part is not None and part.get("complete", True)
    return _THERE[difference.what][int(there)]


def _winning(subject: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Why a subject is as it is now: the sentence, and the act of the rulebook that won."""
    if subject is None:
        return {}
    won = next((c for c in subject["candidates"] if c["won"]), None)
    unknown = next(iter(subject["unknown"]), None)
    text = unknown["text"] if unknown else (won or {}).get("explain") or subject["reason"]
    return {"text": text, "act": won["rulebook"]["act"] if won else None, "article": won["article"] if won else ""}


def _reason(part: Mapping[str, Any] | None) -> Mapping[str, Any]:
    if part is None or "complete" in part or part.keys() == {"outcome"}:
        return {}
    if "rulebook" in part:
        return {"text": part["text"], "act": part["rulebook"]["act"], "article": part["article"]}
    acts = [e["act"] for e in part["editions"] if e["act"]]
    unknown = next(iter(part["unknown"]), None)
    return {"text": unknown["text"] if unknown else None, "act": acts[0] if acts else None, "article": ""}
