"""Every fault of a case type has its sentence; each case below is a sound type with one thing spoilt."""

from collections.abc import Callable
from typing import Any

import pytest

from apps.cases.types.linting import faults
from apps.cases.types.reading import read_case_type
from tests.cases.services_city import fourth

ROLES = {"case_officer", "operator_137"}
GUARDS = {"form_complete", "documents_complete"}
GROUPS = {"relations"}
Raw = dict[str, Any]
Spoil = Callable[[Raw], object]


def found(raw: Raw) -> list[str]:
    return faults(read_case_type(raw), roles=ROLES, guards=GUARDS, groups=GROUPS)


def state(raw: Raw, code: str) -> Raw:
    return next(s for s in raw["state"] if s["code"] == code)


def step(raw: Raw, verb: str) -> Raw:
    return next(s for s in raw["step"] if s["verb"] == verb)


def field(raw: Raw, code: str) -> Raw:
    return next(f for f in raw["field"] if f["code"] == code)


def rename_state(raw: Raw, old: str, new: str) -> None:
    state(raw, old)["code"] = new
    for one in raw["step"]:
        one["from"] = [new if c == old else c for c in one["from"]]
        one["to"] = new if one["to"] == old else one["to"]


SPOILT: dict[str, tuple[Spoil, str]] = {
    "code": (lambda r: r.update(code="Lost-Item"), "case type “Lost-Item”: a code has small letters"),
    "prefix": (lambda r: r.update(prefix="l1"), "prefix “l1”"),
    "no channel": (lambda r: r.update(channels=[]), "there is no channel"),
    "channel": (lambda r: r.update(channels=["fax"]), "unknown channel “fax”"),
    "group": (lambda r: r.update(group="castles"), "unknown group “castles”"),
    "state twice": (lambda r: r["state"].append(dict(state(r, "found"))), "state “found” stands twice"),
    "state's code": (lambda r: rename_state(r, "found", "Found!"), "state “Found!”: a code"),
    "long state": (lambda r: rename_state(r, "found", "f" * 25), "at most 24"),
    "no draft": (lambda r: rename_state(r, "draft", "start"), "there is no state “draft”"),
    "unreached": (lambda r: r["step"].remove(step(r, "find")), "state “found” is never reached"),
    "closed by another name": (lambda r: rename_state(r, "closed", "done"), "state “done”: closed states are"),
    "open but called closed": (lambda r: state(r, "archived").pop("closed"), "state “archived”: closed states are"),
    "role": (lambda r: state(r, "submitted").update(role="jester"), "needs a known role, not “jester”"),
    "no role": (lambda r: state(r, "submitted").pop("role"), "needs a known role, not “”"),
    "closed and somebody's": (lambda r: state(r, "closed").update(turn="owner"), "is closed, so it is nobody's turn"),
    "open and nobody's": (lambda r: state(r, "found").update(turn="nobody"), "somebody must hold the ball"),
    "clock of the office": (lambda r: state(r, "submitted").update(stops_clock=True), "stops the office's clock"),
    "form of the office": (lambda r: state(r, "submitted").update(form_open=True), "opens the form, but"),
    "unit": (lambda r: state(r, "submitted")["term"].update(unit="moons"), "a number of working_days or days"),
    "amount": (lambda r: state(r, "submitted")["term"].update(amount=0), "a number of working_days or days"),
    "term's source": (lambda r: state(r, "submitted")["term"].update(source=""), "a term says where it comes from"),
    "what follows": (lambda r: state(r, "submitted")["term"].update(then="archive"), "“archive” is no step of the"),
    "step's code": (lambda r: step(r, "find").update(verb="find it"), "step “find it”: a code"),
    "source": (lambda r: step(r, "find").update({"from": ["submitted", "moon"]}), "unknown state “moon”"),
    "target": (lambda r: step(r, "find").update(to="moon"), "unknown state “moon”"),
    "actor": (lambda r: step(r, "find").update(by=["jester"]), "unknown actor “jester”"),
    "guard": (lambda r: step(r, "submit").update(guards=["of_another_world"]), "unknown guard “of_another_world”"),
    "out of closed": (lambda r: step(r, "find").update({"from": ["submitted", "closed"]}), "out of the closed state"),
    "ticket": (lambda r: step(r, "find").update(ticket=""), "step “find” has no ticket"),
    "says": (lambda r: step(r, "find").update(says="song"), "says is reason or article"),
    "rejection": (
        lambda r: (rename_state(r, "archived", "rejected"), step(r, "archive").update(to="rejected")),
        "a rejection names its article",
    ),
    "dead end": (lambda r: r["step"].remove(step(r, "fetch")), "nothing leads out of the open state “found”"),
    "field twice": (lambda r: r["field"].append(dict(r["field"][0])), "field “what” stands twice"),
    "field's code": (lambda r: field(r, "what_other").update(code="what other"), "“what other” is no code"),
    "no choices": (lambda r: field(r, "what").pop("choices"), "a choice has choices"),
    "choices of a text": (
        lambda r: field(r, "what_other").update(choices=[{"code": "a", "name": "a"}]),
        "field “what_other”: a choice has choices",
    ),
    "choice twice": (
        lambda r: field(r, "what")["choices"].append({"code": "bag", "name": "bag"}),
        "choice “bag” stands twice",
    ),
    "bounds": (lambda r: field(r, "what_other").update(minimum=50), "the minimum is above the maximum"),
    "bounds of a choice": (lambda r: field(r, "what").update(maximum=3), "are for texts and numbers"),
    "unknown condition": (
        lambda r: field(r, "what_other").update(when={"field": "who", "is": ["x"]}),
        "“what_other” hangs on the unknown field “who”",
    ),
    "impossible condition": (
        lambda r: field(r, "what_other").update(when={"field": "what", "is": ["cat"]}),
        "being “cat”, which it cannot be",
    ),
    "its own condition": (
        lambda r: field(r, "what_other").update(when={"field": "what_other", "is": ["x"]}),
        "“what_other” hangs on “what_other”, which does not stand above it",
    ),
    "condition below": (lambda r: r["field"].reverse(), "“what_other” hangs on “what”, which does not stand above it"),
    "document twice": (lambda r: r["document"].append(dict(r["document"][0])), "document “receipt” stands twice"),
    "document's code": (lambda r: r["document"][0].update(code="The Receipt"), "“The Receipt” is no code"),
    "family": (lambda r: r["document"][0].update(families=["stone"]), "unknown family “stone”"),
    "no family": (lambda r: r["document"][0].update(families=[]), "no kind of file may be sent"),
    "document's condition": (
        lambda r: r["document"][0].update(when={"field": "who", "is": ["x"]}),
        "“receipt” hangs on the unknown field “who”",
    ),
}
UNREADABLE: dict[str, tuple[Spoil, str]] = {
    "place": (lambda r: r.update(place="moon"), "'moon' is not a valid Place"),
    "turn": (lambda r: state(r, "found").update(turn="cat"), "'cat' is not a valid Turn"),
    "kind": (lambda r: field(r, "what").update(kind="song"), "'song' is not a valid FieldKind"),
    "district": (lambda r: r.update(off_in=["fifteen"]), "invalid literal"),
    "no name": (lambda r: r.pop("name"), "lacks the key 'name'"),
    "half a name": (lambda r: r.update(name={"fa": "گم‌شده"}), "lacks the key 'en'"),
    "no steps": (lambda r: r.pop("step"), "lacks the key 'step'"),
    "a term in words": (lambda r: state(r, "submitted")["term"].update(amount="two"), "invalid literal"),
    "a text that is none": (lambda r: r.update(guide=7), "case type “lost_item”: "),
}


def test_the_sound_one_has_no_fault() -> None:
    assert found(fourth()) == []


@pytest.mark.parametrize("what", sorted(SPOILT))
def test_a_fault_is_said(what: str) -> None:
    spoil, says = SPOILT[what]
    raw = fourth()
    spoil(raw)
    assert [sentence for sentence in found(raw) if says in sentence], found(raw)


@pytest.mark.parametrize("what", sorted(UNREADABLE))
def test_what_cannot_be_read_names_the_type_and_the_place(what: str) -> None:
    spoil, says = UNREADABLE[what]
    raw = fourth()
    spoil(raw)
    with pytest.raises(ValueError, match="case type “lost_item”") as refused:
        read_case_type(raw)
    assert says in str(refused.value)


def test_all_faults_come_in_one_go() -> None:
    raw = fourth()
    for spoil, _ in (SPOILT["channel"], SPOILT["ticket"], SPOILT["family"], SPOILT["bounds"]):
        spoil(raw)
    assert len(found(raw)) == 4
