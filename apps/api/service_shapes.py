"""Services and cases as the API says them."""

from typing import Any

from apps.cases import forms
from apps.cases.capacities import capacities, side_of
from apps.cases.models import Case
from apps.cases.opening import form_open
from apps.cases.public import PublicState
from apps.cases.turns import open_turn
from apps.cases.types.definition import Condition, DocumentWanted, Field, State, Term
from apps.cases.types.registry import definition_of
from apps.cases.workflow import OWNER, Standing, Transition, steps_from
from apps.parties.models import Person
from apps.permits.catalogue import Entry


def service_out(entry: Entry) -> dict[str, Any]:
    """A service in the catalogue."""
    made = entry.type
    return {
        "code": made.code,
        "number": made.number,
        "national_service_id": made.national_service_id,
        "group": entry.group.as_dict(),
        "name": made.name.as_dict(),
        "guide": entry.guide.as_dict(),
        "who": entry.who.as_dict(),
        "place": made.place.value,
        "channels": list(made.channels),
        "off_in": sorted(made.off_in),
        "first_term": _term(entry.term),
        "sample": made.sample,
        "started_here": entry.by_data,
        "kinds": [kind.as_dict() for kind in entry.kinds],
    }


def definition_out(entry: Entry) -> dict[str, Any]:
    """A service with all of its definition."""
    made = entry.type
    return {
        **service_out(entry),
        "digest": made.digest,
        "fields": [_field(f) for f in made.fields],
        "documents": [_document(d) for d in made.documents],
        "states": [_state(s) for s in made.states],
        "steps": [_step(s) for s in made.steps],
    }


def case_out(case: Case) -> dict[str, Any]:
    """A case in the list. Call it with one that came through `visible_to`."""
    definition = definition_of(case)
    return {
        "tracking": case.tracking,
        "service": case.case_type,
        "name": definition.name.as_dict(),
        "status": case.status,
        "status_name": definition.state(case.status).name.as_dict(),
        "parcel": case.parcel.code if case.parcel else None,
        "district": case.district,
        "opened_at": case.opened_at,
        "since": case.moved_at,
        "seen_because": getattr(case, "seen_because", ""),
        "url": f"/requests/{case.tracking}/",
    }


def detail_out(case: Case, person: Person) -> dict[str, Any]:
    """One case, for this reader."""
    definition, held, item = definition_of(case), capacities(case, person), open_turn(case)
    own = side_of(held) == "owner"
    judged = forms.judge(definition, case.form)
    allowed = steps_from(definition.steps, Standing(status=case.status, capacities=held))
    return {
        **case_out(case),
        "definition": case.type_version,
        "turn": item.side if item else "",
        "role": item.role if item else "",
        "due_at": item.due_at if item else None,
        "form": case.form,
        "wrong": {code: text.as_dict() for code, text in judged.errors.items()},
        "form_open": OWNER in held and form_open(case),
        "steps": list(dict.fromkeys(step.verb for step in allowed)),
        "public_code": case.public_code if own else None,
    }


def track_out(found: PublicState) -> dict[str, Any]:
    """Where a case stands."""
    return {
        "tracking": found.tracking,
        "service": found.service.as_dict(),
        "status": found.state.code,
        "status_name": found.state.name.as_dict(),
        "says": found.state.says.as_dict(),
        "since": found.since,
        "turn": found.turn,
        "role": found.role.as_dict() if found.role else None,
        "due_at": found.due_at,
        "due_certain": found.certain,
        "next": found.next.name.as_dict() if found.next else None,
        "closed": found.state.closed,
        "sample": found.sample,
    }


def _term(term: Term | None) -> dict[str, Any] | None:
    return None if term is None else {"amount": term.amount, "unit": term.unit, "source": term.source}


def _when(when: Condition | None) -> dict[str, Any] | None:
    return None if when is None else {"field": when.field, "values": list(when.values)}


def _field(field: Field) -> dict[str, Any]:
    return {
        "code": field.code,
        "kind": field.kind.value,
        "label": field.label.as_dict(),
        "help": field.help.as_dict(),
        "required": field.required,
        "choices": [{"code": c.code, "name": c.name.as_dict()} for c in field.choices],
        "minimum": field.minimum,
        "maximum": field.maximum,
        "when": _when(field.when),
    }


def _document(wanted: DocumentWanted) -> dict[str, Any]:
    return {
        "code": wanted.code,
        "name": wanted.name.as_dict(),
        "guide": wanted.guide.as_dict(),
        "sample": wanted.sample.as_dict(),
        "required": wanted.required,
        "families": list(wanted.families),
        "when": _when(wanted.when),
    }


def _state(state: State) -> dict[str, Any]:
    return {
        "code": state.code,
        "name": state.name.as_dict(),
        "says": state.says.as_dict(),
        "turn": state.turn.value,
        "role": state.role,
        "term": _term(state.term),
        "closed": state.closed,
        "stops_clock": state.stops_clock,
    }


def _step(step: Transition) -> dict[str, Any]:
    return {
        "verb": step.verb,
        "name": step.name.as_dict(),
        "sources": sorted(step.sources),
        "target": step.target,
        "by": sorted(step.actors),
        "guards": list(step.guards),
        "says": step.says,
    }
