"""What is done to stored files later: those without a scanner's answer are asked about again, strays are swept."""

from collections.abc import Collection

from django.conf import settings
from django.db import transaction

from apps.cases.document_telling import infected
from apps.cases.files import storing, sweeping
from apps.cases.files.faults import DamagedFileError
from apps.cases.files.scanning import Scan, ScanState, scan
from apps.cases.models import DocumentVersion
from apps.cases.telling import tell
from apps.common import clock
from apps.common.errors import UnavailableError

_AT_ONCE = 50


def scan_again() -> int:
    """Ask the scanner about versions it gave no answer for; returns how many have one now. None without a scanner."""
    if not settings.CLAMD:
        return 0
    waiting = DocumentVersion.objects.filter(scan__in=(ScanState.NOT_SCANNED, ScanState.UNSCANNED)).order_by("pk")
    return sum(_scan_one(version) for version in waiting.select_related("document__case", "by")[:_AT_ONCE])


def _scan_one(version: DocumentVersion) -> bool:
    stored = storing.Stored(name=version.stored, size=version.size, sha256=version.sha256)
    try:
        with storing.take_out(stored, number=version.number) as file:
            said = scan(file)
    except (DamagedFileError, UnavailableError):  # logged there; it stays as it is
        return False
    if said.state not in (ScanState.CLEAN, ScanState.INFECTED):
        return False
    _learn(version, said)
    return True


@transaction.atomic
def _learn(version: DocumentVersion, said: Scan) -> None:
    DocumentVersion.objects.filter(pk=version.pk).update(scan=said.state.value, scan_said=said.found)
    if said.state is ScanState.INFECTED:
        case = version.document.case
        tell(case, [version.by], infected(case, version))


def sweep() -> int:
    """Remove stored files older than a day that no version names; returns how many."""
    return sweeping.sweep(named=_named, at=clock.now())


def _named(names: Collection[str]) -> set[str]:
    return set(DocumentVersion.objects.filter(stored__in=names).values_list("stored", flat=True))
