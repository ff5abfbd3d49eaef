"""The form of an act: what was written in it, as the facts of a draft. Every refusal says what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib.gis.geos import GEOSGeometry
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.common.calendar import parse_day
from apps.common.errors import BadInputError
from apps.common.text import Text
from apps.desk.acts.selectors import instruments_for, open_suspensions, successors
from apps.legal.acts import ActKind, Authority
from apps.legal.drafts import DraftFacts, Target
from apps.legal.drafts_documents import keep_document
from apps.legal.models import ActDocument, ActDraft, Instrument, LegalAct
from apps.legal.transition import Choice, Clause
from apps.parties.models import Person
from apps.permits.selectors import permit_kinds
from frontend.templatetags.desk_acts import AUTHORITIES, CHOICES
from frontend.templatetags.parvaneh import code
from frontend.wording import day_to_edit, say

COURT_KINDS = frozenset({ActKind.SUSPEND, ActKind.LIFT, ActKind.ANNUL})
PAIRS = range(6)
_LONG = {"rows": 3}


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

    def __init__(self, kind: ActKind, *args: Any, held: "Held | None" = None, **kwargs: Any) -> None:
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
            self.fields["stops"] = _several(_("Which suspension ends"), [(a.pk, _stop(a)) for a in open_suspensions()])
        elif self.kind is ActKind.REPLACE:
            self._offer_pairs()
        else:
            self.fields["instruments"] = _several(_("What the act is about"), _named(instruments_for(self.kind)))

    def _offer_pairs(self) -> None:
        old, new = [("", "—"), *_named(instruments_for(self.kind))], [("", "—"), *_named(successors())]
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


@dataclass(frozen=True, slots=True)
class Held:
    """What a draft keeps when the form says nothing else of it."""

    document: ActDocument
    scope: GEOSGeometry | None


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


def facts_of(form: ActForm, clauses: Iterable[ClauseForm], *, by: Person) -> DraftFacts:
    """The facts of a valid form; the minutes are kept. Raises BadInputError, IntakeError, TooLargeError."""
    data = form.cleaned_data
    form.sent = _document(form, by=by)
    return DraftFacts(
        kind=form.kind,
        number=data["number"],
        act_date=data["act_date"],
        effective_on=data.get("effective_on") or data["act_date"],
        body=Text(data["body_fa"], data["body_en"]),
        reason=Text(data["reason_fa"], data["reason_en"]),
        authority=Authority(data["authority"]),
        document=form.sent,
        targets=form.targets(),
        scope=_scope(form),
        transition=tuple(clause for one in clauses if (clause := one.clause()) is not None),
    )


def initial_of(draft: ActDraft) -> dict[str, Any]:
    """What a form for changing the draft shows."""
    names = ("number", "act_date", "effective_on", "authority", "body_fa", "body_en", "reason_fa", "reason_en")
    held = {name: getattr(draft, name) for name in names}
    targets = list(draft.targets.all())
    held |= {"instruments": [t.instrument_id for t in targets], "stops": [t.lifts_id for t in targets]}
    for place, target in enumerate(targets):
        held |= {f"old_{place}": target.instrument_id, f"new_{place}": target.replaced_by_id}
    return held


def clauses_of(draft: ActDraft) -> list[dict[str, Any]]:
    """What the form shows of the transition."""
    days = ("filed_before", "until")
    return [
        {**raw, **{name: date.fromisoformat(raw[name]) if raw[name] else None for name in days}}
        for raw in draft.transition
    ]


def _document(form: ActForm, *, by: Person) -> ActDocument:
    file = form.cleaned_data["document"]
    if file is not None:
        return keep_document(file=file, name=file.name, by=by)
    earlier = ActDocument.objects.filter(sha256=form.cleaned_data["kept"], added_by=by).first()
    if earlier is not None:
        return earlier
    if form.held is not None:
        return form.held.document
    raise BadInputError(
        fa="متن امضاشده را پیوست کنید: صورت‌جلسه یا دستور، به صورت PDF یا تصویر.",
        en="Attach the signed text: minutes or an order, as a PDF or a picture.",
    )


def _scope(form: ActForm) -> GEOSGeometry | None:
    """The place that was drawn or sent, in the city's CRS; None = everywhere."""
    from gis_layers.crs import city_srid
    from gis_layers.ingest.scope_file import read_scope

    data = form.cleaned_data
    if "scope" not in form.fields or data["whole"]:
        return None
    if data["scope_file"] is not None:
        content, name = data["scope_file"].read(), data["scope_file"].name
    elif data["scope"]:
        content, name = data["scope"].encode(), "scope.geojson"
    else:
        return form.held.scope if form.held else None
    return GEOSGeometry(memoryview(read_scope(content, name=name)), srid=city_srid())


def _several(label: Any, choices: list[tuple[int, str]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=[(str(pk), name) for pk, name in choices], widget=forms.CheckboxSelectMultiple
    )


def _named(instruments: Iterable[Instrument]) -> list[tuple[int, str]]:
    return [(i.pk, _name(i)) for i in instruments]


def _name(instrument: Instrument) -> str:
    return format_html("{} {}", say(Text(instrument.title_fa, instrument.title_en)), code(instrument.code))


def _stop(act: LegalAct) -> str:
    return format_html("{} · {}", _name(act.instrument), code(act.number))
