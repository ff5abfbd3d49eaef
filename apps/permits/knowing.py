"""Whether an extract knows enough for a step, and whom it names to be asked. What is not known never lets through."""

from collections.abc import Iterator, Mapping
from typing import Any

from apps.common import clock
from apps.common.errors import NotFoundError
from apps.common.text import Text
from apps.permits.evidence import of_now, relied_documents
from apps.permits.models import PermitRequest

Document = Mapping[str, Any]
_SHOWN = 8


def of_order(request: PermitRequest) -> Document | None:
    """The extract that a zoning order of today would rest on; None = there is none.

    Today's answer, by the law of this moment; the kept one where its owner goes on under it by an act's clause.
    """
    if request.continues_by_id is not None:
        return relied_documents([request]).get(request.relied_digest)
    try:
        return of_now(parcel_code=request.case.land.code, kind=request.kind, on=clock.today()).extract.data
    except NotFoundError:
        return None


def why_not_known(document: Document | None) -> Text | None:
    """What the extract does not know, as a reason to wait; None = it knows everything."""
    if document is None:
        return Text(
            "پاسخ نگه‌داشته‌شده‌ای برای این درخواست نیست.", "No answer is kept for this request, so nothing is known."
        )
    if document["complete"] and not document["failures"]:
        return None
    names = list(_open(document))[:_SHOWN]
    fa, en = "، ".join(n.fa for n in names), ", ".join(n.en for n in names)
    return Text(
        fa=f"پاسخ این قطعه کامل نیست و چیزی که معلوم نیست مجاز به شمار نمی‌آید. نامعلوم: {fa}.",
        en=f"The answer for this parcel is not complete, and what is not known is not allowed. Not known: {en}.",
    )


def why_not_free(document: Document | None) -> Text | None:
    """Who must be asked, or may have to be: consultations that hang on an unknown layer are in no list of them."""
    unknown = why_not_known(document)
    offices = [] if document is None else list(_asked(document))
    if not offices:
        return unknown
    fa, en = "، ".join(o.fa for o in offices), ", ".join(o.en for o in offices)
    more = unknown or Text("", "")
    return Text(
        fa=f"باید استعلام شود از: {fa}. پاسخ استعلام هنوز در سامانه ثبت نمی‌شود و این گام تا آن زمان برداشته نمی‌شود. "
        f"{more.fa}".strip(),
        en=f"To be asked: {en}. Answers to inquiries cannot be recorded yet, so this step is not taken until they can. "
        f"{more.en}".strip(),
    )


def _asked(document: Document) -> Iterator[Text]:
    """Each office once, in the order of the extract; a consultation without a known office by its own text."""
    seen = set()
    for duty in document["duties"]:
        if duty["kind"] == "consultation" and duty["code"] not in seen:
            seen.add(duty["code"])
            yield Text.of((duty["office"] or {}).get("name") or duty["text"])


def _open(document: Document) -> Iterator[Text]:
    for theme in document["themes"].get("not_known", ()):
        yield Text.of(theme["label"])
    for subject in document["subjects"]:
        if subject["outcome"] == "not_known":
            yield Text.of(subject["label"])
    if document["failures"]:
        yield Text("یک منبع ضابطه پاسخ نداد", "a source of rules did not answer")
