"""From a valid form to the facts of a draft, and from a draft to what its form shows."""

from collections.abc import Iterable
from typing import Any

from django.contrib.gis.geos import GEOSGeometry

from apps.common.errors import BadInputError
from apps.common.text import Text
from apps.legal.acts import Authority
from apps.legal.drafts import DraftFacts
from apps.legal.drafts_documents import keep_document
from apps.legal.models import ActDocument, ActDraft
from apps.parties.models import Person
from frontend.views.desk_acts_clauses import ClauseForm
from frontend.views.desk_acts_form import ActForm


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
