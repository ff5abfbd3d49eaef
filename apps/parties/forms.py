"""The two forms of the door: a mobile number, then the code."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.common.errors import BadInputError
from apps.common.text import latin_digits
from apps.parties.mobile import canonical_mobile, city_plan


class MobileField(forms.CharField):
    """Takes any usual spelling in any digits; gives the canonical number."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "tel", "autocomplete": "tel", "inputmode": "tel", "dir": "ltr"}
        kwargs.setdefault("label", _("Mobile number"))
        kwargs.setdefault("max_length", 40)
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        """The canonical number. Raises ValidationError with an example in the reader's language."""
        written = super().clean(value)
        if not written:
            return ""
        try:
            return canonical_mobile(written, plan=city_plan())
        except BadInputError as error:
            raise ValidationError(error.message.in_language(get_language() or ""), code="mobile") from error


class MobileForm(forms.Form):
    """Ask for a code. Never looks whether anybody has this number."""

    phone = MobileField()

    @property
    def example(self) -> str:
        """A number as people here write it, to be shown beside the field."""
        return city_plan().example


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    """The code that came, in any digits."""

    def clean_code(self) -> str:
        """Raises ValidationError when the code is not the one that was sent."""
        self.cleaned_data["code"] = latin_digits(self.cleaned_data["code"])
        code: str = super().clean_code()
        return code
