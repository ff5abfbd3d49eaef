"""How a person wants to be told: by message and e-mail, at once or once a day; proving an e-mail address."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.common.limits import Limit, spend
from apps.notices.mail import mail_is_offered
from apps.notices.preferences import ask_email, change, confirm_email, preference_of

LETTERS = Limit("letters-person", 5, 3600)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def notice_settings(request: HttpRequest) -> HttpResponse:
    """The wishes of the person; a new address is written to once and counts after its link was opened."""
    person: Any = request.user
    if request.method == "POST":
        change(person=person, cases=request.POST.get("cases", ""), sms=request.POST.get("sms") == "on")
        messages.success(request, _("Kept."))
        _address(request, person)
        return redirect("notice_settings")
    context = {"wish": preference_of(person), "mail": mail_is_offered()}
    return render(request, "frontend/notice_settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the letter: a button, so that a mail scanner that opens links confirms nothing."""
    person: Any = request.user
    if request.method == "POST":
        confirm_email(person=person, token=token)
        messages.success(request, _("This address is confirmed. News is sent there from now on."))
        return redirect("notice_settings")
    return render(request, "frontend/confirm_email.html", {"token": token})


def _address(request: HttpRequest, person: Any) -> None:
    """Ask for the address that was written, when it is another one."""
    if "email" not in request.POST or request.POST["email"].strip() == preference_of(person).email:
        return
    spend(request, limit=LETTERS, key=str(person.pk))
    if ask_email(person=person, email=request.POST["email"]):
        messages.info(request, _("We wrote to this address. Open the link in the letter within a day."))
