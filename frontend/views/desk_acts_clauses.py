"""The clauses of an act about open requests, as forms."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.legal.models import ActDraft
from apps.legal.transition import Choice, Clause
from apps.permits.selectors import permit_kinds
from frontend.templatetags.desk_acts import CHOICES
from frontend.views.desk_acts_fields import DayField
from frontend.wording import say


class ClauseForm(forms.Form):
    """What open requests may choose: one clause. Without a choice it is no clause."""

    choices = forms.MultipleChoiceField(
        label=_("Their owners may"), required=False, choices=list(CHOICES.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    filed_before = DayField(label=_("Only if filed before"), required=False)
    kinds = forms.MultipleChoiceField(
        label=_("Only these kinds of permit (none = all)"), required=False, widget=forms.CheckboxSelectMultiple
    )
    until = DayField(label=_("Going on may be chosen until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["kinds"].choices = [(k.code, say(k.label)) for k in permit_kinds()]  # type: ignore[attr-defined]

    def clause(self) -> Clause | None:
        """The clause that was written, or None."""
        data = self.cleaned_data
        if not data.get("choices"):
            return None
        return Clause(
            choices=tuple(Choice(c) for c in data["choices"]),
            filed_before=data["filed_before"],
            kinds=tuple(data["kinds"]),
            until=data["until"],
        )


ClauseSet = forms.formset_factory(ClauseForm, extra=3, max_num=3)


def clauses_of(draft: ActDraft) -> list[dict[str, Any]]:
    """What the form shows of the transition."""
    days = ("filed_before", "until")
    return [
        {**raw, **{name: date.fromisoformat(raw[name]) if raw[name] else None for name in days}}
        for raw in draft.transition
    ]
