"""What a person was told about what they watch."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from apps.notices.selectors import mark_read, notices_of


@require_safe
@never_cache
@login_required
@ensure_csrf_cookie
def notice_list(request: HttpRequest) -> HttpResponse:
    """The person's notices, newest first. Looking at them marks nothing: that is a press of its own."""
    person: Any = request.user
    found = notices_of(person)
    return render(request, "frontend/notices.html", {"notices": found, "unread": any(n.unread for n in found)})


@require_POST
@login_required
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark what the page showed as read; what came meanwhile stays unread."""
    person: Any = request.user
    shown = request.POST.get("until", "")
    if shown.isdecimal():
        mark_read(person, until=int(shown[:18]))
    return redirect("notices")
