"""What a person watches: a parcel by one press, an area drawn or a district or a layer chosen; all can be stopped."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from apps.cadastre.models import District
from apps.common.city import current_city
from apps.common.errors import BadInputError, ConflictError, NotFoundError
from apps.common.limits import Limit, spend
from apps.common.text import latin_digits
from apps.notices import watching
from apps.notices.models import Mode
from apps.notices.selectors import watches_of
from apps.parties.models import Person
from frontend.texts import script_texts
from gis_layers.models import Theme

PER_PERSON = Limit("watch-person", 60, 600)
WRONG = (BadInputError, ConflictError, NotFoundError)


@require_safe
@never_cache
@login_required
@ensure_csrf_cookie
def watch_list(request: HttpRequest) -> HttpResponse:
    """The person's watches, and the forms to add one."""
    return _page(request)


@require_POST
def watch_parcel(request: HttpRequest, code: str) -> HttpResponse:
    """Watch the parcel. Who is not signed in signs in first and comes back to it."""
    back = _back(request, reverse("parcel", args=[code]))
    if not isinstance(request.user, Person):
        return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': back})}")
    spend(request, limit=PER_PERSON, key=str(request.user.pk))
    watching.watch_parcel(person=request.user, parcel=code, mode=_mode(request))
    return redirect(back)


@require_POST
@login_required
def watch_other(request: HttpRequest) -> HttpResponse:
    """Watch an area, a district or a layer, as the form names it; what is wrong is said on the page."""
    person: Any = request.user
    spend(request, limit=PER_PERSON, key=str(person.pk))
    kind, posted, mode = request.POST.get("what", ""), request.POST, _mode(request)
    try:
        if kind == "area":
            watching.watch_area(person=person, shape=posted.get("shape", ""), name=posted.get("name", ""), mode=mode)
        elif kind == "district":
            number = latin_digits(posted.get("district", ""))
            watching.watch_district(person=person, number=int(number) if number.isdecimal() else -1, mode=mode)
        else:
            watching.watch_theme(person=person, theme=posted.get("theme", ""), mode=mode)
    except WRONG as error:
        return _page(request, error=error)
    return redirect("watching")


@require_POST
@login_required
def end_watch(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop one watch. Raises NotFoundError for another person's."""
    person: Any = request.user
    watching.end_watch(person=person, watch=pk)
    return redirect(_back(request, reverse("watching")))


def _page(request: HttpRequest, error: Any = None) -> HttpResponse:
    person: Any = request.user
    context = {
        "watches": watches_of(person),
        "themes": Theme.objects.only("code", "label_fa", "label_en"),
        "districts": District.objects.defer("geom", "geom_web").order_by("number"),
        "most": watching.MOST_WATCHES,
        "largest_km2": watching.LARGEST_KM2,
        "error": error,
        "page_data": _map_data(),
    }
    return render(request, "frontend/watching.html", context, status=error.status if error else 200)


def _map_data() -> dict[str, Any]:
    """The JSON block of the map on which an area is drawn."""
    city = current_city()
    west, south, east, north = city.bounds
    return {
        "language": get_language(),
        "center": list(city.center),
        "zoom": city.zoom,
        "bounds": [[south, west], [north, east]],
        "layers": "/api/v1/layers",
        "texts": script_texts(),
    }


def _mode(request: HttpRequest) -> str:
    return request.POST.get("mode", "") or Mode.AT_ONCE


def _back(request: HttpRequest, otherwise: str) -> str:
    """Where the form came from, when that is a page of this site."""
    said = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure())
    return said if said and ours else otherwise
