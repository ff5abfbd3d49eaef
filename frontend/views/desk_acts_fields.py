"""Fields of the forms of acts: days in the city's calendar, choices of what an act names."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import get_language

from apps.common.calendar import parse_day
from apps.common.errors import BadInputError
from apps.common.text import Text
from apps.legal.models import Instrument, LegalAct
from frontend.templatetags.parvaneh import code
from frontend.wording import day_to_edit, say


class DayField(forms.CharField):
    """A day in the city's calendar, or ISO."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "inputmode": "numeric", "placeholder": "1405/01/01"}
        if kwargs.get("required", True):
            attrs["data-date"] = ""  # the script puts a month in its place; a day that may be left out stays typed
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=20, **kwargs)

    def clean(self, value: Any) -> Any:
        """A date, or None. Raises ValidationError naming the formats."""
        written = super().clean(value)
        try:
            return parse_day(written) if written else None
        except BadInputError as error:
            raise ValidationError(error.message.in_language(get_language() or "")) from error

    def prepare_value(self, value: Any) -> Any:
        """As it may be typed."""
        return day_to_edit(value) if isinstance(value, date) else value

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> "_BoundDay":
        """As forms ask for it."""
        return _BoundDay(form, self, field_name)


class _BoundDay(forms.BoundField):
    """Says the day in ISO beside the typed one: scripts count in it."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        """With `data-iso`, when what stands there can be read."""
        built = dict(super().build_widget_attrs(attrs, widget))
        try:
            return {**built, "data-iso": parse_day(str(self.value() or "")).isoformat()}
        except BadInputError:
            return built


def several(label: Any, choices: list[tuple[int, str]]) -> forms.MultipleChoiceField:
    """Boxes to tick, by id."""
    return forms.MultipleChoiceField(
        label=label, choices=[(str(pk), name) for pk, name in choices], widget=forms.CheckboxSelectMultiple
    )


def names_of(instruments: Iterable[Instrument]) -> list[tuple[int, str]]:
    """(id, title and code) of each."""
    return [(i.pk, name_of(i)) for i in instruments]


def name_of(instrument: Instrument) -> str:
    """Title and code, the code left to right."""
    return format_html("{} {}", say(Text(instrument.title_fa, instrument.title_en)), code(instrument.code))


def stop_name(act: LegalAct) -> str:
    """What is stopped, and by which act."""
    return format_html("{} · {}", name_of(act.instrument), code(act.number))
