"""The pages of the door. Templates are allauth's names: account/request_login_code.html, confirm_login_code.html."""

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.stages import LoginByCodeStage
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.contrib import admin
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from apps.parties import second_factor, sign_in, sign_in_log
from apps.parties.models import Person
from apps.parties.models_identity import Way
from apps.parties.oidc_config import provider


class AskForCodeView(RequestLoginCodeView):  # type: ignore[misc]  # allauth has no types
    """A mobile number in, a code out; the same page for the known and the unknown."""

    def _redirect_to_pending_stage(self, _request: HttpRequest, _stage: LoginByCodeStage) -> None:
        """Stay here: whoever mistyped the number must be able to write another while the first code is pending."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the other way in, where one is configured."""
        found = provider()
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"provider": found.name if found else None}

    def form_valid(self, form: Form) -> HttpResponse:
        """Send the code and go to the page that asks for it."""
        sign_in.begin(self.request, mobile=form.cleaned_data["phone"])
        return HttpResponseRedirect(self.get_success_url())


@method_decorator(
    login_stage_required(stage=LoginByCodeStage.key, redirect_urlname="account_request_login_code"), name="dispatch"
)
class ConfirmCodeView(ConfirmLoginCodeView):  # type: ignore[misc]  # allauth has no types
    """The code in, a session out. At most three guesses, within three minutes."""

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As allauth's, with our process."""
        self.stage = request._login_stage  # type: ignore[attr-defined]
        self._process = sign_in.OneDoor.resume(self.stage)
        if self._process is None:
            return HttpResponseRedirect(reverse("account_request_login_code"))
        if request.method == "POST" and self._action == "verify":
            sign_in.spend_guess(request, state=self._process.state)
        # Past allauth's own dispatch, which would put its process in the place of ours.
        response: HttpResponse = super(ConfirmLoginCodeView, self).dispatch(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether an identity waits for this number: then another number is written on its page."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"identity_waits": "claims" in self.stage.state}


def admin_login(request: HttpRequest) -> HttpResponse:
    """The admin site's password page, with a limit on guesses per address and per account; then the second factor."""
    if second_factor.is_due(request):
        return second_factor.ask(request)
    if request.method == "POST":
        sign_in.spend_password(request, name=request.POST.get("username", ""))
    response: HttpResponse = admin.site.login(request)
    if request.method == "POST" and isinstance(request.user, Person):
        sign_in_log.record(request, person=request.user, way=Way.PASSWORD)
    return response


ask_for_code = AskForCodeView.as_view()
confirm_code = ConfirmCodeView.as_view()
