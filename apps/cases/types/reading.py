"""A case type from its TOML or from its kept JSON (the same shape). Pure. Every fault names the type and the place."""

from collections.abc import Mapping
from typing import Any

from apps.cases.types.definition import (
    CaseType,
    Choice,
    Condition,
    DocumentWanted,
    Field,
    FieldKind,
    Place,
    State,
    Term,
    Turn,
)
from apps.cases.workflow import OWNER, Transition
from apps.common.text import NOTHING, Text

Raw = Mapping[str, Any]
FORM_OPEN = frozenset({"draft", "needs_docs"})
"""States in which the form may be changed when the data says nothing else."""


def read_case_type(raw: Raw, *, digest: str = "") -> CaseType:
    """The definition. Raises ValueError naming the type and what is wrong with it (`linting` finds the rest)."""
    code = str(raw.get("code", "?"))
    try:
        return _case_type(raw, digest)
    except KeyError as error:
        raise ValueError(f"case type “{code}” lacks the key {error}") from error
    except (TypeError, ValueError) as error:
        raise ValueError(f"case type “{code}”: {error}") from error


def _case_type(raw: Raw, digest: str) -> CaseType:
    return CaseType(
        code=raw["code"],
        name=Text.of(raw["name"]),
        prefix=raw["prefix"],
        place=Place(raw["place"]),
        states=tuple(_state(one) for one in raw["state"]),
        steps=tuple(_step(one) for one in raw["step"]),
        guide=_text(raw, "guide"),
        fields=tuple(read_field(one) for one in raw.get("field", ())),
        documents=tuple(read_document(one) for one in raw.get("document", ())),
        channels=tuple(raw.get("channels", ("portal",))),
        off_in=frozenset(int(n) for n in raw.get("off_in", ())),
        holds_land=bool(raw.get("holds_land", False)),
        consent=bool(raw.get("consent", False)),
        sample=bool(raw.get("sample", True)),
        number=raw.get("number"),
        national_service_id=raw.get("national_service_id", ""),
        group=raw.get("group", ""),
        who=_text(raw, "who"),
        keywords=tuple(raw.get("keywords", ())),
        digest=digest,
    )


def _state(raw: Raw) -> State:
    return State(
        code=raw["code"],
        name=Text.of(raw["name"]),
        turn=Turn(raw.get("turn", "nobody")),
        role=raw.get("role", ""),
        says=_text(raw, "says"),
        term=_term(raw["term"]) if "term" in raw else None,
        closed=bool(raw.get("closed", False)),
        stops_clock=bool(raw.get("stops_clock", False)),
        form_open=bool(raw.get("form_open", raw["code"] in FORM_OPEN)),
    )


def _term(raw: Raw) -> Term:
    return Term(amount=int(raw["amount"]), unit=raw["unit"], source=raw["source"], then=raw.get("then", ""))


def _step(raw: Raw) -> Transition:
    return Transition(
        verb=raw["verb"],
        sources=frozenset(raw["from"]),
        target=raw["to"],
        actors=frozenset(raw.get("by", (OWNER,))),
        guards=tuple(raw.get("guards", ())),
        forward=bool(raw.get("forward", True)),
        issues=bool(raw.get("issues", False)),
        ticket=raw["ticket"],
        name=Text.of(raw["name"]),
        says=raw.get("says", ""),
        when=raw.get("when_holds", ""),
    )


def read_field(raw: Raw) -> Field:
    """One question of a form. Raises KeyError, ValueError."""
    return Field(
        code=raw["code"],
        label=Text.of(raw["label"]),
        kind=FieldKind(raw["kind"]),
        required=bool(raw.get("required", True)),
        help=_text(raw, "help"),
        choices=tuple(Choice(code=c["code"], name=Text.of(c["name"])) for c in raw.get("choices", ())),
        minimum=raw.get("minimum"),
        maximum=raw.get("maximum"),
        when=_condition(raw),
    )


def read_document(raw: Raw) -> DocumentWanted:
    """One document asked for. Raises KeyError."""
    return DocumentWanted(
        code=raw["code"],
        name=Text.of(raw["name"]),
        guide=_text(raw, "guide"),
        sample=_text(raw, "sample"),
        required=bool(raw.get("required", True)),
        families=tuple(raw.get("families", ("pdf", "image"))),
        when=_condition(raw),
    )


def _condition(raw: Raw) -> Condition | None:
    if "when" not in raw:
        return None
    return Condition(field=raw["when"]["field"], values=tuple(str(v) for v in raw["when"]["is"]))


def _text(raw: Raw, key: str) -> Text:
    return Text.of(raw[key]) if key in raw else NOTHING
