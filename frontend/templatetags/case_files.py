"""How files of a case are written for people: size, scan, who sent them as what, what may be chosen."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.cases.files.kinds import ACCEPT, EXTENSIONS, Family
from apps.cases.files.scanning import ScanState
from apps.common.text import Text
from apps.parties.models import Role
from apps.parties.roles import ROLE_NAMES
from frontend import wording

register = template.Library()
_KIB = 1024
_CAPACITIES = {
    "applicant": Text("متقاضی", "applicant"),
    "agent": Text("نماینده", "agent"),
    "co_owner": Text("مالک شریک", "co-owner"),
}

_SMALL = {
    frozenset({Family.PDF}): gettext_lazy("PDF up to 20 MB."),
    frozenset({Family.IMAGE}): gettext_lazy("Pictures up to 20 MB."),
    frozenset({Family.PDF, Family.IMAGE}): gettext_lazy("PDF and pictures up to 20 MB."),
}


@register.filter
def file_size(size: int) -> str:
    """As people say it: 820 KB, 1.4 MB."""
    if size < _KIB * _KIB:
        return _("{n} KB").format(n=wording.digits(max(1, round(size / _KIB))))
    return _("{n} MB").format(n=wording.number(round(size / _KIB / _KIB, 1)))


@register.filter
def scan_name(scan: ScanState) -> str:
    """What is known about viruses, plainly."""
    return {
        ScanState.CLEAN: _("Scanned, no virus found"),
        ScanState.INFECTED: _("A virus was found: given to nobody"),
        ScanState.UNSCANNED: _("Not scanned for viruses"),
        ScanState.NOT_SCANNED: _("Not scanned yet: the scanner did not answer"),
    }[scan]


@register.filter
def capacity_name(capacity: str) -> str:
    """As what somebody sent it."""
    if capacity in _CAPACITIES:
        return wording.say(_CAPACITIES[capacity])
    return wording.say(ROLE_NAMES[Role(capacity)]) if capacity in set(Role) else ""


@register.filter
def accepted(families: Iterable[str]) -> str:
    """For the `accept` of a field: the extensions of these families; of all where there are none."""
    listed = sorted(f".{e}" for family in families for e in EXTENSIONS[Family(family)])
    return ",".join(listed) or ACCEPT


@register.filter
def with_camera(families: Iterable[str]) -> bool:
    """Whether a photo would be taken: no families = all of them."""
    listed = list(families)
    return not listed or Family.IMAGE.value in listed


@register.filter
def limits_said(families: Iterable[str]) -> str:
    """What may be sent and how large, for the hint under a field."""
    listed = {Family(family) for family in families} or set(Family)
    small = listed & {Family.PDF, Family.IMAGE}
    large = listed - small
    said = [str(_SMALL[frozenset(small)])] if small else []
    return " ".join([*said, *([_("Drawings and models (DXF, DWG, IFC) up to 50 MB.")] if large else [])])
