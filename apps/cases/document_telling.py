"""What is said of a new version: to the case's history, to the other side, to the sender of an infected one."""

from apps.cases.capacities import told_of
from apps.cases.files.scanning import ScanState
from apps.cases.models import Case, CaseDocument, DocumentVersion
from apps.cases.querysets import DRAFT
from apps.cases.telling import at_office, tell
from apps.common.text import Text, isolated
from apps.parties.models import Person


def in_history(version: DocumentVersion, place: CaseDocument) -> dict[str, object]:
    """The facts of the case's history entry."""
    return {
        "document": place.pk,
        "code": place.code,
        "title": place.title,
        "number": version.number,
        "sha256": version.sha256,
        "scan": version.scan,
        "as": version.capacity,
    }


def tell_of(case: Case, version: DocumentVersion, *, person: Person, side: str) -> None:
    """The other side of a new document; of an infected one its sender alone. Nobody is told of a draft's."""
    title, tracking = version.document.title, isolated(case.tracking)
    if version.scan == ScanState.INFECTED:
        tell(case, [person], infected(case, version))
    elif case.status != DRAFT:
        text = Text(
            f"مدرک «{title}» (نسخهٔ {isolated(version.number)}) به پروندهٔ {tracking} افزوده شد.",
            f"“{title}” (version {version.number}) was added to case {case.tracking}.",
        )
        tell(case, at_office(case) if side == "owner" else told_of(case), text)


def infected(case: Case, version: DocumentVersion) -> Text:
    """What the sender is told of a file with a virus."""
    title = version.document.title
    return Text(
        f"در مدرک «{title}» از پروندهٔ {isolated(case.tracking)} ویروس پیدا شد و به کسی داده نمی‌شود. "
        "نسخهٔ سالم آن را بفرستید.",
        f"A virus was found in “{title}” of case {case.tracking}; it is given to nobody. Send a sound version.",
    )
