"""What a request asks for besides its proposal: a form with sound answers, and a file for every document."""

from itertools import count
from typing import Any

from apps.cases.models import Case, CaseDocument, DocumentVersion
from apps.cases.opening import save_form
from apps.cases.types.registry import definition_of
from apps.common import clock
from apps.parties.models import Person

ANSWERS = {
    "registry_plate": "5/100/1",
    "postal_code": "8143612345",
    "former_number": "1398/12",
    "former_day": "2019-06-01",
    "works": "تعمیر بام و نمای ساختمان",
    "loss": "lost",
}
_serial = count(1)


def fill(person: Person, tracking: str, **answers: Any) -> None:
    """Form and documents, as complete as the kind asks for."""
    save_form(person=person, tracking=tracking, answers={**ANSWERS, **answers})
    case = Case.objects.get(tracking=tracking)
    for wanted in definition_of(case).documents:
        if wanted.required:
            send(case, wanted.code, person)


def send(case: Case, code: str, person: Person, *, scan: str = "clean") -> DocumentVersion:
    """A version of a document, without a file in any store."""
    document, _ = CaseDocument.objects.get_or_create(
        case=case, code=code, defaults={"title": code, "created_at": clock.now()}
    )
    serial = next(_serial)
    return DocumentVersion.objects.create(
        document=document, number=document.versions.count() + 1, name=f"{code}.pdf", stored=f"test/{serial}",
        sha256=f"{serial:064x}", size=1, media_type="application/pdf", family="pdf", scan=scan, by=person,
        capacity="applicant", at=clock.now(),
    )  # fmt: skip
