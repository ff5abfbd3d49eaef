"""Orders about one case, typed in by its case officer: one that stops it, one that lets it go on."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_POST

from apps.cases.hold_facts import OrderFacts
from apps.cases.hold_rules import Level, OrderRank
from apps.cases.orders import order_hold, order_release
from apps.common.calendar import parse_day
from apps.common.errors import BadInputError
from apps.common.text import Text
from apps.legal.acts import Authority
from apps.parties.models import Person
from frontend.office_access import office_page
from frontend.views.office_doing import done


@require_POST
@office_page
def place(request: HttpRequest, tracking: str) -> HttpResponse:
    """Enter an order that stops the case."""
    form = request.POST
    return done(request, tracking, lambda officer: _place(officer, tracking, form), form="hold", anchor="#holds")


@require_POST
@office_page
def release(request: HttpRequest, tracking: str, pk: int) -> HttpResponse:
    """Enter an order that lifts a hold."""
    return done(
        request,
        tracking,
        lambda officer: order_release(
            officer=officer,
            tracking=tracking,
            hold=pk,
            order=order_of(request.POST),
            reason=request.POST.get("reason", ""),
        ),
        form=f"release-{pk}",
        anchor="#holds",
    )


def order_of(form: QueryDict) -> OrderFacts:
    """The order as it was typed. Raises BadInputError that names what cannot be read."""
    try:
        rank = OrderRank(int(form.get("rank", "")))
    except ValueError as error:
        raise BadInputError(fa="مرجع دستور را انتخاب کنید.", en="Choose who gave the order.") from error
    return OrderFacts(
        authority=Authority.COURT if rank >= OrderRank.COURT else Authority.ADMINISTRATIVE,
        rank=rank,
        number=form.get("number", "").strip()[:60],
        dated=parse_day(form.get("dated", "")),
        body=Text.of(form.get("body", "").strip()[:160]),
    )


def _place(officer: Person, tracking: str, form: QueryDict) -> object:
    try:
        level = Level(form.get("level", ""))
    except ValueError as error:
        raise BadInputError(fa="شدت توقف را انتخاب کنید.", en="Choose how strongly it works.") from error
    return order_hold(
        officer=officer, tracking=tracking, order=order_of(form), level=level, reason=form.get("reason", "")
    )
