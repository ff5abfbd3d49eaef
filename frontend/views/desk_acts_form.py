"""The form of an act. Its fields follow from the kind; every refusal says what to do."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.gis.geos import GEOSGeometry
from django.utils.translation import gettext_lazy as _

from apps.common.errors import BadInputError
from apps.desk.acts.selectors import instruments_for, open_suspensions, successors
from apps.legal.acts import ActKind, Authority
from apps.legal.drafts import Target
from apps.legal.models import ActDocument, Instrument, LegalAct
from frontend.templatetags.desk_acts import AUTHORITIES
from frontend.views.desk_acts_fields import DayField, names_of, several, stop_name

COURT_KINDS = frozenset({ActKind.SUSPEND, ActKind.LIFT, ActKind.ANNUL})


PAIRS = range(6)


_LONG = {"rows": 3}


@dataclass(frozen=True, slots=True)
class Held:
    """What a draft keeps when the form says nothing else of it."""

    document: ActDocument
    scope: GEOSGeometry | None


class ActForm(forms.Form):
    """One act. The fields follow from its kind; what they name is offered only where an act of the kind is possible."""

    number = forms.CharField(label=_("Number of the act"), max_length=60)
    act_date = DayField(label=_("Date of the act"))
    effective_on = DayField(label=_("In effect from"))
    authority = forms.ChoiceField(label=_("Whose act it is"))
    body_fa = forms.CharField(label=_("Body, in Persian"), max_length=160)
    body_en = forms.CharField(label=_("Body, in English"), max_length=160, widget=forms.TextInput({"dir": "ltr"}))
    reason_fa = forms.CharField(
        label=_("Reason, in Persian"), required=False, max_length=2000, widget=forms.Textarea(_LONG)
    )
    reason_en = forms.CharField(
        label=_("Reason, in English"), required=False, max_length=2000, widget=forms.Textarea({**_LONG, "dir": "ltr"})
    )
    document = forms.FileField(label=_("Minutes or order (PDF or picture)"), required=False, allow_empty_file=True)
    kept = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    scope = forms.CharField(required=False, max_length=1_000_000, widget=forms.HiddenInput)
    scope_file = forms.FileField(label=_("Or a file with the place"), required=False, allow_empty_file=True)
    whole = forms.BooleanField(label=_("Everywhere: no limit of place"), required=False)

    def __init__(self, kind: ActKind, *args: Any, held: Held | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.sent: ActDocument | None = None  # kept already: a form that is shown again need not send it again
        self.kind = kind
        self.held = held
        self.fields["authority"].choices = [pair for pair in AUTHORITIES.items() if self._possible(pair[0])]  # type: ignore[attr-defined]
        if kind is ActKind.APPROVE:
            del self.fields["effective_on"]
        if kind is ActKind.APPROVE:
            for name in ("scope", "scope_file", "whole"):
                del self.fields[name]
        self._offer()

    def _possible(self, authority: str) -> bool:
        return authority == Authority.ADMINISTRATIVE or self.kind in COURT_KINDS

    def _offer(self) -> None:
        if self.kind is ActKind.LIFT:
            self.fields["stops"] = several(
                _("Which suspension ends"), [(a.pk, stop_name(a)) for a in open_suspensions()]
            )
        elif self.kind is ActKind.REPLACE:
            self._offer_pairs()
        else:
            self.fields["instruments"] = several(_("What the act is about"), names_of(instruments_for(self.kind)))

    def _offer_pairs(self) -> None:
        old, new = [("", "—"), *names_of(instruments_for(self.kind))], [("", "—"), *names_of(successors())]
        for place in PAIRS:
            names = {f"old_{place}": (_("What is replaced"), old), f"new_{place}": (_("What takes its place"), new)}
            for name, (label, choices) in names.items():
                self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of a replacement."""
        return [(self[f"old_{place}"], self[f"new_{place}"]) for place in PAIRS]

    def targets(self) -> tuple[Target, ...]:
        """What the act names; the choices were checked by the form."""
        data = self.cleaned_data
        if self.kind is ActKind.LIFT:
            stops = LegalAct.objects.filter(pk__in=data["stops"]).select_related("instrument").order_by("recorded_at")
            return tuple(Target(stop.instrument, lifts=stop) for stop in stops)
        if self.kind is ActKind.REPLACE:
            return self._replaced()
        found = Instrument.objects.in_bulk([int(pk) for pk in data["instruments"]])
        return tuple(Target(found[int(pk)]) for pk in data["instruments"])

    def _replaced(self) -> tuple[Target, ...]:
        rows = [(self.cleaned_data[f"old_{p}"], self.cleaned_data[f"new_{p}"]) for p in PAIRS]
        if any(bool(old) != bool(new) for old, new in rows):
            raise BadInputError(
                fa="در هر ردیف هم سند کنارگذاشته و هم جانشین آن را برگزینید.",
                en="In each row choose both what is replaced and what takes its place.",
            )
        found = Instrument.objects.in_bulk([int(pk) for row in rows for pk in row if pk])
        return tuple(Target(found[int(old)], replaced_by=found[int(new)]) for old, new in rows if old)
