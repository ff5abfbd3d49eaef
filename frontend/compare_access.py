"""Who may look at a comparison: everybody where every edition in it is named by an act, else the desk of its theme."""

from django.http import HttpRequest

from apps.common.errors import BadInputError, NotFoundError
from apps.legal.models import LegalAct
from apps.map_services.differences import Difference, difference
from apps.parties.roles import may
from frontend.desk_access import DESK_ROLES
from gis_layers.models import Edition, IntakeState

_LONGEST_NUMBER = 18


def may_look(request: HttpRequest, theme: str) -> bool:
    """Whether the visitor edits, approves or audits the theme."""
    return any(may(request.user, role, themes=[theme]) for role in DESK_ROLES)


def difference_for(request: HttpRequest, key: str) -> Difference:
    """The difference, when the visitor may see it. Else NotFoundError: nobody learns that there is one."""
    found = difference(key)
    if found.public or may_look(request, found.theme):
        return found
    raise _hidden(key)


def public_difference(key: str) -> Difference:
    """The difference, when everybody may see it. Raises NotFoundError."""
    found = difference(key)
    if not found.public:
        raise _hidden(key)
    return found


def edition_for(request: HttpRequest, pk: int) -> Edition:
    """The edition, when the visitor's role reaches its theme. Raises NotFoundError."""
    found = Edition.objects.select_related("theme", "instrument").defer("coverage").filter(pk=pk).first()
    if found is None or not may_look(request, found.theme.code):
        raise NotFoundError(
            fa="چنین نسخه‌ای نیست، یا نقش شما به موضوع آن نمی‌رسد. از فهرست نسخه‌ها آغاز کنید.",
            en="There is no such edition, or your role does not reach its theme. Start from the list of editions.",
            edition=pk,
        )
    return found


def _hidden(key: str) -> NotFoundError:
    return NotFoundError(
        fa="چنین مقایسه‌ای نیست. آن را از صفحهٔ مقایسه دوباره بخواهید.",
        en="There is no such comparison. Ask for it again on the page that compares.",
        key=key,
    )


def edition_number(raw: str) -> int:
    """The edition's own number, from a number or from its instrument's code."""
    if raw.isdecimal():
        return int(raw[:_LONGEST_NUMBER])
    number = Edition.objects.filter(instrument__code=raw).values_list("pk", flat=True).first()
    if number is None:
        raise BadInputError(
            fa="چنین نسخه‌ای نیست. آن را از فهرست نسخه‌ها برگزینید.",
            en="There is no such edition. Choose it from the list of editions.",
            edition=raw,
        )
    return number


def editions_for(request: HttpRequest) -> list[Edition]:
    """Editions of the themes this visitor may look at, drafts too."""
    taken_in = Edition.objects.filter(state=IntakeState.TAKEN_IN).defer("coverage")
    rows = taken_in.select_related("theme", "instrument").order_by("theme__position", "theme__code", "-taken_in_at")
    return [edition for edition in rows if may_look(request, edition.theme.code)]


def has_acts(edition: Edition) -> bool:
    """Whether an act names the edition: then it is law, or was, or will be."""
    return LegalAct.objects.filter(instrument=edition.instrument_id).exists()
