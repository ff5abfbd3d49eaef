"""In the admin site: taking a second factor away from who lost it. Recorded, and never undone or edited."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.common.errors import ParvanehError
from apps.parties.models_identity import SecondFactorReset
from apps.parties.second_factor_store import check_reset, reset

if TYPE_CHECKING:
    _Base = admin.ModelAdmin[SecondFactorReset]
    _Form = forms.ModelForm[SecondFactorReset]
else:
    _Base, _Form = admin.ModelAdmin, forms.ModelForm


class ResetForm(_Form):
    """Whose, and why. `administrator` is set by the page."""

    administrator: Any = None

    class Meta:
        model = SecondFactorReset
        fields = ("person", "reason")

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError with the sentence of the rule that forbids it."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("person"):
            try:
                check_reset(person=said["person"], by=self.administrator, reason=said.get("reason", ""))
            except ParvanehError as error:
                raise ValidationError(error.message.in_language(get_language() or "")) from error
        return said


@admin.register(SecondFactorReset)
class SecondFactorResetAdmin(_Base):
    """Adding a row takes the factor away; rows are then only read."""

    form = ResetForm
    list_display = ("person", "by", "at", "reason")
    raw_id_fields = ("person",)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[ResetForm]:
        """The form, told who fills it in."""
        made = super().get_form(request, *args, **kwargs)
        return type("ResetFormOfAdministrator", (made,), {"administrator": request.user})

    def save_model(self, request: HttpRequest, obj: SecondFactorReset, *_rest: Any) -> None:
        """Through the door of the room; the row it writes is the one the admin site shows."""
        administrator: Any = request.user
        made = reset(person=obj.person, by=administrator, reason=obj.reason)
        obj.pk, obj.by, obj.at = made.pk, made.by, made.at
        messages.success(request, _("The second factor was taken away; the person was told."))

    def has_change_permission(self, *_: Any) -> bool:
        """Never: append-only."""
        return False

    def has_delete_permission(self, *_: Any) -> bool:
        """Never: append-only."""
        return False
