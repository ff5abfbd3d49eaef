"""Documents of a case for their template: pages that show a case include parts/case_documents.html with this."""

from typing import Any

from django.urls import reverse

from apps.cases.capacities import capacities, side_of
from apps.cases.document_list import documents_of
from apps.cases.files import limits
from apps.cases.models import Case
from apps.parties.models import Person
from frontend.texts_files import file_texts


def documents_context(case: Case, person: Person, *, held: frozenset[str] | None = None) -> dict[str, Any]:
    """`documents`, `tracking` and what the script needs. The case comes through `visible_case`.

    `held`: the reader's capacities when they are known.
    """
    return {
        "documents": documents_of(case, person=person, held=held),
        "tracking": case.tracking,
        "largest": limits.LARGEST,
        "file_texts": file_texts(),
    }


def page_of(case: Case, person: Person) -> str:
    """The page of the case on which this reader works: its owners' own, or the offices'."""
    owners = side_of(capacities(case, person)) == "owner"
    return reverse("request" if owners else "officer_case", args=[case.tracking])
