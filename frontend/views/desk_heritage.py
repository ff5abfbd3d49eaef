"""Heritage at the desk: the register of buildings, and a form that first shows whom a registration would touch."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.common.errors import BadInputError, ForbiddenError, ParvanehError
from apps.common.text import Text, latin_digits
from apps.desk import registrations as desk
from apps.parties.models import Person
from frontend.desk_access import desk_page, person_of
from frontend.views.desk_acts_map import building_map
from heritage_zones.city_rules import RegistrationRules
from heritage_zones.models import Grade
from heritage_zones.services import rules_of_city

GRADES = ((Grade.NATIONAL, _("On the national list")), (Grade.VALUED, _("Of value, on the office's own list")))
_DISTANCE = "metres_"


@desk_page
@require_safe
def register_page(request: HttpRequest) -> HttpResponse:
    """The register of buildings with where each stands."""
    rules_of_city()
    context = {"rows": desk.registrations(), "may_register": _may_register(request)}
    return render(request, "frontend/desk/heritage_register.html", context)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def new_registration(request: HttpRequest) -> HttpResponse:
    """The form. `look` shows what the registration would touch, `enter` enters it and leads to its first act."""
    rules = rules_of_city()
    person = request.user
    if not isinstance(person, Person):  # desk_page asked for sign-in
        return redirect("account_request_login_code")
    desk.require_registrar(person)
    context: dict[str, Any] = {"values": _values(request), "grades": GRADES, "rules": _fields(request, rules)}
    status = 200
    if request.method == "POST":
        try:
            if "enter" in request.POST:
                return _enter(request, person, rules)
            context |= _looked(request, person, rules)
        except ParvanehError as error:
            context["error"], status = error, error.status
    context["page_data"] = building_map(drawn=context["values"]["scope"], places=context.get("places", ()))
    return render(request, "frontend/desk/heritage_new.html", context, status=status)


def _may_register(request: HttpRequest) -> bool:
    """Whether the button is worth showing: what is drawn is judged again when it is sent."""
    try:
        desk.require_registrar(person_of(request))
    except ForbiddenError:
        return False
    return True


def _enter(request: HttpRequest, person: Person, rules: RegistrationRules) -> HttpResponse:
    made = desk.register(
        person=person,
        number=request.POST.get("number", ""),
        name=Text(request.POST.get("name_fa", ""), request.POST.get("name_en", "")),
        grade=request.POST.get("grade", ""),
        footprint=_footprint(request),
        distances=_distances(request, rules),
    )
    return redirect(f"{reverse('desk_heritage')}#{made.core.code}")


def _looked(request: HttpRequest, person: Person, rules: RegistrationRules) -> dict[str, Any]:
    found = desk.foresee(person=person, footprint=_footprint(request), distances=_distances(request, rules))
    places = [{"label": p.label.as_dict(), "code": p.code, "geometry": p.geometry} for p in found.places]
    return {"foreseen": found, "places": places}


def _footprint(request: HttpRequest) -> Any:
    sent = request.FILES.get("file")
    if sent is not None:
        return desk.read_footprint(sent.read(desk.MOST_BYTES + 1), name=sent.name or "")
    drawn = request.POST.get("scope", "").strip()
    if not drawn:
        raise BadInputError(
            fa="جای بنا را روی نقشه بکشید یا پروندهٔ آن را بفرستید.",
            en="Draw the building on the map, or send a file of it.",
        )
    return desk.read_footprint(drawn.encode())


def _distances(request: HttpRequest, rules: RegistrationRules) -> dict[str, float]:
    return {rule.code: _metres(request.POST.get(f"{_DISTANCE}{rule.code}", "")) for rule in rules.buffers}


def _metres(raw: str) -> float:
    try:
        return float(latin_digits(raw.strip() or "0").replace("٫", "."))
    except ValueError as error:
        raise BadInputError(
            fa=f"فاصلهٔ «{raw}» عدد نیست. آن را به متر بنویسید؛ صفر یعنی بدون این حریم.",
            en=f"The distance “{raw}” is no number. Write metres; zero means no such buffer.",
        ) from error


def _values(request: HttpRequest) -> Mapping[str, str]:
    names = ("number", "name_fa", "name_en", "grade", "scope")
    return {name: request.POST.get(name, "") for name in names}


def _fields(request: HttpRequest, rules: RegistrationRules) -> list[dict[str, Any]]:
    """The buffers' fields: code, label, metres as they were written or as they are proposed."""
    labels = desk.labels()
    return [
        {
            "name": f"{_DISTANCE}{rule.code}",
            "code": rule.code,
            "label": labels.get((rules.buffer_theme, rule.code), Text(rule.code, rule.code)).as_dict(),
            "metres": request.POST.get(f"{_DISTANCE}{rule.code}", f"{rule.metres:g}"),
        }
        for rule in rules.buffers
    ]
