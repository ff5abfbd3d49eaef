"""Kinds of permits and steps of a request as JSON."""

from typing import Any

from apps.cases.models import Case
from apps.cases.possible import Possible, possible_steps
from apps.cases.types.definition import DocumentWanted, Field
from apps.parties.models import Person
from apps.permits.kinds import KindNeeds, needs_of
from apps.permits.selectors import KindFacts, permit_kinds
from apps.permits.step_data import ASKS


def kinds_out() -> list[dict[str, Any]]:
    """Every kind that the city offers, with what it asks for."""
    return [_kind(kind, needs_of(kind.code)) for kind in permit_kinds()]


def steps_out(case: Case, person: Person) -> list[dict[str, Any]]:
    """The steps that this person could take now, refused ones with the reason."""
    return [_step(step) for step in possible_steps(case, person)]


def _step(step: Possible) -> dict[str, Any]:
    return {
        "verb": step.verb,
        "name": step.name.as_dict(),
        "target": step.target,
        "says": step.says,
        "asks": [_field(field) for field in ASKS.get(step.verb, ())],
        "refused": step.refused.as_dict() if step.refused else None,
    }


def _kind(kind: KindFacts, needs: KindNeeds) -> dict[str, Any]:
    return {
        "code": kind.code,
        "label": kind.label.as_dict(),
        "guide": needs.guide.as_dict(),
        "proposal": needs.proposal,
        "inspection": needs.inspection,
        "consent": needs.consent,
        "former": needs.former,
        "sample": needs.sample,
        "fields": [_field(field) for field in needs.fields],
        "documents": [_document(document) for document in needs.documents],
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "code": field.code,
        "label": field.label.as_dict(),
        "help": field.help.as_dict(),
        "kind": field.kind.value,
        "required": field.required,
        "minimum": field.minimum,
        "maximum": field.maximum,
        "choices": [{"code": choice.code, "label": choice.name.as_dict()} for choice in field.choices],
    }


def _document(document: DocumentWanted) -> dict[str, Any]:
    return {
        "code": document.code,
        "name": document.name.as_dict(),
        "guide": document.guide.as_dict(),
        "sample": document.sample.as_dict(),
        "required": document.required,
        "families": list(document.families),
    }
