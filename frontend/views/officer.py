"""The case officer's pages: open and held requests of the district, and orders about one of them."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.cases.hold_facts import OrderFacts
from apps.cases.hold_rules import Level, OrderRank
from apps.cases.orders import order_hold, order_release
from apps.common.calendar import parse_day
from apps.common.errors import BadInputError, ForbiddenError, ParvanehError
from apps.common.text import Text
from apps.legal.acts import Authority
from apps.parties.models import Person, Role
from apps.parties.roles import has_role
from apps.parties.second_factor import with_second_factor
from apps.permits.selectors import office_facts, office_requests
from frontend.request_page import RANKS, page_of

PER_PAGE = 25
LEVELS = {
    Level.STOP: Text("توقف همهٔ گام‌ها", "Stops every step"),
    Level.STOP_ISSUANCE: Text("توقف صدور", "Stops the issue only"),
    Level.WARNING: Text("هشدار", "Warning"),
}


def _require_officer(request: HttpRequest) -> None:
    if not has_role(request.user, Role.CASE_OFFICER):
        raise ForbiddenError(
            fa="این صفحه برای کارشناسان پرونده است. نقش خود را از مدیر سامانه بخواهید.",
            en="This page is for case officers. Ask the administrator for the role.",
        )


@require_safe
@never_cache
@login_required
@with_second_factor
def cases(request: HttpRequest) -> HttpResponse:
    """Open requests in reach, held ones first."""
    _require_officer(request)
    only_held = request.GET.get("held") == "1"
    page = Paginator(office_requests(request.user, only_held=only_held), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "requests": office_facts(list(page.object_list)), "only_held": only_held}
    return render(request, "frontend/officer_cases.html", context)


@require_safe
@never_cache
@login_required
@with_second_factor
def case(request: HttpRequest, tracking: str) -> HttpResponse:
    """One request as its officer sees it, with the forms for orders."""
    return _case(request, tracking)


@require_POST
@login_required
@with_second_factor
def place(request: HttpRequest, tracking: str) -> HttpResponse:
    """Enter an order that stops the case."""
    return _entered(request, tracking, lambda officer: _place(officer, tracking, request.POST))


@require_POST
@login_required
@with_second_factor
def release(request: HttpRequest, tracking: str, pk: int) -> HttpResponse:
    """Enter an order that lifts a hold."""
    return _entered(
        request,
        tracking,
        lambda officer: order_release(
            officer=officer,
            tracking=tracking,
            hold=pk,
            order=order_of(request.POST),
            reason=request.POST.get("reason", ""),
        ),
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


def _entered(request: HttpRequest, tracking: str, enter: Callable[[Person], object]) -> HttpResponse:
    """Do it and show the case; what is wrong is said above the form, which keeps what was typed."""
    officer = request.user
    if not isinstance(officer, Person):
        return redirect("account_login")
    try:
        enter(officer)
    except ParvanehError as error:
        if error.status not in (BadInputError.status, 409):
            raise
        return _case(request, tracking, refused=error)
    return redirect("officer_case", tracking=tracking)


def _case(request: HttpRequest, tracking: str, *, refused: ParvanehError | None = None) -> HttpResponse:
    context = page_of(tracking=tracking, person=request.user)  # first: what one may not see is not there
    _require_officer(request)
    context |= {"refused": refused, "form": request.POST, "ranks": RANKS, "levels": LEVELS}
    return render(request, "frontend/officer_case.html", context, status=refused.status if refused else 200)
