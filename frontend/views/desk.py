"""The planners' desk: what waits for whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.desk_access import desk_page


@desk_page
@require_safe
def desk_home(request: HttpRequest) -> HttpResponse:
    """The first page of the desk."""
    return render(request, "frontend/desk/home.html", {})
